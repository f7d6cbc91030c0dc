using Aval.Kernel;

namespace Aval.Company;

/// <summary>How the company's use cases refuse.</summary>
public static class CompanyProblems
{
    public static readonly ProblemKind ClockIsReal = new("clock-is-real", 409, "The business date follows the real one",
        "Start the server with --today to move the date yourself.")
        { OnScreens = "Leave the date as it is." };
}
