using System.Diagnostics;
using Aval.Checks.Rules;
using Aval.Limits.Rules;

namespace Aval.Checks;

static class InFrench
{
    /// <summary>The rule of standing conditions, whose findings name the measure.</summary>
    const string Measure = "measure";

    public static string Sentence(Finding f, string amount) => f.Code switch
    {
        "payer-unknown" => $"Le payeur {f.Level} n'est pas encore enregistré.",
        "rates-missing" => f.Subject is null
            ? $"Des pièces de {f.Level} ne sont pas comptées, faute de cours de change."
            : $"Aucun cours n'est connu entre {f.Subject} et la devise de crédit de {f.Level}.",
        "authorization-expired" => "La libération a expiré ; la commande doit être redemandée avant l'expédition.",
        "forced-hold" => $"Le compte de {f.Level} est bloqué depuis {Since(f)} : {Figures.Ended(f.Subject)}",
        "condition-broken" => $"{f.Level} n'a pas rempli les conditions d'une libération de la commande {f.Subject}, {Ago(f)}.",
        "limit-not-set" when Shared(f) => $"Le groupe {f.Level} n'a pas de limite de crédit.",
        "limit-not-set" => $"{f.Level} n'a pas de limite de crédit.",
        "limit-expired" when Shared(f) => $"La limite du groupe {f.Level} a pris fin {Ago(f)} et n'a pas été remplacée.",
        "limit-expired" => $"La limite de {f.Level} a pris fin {Ago(f)} et n'a pas été remplacée.",
        "limit-exceeded" when f.Rule == Measure => $"La commande dépasserait de {amount} ce que la mesure {f.Subject} laisse devoir à {f.Level}.",
        "limit-exceeded" when Shared(f) => $"La commande dépasserait de {amount} la limite du groupe {f.Level}.",
        "limit-exceeded" => $"La commande dépasserait de {amount} la limite de {f.Level}.",
        "limit-near" when Shared(f) => $"La commande laisserait {amount} de la limite du groupe {f.Level}.",
        "limit-near" => $"La commande laisserait {amount} de la limite de {f.Level}.",
        "overdue" when Shared(f) => $"Le groupe {f.Level} a {amount} d'impayés en tout, le plus ancien échu depuis {Days(f)}.",
        "overdue" => $"{f.Level} a {amount} d'échu, le plus ancien depuis {Days(f)}.",
        "oldest-item-too-old" => $"{f.Level} laisse {amount} impayés depuis longtemps, le plus ancien échu depuis {Days(f)}.",
        "promise-broken" => $"{f.Level} n'a pas tenu sa promesse de paiement {f.Subject}, échue {Ago(f)}.",
        "promise-too-long" => $"La promesse {f.Subject} de {f.Level} ne compte pas pour {amount} : son échéance est à {Days(f)} du jour où elle a été donnée.",
        "dispute-unqualified" => $"Personne n'a dit à qui revient la faute du litige {f.Subject} de {amount}, ouvert {Ago(f)}.",
        "dispute-unowned" => $"Personne n'a pris en charge le litige {f.Subject} de {amount}, ouvert {Ago(f)}.",
        "dispute-unresolved" => $"Le litige {f.Subject} de {amount} dure depuis {Days(f)}.",
        "dispute-tactical" => $"{f.Level} a ouvert le litige {f.Subject} de {amount} après l'échéance ; la plupart de ses litiges passés ont été rejetés.",
        "invoice-rejected" => f.Nature == Cause.InternalDefect
            ? $"La facture {f.Subject} de {amount} a été rejetée {Ago(f)} par notre faute."
            : $"{f.Level} a rejeté la facture {f.Subject} de {amount} {Ago(f)}.",
        "invoice-not-sent" => $"La facture {f.Subject}, émise {Ago(f)}, n'a pas été envoyée.",
        "unbilled-too-old" => $"Des marchandises de la commande {f.Subject}, livrées {Ago(f)}, ne sont pas facturées.",
        "over-delivered" => $"La commande {f.Subject} a été livrée au-delà de la quantité commandée.",
        "over-invoiced" => $"La facture {f.Subject} dépasse ce qui restait de sa commande.",
        "risk-class-missing" => $"{f.Level} n'a pas de classe de risque ; la pire classe admise par la politique s'applique.",
        "risk-class-blocked" => $"{f.Level} est en classe de risque {f.Subject}, qui n'obtient aucun crédit sans décision.",
        "prepayment-required" when f.Rule == Measure => $"La mesure {f.Subject} sur {f.Level} exige un acompte ; il manque encore {amount}.",
        "prepayment-required" => amount.Length == 0
            ? "La commande doit être payée d'avance."
            : $"La commande doit être payée d'avance ; il manque encore {amount}.",
        "order-too-large" when f.Rule == Measure => $"La commande vaut {amount}, plus que la mesure {f.Subject} sur {f.Level} n'admet sans décision.",
        "order-too-large" when f.Level is not null => $"La commande vaut {amount}, plus que la politique n'admet sans décision pour {f.Level}, client depuis {Since(f)}.",
        "order-too-large" => $"La commande vaut {amount}, plus que la politique n'admet sans décision.",
        "concentration" => $"{Whose(f)} représente {amount} de toutes les créances, soit {Percent(f)} du total compté le {Day(f)}.",
        "review-overdue" => f.Subject is null ? $"La revue de crédit de {f.Level} est en retard de {Days(f)}."
            : f.Days > 0 ? $"La mesure {f.Subject} sur {f.Level} a pris fin {Ago(f)}, et personne n'a dit la suite."
            : $"La mesure {f.Subject} sur {f.Level} prend fin {(f.Days == 0 ? "aujourd'hui" : "dans " + Days(f with { Days = -f.Days }))} ; il faut décider de la suite.",
        "cover-reduced" => $"L'assureur a réduit la couverture {f.Subject} de {f.Level} {Ago(f)} ; {amount} dépassent ce qu'il porte encore.",
        "cover-expired" => $"La couverture {f.Subject} de {f.Level} a pris fin {Ago(f)} sans être remplacée, et {amount} sont dus.",
        "cover-notification-due" => $"L'assureur doit être informé, au titre de la couverture {f.Subject}, que {f.Level} a {amount} d'échu, le plus ancien depuis {Days(f)}.",
        "purchase-order-missing" => "Le numéro de bon de commande du payeur manque.",
        "purchase-order-malformed" => $"Le numéro de bon de commande {Subjects.Short(f)} n'a pas la forme que le payeur accepte.",
        "purchase-order-duplicate" => $"Le numéro de bon de commande figure aussi sur la commande {f.Subject}.",
        "buyer-reference-missing" => "La référence de l'acheteur manque ; le payeur l'exige.",
        "billing-address-incomplete" => $"L'adresse de facturation de {f.Level} est incomplète.",
        "terms-deviate" when f.Rule == Measure => $"Le délai de paiement {f.Subject} est plus long que ne l'admet la mesure sur {f.Level}.",
        "terms-deviate" => $"Le délai de paiement {f.Subject} est plus long que convenu.",
        "terms-shorter" => $"Le délai de paiement {f.Subject} est plus court que convenu ; le client pourrait contester l'échéance.",
        "discount-undocumented" => $"Personne n'a approuvé la remise sur {Lines(f)}.",
        "price-deviates" => $"Le prix sur {Lines(f)} s'écarte du tarif.",
        "tax-id-invalid" => $"Le numéro de TVA {f.Subject} de {f.Level} ne peut pas être juste.",
        "order-unusual" => Unusual(f, amount),
        "payment-behaviour" => $"{f.Level} {Pays(f)}.",
        "overruns-repeated" => $"{f.Subject} autres commandes de {f.Level} ont été retenues pour sa limite au cours des {Days(f)} passés.",
        "order-splitting" => $"{f.Subject} commandes de {f.Level} en {Days(f)} font {amount}, chacune juste dans ce qui passe sans décision.",
        "dunning-level" => $"{f.Level} est au niveau de relance {f.Subject} depuis {Since(f)}.",
        "rates-stale" => $"Un cours de change de ce contrôle datait de {Days(f)}.",
        "legal-entity-wrong" => f.Subject is null
            ? $"{f.Level} n'est plus actif depuis {Since(f)}."
            : $"La commande indique {f.Subject}, ce qui n'est pas ce que l'on sait de {f.Level}.",
        "account-link-wrong" => $"La commande est à facturer à {f.Subject}, qui n'a pas commandé et ne paie pas pour {f.Level}.",
        "portal-requirement-missing" => $"Le payeur exige {Fields(f)} sur chaque commande.",
        "delivery-details-missing" => "La commande n'indique pas complètement où vont les marchandises.",
        _ => throw new UnreachableException(f.Code),
    };

