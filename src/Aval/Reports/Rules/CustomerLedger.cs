using Aval.Kernel;
using Aval.Receivables.Rules;

namespace Aval.Reports.Rules;

/// <summary>What moves a customer's balance.</summary>
public enum LedgerKind { Invoice, CreditNote, Receipt, ReturnedReceipt, WriteOff, PaidByOther, PaidForOther, TransferReceived, Refund, Transfer, ExchangeDifference }

/// <summary>A movement of a balance.</summary>
/// <param name="Reference">What it refers to: an order, an invoice, the bank's text.</param>
/// <param name="Amount">Above zero where the customer owes more.</param>
/// <param name="Difference">What the rates have done with a payment, in the payer's credit currency, above zero for a gain: it moves no balance. Null for other
/// lines.</param>
public sealed record LedgerLine(DateOnly Date, LedgerKind Kind, string Number, string? Reference, Money Amount, Money? Difference = null);

/// <summary>The documents of one payer as movements of its balance, each currency by itself: invoices less credit notes, cleared receipts and write-offs,
/// with what was refunded or went to another payer.</summary>
/// <remarks>A balance is what is open of invoices, less what is open of credit notes and of cleared receipts: money that has not cleared is still owed.</remarks>
public static class CustomerLedger
{
    /// <param name="settlements">Of the payer's invoices, and of its receipts and credit notes, whosever invoices they paid.</param>
    /// <returns>By date, of one date by kind and number.</returns>
    public static IReadOnlyList<LedgerLine> Of(
        string payer, IReadOnlyCollection<Invoice> invoices, IEnumerable<CreditNote> notes, IEnumerable<Receipt> receipts, IReadOnlyCollection<Settlement> settlements,
        IEnumerable<Withdrawal> withdrawals)
    {
        var (notesOf, receiptsOf) = (notes.ToDictionary(note => note.Number, StringComparer.Ordinal), receipts.ToDictionary(one => one.Number, StringComparer.Ordinal));
        var lines = new List<LedgerLine>();
        foreach (var invoice in invoices.Where(invoice => !invoice.Draft))
            lines.Add(new LedgerLine(invoice.Date, LedgerKind.Invoice, invoice.Number, invoice.Order, new Money(invoice.Amount, invoice.Currency)));
        foreach (var note in notesOf.Values) lines.Add(new LedgerLine(note.Date, LedgerKind.CreditNote, note.Number, note.Invoice, new Money(-note.Amount, note.Currency)));
        foreach (var receipt in receiptsOf.Values.Where(receipt => receipt.ClearedOn is not null))
        {
            var money = new Money(receipt.Amount, receipt.Currency);
            var (kind, reference) = receipt.TransferredFrom is { } from ? (LedgerKind.TransferReceived, from) : (LedgerKind.Receipt, receipt.Reference);
            lines.Add(new LedgerLine(Later(receipt.Date, receipt.ClearedOn!.Value), kind, receipt.Number, reference, -money));
            if (receipt.ReturnedOn is { } back) lines.Add(new LedgerLine(back, LedgerKind.ReturnedReceipt, receipt.Number, receipt.Reference, money));
        }

        foreach (var settlement in settlements.Where(settlement => settlement.CountsFrom is not null).DistinctBy(settlement => settlement.Id))
            lines.AddRange(Moved(payer, settlement, settlement.Source switch
            {
                SettlementSource.Receipt => receiptsOf.GetValueOrDefault(settlement.SourceNumber)?.Currency,
                SettlementSource.CreditNote => notesOf.GetValueOrDefault(settlement.SourceNumber)?.Currency,
                SettlementSource.WriteOff => null,
            }));
        lines.AddRange(withdrawals.Select(one => new LedgerLine(
            one.Date, one.Kind switch { WithdrawalKind.Refund => LedgerKind.Refund, WithdrawalKind.Transfer => LedgerKind.Transfer }, one.Number,
            one.To ?? one.Receipt ?? one.CreditNote, new Money(one.Amount, one.Currency))));
        lines.AddRange(Differences(payer, invoices, settlements));
        return [.. lines.OrderBy(line => line.Date).ThenBy(line => line.Kind).ThenBy(line => line.Number, StringComparer.Ordinal)];
    }

    /// <summary>What a settlement moves beyond its documents: a write-off always, a payment where its source is another payer's or of another currency.</summary>
    /// <param name="source">The currency of its source, where that is this payer's.</param>
    static IEnumerable<LedgerLine> Moved(string payer, Settlement settlement, Currency? source)
    {
        var (on, ours) = (settlement.CountsFrom!.Value, settlement.Payer == payer);
        var paid = new Money(settlement.Amount, settlement.Currency);
        if (settlement.Source == SettlementSource.WriteOff)
        {
            if (ours) yield return new LedgerLine(on, LedgerKind.WriteOff, settlement.SourceNumber, settlement.Invoice, -paid);
            yield break;
        }

        if (ours && source == settlement.Currency) yield break;
        if (ours) yield return new LedgerLine(on, LedgerKind.PaidByOther, settlement.SourceNumber, settlement.Invoice, -paid);
        if (source is { } currency)
            yield return new LedgerLine(on, LedgerKind.PaidForOther, settlement.SourceNumber, settlement.Invoice, new Money(settlement.SourceAmount, currency));
    }

    /// <summary>What the rates have done with each payment of the payer's invoices; a payment that was taken back takes its difference with it.</summary>
    static IEnumerable<LedgerLine> Differences(string payer, IEnumerable<Invoice> invoices, IEnumerable<Settlement> settlements)
    {
        var currencies = invoices.ToDictionary(invoice => invoice.Number, invoice => invoice.CreditCurrency, StringComparer.Ordinal);
        foreach (var settlement in settlements.Where(settlement => settlement.Payer == payer).DistinctBy(settlement => settlement.Id))
            if (settlement is { CountsFrom: { } on, ExchangeDifference: { } difference and not 0 } && currencies.GetValueOrDefault(settlement.Invoice) is { } currency)
                yield return new LedgerLine(
                    on, LedgerKind.ExchangeDifference, ExchangeDifference.NumberOf(settlement.Id), settlement.SourceNumber, Money.Zero(settlement.Currency),
                    new Money(difference, currency));
    }

    static DateOnly Later(DateOnly left, DateOnly right) => left > right ? left : right;
}
