using System.Collections.Immutable;

namespace Aval.Checks.Rules.Options;

/// <summary>What can be done about a held order: our own defects that matter, and the options; found on one snapshot, off every lock.</summary>
public sealed record Remedies(ImmutableArray<Defect> Defects, ImmutableArray<Option> Options)
{
    public static readonly Remedies None = new([], []);

    public static Remedies Of(WhatIf asked)
    {
        var booked = asked.Check();
        if (booked.Passes) return None;
        var defects = Diagnosis.DefectsThatMatter(asked, booked);
        return new Remedies(defects, Solver.Of(asked, booked, defects, new Effort(Effort.Usual)));
    }
}
