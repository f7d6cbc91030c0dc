using Aval.Kernel;
using Aval.Policies.Rules;
using Aval.Rates.Rules;

namespace Aval.Receivables.Rules;

/// <summary>An amount that somebody owes us, due on a day. Immutable but for what has been settled of it.</summary>
/// <param name="Customer">The customer it names: the one who ordered, or the payer.</param>
/// <param name="Payer">Whose debt it is.</param>
/// <param name="Order">The order it bills; null when there is none.</param>
/// <param name="Amount">Minor units of <paramref name="Currency"/>, tax included.</param>
/// <param name="Settled">Minor units that cleared receipts, credit notes and write-offs have taken.</param>
/// <param name="AtRisk">Minor units that uncleared receipts have taken: still owed.</param>
/// <param name="Lines">What it bills of the order's lines; empty when it names none.</param>
/// <param name="Draft">A draft adds to nothing.</param>
/// <param name="Marks"><c>over-invoiced</c> where it billed more than the order had.</param>
public sealed record Invoice(
    string Number,
    string Customer,
    string Payer,
    string? Order,
    DateOnly Date,
    DateOnly DueDate,
    Currency Currency,
    long Amount,
    Currency? CreditCurrency,
    StoredRate? Rate,
    IReadOnlyList<InvoiceLine> Lines,
    bool Draft,
    long Settled,
    long AtRisk,
    IReadOnlyList<string> Marks)
{
    /// <summary>The latest day on which something counted as settled; null while nothing has. Aging as of that day or later leaves a closed invoice unread.</summary>
    public DateOnly? LastSettled { get; init; }

    /// <summary>What of it is disputed, promised to be paid or promised to be credited; disputes that are over too.</summary>
    public IReadOnlyList<InvoicePart> Parts { get; init; } = [];

    /// <summary>The last that was told of its way to the customer; null while nothing was.</summary>
    public InvoiceLife? Life { get; init; }

    public Charge Charge { get; init; }

    /// <summary>All who had a hand in what receipts pay of it, one a line; null where nobody had, and on old records.</summary>
    public string? ReceiptsBy { get; init; }

    /// <summary>Minor units written off by hand under the right that policy bounds; 0 on old records.</summary>
    public long WrittenOff { get; init; }

    /// <summary>Minor units not settled, uncleared receipts or not.</summary>
    public long Open => Amount - Settled;

    /// <summary>Minor units that a receipt, credit note or write-off may still take; nothing of a draft.</summary>
    public long Free => Draft ? 0 : Open - AtRisk;

    public bool IsOpen => !Draft && Open > 0;
}

public sealed record InvoiceLine(int Line, Quantity Quantity);

/// <summary>An amount we owe back. What no invoice has taken is an open credit note.</summary>
public sealed record CreditNote(
    string Number, string Customer, string Payer, string? Invoice, DateOnly Date, Currency Currency, long Amount, Currency? CreditCurrency, StoredRate? Rate, long Applied)
{
    /// <summary>Minor units that refunds have paid back.</summary>
    public long Refunded { get; init; }

    public long Open => Amount - Applied - Refunded;
}

public enum ReceiptStatus { Uncleared, Cleared, Returned }

/// <summary>Money that arrived. What is allocated has found its invoice; a deposit is earmarked to one order; the rest is unapplied.</summary>
/// <param name="DepositFor">The one order it serves; null when it is no deposit. When that order is gone, the rest is on account.</param>
/// <param name="Allocated">Minor units that have found their invoices.</param>
/// <param name="OnAccount">True once somebody, or the end of its order, has made the rest money on account.</param>
public sealed record Receipt(
    string Number,
    string Payer,
    DateOnly Date,
    Currency Currency,
    long Amount,
    string? Reference,
    ReceiptStatus Status,
    string? DepositFor,
    Currency? CreditCurrency,
    StoredRate? Rate,
    long Allocated,
    bool OnAccount)
{
    /// <summary>Null while uncleared, and for one that was returned before it cleared.</summary>
    public DateOnly? ClearedOn { get; init; }

    public DateOnly? ReturnedOn { get; init; }

    /// <summary>All who had a hand in recording it, one a line; null where the bootstrap key or a rule did, and on old records.</summary>
    public string? RecordedBy { get; init; }

    /// <summary>How many settlements it has made, those taken back among them: it numbers the next one.</summary>
    public long Settlements { get; init; }

    /// <summary>Minor units that refunds and transfers have taken.</summary>
    public long Withdrawn { get; init; }

    /// <summary>The receipt that transferred money came with; null for money that the bank brought.</summary>
    public string? TransferredFrom { get; init; }

    public long Open => Status == ReceiptStatus.Returned ? 0 : Amount - Allocated - Withdrawn;

    /// <summary>Money that is ours and earmarked to nothing: it may go elsewhere.</summary>
    public bool IsAtHand => Status == ReceiptStatus.Cleared && (DepositFor is null || OnAccount);

    /// <summary>Cleared money that waits for its order's invoices.</summary>
    public bool IsDeposit => Status == ReceiptStatus.Cleared && DepositFor is not null && !OnAccount && Open > 0;
}

public enum SettlementSource { Receipt, CreditNote, WriteOff }

/// <summary>A part of an invoice taken by a receipt, a credit note or a write-off, on a day; with the opposite sign when it is taken back.</summary>
/// <param name="Id">Source, invoice and a count, unique.</param>
/// <param name="Payer">The invoice's.</param>
/// <param name="Currency">The invoice's.</param>
/// <param name="Amount">Minor units of <paramref name="Currency"/>; negative when a return takes it back.</param>
/// <param name="SourceAmount">Minor units of the source's currency.</param>
/// <param name="Cleared">From when the money is ours; null while it is at risk, and for ever when it was returned before it cleared.</param>
/// <param name="TakenBack">True for both halves of what was returned before it cleared: neither ever lowered the debt.</param>
public sealed record Settlement(
    string Id, string Payer, SettlementSource Source, string SourceNumber, string Invoice, DateOnly Date, Currency Currency, long Amount,
    long SourceAmount, DateOnly? Cleared, bool TakenBack, string? Reason)
{
    /// <summary>Minor units of the payer's credit currency that a cleared receipt has paid: what counts in how the payer pays. Null at risk, for what is no
    /// payment, and where no rate was known.</summary>
    public long? CreditAmount { get; init; }

    /// <summary>Minor units of the payer's credit currency that the money was worth more, at its own rate, than the part of the invoice that it paid, at the invoice's; below
    /// zero for a loss. Null where both are in the credit currency, for what is no payment, and where no rate was known.</summary>
    public long? ExchangeDifference { get; init; }

    /// <summary>The dispute whose part of the invoice is paid; null where none was named.</summary>
    public string? Dispute { get; init; }

    /// <summary>The day from which it lowers (or, taken back, raises) the debt; null when it does not.</summary>
    public DateOnly? CountsFrom => Cleared is { } cleared ? (cleared > Date ? cleared : Date) : null;

    public bool IsAtRisk => Cleared is null && !TakenBack;

    /// <summary>The day on which the money for its invoice was ours, however late we found the invoice; null while it is at risk.</summary>
    public DateOnly? CameOn(Invoice invoice) => Cleared is { } cleared && cleared < invoice.Date ? invoice.Date : Cleared;
}
