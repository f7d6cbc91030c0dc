using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;

namespace Aval.Decisions;

/// <summary>Which decisions are meant. Null is all.</summary>
/// <param name="Customer">Who ordered, or pays.</param>
/// <param name="Cause">Of the block when it was decided.</param>
public sealed record DecisionFilter(
    DateOnly From, DateOnly To, DecisionKind? Kind = null, string? Cause = null, string? Role = null, string? By = null, string? Customer = null, bool? Exceptional = null);

/// <summary>What can be asked of decisions across blocks and roots.</summary>
public static class DecisionSearch
{
    /// <summary>All decisions about a block, the first first.</summary>
    public static async Task<IReadOnlyList<Decision>> OfBlockAsync(StoreReader reader, string root, string block, CancellationToken cancel)
    {
        await using var command = reader.Command(
            $"""
            SELECT {DecisionsFacts.Table.ColumnList} FROM decision
            WHERE lane = @lane AND root = @root AND block = @block AND to_sequence IS NULL ORDER BY at, id
            """);
        StoreReader.Add(command, "lane", Lane.Of(root));
        StoreReader.Add(command, "root", root);
        StoreReader.Add(command, "block", block);
        return [.. (await reader.RowsAsync(command, DecisionsFacts.Table, cancel)).Cast<Decision>()];
    }

    /// <summary>All decisions about an order, each with the number of the entry by which it was taken, at the root where the order stands.</summary>
    public static async Task<IReadOnlyList<(Decision Decision, long Sequence)>> TakenAsync(StoreReader reader, string root, string order, CancellationToken cancel)
    {
        await using var command = reader.Command(
            $"""
            SELECT {DecisionsFacts.Table.ColumnList}, (SELECT min(d.from_sequence) FROM decision d WHERE d.lane = @lane AND d.root = @root AND d.id = decision.id) FROM decision
            WHERE lane = @lane AND root = @root AND "order" = @order AND to_sequence IS NULL ORDER BY at, id
            """);
        StoreReader.Add(command, "lane", Lane.Of(root));
        StoreReader.Add(command, "root", root);
        StoreReader.Add(command, "order", order);
        var found = new List<(Decision, long)>();
        await reader.ReadAsync(command, DecisionsFacts.Table, (decision, row) => found.Add(((Decision)decision, row.GetInt64(DecisionsFacts.Table.Columns.Count))), cancel);
        return found;
    }

    /// <summary>Decisions that wait for their conditions, the earliest date first.</summary>
    /// <param name="customer">Who ordered, or pays; null for all.</param>
    /// <param name="after">Behind which place the page begins; null begins with the first.</param>
    public static async Task<IReadOnlyList<Decision>> WaitingAsync(
        Store store, string? customer, DateOnly? from, DateOnly? to, (DateOnly Until, string Id)? after, int most, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        await using var command = reader.Command(
            $"""
            SELECT {DecisionsFacts.Table.ColumnList} FROM decision
            WHERE to_sequence IS NULL AND live AND status = 'inForce' AND conditions <> '[]' AND until IS NOT NULL
            {(customer is null ? "" : "AND (customer = @customer OR payer = @customer)")} {(from is null ? "" : "AND until >= @from")} {(to is null ? "" : "AND until <= @to")}
            {(after is null ? "" : "AND (until, id) > (@until, @id)")} ORDER BY until, id LIMIT @most
            """);
        StoreReader.Add(command, "most", most);
        if (customer is not null) StoreReader.Add(command, "customer", customer);
        if (from is { } first) StoreReader.Add(command, "from", reader.DateParameter(first));
        if (to is { } last) StoreReader.Add(command, "to", reader.DateParameter(last));
        if (after is var (until, id))
        {
            StoreReader.Add(command, "until", reader.DateParameter(until));
            StoreReader.Add(command, "id", id);
        }

        return [.. (await reader.RowsAsync(command, DecisionsFacts.Table, cancel)).Cast<Decision>()];
    }

