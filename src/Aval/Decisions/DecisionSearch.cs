using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;

namespace Aval.Decisions;

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
}
