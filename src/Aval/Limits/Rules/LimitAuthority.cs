using System.Collections.Immutable;
using Aval.Policies.Rules;

namespace Aval.Limits.Rules;

/// <summary>How far somebody's authority for limits reaches: by themselves, with another person, or not at all.</summary>
public enum LimitGrant { Alone, WithSecondPerson, Exceeded }

/// <summary>Who may set which limit: policy's delegation, asked about the limit's amount and the payer's risk class.</summary>
public static class LimitAuthority
{
    /// <summary>The best that any of these roles gives.</summary>
    /// <param name="amount">The limit in policy's currency, major units; null for one without bound, or that no rate converts: it is beyond every bound.</param>
    public static LimitGrant Of(ImmutableArray<Delegation> delegation, IReadOnlySet<string> roles, decimal? amount, string riskClass)
    {
        var best = LimitGrant.Exceeded;
        foreach (var entry in delegation)
            if (roles.Contains(entry.Role) && Of(entry, amount, riskClass) is var grant && grant < best) best = grant;
        return best;
    }

    /// <summary>The roles that may, alone or with a second person, in policy's order.</summary>
    public static IReadOnlyList<string> WhoMay(ImmutableArray<Delegation> delegation, decimal? amount, string riskClass) =>
        [.. delegation.Where(entry => Of(entry, amount, riskClass) != LimitGrant.Exceeded).Select(entry => entry.Role).Distinct()];

    /// <summary>Of these the roles that may alone.</summary>
    public static IReadOnlyList<string> WhoMayAlone(ImmutableArray<Delegation> delegation, decimal? amount, string riskClass) =>
        [.. delegation.Where(entry => Of(entry, amount, riskClass) == LimitGrant.Alone).Select(entry => entry.Role).Distinct()];

    static LimitGrant Of(Delegation entry, decimal? amount, string riskClass)
    {
        if (Exceeds(amount, entry.UpTo) || (entry.RiskClasses is { } classes && !classes.Contains(riskClass))) return LimitGrant.Exceeded;
        return Exceeds(amount, entry.SecondPersonAbove) ? LimitGrant.WithSecondPerson : LimitGrant.Alone;
    }

    static bool Exceeds(decimal? figure, decimal? bound) => bound is { } most && !(figure <= most);
}
