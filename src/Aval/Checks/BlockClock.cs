using Aval.Checks.Rules;
using Aval.Company;
using Aval.Decisions;
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
        var owner = blocking.Count > 0 ? First(blocking) : OwnerFunction.Credit;
        return Restarted(@case, block with { Owner = Words.Of(owner), Hours = HoursFor(@case, value) });
    }

    /// <summary>The block with the function that owns what must be decided first now, and time of its own for it: nobody waits for the function that had it for what is
    /// gone. It stays where somebody has decided, handed it over or been told because it was late.</summary>
    /// <param name="before">As the check before had left it.</param>
    public static Block Followed(Case @case, Block before, Block block, IReadOnlyList<Finding> blocking, decimal? value)
    {
        if (blocking.Count == 0 || Words.Of(First(blocking)) is var owner && owner == before.Owner) return block;
        if (!before.Findings.Any(known => known.Cleared is null && Words.Of(known.Owner) == before.Owner)) return block;
        if (@case.Facts.Get<DecisionsFacts>().OfOrder(block.Order).Any(decision => decision.Stands)) return block;
        return Restarted(@case, block with { Owner = owner, Hours = HoursFor(@case, value) });
    }

    /// <summary>The block with a new deadline, counted from now.</summary>
    public static Block Restarted(Case @case, Block block) => Until(block, Deadline.In(@case, block.Hours));

    /// <summary>The block with the deadline that it has; with a new one where no time runs and no decision has a day of its own.</summary>
    public static Block Kept(Case @case, Block block) =>
        block.DueOn is null && !@case.Facts.Get<DecisionsFacts>().WaitsForADay(block.Order) ? Restarted(@case, block) : block;

    /// <summary>The block with whoever the policy's escalation path names after its owner, until the hours of the step behind that one have passed; or with nobody above and
    /// no further deadline.</summary>
    public static Block Escalated(Case @case, Block block)
    {
        var policy = @case.Company.Get<PoliciesFacts>().Current.Policy;
        var (path, at) = (policy.EscalationPath, policy.StepAfter(block.Owner));
        if (at >= path.Length) return block with { DueOn = null };
        var moved = block with { Owner = path[at].To };
        if (at + 1 == path.Length) return Restarted(@case, moved);
        var next = Deadline.After(@case, OpenedLocal(@case, block), path[at + 1].AfterHours);
        return next.At > Deadline.In(@case, 0).At ? Until(moved, next) : Restarted(@case, moved);
    }

    /// <summary>Who owns the first finding that is for a person to decide, else the first of all.</summary>
    static OwnerFunction First(IReadOnlyList<Finding> blocking) => blocking.Where(finding => finding.Severity == Severity.Refer).Append(blocking[0]).First().Owner;

    static Block Until(Block block, Deadline due) => block with { DueAt = due.At, DueOn = due.On };

    /// <summary>The business date may be another than the machine's.</summary>
    static DateTime OpenedLocal(Case @case, Block block) => block.OpenedOn.ToDateTime(TimeOnly.FromDateTime(Deadline.Local(@case, block.OpenedAt)));

    /// <summary>Policy's working hours for an order of this value in its currency.</summary>
    public static int HoursFor(Case @case, decimal? value)
    {
        var tiers = @case.Company.Get<PoliciesFacts>().Current.Policy.DecisionDeadlines;
        foreach (var tier in tiers)
            if (tier.UpTo is null || value <= tier.UpTo) return tier.Hours;
        return tiers.IsEmpty ? 0 : tiers[^1].Hours;
    }
}
