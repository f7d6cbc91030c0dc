using Aval.Checks.Rules;
using Aval.Company;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Policies;
using Aval.Policies.Rules;

namespace Aval.Checks;

/// <summary>The owner and the clock of a block: who is to decide, by when, and to whom it goes when that time has passed.</summary>
static class BlockClock
{
    /// <summary>A new block: the function that owns what must be decided first, with policy's working hours.</summary>
    /// <param name="value">The order's value in policy's currency; null when no rate tells it, which takes the longest time.</param>
    public static Block Started(Case @case, Block block, IReadOnlyList<Finding> blocking, decimal? value)
    {
        var owner = OwnerFunction.Credit;
        if (blocking.Count > 0) owner = blocking.Where(finding => finding.Severity == Severity.Refer).Append(blocking[0]).First().Owner;
        return Restarted(@case, block with { Owner = Words.Of(owner), Hours = HoursFor(@case, value) });
    }

    /// <summary>The block with a new deadline, counted from now.</summary>
    public static Block Restarted(Case @case, Block block)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(@case.Company.Get<CompanyFacts>().Main?.TimeZone ?? "UTC");
        // The business date may be another than the machine's; the time of day is the machine's.
        var local = @case.Today.ToDateTime(TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(@case.Now, zone).DateTime));
        var due = WorkingTime.After(local, block.Hours);
        return block with { DueAt = new DateTimeOffset(due, zone.GetUtcOffset(due)).ToUniversalTime(), DueOn = DateOnly.FromDateTime(due) };
    }

    /// <summary>The block with the next who may decide it, or with nobody above and no further deadline.</summary>
    public static Block Escalated(Case @case, Block block)
    {
        var path = @case.Company.Get<PoliciesFacts>().Current.Policy.Delegation.Select(entry => entry.Role).Distinct().ToList();
        // Functions stand below the roles that decide for credit; who enters orders is asked already.
        var at = block.Owner is { } owner && path.IndexOf(owner) is >= 0 and var known ? known : path.IndexOf("customerService");
        return at + 1 < path.Count ? Restarted(@case, block with { Owner = path[at + 1] }) : block with { DueOn = null };
    }

    static int HoursFor(Case @case, decimal? value)
    {
        var tiers = @case.Company.Get<PoliciesFacts>().Current.Policy.DecisionDeadlines;
        foreach (var tier in tiers)
            if (tier.UpTo is null || value <= tier.UpTo) return tier.Hours;
        return tiers.IsEmpty ? 0 : tiers[^1].Hours;
    }
}
