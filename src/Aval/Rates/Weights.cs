using System.Globalization;
using Aval.Company;
using Aval.Kernel;

namespace Aval.Rates;

/// <summary>What one minor unit of each currency comes to in minor units of the company's, at today's rates: so the database compares and adds up amounts of several.</summary>
public sealed class Weights
{
    readonly IReadOnlyDictionary<Currency, decimal> known;

    Weights(Currency home, IReadOnlyDictionary<Currency, decimal> known) => (Home, this.known) = (home, known);

    /// <summary>The company's currency.</summary>
    public Currency Home { get; }

    public static Weights Of(Facts company)
    {
        var (home, rates) = (company.Get<CompanyFacts>().Main!.Currency, company.Get<RatesFacts>());
        var weights = new Dictionary<Currency, decimal> { [home] = 1 };
        foreach (var code in rates.ByPair.Keys.SelectMany(pair => new[] { pair.Base, pair.Currency }).Distinct(StringComparer.Ordinal))
            if (Currency.Of(code) is var currency && currency != home && rates.Find(currency, home, company.Through) is { } rate)
                weights[currency] = rate.Factor * home.MinorPerMajor / currency.MinorPerMajor;
        return new Weights(home, weights);
    }

    /// <summary>An amount to be compared with others; one without a rate as it stands.</summary>
    public string Compared(string amount, string currency) => $"({amount}) * {Case(Told, currency, "1.0")}";

    /// <summary>The same of an amount that is told in major units.</summary>
    public string ComparedMajor(string amount, string currency) =>
        $"({amount}) * {Case(Told.Select(pair => KeyValuePair.Create(pair.Key, pair.Value * pair.Key.MinorPerMajor)), currency, $"{Home.MinorPerMajor}.0")}";

    /// <summary>An amount to be added to others, in whole minor units of the company's currency; one without a rate is none (<see cref="Unknown"/>).</summary>
    public string Added(string amount, string currency) => $"CAST(round(({amount}) * {Case(Told, currency, "0.0")}) AS BIGINT)";

    /// <summary>True of a row whose currency has no rate.</summary>
    public string Unknown(string currency) => $"{currency} NOT IN ({string.Join(", ", Told.Select(pair => $"'{pair.Key.Code}'"))})";

    static string Case(IEnumerable<KeyValuePair<Currency, decimal>> told, string currency, string other) =>
        $"CASE {currency} {string.Concat(told.Select(pair => $"WHEN '{pair.Key.Code}' THEN {pair.Value.ToString("F12", CultureInfo.InvariantCulture)} "))}ELSE {other} END";

    IEnumerable<KeyValuePair<Currency, decimal>> Told => known.OrderBy(pair => pair.Key.Code, StringComparer.Ordinal);
}
