using System.Globalization;
using Aval.Policies.Rules;

namespace Aval.Checks.Rules;

/// <summary>An order that was held for the payer's limit, and when.</summary>
public readonly record struct Overrun(DateOnly Date, string Order)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Date:yyyy-MM-dd} {Order}");

    public static Overrun Parse(string text) => new(DateOnly.ParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture), text[11..]);
}

/// <summary>The latest orders of a payer that were held for its limit, oldest first; each order once, on the day it was held first.</summary>
public sealed record OverrunHistory(string Payer, IReadOnlyList<Overrun> Overruns)
{
    /// <summary>Null when the check was not held for a limit, or the order is noted already.</summary>
    public static OverrunHistory? After(OverrunHistory? before, string payer, string order, DateOnly day, CheckResult result)
    {
        if (!result.Findings.Any(finding => finding.Blocks && finding.Code == FindingKinds.LimitExceeded.Code)) return null;
        var known = before?.Overruns ?? [];
        if (known.Any(overrun => overrun.Order == order)) return null;
        return new OverrunHistory(payer, [.. known.Skip(Math.Max(0, known.Count + 1 - OverrunsRepeatedRule.Most)), new Overrun(day, order)]);
    }
}
