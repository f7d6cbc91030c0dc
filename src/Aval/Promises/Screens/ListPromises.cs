using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Parties;
using Aval.Promises.Rules;
using Aval.Rates;
using Aval.Web;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Promises.Screens;

/// <param name="PayerName">Its number where the name is not known.</param>
public sealed record PromiseRow(PromiseToPay Promise, string PayerName, DateOnly Today)
{
    public Money Of(long minor) => new(minor, Promise.Currency);
}

/// <param name="Counts">By status; the filter's own state is left aside, so that the others can be chosen.</param>
public sealed record PromisesView(
    ListShown Shown, PromiseFilter Filter, string? Payer, IReadOnlyDictionary<PromiseStatus, int> Counts, IReadOnlyList<PromiseRow> Rows, int Total);

/// <summary>Shows what payers have promised to pay, by its last good day: what is awaited, kept and broken.</summary>
static class ListPromises
{
    public const string Path = "/promises";

    /// <summary>What is still to be kept up to a day.</summary>
    public static string DueTo(DateOnly day) => Links.With(Path, ("state", Words.Of(PromiseState.Open)), ("to", Say.Iso(day)));

    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapPage(Path, PromisePermissions.Read, async (request, cancel) =>
    {
        var shown = ListShown.Of(request, "promises", Path, ["q", "payer", "state", "kind", "from", "to"], PromiseSearch.Sorting.Names);
        var weights = Weights.Of(request.Company);
        var filter = new PromiseFilter(
            request.Query("q"), await CustomerSearch.MeantAsync(request.Store, request.Query("payer"), cancel), request.Word<PromiseState>("state"),
            request.Word<PromiseKind>("kind"), request.Day("from"), request.Day("to"));
        if (shown.Form is not null) return ListFile.Of(request, shown, T("Promises"), PromisesPage.Columns, async part => (await ReadAsync(part)).Rows);
        var (rows, total) = await ReadAsync(shown);
        var counts = await PromiseSearch.CountsAsync(request.Store, filter with { State = null }, request.Today, cancel);
        return PageAnswer.Of<PromisesPage, PromisesView>(T("Promises"), new PromisesView(shown, filter, request.Query("payer"), counts, rows, total));

        async Task<(IReadOnlyList<PromiseRow> Rows, int Total)> ReadAsync(ListShown part)
        {
            var (found, all) = await PromiseSearch.PageAsync(
                request.Store, filter, request.Today, part.By, part.Descending, part.Skip, part.Most, cancel, sum => weights.Compared(sum, "currency"));
            var names = await CustomerSearch.NamesAsync(request.Store, found.Select(promise => promise.Payer), cancel);
            return ([.. found.Select(promise => new PromiseRow(promise, names.GetValueOrDefault(promise.Payer, promise.Payer), request.Today))], all);
        }
    });
}

/// <summary>Promises as the screens say them.</summary>
public static class PromiseWords
{
    public static string Of(PromiseState state) => state switch
    {
        PromiseState.Open => T("Awaited#promises"),
        PromiseState.DueToday => T("Due today"),
        PromiseState.Kept => T("Kept#promises"),
        PromiseState.PartiallyKept => T("Kept in part"),
        PromiseState.Broken => T("Broken#promises"),
    };

    public static PromiseState StateOf(PromiseToPay promise, DateOnly today) => promise.Status switch
    {
        PromiseStatus.Open => promise.Date == today ? PromiseState.DueToday : PromiseState.Open,
        PromiseStatus.Kept => PromiseState.Kept,
        PromiseStatus.PartiallyKept => PromiseState.PartiallyKept,
        PromiseStatus.Broken => PromiseState.Broken,
    };

    public static string? KindOf(PromiseState state) => state switch
    {
        PromiseState.Open => null,
        PromiseState.DueToday => "wait",
        PromiseState.Kept => "good",
        PromiseState.PartiallyKept or PromiseState.Broken => "risk",
    };

    public static string Of(PromiseKind kind) => kind switch { PromiseKind.Promise => T("Promised to us"), PromiseKind.Announcement => T("Announced by the payer") };
}
