using System.Globalization;
using System.Text;
using Aval.Kernel;
using static Aval.Web.Translated;

namespace Aval.Web;

/// <summary>How values are told to people: amounts with thousands, dates with the month's name, words in place of codes.</summary>
public static class Say
{
    /// <summary><c>1,234.50</c>, with the decimals of its currency and a true minus.</summary>
    public static string Number(Money money) =>
        money.Major.ToString("N" + money.Currency.Decimals.ToString(CultureInfo.InvariantCulture), Tongue.Current.Numbers);

    /// <summary><c>1234.50</c>, as a field takes it (<see cref="Entered.Number"/>).</summary>
    public static string Plain(Money money) =>
        money.Major.ToString("F" + money.Currency.Decimals.ToString(CultureInfo.InvariantCulture), Tongue.Current.Numbers).Replace('\u2212', '-');

    /// <summary><c>1,234.50 EUR</c>.</summary>
    public static string Amount(Money money) => $"{Number(money)}\u00a0{money.Currency.Code}";

    public static string Number(int count) => count.ToString("N0", Tongue.Current.Numbers);

    /// <summary>With as many decimals as it has.</summary>
    public static string Number(Quantity quantity) => quantity.Value.ToString("0.#####", Tongue.Current.Numbers);

    /// <summary><c>3 Mar 2026</c>.</summary>
    public static string Date(DateOnly date) => Tongue.Current.Date(date);

    /// <summary><c>3 Mar 2026 14:05</c>, in the company's time zone.</summary>
    public static string Minute(DateTimeOffset at)
    {
        var there = Zone.Local(at);
        return $"{Date(DateOnly.FromDateTime(there))} {there.ToString("HH:mm", CultureInfo.InvariantCulture)}";
    }

    public static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary><c>1 day</c>, <c>12 days</c>.</summary>
    public static string Days(int days) => Several(days, "{0} day", "{0} days");

    /// <summary>In English; <see cref="Several"/> in the visitor's language.</summary>
    public static string Count(int count, string one, string? many = null) => $"{Number(count)} {(count == 1 ? one : many ?? one + "s")}";

    /// <summary>A word of the glossary as people write it: <c>creditManager</c> is <c>credit manager</c>.</summary>
    public static string Word(string word)
    {
        var said = new StringBuilder(word.Length + 4);
        foreach (var letter in word)
            if (char.IsUpper(letter)) said.Append(' ').Append(char.ToLowerInvariant(letter));
            else said.Append(letter == '-' ? ' ' : letter);
        return said.ToString();
    }

    public static string Role(string role) => role switch
    {
        Permission.AllRights => T("all rights"),
        _ => T(Word(role)),
    };

    /// <summary><c>a</c>, <c>a and b</c>, <c>a, b and c</c>.</summary>
    public static string List(IEnumerable<string> items)
    {
        string[] all = [.. items];
        return all.Length < 2 ? string.Concat(all) : T("{0} and {1}", string.Join(", ", all[..^1]), all[^1]);
    }

    /// <summary>With a capital first letter.</summary>
    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>Who acted, as the journal writes it, for people: <c>person:Clara Novak</c> is <c>Clara Novak</c>.</summary>
    public static string Actor(string actor)
    {
        var at = actor.IndexOf(':', StringComparison.Ordinal);
        if (at < 0) return actor;
        var name = actor[(at + 1)..];
        return actor[..at] switch
        {
            // What it did stands beside it; under which rule is told in the language of the code.
            "rule" => Tongue.Current == Tongue.English ? $"Aval ({Word(name)})" : "Aval",
            "key" => T("{0} (key)", name),
            _ => name,
        };
    }
}
