using System.Runtime.InteropServices;
using System.Text;
using Aval.Kernel;

namespace Aval.Import;

/// <summary>Rows of a file that go into one transaction: those of one root stand together.</summary>
/// <param name="Number">From 1, in the order of lanes and roots.</param>
/// <param name="Follows">True when it begins with rows of the root with which the part before ends: that one goes first.</param>
readonly record struct FilePart(int Number, int Start, int End, bool Follows);

/// <summary>Where the rows of a file stand, by the roots that they belong to: some 40 bytes a row in memory, and the name of each party once.</summary>
sealed class BulkIndex
{
    readonly List<BulkRowAt> rows = [];
    readonly List<string> parties = [];
    readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    readonly Dictionary<string, Above> aboves = new(StringComparer.Ordinal);
    int[] order = [];

    /// <summary>Of a part at most: all that is known of each is in memory, ten open invoices and more, while a part is in work.</summary>
    const int MostRoots = 5_000;

    /// <summary>Whom the parties that the file enters hang under; those alone that hang under anybody.</summary>
    public IReadOnlyDictionary<string, Above> Aboves => aboves;

    public int Count => rows.Count;
    public IReadOnlyList<string> Parties => parties;
    public BulkRowAt this[int row] => rows[row];

    /// <summary>The row at a place in the order of the parts.</summary>
    public int RowAt(int place) => order[place];

    public string PartyOf(int row) => parties[rows[row].Party];

    public void Add(long offset, int line, in BulkRow row)
    {
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(places, row.Party, out var known);
        if (!known)
        {
            place = parties.Count;
            parties.Add(row.Party);
            if (row.Above != default) aboves[row.Party] = row.Above;
        }

        rows.Add(new BulkRowAt(offset, HashOf(row.Number), line, place));
    }

    /// <summary>Rows whose numbers may be the same, in the order of their lines.</summary>
    public IEnumerable<IReadOnlyList<int>> Alike()
    {
        var (numbers, at) = (new ulong[rows.Count], new int[rows.Count]);
        for (var i = 0; i < at.Length; i++) (numbers[i], at[i]) = (rows[i].Number, i);
        Array.Sort(numbers, at);
        for (var start = 0; start < at.Length;)
        {
            var end = start + 1;
            while (end < at.Length && numbers[end] == numbers[start]) end++;
            if (end - start > 1) yield return [.. at[start..end].Order()];
            start = end;
        }
    }

    /// <summary>Puts the rows in the order of lanes, roots and lines, and cuts them into parts.</summary>
    /// <param name="standing">Rows of a party that is not among these are left out; of one root's rows those of the upper come first.</param>
    /// <param name="leaves">Rows that are left out besides.</param>
    /// <param name="most">Rows of a part at most.</param>
    /// <param name="byLane">Whether a part must not hold roots of two lanes.</param>
    public IReadOnlyList<FilePart> Parts(PartyRoots standing, Func<int, bool> leaves, int most, bool byLane)
    {
        var (roots, depths) = standing;
        var sorted = roots.Values.Distinct(StringComparer.Ordinal).Select(root => (Lane: Lane.Of(root), Root: root)).ToArray();
        Array.Sort(sorted, static (left, right) => left.Lane != right.Lane ? left.Lane.CompareTo(right.Lane) : string.CompareOrdinal(left.Root, right.Root));
        var ranks = new Dictionary<string, int>(sorted.Length, StringComparer.Ordinal);
        for (var i = 0; i < sorted.Length; i++) ranks[sorted[i].Root] = i;
        var rankOf = parties.ConvertAll(party => roots.TryGetValue(party, out var root) ? ranks[root] : -1);
        var starts = new int[sorted.Length + 1];
        for (var i = 0; i < rows.Count; i++)
            if (Wanted(i)) starts[rankOf[rows[i].Party] + 1]++;
        for (var i = 1; i < starts.Length; i++) starts[i] += starts[i - 1];
        order = new int[starts[^1]];
        var next = starts.AsSpan(0, sorted.Length).ToArray();
        foreach (var i in depths.Count == 0 ? Enumerable.Range(0, rows.Count) : Enumerable.Range(0, rows.Count).OrderBy(row => depths.GetValueOrDefault(PartyOf(row))))
            if (Wanted(i)) order[next[rankOf[rows[i].Party]]++] = i;
        return Cut(starts, sorted, most, byLane);

        bool Wanted(int row) => rankOf[rows[row].Party] >= 0 && !leaves(row);
    }

    static List<FilePart> Cut(int[] starts, (short Lane, string Root)[] roots, int most, bool byLane)
    {
        var parts = new List<FilePart>();
        var (start, follows, first) = (0, false, 0);
        for (var i = 0; i < roots.Length; i++)
        {
            // A root goes into one part where it can.
            if (starts[i] > start && (starts[i + 1] - start > most || i - first >= MostRoots || (byLane && i > 0 && roots[i].Lane != roots[i - 1].Lane)))
            {
                End(starts[i], next: false);
                first = i;
            }

            while (starts[i + 1] - start > most) End(start + most, next: true);
        }

        if (starts[^1] > start) End(starts[^1], next: false);
        return parts;

        void End(int end, bool next)
        {
            parts.Add(new FilePart(parts.Count + 1, start, end, follows));
            (start, follows) = (end, next);
        }
    }

    /// <summary>FNV-1a, 64 bits.</summary>
    static ulong HashOf(string number)
    {
        Span<byte> bytes = stackalloc byte[Numbers.Longest * 3];
        var hash = 14695981039346656037UL;
        foreach (var b in bytes[..Encoding.UTF8.GetBytes(number, bytes)]) hash = unchecked((hash ^ b) * 1099511628211UL);
        return hash;
    }
}

/// <summary>A row's place, a hash of its number, and its party.</summary>
readonly record struct BulkRowAt(long Offset, ulong Number, int Line, int Party);
