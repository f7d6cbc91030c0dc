using Aval.Kernel;
using Aval.Limits.Rules;
using Aval.Orders.Rules;

namespace Aval.Decisions.Rules;

/// <summary>What a person can decide about a held order (docs/concepts/decisions.md).</summary>
public enum DecisionKind
{
    Release, ReleasePartially, ReleaseUnderCondition, RequestDeposit, Prepayment, WaitForPayment, RequireGuarantee, ReduceOrder, TemporaryLimit, CorrectLimit, StagedInvoicing,
    ReviseTerms, ReviewDisputes, Escalate, MaintainBlock, Reject,
}

/// <summary>How a decision lets an order go.</summary>
public enum LettingGo { AtOnce, UnderCondition }

public static class DecisionKinds
{
    /// <summary>Calendar days after the business date in which a decision comes up again at the latest, since no clock runs while it stands; null for what has no such
    /// bound.</summary>
    public static int? MostDays(this DecisionKind kind) => kind switch
    {
        DecisionKind.ReleasePartially or DecisionKind.ReleaseUnderCondition or DecisionKind.RequestDeposit or DecisionKind.Prepayment or DecisionKind.WaitForPayment
            or DecisionKind.RequireGuarantee or DecisionKind.StagedInvoicing or DecisionKind.ReviewDisputes or DecisionKind.Escalate or DecisionKind.MaintainBlock => LongestWait,
        DecisionKind.Release or DecisionKind.ReduceOrder or DecisionKind.TemporaryLimit or DecisionKind.CorrectLimit or DecisionKind.ReviseTerms or DecisionKind.Reject => null,
    };

    /// <summary>A quarter: what has not come by then is a case to be decided anew, not to be left lying.</summary>
    public const int LongestWait = 90;

    /// <summary>How the kind lets an order go; null where it only changes, asks, waits or refuses.</summary>
    public static LettingGo? LetsGo(this DecisionKind kind) => kind switch
    {
        DecisionKind.Release or DecisionKind.ReleasePartially or DecisionKind.StagedInvoicing => LettingGo.AtOnce,
        DecisionKind.ReleaseUnderCondition or DecisionKind.RequestDeposit or DecisionKind.Prepayment or DecisionKind.WaitForPayment or DecisionKind.RequireGuarantee =>
            LettingGo.UnderCondition,
        DecisionKind.ReduceOrder or DecisionKind.TemporaryLimit or DecisionKind.CorrectLimit or DecisionKind.ReviseTerms or DecisionKind.ReviewDisputes
            or DecisionKind.Escalate or DecisionKind.MaintainBlock or DecisionKind.Reject => null,
    };
}

public enum DecisionStatus
{
    /// <summary>Another person must confirm it; nothing has been done yet.</summary>
    AwaitingConfirmation,
    /// <summary>It stands: it waits for its conditions, its next stage or its date.</summary>
    InForce,
    /// <summary>All that it said has been done.</summary>
    Fulfilled,
    /// <summary>Its date has passed, or money was taken back, without what it depended on.</summary>
    Broken,
    /// <summary>Its date has passed; it depended on nothing.</summary>
    Lapsed,
    /// <summary>Another decision took its place.</summary>
    Replaced,
    /// <summary>The order went another way: it was cancelled, changed or delivered.</summary>
    Overtaken,
    /// <summary>No second person confirmed it before its date, another decision or what became of the order: it was never taken.</summary>
    Withdrawn,
}

/// <summary>What happens to the block on the day after a decision's date, when what it depended on has not come.</summary>
public enum AtExpiry { Escalate, MaintainBlock, Reject }

