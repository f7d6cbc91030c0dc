using Aval.Checks.Rules;
using Aval.Checks.Rules.Options;

namespace Aval.Checks;

/// <summary>Sentences about documents that the reader does not see (<see cref="Unseen"/>): what is to be done, without number and amount.</summary>
static class UnseenText
{
    /// <summary>What stands for the number of a document, in the language.</summary>
    public static string Named(string? document, Language language) => Unseen.Is(document) ? Document(language) : document ?? "";

    public static string Document(Language language) => language switch
    {
        Language.English => Unseen.Document,
        Language.French => "un document du payeur que vous ne voyez pas",
        Language.German => "ein Beleg des Zahlers, den Sie nicht sehen",
    };

    public static string Sentence(Finding finding, Language language)
    {
        var need = OptionText.NeedOf(finding.Code, language);
        return language switch
        {
            Language.English => $"It is about {Document(language)}; it takes {need}.",
            Language.French => $"Il s'agit d'{Document(language)} ; il faut {need}.",
            Language.German => $"Es geht um einen Beleg des Zahlers, den Sie nicht sehen; nötig: {need}.",
        };
    }

    public static string Sentence(Defect defect, Language language) => language switch
    {
        Language.English => $"We have left something undone for {Days(defect, "day", "days")}, with {Document(language)}.",
        Language.French => $"Nous n'avons pas fait notre part depuis {Days(defect, "jour", "jours")}, pour {Document(language)}.",
        Language.German => $"Wir haben seit {Days(defect, "Tag", "Tagen")} etwas versäumt; es geht um einen Beleg des Zahlers, den Sie nicht sehen.",
    };

    public static string Sentence(Option option, Language language)
    {
        var (by, action) = (new OptionParts(option, language), Of(option.Action));
        return language switch
        {
            Language.English => $"{action.English}; it is about documents of the payer that you do not see{by.By(", expected by ")}.",
            Language.French => $"{action.French} ; il s'agit de documents du payeur que vous ne voyez pas{by.By(", attendu d'ici le ")}.",
            Language.German => $"{action.German}; es geht um Belege des Zahlers, die Sie nicht sehen{by.By(", erwartet bis ")}.",
        };
    }

    static (string English, string French, string German) Of(OptionAction action) => action switch
    {
        OptionAction.ApplyReceipt => ("Apply what the customer has paid", "Imputer ce que le client a payé", "Zuordnen, was der Kunde gezahlt hat"),
        OptionAction.IssueCreditNote => ("Issue the credit notes that are due", "Émettre les avoirs dus", "Die fälligen Gutschriften ausstellen"),
        OptionAction.QualifyDispute => ("Settle the disputes", "Trancher les litiges", "Die Reklamationen entscheiden"),
        OptionAction.WaitForPayment => ("Wait for payment", "Attendre le paiement", "Auf Zahlung warten"),
        OptionAction.PayUndisputed => ("Have the undisputed balance paid", "Faire payer le solde non contesté", "Den unbestrittenen Saldo zahlen lassen"),
        OptionAction.CorrectData or OptionAction.CorrectLimit or OptionAction.ShorterTerms or OptionAction.LaterShipDate or OptionAction.Deposit or OptionAction.Prepayment
            or OptionAction.PartialRelease or OptionAction.StagedInvoicing or OptionAction.ReduceOrder or OptionAction.TemporaryLimit or OptionAction.Guarantee =>
            ("Correct what is wrong", "Corriger ce qui est faux", "Berichtigen, was falsch ist"),
    };

    static string Days(Defect defect, string one, string many) => $"{defect.AgeDays} {(defect.AgeDays == 1 ? one : many)}";
}
