using System.Data.Common;
using System.Globalization;
using Aval.Checks.Rules;
using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Policies.Rules;
using Aval.Rates;

namespace Aval.Checks;

/// <summary>A held order in the list.</summary>
/// <param name="Findings">What its last check found and what holds it, the gravest first.</param>
/// <param name="Standing">What somebody has decided and still stands; null while nobody has.</param>
public sealed record HeldRow(Block Block, IReadOnlyList<Finding> Findings, Decision? Standing = null)
{
    /// <summary>The customer's name, and who pays; their numbers where they are not known.</summary>
    public string CustomerName { get; init; } = Block.Customer;
    public string PayerName { get; init; } = Block.Payer;

    /// <summary>Calendar days for which it is held today.</summary>
    public int Days { get; init; }

    /// <summary>Whoever looks decides about it.</summary>
    public bool IsToDecide { get; init; }

    public Money Amount => new(Block.Amount, Block.Currency);

    public IReadOnlyList<string> Owners => [.. Findings.Select(finding => CheckWords.Of(finding.Owner)).Distinct()];
}

/// <summary>Reads the open blocks of all roots, filtered, ordered and cut into pages by the database.</summary>
static class HeldOrders
{
    /// <summary>Sums by what the orders wait for, cause and currency; the filter's own triage and cause are left aside, so that the others can be chosen.</summary>
    public static async Task<IReadOnlyList<HeldSum>> SumsAsync(Store store, HeldFilter filter, HeldMeant meant, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        await using var command = Asking(reader, filter with { Triage = null, Cause = null }, meant, where =>
            $"SELECT b.triage, b.cause, b.currency, count(*), sum(b.amount) FROM block b WHERE {where} GROUP BY b.triage, b.cause, b.currency ORDER BY 1, 2, 3");
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var sums = new List<HeldSum>();
        while (await rows.ReadAsync(cancel))
            sums.Add(new HeldSum(
                Words.Parse<Triage>(rows.GetString(0)), rows.IsDBNull(1) ? null : Words.Parse<Cause>(rows.GetString(1)), rows.GetInt32(3),
                new Money(Convert.ToInt64(rows.GetValue(4), CultureInfo.InvariantCulture), Currency.Of(rows.GetString(2)))));
        return sums;
    }

    public static async Task<IReadOnlyList<HeldRow>> PageAsync(
        Store store, HeldFilter filter, HeldMeant meant, Weights weights, int skip, int most, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        await using var command = Asking(reader, filter, meant, where => $"""
            SELECT {ChecksFacts.BlockTable.ColumnList},
                (SELECT c.findings FROM order_check c WHERE c.lane = b.lane AND c.root = b.root AND {ChecksFacts.OfOrder("c", "b.\"order\"")} AND c.to_sequence IS NULL
                    ORDER BY {ChecksFacts.NewestFirst} LIMIT 1)
            FROM block b WHERE {where} ORDER BY {By(filter, weights)}, b.id LIMIT @most OFFSET @skip
            """);
        StoreReader.Add(command, "most", most);
        StoreReader.Add(command, "skip", skip);
        var rows = new List<HeldRow>();
        var findings = ChecksFacts.BlockTable.Columns.Count;
        await reader.ReadAsync(command, ChecksFacts.BlockTable, (block, row) => rows.Add(new HeldRow((Block)block, Holding(row, findings))), cancel);
        return rows;
    }

    static Finding[] Holding(DbDataReader row, int at) => row.IsDBNull(at)
        ? []
        : [.. ChecksFacts.ReadFindings(row.GetString(at)).Where(finding => finding.Blocks).OrderByDescending(finding => finding.Severity)];

    static DbCommand Asking(StoreReader reader, HeldFilter filter, HeldMeant meant, Func<string, string> sql)
    {
        var where = new List<string> { "b.to_sequence IS NULL AND b.live" };
        if (filter.Triage is not null) where.Add("b.triage = @triage");
        if (filter.Cause is not null) where.Add("b.cause = @cause");
        if (meant.Customers is not null) where.Add($"b.customer {reader.Among("@customers")}");
        if (meant.Orders is not null) where.Add($"b.\"order\" {reader.Among("@orders")}");
        var standing = new List<string>();
        // A finding is stored without the values that are the first of their kind.
        if (filter.Owner is not null) standing.Add($"coalesce(f.value ->> 'owner', '{Words.Of(default(OwnerFunction))}') = @owner");
        if (filter.Code is not null) standing.Add("f.value ->> 'code' = @code");
        if (standing.Count > 0)
            where.Add($"EXISTS (SELECT 1 FROM {reader.EachOf("b.findings", "f")} WHERE f.value ->> 'cleared' IS NULL AND {string.Join(" AND ", standing)})");
        var command = reader.Command(sql(string.Join(" AND ", where)));
        if (filter.Triage is { } triage) StoreReader.Add(command, "triage", Words.Of(triage));
        if (filter.Cause is { } cause) StoreReader.Add(command, "cause", Words.Of(cause));
        if (meant.Customers is { } customers) StoreReader.Add(command, "customers", reader.ListParameter(customers));
        if (meant.Orders is { } orders) StoreReader.Add(command, "orders", reader.ListParameter(orders));
        if (filter.Owner is { } owner) StoreReader.Add(command, "owner", Words.Of(owner));
        if (filter.Code is { } code) StoreReader.Add(command, "code", code);
        return command;
    }

    static string By(HeldFilter filter, Weights weights)
    {
        var way = filter.Descending ? "DESC" : "ASC";
        return filter.Order switch
        {
            HeldOrder.Since => $"b.opened_on {way}, b.opened_at {way}",
            HeldOrder.Due => $"b.due_on {way} NULLS LAST",
            HeldOrder.Amount => $"{weights.Compared("b.amount", "b.currency")} {way}",
            HeldOrder.Customer => $"b.customer {way}, b.opened_on, b.opened_at",
            HeldOrder.Number => $"b.\"order\" {way}",
        };
    }
}
