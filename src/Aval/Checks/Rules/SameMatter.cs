using System.Globalization;
using Aval.Parties.Rules;

namespace Aval.Checks.Rules;

/// <summary>Whether a finding's subject is still the same matter, and still what somebody saw and let pass: what it names is the same, what it measures has grown no
/// worse.</summary>
/// <remarks>Most subjects name a document, a place, a line. Some are figures of how the payer pays or orders: those get better from day to day, and what gets better
/// must not undo what a person has decided.</remarks>
static class SameMatter
{
    /// <summary>Whether two findings of one code and level are about the same: a figure that has changed, better or worse, is no other matter.</summary>
    public static bool Is(Finding one, Finding other) =>
        one.Subject == other.Subject
        || (one.Subject is not null && other.Subject is not null && (Measures(one) || (Is(one, FindingKinds.OrderUnusual) && MarkOf(one.Subject) == MarkOf(other.Subject))));

    /// <summary>Whether the subject says how much it is, or of which of several, and not which document.</summary>
    static bool Measures(Finding finding) =>
        Is(finding, FindingKinds.OverrunsRepeated) || Is(finding, FindingKinds.OrderSplitting) || Is(finding, FindingKinds.DunningLevel)
        || Is(finding, FindingKinds.PaymentBehaviour) || Is(finding, FindingKinds.DiscountUndocumented) || Is(finding, FindingKinds.PriceDeviates)
        || Is(finding, FindingKinds.PortalRequirementMissing);

    /// <summary>Which habit it breaks; of a value, which is a number, none.</summary>
    static string MarkOf(string subject) => Number(subject) is null ? subject.Split(' ')[0] : "";

    /// <param name="seen">The subject as it was seen.</param>
    /// <param name="seenDays">The days as they were seen.</param>
    public static bool IsNoWorse(Finding now, string? seen, int? seenDays)
    {
        if (now.Subject == seen && !Is(now, FindingKinds.OrderUnusual)) return true;
        if (now.Subject is not { } subject || seen is null) return now.Subject == seen;
        if (Is(now, FindingKinds.OverrunsRepeated) || Is(now, FindingKinds.OrderSplitting) || Is(now, FindingKinds.DunningLevel)) return Number(subject) <= Number(seen);
        if (Is(now, FindingKinds.PaymentBehaviour)) return PaysNoWorse(subject, seen);
        if (Is(now, FindingKinds.OrderUnusual)) return IsNoLessUsual(now, subject, seen, seenDays);
        if (Is(now, FindingKinds.TermsDeviate)) return IsNoLonger(subject, seen);
        if (Is(now, FindingKinds.DiscountUndocumented) || Is(now, FindingKinds.PriceDeviates) || Is(now, FindingKinds.PortalRequirementMissing))
            return seen.Split(", ").ToHashSet(StringComparer.Ordinal).IsSupersetOf(subject.Split(", "));
        return false;
    }

    /// <summary>Each test that fires had fired, with no smaller figure.</summary>
    static bool PaysNoWorse(string now, string seen)
    {
        var before = seen.Split(", ").Select(figure => figure.Split(' ')).ToLookup(figure => figure[0], figure => Number(figure[^1]), StringComparer.Ordinal);
        foreach (var figure in now.Split(", "))
            if (figure.Split(' ') is var parts && !before[parts[0]].Any(then => Number(parts[^1]) <= then)) return false;
        return true;
    }

    /// <summary>How many times the usual it is follows from its amount, which is weighed by itself; of how soon it came, only sooner is worse.</summary>
    static bool IsNoLessUsual(Finding now, string subject, string seen, int? seenDays)
    {
        if (Number(subject) is not null) return Number(seen) is not null;
        return subject.StartsWith(HabitRules.Frequency, StringComparison.Ordinal)
            ? seen.StartsWith(HabitRules.Frequency, StringComparison.Ordinal) && !(now.Days < seenDays)
            : subject == seen;
    }

    static bool IsNoLonger(string now, string seen) =>
        PaymentTerms.TryParse(now, out var asked) && PaymentTerms.TryParse(seen, out var let) && !asked.IsLongerThan(let);

    static bool Is(Finding finding, FindingKind kind) => finding.Code == kind.Code;

    static decimal? Number(string text) => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;
}
