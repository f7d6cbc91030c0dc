using Aval.Parties.Rules;
using Aval.Policies.Rules;

namespace Aval.Checks.Rules;

/// <summary>What the payer's desk wants on the order, or rejects the invoice: its purchase order number and a reference of the buyer.</summary>
/// <remarks>The profile asked is the ordering customer's where it has one of its own (a branch that buys by its own numbers), else the
/// payer's.</remarks>
static class PurchaseOrderRules
{
    public static void Find(CheckFacts facts, RuleSet rules, ref Found found)
    {
        var profile = ProfileOf(facts);
        var number = facts.Order.PurchaseOrder;
        if (string.IsNullOrWhiteSpace(number))
        {
            if (profile.PurchaseOrderRequired && rules.PurchaseOrderMissing is { } missing) found.Add(FindingKinds.PurchaseOrderMissing, missing);
        }
        else
        {
            if (profile.PurchaseOrderPattern is { } pattern && rules.PurchaseOrderMalformed is { } malformed
                && !PurchaseOrderPattern.Matches(pattern, number))
                found.Add(FindingKinds.PurchaseOrderMalformed, malformed, subject: number);
            if (rules.PurchaseOrderDuplicate is { } duplicate) Duplicate(facts, duplicate, ref found);
        }

        if (profile.BuyerReferenceRequired && rules.BuyerReferenceMissing is { } reference && string.IsNullOrWhiteSpace(facts.Order.BuyerReference))
            found.Add(FindingKinds.BuyerReferenceMissing, reference);
    }

    static PayabilityProfile ProfileOf(CheckFacts facts) =>
        facts.Payer is null || facts.Customer.Profile != PayabilityProfile.None ? facts.Customer.Profile : facts.Payer.Profile;

    static void Duplicate(CheckFacts facts, PurchaseOrderDuplicateRule rule, ref Found found)
    {
        var others = facts.SamePurchaseOrder;
        for (var at = 0; at < others.Count; at++)
        {
            var apart = Math.Abs(facts.Order.OrderDate.DayNumber - others[at].OrderDate.DayNumber);
            if (apart > rule.Window || others[at].Order == facts.Order.Number) continue;
            found.Add(FindingKinds.PurchaseOrderDuplicate, rule, days: apart, subject: others[at].Order);
            return;
        }
    }
}
