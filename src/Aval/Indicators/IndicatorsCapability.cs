using Aval.Kernel;
using Aval.Kernel.Web;

namespace Aval.Indicators;

/// <summary>What the interface between sales and credit costs and brings, in figures that open their rows. It keeps nothing.</summary>
public sealed class IndicatorsCapability : ICapability
{
    public string Name => "Indicators";
    public IReadOnlyList<ProblemKind> Problems => [IndicatorProblems.IndicatorUnknown];

    public void Map(Api api) => ReadInterface.Map(api);
}
