using System.Collections.Concurrent;
using Npgsql;
using NpgsqlTypes;

namespace Aval.Kernel.Storage;

/// <summary>The statements of a batch: one a table and purpose, with a value a column for one row and an array a column for several.</summary>
/// <remarks>Each array is unfolded where the row is made. As a table of its own it would be gathered in memory first, row by row. To take an array apart that has
/// one value costs more than the row.</remarks>
static class PostgresWrites
{
    const string EntryColumns = "lane, root, sequence, recorded_at, business_date, actor, command, body, previous_hash, hash, texts";
    const string ClaimColumns = "lane, scope, number, content_hash, party, root, sequence";
    const string RootColumns = "lane, root, sequence, head_hash, business_date, next_due, waiting";

    static readonly ConcurrentDictionary<Table, (Sql Begin, Sql End)> Written = new();
    static readonly Sql Entries = Insert("journal", EntryColumns, 11);
    static readonly Sql Texts = Insert("entry_text", "lane, root, sequence, ordinal, salt, text", 6);
    static readonly Sql Claims = Insert("claim", ClaimColumns, 7);
    static readonly Sql NewRoots = Insert("root", RootColumns, 7);

    static readonly Sql KnownRoots = new(
        "UPDATE root SET sequence = $3, head_hash = $4, business_date = $5, next_due = $6, waiting = $7 WHERE lane = $1 AND root = $2",
        "UPDATE root r SET sequence = u.sequence, head_hash = u.head_hash, business_date = u.business_date, next_due = u.next_due, waiting = u.waiting "
        + $"FROM unnest($1, $2, $3, $4, $5, $6, $7) AS u ({RootColumns}) WHERE r.lane = u.lane AND r.root = u.root");

    public static void AddTo(NpgsqlBatch batch, BatchWrite write)
    {
        foreach (var (table, rows) in write.Tables)
        {
            if (rows.Ends.Count > 0) AddEnds(batch, table, rows.Ends);
            if (rows.Begins is { Count: > 0 } begins) AddBegins(batch, table, begins);
        }

        if (write.Entries.Count > 0) AddEntries(batch, write.Entries);
        if (write.Claims.Count > 0) AddClaims(batch, write.Claims);
        AddRest(batch, write);
    }

    /// <summary>The versions that end, for a batch whose new ones are copied in afterwards: what ends is the last of its key.</summary>
    public static void AddEnds(NpgsqlBatch batch, BatchWrite write)
    {
        foreach (var (table, rows) in write.Tables)
            if (rows.Ends.Count > 0) AddEnds(batch, table, rows.Ends);
    }

