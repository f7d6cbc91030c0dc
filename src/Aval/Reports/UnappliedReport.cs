using System.Runtime.CompilerServices;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Receivables;
using Aval.Receivables.Rules;
using Aval.Reports.Rules;
using Aval.Work;

namespace Aval.Reports;

/// <summary>Money that has not found its invoices, and the orders that wait for it.</summary>
static class UnappliedReport
{
    const int ReceiptsAtOnce = 200;

    public static readonly Report Report = new(
        "unapplied", "Unapplied cash", "Receipts with money left on a day, their age, and the orders that were held since they had not been applied.",
        ["asOf", "payer", "group", "company", "currency"],
        asked =>
        [
            .. Columns.OfRow(asked with { By = ReportBy.Payer }), new("receipt", "Receipt", CellKind.Text), new("date", "Date", CellKind.Date),
            new("days", "Days", CellKind.Whole), new("status", "Status", CellKind.Text), new("amount", "Received", CellKind.Amount),
            new("open", "Open", CellKind.Amount, Summed: true), new("reference", "Reference", CellKind.Text), new("depositFor", "Deposit for", CellKind.Text),
            new("holdsUp", "Holds up", CellKind.Text),
        ],
        RowsAsync);

    static async IAsyncEnumerable<object?[]> RowsAsync(ReportReading reading, [EnumeratorCancellation] CancellationToken cancel)
    {
        var asOf = reading.Asked.AsOf;
        var open = OpenCredits.ReceiptsAsync(reading.Reader, reading.Payers, asOf, cancel);
        await foreach (var some in open.Where(receipt => reading.Asked.Currency is not { } currency || receipt.Currency == currency).Chunk(ReceiptsAtOnce).WithCancellation(cancel))
        {
            var held = (await WorkSearch.AboutAsync(reading.Reader, [.. some.Select(receipt => receipt.Number)], cancel))
                .Where(item => item.Order is not null && item.OpenedOn <= asOf).ToLookup(item => item.Subject, item => item.Order!, StringComparer.Ordinal);
            await foreach (var (receipt, name) in reading.NamedAsync(some.ToAsyncEnumerable(), receipt => receipt.Payer, cancel))
                yield return
                [
                    receipt.Payer, name, receipt.Currency.Code, receipt.Number, receipt.Date, asOf.DayNumber - receipt.Date.DayNumber,
                    receipt.OnAccount ? "onAccount" : receipt.IsDeposit ? "deposit" : Words.Of(receipt.Status), new Money(receipt.Amount, receipt.Currency),
                    new Money(receipt.Open, receipt.Currency), receipt.Reference, receipt.DepositFor,
                    string.Join(' ', held[receipt.Number].Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)) is { Length: > 0 } orders ? orders : null,
                ];
        }
    }
}
