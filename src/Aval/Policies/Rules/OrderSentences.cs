namespace Aval.Policies.Rules;

/// <summary>When the rules about the order itself find something, as a sentence goes on behind "when".</summary>
static class OrderSentences
{
    /// <summary>Null for a rule about something else.</summary>
    public static string? Of(RuleSetting rule, Figures said) => rule switch
    {
        PurchaseOrderMissingRule => "the customer wants its purchase order number on the order and it is not there",
        PurchaseOrderMalformedRule => "its purchase order number is not written as the customer writes its numbers",
        PurchaseOrderDuplicateRule duplicate =>
            $"the customer has another live order with the same purchase order number, dated at most {Figures.Days(duplicate.Window)} apart",
        BuyerReferenceMissingRule => "the customer wants a buyer reference and it is not there",
        BillingAddressIncompleteRule => "the billing address is not complete",
        TermsDeviateRule => "its payment terms are not those that were agreed",
        DiscountUndocumentedRule discount => $"it has a discount of more than {Figures.Percent(discount.AbovePercent)} that nobody has allowed",
        PriceDeviatesRule price => $"a price is more than {Figures.Percent(price.TolerancePercent)} off the list price",
        TaxIdInvalidRule => "the tax number is not valid",
        OrderUnusualRule unusual => $"it is far above what the customer usually orders (a score of more than {Figures.Number(unusual.Score)})",
        LegalEntityWrongRule => "who orders or pays is no longer active, or the order names another legal entity than the one that is billed",
        AccountLinkWrongRule => "it is to be billed to neither who orders nor who pays",
        PortalRequirementMissingRule => "something is missing that the customer's portal asks for",
        DeliveryDetailsMissingRule => "something is missing without which it cannot be delivered",
        OrderTooLargeRule { NewCustomers: { } less } large =>
            $"it is worth more than {said.Amount(large.Amount)}, or more than {said.Amount(less.Amount)} while the payer has been a customer for fewer than "
            + Figures.Days(less.Days),
        OrderTooLargeRule large => $"it is worth more than {said.Amount(large.Amount)}",
        RatesStaleRule stale => $"an exchange rate that the check needs is more than {Figures.Days(stale.Days)} old",
        ForcedHoldRule => "somebody has put the account on hold",
        MeasureRule => "it does not meet a standing condition that lies on the payer",
        ConditionBrokenRule broken => $"in the last {Figures.Days(broken.Lasts)} the payer has not kept to what a release depended on",
        _ => null,
    };
}
