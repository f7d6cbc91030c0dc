using Aval.Limits.Rules;
using Aval.Policies.Rules;

namespace Aval.Checks.Rules;

/// <summary>An order fits every limit from its payer up to the top of the group. The payer must have one; a node above it without one adds no
/// test.</summary>
static class LimitRules
{
    public static void Find(CheckFacts facts, RuleSet rules, decimal watchPercent, ref Found found)
    {
        for (var at = 0; at < facts.Nodes.Count; at++)
        {
            var node = facts.Nodes[at];
            if (node.Limit.Expired)
            {
                if (rules.LimitExpired is { } expired)
                    found.Add(FindingKinds.LimitExpired, expired, level: node.Number, days: DaysSince(facts.Today, node.Limit.ValidTo), limit: node.Level);
                continue;
            }

            switch (node.Limit.Kind)
            {
                case LimitKind.None:
                    if (at == 0) NotSet(node, rules, ref found);
                    break;
                case LimitKind.Inherit:
                    if (at == 0 && !IsLimitedAbove(facts)) NotSet(node, rules, ref found);
                    break;
                case LimitKind.Amount:
                    Amount(facts, node, rules, watchPercent, ref found);
                    break;
                case LimitKind.Unlimited:
                    break;
            }
        }
    }

    static void NotSet(NodeFacts node, RuleSet rules, ref Found found)
    {
        if (rules.LimitNotSet is { } rule) found.Add(FindingKinds.LimitNotSet, rule, level: node.Number, limit: node.Level);
    }

    /// <summary>Inheriting from nobody is having no limit.</summary>
    static bool IsLimitedAbove(CheckFacts facts)
    {
        for (var at = 1; at < facts.Nodes.Count; at++)
            if (facts.Nodes[at].Limit is { Expired: true } or { Kind: LimitKind.Amount or LimitKind.Unlimited }) return true;
        return false;
    }

    /// <summary>At the limit passes, one minor unit above does not. What the order adds nothing to is not asked: it takes no headroom.</summary>
    static void Amount(CheckFacts facts, NodeFacts node, RuleSet rules, decimal watchPercent, ref Found found)
    {
        if (rules.Limit is not { } rule) return;
        if (node.Limit.Currency is { } currency && currency != node.Currency)
        {
            // A limit told in another currency than the exposure cannot be compared: it fails closed.
            found.Add(StandingRules.Always(FindingKinds.RatesMissing, Severity.Refer) with { Level = node.Number, Subject = currency.Code, LimitLevel = node.Level });
            return;
        }

        if (node.OrderAmount <= 0 || node.Limit.Amount is not { } limit) return;
        var after = node.After;
        if (after > limit) Exceeded(facts, node, rule, after - limit, limit, ref found);
        else if (IsNear(after, limit, watchPercent)) Near(node, rule, limit - after, ref found);
    }

    /// <summary>What is tolerated at this stage is warned of, and holds nothing.</summary>
    static void Exceeded(CheckFacts facts, NodeFacts node, LimitRule rule, long overrun, long limit, ref Found found)
    {
        var kind = FindingKinds.LimitExceeded;
        var severity = rule.Severity > Severity.Warn && IsTolerated(facts, node, rule, overrun, limit) ? Severity.Warn : rule.Severity;
        found.Add(new Finding(kind.Code, severity, kind.Owner, rule.Name, node.Number, overrun, node.Currency, Scope: Found.ScopeOf(rule), LimitLevel: node.Level));
    }

    /// <summary>An amount that cannot be told in policy's currency is not tolerated.</summary>
    static bool IsTolerated(CheckFacts facts, NodeFacts node, LimitRule rule, long overrun, long limit)
    {
        if (rule.ToleranceAt(facts.Stage) is not { } tolerance) return false;
        if (tolerance.Percent is { } percent && (decimal)overrun * 100 > percent * limit) return false;
        if (tolerance.Amount is not { } amount) return true;
        return new PolicyAmounts(facts).Of(overrun, node.Currency, node.Currency == facts.Payer?.Currency ? facts.PolicyFactor : null) <= amount;
    }

    /// <summary>Whether more than policy's <c>watchPercent</c> of a limit is used.</summary>
    public static bool IsNear(long after, long limit, decimal watchPercent) => (decimal)after * 100 > watchPercent * limit;

    /// <summary>Good to know whatever the limit rule's own severity.</summary>
    static void Near(NodeFacts node, LimitRule rule, long left, ref Found found) =>
        found.Add(new Finding(
            FindingKinds.LimitNear.Code, Severity.Info, FindingKinds.LimitNear.Owner, rule.Name, node.Number, left, node.Currency, Scope: Found.ScopeOf(rule),
            LimitLevel: node.Level));

    static int? DaysSince(DateOnly today, DateOnly? last) => last is { } day ? today.DayNumber - day.DayNumber : null;
}
