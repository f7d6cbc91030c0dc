using System.Globalization;
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

/// <summary>Shows how decisions turned out: sums that open their rows, and the rows.</summary>
static class ShowOutcomes
{
    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapPage("/outcomes", OutcomePermissions.Read, async (request, cancel) =>
    {
        var (from, to) = AskedDecisions.Within(Day(request.Query("from")), Day(request.Query("to")), request.Today);
        var filter = new DecisionFilter(
            from, to, request.Word<DecisionKind>("kind"), request.Word<Cause>("cause") is { } cause ? Words.Of(cause) : null, request.Query("role"), request.Query("by"),
            request.Query("customer"), request.Query("exceptional") == "true" ? true : null);
        await using var reader = await request.Store.SnapshotAsync(cancel);
        var ledger = new DecisionLedger(reader, request.Company);
        var found = await ledger.PageAsync(filter, DayPage.PlaceOf(request.Query("cursor")), Pager.PageSize + 1, cancel);
        var shown = found.Take(Pager.PageSize).ToList();
        var names = await CustomerSearch.NamesAsync(request.Store, shown.Select(outcome => outcome.Decision.Customer), cancel);
        return PageAnswer.Of<OutcomesPage, OutcomesView>("Outcomes of decisions", new OutcomesView(
            filter, await SumOutcomes.OfAsync(ledger, new DecisionFilter(from, to), cancel), shown, names,
            found.Count > Pager.PageSize ? DayPage.CursorOf(ListOutcomes.PlaceOf(shown[^1].Decision)) : null));
    });

    static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
