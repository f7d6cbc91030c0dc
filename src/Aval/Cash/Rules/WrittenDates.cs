using System.Globalization;

namespace Aval.Cash.Rules;

/// <summary>Tells the day of a payment or of a delivery from a number that looks like it.</summary>
static class WrittenDates
{
    const int OldestYear = 1990;
    const int LatestYear = 2099;

    /// <summary>Whether these runs of digits, parted by separators, are a day: <c>2026-03-01</c>, <c>1.3.2026</c>, <c>01/03/26</c>.</summary>
    public static bool IsOne(ReadOnlySpan<char> text, ReadOnlySpan<Atom> atoms)
    {
        if (atoms.Length != 3) return false;
        foreach (var atom in atoms)
            if (!atom.Digits || atom.Length > 4) return false;
        if (atoms[1].Before == Gap.None || atoms[2].Before == Gap.None || atoms[1].Length > 2) return false;
        var (first, middle, last) = (Number(text, atoms[0]), Number(text, atoms[1]), Number(text, atoms[2]));
        return atoms[0].Length == 4 && atoms[2].Length <= 2 ? IsYear(first) && AreMonthAndDay(middle, last)
            : atoms[0].Length <= 2 && atoms[2].Length is 2 or 4 && (atoms[2].Length == 2 || IsYear(last)) && AreMonthAndDay(first, middle);
    }

    static int Number(ReadOnlySpan<char> text, Atom atom) =>
        int.TryParse(text.Slice(atom.Start, atom.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    static bool IsYear(int number) => number is >= OldestYear and <= LatestYear;

    /// <summary>In whichever order.</summary>
    static bool AreMonthAndDay(int one, int other) => Math.Min(one, other) is >= 1 and <= 12 && Math.Max(one, other) <= 31;
}
