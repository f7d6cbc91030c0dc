using System.Globalization;
using Aval.Indicators.Rules;
using Aval.Kernel;
using Aval.Parties;
using Aval.Web;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Indicators;

/// <param name="Told">Each with what it was before, and what it should be.</param>
public sealed record IndicatorsView(DateOnly From, DateOnly To, Currency Currency, IReadOnlyList<IndicatorAnswer> Told);

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

    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapPage(Path, IndicatorPermissions.Read, async (request, cancel) =>
        {
            var (from, to) = Asked(request);
            await using var reader = await request.Store.SnapshotAsync(cancel);
            var period = await InterfacePeriod.ReadAsync(reader, request.Desk.Everything, request.Company, from, to, cancel);
            var days = to.DayNumber - from.DayNumber + 1;
            var before = from.DayNumber < days ? null
                : await InterfacePeriod.ReadAsync(reader, request.Desk.Everything, request.Company, from.AddDays(-days), from.AddDays(-1), cancel);
            var targets = request.Company.Get<IndicatorsFacts>();
            return PageAnswer.Of<IndicatorsPage, IndicatorsView>(
                T("Indicators"), new IndicatorsView(from, to, period.Currency, [.. Indicator.All.Select(known => ReadInterface.Told(known, period, before, targets))]));
        });
        pages.MapPage(Path + "/{indicator}", IndicatorPermissions.Read, async (request, cancel) =>
        {
            if (Indicator.Find(request.Route("indicator")) is not { } indicator) return PageAnswer.Missing(T("There is no such indicator."));
            var (from, to) = Asked(request);
            var part = request.Query("part");
            await using var reader = await request.Store.SnapshotAsync(cancel);
            var period = await InterfacePeriod.ReadAsync(reader, request.Desk.Everything, request.Company, from, to, cancel);
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

    /// <summary>The days asked for, as far as they make a period; else the usual ones.</summary>
    static (DateOnly From, DateOnly To) Asked(PageRequest request)
    {
        var to = Day(request.Query("to")) ?? request.Today;
        var from = Day(request.Query("from")) ?? DateOnly.FromDayNumber(Math.Max(0, to.DayNumber - UsualDays));
        if (from > to) (from, to) = (to, from);
        return to.DayNumber - from.DayNumber > MostDays ? (to.AddDays(-MostDays), to) : (from, to);
    }

    static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
