using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>Turns a draft into an invoice. Of one that is issued already nothing changes.</summary>
/// <param name="Order">The order that the draft names, as read before: a draft's order never changes.</param>
public sealed record IssueInvoice(string Number, string? Order) : Command
{
    public override string Name => "issueInvoice";
    public override bool AlwaysLeavesEntry => false;
    public override Subject Subject => Subject.Document(PostInvoice.Scope, Number, ReceivablesProblems.InvoiceUnknown);
    public override IReadOnlyList<Cite> Cites => Order is null
        ? [Cite.Of(ReceivablesTables.Invoice, Number)]
        : [Cite.Of(ReceivablesTables.Invoice, Number), Cite.Of(OrdersFacts.Table, Order)];

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<Invoice>(Number) is not { } invoice) return ReceivablesProblems.InvoiceUnknown.With($"Invoice {Number} is not known.");
        if (!invoice.Draft) return null;
        var order = invoice.Order is null ? null : @case.Facts.Find<Order>(invoice.Order);
        if (invoice.Order is not null && order is null) return OrderProblems.OrderUnknown.With($"Order {invoice.Order} is not known.", "order");
        PostInvoice.Issue(@case, invoice with { Draft = false }, order);
        return null;
    }

    internal static void Map(Api api) => api.Post<Nothing, InvoiceAnswer>(
        "/invoices/{number}/issue", ReceivablesPermissions.PostInvoices, "Issues a draft: from now on it is a receivable",
        async (_, request, cancel) =>
        {
            var number = request.Route("number");
            var draft = await ReceivablesQuery.Of(request).InvoiceAsync(number, cancel);
            var (outcome, problem) = await request.SubmitAsync(new IssueInvoice(number, draft?.Order));
            return problem is not null ? problem : InvoiceAnswer.Of(outcome!.Row<Invoice>() ?? draft!);
        },
        [ReceivablesProblems.InvoiceUnknown, OrderProblems.OrderUnknown]);
}
