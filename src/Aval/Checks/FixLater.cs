using System.Collections.Immutable;
using Aval.Checks.Rules;
using Aval.Checks.Rules.Options;
using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Orders.Rules;
using Aval.Parties;
using Aval.Policies.Rules;
using Aval.Promises;
using Aval.Promises.Rules;
using Aval.Receivables.Rules;
using Aval.Work;
using Aval.Work.Rules;

namespace Aval.Checks;

/// <summary>Our own defects behind an order that policy has let go all the same: each lies on its owner's list, with a deadline, until it is mended.</summary>
sealed class FixLater : IReaction
{
    public string Rule => "fixLater";

    /// <summary>Whether the order is gone while defects of ours stood.</summary>
    public static bool IsOf(Order order, OrderCheck check) => order.Status == OrderStatus.Released && !order.IsPart() && check.Defects.Count > 0;

    /// <summary>Our own defects behind what holds the order, or would hold it had policy not let it go; asked only where a cause says so.</summary>
    public static ImmutableArray<Defect> DefectsBehind(CheckResult result, WhatIf asked) =>
        (asked.Order.Status == OrderStatus.Held || asked.Order.IsPart() || asked.IsFixedLater())
        && result.Findings.Any(finding => finding is { Blocks: true, Cause: Cause.InternalDefect or Cause.Mixed })
            ? Diagnosis.DefectsThatMatter(asked, result, new Effort(Effort.InCommit))
            : [];

    /// <summary>Puts the defects on their owners' lists; what lies there for this order already stays.</summary>
    public static void Put(Case @case, Order order, CheckFacts facts, ImmutableArray<Defect> defects)
    {
        foreach (var defect in defects)
        {
            var about = (WorkKind.Defect, Words.Of(defect.Kind), defect.Document);
            if (@case.Facts.Get<WorkFacts>().About(about).Any(item => item.Block is null && item.Order == order.Number)) continue;
            // The line goes where the document goes: to its payer.
            var party = @case.Facts.Get<PartiesFacts>().Customers.ContainsKey(order.Payer) ? order.Payer : order.Customer;
            Lists.Put(@case, new WorkItem(
                Lists.IdAt(@case, $"{order.Number} {about}"), WorkKind.Defect, about.Item2, defect.Document, Words.Of(defect.Owner), party, null, order.Number,
                facts.Value.CreditTotal, order.CreditCurrency ?? order.Currency, @case.Now, @case.Today, WorkStatus.Open)
            {
                Hours = BlockClock.HoursFor(@case, facts.IsConverted ? new PolicyAmounts(facts).Of(facts.Value.CreditTotal) : null),
            });
        }
    }

    public IReadOnlyList<string> Wakes(Facts before, Facts after, Facts company, IReadOnlyList<object> rows)
    {
        var work = after.Get<WorkFacts>();
        if (work.Count == 0) return [];
        return
        [
            .. rows.SelectMany(row => Touched(before, row)).Distinct().SelectMany(document => work.About((WorkKind.Defect, Words.Of(document.Kind), document.Number)))
                .Where(item => IsDone(after, item)).Select(item => item.Id).Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>What may be mended by a change: the document itself, and what a credit note on its invoice answers.</summary>
    static IEnumerable<(DefectKind Kind, string Number)> Touched(Facts before, object row) => row switch
    {
        Receipt receipt => [(DefectKind.UnappliedReceipt, receipt.Number)],
        CreditNotePromise promise => [(DefectKind.PromisedCreditNote, promise.Number)],
        Dispute dispute => [(DefectKind.CompanyFaultDispute, dispute.Number)],
        CreditNote { Invoice: { } credited } => before.Get<PromisesFacts>().ToCreditOn(credited).Select(promise => (DefectKind.PromisedCreditNote, promise.Number)),
        Invoice invoice =>
        [
            (DefectKind.RejectedInvoice, invoice.Number),
            .. (before.Find<Invoice>(invoice.Number) ?? invoice).Parts.Where(part => part.Kind == PartKind.Disputed)
                .Select(part => (DefectKind.CompanyFaultDispute, part.Document)),
        ],
        _ => [],
    };

    public void Run(Case @case, string key)
    {
        if (@case.Facts.Find<WorkItem>(key) is { Status: WorkStatus.Open } item && IsDone(@case.Facts, item)) Lists.End(@case, item);
    }

    /// <summary>Whether the document of an order that was let go no longer waits for us.</summary>
    static bool IsDone(Facts facts, WorkItem item) => item is { Block: null, Order: not null } && Words.Parse<DefectKind>(item.Code) switch
    {
        DefectKind.UnappliedReceipt => facts.Find<Receipt>(item.Subject) is not { Status: ReceiptStatus.Cleared, DepositFor: null, OnAccount: false, Open: > 0 },
        DefectKind.PromisedCreditNote => facts.Find<CreditNotePromise>(item.Subject) is not { Rest: > 0 },
        DefectKind.CompanyFaultDispute => facts.Find<Dispute>(item.Subject) is not { Stands: true, Legitimacy: Legitimacy.CompanyFault },
        DefectKind.RejectedInvoice => facts.Find<Invoice>(item.Subject) is not { IsOpen: true, Life.Stage: InvoiceStage.Rejected },
    };
}
