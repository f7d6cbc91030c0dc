using Aval.Checks.Rules.Options;

namespace Aval.Checks;

static class OptionsInGerman
{
    public static string Sentence(Option option)
    {
        var p = new OptionParts(option, Language.German);
        return option.Action switch
        {
            OptionAction.ApplyReceipt =>
                $"{(p.OneDocument ? "Zahlungseingang" : "Zahlungseingänge")} {p.Documents}{p.After(" über ")}{p.To(" auf ")} zuordnen; der Kunde hat gezahlt.",
            OptionAction.IssueCreditNote => $"Die {(p.OneDocument ? "Gutschrift" : "Gutschriften")}{p.After(" über ")} zu {p.Invoices} ausstellen ({p.Documents}).",
            OptionAction.QualifyDispute => $"Die {(p.OneDocument ? "Reklamation" : "Reklamationen")} {p.Documents}{p.After(" über ")} zu {p.Invoices} entscheiden.",
            OptionAction.CorrectData when option.Findings.IsEmpty =>
                $"Die {(p.OneDocument ? "Rechnung" : "Rechnungen")} {p.Documents}{p.After(" über ")} berichtigen, durch unseren Fehler zurückgekommen.",
            OptionAction.CorrectData => $"Zu ergänzen oder zu berichtigen ({p.Owner}): {p.Needs}{p.InBrackets}.",
            OptionAction.CorrectLimit => $"Das Limit von {option.Level} auf {p.Amount} setzen.",
            OptionAction.ShorterTerms => $"Die Zahlungsbedingungen auf {option.PaymentTerms} ändern.",
            OptionAction.LaterShipDate => $"Am {p.Until} liefern; der Auftrag wird dann erneut geprüft.",
            OptionAction.WaitForPayment when option.Invoices.IsEmpty => $"Warten, bis {p.Amount} der offenen Posten bezahlt sind, das Älteste zuerst{p.By(", erwartet bis ")}.",
            OptionAction.WaitForPayment =>
                $"Warten, bis {(p.One ? "die Rechnung" : "die Rechnungen")} {p.Invoices} über {p.Amount} bezahlt {(p.One ? "ist" : "sind")}{p.By(", erwartet bis ")}.",
            OptionAction.PayUndisputed => $"{p.Amount} des unbestrittenen Saldos zahlen lassen; {p.Invoices} {(p.One ? "bleibt" : "bleiben")} außen vor, soweit bestritten.",
            OptionAction.Deposit => $"Eine Anzahlung von {p.Amount} verlangen, {p.Percent} des Auftrags.",
            OptionAction.Prepayment => $"Den Auftrag im Voraus zahlen lassen: {p.Amount}.",
            OptionAction.PartialRelease => $"Jetzt {p.Amount} freigeben{(p.Lines.Length == 0 ? "" : $", zuerst {p.Lines}")}; der Rest bleibt angehalten.",
            OptionAction.StagedInvoicing => $"In {p.Stages} Stufen von höchstens {p.Amount} liefern, jede nach Zahlung der vorigen.",
            OptionAction.ReduceOrder => $"Den Auftrag auf {p.Amount} verringern{(p.Lines.Length == 0 ? "" : $", etwa {p.Lines}")}.",
            OptionAction.TemporaryLimit => $"Das Limit von {option.Level} auf {p.Amount} anheben{p.By(", bis ")}.",
            OptionAction.Guarantee => $"Eine weitere Bürgschaft oder Versicherungsdeckung über {p.Amount} einholen.",
        };
    }

    public static string AlsoNeeds(string needs) => $"Außerdem nötig: {needs}.";

    public static string Sentence(Cure cure, string need, string owner) => cure switch
    {
        Cure.Action => $"Keine Maßnahme und kein Paar von Maßnahmen reicht hier; nötig: {need}. Es entscheidet: {owner}.",
        Cure.Mending => $"Außerdem nötig: {need} ({owner}).",
        Cure.Advance => $"Eine Vorauszahlung des ganzen Auftrags würde genügen, ist hier aber nicht möglich; nötig: {need} ({owner}).",
        Cure.Decision => $"Keine Zahlung und keine Änderung hilft dagegen; nötig: {need} ({owner}).",
        Cure.Entry => $"Bevor sich etwas ausrechnen lässt, ist nötig: {need} ({owner}).",
        Cure.None => "Dies hält nie einen Auftrag an.",
    };
}
