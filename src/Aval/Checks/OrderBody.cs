using System.Text.Json;
using Aval.Kernel;
using Aval.Orders.Rules;
using Aval.Parties.Rules;

namespace Aval.Checks;

/// <summary>An order as given.</summary>
/// <param name="Number">Unique in the company.</param>
/// <param name="Customer">Who orders.</param>
/// <param name="Currency">Of all its prices.</param>
/// <param name="ShipDate">When it is to leave; absent counts as today.</param>
/// <param name="BillTo">Another customer's number to whom the invoice is sent.</param>
/// <param name="EnteredBy">The person who entered it, even when a key carries it. Of a change, who asks for it: who entered the order stays.</param>
/// <param name="PaymentTerms">Terms asked for on this order; absent means the agreed ones.</param>
/// <param name="Context">What Customer Service knows: urgency, recurring, note, …</param>
/// <param name="VatId">As the customer states its own: compared with what is known of who is billed.</param>
/// <param name="RegistrationId">The same of its registration.</param>
/// <param name="CostCentre">Of the buyer, where its desk asks for one.</param>
/// <param name="PortalReference">The buyer's own id of the order in its portal.</param>
/// <param name="ShipTo">Where the goods go.</param>
/// <param name="CompleteDelivery">It is delivered as a whole or not at all, so no partial release is offered; absent means in parts where need be.</param>
public sealed record OrderBody(
    string Number,
    string Customer,
    Currency Currency,
    DateOnly OrderDate,
    IReadOnlyList<OrderLineBody> Lines,
    DateOnly? ShipDate = null,
    string? BillTo = null,
    string? EnteredBy = null,
    string? PaymentTerms = null,
    string? PurchaseOrder = null,
    string? BuyerReference = null,
    OrderContext? Context = null,
    string? VatId = null,
    string? RegistrationId = null,
    string? CostCentre = null,
    string? PortalReference = null,
    PostalAddress? ShipTo = null,
    bool? CompleteDelivery = null);

/// <param name="Line">Its number, from 1, unique on the order.</param>
/// <param name="Quantity">Above zero.</param>
/// <param name="UnitPrice">Before tax and discount.</param>
/// <param name="TaxRate">Percent, 0 to 100.</param>
/// <param name="DiscountPercent">Percent off, 0 to 100.</param>
/// <param name="DiscountApproval">Who or what allowed the discount.</param>
/// <param name="ListPrice">The agreed list's price, before tax and discount.</param>
/// <param name="UnitCost">For margin.</param>
/// <param name="MinimumLot">The least of it that is sent by itself, at most the quantity; all that is left of the line may always go. Absent means any.</param>
/// <param name="Urgent">The customer waits for it: it goes first where only a part can go. Absent means that it can wait.</param>
public sealed record OrderLineBody(
    int Line,
    string Item,
    Quantity Quantity,
    UnitPrice UnitPrice,
    decimal TaxRate,
    string? Description = null,
    decimal DiscountPercent = 0,
    string? DiscountApproval = null,
    UnitPrice? ListPrice = null,
    UnitPrice? UnitCost = null,
    Quantity? MinimumLot = null,
    bool? Urgent = null)
{
    /// <summary>The line of an order, as far as the same line of an earlier version had come.</summary>
    public OrderLine ToLine(OrderLine? before) => new(
        Line, Item, Quantity, UnitPrice, TaxRate, Description, DiscountPercent, DiscountApproval, ListPrice, UnitCost, before?.Delivered ?? default,
        before?.Invoiced ?? default, default, before?.Billed ?? 0, MinimumLot, Urgent ?? false);
}

/// <summary>The commercial context of an order, from Customer Service.</summary>
public sealed record OrderContext(
    string? Urgency = null,
    bool? Recurring = null,
    bool? PartialDeliveryPossible = null,
    bool? DepositAnnounced = null,
    bool? PurchaseOrderOnItsWay = null,
    bool? TermsChanged = null,
    bool? PortalImposed = null,
    bool? ForDifferentEntity = null,
    bool? PreviousInvoiceBlocked = null,
    bool? DisputeBeingResolved = null,
    string? WhyItMatters = null,
    string? Note = null);

