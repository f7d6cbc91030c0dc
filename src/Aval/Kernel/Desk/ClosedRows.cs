using Aval.Kernel.Storage;

namespace Aval.Kernel;

/// <summary>Documents that the facts leave out, for the decisions of a batch that ask for them.</summary>
sealed class ClosedRows(Composition composition, Recording recording, StoreReader reader)
{
    /// <summary>Cited documents that are closed, hence not in the facts: as this batch left them, or as the table has them.</summary>
    public async Task<List<(string Root, Table Table, string Key)>> BringAsync(Pending pending, Dictionary<string, Facts> known)
    {
        var brought = new List<(string, Table, string)>();
        foreach (var (table, type, key) in pending.Command.Cites)
        {
            if (pending.Roots.Any(root => known[root].Find(type, key) is not null)) continue;
            foreach (var root in pending.Roots)
            {
                var row = recording.Touched(table, root, key) ? recording.Closed(root, table, key) : await reader.FindAsync(table, root, key, CancellationToken.None);
                if (row is null) continue;
                known[root] = known[root].With(row);
                brought.Add((root, table, key));
                break;
            }
        }

        return brought;
    }

    /// <summary>All that stand at the command's roots, for one that moves rows or asks what has ever stood there; else none.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<(Table, object)>>> AtRootsAsync(Pending pending)
    {
        var closed = new Dictionary<string, IReadOnlyList<(Table, object)>>(StringComparer.Ordinal);
        if (!pending.Command.MovesRows(pending.Roots.Count) && !pending.Command.LooksAtClosed(recording[pending.Primary])) return closed;
        foreach (var root in pending.Roots)
        {
            var found = recording.ClosedAt(root).ToList();
            foreach (var table in composition.TablesInOrder)
                foreach (var stored in await reader.CurrentAsync(table, root, CancellationToken.None))
                    if (recording[root].Find(table.RowType, table.KeyOf(stored)) is null && !recording.Touched(table, root, table.KeyOf(stored)))
                        found.Add((table, stored));
            closed[root] = found;
        }

        return closed;
    }
}
