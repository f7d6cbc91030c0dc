using Aval.Checks.Rules;

namespace Aval.Checks;

/// <summary>A defect of ours as one sentence: what has waited, and for how long.</summary>
public static class DefectText
{
    public static string Sentence(Defect defect, Language language)
    {
        if (Unseen.Is(defect.Document)) return UnseenText.Sentence(defect, language);
        if (Unseen.Is(First(defect))) defect = defect with { Invoices = [UnseenText.Document(language)] };
        var amount = Figures.Money(defect.Amount, defect.Currency, language);
        return language switch
        {
            Language.English => defect.Kind switch
            {
                DefectKind.CompanyFaultDispute =>
                    $"The dispute {defect.Document} over {amount} on {First(defect)} is our fault and has waited {Days(defect, "day", "days")} for its credit note.",
                DefectKind.PromisedCreditNote =>
                    $"The credit note of {amount} that we promised for {First(defect)} ({defect.Document}) has waited {Days(defect, "day", "days")}.",
                DefectKind.RejectedInvoice =>
                    $"Invoice {defect.Document} of {amount} was sent back through our error "
                    + $"{Ago(defect, "today", $"{Days(defect, "day", "days")} ago")} and has not been corrected.",
                DefectKind.UnappliedReceipt =>
                    $"Receipt {defect.Document} of {amount} has waited {Days(defect, "day", "days")} to be applied.",
            },
            Language.French => defect.Kind switch
            {
                DefectKind.CompanyFaultDispute =>
                    $"Le litige {defect.Document} de {amount} sur {First(defect)} est de notre fait et attend son avoir depuis {Days(defect, "jour", "jours")}.",
                DefectKind.PromisedCreditNote =>
                    $"L'avoir de {amount} promis sur {First(defect)} ({defect.Document}) attend depuis {Days(defect, "jour", "jours")}.",
                DefectKind.RejectedInvoice =>
                    $"La facture {defect.Document} de {amount} a été rejetée par notre erreur "
                    + $"{Ago(defect, "aujourd'hui", $"il y a {Days(defect, "jour", "jours")}")} et n'est pas corrigée.",
                DefectKind.UnappliedReceipt =>
                    $"L'encaissement {defect.Document} de {amount} attend depuis {Days(defect, "jour", "jours")} d'être imputé.",
            },
            Language.German => defect.Kind switch
            {
                DefectKind.CompanyFaultDispute =>
                    $"Die Reklamation {defect.Document} über {amount} zu {First(defect)} geht auf uns und wartet seit {Days(defect, "Tag", "Tagen")} auf ihre Gutschrift.",
                DefectKind.PromisedCreditNote =>
                    $"Die zugesagte Gutschrift über {amount} zu {First(defect)} ({defect.Document}) steht seit {Days(defect, "Tag", "Tagen")} aus.",
                DefectKind.RejectedInvoice =>
                    $"Die Rechnung {defect.Document} über {amount} kam {Ago(defect, "heute", $"vor {Days(defect, "Tag", "Tagen")}")} "
                    + $"durch unseren Fehler zurück und ist nicht berichtigt.",
                DefectKind.UnappliedReceipt =>
                    $"Der Zahlungseingang {defect.Document} über {amount} wartet seit {Days(defect, "Tag", "Tagen")} auf seine Zuordnung.",
            },
        };
    }

    static string First(Defect defect) => defect.Invoices.Count == 0 ? "" : defect.Invoices[0];

    static string Ago(Defect defect, string today, string before) => defect.AgeDays > 0 ? before : today;

    static string Days(Defect defect, string one, string many) => $"{defect.AgeDays} {(defect.AgeDays == 1 ? one : many)}";
}
