using Aval.Checks;
using Aval.Decisions;
using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Orders;

namespace Aval.Blocks;

/// <summary>Something that a release waits for: a condition that does not hold yet.</summary>
/// <param name="Block">The block whose decision made it.</param>
/// <param name="DueOn">The last good day.</param>
/// <param name="Amount">In <paramref name="Currency"/>, the payer's credit currency; null where none is meant.</param>
/// <param name="Owner">Who watches it: who decided.</param>
public sealed record CommitmentAnswer(
    string Customer, string Payer, string Order, string Block, string Decision, ConditionKind Kind, string? Invoice, decimal? Amount, Currency Currency, int? OlderThan,
    DateOnly? DueOn, string Owner, string? Monitoring);

/// <param name="Next">What to send as <c>cursor</c> for those that follow; null when there are none.</param>
public sealed record CommitmentsAnswer(IReadOnlyList<CommitmentAnswer> Commitments, string? Next);

/// <summary>Lists what releases wait for, by customer and day.</summary>
static class ListCommitments
{
    internal static void Map(Api api) => api.Get<CommitmentsAnswer>(
        "/commitments", OrderPermissions.Read, "What releases wait for, the earliest date first: conditions that do not hold yet",
        async (request, cancel) =>
        {
            var asked = DayPage.Of(request);
            if (asked.Value is not { } page) return asked.Problem!;
            var (customer, from, to) = (request.Query<string>("customer"), request.Query<DateOnly?>("from"), request.Query<DateOnly?>("to"));
            var waiting = await DecisionSearch.WaitingAsync(request.Store, customer, from, to, page.After, page.Limit + 1, cancel);
            var staged = await DecisionSearch.InStagesAsync(request.Store, customer, cancel);
            var found = waiting.Concat(staged.Where(decision => DayOf(decision) is var day && !(day < from) && !(day > to) && IsBehind(decision, page.After)))
                .OrderBy(DayOf).ThenBy(decision => decision.Id, StringComparer.Ordinal).Take(page.Limit + 1).ToList();
            var shown = await Unseen.EachAsync(found.Take(page.Limit), new Unseen(request.Desk, cancel).OfAsync);
            return new CommitmentsAnswer([.. shown.SelectMany(Of)], page.Next(found, decision => (DayOf(decision), decision.Id)));
        },
        [
            new("customer", typeof(string), "who ordered or pays; all when absent"), new("from", typeof(DateOnly), "the first day"), new("to", typeof(DateOnly), "the last"),
            .. DayPage.Fields("decisions"),
        ]);

    /// <summary>By when it is awaited: of stages the day on which the next one may go.</summary>
    static DateOnly? DayOf(Decision decision) => decision.Terms.Stages is { } stages ? stages[decision.StagesReleased].Date : decision.Until;

    static bool IsBehind(Decision decision, (DateOnly Until, string Id)? after) =>
        after is not var (until, id) || DayOf(decision) > until || (DayOf(decision) == until && string.CompareOrdinal(decision.Id, id) > 0);

    static IEnumerable<CommitmentAnswer> Of(Decision decision) => decision.Terms.Stages is { } stages ? [OfStage(decision, stages)] : OfConditions(decision);

    /// <summary>The stage that was released last is to be paid before the next one goes.</summary>
    static CommitmentAnswer OfStage(Decision decision, IReadOnlyList<Stage> stages) => new(
        decision.Customer, decision.Payer, decision.Order, decision.Block, decision.Id, ConditionKind.InvoicePaid, null,
        new Money(stages[decision.StagesReleased - 1].Amount, decision.Currency).Major, decision.Currency, null, DayOf(decision), decision.By, decision.Monitoring);

    static IEnumerable<CommitmentAnswer> OfConditions(Decision decision) => decision.Conditions
        .Where(condition => condition.MetOn is null && condition.Kind != ConditionKind.ValidUntil)
        .Select(condition => new CommitmentAnswer(
            decision.Customer, decision.Payer, decision.Order, decision.Block, decision.Id, condition.Kind, condition.Invoice,
            condition.Amount is { } amount ? new Money(amount, decision.Currency).Major : null, decision.Currency, condition.OlderThan, decision.Until, decision.By,
            decision.Monitoring));
}
