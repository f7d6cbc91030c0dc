using System.Globalization;

namespace Aval.Cash.Rules;

/// <summary>What stands between a run of letters or digits and the one before it.</summary>
public enum Gap : byte
{
    /// <summary>Nothing: letters turn into digits.</summary>
    None,
    /// <summary>Signs that may stand inside a number: a blank, a hyphen, a slash, a dot.</summary>
    Joint,
    /// <summary>A single hyphen, or another sign that may say "up to".</summary>
    Hyphen,
    /// <summary>A sign that ends a number.</summary>
    Break,
}

/// <summary>A run of letters, or of digits, in a text.</summary>
public readonly record struct Atom(int Start, int Length, bool Digits, Gap Before)
{
    public int End => Start + Length;
}

/// <summary>Cuts a text into its runs of letters and of digits.</summary>
public static class NumberAtoms
{
    /// <summary>Fills <paramref name="atoms"/> from <paramref name="start"/> on.</summary>
    /// <returns>How many atoms there are, and where the next call goes on: the text's length when all of it was cut.</returns>
    public static (int Count, int Next) Cut(ReadOnlySpan<char> text, int start, Span<Atom> atoms)
    {
        var count = 0;
        var at = start;
        var gap = Gap.Break;
        while (at < text.Length)
        {
            var kind = Kind(text[at]);
            if (kind == Sign.Other)
            {
                var signs = UpTo(text[at..]);
                gap = signs > 0 ? (gap == Gap.Break ? gap : Gap.Hyphen) : Wider(gap, text[at]);
                at += Math.Max(signs, 1);
                continue;
            }

            if (count == atoms.Length) return (count, at);
            var from = at;
            while (at < text.Length && Kind(text[at]) == kind) at++;
            atoms[count++] = new Atom(from, at - from, kind == Sign.Digit, gap);
            gap = Gap.None;
        }

        return (count, at);
    }

    enum Sign : byte { Other, Letter, Digit }

    static Sign Kind(char sign)
    {
        if (sign < 128) return char.IsAsciiDigit(sign) ? Sign.Digit : char.IsAsciiLetter(sign) ? Sign.Letter : Sign.Other;
        return char.IsLetter(sign) ? Sign.Letter : CharUnicodeInfo.GetDecimalDigitValue(sign) >= 0 ? Sign.Digit : Sign.Other;
    }

    /// <summary>How many signs say "up to" beside a single hyphen: <c>...</c>, <c>-></c>, <c>~</c>.</summary>
    static int UpTo(ReadOnlySpan<char> text)
    {
        if (text[0] is '…' or '~' or '→' or '—') return 1;
        if (text.StartsWith("->")) return 2;
        var dots = text.IndexOfAnyExcept('.');
        return dots switch { < 0 => 0, > 1 => dots, _ => 0 };
    }

    static Gap Wider(Gap gap, char sign)
    {
        if (gap == Gap.Break) return Gap.Break;
        return sign switch
        {
            '-' or '–' => gap == Gap.Hyphen ? Gap.Break : Gap.Hyphen,
            ' ' or '\t' or '\n' or '\r' => gap == Gap.None ? Gap.Joint : gap,
            '/' or '.' or '_' or '#' or ':' or '\\' or '°' or 'º' or '\'' => Gap.Joint,
            _ => Gap.Break,
        };
    }
}
