namespace Aval.Cash.Rules;

/// <summary>The ways in which payers write a document's number.</summary>
static class SpelledNumbers
{
    const int LongestNumber = 32;
    const int ShortestTail = 3;

    /// <summary>Up to two hashes: with zeros dropped where the number begins, and with zeros dropped after each separator too.</summary>
    public static (ulong Joined, ulong Parted, int Signs) Whole(ReadOnlySpan<char> text, ReadOnlySpan<Atom> atoms)
    {
        var joined = new NumberHash();
        var parted = new NumberHash();
        foreach (var atom in atoms)
        {
            var signs = text.Slice(atom.Start, atom.Length);
            joined.Add(signs, atom.Digits);
            parted.BeginRun();
            parted.Add(signs, atom.Digits);
        }

        return (joined.HasDigit ? joined.Value : 0, parted.HasDigit ? parted.Value : 0, joined.Length);
    }

    /// <summary>Tells every spelling of a number, the fullest first.</summary>
    public static void Tell(string number, bool ofOrder, Action<ulong, Spelling> say)
    {
        Span<Atom> atoms = stackalloc Atom[LongestNumber];
        var (count, _) = NumberAtoms.Cut(number, 0, atoms);
        atoms = atoms[..count];
        Say(Whole(number, atoms), ofOrder ? Spelling.Order : Spelling.Number, say);
        Span<Atom> digits = stackalloc Atom[LongestNumber];
        var runs = 0;
        foreach (var atom in atoms)
            if (atom.Digits) digits[runs++] = atom;
        if (runs < count) Say(Whole(number, digits[..runs]), ofOrder ? Spelling.Order : Spelling.Digits, say);
        if (ofOrder || runs < 2) return;
        var tail = Whole(number, digits[(runs - 1)..runs]);
        if (tail.Signs >= ShortestTail) Say(tail, Spelling.Tail, say);
    }

    static void Say((ulong Joined, ulong Parted, int Signs) whole, Spelling spelling, Action<ulong, Spelling> say)
    {
        if (whole.Joined != 0) say(whole.Joined, spelling);
        if (whole.Parted != 0 && whole.Parted != whole.Joined) say(whole.Parted, spelling);
    }
}
