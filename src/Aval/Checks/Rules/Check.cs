using Aval.Limits.Rules;
using Aval.Policies.Rules;

namespace Aval.Checks.Rules;

/// <summary>The one question: may this order be released under this policy? The same facts and policy always give the same answer.</summary>
public static class Check
{
    /// <summary>Asks every rule, whatever the others found: the answer names all that stands in the way, never only the first.</summary>
    public static CheckResult Run(CheckFacts facts, CompiledPolicy policy)
    {
        var rules = RulesFor(facts, policy);
        var skip = SkipOf(facts);
        var found = new Found();
        StandingRules.Find(facts, rules, skip, ref found);
        BrokenConditions.Find(facts, rules, ref found);
        if (skip is null or SkipReason.AddsNothing)
        {
            LimitRules.Find(facts, rules, policy.Policy.WatchPercent, ref found);
            PayerRules.Find(facts, rules, ref found);
            DisputeRules.Find(facts, rules, policy.Policy.DisputesAsked, ref found);
            BillingRules.Find(facts, rules, ref found);
            MeasureRules.Find(facts, rules, ref found);
            CoverRules.Find(facts, rules, policy.Policy.Netting, ref found);
        }

        PurchaseOrderRules.Find(facts, rules, ref found);
        InvoicingRules.Find(facts, rules, ref found);
        EntityRules.Find(facts, rules, ref found);
        var findings = Waiver.Applied(found.ToImmutable(), facts.Waivers, facts.Today);
        return new CheckResult(policy.Version, rules, findings, TriageOf(findings.AsSpan()), HeadroomOf(facts), skip);
    }

    /// <summary>An order that needs no check at all, recorded like one that was checked.</summary>
    public static CheckResult Skip(CheckFacts facts, CompiledPolicy policy, SkipReason reason) =>
        new(policy.Version, RulesFor(facts, policy), [], Triage.Accept, HeadroomOf(facts), reason);

    static RuleSet RulesFor(CheckFacts facts, CompiledPolicy policy) =>
        policy.For(facts.Customer, facts.Payer, policy.NamesGroups ? facts.Path : []);

    static SkipReason? SkipOf(CheckFacts facts)
    {
        if (facts.Value.Total == 0) return SkipReason.ZeroValue;
        if (facts.Payer is null || !facts.IsConverted) return null;
        var deposits = Deposits.For(facts);
        if (deposits > 0 && deposits >= facts.Value.Open + facts.Value.Unbilled) return SkipReason.Prepaid;
        return facts.Nodes.Count > 0 && facts.Nodes[0].OrderAmount <= 0 ? SkipReason.AddsNothing : null;
    }

    static Triage TriageOf(ReadOnlySpan<Finding> findings)
    {
        var triage = Triage.Accept;
        foreach (ref readonly var finding in findings)
        {
            if (finding.Waived is not null) continue;
            var asks = finding.Severity switch
            {
                Severity.Info or Severity.Warn => Triage.Accept,
                Severity.Complete => Triage.Complete,
                Severity.Refer => Triage.Arbitrate,
            };
            if (asks > triage) triage = asks;
        }

        return triage;
    }

    static Headroom? HeadroomOf(CheckFacts facts)
    {
        if (facts.Nodes.Count == 0) return null;
        var payer = facts.Nodes[0];
        var limit = payer.Limit.Kind == LimitKind.Amount ? payer.Limit.Amount : null;
        return new Headroom(payer.Currency, payer.Limit.Kind, limit, payer.Exposure, payer.After);
    }
}
