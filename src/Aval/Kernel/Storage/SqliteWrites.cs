using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Aval.Kernel.Storage;

/// <summary>Prepared statements of the single writer, kept for its whole life: a row costs one step of one of them.</summary>
sealed class SqliteWrites(SqliteConnection connection) : IDisposable
{
    readonly Dictionary<string, SqliteCommand> prepared = new(StringComparer.Ordinal);

    public void Write(BatchWrite write)
    {
        foreach (var (table, rows) in write.Tables) WriteTable(table, rows);
        foreach (var entry in write.Entries)
            Run(
                "INSERT INTO journal (lane, root, sequence, recorded_at, business_date, actor, command, body, previous_hash, hash) "
                + "VALUES (@0, @1, @2, @3, @4, @5, @6, @7, @8, @9)",
                Lane.Of(entry.Root), entry.Root, entry.Sequence, Instant(entry.At), Iso(entry.BusinessDate), entry.Actor, entry.Command, entry.Body, entry.PreviousHash,
                entry.Hash);
        foreach (var claim in write.Claims)
            Run("INSERT INTO claim (lane, scope, number, content_hash, party, root, sequence) VALUES (@0, @1, @2, @3, @4, @5, @6)",
                Lane.Of(claim.Number), claim.Scope, claim.Number, claim.ContentHash, claim.Party, claim.Root, claim.Sequence);
        foreach (var (row, isNew) in write.Roots.Values)
            Run(
                isNew
                    ? "INSERT INTO root (lane, root, sequence, head_hash, business_date, next_due, waiting) VALUES (@0, @1, @2, @3, @4, @5, @6)"
                    : "UPDATE root SET sequence = @2, head_hash = @3, business_date = @4, next_due = @5, waiting = @6 WHERE lane = @0 AND root = @1",
                Lane.Of(row.Root), row.Root, row.Sequence, row.HeadHash, Iso(row.BusinessDate), row.NextDue is { } due ? Iso(due) : null, row.Waiting);
        foreach (var enrolment in write.Enrolments.Values)
            Run("INSERT INTO member (lane, party, root, above) VALUES (@0, @1, @2, @3) ON CONFLICT (lane, party) DO UPDATE SET root = @2, above = @3",
                Lane.Of(enrolment.Party), enrolment.Party, enrolment.Root, enrolment.Above);
        Run("INSERT INTO batch (batch, committed_at) VALUES (@0, @1)", write.Id, Instant(write.At));
    }

    public void Commit() => Run("COMMIT");
    public void Rollback() => Run("ROLLBACK");

    public RootRow? Root(StoreReader reader, string root)
    {
        using var row = Prepared("SELECT " + StoreReader.RootColumns + " FROM root WHERE lane = @0 AND root = @1", Lane.Of(root), root).ExecuteReader();
        return row.Read() ? reader.ReadRoot(row) : null;
    }

    public ClaimRow? Claim(string scope, string number)
    {
        using var row = Prepared(
            "SELECT " + StoreReader.ClaimColumns + " FROM claim WHERE lane = @0 AND scope = @1 AND number = @2", Lane.Of(number), scope, number).ExecuteReader();
        return row.Read() ? StoreReader.ReadClaim(row) : null;
    }

    public static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    static string Instant(DateTimeOffset at) => at.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);

    public void Dispose()
    {
        foreach (var command in prepared.Values) command.Dispose();
    }

    void WriteTable(Table table, TableWrite write)
    {
        var end = $"UPDATE {table.Name} SET to_sequence = @3 WHERE lane = @0 AND root = @1 AND \"{table.KeyColumn}\" = @2 AND to_sequence IS NULL";
        foreach (var (root, key, sequence) in write.Ends) Run(end, Lane.Of(root), root, key, sequence);

        var count = table.Columns.Count;
        var begin = $"INSERT INTO {table.Name} ({table.ColumnList}, lane, root, from_sequence, to_sequence, live) VALUES ("
            + string.Join(", ", Enumerable.Range(0, count + 5).Select(i => "@" + i)) + ")";
        var values = new object?[count + 5];
        foreach (var version in write.Begins)
        {
            for (var i = 0; i < count; i++) values[i] = Parameter(table.ValueOf(version.Row, i), table.Columns[i].Kind);
            values[count] = (long)Lane.Of(version.Root);
            values[count + 1] = version.Root;
            values[count + 2] = version.From;
            values[count + 3] = version.To;
            values[count + 4] = table.IsLive(version.Row) ? 1L : 0L;
            Run(begin, values);
        }
    }

    static object? Parameter(object? value, ColumnKind kind) => value is null ? null : kind switch
    {
        ColumnKind.Text or ColumnKind.Json or ColumnKind.Whole => value,
        ColumnKind.Date => Iso((DateOnly)value),
        ColumnKind.Flag => (bool)value ? 1L : 0L,
        ColumnKind.Instant => Instant((DateTimeOffset)value),
    };

    void Run(string sql, params ReadOnlySpan<object?> values) => Prepared(sql, values).ExecuteNonQuery();

    SqliteCommand Prepared(string sql, params ReadOnlySpan<object?> values)
    {
        if (!prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < values.Length; i++) command.Parameters.Add(new SqliteParameter("@" + i.ToString(CultureInfo.InvariantCulture), null));
            prepared[sql] = command;
        }

        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }
}