/// <summary>What a person decided about a block, with the eight answers: why, who, on what basis, how much, under what condition, until when, for what in return,
/// and what is watched.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Value">The order's whole value when it was decided, in minor units of <paramref name="Currency"/>.</param>
/// <param name="Currency">The payer's credit currency, in which all its amounts are told.</param>
/// <param name="Findings">What it lets pass; of a decision under conditions what would be left once they hold.</param>
public sealed record Decision(
    string Id,
    string Block,
    string Order,
    string Customer,
    string Payer,
    DecisionKind Kind,
    DecisionStatus Status,
    string By,
    DateTimeOffset At,
    DateOnly On,
    string Reason,
    long Value,
    Currency Currency,
    IReadOnlyList<Condition> Conditions,
    IReadOnlyList<SeenFinding> Findings)
{
    public string? Basis { get; init; }
    public long? Amount { get; init; }

    /// <summary>The last good day.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>What the customer gives in return.</summary>
    public string? Counterpart { get; init; }

    /// <summary>What is watched, and by whom.</summary>
    public string? Monitoring { get; init; }

    public string? Dissent { get; init; }
    public AtExpiry AtExpiry { get; init; }

    /// <summary>It leaves a finding standing that needed a decision and is no error of ours, with neither condition nor cover.</summary>
    public bool Exceptional { get; init; }

    /// <summary>To whom it is escalated, or who owns the disputes.</summary>
    public string? Owner { get; init; }

    /// <summary>What must happen, or the question that is asked.</summary>
    public string? Question { get; init; }

    public DecisionTerms Terms { get; init; } = DecisionTerms.None;
    /// <summary>Whose authority it was taken with, by a deputy; null where their own was enough.</summary>
    public string? OnBehalfOf { get; init; }

    /// <summary>What its author is: a key is no person, whatever its name. Null on old records.</summary>
    public ActorKind? ByKind { get; init; }

    /// <summary>Who made the key that decided; null where a person decided, or the bootstrap key had made it.</summary>
    public string? KeyMadeBy { get; init; }

    /// <summary>Whether the actor had a hand in it: they decided, lent their authority, or they or the key that decided were made by the other, or by one and the same.</summary>
    public bool IsOf(Actor actor) => actor.MayBe([By, OnBehalfOf, KeyMadeBy]);

    public string? ConfirmedBy { get; init; }
    public string? ConfirmedOnBehalfOf { get; init; }

    /// <summary>The role by which its author had the authority; null on old records.</summary>
    public string? Role { get; init; }

    /// <summary>The case as it stood; null on old records.</summary>
    public DecidedCase? Case { get; init; }

    /// <summary>The business date on which it was fulfilled, replaced, or otherwise ended; null while it stands.</summary>
    public DateOnly? EndedOn { get; init; }

    public DateOnly? BrokenOn { get; init; }

    /// <summary>The business date on which what was broken was met late, or decided on; null while it counts against the payer.</summary>
    public DateOnly? CuredOn { get; init; }

    /// <summary>Of stages: how many are released.</summary>
    public int StagesReleased { get; init; }

    /// <summary>Of stages: of how many the date has come.</summary>
    public int StagesDue { get; init; }

    /// <summary>Its own order is still to leave, so that money taken back breaks it even after it was fulfilled.</summary>
    public bool IsWatched { get; init; }

    /// <summary>The currency of <see cref="Amount"/>: the decision's, but of a limit the limit's own and of a reduced order the order's.</summary>
    public Currency AmountCurrency => Terms.AmountCurrency ?? Currency;

    /// <summary>The customer whose limit is meant, where a limit is.</summary>
    public string LimitOf => Terms.Level ?? Payer;

    /// <summary>Which of that customer's limits: on old records its own of the payer, the shared one of who stands above.</summary>
    public LimitLevel LimitLevel => Terms.LimitLevel ?? (LimitOf == Payer ? LimitLevel.Payer : LimitLevel.Group);

    public bool Stands => Status is DecisionStatus.AwaitingConfirmation or DecisionStatus.InForce;

    /// <summary>Whoever had to confirm it has done so: else nothing of it was done.</summary>
    public bool IsTaken => Status is not (DecisionStatus.AwaitingConfirmation or DecisionStatus.Withdrawn);

    /// <summary>The decision as it ends without being fulfilled; one that nobody has confirmed is withdrawn, however it comes.</summary>
    public Decision EndedAs(DecisionStatus how, DateOnly on) => this with { Status = IsTaken ? how : DecisionStatus.Withdrawn, EndedOn = on };

    /// <summary>False once no rule needs it.</summary>
    public bool IsLive => Stands || IsWatched || (Status == DecisionStatus.Broken && CuredOn is null);

    /// <summary>All that it waits for holds; never true of one that waits for nothing.</summary>
    public bool IsMet => Conditions.Count > 0 && Conditions.All(condition => condition.MetOn is not null);

    public bool HasPassed(DateOnly today) => Until < today;
}

/// <summary>What some kinds of decision need besides.</summary>
/// <param name="Stages">Each shipped after the one before is paid; of a schedule, what the customer pays when.</param>
/// <param name="UpTo">Of a part: how much of the order may have left in all.</param>
/// <param name="Level">The customer whose limit is meant; null for the payer, and where none is meant.</param>
/// <param name="GivenUp">Of stages: what of the order's invoices was credited or written off since the decision, in minor units of the payer's credit currency.</param>
/// <param name="LimitLevel">Whether that customer's own limit or the one that it shares with its group; null where none is meant, and on old records.</param>
/// <param name="AmountCurrency">Of the decision's amount; null for the decision's own.</param>
/// <param name="ReleasedLines">Of a part by lines: how much of each may have left in all.</param>
public sealed record DecisionTerms(
    decimal? Percent = null, IReadOnlyList<DecidedLine>? Lines = null, string? Kind = null, IReadOnlyList<string>? Disputes = null, IReadOnlyList<Stage>? Schedule = null,
    IReadOnlyList<Stage>? Stages = null, string? PaymentTerms = null, string? Level = null, long? UpTo = null, long? GivenUp = null, LimitLevel? LimitLevel = null,
    Currency? AmountCurrency = null, IReadOnlyList<ReleasedLine>? ReleasedLines = null)
{
    public static readonly DecisionTerms None = new();
}

public sealed record DecidedLine(int Line, Quantity Quantity);

/// <param name="Amount">Minor units of the payer's credit currency.</param>
public sealed record Stage(DateOnly Date, long Amount);
