namespace Aval.Cash.Rules;

/// <summary>Whether a text has a document's number with one slip of the hand: a sign too many, too few, another, or two in the wrong order.</summary>
/// <remarks>Never a proof by itself: it speaks only where payer and amount agree already.</remarks>
static class NearNumbers
{
    const int ShortestNumber = 4;
    const int AtomsAtOnce = 256;
    const int LongestWindow = 6;

    public static bool IsIn(string text, string number)
    {
        var wanted = Signs(number);
        if (wanted.Length < ShortestNumber) return false;
        Span<Atom> atoms = stackalloc Atom[AtomsAtOnce];
        var (count, _) = NumberAtoms.Cut(text, 0, atoms);
        for (var first = 0; first < count; first++)
        {
            for (var last = first; last < count && last < first + LongestWindow; last++)
            {
                if (last > first && atoms[last].Before == Gap.Break) break;
                var written = Signs(text[atoms[first].Start..atoms[last].End]);
                if (written.Length > wanted.Length + 1) break;
                if (IsNear(written, wanted)) return true;
            }
        }

        return false;
    }

    static string Signs(string text) => new([.. text.Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant)]);

    static bool IsNear(string written, string wanted)
    {
        if (Math.Abs(written.Length - wanted.Length) > 1) return false;
        var same = 0;
        while (same < written.Length && same < wanted.Length && written[same] == wanted[same]) same++;
        var left = written.AsSpan(same);
        var right = wanted.AsSpan(same);
        if (left.Length == 0 || right.Length == 0) return true;
        if (left.Length > right.Length) return left[1..].SequenceEqual(right);
        if (left.Length < right.Length) return left.SequenceEqual(right[1..]);
        return left[1..].SequenceEqual(right[1..]) || (left.Length > 1 && left[0] == right[1] && left[1] == right[0] && left[2..].SequenceEqual(right[2..]));
    }
}
