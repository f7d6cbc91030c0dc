using Aval.Checks.Rules.Options;

namespace Aval.Checks;

static class OptionsInGerman
{
    public static string Sentence(Option option)
    {
        var p = new OptionParts(option, Language.German);
        return option.Action switch
        {
            OptionAction.ApplyReceipt => $"Zahlungseingang {p.Documents} über {p.Amount}{(p.Invoices.Length == 0 ? "" : $" auf {p.Invoices}")} zuordnen; der Kunde hat gezahlt.",
            OptionAction.IssueCreditNote => $"Die Gutschrift über {p.Amount} zu {p.Invoices} ausstellen ({p.Documents}).",
            OptionAction.QualifyDispute => $"Die Reklamation {p.Documents} über {p.Amount} zu {p.Invoices} entscheiden.",
            OptionAction.CorrectData => $"Ergänzen oder berichtigen: {p.Documents}.",
            OptionAction.CorrectLimit => $"Das Limit von {option.Level} auf {p.Amount} setzen.",
            OptionAction.ShorterTerms => $"Zu den vereinbarten Zahlungsbedingungen {option.PaymentTerms} zurückkehren.",
            OptionAction.LaterShipDate => $"Am {p.Until} liefern; der Auftrag wird dann erneut geprüft.",
            OptionAction.WaitForPayment =>
                $"Warten, bis {(p.One ? "die Rechnung" : "die Rechnungen")} {p.Invoices} über {p.Amount} bezahlt {(p.One ? "ist" : "sind")}"
                + (p.Until.Length == 0 ? "." : $", erwartet bis {p.Until}."),
            OptionAction.PayUndisputed => $"Den unbestrittenen Saldo von {p.Amount} zahlen lassen; {p.Invoices} bleiben außen vor, bis ihre Reklamationen entschieden sind.",
            OptionAction.Deposit => $"Eine Anzahlung von {p.Amount} verlangen, {p.Percent} des Auftrags.",
            OptionAction.Prepayment => $"Den Auftrag im Voraus zahlen lassen: {p.Amount}.",
            OptionAction.PartialRelease => $"Jetzt {p.Amount} freigeben{(p.Lines.Length == 0 ? "" : $", zuerst die Zeilen {p.Lines}")}; der Rest bleibt angehalten.",
            OptionAction.StagedInvoicing => $"In {p.Stages} Stufen von höchstens {p.Amount} liefern, jede nach Zahlung der vorigen.",
            OptionAction.ReduceOrder => $"Den Auftrag auf {p.Amount} verringern.",
            OptionAction.TemporaryLimit => $"Das Limit von {option.Level} auf {p.Amount} anheben{(p.Until.Length == 0 ? "" : $", bis {p.Until}")}.",
            OptionAction.Guarantee => $"Eine Bürgschaft über {p.Amount} einholen.",
        };
    }
}
