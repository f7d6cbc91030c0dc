using Aval.Checks.Rules;
using Aval.Checks.Rules.Options;
using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Limits.Rules;
using Aval.Parties;
using Aval.Receivables.Rules;

namespace Aval.Tests.Checks.Options;

/// <summary>An option carried out on the facts as somebody who reads it would, and the same one step smaller.</summary>
static class OptionTaken
{
    /// <summary>Receipts and credit notes that are named together are booked together: where money goes depends on what is still owed.</summary>
    public static bool IsBookedWith(Option option, Option and) => IsBooking(option) && IsBooking(and);

    static bool IsBooking(Option option) =>
        option.Action is OptionAction.ApplyReceipt or OptionAction.IssueCreditNote || option is { Action: OptionAction.CorrectData, Findings.IsEmpty: true };

    /// <summary>The least of the order that is worth so much in the payer's currency; two dollars are one euro.</summary>
    static long InOrderCurrency(WhatIf asked, long amount) => asked.Order.Currency == Currency.EUR ? amount : Math.Max(0, (2 * amount) - 1);

    public static WhatIf Of(WhatIf asked, Option option)
    {
        if (option.And is { } next && IsBookedWith(option, next)) return Of(asked, next with { Documents = [.. option.Documents, .. next.Documents] });
        var credit = Currency.EUR;
        var amount = option.Amount ?? 0;
        var changed = option.Action switch
        {
            OptionAction.ApplyReceipt or OptionAction.IssueCreditNote => Defects.Without(asked, AllDefects(asked).Where(defect => option.Documents.Contains(defect.Document))),
            OptionAction.WaitForPayment => option.Invoices.Aggregate(asked, (sofar, invoice) => sofar.Paid(invoice)),
            OptionAction.Deposit or OptionAction.Prepayment => asked.Deposited(amount, credit),
            OptionAction.ReduceOrder => asked.WorthOnly(amount),
            OptionAction.PartialRelease or OptionAction.StagedInvoicing => asked.WorthOnly(InOrderCurrency(asked, amount)),
            OptionAction.TemporaryLimit => asked.Limited(option.Level!, LevelOf(option), LimitTerm.Temporary, amount, credit, option.Until),
            OptionAction.CorrectLimit => asked.Limited(option.Level!, LevelOf(option), LimitTerm.Standing, amount, credit, null),
            OptionAction.ShorterTerms => asked.Under(option.PaymentTerms!),
            OptionAction.LaterShipDate => ShippedOn(asked, option.Until!.Value),
            OptionAction.CorrectData => Corrected(asked, option),
            OptionAction.Guarantee => asked.Guaranteed(amount, credit),
            OptionAction.QualifyDispute => option.Documents.Aggregate(asked, (sofar, number) => sofar.Qualified(asked.Root.Find<Dispute>(number)!)),
            OptionAction.PayUndisputed => Undisputed(asked, amount),
        };
        return option.And is { } and ? Of(changed, and) : changed;
    }

    /// <summary>The same option by one cent, one step of the limit, one day, one document or one invoice less (of a release and an order: more).</summary>
    public static IEnumerable<WhatIf> Smaller(WhatIf asked, Option option)
    {
        const long Step = 100_000;
        switch (option.Action)
        {
            case OptionAction.Deposit or OptionAction.Prepayment or OptionAction.Guarantee or OptionAction.PayUndisputed:
                if (option.Amount > 1) yield return Of(asked, option with { Amount = option.Amount - 1 });
                break;
            case OptionAction.PartialRelease or OptionAction.ReduceOrder:
                yield return Of(asked, option with { Amount = option.Amount + 1 });
                break;
            case OptionAction.TemporaryLimit or OptionAction.CorrectLimit:
                if (option.Amount > Step) yield return Of(asked, option with { Amount = option.Amount - Step });
                break;
            case OptionAction.WaitForPayment:
                foreach (var invoice in option.Invoices) yield return Of(asked, option with { Invoices = option.Invoices.Remove(invoice) });
                break;
            case OptionAction.ApplyReceipt or OptionAction.IssueCreditNote or OptionAction.QualifyDispute:
                foreach (var document in option.Documents) yield return Of(asked, option with { Documents = option.Documents.Remove(document) });
                break;
            case OptionAction.LaterShipDate:
                if (option.Until!.Value.AddDays(-1) is var before && before > asked.Today && before > asked.Order.ShipDate) yield return ShippedOn(asked, before);
                break;
            case OptionAction.CorrectData or OptionAction.ShorterTerms or OptionAction.StagedInvoicing:
                break;
        }
    }

    /// <summary>All expected money has come by then, and the check is made on that day; beyond the horizon today's check lets it go already.</summary>
    static WhatIf ShippedOn(WhatIf asked, DateOnly day) => day > asked.Today.AddDays(30)
        ? asked.Shipping(day)
        : new Aval.Checks.Rules.Options.Expectations(asked, Debtors.Of(asked, new Proof(asked.Check(), new Effort(0)))).On(day).Shipping(day);

    /// <summary>What is named is completed or put right, and nothing else: what another owner is to complete stays as it is.</summary>
    static WhatIf Corrected(WhatIf asked, Option option)
    {
        // An invoice that our own error sent back: a defect, without a finding that must vanish.
        if (option.Findings.IsEmpty) return Defects.Without(asked, AllDefects(asked).Where(defect => option.Documents.Contains(defect.Document)));
        if (option.Findings.Contains("purchase-order-missing")) asked = asked with { Order = asked.Order with { PurchaseOrder = "PO-1" } };
        foreach (var invoice in option.Documents.Select(asked.Root.Find<Invoice>).OfType<Invoice>())
            asked = asked.With(invoice with
            {
                Marks = option.Findings.Contains("over-invoiced") ? [] : invoice.Marks,
                Life = option.Findings.Contains("invoice-rejected") || option.Findings.Contains("invoice-not-sent")
                    ? new InvoiceLife(InvoiceStage.Sent, asked.Today) : invoice.Life,
            });
        return asked;
    }

    /// <summary>The amount is paid on what nobody disputes, oldest due first; two dollars are one euro.</summary>
    static WhatIf Undisputed(WhatIf asked, long amount)
    {
        var payers = Debtors.Of(asked, new Proof(asked.Check(), new Effort(0))).All.Select(debtor => debtor.Number);
        var invoices = payers.SelectMany(asked.Root.RowsOf).OfType<Invoice>();
        foreach (var invoice in invoices.OrderBy(invoice => invoice.DueDate).ThenBy(invoice => invoice.Number, StringComparer.Ordinal))
        {
            var of = invoice.Currency == Currency.EUR ? 1 : 2;
            var paid = Math.Min(amount * of, invoice.Open - Math.Min(invoice.Open, invoice.Said(PartKind.Disputed)));
            asked = asked.With(invoice with { Settled = invoice.Settled + paid });
            amount -= new Money(paid, invoice.Currency).Convert(1m / of, Currency.EUR).Minor;
        }

        return asked;
    }

    static IEnumerable<Defect> AllDefects(WhatIf asked) => asked.Root.Get<PartiesFacts>().Customers.Keys.Order(StringComparer.Ordinal)
        .SelectMany(payer => Defects.Mended(asked, payer).Defects);

    static LimitLevel LevelOf(Option option) => option.Level == "C1" ? LimitLevel.Payer : LimitLevel.Group;
}
