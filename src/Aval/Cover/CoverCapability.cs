using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;

namespace Aval.Cover;

/// <summary>Guarantees and credit insurance: what others bear of a payer's debts.</summary>
public sealed class CoverCapability : ICapability
{
    public string Name => "Cover";
    public IReadOnlyList<Table> Tables => CoverTables.All;
    public IFactsSlice EmptyFacts => CoverFacts.Empty;
    public IDue Due { get; } = new CoverDue();
    public IReadOnlyList<ProblemKind> Problems => CoverProblems.All;

    public void Map(Api api)
    {
        RecordGuarantee.Map(api);
        AnswerGuarantee.Map(api);
        AnswerCover.Map(api);
        DrawGuarantee.Map(api);
        ReleaseGuarantee.Map(api);
        RecordCover.Map(api);
        ReduceCover.Map(api);
        NotifyInsurer.Map(api);
    }
}
