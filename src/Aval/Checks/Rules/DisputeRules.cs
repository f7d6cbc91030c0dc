using System.Collections.Immutable;
using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Policies.Rules;

namespace Aval.Checks.Rules;

/// <summary>What the payer's word is worth, and what is argued about: promises that were broken, disputes that nobody settles or that only gain time.</summary>
/// <remarks>Each rule tells one dispute, the oldest: the others are in the list. The check looks at the first of each kind, however many there are.</remarks>
static class DisputeRules
{
    public static void Find(CheckFacts facts, RuleSet rules, DisputeHandling handling, ref Found found)
    {
        if (facts.Payer is null) return;
        if (rules.BrokenPromise is { } broken) Promises(facts, broken, ref found);
        if (rules.DisputeUnqualified is { } unqualified)
            OlderThan(facts, facts.Disputes.Unqualified, unqualified.Days, FindingKinds.DisputeUnqualified, unqualified, ref found);
        if (rules.DisputeUnowned is { } unowned) OlderThan(facts, facts.Disputes.Untaken, unowned.Days, FindingKinds.DisputeUnowned, unowned, ref found);
        if (rules.DisputeUnresolved is { } unresolved)
            OlderThan(facts, facts.Disputes.Standing, unresolved.Days, FindingKinds.DisputeUnresolved, unresolved, ref found);
        if (rules.DisputeTactical is { } tactical && IsHabit(facts.Disputes.Record, tactical, handling))
            OlderThan(facts, facts.Disputes.Late, -1, FindingKinds.DisputeTactical, tactical, ref found);
    }

    /// <summary>Broken ones of which the last good day is at most the window ago; one that was kept in part is not among them.</summary>
    static void Promises(CheckFacts facts, BrokenPromiseRule rule, ref Found found)
    {
        var broken = facts.BrokenPromises;
        if (broken.IsEmpty) return;
        // The place where the window begins, found or not.
        var first = broken.IndexOf(new Dated(facts.Today.AddDays(-rule.WindowDays), ""));
        if (broken.Count - (first < 0 ? ~first : first) < rule.Count) return;
        var last = broken.Max;
        found.Add(FindingKinds.PromiseBroken, rule, level: facts.Payer!.Number, days: facts.Today.DayNumber - last.Date.DayNumber, subject: last.Number);
    }

    static void OlderThan(CheckFacts facts, ImmutableSortedSet<OpenDispute> disputes, int days, FindingKind kind, RuleSetting rule, ref Found found)
    {
        if (disputes.IsEmpty) return;
        var oldest = disputes.Min;
        var age = facts.Today.DayNumber - oldest.Raised.DayNumber;
        if (age > days) found.Add(kind, rule, level: facts.Payer!.Number, amount: oldest.Amount, currency: oldest.Currency, days: age, subject: oldest.Number);
    }

    static bool IsHabit(DisputeRecord? record, DisputeTacticalRule rule, DisputeHandling handling) =>
        record is not null && record.Ended >= rule.MinDisputes && record.Rejected * 100 > (rule.RejectedPercent ?? handling.TacticalRejectedPercent) * record.Ended;
}