    /// <summary>What does not come in masses: texts, roots, members and the batch itself.</summary>
    public static void AddRest(NpgsqlBatch batch, BatchWrite write)
    {
        if (write.Entries.Exists(entry => entry.TextCount > 0)) AddTexts(batch, write.Entries);
        if (write.DatesNearer is { } sequence) AddDatesNearer(batch, sequence);
        AddRoots(batch, write.Roots.Values);
        if (write.Enrolments.Count > 0) AddMembers(batch, write.Enrolments.Values);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("INSERT INTO batch (batch, committed_at) VALUES ($1, $2)")
        {
            Parameters = { new() { Value = write.Id }, new() { Value = write.At } },
        });
    }

    /// <summary>The company's row alone, so that it suits tables that are distributed, too.</summary>
    internal static void AddDatesNearer(NpgsqlBatch batch, long sequence) => Add(
        batch,
        "INSERT INTO dates_nearer (lane, root, sequence) VALUES ($1, $2, $3) ON CONFLICT (lane, root) DO UPDATE SET sequence = excluded.sequence, after = NULL",
        Lane.Of(Facts.Company), Facts.Company, sequence);

    static void AddEnds(NpgsqlBatch batch, Table table, List<(string Root, string Key, long Sequence)> ends) => Of(batch, Written.GetOrAdd(table, Write).End, ends)
        .Value(NpgsqlDbType.Smallint, end => Lane.Of(end.Root)).Value(NpgsqlDbType.Text, end => end.Root).Value(NpgsqlDbType.Text, end => end.Key)
        .Value(NpgsqlDbType.Bigint, end => end.Sequence);

    static void AddBegins(NpgsqlBatch batch, Table table, IReadOnlyList<Version> begins)
    {
        var insert = Of(batch, Written.GetOrAdd(table, Write).Begin, begins);
        for (var i = 0; i < table.Columns.Count; i++) insert.Command.Parameters.Add(Column(table, i, begins, single: begins.Count == 1));
        insert.Value(NpgsqlDbType.Smallint, version => Lane.Of(version.Change.Root)).Value(NpgsqlDbType.Text, version => version.Change.Root)
            .Value(NpgsqlDbType.Bigint, version => version.From).Value(NpgsqlDbType.Bigint, version => version.To)
            .Value(NpgsqlDbType.Boolean, version => table.IsLive(version.Change.Row));
    }

    /// <remarks>The current version is the last of its key, which the primary key finds in one step however many there have been, and it is written where it was
    /// found. Asked for as the one without an end, it would be looked for among all that a partial index has of its root.</remarks>
    static (Sql Begin, Sql End) Write(Table table)
    {
        string Last(string lane, string root, string key) => $"(SELECT CASE WHEN v.to_sequence IS NULL THEN v.ctid END FROM {table.Name} v "
            + $"WHERE v.lane = {lane} AND v.root = {root} AND v.\"{table.KeyColumn}\" = {key} ORDER BY v.from_sequence DESC LIMIT 1)";
        return (
            Insert(table.Name, $"{table.ColumnList}, lane, root, from_sequence, to_sequence, live", table.Columns.Count + 5),
            new(
                $"UPDATE {table.Name} t SET to_sequence = $4 WHERE t.ctid = {Last("$1", "$2", "$3")}",
                $"UPDATE {table.Name} t SET to_sequence = w.sequence FROM (SELECT e.sequence, {Last("e.lane", "e.root", "e.key")} AS place "
                + "FROM unnest($1, $2, $3, $4) AS e (lane, root, key, sequence) OFFSET 0) AS w WHERE t.ctid = w.place"));
    }

    static Sql Insert(string table, string columns, int values)
    {
        string Values(Func<int, string> value) => string.Join(", ", Enumerable.Range(1, values).Select(value));
        return new($"INSERT INTO {table} ({columns}) VALUES ({Values(i => $"${i}")})", $"INSERT INTO {table} ({columns}) SELECT {Values(i => $"unnest(${i})")}");
    }

    /// <summary>One column's values, with their type. Where none has any the whole array is missing, and unfolds to as many nulls as the others have values.</summary>
    /// <param name="single">True for the value of the one row, and no array of it.</param>
    internal static NpgsqlParameter Column(Table table, int column, IReadOnlyList<Version> versions, bool single = false)
    {
        var (kind, type) = (table.Columns[column].Kind, TypeOf(table.Columns[column].Kind));
        if (single) return new() { Value = versions[0].Change.Values[column] ?? DBNull.Value, NpgsqlDbType = type };
        if (!Says(versions, column)) return new() { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | type };
        T[] Values<T>() => Of(versions, version => (T)version.Change.Values[column]!);
        return new()
        {
            NpgsqlDbType = NpgsqlDbType.Array | type,
            Value = kind switch
            {
                ColumnKind.Text or ColumnKind.Json => Values<string?>(),
                ColumnKind.Whole => Values<long?>(),
                ColumnKind.Date => Values<DateOnly?>(),
                ColumnKind.Flag => Values<bool?>(),
                ColumnKind.Instant => Values<DateTimeOffset?>(),
            },
        };
    }

    static bool Says(IReadOnlyList<Version> versions, int column)
    {
        foreach (var version in versions)
            if (version.Change.Values[column] is not null) return true;
        return false;
    }

    static NpgsqlDbType TypeOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Text or ColumnKind.Json => NpgsqlDbType.Text,
        ColumnKind.Whole => NpgsqlDbType.Bigint,
        ColumnKind.Date => NpgsqlDbType.Date,
        ColumnKind.Flag => NpgsqlDbType.Boolean,
        ColumnKind.Instant => NpgsqlDbType.TimestampTz,
    };

    static void AddEntries(NpgsqlBatch batch, List<Journal.Entry> entries) => Of(batch, Entries, entries)
        .Value(NpgsqlDbType.Smallint, entry => Lane.Of(entry.Root)).Value(NpgsqlDbType.Text, entry => entry.Root).Value(NpgsqlDbType.Bigint, entry => entry.Sequence)
        .Value(NpgsqlDbType.TimestampTz, entry => entry.At).Value(NpgsqlDbType.Date, entry => entry.BusinessDate).Value(NpgsqlDbType.Text, entry => entry.Actor)
        .Value(NpgsqlDbType.Text, entry => entry.Command).Value(NpgsqlDbType.Bytea, entry => entry.Body).Value(NpgsqlDbType.Bytea, entry => entry.PreviousHash)
        .Value(NpgsqlDbType.Bytea, entry => entry.Hash).Value(NpgsqlDbType.Integer, entry => entry.TextCount);

    static void AddTexts(NpgsqlBatch batch, List<Journal.Entry> entries)
    {
        var texts = entries.SelectMany(entry => entry.Texts, (entry, text) => (Entry: entry, Text: text)).ToList();
        Of(batch, Texts, texts)
            .Value(NpgsqlDbType.Smallint, text => Lane.Of(text.Entry.Root)).Value(NpgsqlDbType.Text, text => text.Entry.Root)
            .Value(NpgsqlDbType.Bigint, text => text.Entry.Sequence).Value(NpgsqlDbType.Integer, text => text.Text.Ordinal)
            .Value(NpgsqlDbType.Bytea, text => text.Text.Salt).Value(NpgsqlDbType.Text, text => text.Text.Text);
    }

    /// <summary>So that two batches that want the same numbers wait for each other in one direction only.</summary>
    public static void Sort(List<ClaimRow> claims) =>
        claims.Sort((left, right) => string.CompareOrdinal(left.Scope, right.Scope) is not 0 and var order ? order : string.CompareOrdinal(left.Number, right.Number));

    static void AddClaims(NpgsqlBatch batch, List<ClaimRow> claims)
    {
        Sort(claims);
        Of(batch, Claims, claims)
            .Value(NpgsqlDbType.Smallint, claim => Lane.Of(claim.Number)).Value(NpgsqlDbType.Text, claim => claim.Scope).Value(NpgsqlDbType.Text, claim => claim.Number)
            .Value(NpgsqlDbType.Bytea, claim => claim.ContentHash).Value(NpgsqlDbType.Text, claim => claim.Party).Value(NpgsqlDbType.Text, claim => claim.Root)
            .Value(NpgsqlDbType.Bigint, claim => claim.Sequence);
    }

    static void AddRoots(NpgsqlBatch batch, IReadOnlyCollection<(RootRow Row, bool IsNew)> roots)
    {
        foreach (var isNew in new[] { true, false })
        {
            var rows = roots.Where(root => root.IsNew == isNew).Select(root => root.Row).OrderBy(row => row.Root, StringComparer.Ordinal).ToList();
            if (rows.Count == 0) continue;
            Of(batch, isNew ? NewRoots : KnownRoots, rows)
                .Value(NpgsqlDbType.Smallint, row => Lane.Of(row.Root)).Value(NpgsqlDbType.Text, row => row.Root).Value(NpgsqlDbType.Bigint, row => row.Sequence)
                .Value(NpgsqlDbType.Bytea, row => row.HeadHash).Value(NpgsqlDbType.Date, row => row.BusinessDate).Value(NpgsqlDbType.Date, row => row.NextDue)
                .Value(NpgsqlDbType.Text, row => row.Waiting);
        }
    }

    static void AddMembers(NpgsqlBatch batch, IEnumerable<Enrolment> enrolments)
    {
        var members = enrolments.OrderBy(enrolment => enrolment.Party, StringComparer.Ordinal).ToList();
        Add(
            batch,
            "INSERT INTO member (lane, party, root, above) SELECT * FROM unnest($1, $2, $3, $4) "
            + "ON CONFLICT (lane, party) DO UPDATE SET root = excluded.root, above = excluded.above",
            Of(members, member => Lane.Of(member.Party)), Of(members, member => member.Party), Of(members, member => member.Root), Of(members, member => member.Above));
    }

    internal static T[] Of<TItem, T>(IReadOnlyList<TItem> items, Func<TItem, T> get)
    {
        var values = new T[items.Count];
        for (var i = 0; i < values.Length; i++) values[i] = get(items[i]);
        return values;
    }

    static void Add(NpgsqlBatch batch, string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        batch.BatchCommands.Add(command);
    }

    /// <summary>Adds the statement for these rows, whose values are then told column by column.</summary>
    static Statement<T> Of<T>(NpgsqlBatch batch, Sql sql, IReadOnlyList<T> rows)
    {
        var command = new NpgsqlBatchCommand(rows.Count == 1 ? sql.One : sql.Several);
        batch.BatchCommands.Add(command);
        return new(command, rows);
    }

    /// <summary>The same statement with values, and with arrays of them.</summary>
    sealed record Sql(string One, string Several);

    readonly struct Statement<T>(NpgsqlBatchCommand command, IReadOnlyList<T> rows)
    {
        public NpgsqlBatchCommand Command => command;

        /// <summary>The next column's values. Their type is told, since of null none could be seen.</summary>
        public Statement<T> Value<TValue>(NpgsqlDbType type, Func<T, TValue> get)
        {
            command.Parameters.Add(rows.Count == 1
                ? new() { NpgsqlDbType = type, Value = (object?)get(rows[0]) ?? DBNull.Value }
                : new() { NpgsqlDbType = NpgsqlDbType.Array | type, Value = Of(rows, get) });
            return this;
        }
    }
}
