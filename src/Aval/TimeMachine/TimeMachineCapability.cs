using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.TimeMachine.Screens;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Aval.TimeMachine;

/// <summary>The policy time machine: what a draft would have made of the orders of the past. It keeps no rows.</summary>
public sealed class TimeMachineCapability : ICapability
{
    public string Name => "TimeMachine";

    public void AddServices(IServiceCollection services) => services.AddSingleton<OneAtATime>().AddSingleton<TrialRuns>();

    public void Map(Api api) => SimulateDraft.Map(api);

    public void MapPages(IEndpointRouteBuilder pages) => TrialPages.Map(pages);
}
