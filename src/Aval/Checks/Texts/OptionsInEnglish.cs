using Aval.Checks.Rules.Options;

namespace Aval.Checks;

static class OptionsInEnglish
{
    public static string Sentence(Option option)
    {
        var p = new OptionParts(option, Language.English);
        return option.Action switch
        {
            OptionAction.ApplyReceipt => $"Apply receipt {p.Documents} of {p.Amount}{(p.Invoices.Length == 0 ? "" : $" to {p.Invoices}")}; the customer has paid.",
            OptionAction.IssueCreditNote => $"Issue the credit note of {p.Amount} for {p.Invoices} ({p.Documents}).",
            OptionAction.QualifyDispute => $"Settle the dispute {p.Documents} over {p.Amount} on {p.Invoices}.",
            OptionAction.CorrectData => $"Complete or correct: {p.Documents}.",
            OptionAction.CorrectLimit => $"Set the limit of {option.Level} to {p.Amount}.",
            OptionAction.ShorterTerms => $"Go back to the agreed terms {option.PaymentTerms}.",
            OptionAction.LaterShipDate => $"Ship on {p.Until}; the order is checked again then.",
            OptionAction.WaitForPayment =>
                $"Wait until {(p.One ? "invoice" : "invoices")} {p.Invoices} of {p.Amount} {(p.One ? "is" : "are")} paid"
                + (p.Until.Length == 0 ? "." : $", expected by {p.Until}."),
            OptionAction.PayUndisputed => $"Have the undisputed balance of {p.Amount} paid; {p.Invoices} stay out until their disputes are settled.",
            OptionAction.Deposit => $"Ask for a deposit of {p.Amount}, {p.Percent} of the order.",
            OptionAction.Prepayment => $"Have the order paid in advance: {p.Amount}.",
            OptionAction.PartialRelease => $"Release {p.Amount} now{(p.Lines.Length == 0 ? "" : $", lines {p.Lines} first")}; the rest stays held.",
            OptionAction.StagedInvoicing => $"Ship in {p.Stages} stages of at most {p.Amount}, each after the one before is paid.",
            OptionAction.ReduceOrder => $"Reduce the order to {p.Amount}.",
            OptionAction.TemporaryLimit => $"Raise the limit of {option.Level} to {p.Amount}{(p.Until.Length == 0 ? "" : $" until {p.Until}")}.",
            OptionAction.Guarantee => $"Obtain a guarantee of {p.Amount}.",
        };
    }
}
