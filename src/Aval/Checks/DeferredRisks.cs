using Aval.Checks.Rules;
using Aval.Decisions;
using Aval.Disputes;
using Aval.Kernel.Storage;
using Aval.Policies.Rules;
using Aval.Receivables;

namespace Aval.Checks;

/// <summary>Which risks are asked for. Null is all.</summary>
/// <param name="Due">To be mended by this day.</param>
/// <param name="Owed">Only what is still to be mended, or only what is not.</param>
public sealed record DeferredFilter(OwnerFunction? Owner = null, DateOnly? Due = null, string? Customer = null, string? Order = null, bool? Owed = null);

/// <summary>Reads the risks that were taken by setting findings aside, with what came of them.</summary>
public static class DeferredRisks
{
    public static readonly Sorting Sorting = new(
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["order"] = "\"order\"", ["customer"] = "customer", ["finding"] = "code", ["setAsideBy"] = "\"by\"", ["setAsideOn"] = "at", ["owner"] = "owner", ["due"] = "due_on",
            ["mended"] = "mended_on",
        },
        "due_on", "id");

    /// <summary>By the day by which they are to be mended, and id.</summary>
    /// <param name="after">Behind which place the page begins; null begins with the first.</param>
    public static async Task<IReadOnlyList<DeferredRisk>> PageAsync(
        StoreReader reader, DeferredFilter filter, (DateOnly Due, string Id)? after, int most, DateOnly today, CancellationToken cancel)
    {
        var wanted = Of(reader, filter);
        if (after is var (on, id)) wanted.With("after", on).With("id", id).And("(due_on, id) > (@after, @id)");
        return await FollowAsync(reader, await wanted.RowsAsync(ChecksFacts.WaiverTable, Sorting.Sql(null, false), 0, most, cancel), today, cancel);
    }

    /// <summary>A page of the list as somebody has ordered it, and how many there are on all pages.</summary>
    /// <param name="by">One of <see cref="Sorting"/>; null for those due first.</param>
    public static async Task<(IReadOnlyList<DeferredRisk> Found, int Total)> ListAsync(
        StoreReader reader, DeferredFilter filter, string? by, bool descending, int skip, int most, DateOnly today, CancellationToken cancel)
    {
        var (found, total) = await Of(reader, filter).PageAsync(ChecksFacts.WaiverTable, Sorting.Sql(by, descending), skip, most, cancel);
        return (await FollowAsync(reader, found, today, cancel), total);
    }

    static Wanted Of(StoreReader reader, DeferredFilter filter) => new Wanted(reader)
        .And("due_on IS NOT NULL").Is("owner", filter.Owner).And("due_on <= @due", "due", filter.Due).And("customer = @customer", "customer", filter.Customer)
        .And("\"order\" = @order", "order", filter.Order).And("mended_on IS NULL", filter.Owed == true).And("mended_on IS NOT NULL", filter.Owed == false);

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
