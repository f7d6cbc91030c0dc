using System.Collections.Frozen;

namespace Aval.Policies.Rules;

/// <summary>The words of a policy's JSON as people say them: roles, fields of customers, causes, rules, and what money is matched by.</summary>
public static class PolicyTerms
{
    static readonly FrozenDictionary<string, (string French, string German)> Terms = new Dictionary<string, (string French, string German)>(StringComparer.Ordinal)
    {
        // Roles
        ["leadership"] = ("direction", "Geschäftsleitung"), ["creditManager"] = ("responsable crédit", "Leitung Kreditmanagement"),
        ["creditAnalyst"] = ("analyste crédit", "Kreditsachbearbeitung"), ["accountsReceivable"] = ("comptabilité clients", "Debitorenbuchhaltung"),
        ["collector"] = ("recouvrement", "Mahnwesen"), ["orderManager"] = ("gestion des commandes", "Auftragssteuerung"),
        ["customerService"] = ("service client", "Kundenservice"), ["sales"] = ("ventes", "Vertrieb"), ["billing"] = ("facturation", "Fakturierung"),
        ["quality"] = ("qualité", "Qualität"), ["masterData"] = ("données de base", "Stammdaten"), ["finance"] = ("finances", "Finanzen"),
        ["administrator"] = ("administration", "Administration"),

        // Fields of a customer
        ["name"] = ("nom", "Name"), ["country"] = ("pays", "Land"), ["registrationId"] = ("numéro d'immatriculation", "Registernummer"),
        ["vatId"] = ("numéro de TVA", "Umsatzsteuer-Identifikationsnummer"), ["lei"] = ("LEI", "LEI"), ["currency"] = ("devise", "Währung"),
        ["billingAddress"] = ("adresse de facturation", "Rechnungsadresse"), ["contacts"] = ("contacts", "Ansprechpartner"),
        ["profile"] = ("profil de facturation", "Rechnungsprofil"), ["payer"] = ("payeur", "Zahler"), ["group"] = ("groupe", "Gruppe"),
        ["paymentTerms"] = ("conditions de paiement", "Zahlungsbedingungen"), ["riskClass"] = ("classe de risque", "Risikoklasse"), ["limit"] = ("limite de crédit", "Kreditlimit"),
        ["segment"] = ("segment", "Segment"), ["largeAccount"] = ("grand compte", "Großkunde"),

        // Causes of a block
        ["customerRisk"] = ("risque client", "Kundenrisiko"), ["internalDefect"] = ("défaut interne", "eigener Fehler"),
        ["awaitingCustomer"] = ("attente du client", "Warten auf den Kunden"), ["setUp"] = ("paramétrage", "Einrichtung"), ["mixed"] = ("mixte", "gemischt"),

        // What matches money, and what an invoice asks for
        ["creditorReference"] = ("référence créancier", "Zahlungsreferenz"), ["remittanceText"] = ("libellé du payeur", "Verwendungszweck"),
        ["exactAmount"] = ("montant exact", "genauer Betrag"), ["balance"] = ("solde entier", "gesamter Saldo"), ["pastDueBalance"] = ("solde échu", "überfälliger Saldo"),
        ["upToDay"] = ("solde jusqu'à un jour", "Saldo bis zu einem Tag"), ["sumOfSet"] = ("somme de pièces", "Summe von Belegen"),
        ["oldestFirst"] = ("la plus ancienne d'abord", "älteste zuerst"), ["byHand"] = ("à la main", "von Hand"), ["principal"] = ("principal", "Hauptforderung"),
        ["interest"] = ("intérêts", "Zinsen"), ["costs"] = ("frais", "Kosten"),

        // Choices of single fields
        ["retained"] = ("notre propre risque", "unser eigenes Risiko"), ["decision"] = ("avec la part de l'assureur", "mit dem Teil des Versicherers"),
        ["companyFault"] = ("de notre fait", "unser Verschulden"), ["customerFault"] = ("du fait du client", "Verschulden des Kunden"),
        ["shared"] = ("du fait des deux", "Verschulden beider"), ["unqualified"] = ("pas encore qualifié", "noch nicht eingeordnet"),
        ["hold"] = ("bloquer", "sperren"), ["releaseAndFix"] = ("libérer et corriger", "freigeben und beheben"), ["mark"] = ("marquer", "kennzeichnen"),
        ["refuse"] = ("refuser", "ablehnen"), ["count"] = ("comptent", "zählen mit"), ["ignore"] = ("ne comptent pas", "zählen nicht"),
        ["ignoreCompanyFault"] = ("ne comptent pas si de notre fait", "zählen bei eigenem Verschulden nicht"),

        // Rules
        ["limitNotSet"] = ("limite non fixée", "Kreditlimit fehlt"), ["limitExpired"] = ("limite expirée", "Kreditlimit abgelaufen"), ["overdue"] = ("échus", "Überfälliges"),
        ["oldestItem"] = ("poste le plus ancien", "ältester Posten"), ["brokenPromise"] = ("promesse non tenue", "gebrochene Zahlungszusage"),
        ["disputeUnqualified"] = ("litige non qualifié", "Reklamation nicht eingeordnet"), ["disputeUnowned"] = ("litige sans responsable", "Reklamation ohne Zuständige"),
        ["disputeUnresolved"] = ("litige non résolu", "Reklamation ungelöst"), ["disputeTactical"] = ("litige tactique", "taktische Reklamation"),
        ["invoiceRejected"] = ("facture rejetée", "Rechnung abgelehnt"), ["invoiceNotSent"] = ("facture non envoyée", "Rechnung nicht gesendet"),
        ["unbilledTooOld"] = ("livré non facturé", "Geliefertes nicht abgerechnet"), ["overDelivered"] = ("livraison excédentaire", "Überlieferung"),
        ["overInvoiced"] = ("facturation excédentaire", "Überfakturierung"), ["riskClassMissing"] = ("classe de risque absente", "Risikoklasse fehlt"),
        ["forcedHold"] = ("blocage forcé", "Kontosperre"), ["prepaymentRequired"] = ("paiement d'avance", "Vorauszahlung nötig"),
        ["orderTooLarge"] = ("commande trop grande", "Auftrag zu groß"), ["concentration"] = ("concentration", "Klumpenrisiko"), ["measure"] = ("mesure", "Maßnahme"),
        ["coverReduced"] = ("couverture réduite", "Deckung gekürzt"), ["coverExpired"] = ("couverture expirée", "Deckung abgelaufen"),
        ["coverNotificationDue"] = ("déclaration à l'assureur due", "Meldung an Versicherer fällig"), ["reviewOverdue"] = ("revue en retard", "Überprüfung überfällig"),
        ["purchaseOrderMissing"] = ("numéro de commande client absent", "Bestellnummer fehlt"),
        ["purchaseOrderMalformed"] = ("numéro de commande client mal formé", "Bestellnummer falsch geschrieben"),
        ["purchaseOrderDuplicate"] = ("numéro de commande client en double", "Bestellnummer doppelt"),
        ["buyerReferenceMissing"] = ("référence acheteur absente", "Käuferreferenz fehlt"),
        ["billingAddressIncomplete"] = ("adresse de facturation incomplète", "Rechnungsadresse unvollständig"),
        ["termsDeviate"] = ("conditions de paiement divergentes", "abweichende Zahlungsbedingungen"),
        ["discountUndocumented"] = ("remise non autorisée", "nicht genehmigter Rabatt"), ["priceDeviates"] = ("écart de prix", "Preisabweichung"),
        ["taxIdInvalid"] = ("numéro fiscal invalide", "Steuernummer ungültig"), ["orderUnusual"] = ("commande inhabituelle", "ungewöhnlicher Auftrag"),
        ["paymentBehaviour"] = ("comportement de paiement", "Zahlungsverhalten"), ["overrunsRepeated"] = ("dépassements répétés", "wiederholte Überschreitungen"),
        ["orderSplitting"] = ("commandes fractionnées", "Auftragssplitting"), ["dunningLevel"] = ("niveau de relance", "Mahnstufe"),
        ["ratesStale"] = ("cours périmés", "veraltete Kurse"), ["legalEntityWrong"] = ("mauvaise entité juridique", "falsche Rechtseinheit"),
        ["accountLinkWrong"] = ("mauvais rattachement", "falsche Kontozuordnung"), ["portalRequirementMissing"] = ("exigence du portail absente", "Portalangabe fehlt"),
        ["deliveryDetailsMissing"] = ("données de livraison absentes", "Lieferangaben fehlen"), ["conditionBroken"] = ("condition non respectée", "Auflage nicht eingehalten"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The words that are known in every language.</summary>
    public static IReadOnlyCollection<string> Known => Terms.Keys;

    /// <summary><c>creditManager</c> is <c>credit manager</c>; a word that is not known is told as it stands.</summary>
    public static string Of(string word, Language language) => Terms.TryGetValue(word, out var term)
        ? language switch { Language.English => Plain(word), Language.French => term.French, Language.German => term.German }
        : Plain(word);

    static string Plain(string word) => string.Concat(word.Select(letter => char.IsUpper(letter) ? " " + char.ToLowerInvariant(letter) : letter.ToString()));
}
