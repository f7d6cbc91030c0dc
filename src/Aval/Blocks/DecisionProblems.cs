using Aval.Kernel;
using Aval.Policies.Rules;

namespace Aval.Blocks;

/// <summary>How decisions are refused.</summary>
public static class DecisionProblems
{
    public static readonly ProblemKind DecisionUnknown = new("decision-unknown", 404, "There is no such decision on this block",
        "Read the block with GET /blocks/{id}: it names its decisions.")
        { OnScreens = "Load the block again: it names its decisions." };
    public static readonly ProblemKind BlockClosed = new("block-closed", 409, "The block is closed",
        "Read the order: it was released, delivered or cancelled meanwhile.");
    public static readonly ProblemKind OwnOrder = new("own-order", 403, "Nobody decides on an order that they entered",
        "Ask somebody else who may decide.");
    public static readonly ProblemKind DecisionNotPending = new("decision-not-pending", 409, "The decision does not wait for a second person",
        "Read the block: the decision was confirmed, replaced, or needed nobody else.");
    public static readonly ProblemKind OptionStale = new("option-stale", 409, "The option is not what it was",
        "Read the order again: what would make it acceptable has changed.");
    public static readonly ProblemKind ParameterMissing = new("parameter-missing", 422, "The decision lacks a parameter",
        "Send what the detail names; each kind of decision has its own (docs/concepts/decisions.md).")
        { OnScreens = "Fill it in; each kind of decision asks for its own." };
    public static readonly ProblemKind ReleaseOverridden = new("release-overridden", 409, "What holds the order cannot be released",
        "Mend it first: no decision lets it pass.");
    public static readonly ProblemKind AuthorityExceeded = new("authority-exceeded", 403, "The decision is beyond your authority",
        "Ask one of the roles that the detail names, or decide something under which the check passes.")
        { OnScreens = "Ask one of the roles that are named, or decide something under which the check passes." };

    public static readonly ProblemKind UntilTooFar = new("until-too-far", 422, "The decision would lie too long",
        "Name a day within the days of the detail; then it comes up again and can be decided anew.")
        { OnScreens = "Name an earlier day; then it comes up again and can be decided anew." };

    public static readonly ProblemKind DecisionStands = new("decision-stands", 403, "Somebody's decision stands that is beyond your authority",
        "Ask who took it, or one of the roles that the detail names; or appeal with POST /blocks/{id}/appeal.")
        { OnScreens = "Ask who took it, or one of the roles that are named; sales may ask Credit to look again." };

    public static readonly ProblemKind ExceptionRefused = new("exception-refused", 422, "Policy does not take this exceptional release",
        "Decide under a condition, or with cover, so that nothing is left standing; or see what policy still leaves at /customers/{number}/exceptional-releases.")
        { OnScreens = "Decide under a condition, or with cover, so that nothing is left standing." };

    public static IReadOnlyList<ProblemKind> All { get; } =
    [
        DecisionUnknown, BlockClosed, OwnOrder, DecisionNotPending, OptionStale, ParameterMissing, ReleaseOverridden, AuthorityExceeded, DecisionStands, UntilTooFar,
        ExceptionRefused,
    ];
}

public static class DecisionPermissions
{
    /// <summary>The right; how far it goes is the policy's delegation.</summary>
    public static readonly Permission DecideBlocks = new("decideBlocks", [.. EscalationStep.Deciding]);
}
