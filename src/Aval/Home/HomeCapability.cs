using Aval.Exposure;
using Aval.Kernel;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Aval.Home;

/// <summary>Where everybody begins: what waits for them, first what has a deadline.</summary>
public sealed class HomeCapability : ICapability
{
    public string Name => "Home";

    public void AddServices(IServiceCollection services) => services.AddSingleton<HeldNow>().AddSingleton<OrdersNow>();

    public void MapPages(IEndpointRouteBuilder pages) => ShowHome.MapPages(pages);
}
