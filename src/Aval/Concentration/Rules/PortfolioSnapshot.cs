using System.Collections.Immutable;
using Aval.Kernel;

namespace Aval.Concentration.Rules;

/// <summary>All receivables of the company together, as they were counted on a business day. A check is told of them, since no root knows the others.</summary>
/// <param name="AsOf">The day on which they were counted.</param>
/// <param name="Currency">The company's, of all amounts.</param>
/// <param name="Total">Minor units; what no rate converts is not in it.</param>
/// <param name="ByCountry">The same by the payer's country, in order of its code.</param>
/// <param name="BySegment">The same by the payer's segment, in order of its name; payers without one are in none.</param>
public sealed record PortfolioSnapshot(
    DateOnly AsOf, Currency Currency, long Total, ImmutableSortedDictionary<string, long> ByCountry, ImmutableSortedDictionary<string, long> BySegment)
{
    public static readonly ImmutableSortedDictionary<string, long> Nothing = ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal);

    /// <summary>This with what one payer owes.</summary>
    public PortfolioSnapshot With(long owed, string country, string? segment) => this with
    {
        Total = Total + owed,
        ByCountry = ByCountry.SetItem(country, ByCountry.GetValueOrDefault(country) + owed),
        BySegment = segment is null ? BySegment : BySegment.SetItem(segment, BySegment.GetValueOrDefault(segment) + owed),
    };
}
