using Aval.Disputes;
using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Policies.Rules;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Cash;

/// <summary>An invoice that was paid short, and why.</summary>
/// <param name="Dispute">The number of the dispute that the deduction becomes.</param>
/// <param name="Paid">In the invoice's currency: what the receipt pays of it.</param>
/// <param name="Deducted">In the invoice's currency; all that the payment leaves open when absent. What is left beside stays open.</param>
/// <param name="Reason">What the payer says.</param>
/// <param name="Owner">The function that is to settle it.</param>
/// <param name="Evidence">Where the proof is.</param>
public sealed record DeductionBody(
    string Dispute, string Invoice, decimal Paid, DisputeReason Reason, OwnerFunction Owner, decimal? Deducted = null, string? Note = null, string? Evidence = null);

/// <summary>What a deduction has done.</summary>
public sealed record DeductionAnswer(ReceiptAnswer Receipt, InvoiceAnswer Invoice, DisputeAnswer Dispute);

/// <summary>Pays an invoice short and opens a dispute about what the payer has left off; both or neither.</summary>
public sealed record DeductFromInvoice(string Number, DeductionBody Body) : Command
{
    public override string Name => "deductFromInvoice";
    public override IReadOnlyList<Claim> Claims => [Claim.Document(RecordDispute.Scope, Body.Dispute, new { Number, Body }, Body.Invoice)];
    public override Subject Subject => Subject.Document(PostReceipt.Scope, Number, ReceivablesProblems.ReceiptUnknown);
    public override Cite? Edits => Cite.Of(ReceivablesTables.Receipt, Number);
    public override IReadOnlyList<Cite> Cites => Allocation.Cites;
    public override Task<IReadOnlyList<string>> OtherRootsAsync(IDirectory directory, CancellationToken cancel) => Allocation.OtherRootsAsync(directory, cancel);
    public override Problem? Refuse() => Numbers.Refuse("dispute", Body.Dispute);

    public override Problem? Decide(Case @case)
    {
        if (!DisputePermissions.Record.IsGrantedTo(@case.Actor)) return KernelProblems.NotPermitted.With("A deduction opens a dispute.");
        if (Allocation.Decide(@case) is { } refusal) return At(refusal);
        var invoice = @case.Facts.Find<Invoice>(Body.Invoice)!;
        var deducted = Body.Deducted ?? new Money(invoice.Free, invoice.Currency).Major;
        if (deducted == 0) return KernelProblems.FieldInvalid.With($"paid must leave something of invoice {invoice.Number} open, or nothing is deducted.", "paid");
        var dispute = new DisputeBody(
            Body.Dispute, Body.Invoice, deducted, Body.Reason, Legitimacy.Unqualified, Body.Owner, @case.Facts.Find<Receipt>(Number)?.Date, Person: null, Body.Note,
            Body.Evidence);
        return new RecordDispute(dispute with { Date = Later(dispute.Date, invoice.Date) }) { DeductedFrom = Number }.Decide(@case) is { } refused
            ? refused.Field == "amount" ? refused.Kind.With(refused.Said, "deducted") : refused
            : null;
    }

    internal static void Map(Api api) => api.Post<DeductionBody, DeductionAnswer>(
        "/receipts/{number}/deductions", CashPermissions.Match, "Pays an invoice short and opens a dispute about what the payer has left off",
        (body, request) => new DeductFromInvoice(request.Route("number"), body),
        (outcome, _) => new DeductionAnswer(
            ReceiptAnswer.Of(outcome.Row<Receipt>()!), InvoiceAnswer.Of(outcome.Row<Invoice>()!), DisputeAnswer.Of(outcome.Row<Dispute>()!, outcome.Company!)),
        [
            ReceivablesProblems.ReceiptUnknown, ReceivablesProblems.ReceiptReturned, ReceivablesProblems.InvoiceUnknown, ReceivablesProblems.InvoiceOfAnotherRoot,
            ReceivablesProblems.DepositForAnotherOrder, ReceivablesProblems.RateUnknown, ReceivablesProblems.AllocationExceedsReceipt,
            ReceivablesProblems.AllocationExceedsInvoice, DisputeProblems.DisputeExceedsInvoice,
        ]);

    AllocateReceipt Allocation => new(Number, [new AllocationBody(Body.Invoice, Body.Paid)]);

    /// <summary>Refused in this call's words.</summary>
    static Problem At(Problem refusal) => refusal.Field switch
    {
        "[0].amount" => refusal.Kind.With(refusal.Said, "paid"),
        "[0].invoice" => refusal.Kind.With(refusal.Said, "invoice"),
        _ => refusal,
    };

    static DateOnly? Later(DateOnly? one, DateOnly other) => one > other ? one : other;
}
