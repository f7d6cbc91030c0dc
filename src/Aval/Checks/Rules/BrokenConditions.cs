using Aval.Policies.Rules;

namespace Aval.Checks.Rules;

/// <summary>A payer that did not meet the conditions of a release gets no further one by itself, for a while.</summary>
static class BrokenConditions
{
    /// <summary>One finding: the last that was broken.</summary>
    public static void Find(CheckFacts facts, RuleSet rules, ref Found found)
    {
        if (rules.ConditionBroken is not { } rule || facts.Broken.Count == 0) return;
        BrokenCondition? last = null;
        foreach (var broken in facts.Broken)
            if (facts.Today.DayNumber - broken.On.DayNumber <= rule.Lasts && (last is null || broken.On > last.Value.On)) last = broken;
        if (last is { } worst)
            found.Add(FindingKinds.ConditionBroken, rule, level: facts.Order.Payer, days: facts.Today.DayNumber - worst.On.DayNumber, subject: worst.Order);
    }
}

/// <summary>Conditions of a release that the payer did not meet in time.</summary>
/// <param name="Order">Whose release it was.</param>
/// <param name="On">The first day on which it was broken.</param>
public readonly record struct BrokenCondition(string Order, DateOnly On);
