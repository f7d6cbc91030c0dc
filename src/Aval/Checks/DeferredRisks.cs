using Aval.Checks.Rules;
using Aval.Decisions;
using Aval.Disputes;
using Aval.Kernel.Storage;
using Aval.Policies.Rules;
using Aval.Receivables;
using Aval.Web;

namespace Aval.Checks;

/// <summary>Which risks are asked for. Null is all.</summary>
/// <param name="Due">To be mended by this day.</param>
/// <param name="Owed">Only what is still to be mended, or only what is not.</param>
public sealed record DeferredFilter(OwnerFunction? Owner = null, DateOnly? Due = null, string? Customer = null, string? Order = null, bool? Owed = null)
{
    /// <summary>As every list is told that can be taken along as a file.</summary>
    internal ListShown AsList => new(
        "deferred", "/deferred-risks",
        [
            ("owner", Owner is { } owner ? Words.Of(owner) : null), ("owed", Owed == false ? "false" : null), ("due", Due is { } due ? Say.Iso(due) : null), ("customer", Customer),
            ("order", Order),
        ],
        null, false, 1, null, null);
}

/// <summary>Reads the risks that were taken by setting findings aside, with what came of them.</summary>
public static class DeferredRisks
{
    /// <summary>By the day by which they are to be mended, and id.</summary>
    /// <param name="after">Behind which place the page begins; null begins with the first.</param>
    public static async Task<IReadOnlyList<DeferredRisk>> PageAsync(
        StoreReader reader, DeferredFilter filter, (DateOnly Due, string Id)? after, int most, DateOnly today, CancellationToken cancel)
    {
        await using var command = reader.Command(
            $"""
            SELECT {ChecksFacts.WaiverTable.ColumnList} FROM waiver WHERE to_sequence IS NULL AND due_on IS NOT NULL
            {(filter.Owner is null ? "" : "AND owner = @owner")} {(filter.Due is null ? "" : "AND due_on <= @due")} {(filter.Customer is null ? "" : "AND customer = @customer")}
            {(filter.Order is null ? "" : "AND \"order\" = @order")} {filter.Owed switch { true => "AND mended_on IS NULL", false => "AND mended_on IS NOT NULL", null => "" }}
            {(after is null ? "" : "AND (due_on, id) > (@after, @id)")} ORDER BY due_on, id LIMIT @most
            """);
        StoreReader.Add(command, "most", most);
        if (filter.Owner is { } owner) StoreReader.Add(command, "owner", Words.Of(owner));
        if (filter.Due is { } due) StoreReader.Add(command, "due", reader.DateParameter(due));
        if (filter.Customer is { } customer) StoreReader.Add(command, "customer", customer);
        if (filter.Order is { } order) StoreReader.Add(command, "order", order);
        if (after is var (on, id))
        {
            StoreReader.Add(command, "after", reader.DateParameter(on));
            StoreReader.Add(command, "id", id);
        }

        return await FollowAsync(reader, [.. (await reader.RowsAsync(command, ChecksFacts.WaiverTable, cancel)).Cast<Waiver>()], today, cancel);
    }

    static async Task<IReadOnlyList<DeferredRisk>> FollowAsync(StoreReader reader, IReadOnlyList<Waiver> waivers, DateOnly today, CancellationToken cancel)
    {
        if (waivers.Count == 0) return [];
        var orders = waivers.Select(waiver => waiver.Order).Distinct(StringComparer.Ordinal).ToList();
        var found = await BilledInvoices.OfOrdersAsync(reader, orders, cancel);
        var invoices = found.ToLookup(invoice => invoice.Order, StringComparer.Ordinal);
        var disputes = await DisputeHistory.OfInvoicesAsync(reader, [.. found.Select(invoice => invoice.Number)], cancel);
        var decisions = (await DecisionSearch.OfOrdersAsync(reader, orders, cancel)).ToLookup(decision => decision.Order, StringComparer.Ordinal);
        return [.. waivers.Select(waiver => DeferredRisk.Of(waiver, [.. invoices[waiver.Order]], disputes, [.. decisions[waiver.Order]], today))];
    }
}
