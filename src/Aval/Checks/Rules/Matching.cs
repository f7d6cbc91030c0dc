using System.Collections.Immutable;
using Aval.Kernel;
using Aval.Rates;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Checks.Rules;

/// <summary>Money put where it belongs, one receipt after the other: on the invoice that its reference names, else on the only one of just its amount, the rest on what
/// is due first.</summary>
/// <remarks>Looks an amount up instead of going through all invoices: a payer may have very many of both.</remarks>
sealed class Matching(Facts facts, Facts company, DateOnly today)
{
    readonly Dictionary<string, Dictionary<long, List<string>>> byAmount = new(StringComparer.Ordinal);

    /// <summary>With what was applied so far, and whatever else the caller has put right.</summary>
    public Facts Root { get; set; } = facts;

    /// <returns>The invoices that it paid, in the order in which they were.</returns>
    public ImmutableArray<string> Apply(Receipt receipt)
    {
        var paid = ImmutableArray.CreateBuilder<string>();
        if ((Named(receipt) ?? OfJustThisAmount(receipt)) is { } first) Pay(ref receipt, first, paid);
        foreach (var item in Root.Get<ReceivablesFacts>().Of(receipt.Payer).OpenItems)
        {
            if (receipt.Open <= 0) break;
            Pay(ref receipt, Root.Find<Invoice>(item.Invoice)!, paid);
        }

        return paid.ToImmutable();
    }

    Invoice? Named(Receipt receipt)
    {
        if (string.IsNullOrWhiteSpace(receipt.Reference)) return null;
        foreach (var word in receipt.Reference.Split([' ', ',', ';', '+'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            if (Root.Find<Invoice>(word) is { IsOpen: true } invoice && invoice.Payer == receipt.Payer) return invoice;
        return null;
    }

    Invoice? OfJustThisAmount(Receipt receipt)
    {
        if (CreditValue.Of(receipt.Currency, receipt.Rate, receipt.CreditCurrency) is not { } value) return null;
        if (!OfPayer(receipt.Payer).TryGetValue(value.Between(receipt.Allocated, receipt.Amount), out var numbers)) return null;
        Invoice? only = null;
        // What was paid since it was noted is open no more: it is looked at once.
        numbers.RemoveAll(number => Root.Find<Invoice>(number) is not { IsOpen: true });
        foreach (var number in numbers)
        {
            if (Root.Find<Invoice>(number) is not { } invoice || invoice.Free != receipt.Open || invoice.Currency != receipt.Currency || invoice == only) continue;
            if (only is not null) return null;
            only = invoice;
        }

        return only;
    }

    Dictionary<long, List<string>> OfPayer(string payer)
    {
        if (byAmount.TryGetValue(payer, out var known)) return known;
        known = [];
        byAmount.Add(payer, known);
        foreach (var item in Root.Get<ReceivablesFacts>().Of(payer).OpenItems) Note(known, item.Open, item.Invoice);
        return known;
    }

    void Pay(ref Receipt receipt, Invoice invoice, ImmutableArray<string>.Builder paid)
    {
        if (invoice.Free <= 0 || company.Get<RatesFacts>().Find(receipt.Currency, invoice.Currency, receipt.Date) is not { } rate) return;
        var amount = Math.Min(Settling.Worth(receipt, invoice, rate), invoice.Free);
        if (amount <= 0 || Settling.Cost(receipt, invoice, amount, rate) is not { } cost) return;
        var allocated = Settling.Allocate(receipt, invoice, amount, cost, today);
        Root = Root.With(allocated.Receipt).With(allocated.Invoice);
        receipt = allocated.Receipt;
        paid.Add(invoice.Number);
        if (byAmount.TryGetValue(invoice.Payer, out var noted) && allocated.Invoice.IsOpen && CreditValue.Of(allocated.Invoice) is { } value)
            Note(noted, value.Between(allocated.Invoice.Settled, allocated.Invoice.Amount), invoice.Number);
    }

    static void Note(Dictionary<long, List<string>> amounts, long open, string invoice)
    {
        if (!amounts.TryGetValue(open, out var numbers)) amounts.Add(open, numbers = []);
        numbers.Add(invoice);
    }
}
