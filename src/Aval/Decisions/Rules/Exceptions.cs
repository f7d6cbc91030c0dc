using Aval.Policies.Rules;

namespace Aval.Decisions.Rules;

/// <summary>One exceptional release of a payer's order.</summary>
/// <param name="ReviewBy">By when it is to be looked at again.</param>
/// <param name="Beyond">The conditions of policy that it did not keep to, as the policy names them.</param>
public sealed record ExceptionalRelease(string Decision, string Order, DateOnly On, DateOnly ReviewBy, IReadOnlyList<string> Beyond);

/// <summary>The exceptional releases of a payer, the first first.</summary>
public sealed record ExceptionHistory(string Payer, IReadOnlyList<ExceptionalRelease> Releases)
{
    /// <summary>Releases that are remembered of a payer.</summary>
    const int Most = 100;

    public static ExceptionHistory With(ExceptionHistory? before, string payer, ExceptionalRelease release) =>
        new(payer, [.. (before?.Releases ?? []).Where(known => known.Decision != release.Decision).TakeLast(Most - 1), release]);

    /// <summary>How many of the last so many calendar days, today's among them.</summary>
    public int CountSince(DateOnly today, int windowDays) => Releases.Count(release => today.DayNumber - release.On.DayNumber <= windowDays);
}

/// <summary>Whether an exceptional release keeps to what policy asks of it (policy part <c>exceptions</c>).</summary>
public static class Exceptions
{
    /// <summary>What it does not keep to; nothing where it does.</summary>
    /// <param name="value">The order's, in policy's currency; null, which is beyond any bound, when no rate tells it.</param>
    public static IReadOnlyList<string> Beyond(ExceptionConditions conditions, ExceptionHistory? history, decimal? value, string? counterpart, DateOnly today)
    {
        var beyond = new List<string>();
        if (conditions.UpTo is { } most && !(value <= most)) beyond.Add("upTo");
        if ((history?.CountSince(today, conditions.WindowDays) ?? 0) >= conditions.MostPerPayer) beyond.Add("mostPerPayer");
        if (conditions.Counterpart && string.IsNullOrWhiteSpace(counterpart)) beyond.Add("counterpart");
        return beyond;
    }
}
