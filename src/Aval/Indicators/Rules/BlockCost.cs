using Aval.Kernel;
using Aval.Orders.Rules;

namespace Aval.Indicators.Rules;

/// <summary>What a block costs.</summary>
public static class BlockCost
{
    const int DaysOfYear = 365;

    /// <summary>The order's margin before tax as it was ordered, in its currency; null where the cost of a line is not known, 0 where it would be less.</summary>
    public static Money? MarginOf(Order order)
    {
        var margin = 0m;
        foreach (var line in order.Lines)
        {
            if (line.UnitCost is not { } cost) return null;
            margin += line.Quantity.Value * ((line.UnitPrice.Value * (1 - (line.DiscountPercent / 100))) - cost.Value);
        }

        return Money.Round(Math.Max(0, margin), order.Currency);
    }

    /// <summary>Lost with the order, or for the days it waited, rounded half to even to the cent.</summary>
    public static decimal Of(decimal margin, bool lost, int days) => lost ? margin : Math.Round(margin * days / DaysOfYear, 2, MidpointRounding.ToEven);
}
