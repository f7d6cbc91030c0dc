using System.Globalization;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Aval.Rates.Rules;

namespace Aval.Rates;

/// <param name="Base">One unit of it is worth …</param>
/// <param name="Rates">… that many units of each of these currencies; from 0.000001 to 10^9, at most twelve decimals.</param>
public sealed record RatesBody(Currency Base, IReadOnlyDictionary<string, decimal> Rates);

/// <summary>Records the rates of a day. A document keeps the rate it was converted by: a correction serves later documents.</summary>
public sealed record PutRates(DateOnly Date, RatesBody Body) : Command
{
    public override string Name => "putRates";
    public override Subject Subject => Subject.Company;
    public override bool ChangesStructure => true;
    public override bool AlwaysLeavesEntry => false;

    public override Problem? Refuse()
    {
        if (Body.Rates.Count == 0) return KernelProblems.Invalid("rates", "must name at least one currency");
        foreach (var (code, value) in Body.Rates)
        {
            if (!Currency.TryOf(code, out var currency)) return KernelProblems.Invalid($"rates.{code}", "is not an ISO 4217 currency");
            if (currency == Body.Base) return KernelProblems.Invalid($"rates.{code}", "is the base itself");
            if (value is < 0.000001m or > 1_000_000_000m || decimal.Round(value, 12) != value)
                return KernelProblems.Invalid($"rates.{code}", "must be from 0.000001 to 10^9, with at most twelve decimals");
        }

        return null;
    }

    public override Problem? Decide(Case @case)
    {
        foreach (var (code, value) in Body.Rates.OrderBy(rate => rate.Key, StringComparer.Ordinal))
        {
            var rate = new Rate(Date, Body.Base, Currency.Of(code), value);
            if (@case.Company.Find<Rate>(rate.Key) != rate) @case.Put(RatesFacts.Table, rate);
        }

        return null;
    }

    internal static void Map(Api api)
    {
        api.Put<RatesBody, RatesAnswer>(
            "/rates/{date}", RatePermissions.EnterRates, "Records the rates of a day", (body, request) => RateDate.Read(request) is { } date
                ? new PutRates(date, body)
                : RateDate.Invalid, async (_, request, cancel) => RatesAnswer.Of(await request.Desk.CompanyAsync(cancel), RateDate.Read(request)!.Value));
        api.Get<RatesAnswer>(
            "/rates/{date}", RatePermissions.Read, "The rates recorded for a day",
            async (request, cancel) => RateDate.Read(request) is { } date ? RatesAnswer.Of(await request.Desk.CompanyAsync(cancel), date) : RateDate.Invalid);
    }
}

/// <summary>What is recorded for one day, pair by pair.</summary>
public sealed record RatesAnswer(DateOnly Date, IReadOnlyList<RateFigure> Rates)
{
    public static RatesAnswer Of(Facts company, DateOnly date) =>
        new(date, [.. company.Get<RatesFacts>().On(date).Select(rate => new RateFigure(rate.Base, rate.Currency, rate.Value))]);
}

/// <summary>One unit of <paramref name="Base"/> = <paramref name="Value"/> units of <paramref name="Currency"/>.</summary>
public sealed record RateFigure(Currency Base, Currency Currency, decimal Value);

/// <summary>The day in the address.</summary>
static class RateDate
{
    public static readonly Problem Invalid = KernelProblems.FieldInvalid.With("date must be a date as YYYY-MM-DD.", "date");

    public static DateOnly? Read(ApiRequest request) =>
        DateOnly.TryParseExact(request.Route("date"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        && date.Year is >= 1900 and <= 2999 ? date : null;
}

/// <summary>Exchange rates by day.</summary>
public sealed class RatesCapability : ICapability
{
    public string Name => "Rates";
    public IReadOnlyList<Table> Tables { get; } = [RatesFacts.Table];
    public IFactsSlice EmptyFacts => RatesFacts.Empty;
    public void Map(Api api) => PutRates.Map(api);
}

public static class RatePermissions
{
    public static readonly Permission Read = new("readRates", Permission.EveryRole);
    public static readonly Permission EnterRates = new("enterRates", "masterData", "finance");
}
