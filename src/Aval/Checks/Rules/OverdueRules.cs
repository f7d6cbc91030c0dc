using Aval.Kernel;
using Aval.Limits.Rules;
using Aval.Parties.Rules;
using Aval.Policies.Rules;
using Aval.Receivables.Rules;

namespace Aval.Checks.Rules;

/// <summary>Whether what the payer owes is late: late enough, enough of it, and enough of all that it owes. Cents never block.</summary>
static class OverdueRules
{
    /// <summary>Days, amount and share are all taken on the items at least that many days past due; each is enough when reached, and any test is
    /// enough.</summary>
    /// <remarks>One finding: the largest sum of the tests that fired. Whoever pays on certain days is late from the run on with which it could have paid.</remarks>
    public static void Late(CheckFacts facts, OverdueRule rule, ref PolicyAmounts amounts, ref Found found)
    {
        if (rule.OfGroup && facts.Group.Count > 0)
        {
            LateInGroup(facts, rule, ref amounts, ref found);
            return;
        }

        var payer = facts.Payer!;
        var receivables = facts.Receivables.Receivables + facts.Receivables.AtRisk;
        var (worst, leastDays) = (default(Overdue), 0);
        foreach (var test in rule.TestsAt(facts.Stage))
        {
            var late = LateOf(facts.Receivables, facts.Today, test.MinDays, rule, payer.PaymentRun, facts.LongPromises);
            if (late.Amount <= worst.Amount) continue;
            if ((decimal)late.Amount * 100 < test.MinSharePercent * receivables) continue;
            if (test.MinAmount == 0 || amounts.Of(late.Amount) >= test.MinAmount) (worst, leastDays) = (late, test.MinDays);
        }

        if (worst.Amount == 0) return;
        Add(FindingKinds.Overdue, rule, payer, worst, ref found);
        if (facts.LongPromises.Count > 0) TooLong(facts, facts.LongPromises, payer.Number, payer.Currency, leastDays, payer.PaymentRun, rule, ref found);
    }

    /// <summary>Items more than the rule's days past due, together at least its amount.</summary>
    /// <remarks>What is disputed through our own fault is not owed and cannot be late; a promise or a payment run makes nothing younger.</remarks>
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
        var (oldest, leastDays) = (0, 0);
        foreach (var test in rule.TestsAt(facts.Stage))
        {
            decimal late = 0, receivables = 0;
            var days = 0;
            foreach (var member in facts.Group)
            {
                var overdue = LateOf(member.Receivables, facts.Today, test.MinDays, rule, member.PaymentRun, member.LongPromises);
                late += amounts.Of(overdue.Amount, member.Currency, member.PolicyFactor) ?? 0;
                receivables += amounts.Of(member.Receivables.Receivables + member.Receivables.AtRisk, member.Currency, member.PolicyFactor) ?? 0;
                days = Math.Max(days, overdue.OldestDays);
            }

            if (late > worst && late >= test.MinAmount && late * 100 >= test.MinSharePercent * receivables) (worst, oldest, leastDays) = (late, days, test.MinDays);
        }

        if (worst == 0) return;
        var sum = Money.Of(worst, facts.PolicyCurrency);
        found.Add(FindingKinds.Overdue, rule, level: facts.Path[^1], amount: sum.Minor, currency: sum.Currency, days: oldest, limit: LimitLevel.Group);
        foreach (var member in facts.Group)
            if (member.LongPromises.Count > 0) TooLong(facts, member.LongPromises, member.Number, member.Currency, leastDays, member.PaymentRun, rule, ref found);
    }

    /// <summary>A payer's late items; what is promised for a day too far off is late all the same.</summary>
    static Overdue LateOf(PayerReceivables owed, DateOnly today, int minDays, OverdueRule rule, PaymentRun? run, IReadOnlyList<LongPromise> promises)
    {
        var late = owed.OverdueOn(today, minDays, rule.DisputedParts, rule.PromisedParts, run);
        for (var at = 0; at < promises.Count; at++)
            if (Lates(promises[at], today, minDays, rule, run) is > 0 and var days)
                late = new Overdue(late.Amount + promises[at].Amount, Math.Max(late.OldestDays, days));
        return late;
    }

    /// <summary>The days by which an item is late that only this promise would have left out; null when it is not late enough, or the promise counts.</summary>
    static int? Lates(LongPromise promise, DateOnly today, int minDays, OverdueRule rule, PaymentRun? run) =>
        rule.PromisedParts == PromisedParts.Ignore && promise.TermDays > rule.LongestPromise
        && Overdue.Days(today, promise.DueDate, run) is var days && days >= Math.Max(1, minDays)
            ? days
            : null;

    /// <summary>Each promise once, with what it would have left out, so that whoever took it knows why the payer is late all the same.</summary>
    static void TooLong(
        CheckFacts facts, IReadOnlyList<LongPromise> promises, string payer, Currency currency, int minDays, PaymentRun? run, OverdueRule rule, ref Found found)
    {
        for (var at = 0; at < promises.Count;)
        {
            var promise = promises[at];
            long sum = 0;
            for (; at < promises.Count && promises[at].Promise == promise.Promise; at++)
                if (Lates(promises[at], facts.Today, minDays, rule, run) is not null) sum += promises[at].Amount;
            var kind = FindingKinds.PromiseTooLong;
            if (sum > 0)
                found.Add(new Finding(
                    kind.Code, Severity.Info, kind.Owner, rule.Name, payer, sum, currency, promise.TermDays, promise.Promise, Scope: Found.ScopeOf(rule)));
        }
    }
}
