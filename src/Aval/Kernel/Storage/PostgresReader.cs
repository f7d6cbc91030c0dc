using System.Data.Common;
using Npgsql;

namespace Aval.Kernel.Storage;

sealed class PostgresReader(Composition composition, NpgsqlConnection connection, NpgsqlTransaction? transaction, bool byLane = false)
    : StoreReader(composition, connection, transaction)
{
    protected override bool ByLane => byLane;

    public override string Among(string parameter) => $"= ANY({parameter})";
    public override object ListParameter(IReadOnlyList<string> texts) => texts.ToArray();
    public override string EachOf(string column, string alias) => $"jsonb_array_elements({column}::jsonb) AS {alias}(value)";
    public override object DateParameter(DateOnly date) => date;
    internal override object InstantParameter(DateTimeOffset instant) => instant;

    /// <summary>The last transaction of those that are seen, and each before it that had not ended by then: with both the same, the same batches are seen.</summary>
    /// <remarks>
    /// Only what begins a batch counts, so that a page that writes down that it was read is no news to itself. A store that was restored elsewhere has
    /// numbers that are still to come there, and are left out. Distributed, no machine's numbers order those of the others: there it is the batch that
    /// began last, and the clocks of the nodes have to agree.
    /// </remarks>
    internal override string Mark => ByLane
        ? "SELECT max(batch) FROM batch"
        : """
            SELECT concat_ws(' ', last.number, (SELECT string_agg(x::text, ' ' ORDER BY x) FROM pg_snapshot_xip(pg_current_snapshot()) AS open (x) WHERE x < last.number))
            FROM (SELECT committed_by AS number FROM batch WHERE committed_by < pg_snapshot_xmax(pg_current_snapshot()) ORDER BY committed_by DESC LIMIT 1) AS last
            """;

    internal override string CommitOrder => "committed_by";

    /// <remarks>A transaction that is under way still may be committed much later than those with higher numbers.</remarks>
    internal override string LastSettled =>
        "SELECT batch FROM batch WHERE committed_by < pg_snapshot_xmin(pg_current_snapshot()) ORDER BY committed_by DESC LIMIT 1";

    internal override string Since(DbCommand command, string mark)
    {
        var numbers = mark.Split(' ');
        Add(command, "last", mark.Length == 0 ? "0" : numbers[0]);
        if (ByLane) return "batch > @last";
        Add(command, "open", numbers[1..]);
        return "committed_by < pg_snapshot_xmax(pg_current_snapshot()) AND (committed_by > CAST(@last AS xid8) OR committed_by = ANY(CAST(@open AS xid8[])))";
    }
    internal override string? CursorOver(string name, string sql) => $"DECLARE {name} NO SCROLL CURSOR FOR {sql}";

    /// <remarks>Within its own WITH item a name is the table's still, as long as the statement is not recursive.</remarks>
    protected override string TableItself(string name) => name;

    protected override string RootsSource(string alias) => $"unnest(@lanes, @roots, @after) AS {alias} (lane, root, after)";

    protected override void AddRoots(DbCommand command, string[] roots, long[]? after = null)
    {
        if (ByLane) Add(command, "lane", Lane.Of(roots[0]));
        Add(command, "lanes", Array.ConvertAll(roots, Lane.Of));
        Add(command, "roots", roots);
        Add(command, "after", after ?? new long[roots.Length]);
    }

    internal override string ClaimsSource(string alias) => $"unnest(@lanes, @scopes, @numbers) AS {alias} (lane, scope, number)";

    internal override void AddClaims(DbCommand command, IReadOnlyList<(string Scope, string Number)> numbers)
    {
        Add(command, "lanes", numbers.Select(claim => Lane.Of(claim.Number)).ToArray());
        Add(command, "scopes", numbers.Select(claim => claim.Scope).ToArray());
        Add(command, "numbers", numbers.Select(claim => claim.Number).ToArray());
    }

    /// <remarks>COPY takes no parameters.</remarks>
    internal override RawRows Raw(string columns, string table, in Stretch stretch, string order) => new PostgresRows(
        connection,
        $"SELECT {columns} FROM {table} WHERE lane = {stretch.Lane}{(stretch.From is { } from ? $" AND root >= {Quoted(from)}" : "")}"
        + $"{(stretch.Before is { } before ? $" AND root < {Quoted(before)}" : "")} ORDER BY {order}");

    internal override RawRows Raw(string select) => new PostgresRows(connection, select);

    /// <remarks>By the pages of the table, so that nobody reads what is another's. Distributed by lane there are no such pages: one part is all of it.</remarks>
    internal override async Task<IReadOnlyList<string>> PartsAsync(string table, int most, CancellationToken cancel)
    {
        await using var command = Whole("SELECT pg_relation_size(CAST(@table AS regclass)) / current_setting('block_size')::bigint");
        Add(command, "table", table);
        var pages = (long)(await command.ExecuteScalarAsync(cancel))!;
        if (ByLane || pages < most) return ["true"];
        var bounds = Enumerable.Range(1, most - 1).Select(part => $"'({pages * part / most},0)'").ToList();
        return [.. Enumerable.Range(0, most).Select(part =>
            (part == 0 ? "true" : $"ctid >= {bounds[part - 1]}") + (part == most - 1 ? "" : $" AND ctid < {bounds[part]}"))];
    }

    static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    internal override object ReadValue(DbDataReader reader, int at, ColumnKind kind) => kind switch
    {
        ColumnKind.Text or ColumnKind.Json => reader.GetString(at),
        ColumnKind.Whole => reader.GetInt64(at),
        ColumnKind.Date => reader.GetFieldValue<DateOnly>(at),
        ColumnKind.Flag => reader.GetBoolean(at),
        ColumnKind.Instant => reader.GetFieldValue<DateTimeOffset>(at),
    };
}
