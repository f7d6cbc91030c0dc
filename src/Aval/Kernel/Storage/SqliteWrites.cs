using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Aval.Kernel.Storage;

/// <summary>Prepared statements of the single writer, kept for its whole life: a row costs one step of one of them.</summary>
sealed class SqliteWrites(SqliteConnection connection) : IDisposable
{
    readonly Dictionary<string, SqliteStatement> prepared = new(StringComparer.Ordinal);
    readonly Dictionary<Table, (SqliteStatement End, SqliteStatement Begin)> tables = [];

    public void Begin() => Of("BEGIN IMMEDIATE").Run();
    public void Commit() => Of("COMMIT").Run();

    /// <summary>Does nothing where a commit that failed for good has rolled back by itself.</summary>
    public void Rollback()
    {
        if (raw.sqlite3_get_autocommit(connection.Handle) == 0) Of("ROLLBACK").Run();
    }

    public RootRow? Root(string root) => Of("SELECT " + StoreReader.RootColumns + " FROM root WHERE lane = ?1 AND root = ?2").First(ReadRoot, Lane.Of(root), root);

    public ClaimRow? Claim(string scope, string number) =>
        Of("SELECT " + StoreReader.ClaimColumns + " FROM claim WHERE lane = ?1 AND scope = ?2 AND number = ?3").First(ReadClaim, Lane.Of(number), scope, number);

    public void Write(BatchWrite write)
    {
        foreach (var (table, rows) in write.Tables) WriteTable(table, rows);
        var journal = Of(
            "INSERT INTO journal (lane, root, sequence, recorded_at, business_date, actor, command, body, previous_hash, hash, texts) "
            + "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)");
        var texts = Of("INSERT INTO entry_text (lane, root, sequence, ordinal, salt, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
        foreach (var entry in write.Entries)
        {
            journal.Run(
                Lane.Of(entry.Root), entry.Root, entry.Sequence, Instant(entry.At), Iso(entry.BusinessDate), entry.Actor, entry.Command, entry.Body,
                entry.PreviousHash, entry.Hash, (long)entry.TextCount);
            foreach (var text in entry.Texts) texts.Run(Lane.Of(entry.Root), entry.Root, entry.Sequence, (long)text.Ordinal, text.Salt, text.Text);
        }

        var claims = Of("INSERT INTO claim (lane, scope, number, content_hash, party, root, sequence) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
        foreach (var claim in write.Claims)
            claims.Run(Lane.Of(claim.Number), claim.Scope, claim.Number, claim.ContentHash, claim.Party, claim.Root, claim.Sequence);
        if (write.DatesNearer is { } sequence)
            Of("INSERT INTO dates_nearer (lane, root, sequence) VALUES (?1, ?2, ?3) ON CONFLICT (lane, root) DO UPDATE SET sequence = ?3, after = NULL")
                .Run(Lane.Of(Facts.Company), Facts.Company, sequence);
        foreach (var (row, isNew) in write.Roots.Values)
            Of(isNew
                ? "INSERT INTO root (lane, root, sequence, head_hash, business_date, next_due, waiting) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
                : "UPDATE root SET sequence = ?3, head_hash = ?4, business_date = ?5, next_due = ?6, waiting = ?7 WHERE lane = ?1 AND root = ?2")
                .Run(
                    Lane.Of(row.Root), row.Root, row.Sequence, row.HeadHash, Iso(row.BusinessDate), row.NextDue is { } due ? Iso(due) : null, row.Waiting);
        foreach (var enrolment in write.Enrolments.Values)
            Of("INSERT INTO member (lane, party, root, above) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (lane, party) DO UPDATE SET root = ?3, above = ?4")
                .Run(Lane.Of(enrolment.Party), enrolment.Party, enrolment.Root, enrolment.Above);
        Of("INSERT INTO batch (batch, committed_at) VALUES (?1, ?2)").Run(write.Id, Instant(write.At));
    }

    public static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    internal static string Instant(DateTimeOffset at) => at.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);

    public void Dispose()
    {
        foreach (var statement in prepared.Values) statement.Dispose();
    }

    void WriteTable(Table table, TableWrite write)
    {
        if (!tables.TryGetValue(table, out var statements)) tables[table] = statements = (Of(EndOf(table)), Of(BeginOf(table)));
        foreach (var (root, key, sequence) in write.Ends) statements.End.Run(Lane.Of(root), root, key, sequence);
        var count = table.Columns.Count;
        var values = new object?[count + 5];
        foreach (var version in write.Begins)
        {
            for (var i = 0; i < count; i++) values[i] = Parameter(version.Change.Values[i], table.Columns[i].Kind);
            values[count] = Lane.Of(version.Change.Root);
            values[count + 1] = version.Change.Root;
            values[count + 2] = version.From;
            values[count + 3] = version.To;
            values[count + 4] = table.IsLive(version.Change.Row) ? 1L : 0L;
            statements.Begin.Run(values);
        }
    }

    /// <remarks>The current version is the last of its key, which the primary key finds in one step however many there have been.</remarks>
    static string EndOf(Table table) =>
        $"UPDATE {table.Name} SET to_sequence = ?4 WHERE rowid = (SELECT CASE WHEN to_sequence IS NULL THEN rowid END FROM {table.Name} "
        + $"WHERE lane = ?1 AND root = ?2 AND \"{table.KeyColumn}\" = ?3 ORDER BY from_sequence DESC LIMIT 1)";

    static string BeginOf(Table table) =>
        $"INSERT INTO {table.Name} ({table.ColumnList}, lane, root, from_sequence, to_sequence, live) VALUES ("
        + string.Join(", ", Enumerable.Range(1, table.Columns.Count + 5).Select(i => "?" + i)) + ")";

    static object? Parameter(object? value, ColumnKind kind) => value is null ? null : kind switch
    {
        ColumnKind.Text or ColumnKind.Json or ColumnKind.Whole => value,
        ColumnKind.Date => Iso((DateOnly)value),
        ColumnKind.Flag => (bool)value ? 1L : 0L,
        ColumnKind.Instant => Instant((DateTimeOffset)value),
    };

    static RootRow ReadRoot(sqlite3_stmt row) => new(
        Text(row, 0)!, raw.sqlite3_column_int64(row, 1), raw.sqlite3_column_blob(row, 2).ToArray(), Date(Text(row, 3)!),
        Text(row, 4) is { } due ? Date(due) : null, Text(row, 5));

    static ClaimRow ReadClaim(sqlite3_stmt row) => new(
        Text(row, 0)!, Text(row, 1)!, raw.sqlite3_column_blob(row, 2).ToArray(), Text(row, 3)!, Text(row, 4)!, raw.sqlite3_column_int64(row, 5));

    static string? Text(sqlite3_stmt row, int at) =>
        raw.sqlite3_column_type(row, at) == raw.SQLITE_NULL ? null : raw.sqlite3_column_text(row, at).utf8_to_string();

    static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    SqliteStatement Of(string sql) => prepared.TryGetValue(sql, out var statement) ? statement : prepared[sql] = new SqliteStatement(connection.Handle!, sql);
}
