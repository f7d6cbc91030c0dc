using Aval.Kernel;

namespace Aval.Receivables;

/// <summary>How calls about invoices, credit notes, receipts and write-offs are refused, in order of precedence.</summary>
public static class ReceivablesProblems
{
    public static readonly ProblemKind OwnDocument = new("own-document", 403, "Nobody credits what they ordered",
        "Ask somebody else who has the right.");
    public static readonly ProblemKind InvoiceUnknown = new("invoice-unknown", 404, "There is no such invoice",
        "Post the invoice with POST /invoices, or correct the number.")
        { OnScreens = "Check the number." };
    public static readonly ProblemKind CreditNoteUnknown = new("credit-note-unknown", 404, "There is no such credit note",
        "Post the credit note with POST /credit-notes, or correct the number.")
        { OnScreens = "Check the number." };
    public static readonly ProblemKind ReceiptUnknown = new("receipt-unknown", 404, "There is no such receipt",
        "Record the receipt with POST /receipts, or correct the number.")
        { OnScreens = "Check the number." };
    public static readonly ProblemKind WriteOffUnknown = new("write-off-unknown", 404, "There is no such write-off",
        "Correct the number.")
        { OnScreens = "Check the number." };
    public static readonly ProblemKind RefundUnknown = new("refund-unknown", 404, "There is no such refund",
        "Correct the number; GET /receipts/{number}/withdrawals lists the refunds of a receipt, GET /credit-notes/{number}/withdrawals those of a credit note.")
        { OnScreens = "Check the number." };
    public static readonly ProblemKind TransferUnknown = new("transfer-unknown", 404, "There is no such transfer",
        "Correct the number; GET /receipts/{number}/withdrawals lists the transfers of a receipt.")
        { OnScreens = "Check the number." };
    public static readonly ProblemKind ExchangeDifferenceUnknown = new("exchange-difference-unknown", 404, "There is no such exchange difference",
        "Correct the number; GET /receipts/{number}/exchange-differences lists those of a receipt.")
        { OnScreens = "Check the number." };
    public static readonly ProblemKind InvoiceOfAnotherRoot = new("invoice-of-another-root", 422, "The invoice belongs to another group of customers",
        "Allocate to invoices of the receipt's own payer or group; POST /transfers moves the money when it is another payer's.")
        { OnScreens = "Allocate to invoices of the receipt's own payer or group; a transfer moves the money when it is another payer's." };
    public static readonly ProblemKind ReceiptReturned = new("receipt-returned", 409, "The receipt was returned",
        "Record the money that came instead as a new receipt.");
    public static readonly ProblemKind MoneyPassedOn = new("money-passed-on", 409, "Money of the receipt was refunded or transferred",
        "Take that back first, with POST /refunds/{number}/reversals or POST /transfers/{number}/reversals.")
        { OnScreens = "Take the refund or the transfer back first." };
    public static readonly ProblemKind WithdrawalReversed = new("withdrawal-reversed", 409, "It was taken back, or takes another one back",
        "Record a new refund or transfer when the money shall go again.");
    public static readonly ProblemKind MoneyNotAtHand = new("money-not-at-hand", 409, "The money has not cleared, or an order waits for it",
        "Clear the receipt with POST /receipts/{number}/clear; what outlives the order of a deposit becomes on-account money.")
        { OnScreens = "Wait until the receipt has cleared; what outlives the order of a deposit becomes on-account money." };
    public static readonly ProblemKind WriteOffBeyondRight = new("write-off-beyond-right", 403, "More is written off than you may",
        "Write off less, or ask finance; policy's cashApplication.writeOffUpTo says how much of an invoice may be written off in all without it.")
        { OnScreens = "Write off less, or ask finance: policy says how much of an invoice may be written off in all without it." };
    public static readonly ProblemKind DepositForAnotherOrder = new("deposit-for-another-order", 422, "The deposit serves another order",
        "Allocate it to invoices of its own order; what outlives the order becomes on-account money, which any invoice can take.");
    public static readonly ProblemKind StageOutOfOrder = new("stage-out-of-order", 409, "The invoice cannot come to that stage from where it is",
        "See what GET /invoices/{number} shows as its life; a rejected invoice is corrected or approved next.")
        { OnScreens = "See the life of the invoice; a rejected one is corrected or approved next." };
    public static readonly ProblemKind RateUnknown = new("rate-unknown", 422, "No rate is known between the two currencies",
        "Enter the rate of the receipt's day or an earlier one with PUT /rates/{date}.")
        { OnScreens = "Have the rate of the receipt's day or an earlier one entered." };
    public static readonly ProblemKind AllocationExceedsReceipt = new("allocation-exceeds-receipt", 422, "More is allocated than is left of the receipt",
        "Allocate at most what GET /receipts/{number} shows as open.")
        { OnScreens = "Allocate at most what is open of the receipt." };
    public static readonly ProblemKind AllocationExceedsInvoice = new("allocation-exceeds-invoice", 422, "More is taken from the invoice than is left of it",
        "Take at most what GET /invoices/{number} shows as free: open, and not at risk in an uncleared receipt.")
        { OnScreens = "Take at most what is free of the invoice: open, and not at risk in an uncleared receipt." };

    public static readonly ProblemKind ExceedsUnapplied = new("exceeds-unapplied", 422, "More is asked for than has found no invoice",
        "Ask for at most what GET /receipts/{number}, or GET /credit-notes/{number}, shows as open.")
        { OnScreens = "Ask for at most what is open of it." };

    public static IReadOnlyList<ProblemKind> All { get; } =
    [
        OwnDocument,
        InvoiceUnknown, CreditNoteUnknown, ReceiptUnknown, WriteOffUnknown, RefundUnknown, TransferUnknown, ExchangeDifferenceUnknown, InvoiceOfAnotherRoot, ReceiptReturned,
        MoneyPassedOn, WithdrawalReversed, MoneyNotAtHand, WriteOffBeyondRight, DepositForAnotherOrder, StageOutOfOrder, RateUnknown, AllocationExceedsReceipt,
        AllocationExceedsInvoice, ExceedsUnapplied,
    ];
}
