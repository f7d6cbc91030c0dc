using System.Globalization;
using Aval.Kernel.Storage;
using Aval.Parties;
using Aval.Promises.Rules;
using Aval.Web;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Promises;

/// <param name="Text">What was searched for; null for all.</param>
/// <param name="Status">Null for all.</param>
public sealed record PromisesView(ListShown Shown, string? Text, PromiseStatus? Status, DateOnly? To, IReadOnlyList<PromiseRow> Found, int Total)
{
    public const string Path = "/promises";

    /// <summary>What is still to be kept up to a day.</summary>
    public static string DueTo(DateOnly day) => Links.With(Path, ("status", Words.Of(PromiseStatus.Open)), ("to", Say.Iso(day)));
}

public sealed record PromiseRow(PromiseToPay Promise, string PayerName, DateOnly Today)
{
    /// <summary>The day has passed, and nothing has ended it yet.</summary>
    public bool IsLate => Promise.Status == PromiseStatus.Open && Promise.Date < Today;
}

/// <summary>Shows what payers have promised to pay, the earliest day first.</summary>
static class ListPromises
{
    /// <summary>Payers whose promises a search by name looks for.</summary>
    const int MostPayers = 200;

    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapPage(PromisesView.Path, PromisePermissions.Read, async (request, cancel) =>
    {
        var shown = ListShown.Of(request, "promises", PromisesView.Path, ["q", "status", "to"], PromiseSearch.Sorting.Names);
        var (text, status, to) = (request.Query("q"), request.Word<PromiseStatus>("status"), DayOf(request.Query("to")));
        var payers = text is null ? [] : (await CustomerSearch.FindAsync(request.Store, text, 0, MostPayers, cancel)).Found.Select(customer => customer.Number).ToList();
        var (found, total) = await PromiseSearch.FindAsync(request.Store, text, payers, status, to, shown.Skip, shown.Most, cancel, shown.By, shown.Descending);
        var names = await CustomerSearch.NamesAsync(request.Store, found.Select(promise => promise.Payer), cancel);
        List<PromiseRow> rows = [.. found.Select(promise => new PromiseRow(promise, names.GetValueOrDefault(promise.Payer, promise.Payer), request.Today))];
        return shown.Form is null
            ? PageAnswer.Of<PromisesPage, PromisesView>(T("Promises to pay"), new PromisesView(shown, text, status, to, rows, total))
            : ListFile.Of(request, shown, T("Promises to pay"), PromisesPage.Columns, rows);
    });

    static DateOnly? DayOf(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
