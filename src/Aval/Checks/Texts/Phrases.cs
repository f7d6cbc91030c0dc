using Aval.Checks.Rules;
using Aval.Policies.Rules;

namespace Aval.Checks;

/// <summary>The fixed sentences around findings. <c>{0}</c> is the order's number, an amount or invoices.</summary>
sealed record Phrases(
    string Free,
    string Held,
    string HeldInPart,
    string Released,
    string Cancelled,
    string Ours,
    string PartlyOurs,
    string Confirmed,
    string PartConfirmed,
    string YoursCancelled,
    string Received,
    string Reviewing,
    string SendPurchaseOrder,
    string CorrectPurchaseOrder,
    string SendBuyerReference,
    string SendAddress,
    string SendPortalData,
    string SendDeliveryDetails,
    string PayOverdue,
    string PayRest,
    string PayInAdvance,
    string PayAmountInAdvance,
    string ConfirmOrder,
    IReadOnlyDictionary<OwnerFunction, string> Owners)
{
    public string Owner(OwnerFunction owner) => Owners[owner];

    public string Stands(Standing standing) => standing switch
    {
        Standing.Held => Held,
        Standing.HeldInPart => HeldInPart,
        Standing.Released => Released,
        Standing.Cancelled => Cancelled,
    };

    public static Phrases In(Language language) => language switch
    {
        Language.English => English,
        Language.French => French,
        Language.German => German,
    };

    static readonly Phrases English = new(
        "Nothing stands in the way of order {0}.",
        "Order {0} is held.",
        "A part of order {0} is released; the rest is held.",
        "Order {0} is released.",
        "Order {0} is cancelled.",
        "It is not the customer's fault:",
        "A part of it is our own doing:",
        "Thank you: your order {0} is confirmed.",
        "Thank you: a part of your order {0} is confirmed.",
        "Your order {0} is cancelled.",
        "Thank you for your order {0}.",
        "We are still looking into it and will come back to you shortly.",
        "Please send us your purchase order number, so that your invoice finds its way.",
        "Please check the purchase order number: it does not have the form that you gave us.",
        "Please send us your reference (cost centre or contact), so that your invoice finds its way.",
        "Please send us your complete billing address.",
        "Please send us what your portal asks for (cost centre, order id), so that your invoice finds its way.",
        "Please tell us the complete address to which the goods go.",
        "Some of your invoices are past due; please pay them, or tell us when we may expect your payment.",
        "Please pay what is open of {0}, or tell us when we may expect your payment.",
        "We ship as soon as your payment in advance has arrived.",
        "We ship as soon as your payment in advance of {0} has arrived.",
        "Please tell us whether you still want what has not been delivered yet.",
        OwnersOf("Customer Service", "Credit", "Accounts Receivable", "Billing", "Quality", "Sales", "Master Data"));

    static readonly Phrases French = new(
        "Rien ne s'oppose à la commande {0}.",
        "La commande {0} est retenue.",
        "Une partie de la commande {0} est libérée ; le reste est retenu.",
        "La commande {0} est libérée.",
        "La commande {0} est annulée.",
        "Ce n'est pas la faute du client :",
        "Une partie est de notre fait :",
        "Merci : votre commande {0} est confirmée.",
        "Merci : une partie de votre commande {0} est confirmée.",
        "Votre commande {0} est annulée.",
        "Merci pour votre commande {0}.",
        "Nous l'examinons encore et revenons vers vous sous peu.",
        "Veuillez nous communiquer votre numéro de bon de commande, afin que votre facture soit bien acheminée.",
        "Veuillez vérifier le numéro de bon de commande : il n'a pas la forme que vous nous avez indiquée.",
        "Veuillez nous communiquer votre référence (centre de coûts ou contact), afin que votre facture soit bien acheminée.",
        "Veuillez nous communiquer votre adresse de facturation complète.",
        "Veuillez nous communiquer ce que demande votre portail (centre de coûts, identifiant de commande), afin que votre facture soit bien acheminée.",
        "Veuillez nous indiquer l'adresse complète de livraison.",
        "Certaines de vos factures sont échues ; veuillez les régler ou nous dire quand nous pouvons attendre votre paiement.",
        "Veuillez régler ce qui reste dû de {0}, ou nous dire quand nous pouvons attendre votre paiement.",
        "Nous expédierons dès réception de votre paiement d'avance.",
        "Nous expédierons dès réception de votre paiement d'avance de {0}.",
        "Veuillez nous dire si vous souhaitez toujours ce qui n'a pas encore été livré.",
        OwnersOf("Service clients", "Crédit", "Comptabilité clients", "Facturation", "Qualité", "Ventes", "Données de base"));

    static readonly Phrases German = new(
        "Dem Auftrag {0} steht nichts im Weg.",
        "Der Auftrag {0} ist angehalten.",
        "Ein Teil des Auftrags {0} ist freigegeben; der Rest ist angehalten.",
        "Der Auftrag {0} ist freigegeben.",
        "Der Auftrag {0} ist storniert.",
        "Es liegt nicht am Kunden:",
        "Ein Teil davon liegt an uns:",
        "Vielen Dank: Ihr Auftrag {0} ist bestätigt.",
        "Vielen Dank: Ein Teil Ihres Auftrags {0} ist bestätigt.",
        "Ihr Auftrag {0} ist storniert.",
        "Vielen Dank für Ihren Auftrag {0}.",
        "Wir prüfen ihn noch und melden uns in Kürze bei Ihnen.",
        "Bitte nennen Sie uns Ihre Bestellnummer, damit Ihre Rechnung ankommt.",
        "Bitte prüfen Sie die Bestellnummer: Sie hat nicht die Form, die Sie uns genannt haben.",
        "Bitte nennen Sie uns Ihre Referenz (Kostenstelle oder Ansprechpartner), damit Ihre Rechnung ankommt.",
        "Bitte nennen Sie uns Ihre vollständige Rechnungsadresse.",
        "Bitte nennen Sie uns, was Ihr Portal verlangt (Kostenstelle, Auftragskennung), damit Ihre Rechnung ankommt.",
        "Bitte nennen Sie uns die vollständige Lieferadresse.",
        "Einige Ihrer Rechnungen sind überfällig; bitte begleichen Sie sie oder sagen Sie uns, wann wir mit Ihrer Zahlung rechnen dürfen.",
        "Bitte begleichen Sie, was von {0} noch offen ist, oder sagen Sie uns, wann wir mit Ihrer Zahlung rechnen dürfen.",
        "Wir liefern, sobald Ihre Vorauszahlung eingegangen ist.",
        "Wir liefern, sobald Ihre Vorauszahlung von {0} eingegangen ist.",
        "Bitte sagen Sie uns, ob Sie noch wünschen, was nicht geliefert wurde.",
        OwnersOf("Kundendienst", "Kredit", "Debitorenbuchhaltung", "Fakturierung", "Qualität", "Vertrieb", "Stammdaten"));

    static Dictionary<OwnerFunction, string> OwnersOf(params string[] names) =>
        Enum.GetValues<OwnerFunction>().Zip(names).ToDictionary(pair => pair.First, pair => pair.Second);
}
