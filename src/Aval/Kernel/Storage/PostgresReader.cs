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
