using System.Globalization;
using Aval.Checks.Rules;
using Aval.Kernel.Storage;

namespace Aval.Checks;

/// <summary>Finds the blocks that stand.</summary>
static class OpenBlocks
{
    /// <summary>Blocks that are looked through: more than any desk has.</summary>
    const int MostLookedAt = 100_000;

    /// <summary>Those whose order's number contains the text, or that are of one of these customers; the longest standing first.</summary>
    public static async Task<(IReadOnlyList<Block> Found, int Total)> FindAsync(Store store, string text, IReadOnlyList<string> customers, int most, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        // Bounded, so that an index alone is looked through: the rows behind it lie far apart.
        await using var command = reader.Command($"""
            SELECT b.root, b.id, count(*) OVER () FROM (
                SELECT root, id, "order", customer, opened_on, opened_at FROM block WHERE to_sequence IS NULL AND live LIMIT {MostLookedAt}) b
            WHERE lower(b."order") LIKE @text ESCAPE '\' OR b.customer {reader.Among("@customers")} ORDER BY b.opened_on, b.opened_at, b.id LIMIT @most
            """);
        StoreReader.Add(command, "text", Like.Containing(text));
        StoreReader.Add(command, "customers", reader.ListParameter(customers));
        StoreReader.Add(command, "most", most);
        var (keys, total) = (new List<(string Root, string Id)>(), 0);
        await using (var rows = await command.ExecuteReaderAsync(cancel))
            while (await rows.ReadAsync(cancel))
            {
                keys.Add((rows.GetString(0), rows.GetString(1)));
                total = Convert.ToInt32(rows.GetValue(2), CultureInfo.InvariantCulture);
            }

        var found = new List<Block>(keys.Count);
        foreach (var (root, id) in keys)
            if (await reader.FindAsync(ChecksFacts.BlockTable, root, id, cancel) is Block block) found.Add(block);
        return (found, total);
    }
}
