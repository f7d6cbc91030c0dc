namespace Aval.Cash.Rules;

/// <summary>A document that a payer may refer to.</summary>
/// <param name="Order">The order it bills; null when there is none.</param>
public readonly record struct Referable(string Number, string? Order);

/// <summary>Finds the numbers of documents in what payers write. Immutable once made; may be asked by many at once.</summary>
public sealed class ReferenceIndex
{
    const int AtomsAtOnce = 256;
    const int LongestWindow = 6;

    /// <summary>A word this short may stand between two numbers that one word announces: <c>invoices 4711 and 4712</c>.</summary>
    const int LongestConjunction = 3;

    /// <summary>How many atoms back a word may announce a number, as in <c>invoice no. 12</c>.</summary>
    const int AnnouncedWithin = 3;

    /// <summary>How many atoms back a word may say that the number is something else's, as in <c>customer no. 12</c>.</summary>
    const int WordsBefore = 2;

    /// <summary>Letters before a number that are more are a word.</summary>
    const int LongestPrefix = 6;

    /// <summary>How many atoms back "up to" may stand, as in <c>bis einschl. RE 12</c>.</summary>
    const int WordsInRange = 4;

    readonly SpellingTable table;
    readonly HashSet<ulong> beginnings = [];

    ReferenceIndex(int spellings) => table = new SpellingTable(spellings);

    /// <summary>Over these documents; a mention names them by their place in the list.</summary>
    public static ReferenceIndex Of(IReadOnlyList<Referable> documents)
    {
        var spellings = 0;
        foreach (var document in documents) Tell(document, (_, _) => spellings++);
        var index = new ReferenceIndex(spellings);
        for (var document = 0; document < documents.Count; document++)
        {
            var at = document;
            index.Begin(documents[document].Number);
            if (documents[document].Order is { } order) index.Begin(order);
            Tell(documents[document], (key, spelling) => index.table.Add(key, at, spelling));
        }

        return index;
    }

    static void Tell(Referable document, Action<ulong, Spelling> say)
    {
        SpelledNumbers.Tell(document.Number, ofOrder: false, say);
        if (document.Order is { } order) SpelledNumbers.Tell(order, ofOrder: true, say);
    }

    /// <summary>The documents whose number is exactly this, separators and zeros in front apart.</summary>
    public IReadOnlyList<int> WithNumber(string number) => With(number, orDigits: false);

    /// <summary>Those whose digits are exactly these, whatever their letters.</summary>
    public IReadOnlyList<int> WithDigits(string digits) => With(digits, orDigits: true);

    List<int> With(string number, bool orDigits)
    {
        Span<Atom> atoms = stackalloc Atom[AtomsAtOnce];
        var (count, next) = NumberAtoms.Cut(number, 0, atoms);
        if (next < number.Length) return [];
        var (joined, parted, _) = SpelledNumbers.Whole(number, atoms[..count]);
        var found = new List<int>();
        foreach (var key in joined == parted ? [joined] : new[] { joined, parted })
            for (var entry = table.First(key); entry >= 0; entry = table.Next(entry))
            {
                var isMeant = table.Spelling(entry) == Spelling.Number || (orDigits && table.Spelling(entry) == Spelling.Digits);
                if (isMeant && !found.Contains(table.Document(entry))) found.Add(table.Document(entry));
            }

        return found;
    }

    /// <summary>Fills <paramref name="found"/> with the mentions in a text, in the order of their places.</summary>
    /// <returns>How many; a text that has more leaves the rest unread.</returns>
    public int Find(ReadOnlySpan<char> text, Span<Mention> found)
    {
        Span<Atom> atoms = stackalloc Atom[AtomsAtOnce];
        var reading = new Reading { Text = text, Found = found };
        for (var next = 0; next < text.Length;)
        {
            (var count, next) = NumberAtoms.Cut(text, next, atoms);
            var whole = next >= text.Length;
            var read = atoms[..count];
            Find(ref reading, read, whole ? count : count - LongestWindow);
            // A number may lie across the end of what was cut: its atoms are cut again.
            if (!whole) next = read[count - LongestWindow].Start;
        }

        return reading.Count;
    }

