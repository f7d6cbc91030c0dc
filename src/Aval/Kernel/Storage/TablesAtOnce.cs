using System.Data.Common;

namespace Aval.Kernel.Storage;

/// <summary>Rows of many tables in one round trip, where the database has them: of a payer of whom nothing is known some fifty are asked, and most have nothing to tell.</summary>
static class TablesAtOnce
{
    /// <param name="wanted">The statements, which are used up.</param>
    /// <param name="take">Told each row, with the reader for what stands after the table's columns.</param>
    public static async Task ReadAsync(
        StoreReader store, DbConnection connection, DbTransaction? transaction, IReadOnlyList<(Table Table, DbCommand Command)> wanted,
        Action<Table, object, DbDataReader> take, CancellationToken cancel)
    {
        if (!connection.CanCreateBatch || wanted.Count < 2)
        {
            foreach (var (table, command) in wanted)
                await using (command) await store.ReadAsync(command, table, (row, reader) => take(table, row, reader), cancel);
            return;
        }

        await using var batch = OneRoundTrip.Of(connection, transaction, [.. wanted.Select(one => one.Command)]);
        await using var rows = await batch.ExecuteReaderAsync(cancel);
        foreach (var (table, _) in wanted)
        {
            await store.TakeAsync(rows, table, (row, reader) => take(table, row, reader), int.MaxValue, cancel);
            await rows.NextResultAsync(cancel);
        }
    }
}
