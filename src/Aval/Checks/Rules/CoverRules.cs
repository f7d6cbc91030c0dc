using Aval.Cover.Rules;
using Aval.Parties.Rules;
using Aval.Policies.Rules;

namespace Aval.Checks.Rules;

/// <summary>Whether others still bear what they are counted on for (docs/concepts/cover.md). Payers without cover are not asked.</summary>
static class CoverRules
{
    public static void Find(CheckFacts facts, RuleSet rules, Netting netting, ref Found found)
    {
        if (facts.Payer is not { } payer || facts.Securities is not { Covers.IsEmpty: false } securities) return;
        if (rules.CoverReduced is { } reduced) Reduced(facts, payer, securities, reduced, netting, ref found);
        if (rules.CoverExpired is { } expired) Expired(facts, payer, securities, expired, ref found);
        if (rules.CoverNotificationDue is { } due)
            foreach (var cover in securities.Covers) NotificationDue(facts, payer, securities, cover, due, ref found);
    }

    /// <summary>The latest cut that rules today, while the exposure with this order is above what the insurer has left and guarantors bear.</summary>
    static void Reduced(CheckFacts facts, Customer payer, PayerSecurities securities, CoverReducedRule rule, Netting netting, ref Found found)
    {
        if (CoverStretch.On(securities.Covers, facts.Today) is not { } cover) return;
        var cut = securities.Cuts.LastOrDefault(cut => cut.Cover == cover.Number && cut.From <= facts.Today);
        if (cut is null || facts.Today.DayNumber - cut.From.DayNumber > rule.Days) return;
        var borne = cover.InCredit(cut.Amount) + (facts.Stands.Cover?.Guarantees.Sum(guarantee => guarantee.Left) ?? 0);
        var above = facts.Stands.Decision(netting) + facts.Adds - borne;
        if (above <= 0) return;
        found.Add(
            FindingKinds.CoverReduced, rule, level: payer.Number, amount: above, currency: payer.Currency, days: facts.Today.DayNumber - cut.From.DayNumber,
            subject: cover.Number);
    }

    /// <summary>A cover that was withdrawn before its end was given up, not forgotten.</summary>
    static void Expired(CheckFacts facts, Customer payer, PayerSecurities securities, CoverExpiredRule rule, ref Found found)
    {
        var owed = facts.Stands.Receivables + facts.Stands.AtRisk + facts.Stands.Unbilled;
        if (owed <= 0 || CoverStretch.On(securities.Covers, facts.Today) is not null) return;
        var last = securities.Covers.Where(cover => cover.ValidTo < facts.Today).OrderBy(cover => cover.ValidTo).ThenBy(cover => cover.Entered).LastOrDefault();
        if (last is null || CoverStretch.LimitOn(last, securities.Cuts, last.ValidTo) == 0) return;
        found.Add(
            FindingKinds.CoverExpired, rule, level: payer.Number, amount: owed, currency: payer.Currency, days: facts.Today.DayNumber - last.ValidTo.DayNumber,
            subject: last.Number);
    }

    /// <summary>Items shipped under the cover, overdue long enough, and not yet overdue when the insurer was told last.</summary>
    static void NotificationDue(CheckFacts facts, Customer payer, PayerSecurities securities, InsuranceCover cover, CoverNotificationDueRule rule, ref Found found)
    {
        if (cover.NotificationDays is not { } days) return;
        var late = Math.Max(1, days - rule.DaysBefore);
        var (dueFrom, dueBy) = (ToldOn(securities, cover), facts.Today.AddDays(-late));
        long amount = 0;
        DateOnly? oldest = null;
        foreach (var stretch in securities.Stretches)
        {
            if (stretch.Cover.Number != cover.Number) continue;
            var untold = facts.Receivables.OpenItems.Shipped(stretch.From, stretch.To, dueFrom);
            if (untold.FirstDue is not { } first || first > dueBy) continue;
            amount += untold.Sum - facts.Receivables.OpenItems.Shipped(stretch.From, stretch.To, dueBy.AddDays(1)).Sum;
            if (oldest is null || first < oldest) oldest = first;
        }

        if (oldest is not { } due) return;
        found.Add(
            FindingKinds.CoverNotificationDue, rule, level: payer.Number, amount: amount, currency: payer.Currency, days: facts.Today.DayNumber - due.DayNumber,
            subject: cover.Number);
    }

    /// <summary>What was due before that day was overdue on it, and told.</summary>
    static DateOnly ToldOn(PayerSecurities securities, InsuranceCover cover)
    {
        var last = DateOnly.MinValue;
        foreach (var told in securities.Notifications)
            if (told.Cover == cover.Number && told.Date > last) last = told.Date;
        return last;
    }
}
