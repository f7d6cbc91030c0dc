using Aval.Checks.Rules.Options;

namespace Aval.Checks;

static class OptionsInFrench
{
    public static string Sentence(Option option)
    {
        var p = new OptionParts(option, Language.French);
        return option.Action switch
        {
            OptionAction.ApplyReceipt => $"Imputer l'encaissement {p.Documents} de {p.Amount}{(p.Invoices.Length == 0 ? "" : $" sur {p.Invoices}")} ; le client a payé.",
            OptionAction.IssueCreditNote => $"Émettre l'avoir de {p.Amount} sur {p.Invoices} ({p.Documents}).",
            OptionAction.QualifyDispute => $"Trancher le litige {p.Documents} de {p.Amount} sur {p.Invoices}.",
            OptionAction.CorrectData => $"Compléter ou corriger : {p.Documents}.",
            OptionAction.CorrectLimit => $"Fixer la limite de {option.Level} à {p.Amount}.",
            OptionAction.ShorterTerms => $"Revenir aux conditions convenues {option.PaymentTerms}.",
            OptionAction.LaterShipDate => $"Expédier le {p.Until} ; la commande sera alors vérifiée à nouveau.",
            OptionAction.WaitForPayment =>
                $"Attendre le paiement {(p.One ? "de la facture" : "des factures")} {p.Invoices}, soit {p.Amount}{(p.Until.Length == 0 ? "" : $", attendu d'ici le {p.Until}")}.",
            OptionAction.PayUndisputed => $"Faire payer le solde non contesté de {p.Amount} ; {p.Invoices} attendent la fin de leurs litiges.",
            OptionAction.Deposit => $"Demander un acompte de {p.Amount}, soit {p.Percent} de la commande.",
            OptionAction.Prepayment => $"Faire payer la commande d'avance : {p.Amount}.",
            OptionAction.PartialRelease => $"Libérer {p.Amount} maintenant{(p.Lines.Length == 0 ? "" : $", d'abord les lignes {p.Lines}")} ; le reste demeure retenu.",
            OptionAction.StagedInvoicing => $"Expédier en {p.Stages} étapes de {p.Amount} au plus, chacune après paiement de la précédente.",
            OptionAction.ReduceOrder => $"Réduire la commande à {p.Amount}.",
            OptionAction.TemporaryLimit => $"Porter la limite de {option.Level} à {p.Amount}{(p.Until.Length == 0 ? "" : $" jusqu'au {p.Until}")}.",
            OptionAction.Guarantee => $"Obtenir une garantie de {p.Amount}.",
        };
    }
}
