using System.Collections.Concurrent;
using Aval.Kernel.Journal;
using Aval.Kernel.Storage;

namespace Aval.Kernel;

/// <summary>Facts by root, each valid only under its sequence number: whoever reads them holds the root's row, or a snapshot with it, and compares.</summary>
sealed class FactsCache(Composition composition, RootDirectory directory, int mostRoots)
{
    /// <summary>Further behind than this many entries, a root is loaded whole.</summary>
    const int MostEntriesBehind = 500;

    /// <summary>Roots whose new entries are held in memory at the same time.</summary>
    const int MostRootsAtOnce = 256;

    readonly ConcurrentDictionary<string, Facts> facts = new(StringComparer.Ordinal);
    int kept;

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
            else if (!facts.TryGetValue(row.Root, out var known) || row.Sequence - known.Sequence > MostEntriesBehind)
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
        if (facts.TryAdd(known.Root, known))
        {
            if (Interlocked.Increment(ref kept) > mostRoots) MakeRoom();
            return;
        }

        facts.AddOrUpdate(known.Root, known, (_, other) => other.Sequence > known.Sequence ? other : known);
    }

    /// <summary>Drops a tenth, whichever comes first: what is still needed is loaded again.</summary>
    void MakeRoom()
    {
        var most = Math.Max(1, mostRoots / 10);
        foreach (var (root, _) in facts)
        {
            if (root == Facts.Company) continue;
            if (facts.TryRemove(root, out _)) Interlocked.Decrement(ref kept);
            if (--most == 0) return;
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
}
