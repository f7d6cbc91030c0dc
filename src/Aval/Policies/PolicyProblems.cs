using Aval.Kernel;

namespace Aval.Policies;

/// <summary>How the policy's use cases refuse.</summary>
public static class PolicyProblems
{
    public static readonly ProblemKind PolicyUnknown = new("policy-unknown", 404, "There is no such policy version",
        "See the versions at /policies.")
        { OnScreens = "The policy's page names its versions." };
    public static readonly ProblemKind DraftMissing = new("draft-missing", 409, "No policy is being drafted",
        "Write a draft with PUT /policies/draft first.")
        { OnScreens = "Begin a draft first." };
    public static readonly ProblemKind SamePerson = new("same-person", 403, "Another person must confirm this",
        "Ask somebody else who has the right; nobody confirms what they wrote or decided themselves.");

    public static IReadOnlyList<ProblemKind> All { get; } = [PolicyUnknown, SamePerson, DraftMissing];
}

/// <summary>The rights to policy. Reading it is everybody's: a rule that nobody may read cannot be followed.</summary>
public static class PolicyPermissions
{
    public static readonly Permission Read = new("readPolicies", Permission.EveryRole);
    public static readonly Permission Draft = new("draftPolicy", "creditManager");
    public static readonly Permission Activate = new("activatePolicy", "leadership");
}
