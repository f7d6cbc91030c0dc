using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Microsoft.AspNetCore.Routing;

namespace Aval.Blocks;

/// <summary>Decisions about held orders: who may take them, what they do, what they wait for.</summary>
public sealed class BlocksCapability : ICapability
{
    public string Name => "Blocks";
    public IReadOnlyList<Table> Tables { get; } = [ContextCard.Table];
    public IDue Due { get; } = new Escalation();
    public IReadOnlyList<ProblemKind> Problems => DecisionProblems.All;

    public void Map(Api api)
    {
        ReadBlock.Map(api);
        DecideBlock.Map(api);
        ConfirmDecision.Map(api);
        ListCommitments.Map(api);
        ExceptionalReleases.Map(api);
        FillContext.Map(api);
        PreviewDecision.Map(api);
    }

    public void MapPages(IEndpointRouteBuilder pages)
    {
        ShowBlock.MapPages(pages);
        ShowCommitments.MapPages(pages);
    }
}
