using System.Collections.Immutable;

namespace Aval.Checks.Rules.Options;

/// <summary>The order in which options are shown: the least burden on the customer first, then the soonest, then what leaves the least at risk.</summary>
static class Ranking
{
    public static ImmutableArray<Option> Of(IEnumerable<Option?> options, DateOnly today) =>
        [.. options.OfType<Option>().OrderBy(BurdenOf).ThenBy(option => WaitOf(option, today)).ThenBy(RiskOf).ThenBy(option => option.Action)];

    /// <summary>From nothing at all to a bank that must stand in; of two actions the heavier.</summary>
    static int BurdenOf(Option option) => Math.Max(BurdenOfAlone(option), option.And is { } and ? BurdenOf(and) : 0);

    static int BurdenOfAlone(Option option) => option.Action switch
    {
        OptionAction.ApplyReceipt or OptionAction.IssueCreditNote or OptionAction.QualifyDispute or OptionAction.CorrectLimit or OptionAction.TemporaryLimit => 0,
        // What the customer has not told us costs it an answer.
        OptionAction.CorrectData => option.Findings.Any(code => FindingKinds.Named(code).Nature == Cause.AwaitingCustomer) ? 1 : 0,
        OptionAction.ShorterTerms => 1,
        OptionAction.WaitForPayment or OptionAction.PayUndisputed => 2,
        OptionAction.LaterShipDate or OptionAction.PartialRelease or OptionAction.StagedInvoicing => 3,
        OptionAction.ReduceOrder => 4,
        OptionAction.Deposit or OptionAction.Prepayment => 5,
        OptionAction.Guarantee => 6,
    };

    /// <summary>Calendar days until it can have happened; of what nobody can say, the most.</summary>
    static int WaitOf(Option option, DateOnly today) => Math.Max(WaitOfAlone(option, today), option.And is { } and ? WaitOf(and, today) : 0);

    static int WaitOfAlone(Option option, DateOnly today) => option.Action switch
    {
        OptionAction.WaitForPayment or OptionAction.PayUndisputed or OptionAction.LaterShipDate or OptionAction.StagedInvoicing =>
            option.Until is { } day ? day.DayNumber - today.DayNumber : int.MaxValue,
        OptionAction.ApplyReceipt or OptionAction.IssueCreditNote or OptionAction.QualifyDispute or OptionAction.CorrectData or OptionAction.CorrectLimit
            or OptionAction.ShorterTerms or OptionAction.Deposit or OptionAction.Prepayment or OptionAction.PartialRelease or OptionAction.ReduceOrder
            or OptionAction.TemporaryLimit or OptionAction.Guarantee => 0,
    };

    /// <summary>Nothing more than before, a part of the order, or all of it.</summary>
    static int RiskOf(Option option) => Math.Max(RiskOfAlone(option.Action), option.And is { } and ? RiskOf(and) : 0);

    static int RiskOfAlone(OptionAction action) => action switch
    {
        OptionAction.Prepayment or OptionAction.Guarantee or OptionAction.ApplyReceipt or OptionAction.IssueCreditNote or OptionAction.CorrectData
            or OptionAction.WaitForPayment or OptionAction.PayUndisputed => 0,
        OptionAction.Deposit or OptionAction.PartialRelease or OptionAction.StagedInvoicing or OptionAction.ReduceOrder or OptionAction.LaterShipDate
            or OptionAction.ShorterTerms => 1,
        OptionAction.QualifyDispute or OptionAction.CorrectLimit or OptionAction.TemporaryLimit => 2,
    };
}
