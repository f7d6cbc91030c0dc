using Aval.Checks.Rules;
using Aval.Decisions;
using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Limits.Rules;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Policies;

namespace Aval.Checks;

/// <summary>Tells conditions that wait for a limit that one under which the check passes is enough, whatever amount anybody had in mind.</summary>
/// <remarks>Before what follows from conditions that hold.</remarks>
sealed class SufficientLimits : IReaction
{
    public string Rule => "conditions";
    public bool Whole => true;

    public IReadOnlyList<string> Wakes(Facts before, Facts after, Facts company, IReadOnlyList<object> rows) => !rows.Any(row => row is Limit)
        ? []
        : [.. after.Get<DecisionsFacts>().ById.Values.Where(decision => Waits(decision, after)).OrderBy(decision => decision.At).Select(decision => decision.Id)];

    public void Run(Case @case, string key)
    {
        if (@case.Facts.Find<Decision>(key) is not { } decision
            || @case.Facts.Get<OrdersFacts>().Order(decision.Order) is not { } order || !Suffices(@case, decision, order)) return;
        @case.Put(DecisionsFacts.Table, decision with
        {
            Conditions =
            [
                .. decision.Conditions.Select(condition => condition.Kind == ConditionKind.LimitApproved
                    ? condition with { Suffices = true, MetOn = condition.MetOn ?? @case.Today } : condition),
            ],
        });
    }

    static bool Waits(Decision decision, Facts facts) => decision.Status == DecisionStatus.InForce && decision.Conditions.Any(condition =>
        condition is { Kind: ConditionKind.LimitApproved, Suffices: false, MetOn: null } && ConditionFacts.IsApprovedSince(condition, decision, facts));

    /// <summary>The limit that the decision means holds the order no more; what else holds it is the other conditions' affair.</summary>
    static bool Suffices(Case @case, Decision decision, Order order)
    {
        if (order.Payer != decision.Payer) return false;
        var tried = Conversion.Of(order, @case.Facts, @case.Company);
        var check = new WhatIf(@case.Facts, @case.Company, tried, @case.Today, @case.Company.Get<PoliciesFacts>().Current).Check();
        return !check.Findings.Any(finding => finding.Blocks && finding.Level == decision.LimitOf && finding.LimitLevel == decision.LimitLevel
            && finding.Code != FindingKinds.Overdue.Code);
    }
}
