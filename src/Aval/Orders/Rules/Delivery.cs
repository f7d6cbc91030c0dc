using Aval.Kernel;

namespace Aval.Orders.Rules;

/// <summary>Goods that left: a fact, always recorded.</summary>
public sealed record Delivery(string Id, string Order, string Customer, DateOnly Date, IReadOnlyList<DeliveredLine> Lines);

/// <param name="Line">The order's line.</param>
/// <param name="Quantity">Above zero; may be more than was ordered.</param>
public sealed record DeliveredLine(int Line, Quantity Quantity);

/// <summary>Something that should not have happened, told to the credit manager and counted.</summary>
/// <param name="Code">One of <see cref="Codes"/>.</param>
/// <param name="Amount">Minor units of the order's currency that it concerns.</param>
public sealed record Incident(string Id, string Code, string Order, string Customer, DateOnly Date, long Amount, Currency Currency, string By)
{
    /// <summary>Delivered without a claim, delivered more than ordered, invoiced more than there was.</summary>
    public static IReadOnlyList<string> Codes { get; } = [Deliver.DeliveredWhileHeld, Deliver.OverDelivered, OverInvoiced];

    public const string OverInvoiced = "over-invoiced";
}

/// <summary>What a delivery does to its order.</summary>
public static class Deliver
{
    public const string DeliveredWhileHeld = "delivered-while-held";
    public const string OverDelivered = "over-delivered";

    /// <summary>The order's lines with what was delivered.</summary>
    public static IReadOnlyList<OrderLine> Lines(Order order, IReadOnlyList<DeliveredLine> delivered) =>
        [.. order.Lines.Select(line => delivered.Where(part => part.Line == line.Line)
            .Aggregate(line, (sum, part) => sum with { Delivered = sum.Delivered + part.Quantity }))];

    /// <summary>The order with what was delivered; with the marks that stay on it.</summary>
    public static (Order Order, IReadOnlyList<string> Incidents) Apply(Order order, IReadOnlyList<DeliveredLine> delivered)
    {
        var lines = Lines(order, delivered);
        var incidents = new List<string>(1);
        if (!IsClaimed(order, lines)) incidents.Add(DeliveredWhileHeld);
        if (lines.Zip(order.Lines).Any(pair => pair.First.Delivered > pair.Second.Delivered && pair.First.Delivered > pair.First.Quantity - pair.First.Cancelled))
            incidents.Add(OverDelivered);
        var settled = Progress.Settle(order with { Lines = lines, Marks = [.. order.Marks.Union(incidents, StringComparer.Ordinal)] });
        return (settled.Status is OrderStatus.Delivered or OrderStatus.Closed ? settled with { Authorization = null } : settled, incidents);
    }

    /// <summary>A claim of zero, beyond the horizon, covers nothing; one for a part covers that part: of lines just these, of an amount whatever comes to it.</summary>
    static bool IsClaimed(Order order, IReadOnlyList<OrderLine> lines) =>
        order.Status is not (OrderStatus.Held or OrderStatus.Received or OrderStatus.Cancelled) && order.Authorization is not { BeyondHorizon: true }
        && (order.Authorization is not { Withheld: > 0 } claim || (order.Release is { Lines: not null } release
            ? lines.Zip(order.Lines).All(line => line.First.Delivered == line.Second.Delivered || line.First.Delivered <= release.MostOf(line.First.Line))
            : OrderValue.Of(order with { Lines = lines }).Open >= claim.Withheld));

    /// <summary>What an incident is about: all that this delivery carried, or only what it carried beyond the order.</summary>
    public static long AmountOf(string incident, Order before, Order after) => incident == OverDelivered ? ExcessOf(after) - ExcessOf(before) : ValueOf(before, after);

    /// <summary>What was delivered beyond what was ordered and not cancelled.</summary>
    static long ExcessOf(Order order)
    {
        long excess = 0;
        foreach (var line in order.Lines)
        {
            var wanted = line.Quantity - line.Cancelled;
            if (line.Delivered > wanted) excess += OrderValue.LineValue(line, line.Delivered, order.Currency) - OrderValue.LineValue(line, wanted, order.Currency);
        }

        return excess;
    }

    /// <summary>What these quantities come to, as the growth of the lines' cumulative rounded values.</summary>
    public static long ValueOf(Order before, Order after)
    {
        long value = 0;
        foreach (var (was, @is) in before.Lines.Zip(after.Lines))
            value += OrderValue.LineValue(@is, @is.Delivered, after.Currency) - OrderValue.LineValue(was, was.Delivered, before.Currency);
        return value;
    }
}
