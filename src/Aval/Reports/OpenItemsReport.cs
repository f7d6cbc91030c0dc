using System.Runtime.CompilerServices;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Receivables.Rules;
using Aval.Reports.Rules;

namespace Aval.Reports;

/// <summary>The open invoices of a day, one by one.</summary>
static class OpenItemsReport
{
    public static readonly Report Report = new(
        "open-items", "Open items", "Every invoice that was open on a day, with its age, what of it is disputed, and whose turn it is. The same items as the aging adds up.",
        ["asOf", "by", "payer", "group", "owner", "company", "currency", "basis"],
        asked =>
        [
            .. Columns.OfRow(asked with { By = ReportBy.Payer }), new("invoice", "Invoice", CellKind.Text), new("customer", "Customer", CellKind.Text),
            new("order", "Order", CellKind.Text), new("date", "Date", CellKind.Date), new("dueDate", "Due", CellKind.Date), new("days", "Days past due", CellKind.Whole),
            new("bucket", "Bucket", CellKind.Text), new("documentAmount", "Invoiced", CellKind.Amount), new("documentOpen", "Open in its currency", CellKind.Amount),
            new("open", "Open", CellKind.Amount, Summed: true), new("disputed", "Of which disputed", CellKind.Amount, Summed: true), new("owner", "Owner", CellKind.Text),
            new("stage", "Stage", CellKind.Text), new("documentCurrency", "Document currency", CellKind.Text),
        ],
        RowsAsync);

    static async IAsyncEnumerable<object?[]> RowsAsync(ReportReading reading, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var (row, name) in reading.NamedAsync(ItemsAsync(reading, cancel), row => (string)row[0]!, cancel))
        {
            row[1] = name;
            yield return row;
        }
    }

    static async IAsyncEnumerable<object?[]> ItemsAsync(ReportReading reading, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (asOf, basis) = (reading.Asked.AsOf, reading.Asked.Basis);
        await foreach (var (book, invoices) in reading.BooksAsync(asOf, cancel))
        {
            var owners = await reading.OwnersAsync(book.Invoices, cancel);
            foreach (var (kept, _) in invoices)
                if (book.On(kept.Invoice, asOf) is { } aged)
                {
                    var invoice = kept.Invoice;
                    var (days, currency) = (asOf.DayNumber - (basis == AgingBasis.DueDate ? invoice.DueDate : invoice.Date).DayNumber, reading.Valuation.CurrencyOf(invoice));
                    var open = reading.Valuation.Of(invoice, aged.Settled, aged.Amount);
                    var disputed = reading.Valuation.Of(invoice, aged.Amount - aged.Disputed, aged.Amount);
                    yield return
                    [
                        invoice.Payer, null, currency?.Code, invoice.Number, invoice.Customer, invoice.Order, invoice.Date, invoice.DueDate, days,
                        BucketOf(days), new Money(aged.Amount, aged.Currency), new Money(aged.Open, aged.Currency), open is { } told ? Cell.Of(told, currency) : null,
                        disputed is { } part ? Cell.Of(part, currency) : null, Words.Of(owners(invoice)),
                        invoice.Life is { } life && life.Date <= asOf ? Words.Of(life.Stage) : null, invoice.Currency.Code,
                    ];
                }
        }
    }

    static string BucketOf(int days) => AgingBuckets.Of(1, days) switch
    {
        { NotDue: 1 } => "notDue",
        { D1To30: 1 } => "d1to30",
        { D31To60: 1 } => "d31to60",
        { D61To90: 1 } => "d61to90",
        _ => "over90",
    };
}
