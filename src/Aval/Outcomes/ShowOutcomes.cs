using Aval.Checks.Rules;
using Aval.Decisions;
using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Outcomes.Rules;
using Aval.Parties;
using Aval.Web;
using Microsoft.AspNetCore.Routing;

namespace Aval.Outcomes;

/// <param name="Sums">Of the period; the other filters narrow the list alone.</param>
public sealed record OutcomesView(ListShown Shown, DecisionFilter Filter, OutcomeSums Sums, IReadOnlyList<OutcomeRow> Rows, int Total);

/// <param name="Currency">Of all its amounts.</param>
/// <param name="CustomerName">Its number where the name is not known.</param>
public sealed record OutcomeRow(DecisionOutcome Of, Currency Currency, string CustomerName);

/// <summary>Shows how decisions turned out: sums that open their rows, and the rows.</summary>
public static class ShowOutcomes
{
    const string Path = "/outcomes";

    /// <summary>The releases of a period that went beyond the rules, the last first.</summary>
    public static string Exceptional(DateOnly from, DateOnly to) =>
        Links.With(Path, ("from", Say.Iso(from)), ("to", Say.Iso(to)), ("exceptional", "true"), ("by", "decided"), ("descending", "1"));

    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapPage(Path, OutcomePermissions.Read, async (request, cancel) =>
    {
        var shown = ListShown.Of(
            request, "outcomes", Path, ["from", "to", "kind", "cause", "role", "by", "customer", "exceptional"], DecisionSearch.HistorySorting.Names);
        var (from, to) = AskedDecisions.Within(request.Day("from"), request.Day("to"), request.Today);
        var filter = new DecisionFilter(
            from, to, request.Word<DecisionKind>("kind"), request.Word<Cause>("cause") is { } cause ? Words.Of(cause) : null, request.Query("role"), null,
            request.Query("customer"), request.Query("exceptional") == "true" ? true : null);
        if (shown.Form is not null) return ListFile.Of(request, shown, Translated.T("Outcomes"), OutcomesPage.Columns, async part => (await ReadAsync(part)).Rows);
        var (rows, total) = await ReadAsync(shown);
        await using var reader = await request.Store.LongSnapshotAsync(cancel);
        var sums = await SumOutcomes.OfAsync(new DecisionLedger(reader, request.Company), new DecisionFilter(from, to), cancel);
        return PageAnswer.Of<OutcomesPage, OutcomesView>(Translated.T("Outcomes of decisions"), new OutcomesView(shown, filter, sums, rows, total));

        async Task<(IReadOnlyList<OutcomeRow> Rows, int Total)> ReadAsync(ListShown part)
        {
            await using var reading = await request.Store.LongSnapshotAsync(cancel);
            var ledger = new DecisionLedger(reading, request.Company);
            var (found, all) = await ledger.ListAsync(filter, part.By, part.Descending, part.Skip, part.Most, cancel);
            var names = await CustomerSearch.NamesAsync(request.Store, found.Select(outcome => outcome.Decision.Customer), cancel);
            return (
                [.. found.Select(outcome => new OutcomeRow(outcome, ledger.Currency, names.GetValueOrDefault(outcome.Decision.Customer, outcome.Decision.Customer)))], all);
        }
    });
}
