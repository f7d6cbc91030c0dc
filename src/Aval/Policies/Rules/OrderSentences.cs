namespace Aval.Policies.Rules;

/// <summary>When the rules about the order itself find something, as a sentence goes on behind "when".</summary>
static class OrderSentences
{
    /// <summary>Null for a rule about something else.</summary>
    public static string? Of(RuleSetting rule, Figures said) => rule switch
    {
        PurchaseOrderMissingRule => said.In(
            "the customer wants its purchase order number on the order and it is not there",
            "le client veut son numéro de commande sur la commande et il n'y est pas",
            "der Kunde seine Bestellnummer auf dem Auftrag verlangt und sie fehlt"),
        PurchaseOrderMalformedRule => said.In(
            "its purchase order number is not written as the customer writes its numbers",
            "son numéro de commande client n'est pas écrit comme le client écrit les siens",
            "seine Bestellnummer nicht so geschrieben ist, wie der Kunde seine Nummern schreibt"),
        PurchaseOrderDuplicateRule duplicate => said.In(
            $"the customer has another live order with the same purchase order number, dated at most {said.Days(duplicate.Window)} apart",
            $"le client a une autre commande en cours du même numéro, datée à {said.Days(duplicate.Window)} d'écart au plus",
            $"der Kunde einen anderen laufenden Auftrag mit derselben Bestellnummer hat, höchstens {said.Days(duplicate.Window)} davor oder danach"),
        BuyerReferenceMissingRule => said.In(
            "the customer wants a buyer reference and it is not there",
            "le client veut une référence acheteur et elle n'y est pas",
            "der Kunde eine Käuferreferenz verlangt und sie fehlt"),
        BillingAddressIncompleteRule => said.In(
            "the billing address is not complete", "l'adresse de facturation n'est pas complète", "die Rechnungsadresse nicht vollständig ist"),
        TermsDeviateRule => said.In(
            "its payment terms are not those that were agreed",
            "ses conditions de paiement ne sont pas celles convenues",
            "seine Zahlungsbedingungen nicht die vereinbarten sind"),
        DiscountUndocumentedRule discount => said.In(
            $"it has a discount of more than {said.Percent(discount.AbovePercent)} that nobody has allowed",
            $"elle a une remise de plus de {said.Percent(discount.AbovePercent)} que personne n'a autorisée",
            $"er einen Rabatt von mehr als {said.Percent(discount.AbovePercent)} hat, den niemand genehmigt hat"),
        PriceDeviatesRule price => said.In(
            $"a price is more than {said.Percent(price.TolerancePercent)} off the list price",
            $"un prix s'écarte de plus de {said.Percent(price.TolerancePercent)} du tarif",
            $"ein Preis um mehr als {said.Percent(price.TolerancePercent)} vom Listenpreis abweicht"),
        TaxIdInvalidRule => said.In("the tax number is not valid", "le numéro fiscal n'est pas valide", "die Steuernummer nicht gültig ist"),
        OrderUnusualRule unusual => said.In(
            $"it is far above what the customer usually orders (a score of more than {said.Number(unusual.Score)})",
            $"elle dépasse de loin ce que le client commande d'habitude (un score de plus de {said.Number(unusual.Score)})",
            $"er weit über dem liegt, was der Kunde gewöhnlich bestellt (ein Wert von mehr als {said.Number(unusual.Score)})"),
        LegalEntityWrongRule => said.In(
            "who orders or pays is no longer active, or the order names another legal entity than the one that is billed",
            "celui qui commande ou paie n'est plus actif, ou que la commande nomme une autre entité juridique que celle facturée",
            "der Besteller oder Zahler nicht mehr aktiv ist oder der Auftrag eine andere Rechtseinheit nennt als die fakturierte"),
        AccountLinkWrongRule => said.In(
            "it is to be billed to neither who orders nor who pays",
            "elle doit être facturée à un autre que celui qui commande ou paie",
            "er weder dem Besteller noch dem Zahler berechnet werden soll"),
        PortalRequirementMissingRule => said.In(
            "something is missing that the customer's portal asks for", "il manque ce que le portail du client exige", "etwas fehlt, was das Portal des Kunden verlangt"),
        DeliveryDetailsMissingRule => said.In(
            "something is missing without which it cannot be delivered", "il manque de quoi la livrer", "etwas fehlt, ohne das er nicht geliefert werden kann"),
        OrderTooLargeRule { NewCustomers: { } less } large => said.In(
            $"it is worth more than {said.Amount(large.Amount)}, or more than {said.Amount(less.Amount)} while the payer has been a customer for fewer than {said.Days(less.Days)}",
            $"elle vaut plus de {said.Amount(large.Amount)}, ou plus de {said.Amount(less.Amount)} tant que le payeur est client depuis moins de {said.Days(less.Days)}",
            $"er mehr als {said.Amount(large.Amount)} wert ist, oder mehr als {said.Amount(less.Amount)}, solange der Zahler seit weniger als {said.OfDays(less.Days)} Kunde ist"),
        OrderTooLargeRule large => said.In(
            $"it is worth more than {said.Amount(large.Amount)}", $"elle vaut plus de {said.Amount(large.Amount)}", $"er mehr als {said.Amount(large.Amount)} wert ist"),
        RatesStaleRule stale => said.In(
            $"an exchange rate that the check needs is more than {said.Days(stale.Days)} old",
            $"un cours de change dont le contrôle a besoin a plus de {said.Days(stale.Days)}",
            $"ein Wechselkurs, den die Prüfung braucht, mehr als {said.Days(stale.Days)} alt ist"),
        ForcedHoldRule => said.In("somebody has put the account on hold", "quelqu'un a bloqué le compte", "jemand das Konto gesperrt hat"),
        MeasureRule => said.In(
            "it does not meet a standing condition that lies on the payer",
            "elle ne remplit pas une condition permanente qui pèse sur le payeur",
            "er eine dauerhafte Auflage nicht erfüllt, die auf dem Zahler liegt"),
        ConditionBrokenRule broken => said.In(
            $"in the last {said.Days(broken.Lasts)} the payer has not kept to what a release depended on",
            $"ces {said.Days(broken.Lasts)} derniers, le payeur n'a pas respecté ce dont une libération dépendait",
            $"der Zahler in den letzten {said.OfDays(broken.Lasts)} nicht eingehalten hat, wovon eine Freigabe abhing"),
        _ => null,
    };
}
