using Aval.Kernel;
using Aval.Policies.Rules;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>Where an invoice stands: not issued yet, owed, or settled.</summary>
public enum InvoiceStatus { Draft, Open, Settled }

/// <summary>An invoice as answered; amounts in its currency.</summary>
/// <param name="Payer">Whose debt it is.</param>
/// <param name="Open">What is not settled; what uncleared receipts have taken is still open.</param>
/// <param name="AtRisk">The open part that uncleared receipts have taken.</param>
/// <param name="Free">The open part that receipts, credit notes and write-offs may still take.</param>
/// <param name="CreditCurrency">The payer's credit currency, into which it was converted; null while no rate is known.</param>
/// <param name="Marks"><c>over-invoiced</c> where it billed more than its order had.</param>
/// <param name="Parts">What of it is disputed, promised to be paid or promised to be credited, as said; what counts is bounded by what is open.</param>
/// <param name="Life">The last that was told of its way to the customer; null while nothing was.</param>
public sealed record InvoiceAnswer(
    string Number, string Customer, string Payer, string? Order, DateOnly Date, DateOnly DueDate, Currency Currency, decimal Amount, InvoiceStatus Status, decimal Open,
    decimal AtRisk, decimal Free, IReadOnlyList<InvoiceLine> Lines, IReadOnlyList<string> Marks, Currency? CreditCurrency, decimal? Rate, DateOnly? RateDate,
    IReadOnlyList<InvoicePartAnswer> Parts, InvoiceLife? Life, Charge Charge)
{
    public static InvoiceAnswer Of(Invoice invoice)
    {
        decimal Major(long minor) => new Money(minor, invoice.Currency).Major;
        return new InvoiceAnswer(
            invoice.Number, invoice.Customer, invoice.Payer, invoice.Order, invoice.Date, invoice.DueDate, invoice.Currency, Major(invoice.Amount),
            invoice.Draft ? InvoiceStatus.Draft : invoice.IsOpen ? InvoiceStatus.Open : InvoiceStatus.Settled, Major(invoice.Draft ? 0 : invoice.Open),
            Major(invoice.AtRisk), Major(invoice.Free), invoice.Lines, invoice.Marks, invoice.CreditCurrency, invoice.Rate?.Factor, invoice.Rate?.Date,
            [.. invoice.Parts.Where(part => part.Stands).Select(part => new InvoicePartAnswer(part.Kind, part.Document, Major(part.Amount), part.Legitimacy))],
            invoice.Life, invoice.Charge);
    }
}

/// <param name="Document">The dispute or promise.</param>
/// <param name="Legitimacy">Of a dispute; else null.</param>
public sealed record InvoicePartAnswer(PartKind Kind, string Document, decimal Amount, Legitimacy? Legitimacy);

/// <summary>A credit note as answered; amounts in its currency.</summary>
/// <param name="Applied">What its invoice has taken.</param>
/// <param name="Refunded">What refunds have paid back.</param>
/// <param name="Open">What is still owed to the customer.</param>
public sealed record CreditNoteAnswer(
    string Number, string Customer, string Payer, string? Invoice, DateOnly Date, Currency Currency, decimal Amount, decimal Applied, decimal Refunded, decimal Open,
    Currency? CreditCurrency, decimal? Rate, DateOnly? RateDate)
{
    public static CreditNoteAnswer Of(CreditNote note)
    {
        decimal Major(long minor) => new Money(minor, note.Currency).Major;
        return new CreditNoteAnswer(
            note.Number, note.Customer, note.Payer, note.Invoice, note.Date, note.Currency, Major(note.Amount), Major(note.Applied), Major(note.Refunded), Major(note.Open),
            note.CreditCurrency, note.Rate?.Factor, note.Rate?.Date);
    }
}

