using System.Data.Common;
using System.Text;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Aval.Kernel.Storage;

/// <summary>Figures on their way into tables of their own, in one transaction: what is not committed has not happened.</summary>
abstract class KeptRows(DbConnection connection, DbTransaction transaction) : IAsyncDisposable
{
    public DbCommand Command(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        return command;
    }

    /// <summary>Takes a row for whoever writes it, and all others wait.</summary>
    /// <param name="row">Table and condition.</param>
    public abstract Task HoldAsync(string row, CancellationToken cancel);

    /// <summary>Fills a table anew; whoever reads what stood in it before goes on reading that.</summary>
    /// <param name="each">Writes the row of this place, value by value in the order of the columns.</param>
    public abstract Task RefillAsync(string table, string columns, int rows, Action<IRowWriter, int> each, CancellationToken cancel);

    public Task CommitAsync(CancellationToken cancel) => transaction.CommitAsync(cancel);

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected async Task RunAsync(string sql, CancellationToken cancel)
    {
        await using var command = Command(sql);
        await command.ExecuteNonQueryAsync(cancel);
    }
}

/// <summary>The values of a row, one after the other.</summary>
interface IRowWriter
{
    /// <summary>A text in UTF-8; nothing where it is empty.</summary>
    void Text(ReadOnlySpan<byte> text);
    void Whole(long? value);
}

/// <remarks>
/// Emptied row by row, since a table that is cut off would have to be nobody's for that moment, and a backup holds each to its end; then filled by binary <c>COPY</c>.
/// </remarks>
sealed class PostgresKeptRows(NpgsqlConnection connection, NpgsqlTransaction transaction) : KeptRows(connection, transaction)
{
    public override Task HoldAsync(string row, CancellationToken cancel) => RunAsync($"SELECT FROM {row} FOR UPDATE", cancel);

    public override async Task RefillAsync(string table, string columns, int rows, Action<IRowWriter, int> each, CancellationToken cancel)
    {
        await RunAsync("DELETE FROM " + table, cancel);
        await using var copy = await PostgresCopy.BeginAsync(connection, table, columns, cancel);
        var (writer, fields) = (new Writer(copy), columns.Count(sign => sign == ',') + 1);
        for (var i = 0; i < rows; i++)
        {
            copy.Row(fields);
            each(writer, i);
            if (copy.IsFull) await copy.FlushAsync(cancel);
        }

        await copy.EndAsync(cancel);
    }

    sealed class Writer(PostgresCopy copy) : IRowWriter
    {
        public void Text(ReadOnlySpan<byte> text)
        {
            if (text.IsEmpty) copy.Null();
            else copy.Bytes(text);
        }

        public void Whole(long? value)
        {
            if (value is { } known) copy.Whole(known);
            else copy.Null();
        }
    }
}

sealed class SqliteKeptRows(SqliteConnection connection, SqliteTransaction transaction) : KeptRows(connection, transaction)
{
    /// <remarks>The transaction has taken the whole store.</remarks>
    public override Task HoldAsync(string row, CancellationToken cancel) => Task.CompletedTask;

    public override async Task RefillAsync(string table, string columns, int rows, Action<IRowWriter, int> each, CancellationToken cancel)
    {
        await RunAsync("DELETE FROM " + table, cancel);
        var fields = columns.Count(sign => sign == ',') + 1;
        using var statement = new SqliteStatement(
            connection.Handle!, $"INSERT INTO {table} ({columns}) VALUES ({string.Join(", ", Enumerable.Range(1, fields).Select(at => $"?{at}"))})");
        var writer = new Writer(fields);
        for (var i = 0; i < rows; i++)
        {
            each(writer.Anew(), i);
            statement.Run(writer.Values);
        }
    }

    sealed class Writer(int fields) : IRowWriter
    {
        int at;

        public object?[] Values { get; } = new object?[fields];

        public Writer Anew()
        {
            at = 0;
            return this;
        }

        public void Text(ReadOnlySpan<byte> text) => Values[at++] = text.IsEmpty ? null : Encoding.UTF8.GetString(text);
        public void Whole(long? value) => Values[at++] = value;
    }
}
