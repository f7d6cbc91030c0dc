using System.Collections.Immutable;
using Aval.Concentration.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Receivables;

namespace Aval.Concentration;

/// <summary>The portfolio as it was counted last; a check that finds a concentration names this day.</summary>
/// <param name="AsOf">Null before the first count, which is made on the first business day on which policy looks at it.</param>
/// <param name="Currency">The company's.</param>
public sealed record PortfolioAnswer(DateOnly? AsOf, Currency? Currency, decimal? Total, IReadOnlyList<PortfolioPart> ByCountry, IReadOnlyList<PortfolioPart> BySegment);

/// <param name="Name">The country's code, or the segment.</param>
/// <param name="Percent">Of the total, to two places.</param>
public sealed record PortfolioPart(string Name, decimal Amount, decimal Percent);

static class ReadPortfolio
{
    internal static void Map(Api api) => api.Get<PortfolioAnswer>(
        "/portfolio", ReceivablesPermissions.Read, "What all payers owe together, as it was counted last: by country and by segment",
        async (request, cancel) => (await request.Desk.CompanyAsync(cancel)).Get<ConcentrationFacts>().Latest is { } counted
            ? new PortfolioAnswer(
                counted.AsOf, counted.Currency, new Money(counted.Total, counted.Currency).Major, Parts(counted, counted.ByCountry), Parts(counted, counted.BySegment))
            : new PortfolioAnswer(null, null, null, [], []));

    /// <summary>The largest first; of equal ones by name.</summary>
    static IReadOnlyList<PortfolioPart> Parts(PortfolioSnapshot counted, ImmutableSortedDictionary<string, long> sums) =>
    [
        .. sums.OrderByDescending(part => part.Value).Select(part => new PortfolioPart(
            part.Key, new Money(part.Value, counted.Currency).Major,
            counted.Total == 0 ? 0 : Math.Round((decimal)part.Value * 100 / counted.Total, 2, MidpointRounding.AwayFromZero))),
    ];
}