    /// <summary>How decisions that waited for something can be ordered.</summary>
    public static readonly Sorting PromisedSorting = new(
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["due"] = "until", ["customer"] = "customer", ["order"] = "\"order\"", ["amount"] = Sorting.Amount + "value", ["decision"] = "kind", ["by"] = "\"by\"",
        },
        "until", "id");

    /// <summary>Decisions of one state among those that waited for something: what stands or is broken, the earliest date first; what was kept, the latest first.</summary>
    /// <param name="status">In force, broken (and nobody has decided on that since) or fulfilled.</param>
    /// <param name="customer">Who ordered, or pays; null for all.</param>
    /// <param name="by">One of <see cref="PromisedSorting"/>; null for by date.</param>
    /// <param name="weigh">Makes amounts of several currencies comparable.</param>
    public static async Task<IReadOnlyList<Decision>> PromisedAsync(
        StoreReader reader, DecisionStatus status, string? customer, DateOnly? to, int skip, int most, CancellationToken cancel, string? by = null, bool descending = false,
        Func<string, string>? weigh = null) => await Promised(reader, status, customer, to).RowsAsync(
            DecisionsFacts.Table, PromisedSorting.Sql(by ?? "due", by is null ? status == DecisionStatus.Fulfilled : descending, weigh), skip, most, cancel);

    /// <summary>Decisions of which what was agreed is broken, or falls due up to this day, the earliest date first.</summary>
    /// <param name="customer">Who ordered, or pays; null for all.</param>
    /// <param name="by">One of <see cref="PromisedSorting"/>; null for by date.</param>
    /// <param name="weigh">Makes amounts of several currencies comparable.</param>
    public static Task<IReadOnlyList<Decision>> DueAsync(
        StoreReader reader, string? customer, DateOnly to, int skip, int most, CancellationToken cancel, string? by = null, bool descending = false,
        Func<string, string>? weigh = null) =>
        Due(reader, customer, to).RowsAsync(DecisionsFacts.Table, PromisedSorting.Sql(by, descending, weigh), skip, most, cancel);

    /// <summary>How many <see cref="DueAsync"/> finds in all.</summary>
    public static Task<int> CountDueAsync(StoreReader reader, string? customer, DateOnly to, CancellationToken cancel) =>
        Due(reader, customer, to).CountAsync(DecisionsFacts.Table, cancel);

    /// <summary>How many <see cref="PromisedAsync"/> finds in all.</summary>
    public static Task<int> CountPromisedAsync(StoreReader reader, DecisionStatus status, string? customer, DateOnly? to, CancellationToken cancel) =>
        Promised(reader, status, customer, to).CountAsync(DecisionsFacts.Table, cancel);

    static Wanted Promised(StoreReader reader, DecisionStatus status, string? customer, DateOnly? to) => new Wanted(reader)
        .And("live", status != DecisionStatus.Fulfilled).Is<DecisionStatus>("status", status).And("conditions <> '[]' AND until IS NOT NULL")
        .And("(customer = @customer OR payer = @customer)", "customer", customer).And("until <= @to", "to", to);

    static Wanted Due(StoreReader reader, string? customer, DateOnly to) => new Wanted(reader)
        .And("live AND conditions <> '[]' AND until IS NOT NULL").And("(status = 'broken' OR (status = 'inForce' AND until <= @to))", "to", to)
        .And("(customer = @customer OR payer = @customer)", "customer", customer);

    /// <summary>Decisions in stages of which one is released and another to come.</summary>
    /// <param name="customer">Who ordered, or pays; null for all.</param>
    public static async Task<IReadOnlyList<Decision>> InStagesAsync(Store store, string? customer, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        await using var command = reader.Command(
            $"""
            SELECT {DecisionsFacts.Table.ColumnList} FROM decision
            WHERE to_sequence IS NULL AND live AND status = 'inForce' AND kind = 'stagedInvoicing' AND stages_released > 0
            {(customer is null ? "" : "AND (customer = @customer OR payer = @customer)")}
            """);
        if (customer is not null) StoreReader.Add(command, "customer", customer);
        return [.. (await reader.RowsAsync(command, DecisionsFacts.Table, cancel)).Cast<Decision>()];
    }

    /// <summary>Decisions of a period, each with its root, by the day of the decision and id.</summary>
    /// <param name="after">Behind which place the page begins; null begins with the first.</param>
    public static async Task<IReadOnlyList<(Decision Decision, string Root)>> HistoryAsync(
        StoreReader reader, DecisionFilter filter, (DateOnly On, string Id)? after, int most, CancellationToken cancel)
    {
        var wanted = Of(reader, filter);
        if (after is var (on, id)) wanted.With("on", on).With("id", id).And("(decided_on, id) > (@on, @id)");
        await using var command = wanted.Asking(where =>
            $"SELECT {DecisionsFacts.Table.ColumnList}, root FROM decision WHERE {where} ORDER BY {HistorySorting.Sql(null, false)} LIMIT @most");
        StoreReader.Add(command, "most", most);
        var found = new List<(Decision, string)>();
        await reader.ReadAsync(command, DecisionsFacts.Table, (decision, row) => found.Add(((Decision)decision, row.GetString(DecisionsFacts.Table.Columns.Count))), cancel);
        return found;
    }

    /// <summary>How decisions of a period can be ordered.</summary>
    public static readonly Sorting HistorySorting = new(
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["order"] = "\"order\"", ["decision"] = "kind", ["customer"] = "customer", ["decided"] = "decided_on", ["by"] = "\"by\"", ["role"] = "role",
        },
        "decided_on", "id");

    /// <summary>A page of the decisions of a period as somebody has ordered them, and how many there are on all pages.</summary>
    /// <param name="by">One of <see cref="HistorySorting"/>; null for the first first.</param>
    public static Task<(IReadOnlyList<Decision> Found, int Total)> HistoryPageAsync(
        StoreReader reader, DecisionFilter filter, string? by, bool descending, int skip, int most, CancellationToken cancel) =>
        Of(reader, filter).PageAsync(DecisionsFacts.Table, HistorySorting.Sql(by, descending), skip, most, cancel);

    static Wanted Of(StoreReader reader, DecisionFilter filter) => new Wanted(reader)
        .And("decided_on >= @from", "from", filter.From).And("decided_on <= @to", "to", filter.To).Is("kind", filter.Kind).And("cause = @cause", "cause", filter.Cause)
        .And("role = @role", "role", filter.Role).And("\"by\" = @by", "by", filter.By).And("(customer = @customer OR payer = @customer)", "customer", filter.Customer)
        .And("exceptional = @exceptional", "exceptional", filter.Exceptional).And("status NOT IN ('awaitingConfirmation', 'withdrawn')", filter.Exceptional is true);

    /// <summary>All decisions on these orders, in order of time.</summary>
    public static async Task<IReadOnlyList<Decision>> OfOrdersAsync(StoreReader reader, IReadOnlyCollection<string> orders, CancellationToken cancel)
    {
        await using var command = reader.Command(
            $"""SELECT {DecisionsFacts.Table.ColumnList} FROM decision WHERE to_sequence IS NULL AND "order" {reader.Among("@orders")} ORDER BY at, id""");
        StoreReader.Add(command, "orders", reader.ListParameter([.. orders]));
        return [.. (await reader.RowsAsync(command, DecisionsFacts.Table, cancel)).Cast<Decision>()];
    }

    /// <summary>The latest decisions that remember their case, the latest first; those on one order left out.</summary>
    public static async Task<IReadOnlyList<Decision>> LatestCasesAsync(StoreReader reader, string but, int most, CancellationToken cancel)
    {
        await using var command = reader.Command(
            $"""
            SELECT {DecisionsFacts.Table.ColumnList} FROM decision
            WHERE to_sequence IS NULL AND seen IS NOT NULL AND status NOT IN ('awaitingConfirmation', 'withdrawn') AND "order" <> @but ORDER BY decided_on DESC, id DESC LIMIT @most
            """);
        StoreReader.Add(command, "but", but);
        StoreReader.Add(command, "most", most);
        return [.. (await reader.RowsAsync(command, DecisionsFacts.Table, cancel)).Cast<Decision>()];
    }
}
