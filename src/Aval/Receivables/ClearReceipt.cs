using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <param name="Date">The day from which the money is ours: from the receipt's to the business date.</param>
public sealed record ClearBody(DateOnly Date);

/// <summary>The money has come: what it paid is settled, the rest is unapplied or a deposit. A receipt that is cleared already stays as it is.</summary>
public sealed record ClearReceipt(string Number, ClearBody Body, ReceiptTrail Trail) : Command
{
    public override string Name => "clearReceipt";
    public override bool AlwaysLeavesEntry => false;
    public override Subject Subject => Subject.Document(PostReceipt.Scope, Number, ReceivablesProblems.ReceiptUnknown);
    public override IReadOnlyList<Cite> Cites => Trail.Cites(Number);
    public override Task<IReadOnlyList<string>> OtherRootsAsync(IDirectory directory, CancellationToken cancel) => Trail.RootsAsync(directory, cancel);

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<Receipt>(Number) is not { } receipt) return ReceivablesProblems.ReceiptUnknown.With($"Receipt {Number} is not known.");
        if (receipt.Status == ReceiptStatus.Cleared) return null;
        if (receipt.Status == ReceiptStatus.Returned) return ReceivablesProblems.ReceiptReturned.With($"Receipt {Number} was returned on {receipt.ReturnedOn:yyyy-MM-dd}.");
        if (Body.Date < receipt.Date || Body.Date > @case.Today)
            return KernelProblems.FieldInvalid.With($"date must be from {receipt.Date:yyyy-MM-dd}, the receipt's, to the business date {@case.Today:yyyy-MM-dd}.", "date");
        if (ReceiptTrail.Find(@case, receipt) is not { } paid) return KernelProblems.VersionStale.With($"Receipt {Number} has paid more meanwhile.");
        foreach (var (root, settlement, _) in paid)
        {
            // The same invoice may have been paid twice, so it is looked at as the last settlement left it.
            var cleared = Settling.Clear(settlement, @case.Of(root).Find<Invoice>(settlement.Invoice)!, Body.Date);
            @case.Put(ReceivablesTables.Invoice, cleared.Invoice, root);
            @case.Put(ReceivablesTables.Settlement, cleared.Settlement, root);
            Behaviours.Note(@case, Paid.By(cleared.Settlement, cleared.Invoice), root);
        }

        @case.Put(ReceivablesTables.Receipt, receipt with { Status = ReceiptStatus.Cleared, ClearedOn = Body.Date });
        if (receipt.DepositFor is not null) PostReceipt.Earmark(@case, receipt.DepositFor);
        return null;
    }

    internal static void Map(Api api) => api.Post<ClearBody, ReceiptAnswer>(
        "/receipts/{number}/clear", ReceivablesPermissions.RecordReceipts, "Clears a receipt: the money is ours; one that is cleared already stays as it is",
        (body, request, cancel) => ReceiptTrail.FollowAsync(request, trail => new ClearReceipt(request.Route("number"), body, trail), cancel),
        [ReceivablesProblems.ReceiptUnknown, ReceivablesProblems.ReceiptReturned, KernelProblems.VersionStale]);
}
