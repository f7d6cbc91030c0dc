using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Outcomes.Rules;

namespace Aval.Outcomes;

/// <summary>A decision and what came of it. Amounts in major units of the company's currency, each invoice at the rate of its own date.</summary>
/// <param name="Role">By which the authority was; null on old records.</param>
/// <param name="Cause">Of the block when it was decided; null on old records.</param>
/// <param name="Turnout">Of its invoices the worst.</param>
/// <param name="Deliveries">The days on which goods left after it.</param>
/// <param name="SupersededBy">The next decision on the order: what was billed from its day on is told there.</param>
/// <param name="Due">Of what was billed, what is due or settled by now.</param>
/// <param name="PaidInTime">Of that, what was settled by its due date.</param>
/// <param name="DaysLate">By value; null while nothing is due.</param>
/// <param name="After30">What was owed 30 days after the decision; null while that day has not come.</param>
/// <param name="WithoutRate">Invoices in no amount, for want of a rate.</param>
public sealed record OutcomeAnswer(
    string Decision, string Block, string Order, string Customer, string Payer, DecisionKind Kind, DecisionStatus Status, string By, string? Role, string? Cause, DateOnly On,
    bool Exceptional, Turnout Turnout, IReadOnlyList<DateOnly> Deliveries, IReadOnlyList<FollowedInvoice> Invoices, string? SupersededBy, decimal Billed, decimal Due,
    decimal PaidInTime, decimal Paid, decimal Credited, decimal WrittenOff, decimal Open, decimal Overdue, decimal Disputed, decimal? DaysLate, decimal? After30,
    decimal? After60, decimal? After90, int WithoutRate)
{
    public static OutcomeAnswer Of(DecisionOutcome outcome)
    {
        var decision = outcome.Decision;
        return new OutcomeAnswer(
            decision.Id, decision.Block, decision.Order, decision.Customer, decision.Payer, decision.Kind, decision.Status, decision.By, decision.Role, decision.Case?.Cause,
            decision.On, decision.Exceptional, outcome.Turnout, outcome.Deliveries, outcome.Invoices, outcome.SupersededBy, outcome.Billed, outcome.Due, outcome.PaidInTime,
            outcome.Paid, outcome.Credited, outcome.WrittenOff, outcome.Open, outcome.Overdue, outcome.Disputed, outcome.DaysLate, outcome.After30, outcome.After60,
            outcome.After90, outcome.WithoutRate);
    }
}

/// <param name="Next">What to send as <c>cursor</c> for those that follow; null when there are none.</param>
public sealed record OutcomesAnswer(DateOnly From, DateOnly To, Currency Currency, IReadOnlyList<OutcomeAnswer> Outcomes, string? Next);

/// <summary>Lists decisions with what came of them.</summary>
static class ListOutcomes
{
    internal static void Map(Api api) => api.Get<OutcomesAnswer>(
        "/decisions/outcomes", OutcomePermissions.Read, "Decisions followed to the cash: deliveries, invoices, payments, disputes; by the day of the decision",
        async (request, cancel) =>
        {
            var asked = DayPage.Of(request);
            if (asked.Value is not { } page) return asked.Problem!;
            var company = await request.Desk.CompanyAsync(cancel);
            var filter = AskedDecisions.Of(request, company.Through);
            if (filter.Problem is { } problem) return problem;
            await using var reader = await request.Store.LongSnapshotAsync(cancel);
            var ledger = new DecisionLedger(reader, company);
            var found = await ledger.PageAsync(filter.Value!, page.After, page.Limit + 1, cancel);
            return new OutcomesAnswer(
                filter.Value!.From, filter.Value!.To, ledger.Currency, [.. found.Take(page.Limit).Select(OutcomeAnswer.Of)],
                page.Next(found, followed => PlaceOf(followed.Decision)));
        },
        [
            .. AskedDecisions.Fields, .. DayPage.Fields("decisions"),
        ]);

    internal static (DateOnly? Day, string Id) PlaceOf(Decision decision) => (decision.On, decision.Id);
}