    ref struct Reading
    {
        public ReadOnlySpan<char> Text;
        public Span<Mention> Found;
        public int Count;
        public int Places;

        /// <summary>The last number written out, in atoms.</summary>
        public (int First, int Last) Written;

        /// <summary>The last atom of the last place, and whether that place was announced.</summary>
        public (int Last, bool Announced) Before;
    }

    void Find(ref Reading reading, scoped ReadOnlySpan<Atom> atoms, int until)
    {
        reading.Written = (-1, -1);
        reading.Before = (-1, false);
        for (var first = 0; first < until; first++)
        {
            if (!atoms[first].Digits && !MayBegin(reading.Text, atoms[first])) continue;
            var last = Longest(reading.Text, atoms, first, out var key, out var signs);
            var shortened = first <= reading.Before.Last + 2 ? Shortened(reading.Text, atoms, reading.Written, first) : 0;
            if (last < 0 && shortened == 0) continue;
            var end = last < 0 ? first : last;
            var announced = IsAnnounced(reading, atoms, first);
            var place = reading.Places;
            if (last >= 0) Note(ref reading, atoms, first, end, key, signs, announced, asShortened: false);
            if (shortened != 0) Note(ref reading, atoms, first, first, shortened, atoms[first].Length, announced, asShortened: true);
            if (reading.Count > 0 && reading.Found[reading.Count - 1].Place == place) reading.Places++;
            if (shortened == 0) reading.Written = (first, end);
            reading.Before = (end, announced);
            first = end;
        }
    }

    /// <summary>The last atom of the longest number that begins here; below zero when none does.</summary>
    int Longest(ReadOnlySpan<char> text, ReadOnlySpan<Atom> atoms, int first, out ulong key, out int signs)
    {
        var joined = new NumberHash();
        var parted = new NumberHash();
        var longest = -1;
        (key, signs) = (0, 0);
        for (var at = first; at < atoms.Length && at < first + LongestWindow && (at == first || atoms[at].Before != Gap.Break); at++)
        {
            var atom = text.Slice(atoms[at].Start, atoms[at].Length);
            joined.Add(atom, atoms[at].Digits);
            parted.BeginRun();
            parted.Add(atom, atoms[at].Digits);
            if (!joined.HasDigit) continue;
            var hit = table.First(joined.Value) >= 0 ? joined.Value : parted.Value != joined.Value && table.First(parted.Value) >= 0 ? parted.Value : 0;
            if (hit != 0) (longest, key, signs) = (at, hit, joined.Length);
        }

        return longest;
    }

    /// <summary>The number that begins as the one before and ends in this atom; 0 when there is none.</summary>
    ulong Shortened(ReadOnlySpan<char> text, ReadOnlySpan<Atom> atoms, (int First, int Last) written, int at)
    {
        if (written.Last < 0) return 0;
        var end = atoms[written.Last];
        var own = atoms[at];
        if (!end.Digits || !own.Digits || own.Length >= end.Length) return 0;
        var joined = new NumberHash();
        for (var atom = written.First; atom < written.Last; atom++) joined.Add(text.Slice(atoms[atom].Start, atoms[atom].Length), atoms[atom].Digits);
        joined.Add(text.Slice(end.Start, end.Length - own.Length), digits: true);
        joined.Add(text.Slice(own.Start, own.Length), digits: true);
        return table.First(joined.Value) >= 0 ? joined.Value : 0;
    }

