using Aval.Kernel;

namespace Aval.Limits.Rules;

/// <summary>What a limit says: four different things that are never mixed up (zero is an amount).</summary>
public enum LimitKind
{
    /// <summary>Never set, or expressly taken back: an order is held with <c>limit-not-set</c>.</summary>
    None,
    /// <summary>As much as <see cref="Limit.Amount"/>; zero means zero.</summary>
    Amount,
    /// <summary>No bound at this level.</summary>
    Unlimited,
    /// <summary>The group's limit alone decides.</summary>
    Inherit,
}

public enum LimitTerm { Standing, Temporary }

public enum LimitLevel { Payer, Group }

/// <summary>How a temporary limit relates to the standing one.</summary>
public enum LimitMode { Replaces, Adds }

public enum LimitStatus { Approved, PendingApproval, Refused }

/// <summary>A limit as recorded. In force is the approved standing one with the latest <see cref="ValidFrom"/> reached, of equal ones the last entered;
/// while a temporary one holds it replaces that or adds to it.</summary>
/// <param name="Id">Its number, unique in the company.</param>
/// <param name="Customer">The payer, or the top customer of the group.</param>
/// <param name="Amount">In minor units of <paramref name="Currency"/>; null unless the kind is <see cref="LimitKind.Amount"/>.</param>
/// <param name="ValidTo">The last day that it holds; null when it has no end.</param>
/// <param name="BegunOn">The first day that it held, recorded at entry or on that day by the due run; null while it lies ahead.</param>
/// <param name="EndedOn">The first day that it no longer held, as the due run recorded it; what holds on a day follows from the dates alone.</param>
/// <param name="Entered">Order of entry among this customer's limits, from 1.</param>
public sealed record Limit(
    string Id,
    string Customer,
    LimitLevel Level,
    LimitTerm Term,
    LimitKind Kind,
    Currency Currency,
    long? Amount,
    DateOnly ValidFrom,
    DateOnly? ValidTo,
    LimitMode? Mode,
    string Reason,
    LimitStatus Status,
    long Entered,
    DateOnly? BegunOn = null,
    DateOnly? EndedOn = null)
{
    public bool HoldsOn(DateOnly day) => Status == LimitStatus.Approved && ValidFrom <= day && (ValidTo is null || day <= ValidTo);
}
