using Aval.Kernel;

namespace Aval.Orders.Rules;

/// <summary>What an order that is still to come earns, as far as costs are known: net of tax and discount, less cost.</summary>
/// <param name="Amount">Minor units of <paramref name="Currency"/>, the payer's credit currency; below zero where cost is above price.</param>
/// <param name="LinesKnown">Lines with a cost; the others are left out.</param>
public readonly record struct Margin(long Amount, Currency Currency, int LinesKnown, int Lines)
{
    /// <returns>Null when no line has a cost, nothing is still to come, or no rate converts it.</returns>
    public static Margin? Of(Order order)
    {
        decimal margin = 0;
        var (known, lines) = (0, 0);
        foreach (var line in order.Lines)
        {
            var open = line.Quantity - line.Cancelled - Quantity.Min(line.Quantity - line.Cancelled, Quantity.Max(line.Delivered, line.Invoiced));
            if (open.Scaled == 0) continue;
            lines++;
            if (line.UnitCost is not { } cost) continue;
            known++;
            margin += open.Value * ((line.UnitPrice.Value * (1 - (line.DiscountPercent / 100))) - cost.Value);
        }

        if (known == 0 || order.Rate is not { } rate || order.CreditCurrency is not { } credit) return null;
        // Converted before its one rounding: it is shown, never compared.
        return new Margin(Money.Round(margin * rate.Factor, credit).Minor, credit, known, lines);
    }

    /// <summary>What is earned on each unit by which the order raises the payer's exposure; null when it raises it by nothing.</summary>
    /// <param name="added">Minor units of the same currency.</param>
    public decimal? PerAdded(long added) => added > 0 ? decimal.Round((decimal)Amount / added, 4, MidpointRounding.AwayFromZero) : null;
}
