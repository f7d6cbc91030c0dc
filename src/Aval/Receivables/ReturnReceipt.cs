using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <param name="Date">The day on which it went back: from the receipt's to the business date.</param>
public sealed record ReturnBody(DateOnly Date, string Reason);

/// <summary>The money went back, cleared or not: what it paid is open again. A receipt that was returned already stays as it is.</summary>
public sealed record ReturnReceipt(string Number, ReturnBody Body, ReceiptTrail Trail) : Command
{
    public override string Name => "returnReceipt";
    public override bool AlwaysLeavesEntry => false;
    public override Subject Subject => Subject.Document(PostReceipt.Scope, Number, ReceivablesProblems.ReceiptUnknown);
    public override IReadOnlyList<Cite> Cites => Trail.Cites(Number);
    public override Task<IReadOnlyList<string>> OtherRootsAsync(IDirectory directory, CancellationToken cancel) => Trail.RootsAsync(directory, cancel);

    public override Problem? Refuse() =>
        string.IsNullOrWhiteSpace(Body.Reason) ? KernelProblems.FieldInvalid.With("reason must not be empty.", "reason") : null;

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<Receipt>(Number) is not { } receipt) return ReceivablesProblems.ReceiptUnknown.With($"Receipt {Number} is not known.");
        if (receipt.Status == ReceiptStatus.Returned) return null;
        if (Body.Date < receipt.Date || Body.Date > @case.Today)
            return KernelProblems.FieldInvalid.With($"date must be from {receipt.Date:yyyy-MM-dd}, the receipt's, to the business date {@case.Today:yyyy-MM-dd}.", "date");
        if (ReceiptTrail.Find(@case, receipt) is not { } paid) return KernelProblems.VersionStale.With($"Receipt {Number} has paid more meanwhile.");
        @case.Reason = Body.Reason;
        foreach (var (root, settlement, _) in paid)
        {
            // The same invoice may have been paid twice, so it is looked at as the last settlement left it.
            var returned = Settling.Return(receipt, settlement, @case.Of(root).Find<Invoice>(settlement.Invoice)!, Body.Date, Body.Reason);
            receipt = returned.Receipt;
            @case.Put(ReceivablesTables.Invoice, returned.Invoice, root);
            if (returned.Was != settlement) @case.Put(ReceivablesTables.Settlement, returned.Was, root);
            @case.Put(ReceivablesTables.Settlement, returned.Back, root);
            Behaviours.Note(@case, Paid.Back(settlement, returned.Invoice), root);
        }

        @case.Put(ReceivablesTables.Receipt, receipt with { Status = ReceiptStatus.Returned, ReturnedOn = Body.Date });
        return null;
    }

    internal static void Map(Api api) => api.Post<ReturnBody, ReceiptAnswer>(
        "/receipts/{number}/return", ReceivablesPermissions.RecordReceipts, "Returns a receipt: what it paid is open again; one that was returned already stays as it is",
        (body, request, cancel) => ReceiptTrail.FollowAsync(request, trail => new ReturnReceipt(request.Route("number"), body, trail), cancel),
        [ReceivablesProblems.ReceiptUnknown, KernelProblems.VersionStale]);
}
