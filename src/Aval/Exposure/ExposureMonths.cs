using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Limits;
using Aval.Limits.Rules;
using Aval.Orders;
using Aval.Receivables;

namespace Aval.Exposure;

/// <summary>What stood with a payer at the end of a day before anything is taken off, and the limit that held. Minor units of its credit currency.</summary>
/// <param name="Orders">Open orders, and what was delivered and not billed.</param>
/// <param name="NotDue">Open invoices by their due dates; what an uncleared receipt had taken is still owed.</param>
public sealed record ExposureAt(DateOnly Day, long Orders, long NotDue, long Overdue, LimitInForce Limit)
{
    public long Gross => Orders + NotDue + Overdue;
}

/// <summary>The exposure of a payer at the ends of the last months (docs/concepts/exposure.md).</summary>
/// <remarks>Invoices and what was settled of them count by their own dates; orders as they were recorded, limits by the dates on which they hold. As many statements for a
/// payer with one document as for one with thousands.</remarks>
public static class ExposureMonths
{
    public const int Count = 12;

    /// <summary>The last days of the months before that of <paramref name="today"/>, the earliest first.</summary>
    public static IReadOnlyList<DateOnly> EndsBefore(DateOnly today)
    {
        var month = new DateOnly(today.Year, today.Month, 1);
        return [.. Enumerable.Range(0, Count).Select(at => month.AddMonths(at - Count + 1).AddDays(-1))];
    }

    /// <param name="now">The facts of the payer's root today.</param>
    public static async Task<IReadOnlyList<ExposureAt>> ReadAsync(Store store, Facts now, string payer, DateOnly today, CancellationToken cancel)
    {
        var days = EndsBefore(today);
        await using var reader = await store.SnapshotAsync(cancel);
        var owed = await OwedThen.ReadAsync(reader, payer, days, cancel);
        var orders = await OrdersThen.RecordedAsync(reader, payer, days, cancel);
        var limits = now.Get<LimitsFacts>().Of(payer);
        return [.. days.Select((day, at) =>
        {
            var then = orders[at].Aggregate(OrdersFacts.Empty, (facts, order) => (OrdersFacts)facts.With(order)).Of(payer);
            return new ExposureAt(day, then.OpenOrders + then.Unbilled, owed[at].NotDue, owed[at].Overdue, LimitInForce.On(limits, LimitLevel.Payer, day));
        })];
    }
}
