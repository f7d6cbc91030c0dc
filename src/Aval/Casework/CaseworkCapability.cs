using Aval.Kernel;
using Aval.Kernel.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Aval.Casework;

/// <summary>The work lists as people handle them: who takes what, hands it over, puts it off, asks again; and the stream of what changes.</summary>
public sealed class CaseworkCapability : ICapability
{
    public string Name => "Casework";
    public IReadOnlyList<ProblemKind> Problems => WorkProblems.All;

    public void AddServices(IServiceCollection services) => services.AddSingleton<WorkNews>().AddSingleton<KeptListFigures>();

    public void Map(Api api)
    {
        ListWork.Map(api);
        ClaimWork.Map(api);
        HandOverWork.Map(api);
        SnoozeWork.Map(api);
        Asking.Map(api);
        FollowWork.Map(api);
    }

    public void MapPages(IEndpointRouteBuilder pages)
    {
        ShowWork.MapPages(pages);
        FollowWork.MapPages(pages);
    }
}
