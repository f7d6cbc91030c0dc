using System.Collections.Immutable;
using Aval.Orders;
using Aval.Receivables.Rules;

namespace Aval.Cover.Rules;

/// <summary>What of a payer's debts a cover insures: shipped while it held, not disputed, not past the maximum extension period.</summary>
/// <remarks>An invoice counts as shipped on its date. What is delivered and not billed counts as shipped on the day looked at, since the invoice for it can bear no
/// earlier date; an open order counts on its ship date, or on the day looked at where that is past or unknown.</remarks>
public static class Eligible
{
    /// <summary>The stretches with what is eligible in each. Costs the same however many invoices there are, while one stretch holds them all.</summary>
    public static ImmutableArray<InsuredShipments> In(IReadOnlyList<CoverStretch> stretches, PayerReceivables receivables, PayerOrders orders, DateOnly today)
    {
        var shipments = ImmutableArray.CreateBuilder<InsuredShipments>(stretches.Count);
        foreach (var stretch in stretches)
        {
            // A dispute stands in the way of a claim until it is settled.
            var eligible = receivables.OpenItems.Shipped(stretch.From, stretch.To, today.AddDays(-stretch.Cover.MaximumExtensionDays)).Undisputed
                + ToShip(stretch, orders, today);
            if (eligible > 0 || stretch.To >= today) shipments.Add(new(stretch.Cover.Number, stretch.From, stretch.To, stretch.Limit, stretch.Cover.Percent, eligible));
        }

        return shipments.ToImmutable();
    }

    static long ToShip(CoverStretch stretch, PayerOrders orders, DateOnly today)
    {
        if (stretch.To < today) return 0;
        long later = 0, here = 0;
        foreach (var (ships, open) in orders.ShippingLater)
        {
            if (ships <= today) continue;
            later += open;
            if (stretch.From <= ships && ships <= stretch.To) here += open;
        }

        return stretch.From <= today ? here + orders.Unbilled + orders.OpenOrders - later : here;
    }
}
