using System.Data.Common;
using System.Globalization;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Work.Rules;

namespace Aval.Work;

/// <summary>Which lines are asked for. Null is all.</summary>
/// <param name="Owners">On the list of one of these, or told to one of them because it is late.</param>
/// <param name="Free">Only what nobody has taken.</param>
/// <param name="Late">Only what its time has passed for.</param>
/// <param name="Snoozed">What is put off too; else it is left out until its day has passed.</param>
/// <param name="NoLimits">Without requests for limits.</param>
/// <param name="LateFirst">What its time has passed for comes first, however late its day is.</param>
/// <param name="But">All but this kind.</param>
public sealed record WorkFilter(
    IReadOnlyList<string>? Owners = null, string? Person = null, WorkKind? Kind = null, string? Customer = null, bool Free = false, bool Late = false, bool Snoozed = false,
    bool NoLimits = false, bool LateFirst = false, WorkKind? But = null);

/// <summary>A line of a list: all that lies there about one subject, the first of it in front.</summary>
/// <param name="Items">How many held orders there are of it.</param>
/// <param name="Amount">What it holds up, or the limit that is asked for; in minor units of the item's currency.</param>
/// <param name="Due">The earliest day by which any of it is to be done; the last of all days where none is.</param>
public sealed record WorkRow(WorkItem First, int Items, long Amount, DateOnly Due);

/// <summary>What lies on one owner's list in one currency.</summary>
public readonly record struct WorkSum(string Owner, Currency Currency, int Lines, int Taken, int Late, int Snoozed, DateOnly Oldest, int Orders, long Amount);

/// <summary>A held order that waits for a document of ours.</summary>
/// <param name="Subject">The document.</param>
/// <param name="Amount">What the order comes to.</param>
public sealed record HeldUpOrder(string Subject, string Order, Money Amount);

