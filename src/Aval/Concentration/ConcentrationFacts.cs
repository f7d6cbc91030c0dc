using System.Collections.Immutable;
using System.Text.Json;
using Aval.Company;
using Aval.Concentration.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;

namespace Aval.Concentration;

/// <summary>The latest count of the portfolio, on the company's root; earlier ones are in its journal.</summary>
/// <param name="Latest">Null before the first.</param>
public sealed record ConcentrationFacts(PortfolioSnapshot? Latest) : IFactsSlice
{
    public static readonly ConcentrationFacts Empty = new((PortfolioSnapshot?)null);

    public static readonly Table<PortfolioSnapshot> Table = new(
        "portfolio_snapshot",
        [
            ("company", ColumnKind.Text, _ => CompanyProfile.Main),
            ("as_of", ColumnKind.Date, counted => counted.AsOf),
            ("currency", ColumnKind.Text, counted => counted.Currency.Code),
            ("total", ColumnKind.Whole, counted => counted.Total),
            ("by_country", ColumnKind.Json, counted => JsonSerializer.Serialize(counted.ByCountry, Json.Options)),
            ("by_segment", ColumnKind.Json, counted => JsonSerializer.Serialize(counted.BySegment, Json.Options)),
        ],
        party: null,
        v =>
        {
            v.Text();
            return new PortfolioSnapshot(v.Date(), v.Currency(), v.Whole(), Sums(v.Text()), Sums(v.Text()));
        });

    public IFactsSlice With(object row) => row is PortfolioSnapshot counted ? new ConcentrationFacts(counted) : this;

    public IFactsSlice Without(object row) => row is PortfolioSnapshot ? Empty : this;

    public object? Find(Type row, string key) => row == typeof(PortfolioSnapshot) && key == CompanyProfile.Main ? Latest : null;

    public IEnumerable<object> RowsOf(string party) => [];

    static ImmutableSortedDictionary<string, long> Sums(string json) =>
        JsonSerializer.Deserialize<Dictionary<string, long>>(json, Json.Options)!.ToImmutableSortedDictionary(StringComparer.Ordinal);
}
