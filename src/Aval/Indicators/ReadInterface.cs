using System.Globalization;
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
    public static readonly ProblemKind IndicatorUnknown = new("indicator-unknown", 404, "There is no such indicator", "See their names at /indicators/interface.");
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
                var read = await OfAsync(request, cancel);
                if (read.Problem is { } problem) return problem;
                var (from, to, period) = read.Value!;
                var company = await request.Desk.CompanyAsync(cancel);
                var days = to.DayNumber - from.DayNumber + 1;
                await using var reader = await request.Store.SnapshotAsync(cancel);
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

        var read = await OfAsync(request, cancel);
        if (read.Problem is { } problem) return problem;
        var rows = read.Value!.Period.Rows(indicator).Where(row => row.Date > place.Date || (row.Date == place.Date && string.CompareOrdinal(row.Key, place.Key) > 0))
            .Take(limit + 1).ToList();
        var last = rows.Count > limit ? rows[limit - 1] : null;
        var next = last is null ? null : string.Create(CultureInfo.InvariantCulture, $"{last.Date:yyyy-MM-dd}_{last.Key}");
        return new IndicatorRowsAnswer(indicator.Name, read.Value!.Period.Currency, [.. rows.Take(limit)], next);
    }

    static async Task<Answered<AskedPeriod>> OfAsync(ApiRequest request, CancellationToken cancel)
    {
        var company = await request.Desk.CompanyAsync(cancel);
        var to = request.Query<DateOnly?>("to") ?? company.Through;
        var from = request.Query<DateOnly?>("from") ?? DateOnly.FromDayNumber(Math.Max(0, to.DayNumber - UsualDays));
        if (to < from) return KernelProblems.FieldInvalid.With("to must not be before from.", "to");
        if (to.DayNumber - from.DayNumber > MostDays) return KernelProblems.FieldInvalid.With($"from must be at most {MostDays} days before to.", "from");
        await using var reader = await request.Store.SnapshotAsync(cancel);
        return new AskedPeriod(from, to, await InterfacePeriod.ReadAsync(reader, request.Desk.Everything, company, from, to, cancel));
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

    sealed record AskedPeriod(DateOnly From, DateOnly To, InterfacePeriod Period);
}
