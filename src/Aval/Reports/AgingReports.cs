using System.Runtime.CompilerServices;
using Aval.Kernel;
using Aval.Policies;
using Aval.Receivables.Rules;
using Aval.Reports.Rules;

namespace Aval.Reports;

/// <summary>How old receivables are, and how much of them will be lost.</summary>
static class AgingReports
{
    static readonly string[] Asked = ["asOf", "by", "payer", "group", "owner", "company", "currency", "basis"];

    public static readonly Report Aging = new(
        "aging", "Aging", "How old receivables are, on any day: not due, and days past due in buckets that add up to the total.", Asked,
        asked =>
        [
            .. Columns.OfRow(asked), Amount("notDue", "Not due"), Amount("d1to30", "1–30"), Amount("d31to60", "31–60"), Amount("d61to90", "61–90"),
            Amount("over90", "Over 90"), Amount("total", "Total"), Amount("disputed", "Of which disputed"), new("unconverted", "Without a rate", CellKind.Whole),
        ],
        AgingAsync);

    public static readonly Report ExpectedLoss = new(
        "expected-loss", "Expected credit loss",
        "What will be lost of receivables by the policy's provision matrix (IFRS 9, B5.5.35): each bucket times its rate.", [.. Asked.Where(field => field != "basis")],
        asked =>
        [
            .. Columns.OfRow(asked), Amount("open", "Open"), Amount("notDue", "Loss not due"), Amount("d1to30", "Loss 1–30"), Amount("d31to60", "Loss 31–60"),
            Amount("d61to90", "Loss 61–90"), Amount("over90", "Loss over 90"), Amount("loss", "Expected loss"), new("percent", "Percent", CellKind.Number),
            new("unconverted", "Without a rate", CellKind.Whole),
        ],
        LossAsync);

    static async IAsyncEnumerable<object?[]> AgingAsync(ReportReading reading, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var ((key, currency, sum), name) in SumsAsync(reading, reading.Asked.Basis, cancel))
        {
            var (notDue, d1To30, d31To60, d61To90, over90) = sum.Aging[0];
            yield return
            [
                key, name, currency?.Code, Cell.Of(notDue, currency), Cell.Of(d1To30, currency), Cell.Of(d31To60, currency), Cell.Of(d61To90, currency),
                Cell.Of(over90, currency), Cell.Of(sum.Aging[0].Total, currency), Cell.Of(sum.Disputed, currency), sum.Unconverted,
            ];
        }
    }

    static async IAsyncEnumerable<object?[]> LossAsync(ReportReading reading, [EnumeratorCancellation] CancellationToken cancel)
    {
        var matrix = reading.Company.Get<PoliciesFacts>().Current.Policy.ProvisionAsked;
        await foreach (var ((key, currency, sum), name) in SumsAsync(reading, AgingBasis.DueDate, cancel))
        {
            var (open, lost) = (sum.Aging[0], Collecting.ExpectedLosses(sum.Aging[0], matrix));
            yield return
            [
                key, name, currency?.Code, Cell.Of(open.Total, currency), Cell.Of(lost.NotDue, currency), Cell.Of(lost.D1To30, currency), Cell.Of(lost.D31To60, currency),
                Cell.Of(lost.D61To90, currency), Cell.Of(lost.Over90, currency), Cell.Of(lost.Total, currency), Cell.Share(lost.Total, open.Total), sum.Unconverted,
            ];
        }
    }

    static IAsyncEnumerable<((string Key, Currency? Currency, PeriodFigures Sum) Row, string? Name)> SumsAsync(
        ReportReading reading, AgingBasis basis, CancellationToken cancel) =>
        reading.NamedAsync(
            Open(reading.SumsAsync(
                reading.Asked.AsOf, () => new PeriodFigures([reading.Asked.AsOf]), (sum, book, invoice) => sum.Add(book, invoice, reading.Valuation, basis), cancel)),
            row => row.Key, cancel);

    /// <summary>Rows of which something is open, or would be if there were a rate.</summary>
    static async IAsyncEnumerable<(string Key, Currency? Currency, PeriodFigures Sum)> Open(IAsyncEnumerable<(string Key, Currency? Currency, PeriodFigures Sum)> rows)
    {
        await foreach (var row in rows)
            if (row.Sum.Aging[0].Total != 0 || row.Sum.Unconverted > 0) yield return row;
    }

    static ReportColumn Amount(string name, string head) => new(name, head, CellKind.Amount, Summed: true);
}

/// <summary>Cells of rows.</summary>
static class Cell
{
    /// <summary>Nothing where no currency is known.</summary>
    public static Money? Of(long minor, Currency? currency) => currency is { } known ? new Money(minor, known) : null;

    /// <summary>In percent, to two places.</summary>
    public static decimal? Share(decimal part, decimal whole) => whole <= 0 ? null : Math.Round(part * 100 / whole, 2, MidpointRounding.AwayFromZero);
}

/// <summary>Columns that several reports have.</summary>
static class Columns
{
    /// <summary>What a row is about, and the currency in which it is told.</summary>
    public static ReportColumn[] OfRow(ReportAsked asked) =>
    [
        asked.By switch
        {
            ReportBy.Payer => new("payer", "Payer", CellKind.Text),
            ReportBy.Group => new("group", "Group", CellKind.Text),
            ReportBy.Owner => new("owner", "Owner", CellKind.Text),
            ReportBy.Company => new("company", "Company", CellKind.Text),
            ReportBy.Currency => new("documentCurrency", "Document currency", CellKind.Text),
        },
        new("name", "Name", CellKind.Text), new("currency", "Currency", CellKind.Text),
    ];
}
