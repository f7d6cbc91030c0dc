using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Parties;
using Aval.Parties.Rules;

namespace Aval.Checks;

/// <summary>Changes an order, or opens a cancelled one again. Checked again, unless all that changes is less of the same.</summary>
/// <remarks>Who repeats what a released order is already changes nothing, and renews no claim; a held one is asked about again.</remarks>
public sealed record ChangeOrder(string Number, OrderBody Body) : Command
{
    public override string Name => "changeOrder";
    public override Subject Subject => Subject.Document("order", Number, OrderProblems.OrderUnknown);
    public override bool AlwaysLeavesEntry => false;
    public override Cite? Edits => Cite.Of(OrdersFacts.Table, Number);
    public override IReadOnlyList<Cite> Cites => [Cite.Of(OrdersFacts.Table, Number)];

    public override Problem? Refuse() =>
        Number != Body.Number ? KernelProblems.Invalid("number", "must be the number in the address") : OrderFields.Refuse(Body);

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<Order>(Number) is not { } before) return OrderProblems.OrderUnknown.With($"order {Number} is not known.", "number");
        if (before.Customer != Body.Customer) return KernelProblems.Invalid("customer", $"must stay {before.Customer}; cancel the order and enter it anew for another customer");
        if (before.Currency != Body.Currency) return KernelProblems.Invalid("currency", $"must stay {before.Currency}; cancel the order and enter it anew in another currency");
        foreach (var line in before.Lines)
        {
            if (line.Delivered.Scaled == 0 && line.Billed == 0) continue;
            var now = Body.Lines.FirstOrDefault(changed => changed.Line == line.Line);
            if (now is null || now.Quantity < line.Delivered)
                return KernelProblems.Invalid("lines", $"must keep at least what was delivered of line {line.Line}: {line.Delivered}");
        }

        var customer = @case.Facts.Get<PartiesFacts>().Customers[Body.Customer];
        var after = OrderFields.ToOrder(Body, customer, before, before.Opened) with
        {
            // Converted once: a change keeps the rate, unless another payer counts in another currency.
            Rate = before.Rate, CreditCurrency = before.CreditCurrency, Authorization = before.Authorization, Marks = Fresh(before.Marks),
            UnbilledSince = before.UnbilledSince,
            Release = before.Release, Decision = before.Decision, CarriedBy = before.CarriedBy,
            RaisedBy = before.RaisedBy, HabitNumber = before.HabitNumber,
        };
        if (IsSame(before, after)) return null;
        if (AsksForMore(before, after)) after = after.With([.. @case.Actor.Hands, Body.EnteredBy]);
        if (Conversion.Refuse(after, @case.Facts, @case.Company) is { } tooMuch) return tooMuch;
        if (IsDecrease(before, after)) CheckOrder.Skip(@case, after with { Status = before.Status }, Occasion.Change, SkipReason.Decrease);
        else CheckOrder.Run(@case, after, Occasion.Change);
        OrderRecord.Correct(@case, before, @case.Facts.Find<Order>(Number)!);
        return null;
    }

    /// <summary>An order is entered at its address as well: whoever sends all orders by PUT need not know which are new.</summary>
    internal static void Map(Api api) => api.Put<OrderBody, OrderAnswer>(
        "/orders/{number}", OrderPermissions.EnterOrders, "Changes an order, or enters it, and checks it",
        async (body, request, cancel) =>
        {
            var number = request.Route("number");
            if (number != body.Number) return KernelProblems.Invalid("number", "must be the number in the address");
            Command command = await request.Desk.Directory.PartyOfAsync("order", number, cancel) is null ? new EnterOrder(body) : new ChangeOrder(number, body);
            var done = await request.SubmitAsync(command);
            return done.Outcome is { } outcome ? await AnswerAsync(outcome, number, request, cancel) : done.Problem!;
        },
        [PartyProblems.CustomerUnknown]);

    /// <summary>Where nothing was changed, the last check goes on answering.</summary>
    internal static async Task<Answered<OrderAnswer>> AnswerAsync(Outcome outcome, string number, ApiRequest request, CancellationToken cancel)
    {
        if (outcome.Row<OrderCheck>() is not null) return await OrderAnswer.OfAsync(outcome, request, cancel);
        return await GetOrder.FindAsync(request.Desk, request.Store, number, cancel) is { } found
            ? await OrderAnswer.OfAsync(found, request, cancel)
            : OrderProblems.OrderUnknown.With($"order {number} is not known.", "number");
    }

    /// <summary>Somebody asks again: what ran out before is judged anew.</summary>
    internal static IReadOnlyList<string> Fresh(IReadOnlyList<string> marks) => [.. marks.Where(mark => mark != Order.AuthorizationExpired)];

    /// <summary>True when nothing is asked for that was not released, or done, before.</summary>
    static bool IsSame(Order before, Order after) =>
        before.Status is OrderStatus.Released or OrderStatus.Delivered or OrderStatus.Closed && before.Lines.SequenceEqual(after.Lines)
        && before with { Lines = [], Marks = [] } == after with { Lines = [], Marks = [], Status = before.Status };

    /// <summary>True when whoever decides now would decide on something that the change brought.</summary>
    static bool AsksForMore(Order before, Order after) =>
        before.Status == OrderStatus.Cancelled || before.PaymentTerms != after.PaymentTerms || OrderValue.Of(after).Total > OrderValue.Of(before).Total
        || after.Lines.Any(line => before.Lines.FirstOrDefault(known => known.Line == line.Line) is not { } was || line.Quantity > was.Quantity
            || line.UnitPrice.Value > was.UnitPrice.Value);

    /// <summary>True when a released order stays what it was but for smaller quantities or left-out lines.</summary>
    static bool IsDecrease(Order before, Order after)
    {
        if (before.Status != OrderStatus.Released || after.Lines.Count > before.Lines.Count) return false;
        foreach (var line in after.Lines)
        {
            var was = before.Lines.FirstOrDefault(known => known.Line == line.Line);
            if (was is null || line.Quantity > was.Quantity || line with { Quantity = was.Quantity, Cancelled = was.Cancelled } != was) return false;
        }

        return before with { Lines = [], Status = after.Status, EnteredBy = null, Marks = [] } == after with { Lines = [], EnteredBy = null, Marks = [] }
            && OrderValue.Of(after).Total < OrderValue.Of(before).Total;
    }
}
