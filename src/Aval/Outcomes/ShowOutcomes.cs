using Aval.Checks.Rules;
using Aval.Decisions;
using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Aval.Outcomes.Rules;
using Aval.Parties;
using Aval.Web;
using Microsoft.AspNetCore.Routing;

namespace Aval.Outcomes;

/// <param name="Sums">Of the period; the other filters narrow the list alone.</param>
/// <param name="Names">Of the customers, by number.</param>
/// <param name="Next">Where the list goes on; null when it is all there.</param>
public sealed record OutcomesView(
    DecisionFilter Filter, OutcomeSums Sums, IReadOnlyList<DecisionOutcome> Found, IReadOnlyDictionary<string, string> Names, string? Next);

/// <param name="Currency">Of all its amounts.</param>
public sealed record OutcomeRow(DecisionOutcome Of, Currency Currency);

/// <summary>Shows how decisions turned out: sums that open their rows, and the rows.</summary>
static class ShowOutcomes
{
    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapPage("/outcomes", OutcomePermissions.Read, async (request, cancel) =>
    {
        var (from, to) = AskedDecisions.Within(request.Day("from"), request.Day("to"), request.Today);
        var filter = new DecisionFilter(
            from, to, request.Word<DecisionKind>("kind"), request.Word<Cause>("cause") is { } cause ? Words.Of(cause) : null, request.Query("role"), request.Query("by"),
            request.Query("customer"), request.Query("exceptional") == "true" ? true : null);
        if (request.Word<ListForm>("as") is { } form) return Given(request, filter, form, cancel);
        await using var reader = await request.Store.SnapshotAsync(cancel);
        var ledger = new DecisionLedger(reader, request.Company);
        var found = await ledger.PageAsync(filter, DayPage.PlaceOf(request.Query("cursor")), Pager.PageSize + 1, cancel);
        var shown = found.Take(Pager.PageSize).ToList();
        var names = await CustomerSearch.NamesAsync(request.Store, shown.Select(outcome => outcome.Decision.Customer), cancel);
        return PageAnswer.Of<OutcomesPage, OutcomesView>(Translated.T("Outcomes of decisions"), new OutcomesView(
            filter, await SumOutcomes.OfAsync(ledger, new DecisionFilter(from, to), cancel), shown, names,
            found.Count > Pager.PageSize ? DayPage.CursorOf(ListOutcomes.PlaceOf(shown[^1].Decision)) : null));
    });

    /// <summary>As every list is told that can be taken along as a file.</summary>
    internal static ListShown ListOf(DecisionFilter filter) => new(
        "outcomes", "/outcomes",
        [
            ("from", Say.Iso(filter.From)), ("to", Say.Iso(filter.To)), ("kind", filter.Kind is { } kind ? Words.Of(kind) : null), ("cause", filter.Cause), ("role", filter.Role),
            ("by", filter.By), ("customer", filter.Customer), ("exceptional", filter.Exceptional == true ? "true" : null),
        ],
        null, false, 1, null, null);

    /// <summary>The decisions with what came of them as a file, one part after the other.</summary>
    static PageAnswer Given(PageRequest request, DecisionFilter filter, ListForm form, CancellationToken cancel)
    {
        (DateOnly, string)? after = null;
        return ListFile.Of(request, ListOf(filter) with { Form = form }, Translated.T("Outcomes"), OutcomesPage.Columns, async part =>
        {
            await using var reader = await request.Store.SnapshotAsync(cancel);
            var ledger = new DecisionLedger(reader, request.Company);
            var found = await ledger.PageAsync(filter, after, part.Most, cancel);
            if (found.Count > 0) after = (found[^1].Decision.On, found[^1].Decision.Id);
            return [.. found.Select(outcome => new OutcomeRow(outcome, ledger.Currency))];
        });
    }
}
