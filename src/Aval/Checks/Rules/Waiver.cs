using System.Collections.Immutable;
using Aval.Policies.Rules;

namespace Aval.Checks.Rules;

/// <summary>A finding of one order that somebody answerable for it has set aside: it stays listed and holds the order no more.</summary>
/// <param name="Id">The order's number and a count.</param>
/// <param name="Code">Which finding, with its <paramref name="Level"/> and <paramref name="Subject"/>.</param>
/// <param name="Amount">Minor units, as it was when it was set aside; more of it holds again.</param>
/// <param name="Days">As they were; more than have passed since hold again.</param>
/// <param name="Until">The last day on which it is set aside; null when it has no end.</param>
public sealed record Waiver(
    string Id, string Order, string Customer, string Code, string? Level, string? Subject, long? Amount, int? Days, string Reason, string By, DateOnly At, DateOnly? Until)
{
    /// <summary>Calendar days for mending what was set aside without a date.</summary>
    public const int DaysToMend = 30;

    /// <summary>The function that is to mend it all the same; null on old records.</summary>
    public OwnerFunction? Owner { get; init; }

    /// <summary>By when; null on old records.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>The business date of the check that found it no more; null while it is owed.</summary>
    public DateOnly? MendedOn { get; init; }

    /// <summary>Whether the finding is the one that was set aside, grown or not.</summary>
    public bool IsOf(Finding finding) => finding.Code == Code && finding.Level == Level;

    public bool Covers(Finding finding, DateOnly today) =>
        finding.Code == Code && finding.Level == Level && SameMatter.IsNoWorse(finding, Subject, Days) && (Until is null || today <= Until)
        && !(finding.Amount > (Amount ?? 0)) && !(finding.Days > (Days ?? 0) + today.DayNumber - At.DayNumber
            // The days since the customer's last order are the better the more they are.
            && finding.Code != FindingKinds.OrderUnusual.Code);

    /// <summary>The findings, each marked where somebody has set it aside; the last waiver that covers it counts.</summary>
    /// <remarks>What needs a decision is never set aside, should policy have made it so since.</remarks>
    public static ImmutableArray<Finding> Applied(ImmutableArray<Finding> findings, IReadOnlyList<Waiver> waivers, DateOnly today)
    {
        if (waivers.Count == 0) return findings;
        return [.. findings.Select(finding => finding.CanBeWaived && waivers.LastOrDefault(waiver => waiver.Covers(finding, today)) is { } waiver
            ? finding with { Waived = new Waived(waiver.By, waiver.Reason, waiver.At, waiver.Until) }
            : finding)];
    }
}

/// <summary>Who has set a finding aside, why and when.</summary>
/// <param name="Until">The last day on which it is; null when it has no end.</param>
public sealed record Waived(string By, string Reason, DateOnly At, DateOnly? Until);
