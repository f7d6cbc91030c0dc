using Aval.Kernel;
using Aval.Parties;

namespace Aval.Limits;

public static class LimitProblems
{
    public static readonly ProblemKind GroupUnknown = new("group-limit-below-top", 422, "A group's limit is set on its top customer",
        "Name the customer at the top of the group, or leave level out for the customer's own limit.")
        { OnScreens = "Name the customer at the top of the group, or ask for the customer's own limit." };

    public static readonly ProblemKind LimitUnknown = new("limit-unknown", 404, "There is no such limit",
        "List the customer's with GET /customers/{number}/limits.")
        { OnScreens = "The customer's page shows their limits." };
    public static readonly ProblemKind LimitNotPending = new("limit-not-pending", 409, "The limit does not wait for anybody",
        "Read the customer's limits: it was approved or refused, or needed nobody else.");
    public static readonly ProblemKind SamePersonAsked = new("limit-same-person", 403, "Nobody approves a limit that they have asked for",
        "Ask somebody else who has the authority for its amount.");
    public static readonly ProblemKind LimitAuthorityExceeded = new("limit-authority-exceeded", 403, "The limit is beyond your authority",
        "Ask one of the roles that the detail names.")
        { OnScreens = "Ask one of the roles that are named." };

    public static readonly ProblemKind NotPending = new("approval-not-pending", 409, "It does not wait for anybody",
        "Read it again: it was approved or refused, or needed nobody else.");
    public static readonly ProblemKind ApproverAsked = new("approval-same-person", 403, "Nobody approves what they have asked for",
        "Ask somebody else who has the authority for what it frees.");
    public static ProblemKind ApprovalExceeded => PartyProblems.FreesBeyondAuthority;

    /// <summary>How approving what frees headroom is refused, a limit apart.</summary>
    public static IReadOnlyList<ProblemKind> OfApproval { get; } = [NotPending, ApproverAsked, ApprovalExceeded];

    public static IReadOnlyList<ProblemKind> All { get; } = [GroupUnknown, LimitUnknown, LimitNotPending, SamePersonAsked, LimitAuthorityExceeded, .. OfApproval];
}

public static class LimitPermissions
{
    public static readonly Permission RecordLimits = new("recordLimits", "creditAnalyst", "creditManager", "leadership");

    /// <summary>Approves or refuses what would free headroom beyond its author's authority; how far one's own reaches is the policy's delegation.</summary>
    public static readonly Permission ApproveHeadroom = new("approveHeadroom", "creditAnalyst", "creditManager", "leadership");

    /// <summary>Whoever has not the right to limits asks for one.</summary>
    public static readonly Permission AskForLimits = new("askForLimits", "customerService", "orderManager", "sales", "creditAnalyst", "creditManager", "leadership");
}
