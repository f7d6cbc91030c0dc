using Aval.Indicators.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Parties;
using Aval.Web;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Indicators;

/// <param name="Told">Each with what it was before, and what it should be; null while they are being counted.</param>
/// <param name="Since">When they were counted, where something has changed since; null where nothing has.</param>
public sealed record IndicatorsView(DateOnly From, DateOnly To, Currency Currency, IReadOnlyList<IndicatorAnswer>? Told, DateTimeOffset? Since);

/// <param name="Name">Of the customer; its number where that is not known.</param>
public sealed record CountedRow(IndicatorRow Row, string Name);

/// <param name="Rows">Those of this page.</param>
public sealed record IndicatorRowsView(
    ListShown Shown, DateOnly From, DateOnly To, Currency Currency, Indicator Indicator, IndicatorAnswer Told, string? Text, string? Part,
    IReadOnlyList<ListColumn<CountedRow>> Columns, IReadOnlyList<CountedRow> Rows, int Total);

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
            var mark = await request.Store.MarkAsync(cancel);
            var days = to.DayNumber - from.DayNumber + 1;
            var asked = CountAsync(request, from, to, mark);
            var previous = from.DayNumber < days ? null : CountAsync(request, from.AddDays(-days), from.AddDays(-1), mark);
            var both = previous is null ? (Task)asked : Task.WhenAll(asked, previous);
            if (await Task.WhenAny(both, Task.Delay(Patience, cancel)) != both)
                return PageAnswer.Of<IndicatorsPage, IndicatorsView>(
                    T("Indicators"), new IndicatorsView(from, to, InterfacePeriod.CurrencyOf(request.Company), null, null));
            var (period, before, targets) = (await asked, previous is null ? null : (await previous).Period, request.Company.Get<IndicatorsFacts>());
            return PageAnswer.Of<IndicatorsPage, IndicatorsView>(T("Indicators"), new IndicatorsView(
                from, to, period.Period.Currency, [.. Indicator.All.Select(known => ReadInterface.Told(known, period.Period, before, targets))],
                period.Mark == mark ? null : period.At));
        });
        pages.MapPage(Path + "/{indicator}", IndicatorPermissions.Read, RowsAsync);
    }

    /// <summary>The address of an indicator's rows.</summary>
    public static string Rows(string indicator, DateOnly from, DateOnly to) => Links.With($"{Path}/{indicator}", ("from", Say.Iso(from)), ("to", Say.Iso(to)));

    static async Task<PageAnswer> RowsAsync(PageRequest request, CancellationToken cancel)
    {
        if (Indicator.Find(request.Route("indicator")) is not { } indicator) return PageAnswer.Missing(T("There is no such indicator."));
        var (from, to) = Asked(request);
        var (text, part) = (request.Query("q"), request.Query("part"));
        var period = (await CountAsync(request, from, to, await request.Store.MarkAsync(cancel)).WaitAsync(cancel)).Period;
        var all = period.Rows(indicator);
        var columns = IndicatorRowsPage.ColumnsOf(indicator, all, period.Currency);
        var shown = ListShown.Of(request, "rows", $"{Path}/{indicator.Name}", ["from", "to", "q", "part"], columns.Sorts()) with { Standing = ["from", "to"] };
        var meant = await CustomerSearch.MeantAsync(request.Store, text, cancel) is { } customers ? customers.ToHashSet(StringComparer.Ordinal) : null;
        var found = all.Where(row => part is null || row.Part == part)
            .Where(row => text is null || row.Order.Contains(text, StringComparison.OrdinalIgnoreCase) || meant!.Contains(row.Customer)).ToList();
        // Names are read of the rows that are told, but where they decide which those are.
        var isByName = shown.By == IndicatorRowsPage.CustomerColumn;
        var ordered = shown.Ordered(isByName ? await NamedAsync(found) : found.Select(row => new CountedRow(row, row.Customer)), columns);
        if (shown.Form is not null) return ListFile.Of(request, shown, IndicatorWords.Name(indicator), columns, CutAsync);
        return PageAnswer.Of<IndicatorRowsPage, IndicatorRowsView>(IndicatorWords.Name(indicator), new IndicatorRowsView(
            shown, from, to, period.Currency, indicator, ReadInterface.Told(indicator, period, null, request.Company.Get<IndicatorsFacts>()), text, part, columns,
            await CutAsync(shown), found.Count));

        async Task<IReadOnlyList<CountedRow>> CutAsync(ListShown cut) => isByName ? cut.PageOf(ordered) : await NamedAsync(cut.PageOf(ordered).Select(row => row.Row));

        async Task<IReadOnlyList<CountedRow>> NamedAsync(IEnumerable<IndicatorRow> rows)
        {
            List<IndicatorRow> some = [.. rows];
            var names = await CustomerSearch.NamesAsync(request.Store, some.Select(row => row.Customer).Distinct(StringComparer.Ordinal), cancel);
            return [.. some.Select(row => new CountedRow(row, names.GetValueOrDefault(row.Customer, row.Customer)))];
        }
    }

    static Task<CountedPeriod> CountAsync(PageRequest request, DateOnly from, DateOnly to, string? mark) => request.Get<CountedPeriods>().OfAsync(
        PeriodAsked.Of(request.Actor, request.Company, from, to), mark, request.Store, request.Desk.Everything, request.Company);

    /// <summary>The days asked for, as far as they make a period; else the usual ones.</summary>
    static (DateOnly From, DateOnly To) Asked(PageRequest request)
    {
        var to = request.Day("to") ?? request.Today;
        var from = request.Day("from") ?? DateOnly.FromDayNumber(Math.Max(0, to.DayNumber - UsualDays));
        if (from > to) (from, to) = (to, from);
        return to.DayNumber - from.DayNumber > MostDays ? (to.AddDays(-MostDays), to) : (from, to);
    }
}
