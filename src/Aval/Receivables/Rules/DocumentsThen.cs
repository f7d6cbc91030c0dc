namespace Aval.Receivables.Rules;

/// <summary>Documents as they stood at the end of a day, as it is known now.</summary>
public static class DocumentsThen
{
    /// <summary>Null when that day did not know the invoice, or knew nothing open of it.</summary>
    /// <param name="later">What has been settled of it (or taken back) by settlements that count only from later days.</param>
    /// <param name="atRisk">What uncleared receipts had taken of it.</param>
    public static Invoice? On(Invoice invoice, long later, long atRisk, DateOnly asOf) => Aging.AsOf(invoice, later, asOf) is { } aged
        ? invoice with { Settled = aged.Settled, AtRisk = Math.Clamp(atRisk, 0, aged.Open) }
        : null;

    /// <summary>Null when it was issued later.</summary>
    /// <param name="later">What invoices have taken of it on later days.</param>
    /// <param name="refundedLater">What refunds have paid back of it (or taken back) on later days.</param>
    public static CreditNote? On(CreditNote note, long later, long refundedLater, DateOnly asOf) =>
        note.Date > asOf ? null : note with { Applied = note.Applied - later, Refunded = note.Refunded - refundedLater };

    /// <summary>Null when it arrived later, or had gone back by then.</summary>
    /// <param name="later">What it has paid (or taken back) on later days, in its own currency.</param>
    /// <param name="withdrawnLater">What refunds and transfers have taken of it (or given back) on later days.</param>
    /// <param name="onAccount">Whether it had outlived its order by then, or somebody had put it on account.</param>
    public static Receipt? On(Receipt receipt, long later, long withdrawnLater, bool onAccount, DateOnly asOf) =>
        receipt.Date > asOf || receipt.ReturnedOn <= asOf ? null : receipt with
        {
            Status = receipt.ClearedOn <= asOf ? ReceiptStatus.Cleared : ReceiptStatus.Uncleared,
            Allocated = Math.Clamp(receipt.Allocated - later, 0, receipt.Amount), OnAccount = onAccount,
            Withdrawn = Math.Clamp(receipt.Withdrawn - withdrawnLater, 0, receipt.Amount),
        };
}
