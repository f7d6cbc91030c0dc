using Aval.Kernel;
using Aval.Orders.Rules;

namespace Aval.Orders;

public sealed record CancelBody(string Reason);

/// <summary>Cancels what has not been delivered, and frees its claim. What was delivered can still be invoiced.</summary>
public sealed record CancelOrder(string Number, CancelBody Body) : Command
{
    public override string Name => "cancelOrder";
    public override Subject Subject => Subject.Document("order", Number, OrderProblems.OrderUnknown);
    public override Cite? Edits => Cite.Of(OrdersFacts.Table, Number);
    public override IReadOnlyList<Cite> Cites => [Cite.Of(OrdersFacts.Table, Number)];

    public override Problem? Refuse() =>
        string.IsNullOrWhiteSpace(Body.Reason) ? KernelProblems.FieldInvalid.With("reason must say why.", "reason") : null;

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<Order>(Number) is not { } order) return OrderProblems.OrderUnknown.With($"order {Number} is not known.", "number");
        @case.Reason = Body.Reason;
        if (order.Status is OrderStatus.Delivered or OrderStatus.Closed) return OrderProblems.OrderFinished.With($"{Number} was wholly delivered.");
        if (order.Status != OrderStatus.Cancelled) OrderRecord.Put(@case, Cancelled(order));
        return null;
    }

    /// <summary>The rest cancelled line by line. With nothing delivered the order is cancelled; else it is as far as its deliveries are.</summary>
    public static Order Cancelled(Order order)
    {
        var rest = order with
        {
            Authorization = null, Release = null, Decision = null,
            Lines = [.. order.Lines.Select(line => line with { Cancelled = line.Quantity - Quantity.Min(line.Delivered, line.Quantity) })],
        };
        return order.Lines.Any(line => line.Delivered.Scaled > 0) ? Progress.Settle(rest) : rest with { Status = OrderStatus.Cancelled };
    }
}
