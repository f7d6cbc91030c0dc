using Aval.Company;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Microsoft.Extensions.DependencyInjection;

namespace Aval.Concentration;

/// <summary>How much of all receivables stands with one payer, country or segment: the count that checks are told of.</summary>
public sealed class ConcentrationCapability : ICapability
{
    public string Name => "Concentration";
    public IReadOnlyList<Table> Tables => [ConcentrationFacts.Table];
    public IFactsSlice EmptyFacts => ConcentrationFacts.Empty;

    public void AddServices(IServiceCollection services) => services.AddSingleton<IDayRound, CountPortfolio>();

    public void Map(Api api) => ReadPortfolio.Map(api);
}
