using Aval.Kernel;
using Aval.Work.Rules;

namespace Aval.Work;

/// <summary>Doubts about limits that wait for credit's answer.</summary>
public static class LimitChallenges
{
    public const string Code = "limit";

    /// <summary>Who may challenge a limit.</summary>
    public static readonly Permission Permission = new("challengeLimits", "customerService");

    /// <summary>The challenge of a customer's limit that nobody has answered yet; null when there is none.</summary>
    public static WorkItem? OpenOf(Facts root, string customer) => root.Get<WorkFacts>().About((WorkKind.Challenge, Code, customer)).FirstOrDefault();
}