/// <summary>Reads the work lists of all roots, filtered, ordered by day and cut into pages by the database.</summary>
public static class WorkSearch
{
    /// <summary>How lines can be ordered.</summary>
    public static readonly Sorting Sorting = new(
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["toDo"] = "kind", ["customer"] = "customer", ["amount"] = Sorting.Amount + "amount", ["due"] = "due", ["owner"] = "owner",
        },
        "due", "id");

    /// <summary>What a line is ordered by and does not tell otherwise.</summary>
    static readonly string[] Among = ["kind", "customer", "currency", "owner"];

    /// <summary>Lines by the day on which they are due, the earliest first, those without one last.</summary>
    /// <param name="after">Behind which place the page begins; null begins with the first.</param>
    /// <param name="order">Of <see cref="Sorting"/>; null for by day.</param>
    public static async Task<IReadOnlyList<WorkRow>> PageAsync(
        Store store, WorkFilter filter, DateOnly today, (DateOnly Due, string Id)? after, int skip, int most, CancellationToken cancel, string? order = null)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        return (await LinesAsync(reader, filter, today, after, skip, most, order, cancel)).Rows;
    }

    /// <summary>A page of lines, how many there are on all pages, and for how many of these the time has passed: one reading of the lists.</summary>
    public static async Task<(IReadOnlyList<WorkRow> Rows, int Total, int Late)> WithTotalsAsync(
        Store store, WorkFilter filter, DateOnly today, int skip, int most, CancellationToken cancel, string? order = null)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        var found = await LinesAsync(reader, filter, today, null, skip, most, order, cancel);
        return found.Rows.Count > 0 || skip == 0 ? found
            : (found.Rows, await CountAsync(store, filter, today, cancel), await CountAsync(store, filter with { Late = true }, today, cancel));
    }

    /// <remarks>The lines are cut before the rows behind them are read: a company may have a hundred thousand of them.</remarks>
    static async Task<(IReadOnlyList<WorkRow> Rows, int Total, int Late)> LinesAsync(
        StoreReader reader, WorkFilter filter, DateOnly today, (DateOnly Due, string Id)? after, int skip, int most, string? order, CancellationToken cancel)
    {
        var usual = order is null;
        order ??= (filter.LateFirst ? "late DESC, " : "") + "due, id";
        var named = Among.Where(column => order.Contains(column, StringComparison.Ordinal)).ToList();
        await using var command = Asking(reader, filter, today, where => $"""
            SELECT {string.Join(", ", WorkFacts.Table.Columns.Select(column => $"i.\"{column.Name}\""))}, g.items, g.amount, g.due, g.total, g.all_late
            FROM (SELECT l.lane, l.root, l.id, l.items, l.amount, l.due, l.late, count(*) OVER () AS total, sum(l.late) OVER () AS all_late
                    {(usual ? "" : $", row_number() OVER (ORDER BY {order}) AS place")}
                FROM (SELECT w.lane, w.root, min(w.id) AS id, count(*) AS items, sum(w.amount) AS amount, coalesce(min(w.due_on), @never) AS due,
                        max(CASE WHEN {LateNow} THEN 1 ELSE 0 END) AS late{string.Concat(named.Select(column => $", min(w.{column}) AS {column}"))}
                    FROM work_item w WHERE {where} GROUP BY w.lane, w.root, w.kind, w.code, w.subject, w.owner) l
                {(after is null ? "" : "WHERE (l.due, l.id) > (@due, @id)")} ORDER BY {order} LIMIT @most OFFSET @skip) g
            JOIN work_item i ON i.lane = g.lane AND i.root = g.root AND i.id = g.id AND i.to_sequence IS NULL
            ORDER BY {(usual ? (filter.LateFirst ? "g.late DESC, " : "") + "g.due, g.id" : "g.place")}
            """, always: true);
        StoreReader.Add(command, "never", reader.DateParameter(DateOnly.MaxValue));
        StoreReader.Add(command, "most", most);
        StoreReader.Add(command, "skip", skip);
        if (after is var (due, id))
        {
            StoreReader.Add(command, "due", reader.DateParameter(due));
            StoreReader.Add(command, "id", id);
        }

        var rows = new List<WorkRow>();
        var (behind, total, late) = (WorkFacts.Table.Columns.Count, 0L, 0L);
        await reader.ReadAsync(command, WorkFacts.Table, (item, row) =>
        {
            rows.Add(new WorkRow((WorkItem)item, row.GetInt32(behind), Whole(row, behind + 1), reader.Date(row, behind + 2)));
            (total, late) = (Whole(row, behind + 3), Whole(row, behind + 4));
        }, cancel);
        return (rows, (int)total, (int)late);
    }

    /// <summary>How many lines the filter finds.</summary>
    public static async Task<int> CountAsync(Store store, WorkFilter filter, DateOnly today, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        await using var command = Asking(reader, filter, today, where =>
            $"SELECT count(*) FROM (SELECT 1 FROM work_item w WHERE {where} GROUP BY w.lane, w.root, w.kind, w.code, w.subject, w.owner) g");
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancel), CultureInfo.InvariantCulture);
    }

    /// <summary>How many lines the filter finds on each list: of its own, and told to it because they are late.</summary>
    public static async Task<IReadOnlyDictionary<string, int>> CountsAsync(Store store, WorkFilter filter, DateOnly today, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        await using var command = Asking(reader, filter, today, where => $"""
            SELECT l.list, count(*) FROM (
                SELECT w.owner AS list, w.lane, w.root, w.kind, w.code, w.subject, w.owner FROM work_item w WHERE {where}
                UNION SELECT w.escalated_to, w.lane, w.root, w.kind, w.code, w.subject, w.owner FROM work_item w WHERE {where} AND w.escalated_to IS NOT NULL) l
            GROUP BY l.list
            """);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancel)) counts.Add(rows.GetString(0), rows.GetInt32(1));
        return counts;
    }

    /// <summary>What lies on each list, by owner and currency; what is put off counts, too.</summary>
    public static async Task<IReadOnlyList<WorkSum>> SumsAsync(Store store, WorkFilter filter, DateOnly today, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        await using var command = Asking(reader, filter with { Snoozed = true }, today, where => $"""
            SELECT l.owner, l.currency, count(*), sum(l.taken), sum(l.late), sum(l.snoozed), min(l.oldest), b.orders, b.amount
            FROM (SELECT w.owner, w.currency, max(CASE WHEN w.person IS NULL THEN 0 ELSE 1 END) AS taken, min(w.opened_on) AS oldest,
                    max(CASE WHEN {LateNow} THEN 1 ELSE 0 END) AS late, max(CASE WHEN w.snoozed_until >= @today THEN 1 ELSE 0 END) AS snoozed
                FROM work_item w WHERE {where} GROUP BY w.lane, w.root, w.kind, w.code, w.subject, w.owner, w.currency) l
            LEFT JOIN (SELECT d.owner, d.currency, count(*) AS orders, sum(d.amount) AS amount
                FROM (SELECT DISTINCT w.owner, w.currency, w.block, w.amount FROM work_item w WHERE {where} AND w.block IS NOT NULL) d GROUP BY d.owner, d.currency) b
            ON b.owner = l.owner AND b.currency = l.currency
            GROUP BY l.owner, l.currency, b.orders, b.amount ORDER BY l.owner, l.currency
            """, always: true);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var sums = new List<WorkSum>();
        while (await rows.ReadAsync(cancel))
            sums.Add(new WorkSum(
                rows.GetString(0), Currency.Of(rows.GetString(1)), rows.GetInt32(2), (int)Whole(rows, 3), (int)Whole(rows, 4), (int)Whole(rows, 5), reader.Date(rows, 6),
                rows.IsDBNull(7) ? 0 : (int)Whole(rows, 7), rows.IsDBNull(8) ? 0 : Whole(rows, 8)));
        return sums;
    }

    /// <summary>What the held orders on the lists come to, each counted once, by currency.</summary>
    public static async Task<IReadOnlyList<Money>> HeldUpAsync(Store store, WorkFilter filter, DateOnly today, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        await using var command = Asking(reader, filter with { Snoozed = true }, today, where => $"""
            SELECT b.currency, sum(b.amount) FROM (SELECT w.currency, max(w.amount) AS amount FROM work_item w WHERE {where} AND w.block IS NOT NULL GROUP BY w.currency, w.block) b
            GROUP BY b.currency ORDER BY b.currency
            """);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var sums = new List<Money>();
        while (await rows.ReadAsync(cancel)) sums.Add(new Money(Whole(rows, 1), Currency.Of(rows.GetString(0))));
        return sums;
    }

    /// <summary>All that is open about the subjects of these lines, at most so many, by id.</summary>
    public static async Task<IReadOnlyList<WorkItem>> BehindAsync(Store store, IReadOnlyList<WorkItem> lines, int most, CancellationToken cancel)
    {
        if (lines.Count == 0) return [];
        await using var reader = await store.SnapshotAsync(cancel);
        await using var command = reader.Command(
            $"SELECT {WorkFacts.Table.ColumnList} FROM work_item WHERE to_sequence IS NULL AND live AND subject {reader.Among("@subjects")} ORDER BY id LIMIT @most");
        StoreReader.Add(command, "subjects", reader.ListParameter([.. lines.Select(line => line.Subject).Distinct(StringComparer.Ordinal)]));
        StoreReader.Add(command, "most", most);
        return [.. (await reader.RowsAsync(command, WorkFacts.Table, cancel)).Cast<WorkItem>()];
    }

    /// <summary>All that is open about these subjects, by id.</summary>
    public static async Task<IReadOnlyList<WorkItem>> AboutAsync(StoreReader reader, IReadOnlyList<string> subjects, CancellationToken cancel)
    {
        await using var command = reader.Command(
            $"SELECT {WorkFacts.Table.ColumnList} FROM work_item WHERE to_sequence IS NULL AND live AND subject {reader.Among("@subjects")} ORDER BY id");
        StoreReader.Add(command, "subjects", reader.ListParameter(subjects));
        return [.. (await reader.RowsAsync(command, WorkFacts.Table, cancel)).Cast<WorkItem>()];
    }

    /// <summary>The held orders that each document of ours holds up, as the defects of a kind that are open tell it; each order of a document once.</summary>
    /// <param name="code">Of the defect.</param>
    public static async Task<IReadOnlyList<HeldUpOrder>> HeldUpByAsync(StoreReader reader, string code, CancellationToken cancel)
    {
        await using var command = reader.Command($"""
            SELECT subject, "order", currency, max(amount) FROM work_item
            WHERE to_sequence IS NULL AND live AND kind = '{Words.Of(WorkKind.Defect)}' AND code = @code AND "order" IS NOT NULL
            GROUP BY subject, "order", currency ORDER BY subject, "order", currency
            """);
        StoreReader.Add(command, "code", code);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new List<HeldUpOrder>();
        while (await rows.ReadAsync(cancel)) found.Add(new HeldUpOrder(rows.GetString(0), rows.GetString(1), new Money(Whole(rows, 3), Currency.Of(rows.GetString(2)))));
        return found;
    }

    /// <summary>What changed since, in the order of the changes, open or done by now; at most so many.</summary>
    /// <param name="after">Instant of a change in microseconds and id of what changed.</param>
    public static async Task<IReadOnlyList<WorkItem>> ChangedAsync(Store store, (long Changed, string Id) after, int most, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        await using var command = reader.Command(
            $"SELECT {WorkFacts.Table.ColumnList} FROM work_item WHERE to_sequence IS NULL AND (changed, id) > (@changed, @id) ORDER BY changed, id LIMIT @most");
        StoreReader.Add(command, "changed", after.Changed);
        StoreReader.Add(command, "id", after.Id);
        StoreReader.Add(command, "most", most);
        return [.. (await reader.RowsAsync(command, WorkFacts.Table, cancel)).Cast<WorkItem>()];
    }

    /// <summary>What is open because of a block, the decision first.</summary>
    public static async Task<IReadOnlyList<WorkItem>> OfBlockAsync(StoreReader reader, string block, CancellationToken cancel)
    {
        await using var command = reader.Command(
            $"SELECT {WorkFacts.Table.ColumnList} FROM work_item WHERE to_sequence IS NULL AND live AND block = @block ORDER BY opened_on, id");
        StoreReader.Add(command, "block", block);
        return [.. (await reader.RowsAsync(command, WorkFacts.Table, cancel)).Cast<WorkItem>().OrderByDescending(item => item.IsOfBlock)];
    }

    /// <summary>One item, open or done; null when there is none.</summary>
    public static async Task<WorkItem?> FindAsync(Store store, string scope, string id, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        return (WorkItem?)await reader.FindAsync(WorkFacts.Table, scope, id, id, cancel);
    }

    const string LateNow = "(w.due_on < @today OR w.escalated_to IS NOT NULL)";

    static DbCommand Asking(StoreReader reader, WorkFilter filter, DateOnly today, Func<string, string> sql, bool always = false)
    {
        var where = new List<string> { "w.to_sequence IS NULL AND w.live" };
        if (filter.Owners is not null) where.Add($"(w.owner {reader.Among("@owners")} OR w.escalated_to {reader.Among("@owners")})");
        if (filter.Person is not null) where.Add("w.person = @person");
        if (filter.Kind is not null) where.Add("w.kind = @kind");
        if (filter.But is not null) where.Add("w.kind <> @but");
        if (filter.Customer is not null) where.Add("w.customer = @customer");
        if (filter.Free) where.Add("w.person IS NULL");
        if (filter.Late) where.Add(LateNow);
        if (!filter.Snoozed) where.Add("(w.snoozed_until IS NULL OR w.snoozed_until < @today)");
        if (filter.NoLimits) where.Add("w.kind <> 'limitRequest'");
        var command = reader.Command(sql(string.Join(" AND ", where)));
        if (filter.Owners is not null) StoreReader.Add(command, "owners", reader.ListParameter(filter.Owners));
        if (filter.Person is not null) StoreReader.Add(command, "person", filter.Person);
        if (filter.Kind is { } kind) StoreReader.Add(command, "kind", Words.Of(kind));
        if (filter.But is { } but) StoreReader.Add(command, "but", Words.Of(but));
        if (filter.Customer is not null) StoreReader.Add(command, "customer", filter.Customer);
        if (always || filter.Late || !filter.Snoozed) StoreReader.Add(command, "today", reader.DateParameter(today));
        return command;
    }

    static long Whole(DbDataReader row, int at) => Convert.ToInt64(row.GetValue(at), CultureInfo.InvariantCulture);
}
