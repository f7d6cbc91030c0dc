using Aval.Checks.Rules;

namespace Aval.Checks;

/// <summary>A defect of ours as one sentence: what has waited, and for how long.</summary>
public static class DefectText
{
    public static string Sentence(Defect defect, Language language)
    {
        var amount = Figures.Money(defect.Amount, defect.Currency, language);
        return language switch
        {
            Language.English => defect.Kind switch
            {
                DefectKind.UnappliedReceipt => $"Receipt {defect.Document} of {amount} has waited {Days(defect, "day", "days")} to be applied.",
            },
            Language.French => defect.Kind switch
            {
                DefectKind.UnappliedReceipt => $"L'encaissement {defect.Document} de {amount} attend depuis {Days(defect, "jour", "jours")} d'être imputé.",
            },
            Language.German => defect.Kind switch
            {
                DefectKind.UnappliedReceipt => $"Der Zahlungseingang {defect.Document} über {amount} wartet seit {Days(defect, "Tag", "Tagen")} auf seine Zuordnung.",
            },
        };
    }

    static string Days(Defect defect, string one, string many) => $"{defect.AgeDays} {(defect.AgeDays == 1 ? one : many)}";
}
