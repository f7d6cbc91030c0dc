using System.Runtime.CompilerServices;
using Aval.Portfolio;
using Aval.Reports.Rules;

namespace Aval.Reports;

/// <summary>The whole portfolio as it was counted last.</summary>
static class PortfolioReport
{
    public static readonly Report Report = new(
        "portfolio", "Portfolio",
        "Every payer with its exposure, what is open and how old it is, days sales outstanding over three months and how it pays; the largest exposure first. "
            + "Counted for all of them together once a business day, and not changed by what follows on it.",
        ["payer", "group"],
        asked =>
        [
            .. Columns.OfRow(asked), Amount("exposure", "Exposure"), Amount("open", "Open"), Amount("notDue", "Not due"), Amount("d1to30", "1–30"), Amount("d31to60", "31–60"),
            Amount("d61to90", "61–90"), Amount("over90", "Over 90"), Amount("overdue", "Overdue"), Amount("sales", "Sales"), new("dso", "DSO", CellKind.Number),
            new("daysLate", "Days late", CellKind.Whole), new("invoices", "Open invoices", CellKind.Whole), new("unconverted", "Without a rate", CellKind.Whole),
        ],
        RowsAsync)
    {
        Day = async (store, company, cancel) => (await KeptPortfolio.TodaysAsync(store, company, cancel)).AsOf,
    };

    static async IAsyncEnumerable<object?[]> RowsAsync(ReportReading reading, [EnumeratorCancellation] CancellationToken cancel)
    {
        var asOf = reading.Asked.AsOf;
        var days = asOf.DayNumber - PortfolioCount.SinceOf(asOf).DayNumber;
        await foreach (var (of, name) in reading.NamedAsync(KeptPortfolio.EachAsync(reading.Reader, reading.Payers, cancel), of => of.Payer, cancel))
        {
            var (currency, open) = (of.Currency, of.Buckets.Total);
            var (notDue, d1To30, d31To60, d61To90, over90) = of.Buckets;
            yield return
            [
                of.Payer, name, currency?.Code, Cell.Of(of.Exposure, currency), Cell.Of(open, currency), Cell.Of(notDue, currency), Cell.Of(d1To30, currency),
                Cell.Of(d31To60, currency), Cell.Of(d61To90, currency), Cell.Of(over90, currency), Cell.Of(open - notDue, currency), Cell.Of(of.Sales, currency),
                DaysSales.Simple(open, of.Sales, days), (int?)of.DaysLate, (int)of.Invoices, (int)of.Unconverted,
            ];
        }
    }

    static ReportColumn Amount(string name, string head) => new(name, head, CellKind.Amount, Summed: true);
}
