using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Aval.Indicators;

/// <summary>What the interface between sales and credit costs and brings, in figures that open their rows. It keeps nothing but their targets.</summary>
public sealed class IndicatorsCapability : ICapability
{
    public string Name => "Indicators";
    public IReadOnlyList<Table> Tables { get; } = [IndicatorsFacts.Table];
    public IFactsSlice EmptyFacts => IndicatorsFacts.Empty;
    public IReadOnlyList<ProblemKind> Problems => [IndicatorProblems.IndicatorUnknown];

    public void AddServices(IServiceCollection services) => services.AddSingleton<PagesOfRows>().AddSingleton<CountedPeriods>();

    public void Map(Api api)
    {
        ReadInterface.Map(api);
        SetTarget.Map(api);
    }

    public void MapPages(IEndpointRouteBuilder pages) => ShowIndicators.MapPages(pages);
}
