using Aval.Kernel;

namespace Aval.Work.Rules;

/// <summary>What somebody has on their list.</summary>
public enum WorkKind
{
    /// <summary>A held order to be decided, or completed where nothing is to be decided.</summary>
    Decide,
    /// <summary>A decision that waits for its second person.</summary>
    Confirm,
    /// <summary>What holds an order and can be mended: data, references, a limit that has run out.</summary>
    Mend,
    /// <summary>A document of ours that waits: a receipt to apply, a credit note to issue, a dispute to settle.</summary>
    Defect,
    /// <summary>Customer Service thinks a limit is wrong.</summary>
    Challenge,
    /// <summary>Sales asks that a held order be looked at again.</summary>
    Appeal,
    /// <summary>A limit that somebody has asked for.</summary>
    LimitRequest,
    /// <summary>A guarantee that somebody has recorded beyond their authority.</summary>
    GuaranteeRequest,
    /// <summary>An insurance cover that somebody has recorded beyond their authority.</summary>
    CoverRequest,
    /// <summary>A dispute that somebody holds for our own fault, without the authority for what that frees.</summary>
    QualificationRequest,
    /// <summary>A better risk class that somebody proposes beyond their authority.</summary>
    RiskClassRequest,
}

public enum WorkStatus { Open, Done }

/// <summary>One thing to do for one held order, or for one customer: with an owner and a clock. The same subject of several orders is one line of the list.</summary>
/// <param name="Id">Unique in the company, safe in an address; of a held order to be decided the id of its block.</param>
/// <param name="Code">Of the finding or the defect; what it is, for the others.</param>
/// <param name="Subject">What is to be dealt with: a document, an order, a customer, a limit.</param>
/// <param name="Owner">The function or role whose list it is on.</param>
/// <param name="Amount">Of the order that it holds up, or of the limit that is asked for; minor units of <paramref name="Currency"/>.</param>
public sealed record WorkItem(
    string Id, WorkKind Kind, string Code, string Subject, string Owner, string Customer, string? Block, string? Order, long Amount, Currency Currency, DateTimeOffset OpenedAt,
    DateOnly OpenedOn, WorkStatus Status)
{
    /// <summary>Working hours that are given for it.</summary>
    public int Hours { get; init; }

    /// <summary>When these have passed; null while something else with a date of its own is waited for.</summary>
    public DateTimeOffset? DueAt { get; init; }
    public DateOnly? DueOn { get; init; }

    /// <summary>The role that hears of it because its time has passed; it stays with its owner, who alone can mend it.</summary>
    public string? EscalatedTo { get; init; }

    /// <summary>Who has taken it; null while it is everybody's.</summary>
    public string? Person { get; init; }

    /// <summary>The last day on which it is off the list. Its clock goes on.</summary>
    public DateOnly? SnoozedUntil { get; init; }

    /// <summary>Why it was handed over or put off.</summary>
    public string? Note { get; init; }

    /// <summary>Who asked, where somebody did.</summary>
    public string? AskedBy { get; init; }
    public string? Question { get; init; }

    /// <summary>All who have had a hand in what is asked, one a line; nobody of them approves it. Null where nothing is to be approved, and on old records.</summary>
    public string? Hands { get; init; }
    public string? Answer { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public string? EndedBy { get; init; }

    /// <summary>When it changed last, in microseconds since 1970: what followers of the list ask by.</summary>
    public long Changed { get; init; }

    /// <summary>What one line of the list is about.</summary>
    public (WorkKind Kind, string Code, string Subject) About => (Kind, Code, Subject);

    /// <summary>Whether it stands for a block, whose clock it follows.</summary>
    public bool IsOfBlock => Kind is WorkKind.Decide or WorkKind.Confirm;

    /// <summary>Whether it frees headroom once another person has approved it.</summary>
    public bool IsRequest => Kind is WorkKind.LimitRequest or WorkKind.GuaranteeRequest or WorkKind.CoverRequest or WorkKind.QualificationRequest or WorkKind.RiskClassRequest;

    /// <summary>Whether a person answers it with words, in place of the facts that end it.</summary>
    public bool IsQuestion => Kind is WorkKind.Challenge or WorkKind.Appeal;
}
