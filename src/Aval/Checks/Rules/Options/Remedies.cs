using System.Collections.Immutable;
using Aval.Policies.Rules;

namespace Aval.Checks.Rules.Options;

/// <summary>What can be done about a held order: our own defects that matter, and the options; found on one snapshot, off every lock.</summary>
/// <param name="Remaining">What holds the order and no option cures, each with why: nothing that holds is passed over in silence.</param>
public sealed record Remedies(ImmutableArray<Defect> Defects, ImmutableArray<Option> Options, ImmutableArray<Remaining> Remaining)
{
    public static readonly Remedies None = new([], [], []);

    /// <summary>What the order's payer has still to pay once we have done our part; none where nothing of it is ours, or no payment would do.</summary>
    public IEnumerable<string> StillToPay => Options.FirstOrDefault(option => option is { And: not null, Decided.Action: OptionAction.WaitForPayment })?.Decided is not { } wait
        ? []
        : wait.Invoices.Where(invoice => wait.Elsewhere.All(elsewhere => elsewhere.Document != invoice));

    public static Remedies Of(WhatIf asked)
    {
        var booked = asked.Check();
        if (booked.Passes) return None;
        var effort = new Effort(Effort.Usual);
        var defects = Diagnosis.DefectsThatMatter(asked, booked, effort);
        if (asked.IsFixedLater()) return Of(Rules.Defects.Mended(asked, asked.Order.Payer).Without, defects, effort);
        var options = Solver.Of(asked, booked, defects, effort);
        return new Remedies(defects, options, [.. Rules.Options.Remaining.Of(booked, options)]);
    }

    /// <summary>Where policy lets go what only our own defects hold: they are named, and what is left to do is what would hold the order without them.</summary>
    static Remedies Of(WhatIf mended, ImmutableArray<Defect> defects, Effort effort)
    {
        var verdict = mended.Check();
        var options = Solver.Of(mended, verdict, [], effort);
        return new Remedies(defects, options, [.. Rules.Options.Remaining.Of(verdict, options)]);
    }
}

/// <summary>A finding that holds the order and that no option cures.</summary>
/// <param name="Owner">Who completes it, or decides.</param>
/// <param name="Cure">What would make it go away, and so why no option does.</param>
public sealed record Remaining(string Code, OwnerFunction Owner, Cure Cure)
{
    /// <summary>Each code once, in the order of the findings.</summary>
    public static IEnumerable<Remaining> Of(CheckResult booked, ImmutableArray<Option> options) => booked.Findings
        .Where(finding => finding.Blocks && options.All(option => option.AlsoNeeds.Contains(finding.Code)))
        .DistinctBy(finding => finding.Code)
        .Select(finding => new Remaining(finding.Code, finding.Owner, Cures.Of(finding)));
}
