using Aval.Kernel;
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
    /// <summary>Minor units not settled, uncleared receipts or not.</summary>
    public long Open => Amount - Settled;
    public bool IsOpen => !Draft && Open > 0;
}

public sealed record InvoiceLine(int Line, Quantity Quantity);

/// <summary>An amount we owe back. What no invoice has taken is an open credit note.</summary>
public sealed record CreditNote(
    string Number, string Customer, string Payer, string? Invoice, DateOnly Date, Currency Currency, long Amount, Currency? CreditCurrency, StoredRate? Rate, long Applied)
{
    public long Open => Amount - Applied;
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
    public long Open => Status == ReceiptStatus.Returned ? 0 : Amount - Allocated;
}

public enum SettlementSource { Receipt, CreditNote, WriteOff }

/// <summary>A part of an invoice taken by a receipt, a credit note or a write-off, on a day; with the opposite sign when it is taken back.</summary>
/// <param name="Id">Source, invoice and a count, unique.</param>
/// <param name="Amount">Minor units of the invoice's currency; negative when a return or a correction takes it back.</param>
/// <param name="SourceAmount">Minor units of the source's currency.</param>
public sealed record Settlement(
    string Id, string Payer, SettlementSource Source, string SourceNumber, string Invoice, DateOnly Date, long Amount, long SourceAmount, bool Cleared, string? Reason);