/// <summary>A receipt as answered; amounts in its currency.</summary>
/// <param name="Allocated">What has found its invoices.</param>
/// <param name="Open">What has not; nothing of a returned one.</param>
/// <param name="Withdrawn">What refunds and transfers have taken.</param>
/// <param name="OnAccount">True once the order of a deposit is over, or somebody has put the money on account: any invoice may take what is open.</param>
/// <param name="TransferredFrom">The receipt that the money came with before it was transferred; null for what the bank brought.</param>
public sealed record ReceiptAnswer(
    string Number, string Payer, DateOnly Date, Currency Currency, decimal Amount, ReceiptStatus Status, decimal Allocated, decimal Withdrawn, decimal Open, string? Reference,
    string? DepositFor, bool OnAccount, string? TransferredFrom, DateOnly? ClearedOn, DateOnly? ReturnedOn, Currency? CreditCurrency, decimal? Rate, DateOnly? RateDate)
{
    public static ReceiptAnswer Of(Receipt receipt)
    {
        decimal Major(long minor) => new Money(minor, receipt.Currency).Major;
        return new ReceiptAnswer(
            receipt.Number, receipt.Payer, receipt.Date, receipt.Currency, Major(receipt.Amount), receipt.Status, Major(receipt.Allocated), Major(receipt.Withdrawn),
            Major(receipt.Open), receipt.Reference, receipt.DepositFor, receipt.OnAccount, receipt.TransferredFrom, receipt.ClearedOn,
            receipt.ReturnedOn, receipt.CreditCurrency, receipt.Rate?.Factor, receipt.Rate?.Date);
    }
}

/// <summary>A part of an invoice that a receipt has taken, or given back.</summary>
/// <param name="Amount">In the invoice's currency; below zero when a return took it back.</param>
/// <param name="CountsFrom">The day from which it changes what is owed; null when it never did: the receipt has not cleared.</param>
/// <param name="ExchangeDifference">In the payer's credit currency: what the money was worth more on its day than this part of the invoice on its own, a gain; below zero
/// a loss. Null where both are in the credit currency, or no rate is known.</param>
/// <param name="Dispute">The dispute that it settles, in all or in part; null where none was named.</param>
/// <param name="ExchangeDocument">The number of the exchange difference; null where there is none, or it does not count yet.</param>
public sealed record AllocationAnswer(
    string Invoice, DateOnly Date, Currency Currency, decimal Amount, DateOnly? CountsFrom, string? Reason, decimal? ExchangeDifference, string? Dispute,
    string? ExchangeDocument)
{
    public static AllocationAnswer Of(Settlement settlement, Receipt receipt) => new(
        settlement.Invoice, settlement.Date, settlement.Currency, new Money(settlement.Amount, settlement.Currency).Major, settlement.CountsFrom, settlement.Reason,
        settlement.ExchangeDifference is { } difference && receipt.CreditCurrency is { } credit ? new Money(difference, credit).Major : null, settlement.Dispute,
        settlement is { CountsFrom: not null, ExchangeDifference: not null and not 0 } ? Rules.ExchangeDifference.NumberOf(settlement.Id) : null);
}

/// <summary>A write-off as answered; its amount in the invoice's currency.</summary>
public sealed record WriteOffAnswer(string Number, string Invoice, string Payer, DateOnly Date, Currency Currency, decimal Amount, string? Reason)
{
    public static WriteOffAnswer Of(Settlement settlement) => new(
        settlement.SourceNumber, settlement.Invoice, settlement.Payer, settlement.Date, settlement.Currency,
        new Money(settlement.Amount, settlement.Currency).Major, settlement.Reason);
}

/// <summary>A refund or a transfer as answered; its amount in the currency of what it is taken of.</summary>
/// <param name="Receipt">Null where a credit note was paid back.</param>
/// <param name="To">The payer that a transfer goes to, where its number is the number of the new receipt.</param>
/// <param name="Amount">Below zero for what takes another one back.</param>
/// <param name="Reverses">The number of the one that it takes back.</param>
/// <param name="ReversedBy">The number of what has taken it back.</param>
public sealed record WithdrawalAnswer(
    string Number, WithdrawalKind Kind, string? Receipt, string Payer, string? To, DateOnly Date, Currency Currency, decimal Amount, string Reason, string? Reverses,
    string? ReversedBy, string? CreditNote)
{
    public static WithdrawalAnswer Of(Withdrawal withdrawal) => new(
        withdrawal.Number, withdrawal.Kind, withdrawal.Receipt, withdrawal.Payer, withdrawal.To, withdrawal.Date, withdrawal.Currency,
        new Money(withdrawal.Amount, withdrawal.Currency).Major, withdrawal.Reason, withdrawal.Reverses, withdrawal.ReversedBy, withdrawal.CreditNote);
}
