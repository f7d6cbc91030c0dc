using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Limits.Rules;
using Aval.Orders.Rules;
using Aval.Policies.Rules;

namespace Aval.Checks.Rules;

/// <summary>Why an order was checked.</summary>
public enum Occasion { Entry, Change, PickRelease, Horizon, Expiry, Recheck, Rearranged, Waiver, Decision }

/// <summary>One check as it was made: what it saw, what it found, what became of the order. Never changed; the last one of an order answers for it.</summary>
/// <param name="Id">Order, and root and number of its journal entry.</param>
/// <param name="Status">The order's status after it.</param>
/// <param name="Skipped">Why credit was not looked at (a zero-value order, a mere decrease); null when it was.</param>
/// <param name="Cause">Of the block; null when the order is not held.</param>
/// <param name="Block">The open block's id; null when the order is not held.</param>
public sealed record OrderCheck(
    string Id,
    string Order,
    string Customer,
    string Payer,
    Occasion Occasion,
    DateOnly Date,
    int PolicyVersion,
    OrderStatus Status,
    Triage Triage,
    SkipReason? Skipped,
    Cause? Cause,
    string? Block,
    IReadOnlyList<Finding> Findings,
    ExposureSeen Exposure)
{
    /// <summary>Which of our own defects were behind what held the order, or would have held it had policy not let it go, each kind once; none on old records.</summary>
    public IReadOnlyList<DefectKind> Defects { get; init; } = [];

    /// <summary>The root whose journal keeps it, which need not be where the order is now.</summary>
    public string Root => Id[(Order.Length + 1)..Id.LastIndexOf(':')];

    /// <summary>Its number in the journal of that root.</summary>
    public long Sequence => long.Parse(Id.AsSpan(Id.LastIndexOf(':') + 1), System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>The figures a check was made on, in minor units of the payer's credit currency; before the order was added.</summary>
/// <param name="Limit">What held at the payer.</param>
/// <param name="Decision">The decision exposure.</param>
/// <param name="Compared">What is compared with the limit.</param>
/// <param name="DepositsBeyondOrders">Of the deposits what lowers nothing: more than their orders have in the buckets.</param>
/// <param name="AfterOrder">The same once the order is added, less the order's own deposits.</param>
/// <param name="LeftOut">The disputed part that policy leaves out of the decision.</param>
public sealed record ExposureSeen(
    Currency Currency,
    LimitInForce Limit,
    long OpenOrders,
    long Unbilled,
    long Receivables,
    long AtRisk,
    long OpenCreditNotes,
    long Unapplied,
    long OnAccount,
    long Deposits,
    long PromisedCreditNotes,
    long Disputed,
    long Insured,
    long Guaranteed,
    long Overdue,
    long Gross,
    long Decision,
    long Compared,
    long AfterOrder,
    long LeftOut = 0,
    long DepositsBeyondOrders = 0)
{
    /// <summary>Limit less what is compared, before the order; null unless the limit is an amount.</summary>
    public long? Headroom => Limit.Amount - Compared;

    public long Overrun => Limit.Amount is { } limit ? Math.Max(0, AfterOrder - limit) : 0;
}

public enum BlockStatus { Open, Closed }

/// <summary>Who decided what about a block, and when.</summary>
public sealed record LastDecision(string By, DecisionKind Kind, DateOnly On);

/// <summary>A held order as a case: opened when it was held, closed when it was released, delivered or cancelled.</summary>
/// <param name="Id">Unique in the company; safe in an address.</param>
/// <param name="ClosedBy">Who or what closed it: a rule, a person, the delivery; null while it is open.</param>
/// <param name="Findings">All that held the order while it was open, cleared ones too.</param>
public sealed record Block(
    string Id,
    string Order,
    string Customer,
    string Payer,
    BlockStatus Status,
    DateTimeOffset OpenedAt,
    DateOnly OpenedOn,
    DateTimeOffset? ClosedAt,
    string? ClosedBy,
    Triage Triage,
    Cause? Cause,
    long Amount,
    Currency Currency,
    IReadOnlyList<BlockFinding> Findings)
{
    /// <summary>The function or role that is to decide, or to complete; null on old records.</summary>
    public string? Owner { get; init; }

    /// <summary>The last that was decided about it, done or not; null while nothing was, and on old records.</summary>
    public LastDecision? Decided { get; init; }

    /// <summary>Working hours that policy gives for it.</summary>
    public int Hours { get; init; }

    /// <summary>When these have passed.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The day of that in the company's time zone; null once it went to the last who may decide, and passed there too.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>Somebody was asked: when the date for that has passed, the block goes on up the path instead of back on the list.</summary>
    public bool Asks { get; init; }

    /// <summary>The business date on which it was closed; null while it is open, and on old records.</summary>
    public DateOnly? ClosedOn { get; init; }

    /// <summary>Counts what has changed on it: who decides says which they saw.</summary>
    public long Version { get; init; } = 1;

    /// <summary>The journal number of the entry that opened it, at the root where it was opened: which of those of one instant came first.</summary>
    public long OpenedEntry { get; init; }
}

/// <summary>An open block in the order of opening: those opened first come before others, at whichever root they were opened.</summary>
/// <param name="Entry">See <see cref="Block.OpenedEntry"/>.</param>
public readonly record struct OpenedBlock(DateOnly On, DateTimeOffset At, long Entry, string Order) : IComparable<OpenedBlock>
{
    public static OpenedBlock Of(Block block) => new(block.OpenedOn, block.OpenedAt, block.OpenedEntry, block.Order);

    public int CompareTo(OpenedBlock other)
    {
        var order = On.CompareTo(other.On);
        if (order == 0) order = At.CompareTo(other.At);
        if (order == 0) order = Entry.CompareTo(other.Entry);
        return order != 0 ? order : string.CompareOrdinal(Order, other.Order);
    }

    public static bool operator <(OpenedBlock left, OpenedBlock right) => left.CompareTo(right) < 0;
    public static bool operator >(OpenedBlock left, OpenedBlock right) => left.CompareTo(right) > 0;
    public static bool operator <=(OpenedBlock left, OpenedBlock right) => left.CompareTo(right) <= 0;
    public static bool operator >=(OpenedBlock left, OpenedBlock right) => left.CompareTo(right) >= 0;
}

/// <summary>A finding on a block's record.</summary>
/// <param name="Since">The business date of the check that found it first.</param>
/// <param name="Cleared">The business date of the check that no longer found it; null while it stands.</param>
/// <param name="ClearedBy">The actor of that check; null while it stands.</param>
/// <param name="LimitLevel">Whether the customer's own limit or the one it shares with its group; null where no limit is meant, and on old records.</param>
public sealed record BlockFinding(string Code, Severity Severity, OwnerFunction Owner, string? Level, DateOnly Since, DateOnly? Cleared = null, string? ClearedBy = null,
    LimitLevel? LimitLevel = null);
