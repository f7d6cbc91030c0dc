using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Aval.Kernel.Storage;

/// <summary>Straight from the embedded store's own statement, in the transaction of its connection.</summary>
sealed class SqliteRows : RawRows
{
    readonly sqlite3 database;
    readonly sqlite3_stmt statement;

    /// <summary>The value whose kind was asked for last: each question locks the connection.</summary>
    (int At, int Type) asked = (-1, 0);

    public SqliteRows(SqliteConnection connection, string sql)
    {
        database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(database, sql, out statement));
    }

    public SqliteRows(SqliteConnection connection, string sql, in Stretch stretch)
        : this(connection, sql)
    {
        Check(raw.sqlite3_bind_int64(statement, 1, stretch.Lane));
        var at = 2;
        if (stretch.From is { } from) Check(raw.sqlite3_bind_text(statement, at++, from));
        if (stretch.Before is { } before) Check(raw.sqlite3_bind_text(statement, at, before));
    }

    public override bool Next()
    {
        asked = (-1, 0);
        var code = raw.sqlite3_step(statement);
        if (code == raw.SQLITE_ROW) return true;
        if (code != raw.SQLITE_DONE) Check(code);
        return false;
    }

    public override bool IsNull(int at) => TypeOf(at) == raw.SQLITE_NULL;
    public override ReadOnlySpan<byte> Text(int at) => Bytes(at, raw.SQLITE_TEXT);
    public override ReadOnlySpan<byte> Blob(int at) => Bytes(at, raw.SQLITE_BLOB);

    public override long Whole(int at)
    {
        Expect(at, raw.SQLITE_INTEGER);
        return raw.sqlite3_column_int64(statement, at);
    }

    public override int Day(int at) => DayOf(Text(at)) ?? throw new FormatException("no date");
    public override bool Flag(int at) => Whole(at) != 0;
    public override long Instant(int at) => InstantOf(Text(at));
    public override void Dispose() => statement.Dispose();

    ReadOnlySpan<byte> Bytes(int at, int type)
    {
        Expect(at, type);
        return raw.sqlite3_column_blob(statement, at);
    }

    void Expect(int at, int type)
    {
        if (TypeOf(at) != type) throw new InvalidCastException("a value is of another kind than its column");
    }

    int TypeOf(int at)
    {
        if (asked.At != at) asked = (at, raw.sqlite3_column_type(statement, at));
        return asked.Type;
    }

    void Check(int code)
    {
        if (code != raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(code, database);
    }
}
