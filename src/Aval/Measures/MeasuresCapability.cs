using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;

namespace Aval.Measures;

public static class MeasureProblems
{
    public static readonly ProblemKind MeasureUnknown = new("measure-unknown", 404, "There is no such measure",
        "Take it first with POST /customers/{number}/measures, or correct the number.")
        { OnScreens = "Check the number." };
    public static readonly ProblemKind MeasureEnded = new("measure-ended", 409, "The measure has been ended already",
        "Take a new measure where one is needed.");

    public static IReadOnlyList<ProblemKind> All { get; } = [MeasureUnknown, MeasureEnded];
}

public static class MeasurePermissions
{
    public static readonly Permission TakeMeasures = new("takeMeasures", "creditAnalyst", "creditManager", "leadership");
}

/// <summary>Standing conditions on payers.</summary>
public sealed class MeasuresCapability : ICapability
{
    public string Name => "Measures";
    public IReadOnlyList<Table> Tables { get; } = [MeasuresFacts.Table];
    public IFactsSlice EmptyFacts => MeasuresFacts.Empty;
    public IDue Due { get; } = new MeasuresDue();
    public IReadOnlyList<ProblemKind> Problems => MeasureProblems.All;

    public void Map(Api api)
    {
        TakeMeasure.Map(api);
        EndMeasure.Map(api);
    }
}
