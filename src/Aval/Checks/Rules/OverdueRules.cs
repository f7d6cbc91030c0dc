using Aval.Kernel;
using Aval.Parties.Rules;
using Aval.Policies.Rules;
using Aval.Receivables.Rules;

namespace Aval.Checks.Rules;

/// <summary>Whether what the payer owes is late: late enough, enough of it, and enough of all that it owes. Cents never block.</summary>
static class OverdueRules
{
    /// <summary>Days, amount and share are all taken on the items at least that many days past due; each is enough when reached, and any test is
    /// enough.</summary>
    /// <remarks>One finding: the largest sum of the tests that fired.</remarks>
    public static void Late(CheckFacts facts, OverdueRule rule, ref PolicyAmounts amounts, ref Found found)
    {
        if (rule.OfGroup && facts.Group.Count > 0)
        {
            LateInGroup(facts, rule, ref amounts, ref found);
            return;
        }

        var receivables = facts.Receivables.Receivables + facts.Receivables.AtRisk;
        var worst = default(Overdue);
        foreach (var test in rule.TestsAt(facts.Stage))
        {
            var late = facts.Receivables.OverdueOn(facts.Today, test.MinDays, rule.DisputedParts, rule.PromisedParts);
            if (late.Amount <= worst.Amount) continue;
            if ((decimal)late.Amount * 100 < test.MinSharePercent * receivables) continue;
            if (test.MinAmount == 0 || amounts.Of(late.Amount) >= test.MinAmount) worst = late;
        }

        if (worst.Amount > 0) Add(FindingKinds.Overdue, rule, facts.Payer!, worst, ref found);
    }

    /// <summary>Items more than the rule's days past due, together at least its amount.</summary>
    /// <remarks>What is disputed through our own fault is not owed and cannot be late; a promise makes nothing younger.</remarks>
    public static void Oldest(CheckFacts facts, OldestItemRule rule, ref PolicyAmounts amounts, ref Found found)
    {
        var old = facts.Receivables.OverdueOn(facts.Today, rule.Days + 1, DisputedParts.IgnoreCompanyFault);
        if (old.Amount <= 0 || (rule.MinAmount > 0 && !(amounts.Of(old.Amount) >= rule.MinAmount))) return;
        Add(FindingKinds.OldestItemTooOld, rule, facts.Payer!, old, ref found);
    }

    static void Add(FindingKind kind, RuleSetting rule, Customer payer, Overdue overdue, ref Found found) =>
        found.Add(kind, rule, level: payer.Number, amount: overdue.Amount, currency: payer.Currency, days: overdue.OldestDays);

    /// <summary>The same on all payers of the group together, in policy's currency; each payer's sum is rounded once.</summary>
    static void LateInGroup(CheckFacts facts, OverdueRule rule, ref PolicyAmounts amounts, ref Found found)
    {
        decimal worst = 0;
        var oldest = 0;
        foreach (var test in rule.TestsAt(facts.Stage))
        {
            decimal late = 0, receivables = 0;
            var days = 0;
            foreach (var member in facts.Group)
            {
                var overdue = member.Receivables.OverdueOn(facts.Today, test.MinDays, rule.DisputedParts, rule.PromisedParts);
                late += amounts.Of(overdue.Amount, member.Currency, member.PolicyFactor) ?? 0;
                receivables += amounts.Of(member.Receivables.Receivables + member.Receivables.AtRisk, member.Currency, member.PolicyFactor) ?? 0;
                days = Math.Max(days, overdue.OldestDays);
            }

            if (late > worst && late >= test.MinAmount && late * 100 >= test.MinSharePercent * receivables) (worst, oldest) = (late, days);
        }

        if (worst == 0) return;
        var sum = Money.Of(worst, facts.PolicyCurrency);
        found.Add(FindingKinds.Overdue, rule, level: facts.Nodes[^1].Number, amount: sum.Minor, currency: sum.Currency, days: oldest);
    }
}
