using System.Collections.Immutable;
using Aval.Checks.Rules.Options;

namespace Aval.Checks.Rules;

/// <summary>Whose fault a hold is, told by asking the same question on the facts without our own defects (docs/concepts/causes.md).</summary>
public static class Diagnosis
{
    /// <summary>Defects taken out that cost as much as one check: a bound for a payer with hundreds that all matter.</summary>
    const int TakenOutPerCheck = 20;

    /// <summary>The part of the effort that the search may take: the rest is for the options.</summary>
    const int ShareOfEffort = 2;

    /// <summary>The causes of what was found. Asks once more at most, so that a decision can afford it.</summary>
    public static Causes Of(WhatIf asked, CheckResult booked)
    {
        if (booked.Passes) return Causes.Of(booked, null);
        var (defects, without) = Defects.Mended(asked, asked.Order.Payer);
        return Causes.Of(booked, defects.IsEmpty ? null : without.Check());
    }

    /// <summary>The fewest of our own defects that account for what vanishes without them, and for all that shrinks of what somebody is to pay then; empty where none
    /// matters.</summary>
    /// <remarks>Right for any number of them: naming fewer would not do, unless they are marked <see cref="Defect.Approximate"/>. Where there is a choice, the larger are
    /// named.</remarks>
    /// <param name="effort">Each set that is tried takes one question off it; null for the usual.</param>
    public static ImmutableArray<Defect> DefectsThatMatter(WhatIf asked, CheckResult booked, Effort? effort = null)
    {
        if (booked.Passes) return [];
        var (all, without) = Defects.Mended(asked, asked.Order.Payer);
        if (all.IsEmpty) return [];
        return ThatMatter(asked, booked, all, without.Check(), effort);
    }

    /// <summary>The same of any defects.</summary>
    /// <param name="defectFree">Without all of them.</param>
    /// <inheritdoc cref="DefectsThatMatter" path="/param[@name='effort']"/>
    public static ImmutableArray<Defect> ThatMatter(WhatIf asked, CheckResult booked, ImmutableArray<Defect> all, CheckResult defectFree, Effort? effort = null) =>
        IsAsGood(booked, defectFree, booked)
            ? []
            : Defects.Alone(asked, Fewest(all, fewer => IsAsGood(Defects.Without(asked, fewer).Check(), defectFree, booked), effort));

    /// <summary>The fewest of these that still do, in their own order; they all do together.</summary>
    /// <inheritdoc cref="DefectsThatMatter" path="/param[@name='effort']"/>
    public static ImmutableArray<Defect> Fewest(ImmutableArray<Defect> all, Func<ImmutableArray<Defect>, bool> suffice, Effort? effort = null)
    {
        effort ??= new Effort(Effort.Usual);
        var share = Math.Max(0, effort.Left) / ShareOfEffort;
        var larger = Enumerable.Range(0, all.Length).OrderByDescending(at => all[at].Amount).ThenByDescending(at => all[at].Document, StringComparer.Ordinal);
        var set = MinimalSet.Of([.. larger], chosen => effort.Spend() && suffice([.. chosen.Order().Select(at => all[at])]), effort.Left * TakenOutPerCheck, share);
        return [.. set.Members.Order().Select(at => set.Approximate ? all[at] with { Approximate = true } : all[at])];
    }

    /// <summary>Whether all that vanishes without our defects has vanished here too, and nothing that money or another action is to cure is worse than there; where
    /// nothing vanishes, whether nothing at all is.</summary>
    static bool IsAsGood(CheckResult tried, CheckResult defectFree, CheckResult booked)
    {
        var vanishes = false;
        foreach (var finding in booked.Findings)
        {
            if (!finding.Blocks || defectFree.ForSameReason(finding) is not null) continue;
            vanishes = true;
            if (tried.ForSameReason(finding) is not null) return false;
        }

        foreach (var finding in tried.Findings)
        {
            if (!finding.Blocks) continue;
            var there = defectFree.ForSameReason(finding);
            if (there is null && booked.ForSameReason(finding) is null) return false;
            if ((!vanishes || Proof.IsCurable(finding)) && there is { } least && (finding.Amount > least.Amount || finding.Days > least.Days)) return false;
        }

        return true;
    }
}
