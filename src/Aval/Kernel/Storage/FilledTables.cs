namespace Aval.Kernel.Storage;

/// <summary>Which tables have anything to tell of many roots at once: of most, nothing, and one look between the first root and the last says so.</summary>
static class FilledTables
{
    /// <summary>From so many roots on the look costs less than asking every table for each of them.</summary>
    const int Many = 64;

    public static async Task<IReadOnlyList<Table>> OfAsync(StoreReader reader, Composition composition, IReadOnlyList<RootRow> rows, bool byLane, CancellationToken cancel)
    {
        // By lane every statement names one with each table, and there is no row to compare with.
        if (rows.Count < Many || byLane) return composition.FactTables;
        var roots = rows.Select(row => (Lane: Lane.Of(row.Root), row.Root)).ToList();
        roots.Sort(static (left, right) => left.Lane != right.Lane ? left.Lane.CompareTo(right.Lane) : string.CompareOrdinal(left.Root, right.Root));
        var between = "(lane, root) >= (@firstLane, @first) AND (lane, root) <= (@lastLane, @last) AND to_sequence IS NULL AND live";
        await using var command = reader.Plain(string.Join(
            " UNION ALL ", composition.FactTables.Select((table, at) => $"SELECT {at} AS at WHERE EXISTS (SELECT 1 FROM {table.Name} WHERE {between})")));
        StoreReader.Add(command, "firstLane", roots[0].Lane);
        StoreReader.Add(command, "first", roots[0].Root);
        StoreReader.Add(command, "lastLane", roots[^1].Lane);
        StoreReader.Add(command, "last", roots[^1].Root);
        var filled = new List<Table>();
        await using var results = await command.ExecuteReaderAsync(cancel);
        while (await results.ReadAsync(cancel)) filled.Add(composition.FactTables[(int)results.GetInt64(0)]);
        return filled;
    }
}
