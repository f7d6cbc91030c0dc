using Aval.Kernel;
using Aval.Limits.Rules;

namespace Aval.Orders.Rules;

/// <summary>What a person has released of an order, and what they saw: later checks hold it for nothing else (docs/concepts/decisions.md).</summary>
/// <param name="Decision">The id of the decision.</param>
/// <param name="On">The business date from which it covers.</param>
/// <param name="Until">The last day that it covers; null for policy's days.</param>
/// <param name="Amount">The order's whole value as it was released, in minor units of <paramref name="Currency"/>: deviations are measured from it for ever.</param>
/// <param name="Currency">The payer's credit currency.</param>
/// <param name="UpTo">Of a part: how much of the order's value may have left in all, what had left before among it; null for the whole order.</param>
/// <param name="Findings">What stood in the way and was let pass.</param>
public sealed record HumanRelease(
    string Decision, DateOnly On, DateOnly? Until, long Amount, Currency Currency, long? UpTo, IReadOnlyList<SeenFinding> Findings)
{
    /// <summary>What of the order's open value it lets go.</summary>
    public long PartOf(OrderValue value) => UpTo is { } upTo ? Math.Clamp(upTo - (value.CreditTotal - value.Open), 0, value.Open) : value.Open;

    /// <summary>Whether it still covers on this day.</summary>
    /// <param name="days">Policy's calendar days, for a release without an end of its own.</param>
    public bool HoldsOn(DateOnly day, int days) => day <= (Until ?? On.AddDays(days));
}

/// <summary>A finding as a person saw it when they decided.</summary>
/// <param name="Amount">Minor units of <paramref name="Currency"/>; null where none was meant.</param>
/// <param name="Days">Calendar days; null where none were meant.</param>
/// <param name="LimitLevel">Whether the customer's own limit or the one it shares with its group; null where no limit was meant, and on old records.</param>
public sealed record SeenFinding(string Code, string? Level = null, string? Subject = null, long? Amount = null, Currency? Currency = null, int? Days = null,
    LimitLevel? LimitLevel = null);
