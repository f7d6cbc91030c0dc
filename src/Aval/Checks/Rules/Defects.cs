using System.Collections.Immutable;
using Aval.Cash;
using Aval.Disputes;
using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Policies.Rules;
using Aval.Promises;
using Aval.Promises.Rules;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Checks.Rules;

/// <summary>Our own defects around one payer: which there are, and what the facts are without them (docs/concepts/causes.md).</summary>
public static class Defects
{
    /// <summary>Every document of this order's payer that waits for us, in the order in which they are mended; of each kind the oldest first.</summary>
    public static ImmutableArray<Defect> Of(WhatIf asked) => Mended(asked, asked.Order.Payer).Defects;

    /// <summary>What waits for us of one payer, and the same question on the facts without it.</summary>
    public static (ImmutableArray<Defect> Defects, WhatIf Without) Mended(WhatIf asked, string payer)
    {
        var sums = asked.Root.Get<ReceivablesFacts>().Of(payer);
        return sums is { Unapplied: 0, PromisedCreditNotes: 0, Disputed.CompanyFault: 0, Rejected.IsEmpty: true } ? ([], asked) : MendedFacts.Of(asked, payer, Looked);
    }

    static (ImmutableArray<Defect> Defects, Facts Root) Looked(WhatIf asked, string payer)
    {
        var sums = asked.Root.Get<ReceivablesFacts>().Of(payer);
        var found = ImmutableArray.CreateBuilder<Defect>();
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
        var applying = new Applying(Without(asked, found).Root, asked.Company, asked.Today);
        var cascade = new WaitingReceipts(asked.Company);
        foreach (var receipt in applying.Root.Get<ReceivablesFacts>().UnappliedOf(payer))
        {
            var (meant, whole) = cascade.Of(applying.Root, receipt);
            var invoices = applying.Apply(receipt, meant);
            Keep(applying, asked, receipt);
            var waiting = Waiting(
                asked, DefectKind.UnappliedReceipt, receipt.Number, OwnerFunction.AccountsReceivable, receipt.Open, receipt.Currency, receipt.Date,
                [.. ByDueDate(applying.Root, invoices)]);
            found.Add(waiting with { Meant = meant, Approximate = !whole });
        }

        return (found.ToImmutable(), applying.Root);
    }

    static IEnumerable<string> ByDueDate(Facts root, ImmutableArray<string> invoices) =>
        invoices.OrderBy(number => root.Find<Invoice>(number)!.DueDate).ThenBy(number => number, StringComparer.Ordinal);

    /// <summary>These defects, each receipt with the invoices that it pays where they alone are mended: beside others it may have paid what those left.</summary>
    public static ImmutableArray<Defect> Alone(WhatIf asked, ImmutableArray<Defect> defects)
    {
        var applying = new Applying(asked.Root, asked.Company, asked.Today);
        var pays = Mend(applying, asked, defects);
        return [.. defects.Select(defect => pays.TryGetValue(defect, out var invoices) ? defect with { Invoices = [.. ByDueDate(applying.Root, invoices)] } : defect)];
    }

    /// <summary>The same question on the facts without these defects.</summary>
    public static WhatIf Without(WhatIf asked, IEnumerable<Defect> defects)
    {
        var applying = new Applying(asked.Root, asked.Company, asked.Today);
        Mend(applying, asked, defects);
        return asked with { Root = applying.Root };
    }

    /// <summary>Each mended in turn.</summary>
    /// <returns>The invoices that each receipt pays.</returns>
    static Dictionary<Defect, ImmutableArray<string>> Mend(Applying applying, WhatIf asked, IEnumerable<Defect> defects)
    {
        var pays = new Dictionary<Defect, ImmutableArray<string>>(ReferenceEqualityComparer.Instance);
        Dictionary<string, long>? disputed = null;
        foreach (var defect in defects)
            switch (defect.Kind)
            {
                case DefectKind.CompanyFaultDispute:
                    applying.Root = Ended(Credited(applying.Root, defect, disputed ??= [], answered: 0), defect.Document, asked.Today);
                    break;
                case DefectKind.PromisedCreditNote:
                    // A credit note that we have promised is mostly the answer to a dispute on the same invoice: it is not credited twice.
                    applying.Root = Credited(applying.Root, defect, [], disputed?.GetValueOrDefault(defect.Invoices[0]) ?? 0);
                    break;
                case DefectKind.RejectedInvoice:
                    applying.Root = OnTime(applying.Root, defect.Document, asked.Today);
                    break;
                case DefectKind.UnappliedReceipt:
                    if (applying.Root.Find<Receipt>(defect.Document) is not { } receipt) break;
                    pays[defect] = applying.Apply(receipt, defect.Meant);
                    Keep(applying, asked, receipt);
                    break;
            }

        return pays;
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
    static void Keep(Applying applying, WhatIf asked, Receipt receipt)
    {
        foreach (var broken in applying.Root.Get<PromisesFacts>().BrokenOf(receipt.Payer))
        {
            if (receipt.ClearedOn > broken.Date || applying.Root.Find<PromiseToPay>(broken.Number) is not { } promise) continue;
            if (promise.Invoices.All(part => part.Rest <= PaidOf(part.Invoice))) applying.Root = applying.Root.With(promise with { Status = PromiseStatus.Kept });
        }

        long PaidOf(string invoice) =>
            applying.Root.Find<Invoice>(invoice) is { } now && asked.Root.Find<Invoice>(invoice) is { } then ? now.Settled - then.Settled : long.MaxValue;
    }

    /// <summary>What was sent back through our error falls due today at the earliest.</summary>
    static Facts OnTime(Facts root, string number, DateOnly today) =>
        root.Find<Invoice>(number) is { } invoice ? root.With(invoice with { Life = null, DueDate = invoice.DueDate > today ? invoice.DueDate : today }) : root;
}
