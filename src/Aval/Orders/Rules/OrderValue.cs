using Aval.Kernel;

namespace Aval.Orders.Rules;

/// <summary>What an order is worth and in which bucket its value sits. All in minor units, tax included.</summary>
/// <remarks>Partial values are differences of cumulative rounded values, so the parts add up to the whole to the cent (docs/concepts/exposure.md).</remarks>
/// <param name="Total">What was ordered and not cancelled, in the order's currency.</param>
/// <param name="CreditTotal">The same in the payer's credit currency; zero while no rate is known.</param>
/// <param name="Open">Neither delivered nor billed, in the credit currency.</param>
/// <param name="Unbilled">Delivered and not billed, in the credit currency.</param>
public readonly record struct OrderValue(long Total, long CreditTotal, long Open, long Unbilled)
{
    public static OrderValue Of(Order order)
    {
        long total = 0, billed = 0, unbilled = 0, open = 0;
        foreach (var line in order.Lines)
        {
            var ordered = LineValue(line, line.Quantity - line.Cancelled, order.Currency);
            var delivered = LineValue(line, line.Delivered, order.Currency);
            total += ordered;
            billed += line.Billed;
            unbilled += Math.Max(0, delivered - line.Billed);
            open += Math.Max(0, ordered - Math.Max(delivered, line.Billed));
        }

        if (order.Rate is not { } rate || order.CreditCurrency is not { } credit) return new OrderValue(total, 0, 0, 0);
        long Credit(long minor) => new Money(minor, order.Currency).Convert(rate.Factor, credit).Minor;
        var creditBilled = Credit(billed);
        var creditDelivered = Credit(billed + unbilled);
        return new OrderValue(total, Credit(total), Credit(billed + unbilled + open) - creditDelivered, creditDelivered - creditBilled);
    }

    /// <summary>Whether a further unit of any line, or the rest of one that has less, is worth no more than this.</summary>
    /// <param name="credit">Minor units of the payer's credit currency.</param>
    public static bool FitsAnotherUnit(Order order, long credit)
    {
        if (order.Rate is not { } rate || order.CreditCurrency is not { } currency) return false;
        foreach (var line in order.Lines)
        {
            var (gone, all) = (Quantity.Max(line.Delivered, line.Invoiced), line.Quantity - line.Cancelled);
            if (gone >= all) continue;
            var worth = LineValue(line, Quantity.Min(all, gone + Quantity.Of(1)), order.Currency) - LineValue(line, gone, order.Currency);
            if (worth > 0 && new Money(worth, order.Currency).Convert(rate.Factor, currency).Minor <= credit) return true;
        }

        return false;
    }

    /// <summary>The value of this much of a line: price less discount plus tax, rounded once, half away from zero.</summary>
    public static long LineValue(OrderLine line, Quantity quantity, Currency currency)
    {
        if (quantity.Scaled == 0) return 0;
        var net = quantity.Value * line.UnitPrice.Value;
        if (line.DiscountPercent != 0) net *= 1 - (line.DiscountPercent / 100);
        if (line.TaxRate != 0) net *= 1 + (line.TaxRate / 100);
        return Money.Round(net, currency).Minor;
    }
}
