using Aval.Decisions.Rules;

namespace Aval.Outcomes.Rules;

/// <summary>How far one case is from another, and which of the past are nearest.</summary>
/// <remarks>
/// Six parts, each 0 when the two are the same. Amount, overrun and overdue count by their order of size: ten times as much is 1 (one unit of the currency is added to
/// each, so that nothing has a place on that scale). Ninety days between the oldest overdue items are 1, and no more than that is counted. Another cause is 1. A risk class
/// is a quarter of its step on the scale from A, at most 1. What one case knows and the other does not is 1. Docs: docs/concepts/outcomes.md.
/// </remarks>
public static class PastCases
{
    const int DaysThatAreOne = 90;
    const double ClassStep = 0.25;

    /// <summary>0 for the same case; rounded to four decimals, so that no machine orders them in another way. Null between cases in different currencies.</summary>
    public static decimal? Distance(DecidedCase one, DecidedCase other)
    {
        if (one.Currency != other.Currency) return null;
        var parts = Size(one.Amount, other.Amount) + Size(one.Overrun, other.Overrun) + Size(one.Overdue, other.Overdue)
            + (Math.Min(Math.Abs(one.OverdueDays - other.OverdueDays), DaysThatAreOne) / (double)DaysThatAreOne) + (one.Cause == other.Cause ? 0 : 1)
            + Class(one.RiskClass, other.RiskClass);
        return Math.Round((decimal)parts, 4, MidpointRounding.ToEven);
    }

    /// <summary>The nearest first; of those equally far the latest decision before others, then by id.</summary>
    public static IReadOnlyList<(Decision Decision, decimal Distance)> Nearest(DecidedCase asked, IEnumerable<Decision> past, int most) =>
    [
        .. past.Select(decision => (Decision: decision, Distance: decision.Case is { } known ? Distance(asked, known) : null))
            .Where(found => found.Distance is not null).Select(found => (found.Decision, Distance: found.Distance!.Value))
            .OrderBy(found => found.Distance).ThenByDescending(found => found.Decision.At).ThenBy(found => found.Decision.Id, StringComparer.Ordinal).Take(most),
    ];

    static double Size(decimal? one, decimal? other) => (one, other) switch
    {
        (null, null) => 0,
        ({ } known, { } compared) => Math.Abs(Math.Log10(1 + (double)Math.Max(0, known)) - Math.Log10(1 + (double)Math.Max(0, compared))),
        _ => 1,
    };

    static double Class(string? one, string? other) => (one, other) switch
    {
        (null, null) => 0,
        ({ Length: 1 } known, { Length: 1 } compared) => Math.Min(1, Math.Abs(known[0] - compared[0]) * ClassStep),
        _ => one == other ? 0 : 1,
    };
}
