using Aval.Company;
using Aval.Decisions;
using Aval.Decisions.Rules;
using Aval.Disputes;
using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Orders;
using Aval.Outcomes.Rules;
using Aval.Rates;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Outcomes;

/// <summary>Follows decisions to the cash: order, deliveries, invoices, payments and disputes, as the tables tell them now. It keeps nothing, so it is never behind.</summary>
public sealed class DecisionLedger(StoreReader reader, Facts company)
{
    const int AtOnce = 500;

    /// <summary>Of all amounts: the company's.</summary>
    public Currency Currency { get; } = company.Get<CompanyFacts>().Main?.Currency ?? Currency.EUR;

    /// <summary>Decisions of a period with what came of them, by the day of the decision and id.</summary>
    public async Task<IReadOnlyList<DecisionOutcome>> PageAsync(DecisionFilter filter, (DateOnly On, string Id)? after, int most, CancellationToken cancel) =>
        await FollowAsync(await DecisionSearch.HistoryAsync(reader, filter, after, most, cancel), withDeliveries: true, cancel);

    /// <summary>A page of the decisions of a period as somebody has ordered them, with what came of them, and how many there are on all pages.</summary>
    public async Task<(IReadOnlyList<DecisionOutcome> Found, int Total)> ListAsync(
        DecisionFilter filter, string? by, bool descending, int skip, int most, CancellationToken cancel)
    {
        var (found, total) = await DecisionSearch.HistoryPageAsync(reader, filter, by, descending, skip, most, cancel);
        return (await OfAsync(found, cancel), total);
    }

    /// <summary>The decisions of a period alone, one after the other.</summary>
    public async Task DecisionsAsync(DecisionFilter filter, Action<Decision> take, CancellationToken cancel)
    {
        for ((DateOnly, string)? after = null; ;)
        {
            var decisions = await DecisionSearch.HistoryAsync(reader, filter, after, AtOnce, cancel);
            foreach (var (decision, _) in decisions) take(decision);
            if (decisions.Count < AtOnce) return;
            after = (decisions[^1].Decision.On, decisions[^1].Decision.Id);
        }
    }

    /// <summary>All of a period, one after the other: there may be more than fit into memory.</summary>
    public async Task EachAsync(DecisionFilter filter, Action<DecisionOutcome> take, CancellationToken cancel)
    {
        for ((DateOnly, string)? after = null; ;)
        {
            var decisions = await DecisionSearch.HistoryAsync(reader, filter, after, AtOnce, cancel);
            foreach (var outcome in await FollowAsync(decisions, withDeliveries: false, cancel)) take(outcome);
            if (decisions.Count < AtOnce) return;
            after = (decisions[^1].Decision.On, decisions[^1].Decision.Id);
        }
    }

    /// <summary>What came of these decisions; their deliveries are left out.</summary>
    public Task<IReadOnlyList<DecisionOutcome>> OfAsync(IReadOnlyList<Decision> decisions, CancellationToken cancel) =>
        FollowAsync([.. decisions.Select(decision => (decision, ""))], withDeliveries: false, cancel);

    async Task<IReadOnlyList<DecisionOutcome>> FollowAsync(IReadOnlyList<(Decision Decision, string Root)> decisions, bool withDeliveries, CancellationToken cancel)
    {
        var orders = decisions.Select(found => found.Decision.Order).Distinct(StringComparer.Ordinal).ToList();
        if (orders.Count == 0) return [];
        var all = (await DecisionSearch.OfOrdersAsync(reader, orders, cancel)).ToLookup(decision => decision.Order, StringComparer.Ordinal);
        var found = await BilledInvoices.OfOrdersAsync(reader, orders, cancel);
        var invoices = found.ToLookup(invoice => invoice.Order, StringComparer.Ordinal);
        var disputes = (await DisputeHistory.OfInvoicesAsync(reader, [.. found.Select(invoice => invoice.Number)], cancel))
            .ToLookup(dispute => dispute.Invoice, StringComparer.Ordinal);
        var deliveries = new List<(string Order, DateOnly Date)>();
        if (withDeliveries)
            foreach (var root in decisions.GroupBy(decision => decision.Root, decision => decision.Decision.Order, StringComparer.Ordinal))
                deliveries.AddRange(await DeliveryHistory.DaysAsync(reader, root.Key, [.. root.Distinct(StringComparer.Ordinal)], cancel));
        var days = deliveries.ToLookup(delivery => delivery.Order, delivery => delivery.Date, StringComparer.Ordinal);
        return [.. decisions.Select(one => DecisionOutcome.Of(one.Decision, TrailOf(one.Decision.Order), company.Through, Worth))];

        OrderTrail TrailOf(string order)
        {
            List<OrderInvoice> billed = [.. invoices[order]];
            List<Dispute> disputed = [.. billed.SelectMany(invoice => disputes[invoice.Number])];
            return new OrderTrail([.. all[order]], billed, disputed, [.. days[order]]);
        }
    }

    decimal? Worth(Money amount, DateOnly day) => company.Get<RatesFacts>().Converted(amount, Currency, day)?.Major;
}
