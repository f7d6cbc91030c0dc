using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Aval.Parties.Rules;

/// <summary>A purchase order number as a payer wants it, made of the pattern that it gave: people read an example, not an expression.</summary>
public static partial class PurchaseOrderExample
{
    const string Digits = "1234567890";
    const int Longest = 40;

    /// <summary>A number that the pattern takes; null where it is not plain enough to make one of.</summary>
    public static string? Of(string pattern)
    {
        var (made, at) = (new StringBuilder(), 0);
        foreach (Match part in Part().Matches(pattern))
        {
            if (part.Index != at) return null;
            at += part.Length;
            var sign = part.Groups["sign"].Value;
            if (sign is "^" or "$") continue;
            for (var times = TimesOf(part.Groups["times"].Value); times > 0 && made.Length <= Longest; times--) made.Append(OneOf(sign, made));
        }

        return at == pattern.Length && made.Length is > 0 and <= Longest && PurchaseOrderPattern.Matches(pattern, made.ToString()) ? made.ToString() : null;
    }

    /// <summary>Once where it may be left out: an example shows what may stand there.</summary>
    static int TimesOf(string times) => times.Length > 1 ? Math.Max(1, int.Parse(times[1..].Split(',', '}')[0], CultureInfo.InvariantCulture)) : 1;

    /// <summary>Digits go up, so that how many there are can be counted.</summary>
    static char OneOf(string sign, StringBuilder made) => sign switch
    {
        "\\d" => DigitAfter(made),
        "\\w" or "." => 'X',
        ['\\', var literal] => literal,
        ['[', '0', '-', '9', ..] => DigitAfter(made),
        ['[', var first, ..] => first,
        _ => sign[0],
    };

    static char DigitAfter(StringBuilder made)
    {
        var before = 0;
        for (var at = made.Length - 1; at >= 0 && char.IsAsciiDigit(made[at]); at--) before++;
        return Digits[before % Digits.Length];
    }

    [GeneratedRegex(@"(?<sign>\\[dw]|\\[^\w\s]|\[(?!\^)[^\[\]\\]+\]|[A-Za-z0-9 /_^$.#-])(?<times>\{\d{1,2}(?:,\d{0,2})?\}|[?+*])?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Part();
}
