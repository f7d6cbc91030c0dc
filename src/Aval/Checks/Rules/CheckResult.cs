using System.Collections.Immutable;
using Aval.Kernel;
using Aval.Limits.Rules;
using Aval.Policies.Rules;

namespace Aval.Checks.Rules;

/// <summary>Why an order needs no credit, so that the credit rules were skipped. Recorded like a finding.</summary>
public enum Skip
{
    /// <summary>Every rule was asked.</summary>
    Nothing,
    /// <summary>It costs nothing.</summary>
    ZeroValue,
    /// <summary>Its deposits cover all that is not billed yet.</summary>
    Prepaid,
    /// <summary>It adds nothing to what is compared today: it ships beyond the horizon. Only the limits were not asked.</summary>
    AddsNothing,
}

/// <summary>What the check says of an order under one policy version: all findings, and what was compared.</summary>
/// <param name="Rules">The settings that held; each says for which scope it was made.</param>
/// <param name="Headroom">At the payer's own limit; null when the payer is unknown.</param>
public sealed record CheckResult(int PolicyVersion, RuleSet Rules, ImmutableArray<Finding> Findings, Triage Triage, Headroom? Headroom, Skip Skipped)
{
    /// <summary>Whether nothing stands in the way of a release.</summary>
    public bool Passes => Triage == Triage.Accept;

    /// <summary>Every rule of the policy with what came of it, fired or not.</summary>
    public IEnumerable<RuleOutcome> Outcomes()
    {
        foreach (var setting in Rules.InForce) yield return new RuleOutcome(setting, StateOf(setting));
    }

    RuleState StateOf(RuleSetting setting)
    {
        if (setting is SwitchedOff) return RuleState.Off;
        foreach (var finding in Findings)
            if (finding.Rule == setting.Name) return RuleState.Fired;
        return Skipped switch
        {
            Skip.Nothing => RuleState.Clear,
            Skip.ZeroValue or Skip.Prepaid => setting.Family == RuleFamily.Credit ? RuleState.Skipped : RuleState.Clear,
            Skip.AddsNothing => setting is LimitRule ? RuleState.Skipped : RuleState.Clear,
        };
    }
}

public enum RuleState { Clear, Fired, Skipped, Off }

public readonly record struct RuleOutcome(RuleSetting Setting, RuleState State);

/// <summary>What is compared with the payer's own limit, in minor units of its credit currency.</summary>
/// <param name="Limit">Null unless the kind is <see cref="LimitKind.Amount"/>.</param>
/// <param name="Exposure">Before the order.</param>
/// <param name="After">Once the order is added.</param>
public readonly record struct Headroom(Currency Currency, LimitKind Kind, long? Limit, long Exposure, long After)
{
    /// <summary>What the limit leaves before the order; below zero when it is overrun already, null unless the limit is an amount.</summary>
    public long? Room => Limit - Exposure;

    /// <summary>By how much the limit would be passed; zero where it would not, or where there is no amount to pass.</summary>
    public long Overrun => Limit is { } limit ? Math.Max(0, After - limit) : 0;
}
