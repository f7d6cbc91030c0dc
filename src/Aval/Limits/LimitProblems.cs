using Aval.Kernel;

namespace Aval.Limits;

public static class LimitProblems
{
    public static readonly ProblemKind GroupUnknown = new("group-limit-below-top", 422, "A group's limit is set on its top customer",
        "Name the customer at the top of the group, or leave level out for the customer's own limit.");

    public static IReadOnlyList<ProblemKind> All { get; } = [GroupUnknown];
}

public static class LimitPermissions
{
    public static readonly Permission RecordLimits = new("recordLimits", "creditAnalyst", "creditManager", "leadership");
}
