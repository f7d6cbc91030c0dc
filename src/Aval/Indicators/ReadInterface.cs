using System.Globalization;
using Aval.Access;
using Aval.Indicators.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Policies.Rules;

namespace Aval.Indicators;

/// <summary>The indicators of the interface between sales and credit, for the business dates of a period.</summary>
/// <param name="Currency">Of all amounts.</param>
public sealed record InterfaceAnswer(DateOnly From, DateOnly To, Currency Currency, IReadOnlyList<IndicatorAnswer> Indicators);

/// <summary>One figure. Its rows, opened at <c>/indicators/interface/{indicator}/rows</c>, add up to it.</summary>
/// <param name="Value">Null where there is nothing to tell it of.</param>
/// <param name="Of">What a share is of; null for a figure that is none.</param>
/// <param name="Parts">By cause or day, or the figures beside it.</param>
/// <param name="Rows">How many rows it counts.</param>
/// <param name="Wanted">Which way it should go.</param>
/// <param name="Owner">The function that answers for it.</param>
/// <param name="Target">What it should reach; null while nobody has set one.</param>
/// <param name="Met">Whether it does; null without a value, a target or a wanted way.</param>
/// <param name="Previous">The same of as many days right before the period.</param>
/// <param name="Trend">Against that; null where either is not told.</param>
public sealed record IndicatorAnswer(
    string Indicator, decimal? Value, Unit Unit, decimal? Of, IReadOnlyList<FigurePart> Parts, int Rows, string Definition, Wanted Wanted,
    OwnerFunction Owner, decimal? Target, bool? Met, decimal? Previous, Trend? Trend);

/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record IndicatorRowsAnswer(string Indicator, Currency Currency, IReadOnlyList<IndicatorRow> Rows, string? Next);

/// <summary>How the indicators refuse.</summary>
public static class IndicatorProblems
{
    public static readonly ProblemKind IndicatorUnknown = new("indicator-unknown", 404, "There is no such indicator", "See their names at /indicators/interface.")
        { OnScreens = "Check the number." };
}

static class ReadInterface
{
    const int MostDays = 1_830;
    const int UsualDays = 30;
    const int MostOnPage = 1_000;

    static readonly Permission Read = IndicatorPermissions.Read;

    static readonly QueryField[] Period =
    [
        new("from", typeof(DateOnly), "the first business date; 30 days before the last when absent"), new("to", typeof(DateOnly), "the last one; today when absent"),
    ];

    internal static void Map(Api api)
    {
        api.Get<InterfaceAnswer>(
            "/indicators/interface", Read, "Reads the indicators of the interface for a period", query: Period,
            read: async (request, cancel) =>
            {
                var company = await request.Desk.CompanyAsync(cancel);
                var asked = Asked(request, company);
                if (asked.Problem is { } problem) return problem;
                var (from, to) = asked.Value!;
                var period = await ReadAsync(request, company, from, to, cancel);
                var days = to.DayNumber - from.DayNumber + 1;
                await using var reader = await request.Store.LongSnapshotAsync(cancel);
                var before = from.DayNumber < days ? null
                    : await InterfacePeriod.ReadAsync(reader, request.Desk.Everything, company, from.AddDays(-days), from.AddDays(-1), cancel);
                return new InterfaceAnswer(from, to, period.Currency, [.. Indicator.All.Select(known => Told(known, period, before, company.Get<IndicatorsFacts>()))]);
            });
        api.Get<IndicatorRowsAnswer>(
            "/indicators/interface/{indicator}/rows", Read, "Opens the orders, blocks and invoices that an indicator counts, by date",
            query:
            [
                .. Period, new("after", typeof(string), "the cursor that the page before gave as next"), new("limit", typeof(int), "rows on a page, 1 to 1000; 100 when absent"),
            ],
            problems: [IndicatorProblems.IndicatorUnknown],
            read: RowsAsync);
    }

