using Aval.Orders.Rules;
using Aval.Parties.Rules;
using Aval.Policies.Rules;

namespace Aval.Checks.Rules;

/// <summary>What the payer's desk wants on the order, or rejects the invoice: its purchase order number, references, a complete place of delivery.</summary>
/// <remarks>What the ordering customer and the payer each ask for is asked for; a branch that buys by numbers of its own form keeps that form.</remarks>
static class PurchaseOrderRules
{
    /// <summary>What a finding's subject may name as missing.</summary>
    public const string CostCentre = "costCentre", PortalReference = "portalReference";

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
        if (rules.PortalRequirementMissing is { } portal && MissingOf(profile, facts.Order) is { } fields)
            found.Add(FindingKinds.PortalRequirementMissing, portal, subject: fields);
        if (profile.DeliveryDetailsRequired && rules.DeliveryDetailsMissing is { } details && !IsComplete(facts.Order.ShipTo))
            found.Add(FindingKinds.DeliveryDetailsMissing, details);
    }

    /// <summary>The order's fields that the payer's portal or desk needs and the order lacks, as the body names them; null when none.</summary>
    static string? MissingOf(PayabilityProfile profile, Order order)
    {
        var centre = profile.CostCentreRequired && string.IsNullOrWhiteSpace(order.CostCentre);
        var reference = profile.PortalIdRequired && string.IsNullOrWhiteSpace(order.PortalReference);
        return centre ? reference ? $"{CostCentre}, {PortalReference}" : CostCentre : reference ? PortalReference : null;
    }

    static bool IsComplete(PostalAddress? place) => place is not null
        && !string.IsNullOrWhiteSpace(place.Line1) && !string.IsNullOrWhiteSpace(place.City) && !string.IsNullOrWhiteSpace(place.PostalCode)
        && !string.IsNullOrWhiteSpace(place.Country);

    /// <summary>What the payer and the ordering customer ask of the order together.</summary>
    public static PayabilityProfile ProfileOf(CheckFacts facts) =>
        facts.Payer is null ? facts.Customer.Profile : facts.Customer.Profile.Over(facts.Payer.Profile);

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
