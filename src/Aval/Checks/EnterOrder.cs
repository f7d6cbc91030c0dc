using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Parties;
using Aval.Parties.Rules;

namespace Aval.Checks;

/// <summary>Enters an order and checks it: released with a claim on headroom, or held with every finding.</summary>
public sealed record EnterOrder(OrderBody Body) : Command
{
    public override string Name => "enterOrder";
    public override IReadOnlyList<Claim> Claims => [Claim.Document("order", Body.Number, Body, Body.Customer)];
    public override Subject Subject => Subject.Party(Body.Customer, PartyProblems.CustomerUnknown);
    public override Cite? Edits => Cite.Of(OrdersFacts.Table, Body.Number);

    public override Problem? Refuse() => OrderFields.Refuse(Body);

    internal static void Map(Api api)
    {
        api.Post<OrderBody, OrderAnswer>(
            "/orders", OrderPermissions.EnterOrders, "Enters an order and checks it", (body, _) => new EnterOrder(body), OrderAnswer.OfAsync,
            [PartyProblems.CustomerUnknown]);
        api.PostLines<OrderBody, OrderAnswer>(
            "/orders/batch", OrderPermissions.EnterOrders, "Enters an order a line, and answers each in the same order", (body, _) => new EnterOrder(body),
            OrderAnswer.OfAsync, [PartyProblems.CustomerUnknown]);
    }

    public override Problem? Decide(Case @case)
    {
        var customer = @case.Facts.Get<PartiesFacts>().Customers[Body.Customer];
        var order = OrderFields.ToOrder(Body, customer, null, @case.NextSequence) with
        {
            // A key that names nobody stands in the journal as it is: it is no person whose name would have to be kept beside it.
            EnteredBy = Body.EnteredBy ?? (@case.Actor.Kind == ActorKind.Key ? null : @case.Actor.Name), CarriedBy = @case.Actor.Name,
        };
        order = order.With([@case.Actor.MadeBy]) with { HabitNumber = OrderRecord.NextHabitNumber(@case, order.Customer) };
        if (Conversion.Refuse(order, @case.Facts, @case.Company) is { } tooMuch) return tooMuch;
        CheckOrder.Run(@case, order, Occasion.Entry);
        OrderRecord.Note(@case, @case.Facts.Find<Order>(Body.Number)!);
        return null;
    }
}

/// <summary>What the answer would be: the same decision on the same facts, with nothing reserved and nothing recorded.</summary>
static class PreAuthorize
{
    internal static void Map(Api api) => api.Post<OrderBody, OrderAnswer>(
        "/orders/check", OrderPermissions.EnterOrders, "Asks what the answer to an order would be; reserves and records nothing",
        async (body, request, cancel) =>
        {
            if (OrderFields.Refuse(body) is { } refusal) return refusal;
            Command command = await request.Desk.Directory.PartyOfAsync("order", body.Number, cancel) is null ? new EnterOrder(body) : new ChangeOrder(body.Number, body);
            var tried = await request.Desk.TryAsync(command, request.Actor, cancel);
            if (tried.Outcome is not { } outcome) return tried.Problem!;
            var answer = await ChangeOrder.AnswerAsync(outcome, body.Number, request, cancel);
            return answer.Value is { } found ? found.Unrecorded() : answer.Problem!;
        },
        [PartyProblems.CustomerUnknown]);
}

/// <summary>What a customer usually orders, for whoever checks one of its orders.</summary>
static class Habits
{
    /// <summary>What the customer ordered beside this order; null when nothing.</summary>
    public static OrderHabit? Before(Facts root, Order order)
    {
        var orders = root.Get<OrdersFacts>();
        var habit = orders.Noted(order.Customer).Habit;
        return habit is not null && orders.Order(order.Number) is { } noted ? habit.Without(noted) : habit;
    }
}