    static async Task<Answered<IndicatorRowsAnswer>> RowsAsync(ApiRequest request, CancellationToken cancel)
    {
        if (Indicator.Find(request.Route("indicator")) is not { } indicator)
            return IndicatorProblems.IndicatorUnknown.With($"There is no indicator {request.Route("indicator")}.", "indicator");
        var limit = request.Query<int?>("limit") ?? 100;
        if (limit is < 1 or > MostOnPage) return KernelProblems.FieldInvalid.With($"limit must be from 1 to {MostOnPage}.", "limit");
        var place = (Date: DateOnly.MinValue, Key: "");
        if (request.Query<string>("after") is { } cursor)
        {
            if (cursor.Split('_', 2) is not [var day, var key] || !DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
                return KernelProblems.FieldInvalid.With("after must be what a page gave as next.", "after");
            place = (date, key);
        }

        var company = await request.Desk.CompanyAsync(cancel);
        var asked = Asked(request, company);
        if (asked.Problem is { } problem) return problem;
        var (from, to) = asked.Value!;
        var (pages, whose) = (request.Get<PagesOfRows>(), new RowsAsked(Reach.Of(request.Actor), indicator.Name, from, to));
        var all = place.Key.Length > 0 ? pages.Find(whose) : null;
        if (all is null) pages.Keep(whose, all = (await ReadAsync(request, company, from, to, cancel)).Rows(indicator));
        var first = FirstBehind(all, place);
        List<IndicatorRow> rows = [.. all.Skip(first).Take(limit)];
        var next = first + limit >= all.Count ? null : string.Create(CultureInfo.InvariantCulture, $"{rows[^1].Date:yyyy-MM-dd}_{rows[^1].Key}");
        return new IndicatorRowsAnswer(indicator.Name, InterfacePeriod.CurrencyOf(company), rows, next);
    }

    /// <summary>The index of the first row behind a place, of rows in order.</summary>
    static int FirstBehind(IReadOnlyList<IndicatorRow> rows, (DateOnly Date, string Key) place)
    {
        var (low, high) = (0, rows.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var row = rows[middle];
            if (row.Date > place.Date || (row.Date == place.Date && string.CompareOrdinal(row.Key, place.Key) > 0)) high = middle;
            else low = middle + 1;
        }

        return low;
    }

    static Answered<AskedDays> Asked(ApiRequest request, Facts company)
    {
        var to = request.Query<DateOnly?>("to") ?? company.Through;
        var from = request.Query<DateOnly?>("from") ?? DateOnly.FromDayNumber(Math.Max(0, to.DayNumber - UsualDays));
        if (to < from) return KernelProblems.FieldInvalid.With("to must not be before from.", "to");
        if (to.DayNumber - from.DayNumber > MostDays) return KernelProblems.FieldInvalid.With($"from must be at most {MostDays} days before to.", "from");
        return new AskedDays(from, to);
    }

    static async Task<InterfacePeriod> ReadAsync(ApiRequest request, Facts company, DateOnly from, DateOnly to, CancellationToken cancel)
    {
        await using var reader = await request.Store.LongSnapshotAsync(cancel);
        return await InterfacePeriod.ReadAsync(reader, request.Desk.Everything, company, from, to, cancel);
    }

    internal static IndicatorAnswer Told(Indicator indicator, InterfacePeriod period, InterfacePeriod? before, IndicatorsFacts settings)
    {
        var set = settings.Of(indicator.Name);
        var owner = set?.Owner ?? indicator.Owner;
        var figure = period.Figure(indicator);
        var previous = before?.Figure(indicator).Value;
        return new(
            indicator.Name, figure.Value, indicator.Unit, figure.Of, figure.Parts, period.Rows(indicator).Count, indicator.Definition, indicator.Wanted, owner, set?.Value,
            Judgement.Met(indicator.Wanted, figure.Value, set?.Value), previous, Judgement.Trend(indicator.Wanted, figure.Value, previous));
    }

    sealed record AskedDays(DateOnly From, DateOnly To);
}