    /// <summary>It is the limit or the sum of a whole group, under the number of its top customer.</summary>
    static bool Shared(Finding f) => f.LimitLevel == LimitLevel.Group;

    static string Unusual(Finding f, string amount) => Subjects.Marked(f) switch
    {
        (HabitRules.Frequency, var usual) => $"{f.Level} commande de nouveau après {Days(f)} ; d'habitude, {usual} jours séparent ses commandes.",
        (HabitRules.Item, var item) => $"La commande porte surtout sur des articles que {f.Level} n'a jamais commandés, comme {item}.",
        (HabitRules.ShipTo, var place) => $"Les marchandises vont à un lieu où {f.Level} n'a jamais rien fait livrer : {place}.",
        _ => $"La commande vaut {amount}, {Figures.Number(f.Subject, Language.French)} fois ce que {f.Level} commande d'habitude.",
    };

    static string Pays(Finding f) => Subjects.Pays(
        f, Language.French, "paie en moyenne {0} jours en retard", "paie de mois en mois {0} jours plus tard", "s'écarte de sa moyenne de {0} jours", " et ");

    static string Fields(Finding f) => Subjects.Fields(f, "un centre de coûts", "l'identifiant de son portail", " et ");

    static string Whose(Finding f) => Subjects.Whose(f, "Le pays {0}", "Le segment {0}");

    static string Percent(Finding f) => Figures.Percent(f.Share?.Percent ?? 0, Language.French);

    static string Day(Finding f) => Figures.Day(f.Share?.AsOf ?? default, Language.French);

    static string Since(Finding f) => f.Days > 0 ? Days(f) : "aujourd'hui";

    static string Ago(Finding f) => f.Days > 0 ? $"il y a {Days(f)}" : "aujourd'hui";

    static string Days(Finding f) => f.Days is null or 0 or 1 ? $"{f.Days ?? 0} jour" : $"{f.Days} jours";

    static string Lines(Finding f) =>
        f.Subject?.Contains(',', StringComparison.Ordinal) == true ? $"les lignes {f.Subject}" : $"la ligne {f.Subject}";
}
