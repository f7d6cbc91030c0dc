using System.Globalization;

namespace Aval.Cash.Rules;

/// <summary>Tells places where the number of something else stands: of a telephone, a customer, an account, or a date.</summary>
/// <remarks>Who reads an invoice's number there needs an amount that agrees.</remarks>
static class OtherNumbers
{
    /// <summary>So many runs back a word may say of what the number is: telephones and accounts are written in groups.</summary>
    const int SaidWithin = 7;

    const int LettersOfCountry = 2;

    public static bool StandsAt(ReadOnlySpan<char> text, ReadOnlySpan<Atom> atoms, int first, int last) => IsDate(text, atoms, first, last) || IsSaid(text, atoms, first);

    static bool IsSaid(ReadOnlySpan<char> text, ReadOnlySpan<Atom> atoms, int first)
    {
        for (var at = first - 1; at >= 0 && at >= first - SaidWithin; at--)
        {
            if (atoms[at].Digits) continue;
            var word = text.Slice(atoms[at].Start, atoms[at].Length);
            if (AnnouncingWords.AnnounceOther(word)) return true;
            if (AnnouncingWords.SayNothing(word)) continue;
            if (word.Length != LettersOfCountry || AnnouncingWords.AnnounceNumber(word)) return false;
            // An IBAN in groups: country and check digits, then the account. Else a country may stand before the number of a tax office.
            if (at + 1 < first && atoms[at + 1] is { Digits: true, Length: 2, Before: Gap.None } && atoms[at + 2].Length == 4) return true;
        }

        return false;
    }

    /// <summary>Day, month and year in any order that people use, parted by the same signs.</summary>
    static bool IsDate(ReadOnlySpan<char> text, ReadOnlySpan<Atom> atoms, int first, int last)
    {
        if (last - first != 2 || !atoms[first].Digits || !atoms[first + 1].Digits || !atoms[last].Digits) return false;
        if (!text[atoms[first].End..atoms[first + 1].Start].SequenceEqual(text[atoms[first + 1].End..atoms[last].Start])) return false;
        var (a, b, c) = (Number(text, atoms[first]), Number(text, atoms[first + 1]), Number(text, atoms[last]));
        if (atoms[first].Length == 4) return IsYear(a) && IsDay(b, c);
        return atoms[first].Length <= 2 && atoms[first + 1].Length <= 2 && (IsDay(b, a) || IsDay(a, b)) && (atoms[last].Length == 2 || (atoms[last].Length == 4 && IsYear(c)));
    }

    static bool IsYear(int year) => year is >= 1990 and <= 2099;

    static bool IsDay(int month, int day) => month is >= 1 and <= 12 && day is >= 1 and <= 31;

    static int Number(ReadOnlySpan<char> text, Atom atom) =>
        atom.Length <= 4 && int.TryParse(text.Slice(atom.Start, atom.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
