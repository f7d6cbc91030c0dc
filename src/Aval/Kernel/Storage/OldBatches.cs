using System.Globalization;

namespace Aval.Kernel.Storage;

/// <summary>Forgets which batches were committed, once nobody asks any more. The leader does it.</summary>
/// <remarks>
/// A batch's id begins with the instant at which the node that made it believed to be, so neither the ids nor the time of day tell how old it is: forgotten is what this
/// object itself has found committed, so long ago by a clock that is never set. One that has just been made forgets nothing for that long.
/// The newest batch stays, since by it others see that something was committed after it.
/// </remarks>
public sealed class OldBatches(Store store, TimeProvider clock)
{
    /// <summary>After so long nobody asks any more whether a batch was committed: a Desk that lost its connection asks for some seconds.</summary>
    public static readonly TimeSpan LongestDoubt = TimeSpan.FromHours(1);

    /// <summary>Batches that are forgotten in one transaction, so that the Desk never waits long for it.</summary>
    const int AtOnce = 1000;

    /// <summary>Batches that are remembered one by one, where there is no order of commits: 80 MB.</summary>
    const int MostByLane = 4_000_000;

    Found? found;

    /// <summary>Forgets what was found committed <see cref="LongestDoubt"/> ago or earlier, and looks what is committed by now; nothing where it has looked since.</summary>
    public async Task ForgetAsync(CancellationToken cancel)
    {
        if (found is { } earlier)
        {
            if (clock.GetElapsedTime(earlier.At) < LongestDoubt) return;
            if (earlier.Last is var (last, order)) await ForgetBeforeAsync(last, order, cancel);
            await ForgetAsync(earlier.ByLane, cancel);
        }

        found = await LookAsync(cancel);
    }

    /// <summary>What is committed by now. Distributed by lane no machine orders what the others commit, so there each batch is noted by itself.</summary>
    async Task<Found> LookAsync(CancellationToken cancel)
    {
        await using var reader = await store.LongSnapshotAsync(cancel);
        if (!store.ByLane)
        {
            await using var settled = reader.Plain(reader.LastSettled);
            var last = await settled.ExecuteScalarAsync(cancel) as string;
            return new Found(last is null ? null : (last, reader.CommitOrder), [], clock.GetTimestamp());
        }

        var byLane = new List<(short Lane, Guid Batch)>();
        await using (var all = reader.Plain($"SELECT lane, batch FROM batch WHERE batch < (SELECT max(batch) FROM batch) ORDER BY lane, batch LIMIT {MostByLane}"))
        await using (var row = await all.ExecuteReaderAsync(cancel))
            while (await row.ReadAsync(cancel)) byLane.Add((row.GetInt16(0), Guid.ParseExact(row.GetString(1), "N")));
        return new Found(null, byLane, clock.GetTimestamp());
    }

    /// <remarks>Where the batch itself is gone, as after a primary's loss, nothing is forgotten: numbers that were given a second time are not taken for the first.</remarks>
    async Task ForgetBeforeAsync(string last, string order, CancellationToken cancel)
    {
        await using var connection = await store.ConnectAsync(cancel);
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"DELETE FROM batch WHERE batch IN (SELECT batch FROM batch WHERE {order} < (SELECT {order} FROM batch WHERE batch = @last) ORDER BY {order} LIMIT {AtOnce})";
        Statements.Add(command, "last", last);
        while (await command.ExecuteNonQueryAsync(cancel) == AtOnce) await Task.Yield();
    }

    async Task ForgetAsync(IReadOnlyList<(short Lane, Guid Batch)> batches, CancellationToken cancel)
    {
        if (batches.Count == 0) return;
        await using var connection = await store.ConnectAsync(cancel);
        foreach (var some in batches.Chunk(AtOnce))
            foreach (var lane in some.GroupBy(batch => batch.Lane, batch => batch.Batch.ToString("N", CultureInfo.InvariantCulture)))
            {
                await using var command = connection.CreateCommand();
                command.CommandText = "DELETE FROM batch WHERE lane = @lane AND batch = ANY(@batches)";
                Statements.Add(command, "lane", lane.Key);
                Statements.Add(command, "batches", lane.ToArray());
                await command.ExecuteNonQueryAsync(cancel);
            }
    }

    /// <param name="Last">What was committed before this batch in the order of this column was so by then; null where there was none, or where there is no such order.</param>
    /// <param name="ByLane">What was committed, where there is no such order.</param>
    /// <param name="At">When all that had been found, by the clock that is never set.</param>
    sealed record Found((string Batch, string Order)? Last, IReadOnlyList<(short Lane, Guid Batch)> ByLane, long At);
}
