using System.Data.Common;

namespace Aval.Kernel.Storage;

/// <summary>What has been committed, by whichever node, in the order that the database gives it: the clocks of the nodes have no part in it.</summary>
public static class Commits
{
    /// <summary>A text that is another as soon as anything has been committed; null before the first batch.</summary>
    public static async Task<string?> MarkAsync(this StoreReader reader, CancellationToken cancel)
    {
        await using var command = reader.Plain(reader.Mark);
        return await command.ExecuteScalarAsync(cancel) as string;
    }

    /// <inheritdoc cref="MarkAsync(StoreReader, CancellationToken)"/>
    public static async Task<string?> MarkAsync(this Store store, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        return await reader.MarkAsync(cancel);
    }

    /// <summary>The first and the last instant of the batches that were committed since a mark and tell one before another; null when there are none.</summary>
    /// <param name="mark">Empty for the time before the first batch.</param>
    public static async Task<(DateTimeOffset First, DateTimeOffset Last)?> CommittedSinceAsync(this Store store, string mark, DateTimeOffset before, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        await using var command = reader.Plain("");
        command.CommandText = $"SELECT min(committed_at), max(committed_at) FROM batch WHERE committed_at < @before AND ({reader.Since(command, mark)})";
        StoreReader.Add(command, "before", reader.InstantParameter(before));
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) && !row.IsDBNull(0)
            ? ((DateTimeOffset)reader.ReadValue(row, 0, ColumnKind.Instant), (DateTimeOffset)reader.ReadValue(row, 1, ColumnKind.Instant))
            : null;
    }
}
