using System.Collections.Immutable;
using System.Globalization;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Rates.Rules;

namespace Aval.Rates;

/// <summary>All rates, on the company's root: by pair, in order of their days.</summary>
public sealed record RatesFacts(ImmutableDictionary<(string Base, string Currency), ImmutableList<RateOfDay>> ByPair) : IFactsSlice
{
    public static readonly RatesFacts Empty = new(ImmutableDictionary<(string, string), ImmutableList<RateOfDay>>.Empty);

    public static readonly Table<Rate> Table = new(
        "rate",
        [
            ("key", ColumnKind.Text, rate => rate.Key),
            ("date", ColumnKind.Date, rate => rate.Date),
            ("base", ColumnKind.Text, rate => rate.Base.Code),
            ("currency", ColumnKind.Text, rate => rate.Currency.Code),
            ("value", ColumnKind.Text, rate => rate.Value.ToString(CultureInfo.InvariantCulture)),
        ],
        party: null,
        v =>
        {
            v.Text();
            return new Rate(v.Date(), v.Currency(), v.Currency(), decimal.Parse(v.Text(), CultureInfo.InvariantCulture));
        });

    /// <summary>A rate is a place in the list of its pair, which takes what the row would.</summary>
    public int BytesOfPlaces => 0;

    public IFactsSlice With(object row)
    {
        if (row is not Rate rate) return this;
        var pair = (rate.Base.Code, rate.Currency.Code);
        var days = ByPair.GetValueOrDefault(pair) ?? ImmutableList<RateOfDay>.Empty;
        var day = new RateOfDay(rate.Date, rate.Value);
        var at = days.BinarySearch(day, RateOfDay.ByDate);
        return new RatesFacts(ByPair.SetItem(pair, at >= 0 ? days.SetItem(at, day) : days.Insert(~at, day)));
    }

    public IFactsSlice Without(object row) => this;

    public object? Find(Type row, string key)
    {
        if (row != typeof(Rate)) return null;
        var date = DateOnly.ParseExact(key.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var (from, to) = (key.Substring(11, 3), key.Substring(15, 3));
        if (!ByPair.TryGetValue((from, to), out var days)) return null;
        var at = days.BinarySearch(new RateOfDay(date, 0), RateOfDay.ByDate);
        return at < 0 ? null : new Rate(date, Currency.Of(from), Currency.Of(to), days[at].Value);
    }

    public IEnumerable<object> RowsOf(string party) => [];

    /// <summary>What is recorded for exactly this day, by pair.</summary>
    public IEnumerable<Rate> On(DateOnly date) => ByPair.Keys.OrderBy(pair => pair.Base, StringComparer.Ordinal).ThenBy(pair => pair.Currency, StringComparer.Ordinal)
        .Select(pair => Find(typeof(Rate), $"{date:yyyy-MM-dd} {pair.Base}/{pair.Currency}")).OfType<Rate>();

    /// <summary>How one unit of <paramref name="from"/> converts on a day: the latest rate on or before it, directly, inverted, or over a common base:
    /// the one with the latest rates, of equal ones the first by code.</summary>
    /// <returns>Null when there is none.</returns>
    public StoredRate? Find(Currency from, Currency to, DateOnly on)
    {
        if (from == to) return StoredRate.Same(on);
        if (Latest(from, to, on) is { } direct) return direct;
        if (Latest(to, from, on) is { } inverse) return inverse with { Factor = 1 / inverse.Factor };
        return Crossed(from, to, on);
    }

    StoredRate? Crossed(Currency from, Currency to, DateOnly on)
    {
        StoredRate? found = null;
        foreach (var @base in ByPair.Keys.Where(pair => pair.Currency == from.Code).Select(pair => pair.Base).Order(StringComparer.Ordinal))
            if (Over(Currency.Of(@base), from, to, on) is { } cross && (found is null || cross.Date > found.Value.Date)) found = cross;
        return found;
    }

    /// <summary>The rate over a common base, as old as the older of the two it is made of.</summary>
    StoredRate? Over(Currency common, Currency from, Currency to, DateOnly on) =>
        Latest(common, from, on) is { } first && Latest(common, to, on) is { } second
            ? new StoredRate(second.Factor / first.Factor, first.Date < second.Date ? first.Date : second.Date)
            : null;

    /// <summary>An amount by a day's rate; null where there is none, or where what comes out is no amount any more.</summary>
    public Money? Converted(Money amount, Currency to, DateOnly on) =>
        Find(amount.Currency, to, on) is { } rate && rate.Fits(amount) ? amount.Convert(rate.Factor, to) : null;

    StoredRate? Latest(Currency @base, Currency currency, DateOnly on)
    {
        if (!ByPair.TryGetValue((@base.Code, currency.Code), out var days)) return null;
        var at = days.BinarySearch(new RateOfDay(on, 0), RateOfDay.ByDate);
        if (at < 0) at = ~at - 1;
        return at < 0 ? null : new StoredRate(days[at].Value, days[at].Date);
    }
}

/// <summary>A pair's rate of one day; lists of it are sorted by date.</summary>
public readonly record struct RateOfDay(DateOnly Date, decimal Value)
{
    public static readonly IComparer<RateOfDay> ByDate = Comparer<RateOfDay>.Create((left, right) => left.Date.CompareTo(right.Date));
}
