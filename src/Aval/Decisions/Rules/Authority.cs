using System.Collections.Immutable;
using Aval.Policies.Rules;

namespace Aval.Decisions.Rules;

/// <summary>The exception that remains when a decision is taken: what an authority is measured by. Amounts in policy's currency, major units.</summary>
/// <param name="Value">The order's value, tax included, or the limit that is asked for where that is more; null when no rate tells it.</param>
/// <param name="ExposureAfter">The payer's exposure after the decision; null when no rate tells it.</param>
/// <param name="OverrunPercent">Of the overrun over the limit; null where there is no limit to measure it by, which is beyond any percentage.</param>
/// <param name="OverdueDays">Calendar days of the oldest overdue item; 0 when nothing is.</param>
/// <param name="RiskClass">The payer's; the worst that policy accepts where it has none.</param>
/// <param name="Cause">Of what is left standing, as blocks have it; null where it is not known.</param>
public sealed record RemainingException(decimal? Value, decimal? ExposureAfter, decimal? OverrunPercent, int OverdueDays, string RiskClass, string? Cause = null);

public enum Grant { Alone, WithSecondPerson, Exceeded }

/// <summary>Who may decide what: the delegation of a policy, asked about one exception.</summary>
public static class Authority
{
    /// <summary>The best that any of these roles gives. A role that policy does not list gives nothing.</summary>
    public static Grant Of(ImmutableArray<Delegation> delegation, IReadOnlySet<string> roles, RemainingException exception)
    {
        var best = Grant.Exceeded;
        foreach (var entry in delegation)
            if (roles.Contains(entry.Role) && Of(entry, exception) is var grant && grant < best) best = grant;
        return best;
    }

    /// <summary>The roles that may, alone or with a second person, in policy's order.</summary>
    public static IReadOnlyList<string> WhoMay(ImmutableArray<Delegation> delegation, RemainingException exception) =>
        [.. delegation.Where(entry => Of(entry, exception) != Grant.Exceeded).Select(entry => entry.Role).Distinct()];

    /// <summary>Each column bounds when it is there; at the bound is within it.</summary>
    static Grant Of(Delegation entry, RemainingException exception)
    {
        if (Exceeds(exception.Value, entry.UpTo) || Exceeds(exception.ExposureAfter, entry.ExposureUpTo)) return Grant.Exceeded;
        if (Exceeds(exception.OverrunPercent, entry.OverrunPercent) || exception.OverdueDays > entry.OverdueDays) return Grant.Exceeded;
        if (entry.RiskClasses is { } classes && !classes.Contains(exception.RiskClass)) return Grant.Exceeded;
        if (entry.Causes is { } causes && !(exception.Cause is { } cause && causes.Contains(cause))) return Grant.Exceeded;
        return Exceeds(exception.Value, entry.SecondPersonAbove) ? Grant.WithSecondPerson : Grant.Alone;
    }

    /// <summary>What is not known is beyond every bound.</summary>
    static bool Exceeds(decimal? figure, decimal? bound) => bound is { } most && !(figure <= most);
}
