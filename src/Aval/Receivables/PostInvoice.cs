using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Parties;
using Aval.Policies.Rules;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>An invoice as posted.</summary>
/// <param name="Customer">The customer who ordered, or the payer.</param>
/// <param name="Amount">Tax included.</param>
/// <param name="Order">The order it bills, in whose currency it is; null when there is none.</param>
/// <param name="Lines">What it bills of the order. Without lines it bills what is delivered first, then what is open, up to the amount.</param>
/// <param name="Draft">A draft adds to nothing until it is issued.</param>
/// <param name="Charge">What it asks for; principal when absent.</param>
public sealed record InvoiceBody(
    string Number, string Customer, DateOnly Date, DateOnly DueDate, Currency Currency, decimal Amount, string? Order = null, IReadOnlyList<InvoiceLine>? Lines = null,
    bool Draft = false, Charge? Charge = null);

/// <summary>Posts an invoice: never checked, since goods that were delivered can always be invoiced.</summary>
public sealed record PostInvoice(InvoiceBody Body) : Command
{
    public const string Scope = "invoice";

    public override string Name => "postInvoice";
    public override IReadOnlyList<Claim> Claims => [Claim.Document(Scope, Body.Number, Body, Body.Customer)];
    public override Subject Subject => Subject.Party(Body.Customer, PartyProblems.CustomerUnknown);
    public override IReadOnlyList<Cite> Cites => Body.Order is null ? [] : [Cite.Of(OrdersFacts.Table, Body.Order)];

    /// <summary>What bills an order finds it as those before have left it.</summary>
    public override bool StandsAlone => Body.Order is null;

    public override Problem? Refuse()
    {
        if (Numbers.Refuse("number", Body.Number) is { } badNumber) return badNumber;
        if (Amounts.Refuse("amount", Body.Amount, Body.Currency) is { } badAmount) return badAmount;
        if (Body.DueDate < Body.Date) return KernelProblems.Invalid("dueDate", "must not be before the date");
        if (Body.Lines is not { Count: > 0 } lines) return null;
        if (Body.Order is null) return KernelProblems.Invalid("order", "is missing: lines are those of an order");
        for (var i = 0; i < lines.Count; i++)
            if (lines[i].Quantity.Scaled == 0) return KernelProblems.Invalid($"lines[{i}].quantity", "must be above zero");
        return null;
    }

    public override Problem? Decide(Case @case)
    {
        var understood = Understand(@case);
        if (understood.Value is not var (debtor, order)) return understood.Problem;
        @case.ClaimParty = debtor.Party;
        var invoice = new Invoice(
            Body.Number, Body.Customer, debtor.Payer, Body.Order, Body.Date, Body.DueDate, Body.Currency, Money.Of(Body.Amount, Body.Currency).Minor,
            debtor.CreditCurrency, debtor.RateOn(Body.Date, Body.Currency, @case.Company), Body.Lines ?? [], Body.Draft, Settled: 0, AtRisk: 0, Marks: [])
        {
            Charge = Body.Charge ?? Charge.Principal,
        };
        if (Body.Draft) @case.Put(ReceivablesTables.Invoice, invoice);
        else Issue(@case, invoice, order);
        return null;
    }

    public override Problem? WouldRefuse(Case @case) => Understand(@case).Problem;

    /// <summary>Whose debt it is and which order it bills; or why it cannot be posted.</summary>
    Answered<Bill> Understand(Case @case)
    {
        if (DocumentDate.Refuse(Body.Date, @case.Today) is { } early) return early;
        if (Debtor.Of(@case.Facts, Body.Customer) is not { } debtor)
            return PartyProblems.CustomerUnknown.With($"Customer {Body.Customer} is not known.", "customer");
        Order? order = null;
        if (Body.Order is not null)
        {
            order = @case.Facts.Find<Order>(Body.Order);
            if (order is null) return OrderProblems.OrderUnknown.With($"Order {Body.Order} is not known among those of {Body.Customer} and its group.", "order");
            if (Refuse(order) is { } refusal) return refusal;
            debtor = debtor.Of(@case.Facts, order);
        }

        return debtor.RefuseAmount(Body.Date, Money.Of(Body.Amount, Body.Currency), @case.Company) is { } tooLarge ? tooLarge : new Bill(debtor, order);
    }

    /// <summary>Makes the invoice a receivable: its order is billed, and deposits for the order are taken at once.</summary>
    internal static void Issue(Case @case, Invoice invoice, Order? order)
    {
        if (@case.Facts.Get<ReceivablesFacts>().Tracks(invoice.Payer)) invoice = invoice with { Life = new InvoiceLife(InvoiceStage.Issued, invoice.Date) };
        if (order is null)
        {
            @case.Put(ReceivablesTables.Invoice, invoice);
            return;
        }

        var taken = Billing.Bill(order, invoice.Amount, invoice.Lines);
        var (billed, over) = taken;
        if (over && !billed.Marks.Contains(Billing.OverInvoiced)) billed = billed with { Marks = [.. billed.Marks, Billing.OverInvoiced] };
        OrderRecord.Put(@case, billed);
        @case.Put(ReceivablesTables.Invoice, over ? invoice with { Marks = [.. invoice.Marks, Billing.OverInvoiced] } : invoice);
        if (over)
            @case.Put(OrdersFacts.IncidentTable, new Incident(
                $"{order.Number}:{@case.Place}:{Incident.OverInvoiced}", Incident.OverInvoiced, order.Number, order.Customer, invoice.Date, taken.Excess,
                order.Currency, @case.Actor.ToString()));
        Deposits.Serve(@case, order.Number);
    }

    internal static void Map(Api api)
    {
        api.Post<InvoiceBody, InvoiceAnswer>(
            "/invoices", ReceivablesPermissions.PostInvoices, "Posts an invoice, or a draft of one; it bills its order and takes the deposits for it",
            (body, _) => new PostInvoice(body), (outcome, _) => InvoiceAnswer.Of(outcome.Row<Invoice>()!), [PartyProblems.CustomerUnknown, OrderProblems.OrderUnknown]);
        api.Get<InvoiceAnswer>(
            "/invoices/{number}", ReceivablesPermissions.Read, "An invoice and what is open of it",
            async (request, cancel) => await ReceivablesQuery.Of(request).InvoiceAsync(request.Route("number"), cancel) is { } invoice
                ? InvoiceAnswer.Of(invoice)
                : ReceivablesProblems.InvoiceUnknown.With($"Invoice {request.Route("number")} is not known.", "number"),
            problems: [ReceivablesProblems.InvoiceUnknown]);
    }

    Problem? Refuse(Order order)
    {
        if (order.Customer != Body.Customer && order.Payer != Body.Customer)
            return KernelProblems.Invalid("customer", $"must be {order.Customer}, who ordered, or the payer {order.Payer}");
        if (order.Currency != Body.Currency) return KernelProblems.Invalid("currency", $"must be {order.Currency}, the currency of order {order.Number}");
        for (var i = 0; i < Body.Lines?.Count; i++)
            if (!order.Lines.Any(line => line.Line == Body.Lines[i].Line)) return KernelProblems.Invalid($"lines[{i}].line", $"is no line of order {order.Number}");
        return null;
    }

    sealed record Bill(Debtor Debtor, Order? Order);
}
