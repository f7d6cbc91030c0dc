using Aval.Checks;
using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Web;
using static Aval.Web.Translated;

namespace Aval.Blocks;

/// <summary>What happens next because of a decision that stands, as whoever has just taken it wants to know.</summary>
static class NextSteps
{
    public static IEnumerable<string> Of(Decision decision) =>
        decision.Status == DecisionStatus.AwaitingConfirmation ? [T("Nothing is done yet: somebody else who may decide has to confirm it.")]
        : decision.Kind.LetsGo() == LettingGo.UnderCondition ? UnderCondition(decision)
        : OfKind(decision) is { } said ? [said] : [];

    static IEnumerable<string> UnderCondition(Decision decision)
    {
        var waits = decision.Conditions.Where(condition => condition.MetOn is null).Select(condition => ConditionWords.Of(condition, decision.Currency)).ToList();
        if (waits.Count > 0)
            yield return Several(
                waits.Count, "The order is released by itself as soon as this holds: {1}.", "The order is released by itself as soon as all of this holds: {1}.",
                string.Join("; ", waits));
        yield return decision.AtExpiry switch
        {
            AtExpiry.Escalate => T("If it has not come by then, the case goes to whoever stands above."),
            AtExpiry.MaintainBlock => T("If it has not come by then, the order stays held."),
            AtExpiry.Reject => T("If it has not come by then, the order is rejected."),
        };
    }

    static string? OfKind(Decision decision) => decision.Kind switch
    {
        DecisionKind.ReleasePartially when decision.Amount is { } part => T("A part worth {0} may go; the rest stays held.", new Money(part, decision.AmountCurrency)),
        DecisionKind.ReleasePartially => T("A part may go; the rest stays held."),
        DecisionKind.StagedInvoicing => T("A stage is released when its day has come and the one before is paid; {0} of {1} are released.",
            decision.StagesReleased, decision.Terms.Stages?.Count ?? 0),
        DecisionKind.Escalate => T("{0} decides next: {1}", DecisionWords.Owner(decision.Owner ?? ""), decision.Question),
        DecisionKind.ReviewDisputes => T("{0} settles the disputes next: {1}.", DecisionWords.Owner(decision.Owner ?? ""), Say.List(decision.Terms.Disputes ?? [])),
        DecisionKind.MaintainBlock => T("The order stays held until this has happened: {0}", decision.Question),
        // These are done at once and stand no longer; those under a condition are told above.
        DecisionKind.Release or DecisionKind.ReduceOrder or DecisionKind.TemporaryLimit or DecisionKind.CorrectLimit or DecisionKind.ReviseTerms or DecisionKind.Reject
            or DecisionKind.ReleaseUnderCondition or DecisionKind.RequestDeposit or DecisionKind.Prepayment or DecisionKind.WaitForPayment or DecisionKind.RequireGuarantee => null,
    };
}
