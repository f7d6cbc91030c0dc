using Aval.Kernel.Storage;

namespace Aval.Kernel;

/// <summary>Documents that commands cite and that are closed, hence not in the facts.</summary>
static class CitedDocuments
{
    /// <summary>Brings them into what is known of these roots, as this batch left them or as the table has them; and tells which were brought.</summary>
    public static async Task<List<(string Root, Table Table, string Key)>> BringAsync(
        Recording recording, StoreReader reader, IEnumerable<Cite> cites, IReadOnlyList<string> roots, Dictionary<string, Facts> known)
    {
        var brought = new List<(string, Table, string)>();
        foreach (var (table, type, key) in cites)
        {
            if (roots.Any(root => known[root].Find(type, key) is not null)) continue;
            foreach (var root in roots)
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
}
