using Npgsql;

namespace Aval.Kernel.Storage;

/// <summary>The rows of a large batch by <c>COPY … FROM STDIN (FORMAT BINARY)</c>: from some thousands on they are written faster so than from arrays.</summary>
static class PostgresCopies
{
    /// <summary>A batch of orders has fewer, and saves the round trips.</summary>
    const int Fewest = 4_000;

    const string Journal = "lane, root, sequence, recorded_at, business_date, actor, command, body, previous_hash, hash, texts";
    const string Claim = "lane, scope, number, content_hash, party, root, sequence";

    public static bool Suit(BatchWrite write) => write.Claims.Count + write.Entries.Count >= Fewest || write.Tables.Values.Any(rows => rows.Begins.Count >= Fewest);

    /// <summary>Writes versions, entries and claims; the rest is left to the caller.</summary>
    public static async Task WriteAsync(NpgsqlConnection connection, BatchWrite write, CancellationToken cancel)
    {
        await using (var ends = new NpgsqlBatch(connection))
        {
            PostgresWrites.AddEnds(ends, write);
            if (ends.BatchCommands.Count > 0) await ends.ExecuteNonQueryAsync(cancel);
        }

        foreach (var (table, rows) in write.Tables)
            if (rows.Begins is { Count: > 0 } begins) await VersionsAsync(connection, table, begins, cancel);
        await EntriesAsync(connection, write, cancel);
        await ClaimsAsync(connection, write, cancel);
    }

    static async Task VersionsAsync(NpgsqlConnection connection, Table table, IReadOnlyList<Version> begins, CancellationToken cancel)
    {
        await using var copy = await PostgresCopy.BeginAsync(connection, table.Name, $"{table.ColumnList}, lane, root, from_sequence, to_sequence, live", cancel);
        var columns = table.Columns;
        foreach (var version in begins)
        {
            copy.Row(columns.Count + 5);
            var values = version.Change.Values;
            for (var i = 0; i < columns.Count; i++) copy.Value(values[i], columns[i].Kind);
            copy.Small(Lane.Of(version.Change.Root));
            copy.Text(version.Change.Root);
            copy.Whole(version.From);
            if (version.To is { } to) copy.Whole(to);
            else copy.Null();
            copy.Flag(table.IsLive(version.Change.Row));
            if (copy.IsFull) await copy.FlushAsync(cancel);
        }

        await copy.EndAsync(cancel);
    }

    static async Task EntriesAsync(NpgsqlConnection connection, BatchWrite write, CancellationToken cancel)
    {
        await using var copy = await PostgresCopy.BeginAsync(connection, "journal", Journal, cancel);
        foreach (var entry in write.Entries)
        {
            copy.Row(11);
            copy.Small(Lane.Of(entry.Root));
            copy.Text(entry.Root);
            copy.Whole(entry.Sequence);
            copy.Instant(entry.At);
            copy.Date(entry.BusinessDate);
            copy.Text(entry.Actor);
            copy.Text(entry.Command);
            copy.Bytes(entry.Body);
            copy.Bytes(entry.PreviousHash);
            copy.Bytes(entry.Hash);
            copy.Int(entry.TextCount);
            if (copy.IsFull) await copy.FlushAsync(cancel);
        }

        await copy.EndAsync(cancel);
    }

    static async Task ClaimsAsync(NpgsqlConnection connection, BatchWrite write, CancellationToken cancel)
    {
        PostgresWrites.Sort(write.Claims);
        await using var copy = await PostgresCopy.BeginAsync(connection, "claim", Claim, cancel);
        foreach (var claim in write.Claims)
        {
            copy.Row(7);
            copy.Small(Lane.Of(claim.Number));
            copy.Text(claim.Scope);
            copy.Text(claim.Number);
            copy.Bytes(claim.ContentHash);
            copy.Text(claim.Party);
            copy.Text(claim.Root);
            copy.Whole(claim.Sequence);
            if (copy.IsFull) await copy.FlushAsync(cancel);
        }

        await copy.EndAsync(cancel);
    }
}
