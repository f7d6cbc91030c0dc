namespace Aval.Policies.Rules;

/// <summary>When the rules about a payer's conduct and our own invoicing find something, as a sentence goes on behind "when".</summary>
static class ConductSentences
{
    /// <summary>Null for a rule about something else.</summary>
    public static string? Of(RuleSetting rule, Figures said) => rule switch
    {
        BrokenPromiseRule broken => $"the payer has broken {Figures.Count(broken.Count, "promise", "promises")} to pay or more in the last {Figures.Days(broken.WindowDays)}",
        DisputeUnqualifiedRule dispute => $"nobody has said for more than {Figures.Days(dispute.Days)} whose fault a dispute of the payer is",
        DisputeUnownedRule dispute => $"a dispute of the payer has had no owner for more than {Figures.Days(dispute.Days)}",
        DisputeUnresolvedRule dispute => $"a dispute of the payer has been open for more than {Figures.Days(dispute.Days)}",
        DisputeTacticalRule tactical =>
            $"the payer disputes an invoice that was due already, and of {Figures.Count(tactical.MinDisputes, "earlier dispute", "earlier disputes")} or more "
            + $"{(tactical.RejectedPercent is { } percent ? $"more than {Figures.Percent(percent)}" : "a larger share than is usual for disputes")} were rejected",
        InvoiceRejectedRule => "the payer has sent back an invoice that is still open",
        InvoiceNotSentRule invoice => $"an open invoice was issued more than {Figures.Days(invoice.Days)} ago and has not been sent",
        UnbilledTooOldRule unbilled => $"goods were delivered more than {Figures.Days(unbilled.Days)} ago and are not billed yet",
        OverDeliveredRule => "more was delivered on a live order than had been ordered",
        OverInvoicedRule => "an open invoice bills more than its order had",
        PaymentBehaviourRule behaviour => Behaviour(behaviour),
        OverrunsRepeatedRule overruns =>
            $"{Figures.Count(overruns.Count, "other order", "other orders")} of the payer or more were held for its limit in the last {Figures.Days(overruns.WindowDays)}",
        OrderSplittingRule splitting =>
            $"{Figures.Number(splitting.Count)} orders of the customer or more within {Figures.Days(splitting.WindowDays)} each stay less than "
            + $"{Figures.Percent(splitting.UnderPercent)} below "
            + $"{(splitting.Amount is { } amount ? said.Amount(amount) : "the amount from which an order is too large")} and come to more than it together",
        DunningLevelRule dunning => $"who orders or who pays has been dunned beyond level {Figures.Number(dunning.Level)}",
        _ => null,
    };

    static string Behaviour(PaymentBehaviourRule behaviour) => "the payer " + Figures.Any(new[]
    {
        $"pays more than {Figures.Days(behaviour.Days)} late on average",
        behaviour.TrendDays is { } trend
            ? $"pays later by more than {Figures.Days(trend)} from month to month, over {Figures.Number(behaviour.MonthsOfTrend)} months or more"
            : null,
        behaviour.DeviationDays is { } deviation ? $"pays so irregularly that its delays vary by more than {Figures.Days(deviation)}" : null,
    }.OfType<string>());
}
