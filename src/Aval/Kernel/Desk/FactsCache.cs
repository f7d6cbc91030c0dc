using System.Collections.Concurrent;
using Aval.Kernel.Journal;
using Aval.Kernel.Storage;

namespace Aval.Kernel;

/// <summary>Facts by root, each valid only under its sequence number: whoever reads them holds the root's row, or a snapshot with it, and compares.</summary>
/// <param name="mostBytes">What is kept together, by estimate; beyond it those go that nobody has asked for since they were last passed over.</param>
sealed class FactsCache(Composition composition, RootDirectory directory, long mostBytes)
{
    /// <summary>What facts without rows take (<c>aval bench facts</c>).</summary>
    public const int BytesOfRoot = 2_000;

    /// <summary>Further behind than this many entries, a root is loaded whole.</summary>
    const int MostEntriesBehind = 500;

    /// <summary>Roots whose new entries are held in memory at the same time.</summary>
    const int MostRootsAtOnce = 256;

    readonly ConcurrentDictionary<string, Kept> facts = new(StringComparer.Ordinal);

    // The hand of a clock: whoever has been asked for since the hand last came by gets another round.
    readonly Queue<string> round = new();
    readonly Lock gate = new();
    long bytes;

    /// <summary>What is kept, by estimate, and of how many roots.</summary>
    public long Bytes => Volatile.Read(ref bytes);
    public int Roots => facts.Count;

    public async Task<Facts> AtAsync(RootRow row, StoreReader reader, CancellationToken cancel) => (await AtAsync([row], reader, cancel))[row.Root];

    /// <summary>
    /// The facts at these rows' numbers: from the cache, caught up by the entries written since, or loaded; one statement a purpose, however many the roots.
    /// Moves in the company's entries are made known to the directory before this answers.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, Facts>> AtAsync(IReadOnlyList<RootRow> rows, StoreReader reader, CancellationToken cancel)
    {
        var found = new Dictionary<string, Facts>(rows.Count, StringComparer.Ordinal);
        var behind = new List<RootRow>();
        var cold = new List<RootRow>();
        var companyUnseen = false;
        foreach (var row in rows)
        {
            if (row.Sequence == 0) found[row.Root] = composition.Empty(row.Root) with { Through = row.BusinessDate };
            else if (Known(row.Root) is not { } known || row.Sequence - known.Sequence > MostEntriesBehind)
            {
                cold.Add(row);
                companyUnseen |= row.Root == Facts.Company;
            }
            else if (known.Sequence == row.Sequence) found[row.Root] = At(known, row);
            else if (known.Sequence > row.Sequence) cold.Add(row);
            else
            {
                found[row.Root] = known;
                behind.Add(row);
            }
        }

        Telemetry.Facts(found.Count - behind.Count, behind.Count, cold.Count);
        if (behind.Count > 0) await CatchUpAsync(found, behind, reader, cancel);
        if (cold.Count > 0)
            foreach (var loaded in await reader.LoadAsync(cold, cancel)) found[loaded.Root] = loaded;
        if (companyUnseen) directory.ForgetAll();
        return found;
    }

    public void Keep(Facts known)
    {
        if (facts.TryGetValue(known.Root, out var kept) && ReferenceEquals(kept.Facts, known)) return;
        lock (gate)
        {
            if (facts.TryGetValue(known.Root, out kept))
            {
                if (kept.Facts.Sequence >= known.Sequence && kept.Facts.Through >= known.Through) return;
                Interlocked.Add(ref bytes, BytesOf(known) - kept.Bytes);
                (kept.Facts, kept.Bytes) = (known, BytesOf(known));
            }
            else
            {
                facts[known.Root] = new Kept(known, BytesOf(known));
                round.Enqueue(known.Root);
                Interlocked.Add(ref bytes, BytesOf(known));
            }

            MakeRoom(known.Root);
        }
    }

    /// <summary>What is kept of this root, however old; it stays for another round.</summary>
    public Facts? Known(string root)
    {
        if (!facts.TryGetValue(root, out var kept)) return null;
        kept.IsWanted = true;
        return kept.Facts;
    }

    public static long BytesOf(Facts known) => BytesOfRoot + known.Bytes;

    /// <summary>What is dropped and still needed is loaded again. The company's facts stay, and so do those just kept, however large.</summary>
    void MakeRoom(string but)
    {
        for (var passed = 0; bytes > mostBytes && passed < 2 * facts.Count; passed++)
        {
            var root = round.Dequeue();
            if (root == Facts.Company || root == but || facts[root] is { IsWanted: true })
            {
                facts[root].IsWanted = false;
                round.Enqueue(root);
            }
            else if (facts.TryRemove(root, out var dropped)) Interlocked.Add(ref bytes, -dropped.Bytes);
        }
    }

    async Task CatchUpAsync(Dictionary<string, Facts> found, List<RootRow> behind, StoreReader reader, CancellationToken cancel)
    {
        var format = new EntryFormat(composition);
        var moved = new List<string>();
        foreach (var some in behind.Chunk(MostRootsAtOnce))
            foreach (var entry in await reader.EntriesAsync([.. some.Select(row => (row.Root, found[row.Root].Sequence))], cancel))
            {
                var content = format.Read(entry, later: true);
                moved.AddRange(content.Moved);
                found[entry.Root] = content.ApplyTo(found[entry.Root]) with { Sequence = entry.Sequence };
            }

        foreach (var row in behind)
        {
            // A view's snapshot, or the row's lock, makes these agree; anything else is a damaged journal, and a load tells what the tables say.
            if (found[row.Root].Sequence != row.Sequence) found[row.Root] = (await reader.LoadAsync([row], cancel))[0];
            found[row.Root] = At(found[row.Root], row);
        }

        directory.Forget(moved);
    }

    static Facts At(Facts known, RootRow row) => known.Through == row.BusinessDate ? known : known with { Through = row.BusinessDate };

    sealed class Kept(Facts facts, long bytes)
    {
        volatile Facts now = facts;
        volatile bool isWanted;

        public Facts Facts { get => now; set => now = value; }
        public long Bytes { get; set; } = bytes;

        /// <summary>Asked for since the hand came by.</summary>
        public bool IsWanted { get => isWanted; set => isWanted = value; }
    }
}
