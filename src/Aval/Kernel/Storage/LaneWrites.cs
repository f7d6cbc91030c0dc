using Aval.Kernel.Journal;
using Npgsql;
using static Aval.Kernel.Storage.PostgresWrites;

namespace Aval.Kernel.Storage;

/// <summary>The statements of a batch, a table, a purpose and a lane: the lane is the first value of each, and no row of another is touched by it.</summary>
static class LaneWrites
{
    public static void AddTo(NpgsqlBatch batch, BatchWrite write)
    {
        foreach (var (table, rows) in write.Tables)
        {
            foreach (var (lane, ends) in LaneSession.ByLane(rows.Ends, end => end.Root)) AddEnds(batch, lane, table, ends);
            foreach (var (lane, begins) in LaneSession.ByLane(rows.Begins, version => version.Change.Root)) AddBegins(batch, lane, table, begins);
        }

        foreach (var (lane, entries) in LaneSession.ByLane(write.Entries, entry => entry.Root)) AddEntries(batch, lane, entries);
        foreach (var (lane, claims) in LaneSession.ByLane(write.Claims.OrderBy(claim => claim.Scope, StringComparer.Ordinal).ThenBy(claim => claim.Number, StringComparer.Ordinal),
            claim => claim.Number)) AddClaims(batch, lane, claims);
        if (write.DatesNearer is { } sequence) AddDatesNearer(batch, sequence);
        foreach (var (lane, roots) in LaneSession.ByLane(write.Roots.Values, root => root.Row.Root)) AddRoots(batch, lane, roots);
        foreach (var (lane, members) in LaneSession.ByLane(write.Enrolments.Values, enrolment => enrolment.Party)) AddMembers(batch, lane, members);
        // A transaction of the machine that Aval connects to would order nothing that the others commit.
        Add(batch, "INSERT INTO batch (lane, batch, committed_at, committed_by) VALUES ($1, $2, $3, NULL)", HomeOf(write), write.Id, write.At);
    }

    /// <summary>Of the lanes that it writes the one with most of its entries.</summary>
    static short HomeOf(BatchWrite write) =>
        write.Entries.GroupBy(entry => Lane.Of(entry.Root)).OrderByDescending(lane => lane.Count()).Select(lane => lane.Key).FirstOrDefault();

    static void AddEnds(NpgsqlBatch batch, short lane, Table table, (string Root, string Key, long Sequence)[] ends) => Add(
        batch,
        $"UPDATE {table.Name} t SET to_sequence = w.sequence FROM unnest($2, $3, $4) AS w (root, key, sequence) "
        + $"WHERE t.lane = $1 AND t.root = w.root AND t.\"{table.KeyColumn}\" = w.key AND t.to_sequence IS NULL",
        lane, Of(ends, end => end.Root), Of(ends, end => end.Key), Of(ends, end => end.Sequence));

    static void AddBegins(NpgsqlBatch batch, short lane, Table table, Version[] begins)
    {
        var insert = Insert(table.Name, $"{table.ColumnList}, root, from_sequence, to_sequence, live", lane, table.Columns.Count + 4);
        for (var i = 0; i < table.Columns.Count; i++) insert.Parameters.Add(Column(table, i, begins));
        insert.Parameters.Add(new() { Value = Of(begins, version => version.Change.Root) });
        insert.Parameters.Add(new() { Value = Of(begins, version => version.From) });
        insert.Parameters.Add(new() { Value = Of(begins, version => version.To) });
        insert.Parameters.Add(new() { Value = Of(begins, version => table.IsLive(version.Change.Row)) });
        batch.BatchCommands.Add(insert);
    }

    static void AddEntries(NpgsqlBatch batch, short lane, Entry[] entries)
    {
        AddRows(
            batch, "journal", "root, sequence, recorded_at, business_date, actor, command, body, previous_hash, hash, texts", lane,
            Of(entries, entry => entry.Root), Of(entries, entry => entry.Sequence), Of(entries, entry => entry.At), Of(entries, entry => entry.BusinessDate),
            Of(entries, entry => entry.Actor), Of(entries, entry => entry.Command), Of(entries, entry => entry.Body), Of(entries, entry => entry.PreviousHash),
            Of(entries, entry => entry.Hash), Of(entries, entry => entry.TextCount));
        var texts = entries.SelectMany(entry => entry.Texts, (entry, text) => (Entry: entry, Text: text)).ToList();
        if (texts.Count == 0) return;
        AddRows(
            batch, "entry_text", "root, sequence, ordinal, salt, text", lane, Of(texts, text => text.Entry.Root), Of(texts, text => text.Entry.Sequence),
            Of(texts, text => text.Text.Ordinal), Of(texts, text => text.Text.Salt), Of(texts, text => text.Text.Text));
    }

    static void AddClaims(NpgsqlBatch batch, short lane, ClaimRow[] claims) => AddRows(
        batch, "claim", "scope, number, content_hash, party, root, sequence", lane, Of(claims, claim => claim.Scope), Of(claims, claim => claim.Number),
        Of(claims, claim => claim.ContentHash), Of(claims, claim => claim.Party), Of(claims, claim => claim.Root), Of(claims, claim => claim.Sequence));

    static void AddRoots(NpgsqlBatch batch, short lane, (RootRow Row, bool IsNew)[] roots)
    {
        const string Columns = "root, sequence, head_hash, business_date, next_due, waiting";
        foreach (var group in roots.GroupBy(root => root.IsNew))
        {
            var rows = group.Select(root => root.Row).OrderBy(row => row.Root, StringComparer.Ordinal).ToList();
            object[] values =
            [
                Of(rows, row => row.Root), Of(rows, row => row.Sequence), Of(rows, row => row.HeadHash), Of(rows, row => row.BusinessDate),
                Of(rows, row => row.NextDue), Of(rows, row => row.Waiting),
            ];
            if (group.Key) AddRows(batch, "root", Columns, lane, values);
            else
                Add(
                    batch,
                    "UPDATE root r SET sequence = u.sequence, head_hash = u.head_hash, business_date = u.business_date, next_due = u.next_due, waiting = u.waiting "
                    + $"FROM unnest($2, $3, $4, $5, $6, $7) AS u ({Columns}) WHERE r.lane = $1 AND r.root = u.root",
                    [lane, .. values]);
        }
    }

    static void AddMembers(NpgsqlBatch batch, short lane, Enrolment[] enrolments)
    {
        var members = enrolments.OrderBy(enrolment => enrolment.Party, StringComparer.Ordinal).ToList();
        Add(
            batch,
            "INSERT INTO member (lane, party, root, above) SELECT $1, w.* FROM unnest($2, $3, $4) AS w "
            + "ON CONFLICT (lane, party) DO UPDATE SET root = excluded.root, above = excluded.above",
            lane, Of(members, member => member.Party), Of(members, member => member.Root), Of(members, member => member.Above));
    }

    static void AddRows(NpgsqlBatch batch, string table, string columns, short lane, params ReadOnlySpan<object> values)
    {
        var insert = Insert(table, columns, lane, values.Length);
        foreach (var value in values) insert.Parameters.Add(new() { Value = value });
        batch.BatchCommands.Add(insert);
    }

    static NpgsqlBatchCommand Insert(string table, string columns, short lane, int arrays) => new(
        $"INSERT INTO {table} (lane, {columns}) SELECT $1, w.* FROM unnest({string.Join(", ", Enumerable.Range(2, arrays).Select(i => "$" + i))}) AS w")
    {
        Parameters = { new() { Value = lane } },
    };

    static void Add(NpgsqlBatch batch, string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        batch.BatchCommands.Add(command);
    }
}
