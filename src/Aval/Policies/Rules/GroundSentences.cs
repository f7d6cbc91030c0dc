using System.Globalization;

namespace Aval.Policies.Rules;

/// <summary>What a policy says of exposure and money, of the rules as a whole, and of who decides by when; each with its place.</summary>
static class GroundSentences
{
    public static IEnumerable<(string Place, string Text)> Of(Policy policy, Figures said)
    {
        yield return ("compare", policy.Compare switch
        {
            Compare.Retained => "A limit is our own risk: what insurers and guarantors bear is taken off before anything is compared with it.",
            Compare.Decision => "A limit includes the insurer's part: nothing of what others bear is taken off before it is compared.",
        });
        yield return ("nettingUnapplied", policy.NettingUnapplied
            ? "Money that is not applied to an invoice yet lowers the exposure."
            : "Money that is not applied to an invoice yet does not lower the exposure.");
        yield return ("horizonDays", $"Orders count towards the exposure from {Figures.Days(policy.HorizonDays)} before they ship.");
        yield return ("authorizationDays", $"A released order keeps its part of the limit for {Figures.Days(policy.AuthorizationDays)} after its release or its ship date.");
        yield return ("watchPercent", $"An account is near its limit from {Figures.Percent(policy.WatchPercent)} of it.");
        yield return ("temporaryLimitStep", $"A temporary limit that is proposed is rounded up to the next {said.Amount(policy.TemporaryLimitStep)}.");
        foreach (var text in Cash(policy.CashAsked, said)) yield return ("cashApplication[" + text.Key + "]", text.Value);
        var loss = policy.ProvisionAsked;
        yield return ("provision",
            $"Of what is open {Figures.Percent(loss.NotDue)} is expected to be lost while it is not due, {Figures.Percent(loss.D1to30)} up to 30 days late, "
            + $"{Figures.Percent(loss.D31to60)} up to 60, {Figures.Percent(loss.D61to90)} up to 90 and {Figures.Percent(loss.Over90)} beyond.");
        yield return ("autoRelease", policy.AutoRelease
            ? "A held order that nobody has decided goes by itself when the check finds nothing any more."
            : "A held order is released by a person alone, even when the check finds nothing any more.");
        yield return ("recheck",
            $"What a person releases covers the order's value and {Figures.Percent(policy.Recheck.DeviationPercent)} more, for {Figures.Days(policy.Recheck.Days)}.");
        yield return ("internalDefect", policy.InternalDefect switch
        {
            null or { Act: DefectAct.Hold } => "An order is held for our own defects too.",
            { UpTo: { } most } => $"An order up to {said.Amount(most)} that only our own defects would hold is released, and the defect is fixed later.",
            { UpTo: null } => "An order that only our own defects would hold is released, and the defect is fixed later.",
        });
        foreach (var entry in policy.Delegation) yield return ($"delegation[{entry.Role}]", Delegated(entry, said));
        foreach (var (at, tier) in policy.DecisionDeadlines.Index())
            yield return (string.Create(CultureInfo.InvariantCulture, $"decisionDeadlines[{at}]"), tier.UpTo is { } bound
                ? $"A held order up to {said.Amount(bound)} is to be decided within {Figures.Hours(tier.Hours)}."
                : $"{(at == 0 ? "A held order" : "A larger one")} is to be decided within {Figures.Hours(tier.Hours)}.");
    }

    static IEnumerable<KeyValuePair<string, string>> Cash(CashApplication cash, Figures said)
    {
        yield return new("tolerance",
            $"When money is matched, a rest of up to {said.Amount(cash.Tolerance)} and {Figures.Percent(cash.TolerancePercent)} of the documents is written off.");
        yield return new("discount", $"A cash discount may still be taken {Figures.Days(cash.DiscountGraceDays)} after its end.");
        yield return new("oldest", cash.OldestFirst ? "Money without a better match pays what is due first." : "Money without a better match waits for a person.");
        yield return new("postFrom", $"A match is posted without a person from a confidence of {Figures.Number(CashApplication.PostFromUsual)} on"
            + string.Concat(cash.PostFrom.Select(one => $"; found by {Figures.Plain(Kernel.Storage.Words.Of(one.Rule))} from {Figures.Number(one.Confidence)} on")) + ".");
        yield return new("writeOff", cash.WriteOffUpTo is { } most
            ? $"By hand up to {said.Amount(most)} of an invoice may be written off without finance."
            : "By hand any amount of an invoice may be written off by whoever has the right.");
        yield return new("order", cash.AllocationOrder.IsEmpty
            ? "Money that does not suffice pays by due dates."
            : $"Money that does not suffice pays {Figures.All(cash.AllocationOrder.Select(charge => Figures.Plain(Kernel.Storage.Words.Of(charge))))} first, in this order.");
    }

    static string Delegated(Delegation entry, Figures said)
    {
        string[] bounds =
        [
            .. new[]
            {
                entry.UpTo is { } most ? $"orders up to {said.Amount(most)}" : null,
                entry.ExposureUpTo is { } exposure ? $"while the payer then owes at most {said.Amount(exposure)}" : null,
                entry.OverrunPercent is { } overrun ? $"up to {Figures.Percent(overrun)} over the limit" : null,
                entry.OverdueDays is { } days ? $"while nothing is overdue by more than {Figures.Days(days)}" : null,
                entry.RiskClasses is { } classes ? $"of payers of risk class {(classes.IsEmpty ? "none" : Figures.Any(classes))}" : null,
                entry.Causes is { } causes ? $"held for {(causes.IsEmpty ? "no cause" : Figures.Any(causes.Select(Figures.Plain)))}" : null,
            }.OfType<string>(),
        ];
        var second = entry.SecondPersonAbove is { } above ? $"; above {said.Amount(above)} a second person confirms" : "";
        var who = Figures.Plain(entry.Role);
        return $"{char.ToUpperInvariant(who[0])}{who[1..]} may let go {(bounds.Length == 0 ? "any order" : string.Join(", ", bounds))}{second}.";
    }
}
