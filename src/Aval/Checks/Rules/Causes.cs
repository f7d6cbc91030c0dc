using System.Collections.Immutable;
using Aval.Policies.Rules;

namespace Aval.Checks.Rules;

/// <summary>Whose fault each finding is, and the block as a whole.</summary>
/// <param name="OfFindings">In the order of the result's findings.</param>
/// <param name="OfBlock">Null when nothing blocks.</param>
public sealed record Causes(ImmutableArray<Cause> OfFindings, Cause? OfBlock)
{
    /// <summary>Whether nothing at all would stand in the way on the facts without our own defects; false where none is known.</summary>
    public bool PassesWithoutDefects { get; init; }

    /// <summary>The causes of what was found on the facts as booked, measured against the same check on the facts without our own defects.</summary>
    /// <param name="defectFree">Null where no defect of ours is known: then nothing can vanish without it.</param>
    public static Causes Of(CheckResult booked, CheckResult? defectFree)
    {
        ImmutableArray<Cause> causes = [.. booked.Findings.Select(finding => Of(finding, defectFree))];
        var ofAll = OfAll(booked.Findings, causes);
        // Without our defects something else would hold it: they are not all there is.
        return new Causes(causes, ofAll == Cause.InternalDefect && defectFree is not null && HoldsAnew(booked, defectFree) ? Cause.Mixed : ofAll)
        {
            PassesWithoutDefects = defectFree is { Passes: true },
        };
    }

    /// <summary>The result with the cause of each finding on it, where it is another than its code says.</summary>
    public CheckResult On(CheckResult booked) => booked with
    {
        Findings = [.. booked.Findings.Select((finding, at) => OfFindings[at] == NatureOf(finding) ? finding : finding with { Cause = OfFindings[at] })],
    };

    /// <summary>The cause that was weighed, else what the finding says by itself.</summary>
    public static Cause Of(Finding finding) => finding.Cause ?? NatureOf(finding);

    static Cause NatureOf(Finding finding) => finding.Nature ?? FindingKinds.Of(finding).Nature;

    static Cause Of(Finding finding, CheckResult? defectFree)
    {
        var nature = NatureOf(finding);
        if (defectFree is null || nature == Cause.InternalDefect) return nature;
        return defectFree.ForSameReason(finding) is not { } other ? Cause.InternalDefect : Shrinks(finding, other) ? Cause.Mixed : nature;
    }

    /// <summary>What is ours by nature takes nothing away from what is ours.</summary>
    static bool HoldsAnew(CheckResult booked, CheckResult defectFree)
    {
        foreach (var finding in defectFree.Findings)
        {
            if (!finding.Blocks || NatureOf(finding) == Cause.InternalDefect || FindingKinds.Of(finding).Family == RuleFamily.OrderQuality) continue;
            if (booked.ForSameReason(finding) is null) return true;
        }

        return false;
    }

    static bool Shrinks(Finding booked, Finding defectFree) => defectFree.Amount < booked.Amount || defectFree.Days < booked.Days;

    /// <summary>Order quality stands aside unless it is all there is: what Credit must decide is named by credit.</summary>
    static Cause? OfAll(ImmutableArray<Finding> findings, ImmutableArray<Cause> causes)
    {
        Cause? credit = null, quality = null;
        for (var at = 0; at < findings.Length; at++)
        {
            if (!findings[at].Blocks) continue;
            if (FindingKinds.Of(findings[at]).Family == RuleFamily.OrderQuality) quality = Joined(quality, causes[at]);
            else credit = Joined(credit, causes[at]);
        }

        return credit ?? quality;
    }

    static Cause Joined(Cause? sofar, Cause cause) => sofar is null || sofar == cause ? cause : Cause.Mixed;
}
