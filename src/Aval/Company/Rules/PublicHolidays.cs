using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;

namespace Aval.Company.Rules;

/// <summary>The public holidays that a whole country has by law, computed. Regional ones, and years in which a law differs, are entered by hand.</summary>
/// <remarks>Written as rules: <c>05-01</c> a date, <c>E+39</c> days from Easter Sunday, <c>05:1Mon</c> the first Monday of May, <c>05:-1Mon</c> the last; behind a date
/// <c>&gt;</c> moves what falls on a weekend to the next free weekday (United Kingdom), <c>~</c> to the nearest (United States). Source: the countries' holiday laws as in force
/// in 2025.</remarks>
public static class PublicHolidays
{
    static readonly Dictionary<string, string> Rules = new(StringComparer.Ordinal)
    {
        ["AT"] = "01-01 01-06 E+1 05-01 E+39 E+50 E+60 08-15 10-26 11-01 12-08 12-25 12-26",
        ["BE"] = "01-01 E+1 05-01 E+39 E+50 07-21 08-15 11-01 11-11 12-25",
        ["CH"] = "01-01 E+39 08-01 12-25",
        ["DE"] = "01-01 E-2 E+1 05-01 E+39 E+50 10-03 12-25 12-26",
        ["DK"] = "01-01 E-3 E-2 E+1 E+39 E+50 12-25 12-26",
        ["ES"] = "01-01 01-06 E-2 05-01 08-15 10-12 11-01 12-06 12-08 12-25",
        ["FR"] = "01-01 E+1 05-01 05-08 E+39 E+50 07-14 08-15 11-01 11-11 12-25",
        ["GB"] = "01-01> E-2 E+1 05:1Mon 05:-1Mon 08:-1Mon 12-25> 12-26>",
        ["IT"] = "01-01 01-06 E+1 04-25 05-01 06-02 08-15 11-01 12-08 12-25 12-26",
        ["LU"] = "01-01 E+1 05-01 05-09 E+39 E+50 06-23 08-15 11-01 12-25 12-26",
        ["NL"] = "01-01 E+1 04-27 E+39 E+50 12-25 12-26",
        ["NO"] = "01-01 E-3 E-2 E+1 05-01 E+39 05-17 E+50 12-25 12-26",
        ["PL"] = "01-01 01-06 E+1 05-01 05-03 E+60 08-15 11-01 11-11 12-24 12-25 12-26",
        ["PT"] = "01-01 E-2 04-25 05-01 E+60 06-10 08-15 10-05 11-01 12-01 12-08 12-25",
        ["SE"] = "01-01 01-06 E-2 E+1 05-01 E+39 06-06 12-25 12-26",
        ["US"] = "01-01~ 01:3Mon 02:3Mon 05:-1Mon 06-19~ 07-04~ 09:1Mon 10:2Mon 11-11~ 11:4Thu 12-25~",
    };

    static readonly ConcurrentDictionary<(string Country, int Year), ImmutableArray<Holiday>> Computed = new();

    /// <summary>The countries whose holidays are known.</summary>
    public static IReadOnlyCollection<string> Countries => Rules.Keys;

    /// <summary>By date; none of a country that is not known.</summary>
    public static ImmutableArray<Holiday> Of(string country, int year) =>
        Rules.TryGetValue(country, out var rules) ? Computed.GetOrAdd((country, year), _ => Compute(rules, year)) : [];

    /// <summary>Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher).</summary>
    public static DateOnly Easter(int year)
    {
        var (a, b, c) = (year % 19, year / 100, year % 100);
        var (d, e) = (b / 4, b % 4);
        var g = (b - ((b + 8) / 25) + 1) / 3;
        var h = ((19 * a) + b - d - g + 15) % 30;
        var l = (32 + (2 * e) + (2 * (c / 4)) - h - (c % 4)) % 7;
        var m = (a + (11 * h) + (22 * l)) / 451;
        var sum = h + l - (7 * m) + 114;
        return new DateOnly(year, sum / 31, (sum % 31) + 1);
    }

    static ImmutableArray<Holiday> Compute(string rules, int year)
    {
        var days = new SortedDictionary<DateOnly, string>();
        foreach (var rule in rules.Split(' '))
        {
            var day = DayOf(rule, year);
            if (rule[^1] == '>')
                while (IsWeekend(day) || days.ContainsKey(day)) day = day.AddDays(1);
            else if (rule[^1] == '~')
                day = day.DayOfWeek == DayOfWeek.Saturday ? day.AddDays(-1) : day.DayOfWeek == DayOfWeek.Sunday ? day.AddDays(1) : day;
            days.TryAdd(day, rule.TrimEnd('>', '~'));
        }

        return [.. days.Select(day => new Holiday(day.Key, day.Value))];
    }

    static DateOnly DayOf(string rule, int year)
    {
        if (rule[0] == 'E') return Easter(year).AddDays(Number(rule[1..]));
        var month = Number(rule[..2]);
        if (rule[2] == '-') return new DateOnly(year, month, Number(rule[3..5]));
        var (count, wanted) = (Number(rule[3..^3]), rule[^3..] == "Mon" ? DayOfWeek.Monday : DayOfWeek.Thursday);
        var day = count > 0 ? new DateOnly(year, month, 1) : new DateOnly(year, month, DateTime.DaysInMonth(year, month));
        while (day.DayOfWeek != wanted) day = day.AddDays(Math.Sign(count));
        return day.AddDays(7 * (count - Math.Sign(count)));
    }

    static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    static int Number(string text) => int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
