using Aval.Kernel.Journal;

namespace Aval.Kernel.Storage;

/// <summary>The journal as a stream of bodies, for whoever reads all of it.</summary>
public static class EntryBodies
{
    /// <summary>All roots with the number of their last entry.</summary>
    public static async Task<IReadOnlyList<(string Root, long Entries)>> RootLengthsAsync(this StoreReader store, CancellationToken cancel)
    {
        await using var command = store.Command("SELECT root, sequence FROM root ORDER BY lane, root");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var roots = new List<(string, long)>();
        while (await reader.ReadAsync(cancel)) roots.Add((reader.GetString(0), reader.GetInt64(1)));
        return roots;
    }

    /// <summary>Bodies of a root's entries with numbers above <paramref name="after"/>, in order, at most so many.</summary>
    public static async Task<IReadOnlyList<EntryBody>> BodiesAsync(this StoreReader store, string root, long after, int most, CancellationToken cancel)
    {
        await using var command = store.Command(
            "SELECT sequence, business_date, body FROM journal WHERE lane = @lane AND root = @root AND sequence > @after ORDER BY sequence LIMIT @most");
        StoreReader.Add(command, "lane", Lane.Of(root));
        StoreReader.Add(command, "root", root);
        StoreReader.Add(command, "after", after);
        StoreReader.Add(command, "most", most);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var bodies = new List<EntryBody>();
        while (await reader.ReadAsync(cancel))
            bodies.Add(new EntryBody(reader.GetInt64(0), (DateOnly)store.ReadValue(reader, 1, ColumnKind.Date), (byte[])reader.GetValue(2)));
        return bodies;
    }
}
