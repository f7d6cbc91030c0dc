using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Orders;
using Aval.Orders.Rules;

namespace Aval.Checks;

/// <summary>Asks, right before picking, whether the order may still go: a fresh check. A claim that was pick-released no longer expires.</summary>
public sealed record ReleasePick(string Number) : Command
{
    public override string Name => "releasePick";
    public override Subject Subject => Subject.Document("order", Number, OrderProblems.OrderUnknown);
    public override Cite? Edits => Cite.Of(OrdersFacts.Table, Number);
    public override IReadOnlyList<Cite> Cites => [Cite.Of(OrdersFacts.Table, Number)];

    internal static void Map(Api api) => api.Post<Nothing, OrderAnswer>(
        "/orders/{number}/pick-release", OrderPermissions.ReleasePicks, "Asks, right before picking, whether the order may go: a fresh check",
        (_, request) => new ReleasePick(request.Route("number")), OrderAnswer.OfAsync, [OrderProblems.OrderUnknown, OrderProblems.OrderFinished]);

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<Order>(Number) is not { } order) return OrderProblems.OrderUnknown.With($"order {Number} is not known.", "number");
        if (order.Status is OrderStatus.Cancelled or OrderStatus.Delivered or OrderStatus.Closed)
            return OrderProblems.OrderFinished.With($"{Number} has nothing left to pick.");
        CheckOrder.Run(@case, order with { Marks = ChangeOrder.Fresh(order.Marks) }, Occasion.PickRelease);
        var after = @case.Facts.Find<Order>(Number)!;
        if (after.Authorization is { } claim) OrderRecord.Put(@case, after with { Authorization = claim with { PickReleased = true, Expires = null } });
        return null;
    }
}
