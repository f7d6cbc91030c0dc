using System.Diagnostics;
using Aval.Checks.Rules;

namespace Aval.Checks;

static class InFrench
{
    public static string Sentence(Finding f, string amount) => f.Code switch
    {
        "payer-unknown" => $"Le payeur {f.Level} n'est pas encore enregistré.",
        "rates-missing" => f.Subject is null
            ? $"Des pièces de {f.Level} ne sont pas comptées, faute de cours de change."
            : $"Aucun cours n'est connu entre {f.Subject} et la devise de crédit de {f.Level}.",
        "authorization-expired" => "La libération a expiré ; la commande doit être redemandée avant l'expédition.",
        "forced-hold" => $"Le compte de {f.Level} est bloqué depuis {Since(f)} : {f.Subject}",
        "condition-broken" => $"{f.Level} n'a pas rempli les conditions d'une libération de la commande {f.Subject}, il y a {Days(f)}.",
        "limit-not-set" => $"{f.Level} n'a pas de limite de crédit.",
        "limit-expired" => $"La limite de {f.Level} a pris fin il y a {Days(f)} et n'a pas été remplacée.",
        "limit-exceeded" => $"La commande dépasserait de {amount} la limite de {f.Level}.",
        "limit-near" => $"La commande laisserait {amount} de la limite de {f.Level}.",
        "overdue" => $"{f.Level} a {amount} d'échu, le plus ancien depuis {Days(f)}.",
        "oldest-item-too-old" => $"{f.Level} laisse {amount} impayés depuis longtemps, le plus ancien échu depuis {Days(f)}.",
        "risk-class-missing" => $"{f.Level} n'a pas de classe de risque ; la pire classe admise par la politique s'applique.",
        "risk-class-blocked" => $"{f.Level} est en classe de risque {f.Subject}, qui n'obtient aucun crédit sans décision.",
        "prepayment-required" => amount.Length == 0
            ? "La commande doit être payée d'avance."
            : $"La commande doit être payée d'avance ; il manque encore {amount}.",
        "order-too-large" => $"La commande vaut {amount}, plus que la politique n'admet sans décision.",
        "purchase-order-missing" => "Le numéro de bon de commande du payeur manque.",
        "purchase-order-malformed" => $"Le numéro de bon de commande {f.Subject} n'a pas la forme que le payeur accepte.",
        "purchase-order-duplicate" => $"Le numéro de bon de commande figure aussi sur la commande {f.Subject}.",
        "buyer-reference-missing" => "La référence de l'acheteur manque ; le payeur l'exige.",
        "billing-address-incomplete" => $"L'adresse de facturation de {f.Level} est incomplète.",
        "terms-deviate" => $"Le délai de paiement {f.Subject} est plus long que convenu.",
        "terms-shorter" => $"Le délai de paiement {f.Subject} est plus court que convenu ; le client pourrait contester l'échéance.",
        "discount-undocumented" => $"Personne n'a approuvé la remise sur {Lines(f)}.",
        "price-deviates" => $"Le prix sur {Lines(f)} s'écarte du tarif.",
        "tax-id-invalid" => $"Le numéro de TVA {f.Subject} de {f.Level} ne peut pas être juste.",
        "order-unusual" => $"La commande vaut {amount}, {Figures.Number(f.Subject, Language.French)} fois ce que {f.Level} commande d'habitude.",
        _ => throw new UnreachableException(f.Code),
    };

    static string Since(Finding f) => f.Days > 0 ? Days(f) : "aujourd'hui";

    static string Days(Finding f) => f.Days is null or 0 or 1 ? $"{f.Days ?? 0} jour" : $"{f.Days} jours";

    static string Lines(Finding f) =>
        f.Subject?.Contains(',', StringComparison.Ordinal) == true ? $"les lignes {f.Subject}" : $"la ligne {f.Subject}";
}
