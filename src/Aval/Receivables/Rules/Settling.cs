using Aval.Kernel;
using Aval.Rates.Rules;

namespace Aval.Receivables.Rules;

/// <summary>A receipt and an invoice after one has taken a part of the other, and the row that says so.</summary>
public readonly record struct Allocated(Receipt Receipt, Invoice Invoice, Settlement Settlement);

/// <summary>How receipts, credit notes and write-offs take their parts of invoices, and give them back. No cent is lost on the way.</summary>
public static class Settling
{
    /// <summary>What this part of an invoice costs the receipt, in minor units of the receipt's currency; null when the receipt has less.</summary>
    /// <param name="amount">Minor units of the invoice's currency.</param>
    /// <param name="toInvoice">One unit of the receipt's currency in the invoice's, on the receipt's day.</param>
    /// <remarks>Across currencies all that the receipt has pays exactly what it converts to, so that no rest of a cent stays on either side; and nothing is free of cost,
    /// however small.</remarks>
    public static long? Cost(Receipt receipt, Invoice invoice, long amount, StoredRate toInvoice)
    {
        if (receipt.Currency == invoice.Currency) return amount <= receipt.Open ? amount : null;
        var most = Worth(receipt, invoice, toInvoice);
        if (amount >= most) return amount == most && receipt.Open > 0 ? receipt.Open : null;
        var cost = new Money(amount, invoice.Currency).Convert(1 / toInvoice.Factor, receipt.Currency).Minor;
        return Math.Clamp(cost, 1, receipt.Open);
    }

    /// <summary>What the open part of the receipt pays of the invoice at most, in minor units of the invoice's currency.</summary>
    public static long Worth(Receipt receipt, Invoice invoice, StoredRate toInvoice)
    {
        var open = new Money(receipt.Open, receipt.Currency);
        return toInvoice.Fits(open) ? open.Convert(toInvoice.Factor, invoice.Currency).Minor : long.MaxValue;
    }

    /// <summary>The receipt pays a part of the invoice; one that has not cleared only puts it at risk.</summary>
    /// <param name="amount">Minor units of the invoice's currency, at most its <see cref="Invoice.Free"/>.</param>
    /// <param name="cost">As <see cref="Cost"/> gives it.</param>
    public static Allocated Allocate(Receipt receipt, Invoice invoice, long amount, long cost, DateOnly date)
    {
        var settlement = Weighed(Of(receipt, invoice, date, amount, cost, receipt.ClearedOn, takenBack: false, reason: null), invoice) with
        {
            ExchangeDifference = ExchangeDifference(receipt, invoice, amount, cost),
        };
        return new Allocated(
            receipt with { Allocated = receipt.Allocated + cost, Settlements = receipt.Settlements + 1 },
            settlement.IsAtRisk ? invoice with { AtRisk = invoice.AtRisk + amount } : Settled(invoice, settlement),
            settlement);
    }

    /// <summary>The money has come: what was at risk is settled.</summary>
    public static (Invoice Invoice, Settlement Settlement) Clear(Settlement settlement, Invoice invoice, DateOnly date)
    {
        var cleared = Weighed(settlement with { Cleared = date }, invoice);
        return (Settled(invoice with { AtRisk = invoice.AtRisk - settlement.Amount }, cleared), cleared);
    }

    /// <summary>The money went back: what it paid is open again. One that had not cleared never lowered the debt, and both halves say so.</summary>
    /// <returns>The settlement as it stands now, and the one that takes it back.</returns>
    public static (Receipt Receipt, Invoice Invoice, Settlement Was, Settlement Back) Return(
        Receipt receipt, Settlement settlement, Invoice invoice, DateOnly date, string reason)
    {
        var atRisk = settlement.IsAtRisk;
        // It cannot count as taken back on a day on which it did not count as paid yet.
        var from = settlement.CountsFrom > date ? settlement.CountsFrom : date;
        var back = Of(receipt, invoice, date, -settlement.Amount, -settlement.SourceAmount, atRisk ? null : from, takenBack: atRisk, reason) with
        {
            CreditAmount = -settlement.CreditAmount, ExchangeDifference = -settlement.ExchangeDifference, Dispute = settlement.Dispute,
        };
        return (
            receipt with { Allocated = receipt.Allocated - settlement.SourceAmount, Settlements = receipt.Settlements + 1 },
            atRisk ? invoice with { AtRisk = invoice.AtRisk - settlement.Amount } : Settled(invoice, back),
            settlement with { TakenBack = atRisk },
            back);
    }

