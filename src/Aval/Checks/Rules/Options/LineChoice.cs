using System.Collections.Immutable;
using Aval.Kernel;
using Aval.Orders.Rules;

namespace Aval.Checks.Rules.Options;

/// <summary>Which lines to send first within an amount: the best margin for the money where costs are known, else in the order's own sequence; whole units.</summary>
static class LineChoice
{
    /// <param name="within">Minor units of the order's currency.</param>
    /// <returns>Empty where not even one unit fits, or the check does not accept the choice.</returns>
    public static ImmutableArray<OptionLine> Of(WhatIf asked, Proof proof, long within)
    {
        var order = asked.Order;
        var left = within;
        var chosen = ImmutableArray.CreateBuilder<OptionLine>();
        foreach (var line in order.Lines.OrderByDescending(MarginOf).ThenBy(line => line.Line))
        {
            var quantity = Fitting(line, order.Currency, left);
            if (quantity.Scaled == 0) continue;
            left -= OrderValue.LineValue(line, quantity, order.Currency);
            chosen.Add(new OptionLine(line.Line, quantity));
        }

        chosen.Sort((one, other) => one.Line.CompareTo(other.Line));
        var lines = chosen.ToImmutable();
        return lines.IsEmpty || !proof.Passes(asked.OfLines(lines)) ? [] : lines;
    }

    /// <summary>Margin per unit of price; lines whose cost nobody has told come last.</summary>
    static decimal MarginOf(OrderLine line)
    {
        if (line.UnitCost is not { } cost || line.UnitPrice.Value == 0) return decimal.MinValue;
        return (line.UnitPrice.Value * (1 - (line.DiscountPercent / 100)) - cost.Value) / line.UnitPrice.Value;
    }

    /// <summary>The most whole units of what is still to come that cost no more; all of it where that fits.</summary>
    static Quantity Fitting(OrderLine line, Currency currency, long within)
    {
        var open = line.Quantity - line.Cancelled - Quantity.Max(line.Delivered, line.Invoiced);
        if (open.Scaled <= 0) return Quantity.Zero;
        if (OrderValue.LineValue(line, open, currency) <= within) return open;
        decimal fits = 0, exceeds = Math.Ceiling(open.Value);
        while (exceeds - fits > 1)
        {
            var middle = Math.Floor((fits + exceeds) / 2);
            if (OrderValue.LineValue(line, Quantity.Of(middle), currency) <= within) fits = middle;
            else exceeds = middle;
        }

        return Quantity.Of(fits);
    }
}
