using System.Collections.Immutable;

namespace Aval.Cash.Rules;

/// <summary>How a payer writes our invoices' numbers where nobody would find them: with digits of its own glued before or behind.</summary>
public static class NumberForm
{
    const int ShortestNumber = 5;
    const char AnyDigit = '#';
    const string Means = " = ";

    /// <summary>The form in which the text has the number, as <c>4500###### = INV-######</c>; null where it has none, or where it is found without one.</summary>
    public static string? Of(string text, string number)
    {
        var digits = number.Reverse().TakeWhile(char.IsAsciiDigit).Count();
        if (digits < ShortestNumber) return null;
        var (head, counted) = (number[..^digits], number[^digits..]);
        foreach (var word in WrittenWords.In(text))
        {
            var at = word.IndexOf(counted, StringComparison.Ordinal);
            if (at < 0) continue;
            var (before, after) = (word[..at], word[(at + digits)..]);
            // Zeros before a number, and letters around it, are read by everybody's rules.
            var glued = (before.Length > 0 && char.IsAsciiDigit(before[^1]) && before.Any(sign => sign is >= '1' and <= '9')) || (after.Length > 0 && char.IsAsciiDigit(after[0]));
            if (glued) return before + new string(AnyDigit, digits) + after + Means + head + new string(AnyDigit, digits);
        }

        return null;
    }

    /// <summary>The numbers of ours that the text has in one of these forms.</summary>
    public static ImmutableArray<string> Read(string text, IEnumerable<string> forms)
    {
        if (text.Length == 0) return [];
        var found = ImmutableArray.CreateBuilder<string>();
        foreach (var form in forms)
        {
            if (form.IndexOf(Means, StringComparison.Ordinal) is not (> 0 and var parts)) continue;
            var (written, ours) = (form[..parts], form[(parts + Means.Length)..]);
            foreach (var word in WrittenWords.In(text))
                if (Numbered(word, written, ours) is { } number && !found.Contains(number)) found.Add(number);
        }

        return found.ToImmutable();
    }

    static string? Numbered(string word, string written, string ours)
    {
        var (from, digits) = (written.IndexOf(AnyDigit), written.Count(sign => sign == AnyDigit));
        if (word.Length != written.Length || !word.StartsWith(written[..from], StringComparison.Ordinal)) return null;
        if (!word.EndsWith(written[(from + digits)..], StringComparison.Ordinal) || !word.AsSpan(from, digits).ContainsOnlyDigits()) return null;
        return string.Concat(ours.AsSpan(0, ours.Length - digits), word.AsSpan(from, digits));
    }

    static bool ContainsOnlyDigits(this ReadOnlySpan<char> text)
    {
        foreach (var sign in text)
            if (!char.IsAsciiDigit(sign)) return false;
        return true;
    }
}
