using System.Collections.Immutable;
using Aval.Kernel;
using Aval.Policies.Rules;
using Aval.Receivables.Rules;

namespace Aval.Checks.Rules;

/// <summary>What is wrong with the payer's earlier invoices and deliveries, so that its figures say less than they seem to.</summary>
/// <remarks>Each rule tells one document, the oldest; of rejections one through our error and one through the customer's.</remarks>
static class BillingRules
{
    public static void Find(CheckFacts facts, RuleSet rules, ref Found found)
    {
        if (facts.Payer is null) return;
        if (rules.InvoiceRejected is { } rejected) Rejected(facts, rejected, ref found);
        if (rules.InvoiceNotSent is { } notSent) OlderThan(facts, facts.Receivables.NotSent, notSent.Days, FindingKinds.InvoiceNotSent, notSent, ref found);
        if (rules.UnbilledTooOld is { } unbilled) OlderThan(facts, facts.UnbilledSince, unbilled.Days, FindingKinds.UnbilledTooOld, unbilled, ref found);
        if (rules.OverDelivered is { } overDelivered) First(facts, facts.OverDelivered, FindingKinds.OverDelivered, overDelivered, ref found);
        if (rules.OverInvoiced is { } overInvoiced) First(facts, facts.Receivables.OverInvoiced, FindingKinds.OverInvoiced, overInvoiced, ref found);
    }

    /// <summary>Rejected through our error it is our defect; through the customer's it is the customer's risk.</summary>
    static void Rejected(CheckFacts facts, InvoiceRejectedRule rule, ref Found found)
    {
        if (facts.Receivables.Rejected.IsEmpty) return;
        RejectedInvoice? ours = null, theirs = null;
        foreach (var invoice in facts.Receivables.Rejected)
        {
            if (invoice.Fault == RejectionFault.Company) ours ??= invoice;
            else theirs ??= invoice;
            if (ours is not null && theirs is not null) break;
        }

        if (ours is { } own) Add(facts, own, Cause.InternalDefect, rule, ref found);
        if (theirs is { } other) Add(facts, other, Cause.CustomerRisk, rule, ref found);
    }

    static void Add(CheckFacts facts, RejectedInvoice invoice, Cause nature, InvoiceRejectedRule rule, ref Found found) => found.Add(
        FindingKinds.InvoiceRejected, rule, level: facts.Payer!.Number, amount: invoice.Open, currency: facts.Payer.Currency,
        days: facts.Today.DayNumber - invoice.Date.DayNumber, subject: invoice.Invoice, nature: nature);

    static void OlderThan(CheckFacts facts, ImmutableSortedSet<Dated> documents, int days, FindingKind kind, RuleSetting rule, ref Found found)
    {
        if (documents.IsEmpty) return;
        var age = facts.Today.DayNumber - documents.Min.Date.DayNumber;
        if (age > days) found.Add(kind, rule, level: facts.Payer!.Number, days: age, subject: documents.Min.Number);
    }

    static void First(CheckFacts facts, ImmutableSortedSet<Dated> documents, FindingKind kind, RuleSetting rule, ref Found found)
    {
        if (!documents.IsEmpty) found.Add(kind, rule, level: facts.Payer!.Number, subject: documents.Min.Number);
    }
}
