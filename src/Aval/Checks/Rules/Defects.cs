using System.Collections.Immutable;
using Aval.Disputes;
using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Policies.Rules;
using Aval.Promises;
using Aval.Promises.Rules;
using Aval.Rates;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Checks.Rules;

/// <summary>Our own defects around one payer: which there are, and what the facts are without them (docs/concepts/causes.md).</summary>
public static class Defects
{
    /// <summary>Documents looked at one by one; of a payer with more, the oldest. A bound for one decision.</summary>
    const int Most = 100;

    /// <summary>Every document of this order's payer that waits for us, in the order in which they are mended; of each kind the oldest first.</summary>
    public static ImmutableArray<Defect> Of(WhatIf asked)
    {
        var payer = asked.Order.Payer;
        var sums = asked.Root.Get<ReceivablesFacts>().Of(payer);
        if (sums is { Unapplied: 0, PromisedCreditNotes: 0, Disputed.CompanyFault: 0, Rejected.IsEmpty: true }) return [];
        var found = new List<Defect>();
        if (sums.Disputed.CompanyFault > 0)
            found.AddRange(asked.Root.Get<DisputesFacts>().Of(payer).Standing.Select(open => asked.Root.Find<Dispute>(open.Number)!)
                .Where(dispute => dispute.Legitimacy == Legitimacy.CompanyFault)
                .Select(dispute =>
                    Waiting(asked, DefectKind.CompanyFaultDispute, dispute.Number, dispute.Owner, dispute.Amount, dispute.Currency, dispute.Raised, dispute.Invoice)));
        if (sums.PromisedCreditNotes > 0)
            found.AddRange(asked.Root.Get<PromisesFacts>().ToCreditOf(payer)
                .Select(promise => Waiting(asked, DefectKind.PromisedCreditNote, promise.Number, promise.Owner, promise.Rest, promise.Currency, promise.Made, promise.Invoice)));
        foreach (var rejected in sums.Rejected)
            if (rejected.Fault == RejectionFault.Company && asked.Root.Find<Invoice>(rejected.Invoice) is { } invoice)
                found.Add(Waiting(asked, DefectKind.RejectedInvoice, invoice.Number, OwnerFunction.Billing, invoice.Open, invoice.Currency, rejected.Date, invoice.Number));
        // Which invoices money would settle depends on what the others have left open.
        var root = Without(asked, found).Root;
        foreach (var receipt in root.Get<ReceivablesFacts>().UnappliedOf(payer).Take(Most))
        {
            root = Applied(root, asked, receipt, out var invoices);
            found.Add(Waiting(asked, DefectKind.UnappliedReceipt, receipt.Number, OwnerFunction.AccountsReceivable, receipt.Open, receipt.Currency, receipt.Date, [.. invoices]));
        }

        return [.. found.Take(Most)];
    }

    /// <summary>The same question on the facts without these defects.</summary>
    public static WhatIf Without(WhatIf asked, IEnumerable<Defect> defects)
    {
        var root = asked.Root;
        Dictionary<string, long>? disputed = null;
        foreach (var defect in defects)
            root = defect.Kind switch
            {
                DefectKind.CompanyFaultDispute => Ended(Credited(root, defect, disputed ??= [], answered: 0), defect.Document, asked.Today),
                // A credit note that we have promised is mostly the answer to a dispute on the same invoice: it is not credited twice.
                DefectKind.PromisedCreditNote => Credited(root, defect, [], disputed?.GetValueOrDefault(defect.Invoices[0]) ?? 0),
                DefectKind.RejectedInvoice => OnTime(root, defect.Document, asked.Today),
                DefectKind.UnappliedReceipt => root.Find<Receipt>(defect.Document) is { } receipt ? Kept(Applied(root, asked, receipt, out _), asked, receipt) : root,
            };
        return asked with { Root = root };
    }

    static Defect Waiting(
        WhatIf asked, DefectKind kind, string document, OwnerFunction owner, long amount, Currency currency, DateOnly since, params IReadOnlyList<string> invoices) =>
        new(kind, document, owner, amount, currency, Math.Max(0, asked.Today.DayNumber - since.DayNumber), invoices);

    /// <summary>As if the credit note were issued: the invoice has so much less open.</summary>
    static Facts Credited(Facts root, Defect defect, Dictionary<string, long> credited, long answered)
    {
        if (root.Find<Invoice>(defect.Invoices[0]) is not { } invoice) return root;
        var amount = Math.Min(invoice.Free, defect.Amount - Math.Min(answered, defect.Amount));
        if (amount <= 0) return root;
        credited[invoice.Number] = credited.GetValueOrDefault(invoice.Number) + amount;
        var kind = defect.Kind == DefectKind.CompanyFaultDispute ? PartKind.Disputed : PartKind.ToBeCredited;
        return root.With(invoice.Without(kind, defect.Document) with { Settled = invoice.Settled + amount });
    }

    /// <summary>A dispute whose credit note is issued stands no more.</summary>
    static Facts Ended(Facts root, string number, DateOnly today) =>
        root.Find<Dispute>(number) is { } dispute ? root.With(dispute with { Ended = today }) : root;

    /// <summary>The promises that this money would have kept in time, had we applied it.</summary>
    static Facts Kept(Facts root, WhatIf asked, Receipt receipt)
    {
        foreach (var broken in root.Get<PromisesFacts>().BrokenOf(receipt.Payer))
        {
            if (receipt.ClearedOn > broken.Date || root.Find<PromiseToPay>(broken.Number) is not { } promise) continue;
            if (promise.Invoices.All(part => part.Rest <= PaidOf(part.Invoice))) root = root.With(promise with { Status = PromiseStatus.Kept });
        }

        return root;

        long PaidOf(string invoice) =>
            root.Find<Invoice>(invoice) is { } now && asked.Root.Find<Invoice>(invoice) is { } then ? now.Settled - then.Settled : long.MaxValue;
    }

    /// <summary>What was sent back through our error falls due today at the earliest.</summary>
    static Facts OnTime(Facts root, string number, DateOnly today) =>
        root.Find<Invoice>(number) is { } invoice ? root.With(invoice with { Life = null, DueDate = invoice.DueDate > today ? invoice.DueDate : today }) : root;

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
        if (CreditValue.Of(receipt.Currency, receipt.Rate, receipt.CreditCurrency) is not { } value) return null;
        // The amounts at hand are compared first: a payer may have very many open invoices.
        var open = value.Between(receipt.Allocated, receipt.Amount);
        Invoice? only = null;
        foreach (var item in root.Get<ReceivablesFacts>().Of(receipt.Payer).OpenItems)
        {
            if (item.Open != open || root.Find<Invoice>(item.Invoice) is not { } invoice || invoice.Free != receipt.Open || invoice.Currency != receipt.Currency) continue;
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
