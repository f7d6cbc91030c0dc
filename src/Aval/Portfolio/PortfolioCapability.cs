using Aval.Company;
using Aval.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace Aval.Portfolio;

/// <summary>What every payer comes to, counted for all of them together and kept until the next count.</summary>
public sealed class PortfolioCapability : ICapability
{
    public string Name => "Portfolio";

    public void AddServices(IServiceCollection services) => services.AddSingleton<IDayRound, CountPayers>();
}
