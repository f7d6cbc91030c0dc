using Aval.Kernel;
using Aval.Kernel.Web;
using Microsoft.Extensions.DependencyInjection;

namespace Aval.TimeMachine;

/// <summary>The policy time machine: what a draft would have made of the orders of the past. It keeps nothing.</summary>
public sealed class TimeMachineCapability : ICapability
{
    public string Name => "TimeMachine";

    public void AddServices(IServiceCollection services) => services.AddSingleton<OneAtATime>();

    public void Map(Api api) => SimulateDraft.Map(api);
}
