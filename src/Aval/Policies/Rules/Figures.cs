using System.Globalization;

namespace Aval.Policies.Rules;

/// <summary>How the sentences about a policy tell its numbers.</summary>
/// <param name="Currency">Of its amounts, as its code.</param>
readonly record struct Figures(string Currency)
{
    /// <summary><c>25,000 EUR</c>; decimals as far as they were given.</summary>
    public string Amount(decimal amount) => $"{Number(amount)}\u00a0{Currency}";

    public static string Percent(decimal percent) => $"{Number(percent)}\u00a0%";

    public static string Days(decimal days) => Count(days, "day", "days");

    public static string Hours(int hours) => Count(hours, "working hour", "working hours");

    public static string Count(decimal count, string one, string many) => $"{Number(count)} {(count == 1 ? one : many)}";

    public static string Number(decimal number) => number.ToString("#,##0.####", CultureInfo.InvariantCulture);

    /// <summary><c>a</c>, <c>a or b</c>, <c>a, b or c</c>.</summary>
    public static string Any(IEnumerable<string> items) => Joined(items, " or ");

    /// <summary><c>a</c>, <c>a and b</c>, <c>a, b and c</c>.</summary>
    public static string All(IEnumerable<string> items) => Joined(items, " and ");

    /// <summary>A role, field or cause as people write it: <c>creditManager</c> is <c>credit manager</c>.</summary>
    public static string Plain(string word) => string.Concat(word.Select(letter => char.IsUpper(letter) ? " " + char.ToLowerInvariant(letter) : letter.ToString()));

    static string Joined(IEnumerable<string> items, string last)
    {
        string[] all = [.. items];
        return all.Length < 2 ? string.Concat(all) : string.Join(", ", all[..^1]) + last + all[^1];
    }
}
