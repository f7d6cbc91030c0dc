using System.Collections.Immutable;
using Aval.Kernel;
using Aval.Rates;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Checks.Rules;

/// <summary>Our own defects around one payer: which there are, and what the facts are without them (docs/concepts/causes.md).</summary>
public static class Defects
{
    /// <summary>Documents looked at one by one; of a payer with more, the oldest. Enough for any desk, and a bound for one decision.</summary>
    const int Most = 200;

    /// <summary>Every document of this order's payer that waits for us, the oldest first.</summary>
    public static ImmutableArray<Defect> Of(WhatIf asked)
    {
        var payer = asked.Order.Payer;
        var receivables = asked.Root.Get<ReceivablesFacts>();
        if (receivables.Of(payer).Unapplied == 0) return [];
        var waiting = receivables.UnappliedOf(payer).Take(Most).ToImmutableArray();
        var found = ImmutableArray.CreateBuilder<Defect>(waiting.Length);
        var without = asked.Root;
        foreach (var receipt in waiting)
        {
            without = Applied(without, asked, receipt, out var invoices);
            found.Add(new Defect(
                DefectKind.UnappliedReceipt, receipt.Number, OwnerFunction.AccountsReceivable, receipt.Open, receipt.Currency, asked.Today.DayNumber - receipt.Date.DayNumber,
                invoices));
        }

        return found.MoveToImmutable();
    }

    /// <summary>The same question on the facts without these defects.</summary>
    public static WhatIf Without(WhatIf asked, IEnumerable<Defect> defects)
    {
        var root = asked.Root;
        foreach (var defect in defects)
            root = defect.Kind switch
            {
                DefectKind.UnappliedReceipt => root.Find<Receipt>(defect.Document) is { } receipt ? Applied(root, asked, receipt, out _) : root,
            };
        return asked with { Root = root };
    }

    /// <summary>The receipt on the invoice that its reference names, else on the only one of just this amount; the rest on what is due first.</summary>
    static Facts Applied(Facts root, WhatIf asked, Receipt receipt, out ImmutableArray<string> invoices)
    {
        var paid = ImmutableArray.CreateBuilder<string>();
        if ((Named(root, receipt) ?? OfJustThisAmount(root, receipt)) is { } first) Pay(ref root, ref receipt, first, asked, paid);
        foreach (var item in root.Get<ReceivablesFacts>().Of(receipt.Payer).OpenItems)
        {
            if (receipt.Open <= 0) break;
            Pay(ref root, ref receipt, root.Find<Invoice>(item.Invoice)!, asked, paid);
        }

        invoices = paid.ToImmutable();
        return root;
    }

    static Invoice? Named(Facts root, Receipt receipt)
    {
        if (string.IsNullOrWhiteSpace(receipt.Reference)) return null;
        foreach (var word in receipt.Reference.Split([' ', ',', ';', '+'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            if (root.Find<Invoice>(word) is { IsOpen: true } invoice && invoice.Payer == receipt.Payer) return invoice;
        return null;
    }

    static Invoice? OfJustThisAmount(Facts root, Receipt receipt)
    {
        Invoice? only = null;
        foreach (var item in root.Get<ReceivablesFacts>().Of(receipt.Payer).OpenItems)
        {
            if (root.Find<Invoice>(item.Invoice) is not { } invoice || invoice.Free != receipt.Open || invoice.Currency != receipt.Currency) continue;
            if (only is not null) return null;
            only = invoice;
        }

        return only;
    }

    static void Pay(ref Facts root, ref Receipt receipt, Invoice invoice, WhatIf asked, ImmutableArray<string>.Builder paid)
    {
        if (invoice.Free <= 0 || asked.Company.Get<RatesFacts>().Find(receipt.Currency, invoice.Currency, receipt.Date) is not { } rate) return;
        var amount = Math.Min(Settling.Worth(receipt, invoice, rate), invoice.Free);
        if (amount <= 0 || Settling.Cost(receipt, invoice, amount, rate) is not { } cost) return;
        var allocated = Settling.Allocate(receipt, invoice, amount, cost, asked.Today);
        root = root.With(allocated.Receipt).With(allocated.Invoice);
        receipt = allocated.Receipt;
        paid.Add(invoice.Number);
    }
}
