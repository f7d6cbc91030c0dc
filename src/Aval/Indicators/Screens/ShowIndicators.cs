using System.Globalization;
using Aval.Indicators.Rules;
using Aval.Kernel;
using Aval.Parties;
using Aval.Web;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Indicators;

/// <param name="Told">Each with what it was before, and what it should be; null while they are being counted.</param>
/// <param name="Since">When they were counted, where something has changed since; null where nothing has.</param>
public sealed record IndicatorsView(DateOnly From, DateOnly To, Currency Currency, IReadOnlyList<IndicatorAnswer>? Told, DateTimeOffset? Since);

/// <param name="Rows">Those of this page.</param>
/// <param name="Names">Of the customers, by number.</param>
public sealed record IndicatorRowsView(
    DateOnly From, DateOnly To, Currency Currency, Indicator Indicator, IndicatorAnswer Told, string? Part, int Page, int Total, IReadOnlyList<IndicatorRow> Rows,
    IReadOnlyDictionary<string, string> Names)
{
    public string Address(int page) => ShowIndicators.Rows(Indicator.Name, From, To, Part, page);
}

/// <summary>Shows the indicators of a period; each opens the orders, blocks and invoices that it counts.</summary>
static class ShowIndicators
{
    public const string Path = "/indicators";
    const int UsualDays = 90;
    const int MostDays = 1_830;

    /// <summary>How long a page waits for the figures before it says that they are being counted.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapPage(Path, IndicatorPermissions.Read, async (request, cancel) =>
        {
            var (from, to) = Asked(request);
            var batch = await LastBatchAsync(request, cancel);
            var days = to.DayNumber - from.DayNumber + 1;
            var asked = CountAsync(request, from, to, batch);
            var previous = from.DayNumber < days ? null : CountAsync(request, from.AddDays(-days), from.AddDays(-1), batch);
            var both = previous is null ? (Task)asked : Task.WhenAll(asked, previous);
            if (await Task.WhenAny(both, Task.Delay(Patience, cancel)) != both)
                return PageAnswer.Of<IndicatorsPage, IndicatorsView>(
                    T("Indicators"), new IndicatorsView(from, to, InterfacePeriod.CurrencyOf(request.Company), null, null));
            var (period, before, targets) = (await asked, previous is null ? null : (await previous).Period, request.Company.Get<IndicatorsFacts>());
            return PageAnswer.Of<IndicatorsPage, IndicatorsView>(T("Indicators"), new IndicatorsView(
                from, to, period.Period.Currency, [.. Indicator.All.Select(known => ReadInterface.Told(known, period.Period, before, targets))],
                period.Batch == batch ? null : period.At));
        });
        pages.MapPage(Path + "/{indicator}", IndicatorPermissions.Read, async (request, cancel) =>
        {
            if (Indicator.Find(request.Route("indicator")) is not { } indicator) return PageAnswer.Missing(T("There is no such indicator."));
            var (from, to) = Asked(request);
            var part = request.Query("part");
            var period = (await CountAsync(request, from, to, await LastBatchAsync(request, cancel)).WaitAsync(cancel)).Period;
            var found = period.Rows(indicator).Where(row => part is null || row.Part == part).ToList();
            var shown = found.Skip((request.PageNumber - 1) * Pager.PageSize).Take(Pager.PageSize).ToList();
            var names = await CustomerSearch.NamesAsync(request.Store, shown.Select(row => row.Customer), cancel);
            return PageAnswer.Of<IndicatorRowsPage, IndicatorRowsView>(IndicatorWords.Name(indicator), new IndicatorRowsView(
                from, to, period.Currency, indicator, ReadInterface.Told(indicator, period, null, request.Company.Get<IndicatorsFacts>()), part, request.PageNumber, found.Count,
                shown, names));
        });
    }

    /// <summary>The address of an indicator's rows.</summary>
    public static string Rows(string indicator, DateOnly from, DateOnly to, string? part = null, int page = 1) => Links.With(
        $"{Path}/{indicator}", ("from", Say.Iso(from)), ("to", Say.Iso(to)), ("part", part), ("page", page == 1 ? null : page.ToString(CultureInfo.InvariantCulture)));

    static Task<CountedPeriod> CountAsync(PageRequest request, DateOnly from, DateOnly to, string? batch) => request.Get<CountedPeriods>().OfAsync(
        PeriodAsked.Of(request.Actor, request.Company, from, to), batch, request.Store, request.Desk.Everything, request.Company);

    static async Task<string?> LastBatchAsync(PageRequest request, CancellationToken cancel)
    {
        await using var reader = await request.Store.SnapshotAsync(cancel);
        return await reader.LastBatchAsync(cancel);
    }

    /// <summary>The days asked for, as far as they make a period; else the usual ones.</summary>
    static (DateOnly From, DateOnly To) Asked(PageRequest request)
    {
        var to = request.Day("to") ?? request.Today;
        var from = request.Day("from") ?? DateOnly.FromDayNumber(Math.Max(0, to.DayNumber - UsualDays));
        if (from > to) (from, to) = (to, from);
        return to.DayNumber - from.DayNumber > MostDays ? (to.AddDays(-MostDays), to) : (from, to);
    }
}
