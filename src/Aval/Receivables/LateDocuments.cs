using Aval.Kernel;
using Aval.Kernel.Storage;

namespace Aval.Receivables;

/// <summary>Where documents wait for a rate: the query for those who have a new one.</summary>
public static class LateDocuments
{
    /// <summary>Roots in the order of lane and name, after the one given.</summary>
    public static async Task<IReadOnlyList<string>> RootsAsync(Store store, string? after, int limit, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        await using var command = reader.Command($"""
            SELECT lane, root FROM (
              SELECT lane, root FROM invoice WHERE to_sequence IS NULL AND live AND rate IS NULL
              UNION SELECT lane, root FROM credit_note WHERE to_sequence IS NULL AND live AND rate IS NULL
              UNION SELECT lane, root FROM receipt WHERE to_sequence IS NULL AND live AND rate IS NULL) AS waiting
            WHERE (lane, root) > (@lane, @after) ORDER BY lane, root LIMIT {limit}
            """);
        StoreReader.Add(command, "lane", after is null ? short.MinValue : Lane.Of(after));
        StoreReader.Add(command, "after", after ?? "");
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var roots = new List<string>();
        while (await rows.ReadAsync(cancel)) roots.Add(rows.GetString(1));
        return roots;
    }
}
