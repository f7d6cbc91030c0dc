using System.Collections.Concurrent;
using Npgsql;
using NpgsqlTypes;

namespace Aval.Kernel.Storage;

/// <summary>The statements of a batch: one a table and purpose, whatever the number of rows, with an array a column.</summary>
/// <remarks>Each array is unfolded where the row is made. As a table of its own it would be gathered in memory first, row by row.</remarks>
static class PostgresWrites
{
    static readonly ConcurrentDictionary<Table, (string Begin, string End)> Written = new();

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

    static void AddEnds(NpgsqlBatch batch, Table table, List<(string Root, string Key, long Sequence)> ends) => Add(
        batch, Written.GetOrAdd(table, Write).End, Of(ends, end => Lane.Of(end.Root)), Of(ends, end => end.Root), Of(ends, end => end.Key), Of(ends, end => end.Sequence));

    static void AddBegins(NpgsqlBatch batch, Table table, IReadOnlyList<Version> begins)
    {
        var insert = new NpgsqlBatchCommand(Written.GetOrAdd(table, Write).Begin);
        for (var i = 0; i < table.Columns.Count; i++) insert.Parameters.Add(Column(table, i, begins));
        insert.Parameters.Add(new() { Value = Of(begins, version => Lane.Of(version.Change.Root)) });
        insert.Parameters.Add(new() { Value = Of(begins, version => version.Change.Root) });
        insert.Parameters.Add(new() { Value = Of(begins, version => version.From) });
        insert.Parameters.Add(new() { Value = Of(begins, version => version.To) });
        insert.Parameters.Add(new() { Value = Of(begins, version => table.IsLive(version.Change.Row)) });
        batch.BatchCommands.Add(insert);
    }

    /// <remarks>The current version is the last of its key, which the primary key finds in one step however many there have been, and it is written where it was
    /// found. Asked for as the one without an end, it would be looked for among all that a partial index has of its root.</remarks>
    static (string Begin, string End) Write(Table table) => (
        Insert(table.Name, $"{table.ColumnList}, lane, root, from_sequence, to_sequence, live", table.Columns.Count + 5),
        $"UPDATE {table.Name} t SET to_sequence = w.sequence FROM (SELECT e.sequence, (SELECT CASE WHEN v.to_sequence IS NULL THEN v.ctid END FROM {table.Name} v "
        + $"WHERE v.lane = e.lane AND v.root = e.root AND v.\"{table.KeyColumn}\" = e.key ORDER BY v.from_sequence DESC LIMIT 1) AS place "
        + "FROM unnest($1, $2, $3, $4) AS e (lane, root, key, sequence) OFFSET 0) AS w WHERE t.ctid = w.place");

    static string Insert(string table, string columns, int arrays) =>
        $"INSERT INTO {table} ({columns}) SELECT {string.Join(", ", Enumerable.Range(1, arrays).Select(i => $"unnest(${i})"))}";

    /// <summary>One column's values, with their type. Where none has any the whole array is missing, and unfolds to as many nulls as the others have values.</summary>
    internal static NpgsqlParameter Column(Table table, int column, IReadOnlyList<Version> versions)
    {
        var (kind, type) = (table.Columns[column].Kind, NpgsqlDbType.Array | TypeOf(table.Columns[column].Kind));
        if (!Says(versions, column)) return new() { Value = DBNull.Value, NpgsqlDbType = type };
        T[] Values<T>() => Of(versions, version => (T)version.Change.Values[column]!);
        return new()
        {
            NpgsqlDbType = type,
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

    static void AddEntries(NpgsqlBatch batch, List<Journal.Entry> entries) => Add(
        batch,
        "INSERT INTO journal (lane, root, sequence, recorded_at, business_date, actor, command, body, previous_hash, hash, texts) "
        + "SELECT unnest($1), unnest($2), unnest($3), unnest($4), unnest($5), unnest($6), unnest($7), unnest($8), unnest($9), unnest($10), unnest($11)",
        Of(entries, entry => Lane.Of(entry.Root)), Of(entries, entry => entry.Root), Of(entries, entry => entry.Sequence), Of(entries, entry => entry.At),
        Of(entries, entry => entry.BusinessDate), Of(entries, entry => entry.Actor), Of(entries, entry => entry.Command), Of(entries, entry => entry.Body),
        Of(entries, entry => entry.PreviousHash), Of(entries, entry => entry.Hash), Of(entries, entry => entry.TextCount));

    static void AddTexts(NpgsqlBatch batch, List<Journal.Entry> entries)
    {
        var texts = entries.SelectMany(entry => entry.Texts, (entry, text) => (Entry: entry, Text: text)).ToList();
        Add(
            batch,
            "INSERT INTO entry_text (lane, root, sequence, ordinal, salt, text) SELECT unnest($1), unnest($2), unnest($3), unnest($4), unnest($5), unnest($6)",
            Of(texts, text => Lane.Of(text.Entry.Root)), Of(texts, text => text.Entry.Root), Of(texts, text => text.Entry.Sequence), Of(texts, text => text.Text.Ordinal),
            Of(texts, text => text.Text.Salt), Of(texts, text => text.Text.Text));
    }

    /// <summary>So that two batches that want the same numbers wait for each other in one direction only.</summary>
    public static void Sort(List<ClaimRow> claims) =>
        claims.Sort((left, right) => string.CompareOrdinal(left.Scope, right.Scope) is not 0 and var order ? order : string.CompareOrdinal(left.Number, right.Number));

    static void AddClaims(NpgsqlBatch batch, List<ClaimRow> claims)
    {
        Sort(claims);
        Add(
            batch,
            "INSERT INTO claim (lane, scope, number, content_hash, party, root, sequence) "
            + "SELECT unnest($1), unnest($2), unnest($3), unnest($4), unnest($5), unnest($6), unnest($7)",
            Of(claims, claim => Lane.Of(claim.Number)), Of(claims, claim => claim.Scope), Of(claims, claim => claim.Number), Of(claims, claim => claim.ContentHash),
            Of(claims, claim => claim.Party), Of(claims, claim => claim.Root), Of(claims, claim => claim.Sequence));
    }

    static void AddRoots(NpgsqlBatch batch, IReadOnlyCollection<(RootRow Row, bool IsNew)> roots)
    {
        foreach (var isNew in new[] { true, false })
        {
            var rows = roots.Where(root => root.IsNew == isNew).Select(root => root.Row).OrderBy(row => row.Root, StringComparer.Ordinal).ToList();
            if (rows.Count == 0) continue;
            Add(
                batch,
                isNew
                    ? "INSERT INTO root (lane, root, sequence, head_hash, business_date, next_due, waiting) "
                      + "SELECT unnest($1), unnest($2), unnest($3), unnest($4), unnest($5), unnest($6), unnest($7)"
                    : "UPDATE root r SET sequence = u.sequence, head_hash = u.head_hash, business_date = u.business_date, next_due = u.next_due, waiting = u.waiting "
                      + "FROM unnest($1, $2, $3, $4, $5, $6, $7) AS u (lane, root, sequence, head_hash, business_date, next_due, waiting) "
                      + "WHERE r.lane = u.lane AND r.root = u.root",
                Of(rows, row => Lane.Of(row.Root)), Of(rows, row => row.Root), Of(rows, row => row.Sequence), Of(rows, row => row.HeadHash),
                Of(rows, row => row.BusinessDate), Of(rows, row => row.NextDue), Of(rows, row => row.Waiting));
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
}
