using System.Collections.Concurrent;
using Aval.Kernel.Journal;
using Aval.Kernel.Storage;

namespace Aval.Kernel;

/// <summary>Facts by root, each valid only under its sequence number: whoever reads them holds the root's row and compares.</summary>
sealed class FactsCache(Composition composition, int mostRoots)
{
    /// <summary>Further behind than this many entries, a root is loaded whole.</summary>
    const int MostEntriesBehind = 500;

    readonly ConcurrentDictionary<string, Facts> facts = new(StringComparer.Ordinal);

    /// <summary>The facts at the row's number, from the cache, caught up by the entries written since, or loaded; and whether a party has moved in those entries.</summary>
    public async Task<(Facts Facts, bool Moved)> AtAsync(RootRow row, StoreReader reader, CancellationToken cancel)
    {
        if (facts.TryGetValue(row.Root, out var known) && known.Sequence <= row.Sequence && row.Sequence - known.Sequence <= MostEntriesBehind)
            return await CaughtUpAsync(known, row, reader, cancel);
        return (await reader.LoadAsync(row, cancel), row.Root == Facts.Company && known is not null);
    }

    public void Keep(Facts known)
    {
        if (facts.Count >= mostRoots)
            foreach (var root in facts.Keys.Take(Math.Max(1, mostRoots / 10)))
                if (root != Facts.Company) facts.TryRemove(root, out _);
        facts.AddOrUpdate(known.Root, known, (_, other) => other.Sequence > known.Sequence ? other : known);
    }

    public void Forget(string root) => facts.TryRemove(root, out _);

    async Task<(Facts, bool)> CaughtUpAsync(Facts known, RootRow row, StoreReader reader, CancellationToken cancel)
    {
        var moved = false;
        if (known.Sequence < row.Sequence)
        {
            var format = new EntryFormat(composition);
            await foreach (var entry in reader.EntriesAsync(row.Root, known.Sequence, cancel))
            {
                var content = format.Read(entry.Body);
                moved |= content.Moved.Count > 0;
                known = content.ApplyTo(known);
            }

            known = known with { Sequence = row.Sequence };
        }

        return (known with { Through = row.BusinessDate }, moved);
    }
}
