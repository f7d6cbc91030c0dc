using System.Globalization;
using System.Text;
using Aval.Kernel;

namespace Aval.Statements.Rules;

/// <summary>What all formats write alike: texts, references, amounts, dates.</summary>
static class Told
{
    static readonly HashSet<string> NoReference = new(StringComparer.OrdinalIgnoreCase) { "NONREF", "NOTPROVIDED", "NOT PROVIDED", "NONE", "EREF", "KREF", "KREF+", "EREF+" };

    /// <summary>One line without control characters and doubled blanks; null when nothing is left.</summary>
    public static string? Text(string? told)
    {
        if (told is null) return null;
        var text = new StringBuilder(told.Length);
        foreach (var letter in told)
            if (!char.IsWhiteSpace(letter) && !char.IsControl(letter) && letter != '\uFFFD') text.Append(letter);
            else if (text.Length > 0 && text[^1] != ' ') text.Append(' ');
        return text.ToString().TrimEnd() is { Length: > 0 } said ? said : null;
    }

    /// <summary>A reference; null for the words by which banks say that there is none.</summary>
    public static string? Reference(string? told) => Text(told) is { } said && !NoReference.Contains(said) && said.Any(char.IsLetterOrDigit) ? said : null;

    /// <summary>An account number without the blanks and the marks people print between its parts.</summary>
    public static string? Account(string? told)
    {
        var compact = string.Concat((told ?? "").Where(letter => !char.IsWhiteSpace(letter) && !char.IsControl(letter)));
        return compact.Length == 0 ? null : compact.ToUpperInvariant();
    }

    /// <summary>True for what is built like an IBAN. Check digits are not asked for: what the bank writes is taken as it is.</summary>
    public static bool IsLikeIban(string told) =>
        told.Length is >= 15 and <= 34 && char.IsAsciiLetterUpper(told[0]) && char.IsAsciiLetterUpper(told[1]) && char.IsAsciiDigit(told[2]) && char.IsAsciiDigit(told[3])
        && told.All(letter => char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter));

    /// <summary>An unsigned amount in minor units: digits, a mark, decimals; more decimals than the currency has must be zeros.</summary>
    public static long Amount(string told, char mark, Currency currency, int line, string where)
    {
        var at = told.IndexOf(mark, StringComparison.Ordinal);
        var (whole, part) = at < 0 ? (told, "") : (told[..at], told[(at + 1)..]);
        if (whole.Length is 0 or > 18 || !whole.All(char.IsAsciiDigit) || !part.All(char.IsAsciiDigit) || part.Length > 9)
            throw new UnreadableException(line, $"{where}: expected an amount such as 1234{mark}50, found {Short(told)}");
        if (part.TrimEnd('0').Length > currency.Decimals)
            throw new UnreadableException(line, $"{where}: expected at most {currency.Decimals} decimals in {currency}, found {Short(told)}");
        var decimals = part.Length > currency.Decimals ? part[..currency.Decimals] : part.PadRight(currency.Decimals, '0');
        var minor = decimal.Parse(whole + decimals, CultureInfo.InvariantCulture);
        if (minor >= Money.Bound * currency.MinorPerMajor) throw new UnreadableException(line, $"{where}: expected an amount below 10^13, found {Short(told)}");
        return (long)minor;
    }

    /// <summary>A currency, in use or not: old accounts were kept in those of their time.</summary>
    public static Currency Currency(string? told, int line, string where) =>
        Kernel.Currency.TryOfAny(told, out var currency) ? currency : throw new UnreadableException(line, $"{where}: expected a currency (ISO 4217), found {Short(told)}");

    /// <summary>A date of a known form between 1990 and 2099.</summary>
    public static DateOnly Date(string told, string form, int line, string where) =>
        DateOnly.TryParseExact(told, form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= 1990 and <= 2099
            ? date
            : throw new UnreadableException(line, $"{where}: expected a date as {form}, found {Short(told)}");

    /// <summary>What was found, short enough for a message.</summary>
    public static string Short(string? told) => Text(told) is not { } said ? "nothing" : said.Length <= 40 ? $"'{said}'" : $"'{said[..40]}…'";

    public static string Say(long minor, Currency currency) => new Money(minor, currency).ToString();
}
