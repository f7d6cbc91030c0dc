using System.Collections.Immutable;
using Aval.Kernel;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Checks.Rules.Options;

/// <summary>When money can be expected, from the payer's own behaviour: due date plus the days by which it usually pays late.</summary>
static class Expectations
{
    /// <summary>Looked at for dates; a payer with more is judged by those due first.</summary>
    const int MostDates = 60;

    /// <summary>The day on which an open item can be expected; null for what should have come already, of which nobody knows when it will.</summary>
    public static DateOnly? Of(OpenItem item, DateOnly today, int daysLate)
    {
        var expected = item.DueDate.AddDays(Math.Max(0, daysLate));
        return expected > today ? expected : null;
    }

    /// <summary>The day by which all of these can be expected; null where that of one cannot be told.</summary>
    public static DateOnly? OfAll(IEnumerable<OpenItem> items, DateOnly today, int daysLate)
    {
        DateOnly? last = null;
        foreach (var item in items)
        {
            if (Of(item, today, daysLate) is not { } day) return null;
            if (last is null || day > last) last = day;
        }

        return last;
    }

    /// <summary>The days after today on which something can be expected, earliest first.</summary>
    public static ImmutableSortedSet<DateOnly> Days(WhatIf asked, int daysLate) =>
        [.. asked.Root.Get<ReceivablesFacts>().Of(asked.Order.Payer).OpenItems.Select(item => Of(item, asked.Today, daysLate)).OfType<DateOnly>().Distinct().Take(MostDates)];

    /// <summary>The same question on a later day, when what can be expected by then has been paid and the orders that ship within the horizon by then count.</summary>
    public static WhatIf On(this WhatIf asked, DateOnly day, int daysLate)
    {
        var root = asked.Root;
        foreach (var item in root.Get<ReceivablesFacts>().Of(asked.Order.Payer).OpenItems)
            if (Of(item, asked.Today, daysLate) <= day && root.Find<Invoice>(item.Invoice) is { } invoice) root = root.With(invoice with { Settled = invoice.Amount, AtRisk = 0 });
        foreach (var (ship, number) in root.Get<OrdersFacts>().BeyondHorizon)
        {
            if (ship > day.AddDays(asked.Policy.Policy.HorizonDays)) break;
            if (root.Find<Order>(number) is { Authorization: { } claim } order && number != asked.Order.Number)
                root = root.With(order with { Authorization = claim with { BeyondHorizon = false, Amount = OrderValue.Of(order).Open } });
        }

        return asked with { Root = root with { Through = day }, Today = day };
    }
}
