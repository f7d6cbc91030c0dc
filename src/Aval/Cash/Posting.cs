using System.Collections.Immutable;
using System.Globalization;
using Aval.Cash.Rules;
using Aval.Access;
using Aval.Kernel;
using Aval.Rates;
using Aval.Rates.Rules;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Cash;

/// <summary>Posts a match: credit notes go to the invoices they were netted with, the receipt to what is left, and discounts and tolerated rests are written off.</summary>
/// <remarks>All of it counts from the day of the match, so that what was reported of earlier days stays true.</remarks>
static class Posting
{
    const string Discount = "cashDiscount";
    const string Rest = "withinTolerance";

    /// <summary>Minor units by which a sum converted there and back may differ.</summary>
    const long MostOfRounding = 2;

    /// <summary>Null when the documents have changed since the match was found: no cent more is taken than is open.</summary>
    public static ImmutableArray<string>? Post(Case @case, string number, ImmutableArray<MatchPart> parts)
    {
        var beside = ImmutableArray.CreateBuilder<string>();
        var paid = new List<Paid>();
        var invoices = parts.Where(part => !part.CreditNote).ToList();
        if (!Net(@case, number, parts, invoices, beside)) return null;
        foreach (var matched in invoices)
        {
            if (InItsCurrency(@case, number, matched) is not (var part, var rate)) return null;
            if (!WriteOff(@case, number, part, part.Discount, Discount, beside) || !WriteOff(@case, number, part, part.WrittenOff, Rest, beside)) return null;
            if (!Allocate(@case, number, part, rate, paid)) return null;
        }

        Behaviours.Note(@case, paid, @case.Root);
        return beside.ToImmutable();
    }

    /// <summary>Each credit note goes to the invoices in their order, none beyond what discount and rest leave of it.</summary>
    static bool Net(Case @case, string number, ImmutableArray<MatchPart> parts, List<MatchPart> invoices, ImmutableArray<string>.Builder beside)
    {
        foreach (var netted in parts.Where(part => part.CreditNote))
        {
            var left = -netted.Amount;
            for (var at = 0; at < invoices.Count && left > 0; at++)
            {
                var taken = Math.Min(left, invoices[at].Amount);
                if (taken <= 0) continue;
                if (@case.Facts.Find<CreditNote>(netted.Document) is not { } note || @case.Facts.Find<Invoice>(invoices[at].Document) is not { } invoice) return false;
                var id = Id("creditNote", note.Number, invoice.Number, number, @case);
                if (Settling.Apply(note, invoice, taken, id, @case.Today) is not { } applied) return false;
                @case.Put(ReceivablesTables.CreditNote, applied.Note);
                @case.Put(ReceivablesTables.Invoice, applied.Invoice);
                @case.Put(ReceivablesTables.Settlement, applied.Settlement);
                beside.Add(id);
                invoices[at] = invoices[at] with { Amount = invoices[at].Amount - taken };
                left -= taken;
            }

            if (left > 0) return false;
        }

        return true;
    }

    static bool WriteOff(Case @case, string number, MatchPart part, long amount, string reason, ImmutableArray<string>.Builder beside)
    {
        if (amount == 0) return true;
        if (@case.Facts.Find<Invoice>(part.Document) is not { } invoice || amount > invoice.Free) return false;
        var (after, settlement) = Settling.WriteOff(Id("", number, part.Document, reason, @case), invoice, amount, @case.Today, reason);
        @case.Put(ReceivablesTables.Invoice, after);
        @case.Put(ReceivablesTables.Settlement, settlement);
        beside.Add(settlement.Id);
        return true;
    }

    /// <summary>The part in the invoice's currency, at the rate of the receipt's day: what closes the invoice in one currency closes it in the other.</summary>
    static (MatchPart Part, StoredRate Rate)? InItsCurrency(Case @case, string number, MatchPart part)
    {
        if (@case.Facts.Find<Receipt>(number) is not { } receipt || @case.Facts.Find<Invoice>(part.Document) is not { } invoice) return null;
        if (invoice.Currency == receipt.Currency) return (part, StoredRate.Same(receipt.Date));
        var rates = @case.Company.Get<RatesFacts>();
        if (rates.Find(receipt.Currency, invoice.Currency, receipt.Date) is not { } rate || OpenOfPayer.Worth(rates, receipt, invoice) is not { } whole) return null;
        long Converted(long minor) => new Money(minor, receipt.Currency).Convert(rate.Factor, invoice.Currency).Minor;
        var worth = Settling.Worth(receipt, invoice, rate);
        if (part.Amount + part.WrittenOff < whole) return (part with { Amount = Math.Clamp(Converted(part.Amount), 1, Math.Min(invoice.Free, worth)), WrittenOff = 0 }, rate);
        var pays = Math.Min(invoice.Free - Math.Min(Converted(part.WrittenOff), invoice.Free - 1), worth);
        // What is left by the rounding of the rate is no debt.
        var rest = invoice.Free - pays;
        return (part with { Amount = pays, WrittenOff = part.WrittenOff > 0 || rest <= MostOfRounding ? rest : 0 }, rate);
    }

    static bool Allocate(Case @case, string number, MatchPart part, StoredRate rate, List<Paid> paid)
    {
        if (part.Amount == 0) return true;
        var receipt = @case.Facts.Find<Receipt>(number)!;
        if (@case.Facts.Find<Invoice>(part.Document) is not { } invoice || part.Amount > invoice.Free) return false;
        if (Settling.Cost(receipt, invoice, part.Amount, rate) is not { } cost) return false;
        var allocated = Settling.Allocate(receipt, invoice, part.Amount, cost, Later(receipt.Date, @case.Today));
        @case.Put(ReceivablesTables.Receipt, allocated.Receipt);
        @case.Put(ReceivablesTables.Invoice, allocated.Invoice with { ReceiptsBy = Separation.HandsOf(@case.Actor, invoice.ReceiptsBy, receipt.RecordedBy) });
        @case.Put(ReceivablesTables.Settlement, allocated.Settlement);
        if (Paid.By(allocated.Settlement, invoice) is { } settled) paid.Add(settled);
        return true;
    }

    /// <summary>Made only once: what was undone is posted under another.</summary>
    static string Id(string kind, string first, string second, string third, Case @case) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind}{(kind.Length > 0 ? ":" : "")}{first}:{second}:{third}:{@case.Place}");

    static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}
