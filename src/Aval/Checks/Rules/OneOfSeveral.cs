using System.Collections.Frozen;

namespace Aval.Checks.Rules;

/// <summary>The findings of rules that name one document of several, the oldest or the last: when that one is settled they name the next, and nothing new was found.</summary>
static class OneOfSeveral
{
    static readonly FrozenSet<string> Codes = new[]
    {
        FindingKinds.ConditionBroken, FindingKinds.PromiseBroken, FindingKinds.DisputeUnqualified, FindingKinds.DisputeUnowned, FindingKinds.DisputeUnresolved,
        FindingKinds.DisputeTactical, FindingKinds.InvoiceRejected, FindingKinds.InvoiceNotSent, FindingKinds.UnbilledTooOld, FindingKinds.OverDelivered,
        FindingKinds.OverInvoiced, FindingKinds.CoverExpired, FindingKinds.CoverNotificationDue,
    }.Select(kind => kind.Code).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What was found here for the same reason: the same, or of such a rule what it says of another document; null when nothing.</summary>
    /// <remarks>An invoice rejected through our error is another reason than one rejected through the customer's; what is set aside is no reason for what holds.</remarks>
    public static Finding? ForSameReason(this CheckResult result, Finding finding)
    {
        if (result.Same(finding) is { } same) return same;
        if (!Codes.Contains(finding.Code)) return null;
        foreach (var other in result.Findings)
            if (other.Code == finding.Code && other.Level == finding.Level && other.Nature == finding.Nature && (other.Blocks || !finding.Blocks)) return other;
        return null;
    }
}
