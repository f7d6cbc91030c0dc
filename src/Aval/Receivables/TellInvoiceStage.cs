using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Parties;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>What somebody tells of an invoice on its way.</summary>
/// <param name="Date">The day on which it came there: from the invoice's, and not before what was told last, to the business date, which is the default.</param>
/// <param name="Reason">Why it was rejected, or what was corrected; required for a rejection.</param>
/// <param name="Fault">Through whose error it was rejected; required for a rejection, and for nothing else.</param>
public sealed record InvoiceStageBody(InvoiceStage Status, DateOnly? Date = null, string? Reason = null, RejectionFault? Fault = null);

/// <summary>Records how far an invoice has come at the customer's. From then on every invoice to its payer is followed from its issue.</summary>
public sealed record TellInvoiceStage(string Number, InvoiceStageBody Body) : Command
{
    public override string Name => "tellInvoiceStage";
    public override Subject Subject => Subject.Document(PostInvoice.Scope, Number, ReceivablesProblems.InvoiceUnknown);
    public override IReadOnlyList<Cite> Cites => [Cite.Of(ReceivablesTables.Invoice, Number)];

    public override Problem? Refuse() => Body switch
    {
        { Reason: not null } when string.IsNullOrWhiteSpace(Body.Reason) => Invalid("reason", "must not be empty"),
        { Status: InvoiceStage.Rejected, Reason: null } => Invalid("reason", "is required for a rejection"),
        { Status: InvoiceStage.Rejected, Fault: null } => Invalid("fault", "is required for a rejection"),
        { Status: not InvoiceStage.Rejected, Fault: not null } => Invalid("fault", "goes with a rejection only"),
        _ => null,
    };

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<Invoice>(Number) is not { } invoice) return ReceivablesProblems.InvoiceUnknown.With($"Invoice {Number} is not known.");
        if (invoice.Draft || !InvoiceLife.MayFollow(invoice.Life, Body.Status))
            return ReceivablesProblems.StageOutOfOrder.With($"Invoice {Number} is {StageOf(invoice)}.", "status");
        var date = Body.Date ?? @case.Today;
        var first = invoice.Life?.Date > invoice.Date ? invoice.Life.Date : invoice.Date;
        if (date > @case.Today || date < first) return Invalid("date", $"must be from {first:yyyy-MM-dd} to the business date {@case.Today:yyyy-MM-dd}");
        @case.Reason = Body.Reason;
        @case.Put(ReceivablesTables.Invoice, invoice with
        {
            Life = new InvoiceLife(Body.Status, date, Body.Reason, Body.Fault), DueDate = InvoiceLife.DueAfter(invoice, Body.Status, date),
        });
        // A payer who has not been entered is waited for at several roots: its invoices are followed once it is there.
        if (!@case.Facts.Get<ReceivablesFacts>().Tracks(invoice.Payer) && @case.Facts.Get<PartiesFacts>().Customers.ContainsKey(invoice.Payer))
            @case.Put(ReceivablesTables.Tracking, new InvoiceTracking(invoice.Payer, @case.Today));
        return null;
    }

    internal static void Map(Api api) => api.Post<InvoiceStageBody, InvoiceAnswer>(
        "/invoices/{number}/status", ReceivablesPermissions.TellInvoiceStages, "Tells how far an invoice has come: sent, received, approved, rejected, corrected",
        (body, request) => new TellInvoiceStage(request.Route("number"), body), (outcome, _) => InvoiceAnswer.Of(outcome.Row<Invoice>()!),
        [ReceivablesProblems.InvoiceUnknown, ReceivablesProblems.StageOutOfOrder]);

    static string StageOf(Invoice invoice) => invoice.Draft ? "a draft" : Kernel.Storage.Words.Of(invoice.Life?.Stage ?? InvoiceStage.Issued);

    static Problem Invalid(string field, Wording rule) => KernelProblems.FieldInvalid.With($"{field} {rule}.", field);
}
