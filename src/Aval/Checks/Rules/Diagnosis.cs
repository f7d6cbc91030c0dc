using System.Collections.Immutable;

namespace Aval.Checks.Rules;

/// <summary>Whose fault a hold is, told by asking the same question on the facts without our own defects (docs/concepts/causes.md).</summary>
public static class Diagnosis
{
    /// <summary>Defects that are weighed one by one, the smallest first; what is larger is named anyway. An answer may not cost more with every receipt that waits.</summary>
    const int MostWeighed = 20;

    /// <summary>The causes of what was found. Asks once more at most, so that a decision can afford it.</summary>
    public static Causes Of(WhatIf asked, CheckResult booked)
    {
        if (booked.Passes) return Causes.Of(booked, null);
        var defects = Defects.Of(asked);
        return Causes.Of(booked, defects.IsEmpty ? null : Defects.Without(asked, defects).Check());
    }

    /// <summary>The fewest of our own defects that account for what vanishes, or shrinks, without them; empty where none matters.</summary>
    /// <remarks>Found by dropping one at a time, the smallest first, so that naming fewer would not do.</remarks>
    public static ImmutableArray<Defect> DefectsThatMatter(WhatIf asked, CheckResult booked)
    {
        var kept = booked.Passes ? [] : Defects.Of(asked);
        if (kept.IsEmpty) return [];
        var defectFree = Defects.Without(asked, kept).Check();
        if (IsAsGood(booked, defectFree, booked)) return [];
        foreach (var defect in kept.OrderBy(one => one.Amount).ThenBy(one => one.Document, StringComparer.Ordinal).Take(MostWeighed).ToList())
        {
            var fewer = kept.Remove(defect);
            if (IsAsGood(Defects.Without(asked, fewer).Check(), defectFree, booked)) kept = fewer;
        }

        return kept;
    }

    /// <summary>Whether all that vanishes without our defects has vanished here too; where nothing does, whether nothing is worse than there.</summary>
    static bool IsAsGood(CheckResult tried, CheckResult defectFree, CheckResult booked)
    {
        var vanishes = false;
        foreach (var finding in booked.Findings)
        {
            if (!finding.Blocks || defectFree.Same(finding) is not null) continue;
            vanishes = true;
            if (tried.Same(finding) is not null) return false;
        }

        foreach (var finding in tried.Findings)
        {
            if (!finding.Blocks) continue;
            var there = defectFree.Same(finding);
            if (there is null && booked.Same(finding) is null) return false;
            if (!vanishes && there is { } least && (finding.Amount > least.Amount || finding.Days > least.Days)) return false;
        }

        return true;
    }
}
