using System.Runtime.CompilerServices;
using Aval.Kernel;
using Aval.Reports.Rules;

namespace Aval.Reports;

/// <summary>How fast sales become money, and how well what was due was collected.</summary>
static class PeriodReports
{
    static readonly string[] Asked = ["asOf", "by", "payer", "group", "owner", "company", "currency", "months"];

    public static readonly Report DaysOfSales = new(
        "dso", "Days sales outstanding",
        "How many days of sales are not paid: simple, countback, true and best possible DSO, and the average days delinquent between the first and the last.", Asked,
        asked =>
        [
            .. Columns.OfRow(asked), Amount("receivables", "Receivables"), Amount("notDue", "Not due"), Amount("sales", "Sales"), new("days", "Days", CellKind.Whole),
            new("dso", "DSO", CellKind.Number), new("countback", "Countback DSO", CellKind.Number), new("trueDso", "True DSO", CellKind.Number),
            new("bestPossible", "Best possible DSO", CellKind.Number), new("delinquent", "Average days delinquent", CellKind.Number),
            new("unconverted", "Without a rate", CellKind.Whole),
        ],
        (reading, cancel) => RowsAsync(reading, (currency, sum) =>
        [
            Cell.Of(sum.Aging[^1].Total, currency), Cell.Of(sum.Aging[^1].NotDue, currency), Cell.Of(sum.SalesInAll, currency), sum.Days, sum.Simple, sum.Countback, sum.True,
            sum.BestPossible, sum.Delinquent, sum.Unconverted,
        ], cancel));

    public static readonly Report Collection = new(
        "collection", "Collection effectiveness",
        "What was collected of what could be (CEI), and the days beyond terms, weighted by value, of what was paid in the period or is past due.", Asked,
        asked =>
        [
            .. Columns.OfRow(asked), Amount("opening", "Opening"), Amount("sales", "Sales"), Amount("closing", "Closing"), Amount("closingNotDue", "Closing, not due"),
            new("effectiveness", "CEI", CellKind.Number), Amount("paid", "Paid"), new("paidInTimePercent", "Paid in time, percent", CellKind.Number),
            new("beyondTerms", "Days beyond terms", CellKind.Number), new("unconverted", "Without a rate", CellKind.Whole),
        ],
        (reading, cancel) => RowsAsync(reading, (currency, sum) =>
        [
            Cell.Of(sum.Aging[0].Total, currency), Cell.Of(sum.SalesInAll, currency), Cell.Of(sum.Aging[^1].Total, currency), Cell.Of(sum.Aging[^1].NotDue, currency),
            sum.Effectiveness, Cell.Of((long)sum.Paid.Sum(stretch => stretch.Value), currency),
            Cell.Share(sum.PaidInTime.Sum(), sum.Paid.Sum(stretch => stretch.Value)), sum.BeyondTerms, sum.Unconverted,
        ], cancel));

    public static readonly Report Trend = new(
        "trend", "Payment trend", "Month by month: what was sold, what was paid and how late, weighted by value, and the receivables at the month's end.", Asked,
        asked =>
        [
            .. Columns.OfRow(asked), new("month", "Month up to", CellKind.Date), Amount("sales", "Sales"), Amount("paid", "Paid"),
            new("paidInTimePercent", "Paid in time, percent", CellKind.Number), new("beyondTerms", "Days beyond terms", CellKind.Number),
            new("receivables", "Receivables at its end", CellKind.Amount), new("pastDue", "Past due at its end", CellKind.Amount),
        ],
        (reading, cancel) => MonthsAsync(reading, (currency, sum, at) =>
        [
            Cell.Of(sum.Sales[at], currency), Cell.Of((long)sum.Paid[at].Value, currency), Cell.Share(sum.PaidInTime[at], sum.Paid[at].Value), sum.Paid[at].Average,
            Cell.Of(sum.Aging[at].Total, currency), Cell.Of(sum.Aging[at].Total - sum.Aging[at].NotDue, currency),
        ], cancel)) { Months = 12 };

    public static readonly Report RollRates = new(
        "roll-rates", "Roll rates", "Month by month: which share of each bucket of the aging was one bucket older at the month's end.", Asked,
        asked =>
        [
            .. Columns.OfRow(asked), new("month", "Month up to", CellKind.Date), new("notDueToD1to30", "Not due to 1–30", CellKind.Number),
            new("d1to30ToD31to60", "1–30 to 31–60", CellKind.Number), new("d31to60ToD61to90", "31–60 to 61–90", CellKind.Number),
            new("d61to90ToOver90", "61–90 to over 90", CellKind.Number),
        ],
        (reading, cancel) => MonthsAsync(reading, (_, sum, at) =>
        {
            var rolled = Collecting.Rolled(sum.Aging[at - 1], sum.Aging[at], sum.IntoOver90[at]);
            return [rolled.NotDueToD1To30, rolled.D1To30ToD31To60, rolled.D31To60ToD61To90, rolled.D61To90ToOver90];
        }, cancel)) { Months = 12 };

    static async IAsyncEnumerable<object?[]> RowsAsync(
        ReportReading reading, Func<Currency?, PeriodFigures, object?[]> cells, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var ((key, currency, sum), name) in SumsAsync(reading, cancel)) yield return [key, name, currency?.Code, .. cells(currency, sum)];
    }

    static async IAsyncEnumerable<object?[]> MonthsAsync(
        ReportReading reading, Func<Currency?, PeriodFigures, int, object?[]> cells, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var ((key, currency, sum), name) in SumsAsync(reading, cancel))
            for (var at = 1; at < sum.Ends.Count; at++) yield return [key, name, currency?.Code, sum.Ends[at], .. cells(currency, sum, at)];
    }

    static IAsyncEnumerable<((string Key, Currency? Currency, PeriodFigures Sum) Row, string? Name)> SumsAsync(ReportReading reading, CancellationToken cancel)
    {
        var ends = PeriodFigures.MonthsUpTo(reading.Asked.AsOf, reading.Asked.Months);
        return reading.NamedAsync(
            reading.SumsAsync(ends[0], () => new PeriodFigures(ends), (sum, book, invoice) => sum.Add(book, invoice, reading.Valuation), cancel), row => row.Key, cancel);
    }

    static ReportColumn Amount(string name, string head) => new(name, head, CellKind.Amount, Summed: true);
}
