using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Orders.Rules;
using Aval.Parties;
using Aval.Rates;

namespace Aval.Orders;

/// <param name="Date">The day the goods left, not after the business date.</param>
/// <param name="Lines">At least one.</param>
public sealed record DeliveryBody(DateOnly Date, IReadOnlyList<DeliveredLine> Lines);

/// <summary>Records a delivery. It is a fact: nothing refuses it for credit's sake. Without a claim it raises <c>delivered-while-held</c>.</summary>
public sealed record RecordDelivery(string Number, DeliveryBody Body) : Command
{
    public override string Name => "recordDelivery";
    public override Subject Subject => Subject.Document("order", Number, OrderProblems.OrderUnknown);
    public override Cite? Edits => Cite.Of(OrdersFacts.Table, Number);
    public override IReadOnlyList<Cite> Cites => [Cite.Of(OrdersFacts.Table, Number)];

    public override Problem? Refuse()
    {
        if (Body.Lines.Count == 0) return KernelProblems.Invalid("lines", "must not be empty");
        for (var i = 0; i < Body.Lines.Count; i++)
            if (Body.Lines[i].Quantity.Scaled == 0) return KernelProblems.Invalid($"lines[{i}].quantity", "must be above zero");
        return null;
    }

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<Order>(Number) is not { } order) return OrderProblems.OrderUnknown.With($"order {Number} is not known.", "number");
        if (Body.Date > @case.Today) return KernelProblems.Invalid("date", $"must not be after the business date {@case.Today:yyyy-MM-dd}");
        for (var i = 0; i < Body.Lines.Count; i++)
            if (order.Lines.All(line => line.Line != Body.Lines[i].Line)) return KernelProblems.Invalid($"lines[{i}].line", $"is not a line of {Number}");

        foreach (var line in order.Lines)
            if (Body.Lines.Where(part => part.Line == line.Line).Sum(part => part.Quantity.Value) + line.Delivered.Value >= Money.Bound)
                return KernelProblems.Invalid("lines", $"must keep what is delivered of line {line.Line} below 10^13");
        if (Conversion.Refuse(order with { Lines = Deliver.Lines(order, Body.Lines) }, @case.Facts, @case.Company) is { } tooMuch) return tooMuch;
        var (after, incidents) = Deliver.Apply(Conversion.Of(order, @case.Facts, @case.Company), Body.Lines);
        after = after with { UnbilledSince = !Progress.HasUnbilled(after) ? null : order.UnbilledSince < Body.Date ? order.UnbilledSince : Body.Date };
        var place = $"{Number}:{@case.Place}";
        OrderRecord.Put(@case, after);
        @case.Put(OrdersFacts.DeliveryTable, new Delivery(place, Number, order.Customer, Body.Date, Body.Lines));
        foreach (var code in incidents)
            @case.Put(OrdersFacts.IncidentTable, new Incident(
                $"{place}:{code}", code, Number, order.Customer, Body.Date, Deliver.AmountOf(code, order, after), order.Currency, @case.Actor.ToString()));
        return null;
    }

    internal static void Map(Api api) => api.Post<DeliveryBody, DeliveryAnswer>(
        "/orders/{number}/deliveries", OrderPermissions.RecordDeliveries, "Records a delivery: a fact, whatever was decided",
        (body, request) => new RecordDelivery(request.Route("number"), body),
        (outcome, _) => DeliveryAnswer.Of(outcome.Row<Order>()!, outcome.Row<Delivery>()!, outcome.Rows.OfType<Incident>()), [OrderProblems.OrderUnknown]);
}

/// <param name="Incidents">What should not have happened: <c>delivered-while-held</c>, <c>over-delivered</c>.</param>
public sealed record DeliveryAnswer(
    string Number, string Order, OrderStatus Status, DateOnly Date, IReadOnlyList<DeliveredLine> Lines, IReadOnlyList<string> Incidents)
{
    public static DeliveryAnswer Of(Order order, Delivery delivery, IEnumerable<Incident> incidents) =>
        new(delivery.Id, order.Number, order.Status, delivery.Date, delivery.Lines, [.. incidents.Select(incident => incident.Code)]);
}

/// <summary>Converts an order once, by the rate of its own date, as soon as payer and rate are known.</summary>
public static class Conversion
{
    public static Order Of(Order order, Facts facts, Facts company)
    {
        if (order.Rate is not null || facts.Find<Parties.Rules.Customer>(order.Payer) is not { } payer) return order;
        return company.Get<RatesFacts>().Find(order.Currency, payer.Currency, order.OrderDate) is { } rate && Worth(order) * (double)rate.Factor < Bound
            ? order with { Rate = rate, CreditCurrency = payer.Currency }
            : order;
    }

    /// <summary>Refuses with <c>field-invalid</c> what is no amount any more, ordered or delivered, in the order's currency or the payer's.</summary>
    public static Problem? Refuse(Order order, Facts facts, Facts company)
    {
        var worth = Worth(order);
        if (worth >= Bound) return KernelProblems.FieldInvalid.With("lines must come to less than 10^13 in all.", "lines");
        if (facts.Find<Parties.Rules.Customer>(order.Payer) is not { } payer) return null;
        var rate = order.Rate ?? company.Get<RatesFacts>().Find(order.Currency, payer.Currency, order.OrderDate);
        return rate is { } known && worth * (double)known.Factor >= Bound
            ? KernelProblems.FieldInvalid.With($"lines must come to less than 10^13 in {order.CreditCurrency ?? payer.Currency}, the credit currency of {payer.Number}.", "lines")
            : null;
    }

    const double Bound = (double)Money.Bound;

    /// <summary>In major units, and in doubles: what is far too large passes what decimals hold.</summary>
    static double Worth(Order order) => order.Lines.Sum(line =>
        (double)Quantity.Max(line.Quantity, line.Delivered).Value * (double)line.UnitPrice.Value * (1 - ((double)line.DiscountPercent / 100)) * (1 + ((double)line.TaxRate / 100)));
}