/// <summary>What an order's fields may hold.</summary>
static class OrderFields
{
    public static Problem? Refuse(OrderBody body)
    {
        if ((Numbers.Refuse("number", body.Number) ?? Numbers.Refuse("customer", body.Customer)) is { } bad) return bad;
        if (body.BillTo is not null && Numbers.Refuse("billTo", body.BillTo) is { } badBillTo) return badBillTo;
        if (body.PaymentTerms is not null && !PaymentTerms.TryParse(body.PaymentTerms, out _))
            return KernelProblems.Invalid("paymentTerms", "must be terms such as NET30, EOM15, PREPAID, COD or 2/10 NET30");
        if (body.ShipTo?.Country is { } country && !Country.IsKnown(country))
            return KernelProblems.Invalid("shipTo.country", "must be an ISO 3166-1 code of two capital letters");
        if (body.Lines.Count is 0 or > 10_000) return KernelProblems.Invalid("lines", "must have 1 to 10,000 lines");
        var seen = new HashSet<int>();
        long total = 0;
        for (var i = 0; i < body.Lines.Count; i++)
        {
            var line = body.Lines[i];
            var at = $"lines[{i}]";
            if (line.Line < 1 || !seen.Add(line.Line)) return KernelProblems.Invalid($"{at}.line", "must be from 1 and unique on the order");
            if (string.IsNullOrWhiteSpace(line.Item)) return KernelProblems.Invalid($"{at}.item", "must not be empty");
            if (line.Quantity.Scaled == 0) return KernelProblems.Invalid($"{at}.quantity", "must be above zero");
            if (line.MinimumLot is { } lot && (lot.Scaled == 0 || lot > line.Quantity))
                return KernelProblems.Invalid($"{at}.minimumLot", "must be above zero and at most the quantity");
            if (line.TaxRate is < 0 or > 100) return KernelProblems.Invalid($"{at}.taxRate", "must be from 0 to 100 percent");
            if (line.DiscountPercent is < 0 or > 100) return KernelProblems.Invalid($"{at}.discountPercent", "must be from 0 to 100 percent");
            // Quantity times price may pass what decimals hold before it is known to be too large.
            if ((double)line.Quantity.Value * (double)line.UnitPrice.Value >= (double)Money.Bound)
                return KernelProblems.Invalid($"{at}.unitPrice", "makes the line's value reach 10^13");
            total += OrderValue.LineValue(line.ToLine(null), line.Quantity, body.Currency);
            if (new Money(total, body.Currency).Major >= Money.Bound) return KernelProblems.Invalid("lines", "must come to less than 10^13 in all");
        }

        return null;
    }

    /// <summary>The order as it would stand. What a change leaves out stays as it was.</summary>
    public static Order ToOrder(OrderBody body, Customer customer, Order? before, long opened) => new(
        body.Number, body.Customer, customer.PayerNumber, body.Currency, body.OrderDate, body.ShipDate ?? before?.ShipDate,
        [.. body.Lines.Select(line => line.ToLine(before?.Lines.FirstOrDefault(known => known.Line == line.Line)))],
        body.BillTo ?? before?.BillTo, before is null ? body.EnteredBy : before.EnteredBy,
        body.PaymentTerms is not null && PaymentTerms.TryParse(body.PaymentTerms, out var terms) ? terms.ToString() : before?.PaymentTerms,
        body.PurchaseOrder ?? before?.PurchaseOrder, body.BuyerReference ?? before?.BuyerReference,
        body.Context is null ? before?.Context : JsonSerializer.Serialize(body.Context, Json.Options), OrderStatus.Received,
        null, null, null, opened)
    {
        VatId = body.VatId ?? before?.VatId, RegistrationId = body.RegistrationId ?? before?.RegistrationId, CostCentre = body.CostCentre ?? before?.CostCentre,
        PortalReference = body.PortalReference ?? before?.PortalReference, ShipTo = body.ShipTo ?? before?.ShipTo,
        CompleteDelivery = body.CompleteDelivery ?? before?.CompleteDelivery ?? false,
    };
}
