using Aval.Decisions;
using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Outcomes.Rules;

namespace Aval.Outcomes;

/// <summary>A decided case that is like the one that is asked about. Amounts in <paramref name="Currency"/>, policy's.</summary>
/// <param name="Distance">0 for the same; docs/concepts/outcomes.md says how it is measured.</param>
/// <param name="Turnout">What came of it, as of today.</param>
/// <param name="DaysLate">By value; null while nothing is due.</param>
public sealed record LikeCase(
    string Decision, string Block, string Order, DecisionKind Kind, DecisionStatus Status, DateOnly On, string By, decimal Distance, Currency Currency, decimal? Amount,
    decimal? Overrun, decimal? Overdue, int OverdueDays, string? Cause, string? RiskClass, Turnout Turnout, decimal? DaysLate);

/// <summary>Finds how like cases were decided, among the latest decisions.</summary>
public static class LikeCases
{
    /// <summary>How many of the latest decisions are looked at: the query stays as fast as the company grows.</summary>
    public const int LookedAt = 500;

    const int Told = 5;

    /// <param name="order">Whose own decisions are left out.</param>
    public static async Task<IReadOnlyList<LikeCase>> FindAsync(StoreReader reader, Facts company, DecidedCase asked, string order, CancellationToken cancel)
    {
        var nearest = PastCases.Nearest(asked, await DecisionSearch.LatestCasesAsync(reader, order, LookedAt, cancel), Told);
        var outcomes = await new DecisionLedger(reader, company).OfAsync([.. nearest.Select(found => found.Decision)], cancel);
        return
        [
            .. nearest.Zip(outcomes, (found, outcome) =>
            {
                var (decision, known) = (found.Decision, found.Decision.Case!);
                return new LikeCase(
                    decision.Id, decision.Block, decision.Order, decision.Kind, decision.Status, decision.On, decision.By, found.Distance, known.Currency, known.Amount,
                    known.Overrun, known.Overdue, known.OverdueDays, known.Cause, known.RiskClass, outcome.Turnout, outcome.DaysLate);
            }),
        ];
    }
}
