using Aval.Access;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Parties;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>Money that is another payer's, as recorded.</summary>
/// <param name="Number">Of the transfer, and of the receipt that it makes.</param>
/// <param name="To">Whose it is; money of a customer that somebody else pays for counts as that payer's.</param>
/// <param name="Amount">In the receipt's currency; all that has found no invoice when absent.</param>
/// <param name="Date">From the day on which the receipt cleared to the business date, which is the default.</param>
public sealed record TransferBody(string Number, string Receipt, string To, string Reason, decimal? Amount = null, DateOnly? Date = null);

/// <summary>Moves money that has found no invoice to another payer, of any group: there it is a receipt of its own, paid on the same day, which its matches then find.</summary>
public sealed record TransferReceipt(TransferBody Body) : Command
{
    public const string Scope = "transfer";

    public override string Name => "transferReceipt";
    public override IReadOnlyList<Claim> Claims =>
        [Claim.Document(Scope, Body.Number, Body, Body.To), Claim.Document(PostReceipt.Scope, Body.Number, Body, Body.To)];
    public override Subject Subject => Subject.Document(PostReceipt.Scope, Body.Receipt, ReceivablesProblems.ReceiptUnknown);
    public override Cite? Edits => Cite.Of(ReceivablesTables.Receipt, Body.Receipt);
    public override IReadOnlyList<Cite> Cites => [Cite.Of(ReceivablesTables.Receipt, Body.Receipt)];

    public override async Task<IReadOnlyList<string>> OtherRootsAsync(IDirectory directory, CancellationToken cancel) =>
        await directory.RootOfAsync(Body.To, cancel) is { } root ? [root] : [];

    public override Problem? Refuse() => Numbers.Refuse("number", Body.Number)
        ?? (string.IsNullOrWhiteSpace(Body.Reason) ? KernelProblems.FieldInvalid.With("reason must not be empty.", "reason") : null);

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<Receipt>(Body.Receipt) is not { } receipt)
            return ReceivablesProblems.ReceiptUnknown.With($"Receipt {Body.Receipt} is not known.", "receipt");
        var (root, debtor) = @case.Roots.Select(root => (Root: root, Debtor: Debtor.Of(@case.Of(root), Body.To))).FirstOrDefault(at => at.Debtor is not null);
        if (debtor is null) return PartyProblems.CustomerUnknown.With($"Customer {Body.To} is not known.", "to");
        if (debtor.Payer == receipt.Payer) return KernelProblems.FieldInvalid.With($"to must not be {receipt.Payer}, whose money it is.", "to");
        var date = Body.Date ?? @case.Today;
        var asked = Body.Amount ?? new Money(receipt.Open, receipt.Currency).Major;
        if (asked == 0) return ReceivablesProblems.ExceedsUnapplied.With($"All of receipt {receipt.Number} has found its invoices.");
        if (MoneyAtHand.Refuse(receipt, asked, date, @case.Today, out var amount) is { } refusal) return refusal;
        if (debtor.RefuseAmount(receipt.Date, new Money(amount, receipt.Currency), @case.Company) is { } tooLarge) return tooLarge;
        @case.ClaimParty = debtor.Party;
        @case.Reason = Body.Reason;
        var (left, transfer) = Withdrawal.Of(WithdrawalKind.Transfer, Body.Number, receipt, amount, debtor.Payer, date, Body.Reason);
        @case.Put(ReceivablesTables.Receipt, left);
        @case.Put(ReceivablesTables.Withdrawal, transfer);
        @case.Put(ReceivablesTables.Receipt, new Receipt(
            Body.Number, debtor.Payer, receipt.Date, receipt.Currency, amount, receipt.Reference, ReceiptStatus.Cleared, DepositFor: null, debtor.CreditCurrency,
            debtor.RateOn(receipt.Date, receipt.Currency, @case.Company), Allocated: 0, OnAccount: false)
            {
                ClearedOn = date, TransferredFrom = receipt.Number, RecordedBy = Separation.HandsOf(@case.Actor, receipt.RecordedBy),
            }, root);
        return null;
    }

    internal static void Map(Api api) => api.Get<WithdrawalAnswer>(
        "/transfers/{number}", ReceivablesPermissions.Read, "A transfer",
        async (request, cancel) => await WithdrawalsQuery.FindAsync(request.Store, WithdrawalKind.Transfer, request.Route("number"), cancel) is { } transfer
            ? WithdrawalAnswer.Of(transfer)
            : ReceivablesProblems.TransferUnknown.With($"Transfer {request.Route("number")} is not known.", "number"),
        problems: [ReceivablesProblems.TransferUnknown]);
}
