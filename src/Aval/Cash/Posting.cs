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

    /// <param name="root">Where the receipt stands.</param>
    /// <returns>Null when the documents have changed since the match was found: no cent more is taken than is open.</returns>
    public static ImmutableArray<string>? Post(Case @case, string root, string number, ImmutableArray<MatchPart> parts)
    {
        var beside = ImmutableArray.CreateBuilder<string>();
        var paid = new List<Paid>();
        var invoices = parts.Where(part => !part.CreditNote).ToList();
        if (!Net(@case, root, number, parts, invoices, beside)) return null;
        foreach (var matched in invoices)
        {
            if (InItsCurrency(@case, root, number, matched) is not (var part, var rate)) return null;
            if (!WriteOff(@case, root, number, part, part.Discount, Discount, beside) || !WriteOff(@case, root, number, part, part.WrittenOff, Rest, beside)) return null;
            if (!Allocate(@case, root, number, part, rate, paid)) return null;
        }

        Behaviours.Note(@case, paid, root);
        return beside.ToImmutable();
    }

    /// <summary>Each credit note goes to the invoices in their order, none beyond what discount and rest leave of it.</summary>
    static bool Net(Case @case, string root, string number, ImmutableArray<MatchPart> parts, List<MatchPart> invoices, ImmutableArray<string>.Builder beside)
    {
        foreach (var netted in parts.Where(part => part.CreditNote))
        {
            var left = -netted.Amount;
            for (var at = 0; at < invoices.Count && left > 0; at++)
            {
                var taken = Math.Min(left, invoices[at].Amount);
                if (taken <= 0) continue;
                if (@case.Of(root).Find<CreditNote>(netted.Document) is not { } note || @case.Of(root).Find<Invoice>(invoices[at].Document) is not { } invoice) return false;
                var id = Id("creditNote", note.Number, invoice.Number, number, @case);
                if (Settling.Apply(note, invoice, taken, id, On(@case, root, number)) is not { } applied) return false;
                @case.Put(ReceivablesTables.CreditNote, applied.Note, root);
                @case.Put(ReceivablesTables.Invoice, applied.Invoice, root);
                @case.Put(ReceivablesTables.Settlement, applied.Settlement, root);
                beside.Add(id);
                invoices[at] = invoices[at] with { Amount = invoices[at].Amount - taken };
                left -= taken;
            }

            if (left > 0) return false;
        }

        return true;
    }

    static bool WriteOff(Case @case, string root, string number, MatchPart part, long amount, string reason, ImmutableArray<string>.Builder beside)
    {
        if (amount == 0) return true;
        if (@case.Of(root).Find<Invoice>(part.Document) is not { } invoice || amount > invoice.Free) return false;
        var (after, settlement) = Settling.WriteOff(Id("", number, part.Document, reason, @case), invoice, amount, On(@case, root, number), reason);
        @case.Put(ReceivablesTables.Invoice, after, root);
        @case.Put(ReceivablesTables.Settlement, settlement, root);
        beside.Add(settlement.Id);
        return true;
    }

    /// <summary>The part in the invoice's currency, at the rate of the receipt's day: what closes the invoice in one currency closes it in the other.</summary>
    static (MatchPart Part, StoredRate Rate)? InItsCurrency(Case @case, string root, string number, MatchPart part)
    {
        if (@case.Of(root).Find<Receipt>(number) is not { } receipt || @case.Of(root).Find<Invoice>(part.Document) is not { } invoice) return null;
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

    static bool Allocate(Case @case, string root, string number, MatchPart part, StoredRate rate, List<Paid> paid)
    {
        if (part.Amount == 0) return true;
        var receipt = @case.Of(root).Find<Receipt>(number)!;
        if (@case.Of(root).Find<Invoice>(part.Document) is not { } invoice || part.Amount > invoice.Free) return false;
        if (part.Dispute is { } dispute && !(part.Amount <= invoice.DisputedBy(dispute))) return false;
        if (Settling.Cost(receipt, invoice, part.Amount, rate) is not { } cost) return false;
        var allocated = Settling.Allocate(receipt, invoice, part.Amount, cost, On(@case, root, number));
        @case.Put(ReceivablesTables.Receipt, allocated.Receipt, root);
        @case.Put(ReceivablesTables.Invoice, allocated.Invoice with { ReceiptsBy = Separation.HandsOf(@case.Actor, invoice.ReceiptsBy, receipt.RecordedBy) }, root);
        @case.Put(ReceivablesTables.Settlement, allocated.Settlement with { Dispute = part.Dispute }, root);
        if (Paid.By(allocated.Settlement, invoice) is { } settled) paid.Add(settled);
        return true;
    }

    /// <summary>Made only once: what was undone is posted under another.</summary>
    static string Id(string kind, string first, string second, string third, Case @case) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind}{(kind.Length > 0 ? ":" : "")}{first}:{second}:{third}:{@case.Place}");

    /// <summary>The day of all that a match settles: what was undone and is posted again counts from then on, and not twice before.</summary>
    static DateOnly On(Case @case, string root, string number) => @case.Of(root).Find<Receipt>(number)!.Date is var date && date > @case.Today ? date : @case.Today;
}
