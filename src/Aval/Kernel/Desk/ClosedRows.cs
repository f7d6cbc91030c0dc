using Aval.Kernel.Storage;

namespace Aval.Kernel;

/// <summary>Documents that the facts leave out, for the decisions of a batch that ask for all of them.</summary>
static class ClosedRows
{
    /// <summary>All that stand at the command's roots, for one that moves rows or asks what has ever stood there; else none.</summary>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<(Table, object)>>> AtRootsAsync(
        Composition composition, Recording recording, StoreReader reader, Pending pending)
    {
        var closed = new Dictionary<string, IReadOnlyList<(Table, object)>>(StringComparer.Ordinal);
        if (!pending.Command.MovesRows([.. pending.Roots.Select(root => recording[root])]) && !pending.Command.LooksAtClosed(recording[pending.Primary])) return closed;
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
