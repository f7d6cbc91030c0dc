using Aval.Kernel;

namespace Aval.Cover;

public static class CoverProblems
{
    public static readonly ProblemKind GuaranteeUnknown = new("guarantee-unknown", 404, "There is no such guarantee",
        "Record it first with POST /guarantees, or correct the number.")
        { OnScreens = "Check the number." };
    public static readonly ProblemKind CoverUnknown = new("cover-unknown", 404, "There is no such insurance cover",
        "Record it first with POST /insurance-covers, or correct the number.")
        { OnScreens = "Check the number." };
    public static readonly ProblemKind RateMissing = new("rate-missing", 422, "No exchange rate into the payer's credit currency is known",
        "Enter the day's rates first with PUT /rates/{date}, or state the amount in the payer's credit currency.")
        { OnScreens = "Have the day's rates entered first, or state the amount in the payer's credit currency." };
    public static readonly ProblemKind GuaranteeReleased = new("guarantee-released", 409, "The guarantee has been released",
        "Record a new guarantee where there is one; a released one is neither drawn on nor released again.");
    public static readonly ProblemKind NotApproved = new("security-not-approved", 409, "It has not been approved, and secures nothing",
        "Have it approved first by somebody with the authority for it.");
    public static readonly ProblemKind DrawingExceedsGuarantee = new("drawing-exceeds-guarantee", 422, "More than is left of the guarantee",
        "Draw at most what is left of it.");

    public static IReadOnlyList<ProblemKind> All { get; } = [GuaranteeUnknown, CoverUnknown, GuaranteeReleased, NotApproved, RateMissing, DrawingExceedsGuarantee];
}

public static class CoverPermissions
{
    public static readonly Permission RecordGuarantees = new("recordGuarantees", "creditAnalyst", "creditManager");
    public static readonly Permission RecordCovers = new("recordCovers", "creditAnalyst", "creditManager");
    public static readonly Permission Read = new("readCover", Permission.EveryRole);
}
