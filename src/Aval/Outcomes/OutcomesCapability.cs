using Aval.Kernel;
using Aval.Kernel.Web;
using Microsoft.AspNetCore.Routing;

namespace Aval.Outcomes;

/// <summary>What decisions have come to: each followed to the cash, told beside like cases of the past. It keeps nothing of its own.</summary>
public sealed class OutcomesCapability : ICapability
{
    public string Name => "Outcomes";

    public void Map(Api api)
    {
        ListOutcomes.Map(api);
        SumOutcomes.Map(api);
    }

    public void MapPages(IEndpointRouteBuilder pages) => ShowOutcomes.MapPages(pages);
}

static class OutcomePermissions
{
    public static readonly Permission Read = new("readOutcomes", Permission.EveryRole);
}
