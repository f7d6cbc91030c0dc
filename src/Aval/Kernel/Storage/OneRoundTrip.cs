using System.Data.Common;

namespace Aval.Kernel.Storage;

/// <summary>Statements that go to the database together, where it takes them so (<see cref="DbConnection.CanCreateBatch"/>).</summary>
static class OneRoundTrip
{
    /// <param name="commands">One or more, which are used up. How long the first may tell nothing holds for all of them.</param>
    public static DbBatch Of(DbConnection connection, DbTransaction? transaction, IReadOnlyList<DbCommand> commands)
    {
        var batch = connection.CreateBatch();
        batch.Transaction = transaction;
        batch.Timeout = commands[0].CommandTimeout;
        foreach (var command in commands)
            using (command) batch.BatchCommands.Add(Moved(command, batch));
        return batch;
    }

    /// <summary>The statement as one of a batch; its parameters go with it.</summary>
    static DbBatchCommand Moved(DbCommand command, DbBatch batch)
    {
        var moved = batch.CreateBatchCommand();
        moved.CommandText = command.CommandText;
        var parameters = command.Parameters.Cast<DbParameter>().ToList();
        command.Parameters.Clear();
        foreach (var parameter in parameters) moved.Parameters.Add(parameter);
        return moved;
    }
}
