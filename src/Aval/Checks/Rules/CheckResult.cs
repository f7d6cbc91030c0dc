using System.Collections.Immutable;
using Aval.Kernel;
using Aval.Limits.Rules;
using Aval.Policies.Rules;

namespace Aval.Checks.Rules;

/// <summary>Why rules were skipped: the order needs less than all of them. Recorded like a finding.</summary>
public enum SkipReason
{
    /// <summary>It costs nothing, so it needs no credit.</summary>
    ZeroValue,
    /// <summary>Its deposits cover all that is not billed yet, so it needs no credit.</summary>
    Prepaid,
    /// <summary>It adds nothing to what is compared today: it ships beyond the horizon. Only the limit was not asked.</summary>
    AddsNothing,
    /// <summary>Less of what was released already: nothing was asked.</summary>
    Decrease,
    /// <summary>Only its payer's place in the group has changed: nothing was asked.</summary>
    Rearranged,
}

/// <summary>What the check says of an order under one policy version: all findings, and what was compared.</summary>
/// <param name="Rules">The settings that held; each says for which scope it was made.</param>
/// <param name="Skipped">Null when every rule was asked.</param>
/// <param name="Headroom">At the payer's own limit; null when the payer is unknown.</param>
public sealed record CheckResult(
    int PolicyVersion, RuleSet Rules, ImmutableArray<Finding> Findings, Triage Triage, Headroom? Headroom, SkipReason? Skipped)
{
    /// <summary>Whether nothing stands in the way of a release.</summary>
    public bool Passes => Triage == Triage.Accept;

    /// <summary>Whose fault it is that the order is held, as far as the codes say; null when nothing holds it. <see cref="Causes"/> says
    /// more.</summary>
    public Cause? Cause => Causes.Of(this, null).OfBlock;

    /// <inheritdoc cref="RuleOutcome.Of"/>
    public IEnumerable<RuleOutcome> Outcomes() => RuleOutcome.Of(Rules, Findings, Skipped);

    /// <summary>What was found here of the same code, level, limit and matter; null when nothing.</summary>
    public Finding? Same(Finding finding)
    {
        foreach (var other in Findings)
            if (other.Code == finding.Code && other.Level == finding.Level && other.LimitLevel == finding.LimitLevel && SameMatter.Is(other, finding)) return other;
        return null;
    }
}

public enum RuleState { Clear, Fired, Skipped, Off }

/// <summary>A rule's setting with what came of it.</summary>
public readonly record struct RuleOutcome(RuleSetting Setting, RuleState State)
{
    /// <summary>Every rule of the policy with what came of it, fired or not.</summary>
    public static IEnumerable<RuleOutcome> Of(RuleSet rules, IReadOnlyList<Finding> findings, SkipReason? skipped)
    {
        foreach (var setting in rules.InForce) yield return new RuleOutcome(setting, StateOf(setting, findings, skipped));
    }

    static RuleState StateOf(RuleSetting setting, IReadOnlyList<Finding> findings, SkipReason? skipped)
    {
        if (setting is SwitchedOff) return RuleState.Off;
        foreach (var finding in findings)
            if (finding.Rule == setting.Name) return RuleState.Fired;
        if (skipped is not { } reason) return RuleState.Clear;
        var skips = reason switch
        {
            SkipReason.ZeroValue or SkipReason.Prepaid => setting.Family == RuleFamily.Credit,
            SkipReason.AddsNothing => setting is LimitRule,
            SkipReason.Decrease or SkipReason.Rearranged => true,
        };
        return skips ? RuleState.Skipped : RuleState.Clear;
    }
}

/// <summary>What is compared with the payer's own limit, in minor units of its credit currency.</summary>
/// <param name="Limit">Null unless the kind is <see cref="LimitKind.Amount"/>.</param>
/// <param name="Exposure">Before the order.</param>
/// <param name="After">Once the order is added.</param>
public readonly record struct Headroom(Currency Currency, LimitKind Kind, long? Limit, long Exposure, long After)
{
    /// <summary>By how much the limit would be passed; zero where it would not, or where there is no amount to pass.</summary>
    public long Overrun => Limit is { } limit ? Math.Max(0, After - limit) : 0;
}