    void Note(ref Reading reading, scoped ReadOnlySpan<Atom> atoms, int first, int last, ulong key, int signs, bool announced, bool asShortened)
    {
        var endsRange = EndsRange(reading.Text, atoms, first);
        var foreign = table.First(key) >= 0 && (IsForeign(reading.Text, atoms, first) || OtherNumbers.StandsAt(reading.Text, atoms, first, last));
        // One place, as the order that a hundred invoices bill, leaves room for those behind it.
        var room = Math.Max(1, (reading.Found.Length - reading.Count) / 2);
        for (var entry = table.First(key); entry >= 0 && reading.Count < reading.Found.Length && room-- > 0; entry = table.Next(entry))
            reading.Found[reading.Count++] = new Mention(
                table.Document(entry), asShortened ? Spelling.Shortened : table.Spelling(entry), reading.Places, atoms[first].Start,
                atoms[last].End - atoms[first].Start, signs, announced, foreign, endsRange);
    }

    static bool IsAnnounced(in Reading reading, scoped ReadOnlySpan<Atom> atoms, int first)
    {
        var text = reading.Text;
        var apart = first - reading.Before.Last;
        if (reading.Before.Announced && (apart == 1 || (apart == 2 && atoms[first - 1].Length <= LongestConjunction))) return true;
        for (var at = first - 1; at >= 0 && at >= first - AnnouncedWithin; at--)
            if (!atoms[at].Digits && AnnouncingWords.AnnounceNumber(text.Slice(atoms[at].Start, atoms[at].Length))) return true;
        return false;
    }

    /// <summary>Whether what stands before these digits says that they are no number of ours.</summary>
    static bool IsForeign(ReadOnlySpan<char> text, ReadOnlySpan<Atom> atoms, int first)
    {
        if (!atoms[first].Digits) return false;
        if (first > 0 && !atoms[first - 1].Digits && IsPrefix(text, atoms[first - 1], atoms[first])) return true;
        for (var at = first - 1; at >= 0 && at >= first - WordsBefore && !atoms[at].Digits; at--)
            if (AnnouncingWords.AnnounceOther(text.Slice(atoms[at].Start, atoms[at].Length))) return true;
        return false;
    }

    /// <summary>Whether these letters belong to the number, as WLA does in <c>WLA-4711</c> and no word does that announces one.</summary>
    static bool IsPrefix(ReadOnlySpan<char> text, Atom letters, Atom digits)
    {
        var between = text[letters.End..digits.Start];
        if (letters.Length > LongestPrefix || between.Length > 1 || (between.Length == 1 && !"-/_–".Contains(between[0]))) return false;
        var word = text.Slice(letters.Start, letters.Length);
        return !AnnouncingWords.AnnounceNumber(word) && !AnnouncingWords.SayUpTo(word);
    }

    /// <summary>Whether this number ends a range: <c>4711-4713</c>, <c>4711 bis RE 4713</c>, <c>4711 t/m 4713</c>.</summary>
    static bool EndsRange(ReadOnlySpan<char> text, ReadOnlySpan<Atom> atoms, int first)
    {
        for (var at = first; at > 0 && at > first - WordsInRange; at--)
        {
            if (atoms[at].Before == Gap.Hyphen) return true;
            var word = atoms[at - 1];
            if (word.Digits) return false;
            if (AnnouncingWords.SayUpTo(text.Slice(word.Start, word.Length))) return true;
        }

        return false;
    }

    void Begin(string number)
    {
        Span<Atom> atoms = stackalloc Atom[1];
        if (NumberAtoms.Cut(number, 0, atoms).Count == 1 && !atoms[0].Digits) beginnings.Add(HashOf(number, atoms[0]));
    }

    bool MayBegin(ReadOnlySpan<char> text, Atom atom) => beginnings.Count > 0 && beginnings.Contains(HashOf(text, atom));

    static ulong HashOf(ReadOnlySpan<char> text, Atom atom)
    {
        var hash = new NumberHash();
        hash.Add(text.Slice(atom.Start, atom.Length), digits: false);
        return hash.Value;
    }
}
