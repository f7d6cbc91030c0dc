using Aval.Checks.Rules.Options;

namespace Aval.Checks;

static class OptionsInFrench
{
    public static string Sentence(Option option)
    {
        var p = new OptionParts(option, Language.French);
        return option.Action switch
        {
            OptionAction.ApplyReceipt => $"Imputer {(p.OneDocument ? "l'encaissement" : "les encaissements")} {p.Documents}{p.After(" de ")}{p.To(" sur ")} ; le client a payé.",
            OptionAction.IssueCreditNote => $"Émettre {(p.OneDocument ? "l'avoir" : "les avoirs")}{p.After(" de ")} sur {p.Invoices} ({p.Documents}).",
            OptionAction.QualifyDispute => $"Trancher {(p.OneDocument ? "le litige" : "les litiges")} {p.Documents}{p.After(" de ")} sur {p.Invoices}.",
            OptionAction.CorrectData when option.Findings.IsEmpty =>
                $"Corriger {(p.OneDocument ? "la facture" : "les factures")} {p.Documents}{p.After(" de ")}, revenue{(p.OneDocument ? "" : "s")} par notre erreur.",
            OptionAction.CorrectData => $"À compléter ou à corriger ({p.Owner}) : {p.Needs}{p.InBrackets}.",
            OptionAction.CorrectLimit => $"Fixer la limite de {option.Level} à {p.Amount}.",
            OptionAction.ShorterTerms => $"Passer aux conditions de paiement {option.PaymentTerms}.",
            OptionAction.LaterShipDate => $"Expédier le {p.Until} ; la commande sera alors vérifiée à nouveau.",
            OptionAction.WaitForPayment when option.Invoices.IsEmpty =>
                $"Attendre le paiement de {p.Amount} sur ce qui est dû, les plus anciennes échéances payées les premières{p.By(", attendu d'ici le ")}.",
            OptionAction.WaitForPayment => $"Attendre le paiement {(p.One ? "de la facture" : "des factures")} {p.Invoices}, soit {p.Amount}{p.By(", attendu d'ici le ")}.",
            OptionAction.PayUndisputed => $"Faire payer {p.Amount} du solde non contesté ; {p.Invoices} {(p.One ? "reste" : "restent")} à part pour ce qui est contesté.",
            OptionAction.Deposit => $"Demander un acompte de {p.Amount}, soit {p.Percent} de la commande.",
            OptionAction.Prepayment => $"Faire payer la commande d'avance : {p.Amount}.",
            OptionAction.PartialRelease => $"Libérer {p.Amount} maintenant{(p.Lines.Length == 0 ? "" : $", d'abord {p.Lines}")} ; le reste demeure retenu.",
            OptionAction.StagedInvoicing => $"Expédier en {p.Stages} étapes de {p.Amount} au plus, chacune après paiement de la précédente.",
            OptionAction.ReduceOrder => $"Réduire la commande à {p.Amount}{(p.Lines.Length == 0 ? "" : $", par exemple {p.Lines}")}.",
            OptionAction.TemporaryLimit => $"Porter la limite de {option.Level} à {p.Amount}{p.By(" jusqu'au ")}.",
            OptionAction.Guarantee => $"Obtenir une garantie ou une couverture d'assurance supplémentaire de {p.Amount}.",
        };
    }

    public static string AlsoNeeds(string needs) => $"Il faut aussi : {needs}.";

    public static string Sentence(Cure cure, string need, string owner) => cure switch
    {
        Cure.Action => $"Aucune action et aucune paire d'actions ne suffit ici : il faut {need}. La décision revient à : {owner}.",
        Cure.Mending => $"Il faut aussi {need} ({owner}).",
        Cure.Advance => $"Un paiement intégral d'avance suffirait, mais n'est pas possible ici ; il faut {need} ({owner}).",
        Cure.Decision => $"Aucun paiement ni changement n'y remédie ; il faut {need} ({owner}).",
        Cure.Entry => $"Avant de pouvoir calculer quoi que ce soit, il faut {need} ({owner}).",
        Cure.None => "Ceci ne retient jamais une commande.",
    };
}
