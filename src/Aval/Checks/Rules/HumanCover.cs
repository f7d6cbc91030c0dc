using Aval.Kernel;
using Aval.Orders.Rules;
using Aval.Policies.Rules;

namespace Aval.Checks.Rules;

/// <summary>Whether what was found was released by a person before: then it does not hold the order again (docs/concepts/decisions.md).</summary>
static class HumanCover
{
    /// <summary>How much of the order's open value may go by what a person released, in the payer's credit currency; null when none of it.</summary>
    public static long? Of(WhatIf asked, CheckFacts facts, CheckResult result)
    {
        if (asked.Order.Release is not { } release || !facts.IsConverted) return null;
        if (release.UpTo is null) return Covers(release, facts, result, asked.Policy.Policy.Recheck) ? facts.Value.Open : null;
        var part = release.PartOf(asked.Order, facts.Value);
        if (part == 0) return null;
        var ofPart = Options.Changes.WorthOnly(asked, InOrderCurrency(part, facts));
        var found = ofPart.Check();
        return found.Passes || Covers(release, ofPart.Facts(), found, asked.Policy.Policy.Recheck) ? part : null;
    }

    /// <summary>Every finding that holds was seen and has not grown worse, but by the order's own growth within the deviation; and the days have not passed.</summary>
    /// <remarks>What no rule can switch off, and what policy says overrides a release, always holds.</remarks>
    static bool Covers(HumanRelease release, CheckFacts facts, CheckResult result, Recheck recheck)
    {
        if (!release.HoldsOn(facts.Today, recheck.Days)) return false;
        var growth = facts.Value.CreditTotal - release.Amount;
        if (release.UpTo is null && growth > release.Amount * recheck.DeviationPercent / 100) return false;
        foreach (var finding in result.Findings)
            if (finding.Blocks && (AlwaysHolds(finding, result.Rules) || !Covers(release, facts, finding, release.UpTo is null ? Math.Max(0, growth) : 0))) return false;
        return true;
    }

    /// <summary>Whether no release can let this pass.</summary>
    public static bool AlwaysHolds(Finding finding, RuleSet rules) => rules.Named(finding.Rule) is not { OverridesRelease: false };

    static bool Covers(HumanRelease release, CheckFacts facts, Finding finding, long growth)
    {
        foreach (var seen in release.Findings)
            if (seen.Code == finding.Code && finding.IsAt(seen.Level, seen.LimitLevel, facts.Order.Payer) && seen.Currency == finding.Currency
                && SameMatter.IsNoWorse(finding, seen.Subject, seen.Days)
                && (finding.Amount is not { } amount || amount <= (seen.Amount ?? 0) + Own(facts, finding, growth))) return true;
        return false;
    }

    /// <summary>By how much the finding may have grown since the order itself did. Days that merely pass make nothing worse.</summary>
    static decimal Own(CheckFacts facts, Finding finding, long growth)
    {
        if (finding.Code == FindingKinds.OrderTooLarge.Code || finding.Code == FindingKinds.OrderUnusual.Code) return finding.Amount ?? 0;
        if (finding.Code == FindingKinds.PrepaymentRequired.Code || finding.Code == FindingKinds.OrderSplitting.Code) return growth;
        if (finding.Code != FindingKinds.LimitExceeded.Code || growth == 0) return 0;
        // A group above may count in another currency: what the order adds there tells how much of its growth arrives.
        var own = facts.Nodes[0].OrderAmount;
        foreach (var node in facts.Nodes)
            if (node.Number == finding.Level && node.Level == (finding.LimitLevel ?? node.Level) && own > 0) return Math.Ceiling((decimal)growth * node.OrderAmount / own);
        return 0;
    }

    static long InOrderCurrency(long credit, CheckFacts facts) => facts.Order.CreditCurrency == facts.Order.Currency
        ? credit
        : new Money(credit, facts.Order.CreditCurrency!.Value).Convert(1 / facts.Order.Rate!.Value.Factor, facts.Order.Currency).Minor;
}
