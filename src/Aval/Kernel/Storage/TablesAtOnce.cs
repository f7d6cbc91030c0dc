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

        await using var batch = connection.CreateBatch();
        batch.Transaction = transaction;
        foreach (var (_, command) in wanted)
            await using (command) batch.BatchCommands.Add(Moved(command, batch));
        await using var rows = await batch.ExecuteReaderAsync(cancel);
        foreach (var (table, _) in wanted)
        {
            await store.TakeAsync(rows, table, (row, reader) => take(table, row, reader), int.MaxValue, cancel);
            await rows.NextResultAsync(cancel);
        }
    }

    /// <summary>The statement as one of a batch; its parameters go with it.</summary>
    internal static DbBatchCommand Moved(DbCommand command, DbBatch batch)
    {
        var moved = batch.CreateBatchCommand();
        moved.CommandText = command.CommandText;
        var parameters = command.Parameters.Cast<DbParameter>().ToList();
        command.Parameters.Clear();
        foreach (var parameter in parameters) moved.Parameters.Add(parameter);
        return moved;
    }
}
