using Aval.Checks.Rules.Options;

namespace Aval.Checks;

static class OptionsInEnglish
{
    public static string Sentence(Option option)
    {
        var p = new OptionParts(option, Language.English);
        return option.Action switch
        {
            OptionAction.ApplyReceipt => $"Apply {(p.OneDocument ? "receipt" : "receipts")} {p.Documents}{p.After(" of ")}{p.To(" to ")}; the customer has paid.",
            OptionAction.IssueCreditNote => $"Issue the credit {(p.OneDocument ? "note" : "notes")}{p.After(" of ")} for {p.Invoices} ({p.Documents}).",
            OptionAction.QualifyDispute => $"Settle the {(p.OneDocument ? "dispute" : "disputes")} {p.Documents}{p.After(" over ")} on {p.Invoices}.",
            OptionAction.CorrectData when option.Findings.IsEmpty =>
                $"Correct the {(p.OneDocument ? "invoice" : "invoices")} {p.Documents}{p.After(" of ")} that came back through our error.",
            OptionAction.CorrectData => $"To complete or correct ({p.Owner}): {p.Needs}{p.InBrackets}.",
            OptionAction.CorrectLimit => $"Set the limit of {option.Level} to {p.Amount}.",
            OptionAction.ShorterTerms => $"Change the payment terms to {option.PaymentTerms}.",
            OptionAction.LaterShipDate => $"Ship on {p.Until}; the order is checked again then.",
            OptionAction.WaitForPayment when option.Invoices.IsEmpty => $"Wait until {p.Amount} of what is owed is paid, oldest due first{p.By(", expected by ")}.",
            OptionAction.WaitForPayment =>
                $"Wait until {(p.One ? "invoice" : "invoices")} {p.Invoices} of {p.Amount} {(p.One ? "is" : "are")} paid{p.By(", expected by ")}.",
            OptionAction.PayUndisputed => $"Have {p.Amount} of the undisputed balance paid; {p.Invoices} {(p.One ? "stays" : "stay")} out as far as disputed.",
            OptionAction.Deposit => $"Ask for a deposit of {p.Amount}, {p.Percent} of the order.",
            OptionAction.Prepayment => $"Have the order paid in advance: {p.Amount}.",
            OptionAction.PartialRelease => $"Release {p.Amount} now{(p.Lines.Length == 0 ? "" : $", first {p.Lines}")}; the rest stays held.",
            OptionAction.StagedInvoicing => $"Ship in {p.Stages} stages of at most {p.Amount}, each after the one before is paid.",
            OptionAction.ReduceOrder => $"Reduce the order to {p.Amount}{(p.Lines.Length == 0 ? "" : $", such as {p.Lines}")}.",
            OptionAction.TemporaryLimit => $"Raise the limit of {option.Level} to {p.Amount}{p.By(" until ")}.",
            OptionAction.Guarantee => $"Obtain a guarantee or insurance cover of {p.Amount} more.",
        };
    }

    public static string AlsoNeeds(string needs) => $"It also needs: {needs}.";

    public static string Sentence(Cure cure, string need, string owner) => cure switch
    {
        Cure.Action => $"No action and no pair of actions was found that would be enough for this: {need}. {owner} decides.",
        Cure.Mending => $"It also takes {need} ({owner}).",
        Cure.Advance => $"Payment of the whole order in advance would do, but is not possible here; it takes {need} ({owner}).",
        Cure.Decision => $"No payment and no change makes this go away; it takes {need} ({owner}).",
        Cure.Entry => $"Before anything can be worked out it takes {need} ({owner}).",
        Cure.None => "This never holds an order.",
    };
}