    /// <summary>The credit note goes to the invoice as far as the invoice is free; null when nothing of it is.</summary>
    public static (CreditNote Note, Invoice Invoice, Settlement Settlement)? Apply(CreditNote note, Invoice invoice) =>
        Apply(note, invoice, Math.Min(note.Open, invoice.Free), $"creditNote:{note.Number}:{invoice.Number}", note.Date > invoice.Date ? note.Date : invoice.Date);

    /// <summary>The same for a part of it, under a name of its own; null when one of them has less.</summary>
    /// <param name="date">Not before either of them.</param>
    public static (CreditNote Note, Invoice Invoice, Settlement Settlement)? Apply(CreditNote note, Invoice invoice, long amount, string id, DateOnly date)
    {
        if (amount <= 0 || amount > note.Open || amount > invoice.Free) return null;
        var settlement = new Settlement(
            id, invoice.Payer, SettlementSource.CreditNote, note.Number, invoice.Number, date, invoice.Currency, amount, amount, date, TakenBack: false, Reason: null);
        return (note with { Applied = note.Applied + amount }, Settled(invoice, settlement), settlement);
    }

    /// <summary>A part of the invoice is given up.</summary>
    /// <param name="amount">Minor units, at most <see cref="Invoice.Free"/>.</param>
    public static (Invoice Invoice, Settlement Settlement) WriteOff(string number, Invoice invoice, long amount, DateOnly date, string reason)
    {
        var settlement = new Settlement(
            WriteOffId(number), invoice.Payer, SettlementSource.WriteOff, number, invoice.Number, date, invoice.Currency, amount, amount, date, TakenBack: false, reason);
        return (Settled(invoice, settlement), settlement);
    }

    /// <summary>What a credit note or write-off has taken is open again.</summary>
    /// <returns>The invoice, and the settlement that takes the other back.</returns>
    public static (Invoice Invoice, Settlement Back) TakeBack(Settlement settlement, Invoice invoice, DateOnly date, string reason)
    {
        var from = settlement.CountsFrom > date ? settlement.CountsFrom : date;
        var back = settlement with
        {
            Id = settlement.Id + ":back", Date = date, Amount = -settlement.Amount, SourceAmount = -settlement.SourceAmount, Cleared = from, Reason = reason,
        };
        return (Settled(invoice, back), back);
    }

    /// <summary>What the rates have done between invoice and payment.</summary>
    static long? ExchangeDifference(Receipt receipt, Invoice invoice, long amount, long cost)
    {
        if (invoice.CreditCurrency is not { } credit || receipt.CreditCurrency != credit || (receipt.Currency == credit && invoice.Currency == credit)) return null;
        if (CreditValue.Of(invoice) is not { } owed || CreditValue.Of(receipt.Currency, receipt.Rate, credit) is not { } held) return null;
        var (gone, paid) = (receipt.Allocated + receipt.Withdrawn, invoice.Settled + invoice.AtRisk);
        return held.Between(gone, gone + cost) - owed.Between(paid, paid + amount);
    }

    /// <summary>Under which the write-off of this number is kept.</summary>
    public static string WriteOffId(string number) => "writeOff:" + number;

    /// <summary>With what it comes to in the payer's credit currency; nothing while it is at risk or no rate is known.</summary>
    static Settlement Weighed(Settlement settlement, Invoice invoice) => settlement.IsAtRisk || CreditValue.Of(invoice) is not { } value
        ? settlement
        : settlement with { CreditAmount = value.Between(invoice.Settled, invoice.Settled + settlement.Amount) };

    static Invoice Settled(Invoice invoice, Settlement settlement)
    {
        var from = settlement.CountsFrom;
        return invoice with { Settled = invoice.Settled + settlement.Amount, LastSettled = invoice.LastSettled > from ? invoice.LastSettled : from };
    }

    static Settlement Of(Receipt receipt, Invoice invoice, DateOnly date, long amount, long cost, DateOnly? cleared, bool takenBack, string? reason) => new(
        $"receipt:{receipt.Number}:{receipt.Settlements + 1}", invoice.Payer, SettlementSource.Receipt, receipt.Number, invoice.Number, date, invoice.Currency,
        amount, cost, cleared, takenBack, reason);
}
