using System.Collections.Immutable;
using Aval.Policies.Rules;

namespace Aval.Decisions.Rules;

/// <summary>That an order is to be weighed by Credit and the commercial side together, before anybody decides (policy part <c>arbitration</c>).</summary>
/// <param name="Between">The roles that weigh it.</param>
/// <param name="Because">The bounds that are passed, as the policy names them.</param>
public sealed record Weighing(ImmutableArray<string> Between, IReadOnlyList<string> Because)
{
    /// <summary>Null where no bound is passed; at a bound is within it, and what is not known is beyond it.</summary>
    public static Weighing? Of(Arbitration arbitration, RemainingException exception)
    {
        var because = new List<string>();
        if (arbitration.AmountAbove is { } amount && !(exception.Value <= amount)) because.Add("amountAbove");
        if (arbitration.OverrunPercentAbove is { } overrun && !(exception.OverrunPercent <= overrun)) because.Add("overrunPercentAbove");
        if (exception.OverdueDays > arbitration.OverdueDaysAbove) because.Add("overdueDaysAbove");
        if (arbitration.RiskClasses is { } classes && classes.Contains(exception.RiskClass)) because.Add("riskClasses");
        return because.Count == 0 ? null : new Weighing(arbitration.Between, because);
    }
}
