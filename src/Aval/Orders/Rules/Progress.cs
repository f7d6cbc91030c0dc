using Aval.Kernel;

namespace Aval.Orders.Rules;

/// <summary>How far an order has come, told from its lines: what is delivered and billed decides, whatever was released or held before.</summary>
public static class Progress
{
    /// <summary>The order with the status that its lines give it: <c>Delivered</c> when nothing is left to deliver, <c>Closed</c> when nothing is left to bill either.</summary>
    /// <remarks>A held order that was delivered all the same is delivered; a closed one that gets more goods is delivered again. A cancelled order stays cancelled:
    /// what was delivered of it is still to be billed (<see cref="IsLive"/>).</remarks>
    public static Order Settle(Order order)
    {
        if (order.Status == OrderStatus.Cancelled || !IsDelivered(order)) return order;
        var status = IsBilled(order) ? OrderStatus.Closed : OrderStatus.Delivered;
        return status == order.Status ? order : order with { Status = status };
    }

    /// <summary>Every line has come in the quantity that was ordered and not cancelled, or more.</summary>
    public static bool IsDelivered(Order order) => order.Lines.All(line => line.Delivered >= line.Quantity - line.Cancelled);

    /// <summary>Every line is billed by its value as ordered, or as delivered where that is more.</summary>
    public static bool IsBilled(Order order) => order.Lines.All(line => line.Billed >= OrderValue.LineValue(line, Billable(line), order.Currency));

    /// <summary>Whether something that was delivered is not billed.</summary>
    public static bool HasUnbilled(Order order) => order.Lines.Any(line => line.Billed < OrderValue.LineValue(line, line.Delivered, order.Currency));

    /// <summary>What of a line may be invoiced in all: what was ordered and not cancelled, or what was delivered where that is more.</summary>
    public static Quantity Billable(OrderLine line) => Quantity.Max(line.Quantity - line.Cancelled, line.Delivered);

    /// <summary>True while any rule needs the order: it is open, or it was cancelled with goods delivered that nobody has billed yet.</summary>
    public static bool IsLive(Order order) => order.Status switch
    {
        OrderStatus.Received or OrderStatus.Released or OrderStatus.Held or OrderStatus.Delivered => true,
        OrderStatus.Cancelled => HasUnbilled(order),
        OrderStatus.Closed => false,
    };
}
