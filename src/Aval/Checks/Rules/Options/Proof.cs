using System.Collections.Immutable;
using Aval.Policies.Rules;

namespace Aval.Checks.Rules.Options;

/// <summary>Whether a change makes a held order acceptable: the check on the changed facts finds nothing of what the change is to cure, and nothing new.</summary>
/// <remarks>What another owner must complete, and what no action cures (an account hold, a blocked class), is set aside and told with the option.</remarks>
public sealed class Proof(CheckResult booked, Effort effort)
{
    /// <summary>Codes that must vanish; null for all that an action cures.</summary>
    ImmutableHashSet<string>? Only { get; init; }

    /// <summary>What the verdict was before anything was done; null where nothing has been yet.</summary>
    CheckResult? First { get; init; }

    /// <summary>What holds the order before the change.</summary>
    public CheckResult Booked { get; } = booked;

    /// <summary>True when something holds the order that an action cures.</summary>
    public bool HasCurable => Booked.Findings.Any(finding => finding.Blocks && IsCurable(finding));

    public bool Blocks(FindingKind kind) => Booked.Findings.Any(finding => finding.Blocks && finding.Code == kind.Code);

    public static bool IsCurable(Finding finding) => Cures.Of(finding) == Cure.Action;

    /// <summary>The same proof of something that is to cure these alone.</summary>
    public Proof CuringOnly(ImmutableHashSet<string> codes) => new(Booked, effort) { Only = codes, First = First };

    /// <summary>Takes one question off the effort; false when none is left.</summary>
    public bool Spend() => effort.Spend();

    /// <summary>False too when the effort is spent: what was not proved is not shown.</summary>
    public bool Passes(WhatIf changed) => effort.Spend() && Accepts(changed.Verdict());

    /// <summary>The option with what stands all the same once the change is made; null when it does not pass.</summary>
    public Option? Of(WhatIf changed, Option option)
    {
        if (!effort.Spend()) return null;
        var result = changed.Verdict();
        if (!Accepts(result)) return null;
        return option with { AlsoNeeds = Standing(result) };
    }

    static ImmutableArray<string> Standing(CheckResult result) =>
        [.. result.Findings.Where(finding => finding.Blocks).Select(finding => finding.Code).Distinct(StringComparer.Ordinal)];

    /// <summary>The same question, asked with more done already.</summary>
    public Proof After(CheckResult changed) => new(changed, effort) { First = First ?? Booked };

    /// <summary>The smallest amount that passes, from 1 to <paramref name="most"/>; null when not even that one does.</summary>
    public long? Smallest(long most, Func<long, WhatIf> changed)
    {
        if (most < 1 || !Passes(changed(most))) return null;
        return SmallestBetween(0, most, changed);
    }

    /// <summary>The smallest amount that passes, above one that does not and up to one that does.</summary>
    public long SmallestBetween(long fails, long passes, Func<long, WhatIf> changed)
    {
        while (passes - fails > 1)
        {
            var middle = fails + ((passes - fails) / 2);
            if (Passes(changed(middle))) passes = middle;
            else fails = middle;
        }

        return passes;
    }

    /// <summary>The largest amount that passes, from 1 to <paramref name="most"/>; null when not even 1 does.</summary>
    public long? Largest(long most, Func<long, WhatIf> changed)
    {
        if (most < 1 || !Passes(changed(1))) return null;
        if (Passes(changed(most))) return most;
        long passes = 1, fails = most;
        while (fails - passes > 1)
        {
            var middle = passes + ((fails - passes) / 2);
            if (Passes(changed(middle))) passes = middle;
            else fails = middle;
        }

        return passes;
    }

    /// <summary>A change must cure what is curable, and may not bring a new reason to hold.</summary>
    bool Accepts(CheckResult result)
    {
        foreach (var finding in result.Findings)
        {
            if (!finding.Blocks) continue;
            if (Only?.Contains(finding.Code) ?? IsCurable(finding)) return false;
            if (FindingKinds.Of(finding).Family != RuleFamily.OrderQuality && (First ?? Booked).ForSameReason(finding) is null) return false;
        }

        return true;
    }
}
