using System.Globalization;
using Aval.Kernel;
using Aval.Measures;
using Aval.Measures.Rules;
using Aval.Parties.Rules;
using Aval.Web;

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
        if ((customer.Hold ?? payer?.Hold) is not null) needs.Add(new OrderNeed("The account is on hold: every order waits for a decision.", Code: "forced-hold"));
        if (profile.PurchaseOrderRequired) needs.Add(new OrderNeed("Each order carries a purchase order number.", "purchaseOrder", "purchase-order-missing"));
        if (profile.PurchaseOrderPattern is { } pattern)
            needs.Add(new OrderNeed($"The purchase order number has the form {pattern}.", "purchaseOrder", "purchase-order-malformed"));
        if (profile.BuyerReferenceRequired) needs.Add(new OrderNeed("Each order names the buyer’s reference.", "buyerReference", "buyer-reference-missing"));
        if (profile.CostCentreRequired) needs.Add(new OrderNeed("Each order names the buyer’s cost centre.", "costCentre", "portal-requirement-missing"));
        if (profile.PortalIdRequired) needs.Add(new OrderNeed("Each order carries the id that it has in the buyer’s portal.", "portalReference", "portal-requirement-missing"));
        if (profile.DeliveryDetailsRequired) needs.Add(new OrderNeed("Each order says completely where the goods go.", "shipLine1", "delivery-details-missing"));
        if (profile.DeliveryNoteRequired) needs.Add(new OrderNeed("Each invoice names its delivery note."));
        if (profile.Portal is { } portal) needs.Add(new OrderNeed($"Invoices are entered into the portal {portal}."));
        if (profile.RoutingId is { } routing) needs.Add(new OrderNeed($"Invoices are sent electronically to {routing}."));
        needs.AddRange(root.Get<MeasuresFacts>().Of(customer.PayerNumber).Where(measure => measure.HoldsOn(today)).Select(Told));
        return needs;
    }

    static OrderNeed Told(AccountMeasure measure)
    {
        var until = Say.Date(measure.To);
        string Amount() => Say.Amount(new Money(measure.Amount ?? 0, measure.Currency));
        return new OrderNeed(measure.Kind switch
        {
            MeasureKind.DepositPercent => $"At least {(measure.Percent ?? 0).ToString("0.##", CultureInfo.InvariantCulture)} % of each order is paid in advance, until {until}.",
            MeasureKind.TermsAtMost => $"The payment terms are at most {measure.PaymentTerms}, until {until}.",
            MeasureKind.OrderCap => $"An order above {Amount()} needs a decision, until {until}.",
            MeasureKind.ExposureCap => $"What is owed stays within {Amount()}, until {until}.",
            MeasureKind.StagedInvoicing => $"An order above {Amount()} is invoiced in stages of at most that, until {until}.",
        }, Code: measure.Kind == MeasureKind.DepositPercent ? "prepayment-required" : null);
    }
}
