using System.Globalization;
using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Policies;
using Aval.TimeMachine.Rules;

namespace Aval.TimeMachine;

/// <summary>On which past the draft is tried.</summary>
/// <param name="From">The first business date.</param>
/// <param name="To">The last one.</param>
/// <param name="PaidWithinDays">Calendar days after the due date within which a payment is in time, 0 to 365.</param>
/// <param name="Limit">How many orders a list has at most, 1 to 10,000.</param>
/// <param name="After">The cursor that the answer before gave as <c>next</c>: lists the changed orders behind it.</param>
public sealed record SimulationBody(DateOnly From, DateOnly To, int PaidWithinDays = 10, int Limit = 100, string? After = null);

/// <summary>What the draft would have made of the orders that came in during the period. Amounts in <paramref name="Currency"/>.</summary>
/// <param name="Orders">That came in; each counts by its first check.</param>
/// <param name="Held">Under the draft.</param>
/// <param name="Released">Under the draft.</param>
/// <param name="DecisionsNeeded">Orders with a finding that needs a decision, under the draft.</param>
/// <param name="AmountsDelayed">What the orders held under the draft are worth.</param>
/// <param name="FalseBlocks">Held under the draft, and yet paid in time.</param>
/// <param name="LossesPrevented">Held under the draft, and later over 90 days overdue or written off.</param>
/// <param name="Then">The same of what was really decided.</param>
/// <param name="ByFinding">Orders by what was found when they came in, then and under the draft.</param>
/// <param name="Changed">Orders with another verdict, by day and number, each at the first check where it is another.</param>
/// <param name="ChangedTotal">How many there are.</param>
/// <param name="Next">The cursor to the rest of them; null when the list is whole.</param>
/// <param name="Checks">All checks of the period: at entry, change, pick release, and whatever else asked.</param>
/// <param name="ChecksChanged">Checks with another verdict.</param>
/// <param name="ChecksFindingElse">Checks that find something else, whatever the verdict.</param>
/// <param name="Unconverted">Orders for which no rate was known; they are missing from the amounts.</param>
public sealed record SimulationAnswer(
    DateOnly From, DateOnly To, Currency Currency, int Orders, int Held, int Released, int DecisionsNeeded, decimal AmountsDelayed, OutcomeFigure FalseBlocks,
    OutcomeFigure LossesPrevented, SideFigures Then, IReadOnlyList<FindingCount> ByFinding, IReadOnlyList<ChangedAnswer> Changed, int ChangedTotal, string? Next, int Checks,
    int ChecksChanged, int ChecksFindingElse, int Unconverted)
{
    public static SimulationAnswer Of(Trial trial, TrialPlan plan)
    {
        var last = trial.MoreChanged ? trial.Changed[^1] : null;
        return new SimulationAnswer(
            plan.From, plan.To, trial.Currency, trial.Orders, trial.Draft.Held, trial.Draft.Released, trial.Draft.Needed, trial.Draft.Delayed,
            OutcomeFigure.Of(trial.Draft.FalseBlocks), OutcomeFigure.Of(trial.Draft.LossesPrevented), SideFigures.Of(trial.Then), trial.ByFinding,
            [.. trial.Changed.Select(ChangedAnswer.Of)], trial.ChangedOrders, last is null ? null : $"{last.Date:yyyy-MM-dd}_{last.Order}", trial.Checks, trial.ChecksChanged,
            trial.ChecksFindingElse, trial.Unconverted);
    }
}

/// <param name="Orders">The first of them by number.</param>
public sealed record OutcomeFigure(int Count, decimal Amount, IReadOnlyList<string> Orders)
{
    public static OutcomeFigure Of(Known known) => new(known.Count, known.Amount, known.Orders);
}

/// <summary>What was really decided.</summary>
public sealed record SideFigures(int Held, int Released, int DecisionsNeeded, decimal AmountsDelayed, OutcomeFigure FalseBlocks, OutcomeFigure LossesPrevented)
{
    public static SideFigures Of(Side side) =>
        new(side.Held, side.Released, side.Needed, side.Delayed, OutcomeFigure.Of(side.FalseBlocks), OutcomeFigure.Of(side.LossesPrevented));
}

/// <param name="From">What was decided.</param>
/// <param name="To">What the draft decides.</param>
/// <param name="Findings">Under the draft.</param>
public sealed record ChangedAnswer(
    string Order, string Customer, string Payer, DateOnly Date, Occasion Occasion, decimal? Amount, OrderVerdict From, OrderVerdict To, IReadOnlyList<FindingAnswer> Findings)
{
    public static ChangedAnswer Of(ChangedOrder order) => new(
        order.Order, order.Customer, order.Payer, order.Date, order.Occasion, order.Amount, order.From, order.To,
        [.. order.Findings.Select(finding => FindingAnswer.Of(finding, Language.English))]);
}

/// <summary>Lets one simulation run at a time: the orders of today go first.</summary>
public sealed class OneAtATime
{
    int running;

    public bool TryEnter() => Interlocked.CompareExchange(ref running, 1, 0) == 0;

    public void Leave() => Volatile.Write(ref running, 0);
}

static class SimulateDraft
{
    const int MostListed = 10_000;

    internal static readonly Permission Simulate = new("simulatePolicy", "creditManager", "creditAnalyst", "leadership");

    internal static Problem AnotherRuns => KernelProblems.Busy.With("Another simulation is running; one runs at a time.");

    /// <summary>Half of the machine, at least one core: the other half serves.</summary>
    internal static int Workers => Math.Max(1, Environment.ProcessorCount / 2);

    internal static void Map(Api api) => api.Post<SimulationBody, SimulationAnswer>(
        "/policies/draft/simulate", Simulate, "Tries the draft on the orders of the past, on the facts as each check saw them; changes nothing.",
        act: async (body, request, cancel) =>
        {
            if (Refuse(body, out var after) is { } refusal) return refusal;
            if ((await request.Desk.CompanyAsync(cancel)).Get<PoliciesFacts>().Draft is not { } draft) return PolicyProblems.DraftMissing.With("Nobody is drafting a policy.");
            var gate = request.Get<OneAtATime>();
            if (!gate.TryEnter()) return AnotherRuns;
            try
            {
                var plan = new TrialPlan(draft.Policy, body.From, body.To, body.PaidWithinDays, body.Limit, after);
                return SimulationAnswer.Of(await new Machine(request.Store, plan).RunAsync(Workers, null, cancel), plan);
            }
            finally
            {
                gate.Leave();
            }
        },
        problems: [PolicyProblems.DraftMissing]);

    internal static Problem? Refuse(SimulationBody body, out (DateOnly Date, string Order)? after)
    {
        after = null;
        if (body.To < body.From) return KernelProblems.FieldInvalid.With("to must not be before from.", "to");
        if (body.PaidWithinDays is < 0 or > 365) return KernelProblems.FieldInvalid.With("paidWithinDays must be from 0 to 365.", "paidWithinDays");
        if (body.Limit is < 1 or > MostListed) return KernelProblems.FieldInvalid.With($"limit must be from 1 to {MostListed}.", "limit");
        if (body.After is not { } cursor) return null;
        if (cursor.Split('_', 2) is not [var day, var order] || !DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return KernelProblems.FieldInvalid.With("after must be what an answer gave as next.", "after");
        after = (date, order);
        return null;
    }
}
