using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>Money that we pay back, as recorded.</summary>
/// <param name="Amount">In the currency of the receipt or credit note; at most what is open of it.</param>
/// <param name="Receipt">Of which is paid back what has found no invoice; or a credit note is named.</param>
/// <param name="CreditNote">Of which is paid back what no invoice has taken.</param>
/// <param name="Date">From the day on which the receipt cleared, or of the credit note, to the business date, which is the default.</param>
public sealed record RefundBody(string Number, decimal Amount, string Reason, string? Receipt = null, string? CreditNote = null, DateOnly? Date = null)
{
    internal Problem? Refuse() => Numbers.Refuse("number", Number)
        ?? (Receipt is null == CreditNote is null ? KernelProblems.Invalid("receipt", "or creditNote must be named, and one of them alone") : null)
        ?? (string.IsNullOrWhiteSpace(Reason) ? KernelProblems.FieldInvalid.With("reason must not be empty.", "reason") : null);
}

/// <summary>Pays back what has found no invoice. The document stays; a mistake is taken back by another one.</summary>
public sealed record RefundReceipt(RefundBody Body) : Command
{
    public const string Scope = "refund";

    string Receipt => Body.Receipt ?? "";

    public override string Name => "refundReceipt";

    // Whose it is, only the receipt tells: the decision puts its payer in the place of its number.
    public override IReadOnlyList<Claim> Claims => [Claim.Document(Scope, Body.Number, Body, Receipt)];
    public override Subject Subject => Subject.Document(PostReceipt.Scope, Receipt, ReceivablesProblems.ReceiptUnknown);
    public override Cite? Edits => Cite.Of(ReceivablesTables.Receipt, Receipt);
    public override IReadOnlyList<Cite> Cites => [Cite.Of(ReceivablesTables.Receipt, Receipt)];

    public override Problem? Refuse() => Body.Refuse();

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<Receipt>(Receipt) is not { } receipt)
            return ReceivablesProblems.ReceiptUnknown.With($"Receipt {Receipt} is not known.", "receipt");
        var date = Body.Date ?? @case.Today;
        if (MoneyAtHand.Refuse(receipt, Body.Amount, date, @case.Today, out var amount) is { } refusal) return refusal;
        @case.ClaimParty = receipt.Payer;
        @case.Reason = Body.Reason;
        var (left, refund) = Withdrawal.Of(WithdrawalKind.Refund, Body.Number, receipt, amount, to: null, date, Body.Reason);
        @case.Put(ReceivablesTables.Receipt, left);
        @case.Put(ReceivablesTables.Withdrawal, refund);
        return null;
    }

    internal static void Map(Api api)
    {
        api.Post<RefundBody, WithdrawalAnswer>(
            "/refunds", ReceivablesPermissions.Refund, "Pays back money that has found no invoice, or what no invoice has taken of a credit note",
            (body, _) => body.CreditNote is null ? new RefundReceipt(body) : new RefundCreditNote(body), (outcome, _) => WithdrawalAnswer.Of(outcome.Row<Withdrawal>()!),
            [
                ReceivablesProblems.CreditNoteUnknown, ReceivablesProblems.ReceiptUnknown, ReceivablesProblems.ReceiptReturned, ReceivablesProblems.MoneyNotAtHand,
                ReceivablesProblems.ExceedsUnapplied,
            ]);
        api.Get<WithdrawalAnswer>(
            "/refunds/{number}", ReceivablesPermissions.Read, "A refund",
            async (request, cancel) => await WithdrawalsQuery.FindAsync(request.Store, WithdrawalKind.Refund, request.Route("number"), cancel) is { } refund
                ? WithdrawalAnswer.Of(refund)
                : ReceivablesProblems.RefundUnknown.With($"Refund {request.Route("number")} is not known.", "number"),
            problems: [ReceivablesProblems.RefundUnknown]);
        api.Get<IReadOnlyList<WithdrawalAnswer>>(
            "/receipts/{number}/withdrawals", ReceivablesPermissions.Read, "What refunds and transfers have taken of a receipt, and what took them back",
            async (request, cancel) =>
            {
                var number = request.Route("number");
                if (await ReceivablesQuery.Of(request).ReceiptAsync(number, cancel) is null)
                    return ReceivablesProblems.ReceiptUnknown.With($"Receipt {number} is not known.", "number");
                return (await WithdrawalsQuery.OfReceiptAsync(request.Store, number, cancel)).Select(WithdrawalAnswer.Of).ToArray();
            },
            problems: [ReceivablesProblems.ReceiptUnknown]);
    }
}

/// <summary>Money that may go elsewhere: it is ours, no order waits for it, and no invoice has taken it.</summary>
static class MoneyAtHand
{
    /// <param name="amount">Minor units of the receipt's currency, where it is not refused.</param>
    public static Problem? Refuse(Receipt receipt, decimal asked, DateOnly date, DateOnly today, out long amount)
    {
        amount = 0;
        if (receipt.Status == ReceiptStatus.Returned)
            return ReceivablesProblems.ReceiptReturned.With($"Receipt {receipt.Number} was returned on {receipt.ReturnedOn:yyyy-MM-dd}.");
        if (!receipt.IsAtHand) return RefuseNotAtHand(receipt);
        if (date < receipt.ClearedOn || date > today)
            return KernelProblems.FieldInvalid.With(
                $"date must be from {receipt.ClearedOn:yyyy-MM-dd}, when the receipt cleared, to the business date {today:yyyy-MM-dd}.", "date");
        if (!Amounts.TryOf(asked, receipt.Currency, out amount)) return Amounts.Refuse("amount", asked, receipt.Currency);
        return amount <= receipt.Open ? null : ReceivablesProblems.ExceedsUnapplied.With(
            $"Receipt {receipt.Number} has {new Money(receipt.Open, receipt.Currency)} that has found no invoice, less than {asked}.", "amount");
    }

    public static Problem RefuseNotAtHand(Receipt receipt) => ReceivablesProblems.MoneyNotAtHand.With(receipt.DepositFor is { } order
        ? (Wording)$"Receipt {receipt.Number} is a deposit for order {order}."
        : $"Receipt {receipt.Number} has not cleared.");
}
