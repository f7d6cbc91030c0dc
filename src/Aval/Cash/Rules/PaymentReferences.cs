using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Aval.Parties.Rules;
using Written = System.Text.RegularExpressions.Match;

namespace Aval.Cash.Rules;

/// <summary>References with check digits, as sellers print them and payers copy them: the creditor reference (ISO 11649), and Belgium's structured communication
/// <c>+++090/9337/55493+++</c>.</summary>
public static partial class PaymentReferences
{
    const int BelgianDigits = 12;
    const int BelgianOwn = 10;

    /// <summary>Those in a text whose check digits agree; a creditor reference also in groups of four, as it is printed.</summary>
    public static ImmutableArray<string> In(string text)
    {
        var found = ImmutableArray.CreateBuilder<string>();
        foreach (Written begun in Grouped().Matches(text))
        {
            // The last group may be followed by a word as short: what the check digits agree with is the reference.
            var groups = begun.Value + begun.Groups["groups"].Value;
            for (var end = groups.Length; end > 0; end = groups.LastIndexOf(' ', end - 1))
                if (CreditorReference.Verify(groups[..end])) found.Add(groups[..end].Replace(" ", "", StringComparison.Ordinal));
        }

        foreach (Written joined in Joined().Matches(text))
            if (CreditorReference.Verify(joined.Value) && !found.Contains(joined.Value)) found.Add(joined.Value);
        foreach (Written communication in Belgian().Matches(text))
            if (OfBelgian(communication.Value) is not null) found.Add(communication.Value);
        return found.ToImmutable();
    }

    /// <summary>Whether nobody writes such a thing by accident: it has check digits, and what marks it as a reference.</summary>
    public static bool IsUnmistakable(string reference) => CreditorReference.Verify(reference) || (OfBelgian(reference) is not null && !char.IsAsciiDigit(reference[0]));

    /// <summary>The documents that it stands for; none where it is no such reference.</summary>
    public static IReadOnlyList<int> DocumentsOf(string reference, ReferenceIndex index)
    {
        if (CreditorReference.Own(reference) is { } own) return index.WithNumber(own);
        if (OfBelgian(reference) is not { } digits) return [];
        return index.WithNumber(digits) is { Count: > 0 } whole ? whole : index.WithDigits(digits[..BelgianOwn]);
    }

    /// <summary>The twelve digits, of which the last two are the others' remainder by 97, or 97 for none; else null.</summary>
    static string? OfBelgian(string reference)
    {
        if (reference.Any(char.IsLetter)) return null;
        var digits = string.Concat(reference.Where(char.IsAsciiDigit));
        if (digits.Length != BelgianDigits) return null;
        var rest = CheckDigits.Mod97(digits.AsSpan(0, BelgianOwn));
        return (rest == 0 ? 97 : rest) == ((digits[BelgianOwn] - '0') * 10) + digits[BelgianOwn + 1] - '0' ? digits : null;
    }

    [GeneratedRegex(@"\bRF\d{2}(?=(?<groups>(?: [0-9A-Z]{4})*(?: [0-9A-Z]{1,4})\b))", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Grouped();

    [GeneratedRegex(@"\bRF\d{2}[0-9A-Z]{1,21}\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Joined();

    [GeneratedRegex(@"(?:\+\+\+|\*\*\*) ?\d{3}/\d{4}/\d{5} ?(?:\+\+\+|\*\*\*)|(?<![\d/])\d{3}/\d{4}/\d{5}(?![\d/])|\b\d{12}\b", RegexOptions.CultureInvariant)]
    private static partial Regex Belgian();
}
