using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Receivables;

namespace Aval.Exposure;

/// <summary>The facts behind a payer's exposure at the end of a past business date, as that date is known now (docs/concepts/exposure.md).</summary>
/// <remarks>By their own dates: invoices, credit notes, receipts and what they settled, deliveries, and what invoices took from orders. By the date of record: an order's
/// lines, its claim and its payer, and that a deposit had outlived its order; they have no other. Parties and limits are those known now; a limit holds by its dates.</remarks>
public static class ExposureThen
{
    /// <param name="now">The facts of the payer's root today.</param>
    public static async Task<Facts> ReadAsync(Store store, Facts now, string payer, DateOnly asOf, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        var receivables = new ReceivablesThen(reader, payer, asOf);
        var orders = await OrdersThen.ReadAsync(reader, payer, asOf, cancel);
        var dates = new Dictionary<GrowthPlace, DateOnly>(await OrdersThen.DeliveredOnAsync(reader, orders, cancel));
        foreach (var (place, date) in await receivables.BilledOnAsync(orders, cancel)) dates[place] = date;
        var facts = now with
        {
            Through = asOf, Slices = [.. now.Slices.Select(slice => slice switch { OrdersFacts => OrdersFacts.Empty, ReceivablesFacts => ReceivablesFacts.Empty, _ => slice })],
        };
        foreach (var then in orders) facts = facts.With(then.On(asOf, dates));
        foreach (var document in await receivables.ReadAsync(cancel)) facts = facts.With(document);
        return facts;
    }
}
