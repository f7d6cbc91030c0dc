using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Measures;
using Aval.Measures.Rules;
using Aval.Parties.Rules;
using Aval.Web;
using static Aval.Web.Translated;

namespace Aval.Checks;

/// <summary>One thing that a payer asks of its orders, told before it is forgotten.</summary>
/// <param name="Field">Where it is typed; null where it is no field of the order.</param>
/// <param name="Code">Of the finding that is raised without it.</param>
public sealed record OrderNeed(string Says, string? Field = null, string? Code = null);

/// <summary>What a customer's payer asks of an order, and what stands with it anyway.</summary>
static class OrderNeeds
{
    public static IReadOnlyList<OrderNeed> Of(Facts root, Customer customer, Customer? payer, DateOnly today)
    {
        var profile = payer is null ? customer.Profile : customer.Profile.Over(payer.Profile);
        var needs = new List<OrderNeed>();
        if ((customer.Hold ?? payer?.Hold) is not null) needs.Add(new OrderNeed(T("The account is on hold: every order waits for a decision."), Code: "forced-hold"));
        if (profile.PurchaseOrderRequired) needs.Add(new OrderNeed(T("Each order carries a purchase order number."), "purchaseOrder", "purchase-order-missing"));
        if (FormOf(profile) is { } form) needs.Add(new OrderNeed(form, "purchaseOrder", FindingKinds.PurchaseOrderMalformed.Code));
        if (profile.BuyerReferenceRequired) needs.Add(new OrderNeed(T("Each order names the buyer’s reference."), "buyerReference", "buyer-reference-missing"));
        if (profile.CostCentreRequired)
            needs.Add(new OrderNeed(T("Each order names the buyer’s cost centre."), "costCentre", "portal-requirement-missing"));
        if (profile.PortalIdRequired)
            needs.Add(new OrderNeed(T("Each order carries the id that it has in the buyer’s portal."), "portalReference", "portal-requirement-missing"));
        if (profile.DeliveryDetailsRequired) needs.Add(new OrderNeed(T("Each order says completely where the goods go."), "shipLine1", "delivery-details-missing"));
        if (profile.DeliveryNoteRequired) needs.Add(new OrderNeed(T("Each invoice names its delivery note.")));
        if (profile.Portal is { } portal) needs.Add(new OrderNeed(T("Invoices are entered into the portal {0}.", portal)));
        if (profile.RoutingId is { } routing) needs.Add(new OrderNeed(T("Invoices are sent electronically to {0}.", routing)));
        needs.AddRange(root.Get<MeasuresFacts>().Of(customer.PayerNumber).Where(measure => measure.HoldsOn(today)).Select(Told));
        return needs;
    }

    /// <summary>The form of the purchase order number that the payer accepts, where findings of this order ask for one; nothing where none does.</summary>
    /// <param name="asked">Null where the order is not looked at any more.</param>
    public static IEnumerable<string> FormAsked(WhatIf? asked, IEnumerable<Finding> findings) =>
        asked is not null && findings.Any(AsksForForm) && FormOf(PurchaseOrderRules.ProfileOf(asked.Facts())) is { } form ? [form] : [];

    static bool AsksForForm(Finding finding) =>
        finding.Blocks && (finding.Code == FindingKinds.PurchaseOrderMalformed.Code || finding.Code == FindingKinds.PurchaseOrderMissing.Code);

    static string? FormOf(PayabilityProfile profile) => profile.PurchaseOrderPattern is not { } pattern ? null
        : PurchaseOrderExample.Of(pattern) is { } example ? T("The purchase order number looks like {0}.", example) : T("The purchase order number has the form {0}.", pattern);

    static OrderNeed Told(AccountMeasure measure)
    {
        var until = measure.To;
        Money Amount() => new(measure.Amount ?? 0, measure.Currency);
        return new OrderNeed(measure.Kind switch
        {
            MeasureKind.DepositPercent => T(
                "At least {0} % of each order is paid in advance, until {1}.", (measure.Percent ?? 0).ToString("0.##", Tongue.Current.Numbers), until),
            MeasureKind.TermsAtMost => T("The payment terms are at most {0}, until {1}.", measure.PaymentTerms, until),
            MeasureKind.OrderCap => T("An order above {0} needs a decision, until {1}.", Amount(), until),
            MeasureKind.ExposureCap => T("What is owed stays within {0}, until {1}.", Amount(), until),
            MeasureKind.StagedInvoicing => T("An order above {0} is invoiced in stages of at most that, until {1}.", Amount(), until),
        }, Code: measure.Kind == MeasureKind.DepositPercent ? "prepayment-required" : null);
    }
}
