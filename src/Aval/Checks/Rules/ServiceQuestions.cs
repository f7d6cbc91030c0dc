using Aval.Orders.Rules;
using Aval.Policies.Rules;

namespace Aval.Checks.Rules;

/// <summary>Under which of Customer Service's questions a finding stands.</summary>
public static class ServiceQuestions
{
    /// <summary>An order that ships within so many days is urgent.</summary>
    public const int SoonDays = 3;

    /// <summary>What the customer has not given yet, or nobody has set up; it holds the order until it is there.</summary>
    public static bool IsMissing(Finding finding) => HoldsUntilComplete(finding) && Causes.Of(finding) is Cause.AwaitingCustomer or Cause.SetUp;

    /// <summary>What is there and wrong, and can be put right without a decision.</summary>
    public static bool IsCorrectable(Finding finding) => HoldsUntilComplete(finding) && !IsMissing(finding);

    /// <summary>What holds the order until somebody has weighed it.</summary>
    public static bool IsToArbitrate(Finding finding) => finding is { Blocks: true, Severity: Severity.Refer };

    /// <summary>Whether it is to ship in the next days, or was to have been shipped.</summary>
    public static bool IsUrgent(DateOnly? ships, DateOnly today) => ships is { } day && day.DayNumber - today.DayNumber <= SoonDays;

    static bool HoldsUntilComplete(Finding finding) => finding is { Blocks: true, Severity: Severity.Complete };
}
