using Aval.Orders.Rules;
using Aval.Parties.Rules;
using Aval.Policies.Rules;

namespace Aval.Checks.Rules;

/// <summary>What must be in order before anything else is worth asking: a payer, rates, a claim that holds, no stop on the account.</summary>
/// <remarks>The first three belong to no rule: an order that cannot be judged is held under every policy.</remarks>
static class StandingRules
{
    public static void Find(CheckFacts facts, RuleSet rules, SkipReason? skip, ref Found found)
    {
        if (facts.Payer is null) found.Add(Always(FindingKinds.PayerUnknown, Severity.Refer) with { Level = facts.Customer.PayerNumber });
        if (skip is null or SkipReason.AddsNothing)
        {
            Rates(facts, ref found);
            if (rules.RatesStale is { } stale) Stale(facts, stale, ref found);
        }

        if (HasExpired(facts)) found.Add(Always(FindingKinds.AuthorizationExpired, Severity.Complete));
        if (rules.ForcedHold is not { } hold) return;
        Held(facts, facts.Payer, hold, ref found);
        if (facts.Customer.Number != facts.Payer?.Number) Held(facts, facts.Customer, hold, ref found);
    }

    /// <summary>A finding that no rule can switch off.</summary>
    public static Finding Always(FindingKind kind, Severity severity) => new(kind.Code, severity, kind.Owner, null);

    static void Rates(CheckFacts facts, ref Found found)
    {
        if (facts.Payer is not { } payer) return;
        var missing = Always(FindingKinds.RatesMissing, Severity.Refer);
        if (!facts.IsConverted) found.Add(missing with { Level = payer.Number, Subject = facts.Order.Currency.Code });
        else if (facts.UnconvertedDocuments > 0) found.Add(missing with { Level = payer.Number });
    }

    /// <summary>The oldest of the rates: the order's for its date, the others for today.</summary>
    static void Stale(CheckFacts facts, RatesStaleRule rule, ref Found found)
    {
        var order = facts.Order.Rate is { } rate ? facts.Order.OrderDate.DayNumber - rate.Date.DayNumber : 0;
        var age = Math.Max(order, facts.OldestRate is { } oldest ? facts.Today.DayNumber - oldest.DayNumber : 0);
        if (age > rule.Days) found.Add(FindingKinds.RatesStale, rule, level: facts.Payer?.Number, days: age);
    }

    static bool HasExpired(CheckFacts facts)
    {
        var marks = facts.Order.Marks;
        for (var at = 0; at < marks.Count; at++)
            if (marks[at] == Order.AuthorizationExpired) return true;
        return false;
    }

    static void Held(CheckFacts facts, Customer? customer, ForcedHoldRule rule, ref Found found)
    {
        if (customer?.Hold is not { } hold) return;
        found.Add(FindingKinds.ForcedHold, rule, level: customer.Number, days: facts.Today.DayNumber - hold.Since.DayNumber, subject: hold.Reason);
    }
}
