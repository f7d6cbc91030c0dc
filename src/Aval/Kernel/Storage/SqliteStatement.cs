using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Aval.Kernel.Storage;

/// <summary>One prepared statement of the single writer, bound by place: most of what a row costs through the usual commands is looking for parameters by name.</summary>
sealed class SqliteStatement : IDisposable
{
    readonly sqlite3 database;
    readonly sqlite3_stmt statement;

    public SqliteStatement(sqlite3 database, string sql)
    {
        this.database = database;
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement));
    }

    public void Run(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        try
        {
            if (raw.sqlite3_step(statement) is var code and not raw.SQLITE_DONE) Check(code);
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    /// <summary>The first row, read by place; the default when there is none.</summary>
    public T? First<T>(Func<sqlite3_stmt, T> read, params ReadOnlySpan<object?> values)
    {
        Bind(values);
        try
        {
            var code = raw.sqlite3_step(statement);
            if (code == raw.SQLITE_ROW) return read(statement);
            if (code != raw.SQLITE_DONE) Check(code);
            return default;
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    public void Dispose() => statement.Dispose();

    void Bind(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
            Check(values[i] switch
            {
                null => raw.sqlite3_bind_null(statement, i + 1),
                string text => raw.sqlite3_bind_text(statement, i + 1, text),
                long whole => raw.sqlite3_bind_int64(statement, i + 1, whole),
                short lane => raw.sqlite3_bind_int64(statement, i + 1, lane),
                byte[] bytes => raw.sqlite3_bind_blob(statement, i + 1, bytes),
                var other => throw new InvalidOperationException($"{other.GetType().Name} is no value of a column"),
            });
    }

    void Check(int code)
    {
        if (code != raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(code, database);
    }
}
