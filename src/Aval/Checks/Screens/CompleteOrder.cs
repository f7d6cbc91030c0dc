using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Parties.Rules;
using Aval.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Checks;

/// <summary>A field of an order that can be completed on its page.</summary>
/// <param name="Codes">Findings that ask for it.</param>
public sealed record CompletedField(string Name, string Label, string Type, string? Value, params string[] Codes);

/// <summary>Completes an order from its page: what is given is changed, all else stays as it is, and the check is made again.</summary>
public static class CompleteOrder
{
    /// <summary>Where the form stands on the order's page.</summary>
    public const string Anchor = "complete";

    /// <summary>Whether the form asks for what ends this finding.</summary>
    public static bool Mends(string code) => FieldsOf(null).Any(field => field.Codes.Contains(code));

    /// <summary>All that can be completed, each with what stands there.</summary>
    /// <param name="order">Null where only the fields are asked for.</param>
    public static IReadOnlyList<CompletedField> FieldsOf(Order? order) =>
    [
        new("purchaseOrder", T("Purchase order number"), "text", order?.PurchaseOrder, "purchase-order-missing", "purchase-order-malformed", "purchase-order-duplicate"),
        new("buyerReference", T("Buyer’s reference"), "text", order?.BuyerReference, "buyer-reference-missing"),
        new("costCentre", T("Cost centre"), "text", order?.CostCentre, "portal-requirement-missing"),
        new("portalReference", T("Id in their portal"), "text", order?.PortalReference, "portal-requirement-missing"),
        new("shipLine1", T("Goods go to: street and number"), "text", order?.ShipTo?.Line1, "delivery-details-missing"),
        new("shipPostalCode", T("Postal code"), "text", order?.ShipTo?.PostalCode, "delivery-details-missing"),
        new("shipCity", T("City"), "text", order?.ShipTo?.City, "delivery-details-missing"),
        new("shipCountry", T("Country, as FR"), "text", order?.ShipTo?.Country, "delivery-details-missing"),
        new("vatId", T("VAT number as they state it"), "text", order?.VatId, "legal-entity-wrong", "tax-id-invalid"),
        new("registrationId", T("Registration as they state it"), "text", order?.RegistrationId, "legal-entity-wrong"),
        new("billTo", T("Invoice to another customer"), "text", order?.BillTo, "account-link-wrong"),
        new("paymentTerms", T("Payment terms"), "text", order?.PaymentTerms, "terms-deviate"),
        new("shipDate", T("Ships on"), "date", order?.ShipDate is { } date ? Say.Iso(date) : null),
    ];

    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapForm("/orders/{number}/complete", OrderPermissions.EnterOrders, async (request, cancel) =>
    {
        var number = request.Route("number");
        if (await GetOrder.FindAsync(request.Desk, request.Store, number, cancel) is not { } found) return PageAnswer.Missing(T("There is no order {0}.", number));
        var form = await request.Context.Request.ReadFormAsync(cancel);
        // What was read is what is changed: whoever changed the order meanwhile is not overwritten.
        var typed = TypedOrder.Of(form);
        var read = typed.Reread(BodyOf(found.Order));
        var refused = read.Problem ?? (await request.Desk.SubmitAsync(new ChangeOrder(number, read.Value!) { Read = [typed["edition"]] }, request.Actor, cancel: cancel)).Problem;
        return refused is null ? PageAnswer.To(Links.Order(number)) : await ShowOrder.ShowAsync(request, refused, typed, cancel);
    });

    /// <summary>The order as it would be sent again: with what is left of it after cancellations.</summary>
    static OrderBody BodyOf(Order order) => new(
        order.Number, order.Customer, order.Currency, order.OrderDate,
        [.. order.Lines.Where(line => line.Quantity > line.Cancelled).Select(line => LineOf(line, line.Quantity - line.Cancelled))]);

    static OrderLineBody LineOf(OrderLine line, Quantity left) => new(
        line.Line, line.Item, left, line.UnitPrice, line.TaxRate, line.Description, line.DiscountPercent, line.DiscountApproval, line.ListPrice, line.UnitCost,
        line.MinimumLot is { } lot ? Quantity.Min(lot, left) : null, line.Urgent);
}
