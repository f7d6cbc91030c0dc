using Aval.Kernel;

namespace Aval.Casework;

/// <summary>How acts on the work lists are refused.</summary>
public static class WorkProblems
{
    public static readonly ProblemKind WorkUnknown = new("work-unknown", 404, "There is no such work", "List what is open with GET /work.")
        { OnScreens = "The work lists show what is open." };
    public static readonly ProblemKind WorkDone = new("work-done", 409, "The work is done", "Nothing is left to do about it; GET /work/{id} says since when.")
        { OnScreens = "Nothing is left to do about it." };
    public static readonly ProblemKind WorkTaken = new("work-taken", 409, "Somebody else has taken it", "Ask them to hand it over, or hand it over yourself with a reason.");
    public static readonly ProblemKind NoQuestion = new("work-no-question", 409, "Nobody has asked a question here",
        "Only challenges and appeals are answered; other work ends when its facts have changed.");
    public static readonly ProblemKind ChallengeOpen = new("challenge-open", 409, "The limit is challenged already", "Wait for the answer; GET /work shows it.")
        { OnScreens = "Wait for the answer." };
    public static readonly ProblemKind AppealMade = new("appeal-made", 409, "The block was appealed before", "There is one appeal a block; talk to whoever answered it.");

    public static readonly ProblemKind TakerUnfit = new("taker-unfit", 422, "This person cannot do the work",
        "Name a user or a key that may come in and works on that list, or hand it to the list alone.");

    public static IReadOnlyList<ProblemKind> All { get; } = [WorkUnknown, WorkDone, WorkTaken, NoQuestion, ChallengeOpen, AppealMade, TakerUnfit];
}

public static class WorkPermissions
{
    /// <summary>Takes, hands over, puts off and answers; what lies on which list, its owner says.</summary>
    public static readonly Permission Handle = new(
        "handleWork", "customerService", "orderManager", "sales", "creditAnalyst", "creditManager", "accountsReceivable", "collector", "billing", "quality", "masterData",
        "leadership");

    public static readonly Permission SeeLimitRequests = new("seeLimitRequests", "creditAnalyst", "creditManager", "leadership", "customerService", "sales", "orderManager");
}
