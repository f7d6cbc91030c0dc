using System.Data.Common;
using System.Runtime.CompilerServices;
using Aval.Kernel.Storage;

namespace Aval.Access;

/// <summary>One statement on what stands outside the journal: passwords, sessions, the access log. It commits by itself.</summary>
static class Statement
{
    public static async Task<int> RunAsync(Store store, string sql, CancellationToken cancel, params (string Name, object? Value)[] values)
    {
        await using var connection = await store.ConnectAsync(cancel);
        await using var command = Of(connection, sql, values);
        return await command.ExecuteNonQueryAsync(cancel);
    }

    public static async Task<IReadOnlyList<T>> ReadAsync<T>(
        Store store, string sql, Func<DbDataReader, T> read, CancellationToken cancel, params (string Name, object? Value)[] values)
    {
        await using var connection = await store.ConnectAsync(cancel);
        await using var command = Of(connection, sql, values);
        if (store.PatienceInSeconds is { } seconds) command.CommandTimeout = seconds;
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel)) rows.Add(read(reader));
        return rows;
    }

    /// <summary>Row by row, while the connection is held.</summary>
    public static async IAsyncEnumerable<T> EachAsync<T>(
        Store store, string sql, Func<DbDataReader, T> read, [EnumeratorCancellation] CancellationToken cancel, params (string Name, object? Value)[] values)
    {
        await using var connection = await store.ConnectAsync(cancel);
        await using var command = Of(connection, sql, values);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel)) yield return read(reader);
    }

    static DbCommand Of(DbConnection connection, string sql, (string Name, object? Value)[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values) StoreReader.Add(command, name, value);
        return command;
    }
}
