using System.Collections.Immutable;
using Aval.Cash.Rules;
using Aval.Kernel;
using Aval.Rates;
using Aval.Rates.Rules;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Checks.Rules;

/// <summary>Money put where it belongs, one receipt after the other: on what the cascade says it was meant for, the rest on what is due first.</summary>
sealed class Applying(Facts facts, Facts company, DateOnly today)
{
    /// <summary>With what was applied so far, and whatever else the caller has put right.</summary>
    public Facts Root { get; set; } = facts;

    /// <param name="meant">As the cascade would post it; of what is no longer open, the rest.</param>
    /// <returns>The invoices that it paid, in the order in which they were.</returns>
    public ImmutableArray<string> Apply(Receipt receipt, ImmutableArray<MatchPart> meant)
    {
        var paid = ImmutableArray.CreateBuilder<string>();
        var netted = Net(meant);
        foreach (var part in meant)
        {
            if (part.CreditNote || Root.Find<Invoice>(part.Document) is not { } invoice) continue;
            var rest = part.Amount - netted.GetValueOrDefault(part.Document);
            if (rest > 0) Pay(ref receipt, invoice, Math.Min(rest, receipt.Open), paid);
            else if (rest < part.Amount) paid.Add(part.Document);
            GiveUp(part, receipt);
        }

        foreach (var item in Root.Get<ReceivablesFacts>().Of(receipt.Payer).OpenItems)
        {
            if (receipt.Open <= 0) break;
            Pay(ref receipt, Root.Find<Invoice>(item.Invoice)!, long.MaxValue, paid);
        }

        return [.. paid.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Each credit note goes to the invoices that it was netted with, in their order.</summary>
    /// <returns>What is so taken of each invoice.</returns>
    Dictionary<string, long> Net(ImmutableArray<MatchPart> meant)
    {
        var netted = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var part in meant)
        {
            var left = part.CreditNote ? -part.Amount : 0;
            foreach (var other in meant)
            {
                if (left <= 0) break;
                if (other.CreditNote || Root.Find<CreditNote>(part.Document) is not { } note || Root.Find<Invoice>(other.Document) is not { } invoice) continue;
                var taken = Math.Min(Math.Min(left, note.Open), Math.Min(other.Amount - netted.GetValueOrDefault(other.Document), invoice.Free));
                if (Settling.Apply(note, invoice, taken, note.Number, today) is not { } applied) continue;
                Root = Root.With(applied.Note).With(applied.Invoice);
                netted[other.Document] = netted.GetValueOrDefault(other.Document) + taken;
                left -= taken;
            }
        }

        return netted;
    }

    /// <summary>A discount or a rest within tolerance is given up where it closes the invoice, and nowhere else.</summary>
    void GiveUp(MatchPart part, Receipt receipt)
    {
        var most = part.Discount + part.WrittenOff;
        if (most > 0 && Root.Find<Invoice>(part.Document) is { Free: > 0 } invoice && invoice.Free <= most)
            Root = Root.With(Settling.WriteOff(receipt.Number, invoice, invoice.Free, today, "").Invoice);
    }

    void Pay(ref Receipt receipt, Invoice invoice, long most, ImmutableArray<string>.Builder paid)
    {
        if (invoice.Free <= 0 || RateTo(invoice, receipt) is not { } rate) return;
        var amount = Math.Min(Math.Min(most, Settling.Worth(receipt, invoice, rate)), invoice.Free);
        if (amount <= 0 || Settling.Cost(receipt, invoice, amount, rate) is not { } cost) return;
        var allocated = Settling.Allocate(receipt, invoice, amount, cost, today);
        Root = Root.With(allocated.Receipt).With(allocated.Invoice);
        receipt = allocated.Receipt;
        paid.Add(invoice.Number);
    }

    StoredRate? RateTo(Invoice invoice, Receipt receipt) => company.Get<RatesFacts>().Find(receipt.Currency, invoice.Currency, receipt.Date);
}
