using Aval.Checks.Rules;
using Aval.Kernel;

namespace Aval.TimeMachine.Rules;

/// <summary>What becomes of an order at a check.</summary>
public enum OrderVerdict { Released, Held }

/// <summary>One check, as it was made and as the draft would have it.</summary>
/// <param name="Amount">The order's value in major units of policy's currency, at the rate of the check's day; null when no rate was known.</param>
public readonly record struct TriedCheck(
    string Order, string Customer, string Payer, DateOnly Date, Occasion Occasion, decimal? Amount, Triage Then, OrderVerdict ThenVerdict,
    IReadOnlyList<Finding> ThenFindings, Triage Draft, OrderVerdict DraftVerdict, IReadOnlyList<Finding> DraftFindings)
{
    /// <summary>True for the first check of an order: it decides what is counted as the order's.</summary>
    public bool IsEntry => Occasion == Occasion.Entry;

    public bool Changes => ThenVerdict != DraftVerdict;

    /// <summary>Whether it finds something else than was found, whatever comes of it.</summary>
    public bool FindsElse => !ThenFindings.Select(Told).SequenceEqual(DraftFindings.Select(Told));

    /// <summary>A finding without its personal texts, which stand beside the journal.</summary>
    static Finding Told(Finding finding) => finding with { Subject = null, Waived = null };
}

/// <summary>An order for which the draft gives another verdict, at the first check where it does.</summary>
public sealed record ChangedOrder(
    string Order, string Customer, string Payer, DateOnly Date, Occasion Occasion, decimal? Amount, OrderVerdict From, OrderVerdict To, IReadOnlyList<Finding> Findings);

/// <summary>Held orders of which something is known by now.</summary>
/// <param name="Orders">The first of them by number.</param>
public sealed record Known(int Count, decimal Amount, IReadOnlyList<string> Orders);

/// <summary>What one policy makes of the orders.</summary>
/// <param name="Needed">Orders that need a decision.</param>
/// <param name="Delayed">What the held ones are worth, in major units of policy's currency.</param>
/// <param name="FalseBlocks">Held, and yet paid in time.</param>
/// <param name="LossesPrevented">Held, and later long overdue or written off.</param>
public sealed record Side(int Held, int Released, int Needed, decimal Delayed, Known FalseBlocks, Known LossesPrevented);

/// <param name="Then">Orders with it when they came in.</param>
/// <param name="Draft">Orders that would have had it.</param>
/// <param name="DraftAmount">What the latter are worth, in major units of policy's currency.</param>
public sealed record FindingCount(string Code, int Then, int Draft, decimal DraftAmount);

/// <summary>What a draft would have made of the orders of a period.</summary>
/// <param name="Currency">Of all amounts.</param>
/// <param name="Orders">That came in during the period.</param>
/// <param name="Unconverted">Orders of them for which no rate was known: they are counted, and missing from the amounts.</param>
/// <param name="Checks">All that were made in the period, at whatever occasion.</param>
/// <param name="ChecksChanged">Checks with another verdict.</param>
/// <param name="ChecksFindingElse">Checks that find something else, whatever the verdict.</param>
/// <param name="Changed">The first of the orders with another verdict, by day and number.</param>
/// <param name="MoreChanged">Whether there are more behind them.</param>
/// <param name="ChangedOrders">How many there are in all.</param>
public sealed record Trial(
    Currency Currency, int Orders, int Unconverted, Side Then, Side Draft, int Checks, int ChecksChanged, int ChecksFindingElse, IReadOnlyList<ChangedOrder> Changed,
    bool MoreChanged, int ChangedOrders, IReadOnlyList<FindingCount> ByFinding);
