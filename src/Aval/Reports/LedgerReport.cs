using System.Runtime.CompilerServices;
using Aval.Reports.Rules;

namespace Aval.Reports;

/// <summary>The account of one payer, document by document.</summary>
static class LedgerReport
{
    public static readonly Report Report = new(
        "ledger", "Customer ledger",
        "What moved a payer's balance from a day on, with the balance before and after, each currency by itself. Receipts move it on the day on which they cleared; "
            + "what the rates have done with payments is told in the payer's credit currency and moves nothing.",
        ["payer", "from", "asOf", "currency"],
        _ =>
        [
            new("date", "Date", CellKind.Date), new("kind", "Kind", CellKind.Text), new("number", "Number", CellKind.Text), new("reference", "Reference", CellKind.Text),
            new("currency", "Currency", CellKind.Text), new("amount", "Amount", CellKind.Amount), new("balance", "Balance", CellKind.Amount),
            new("difference", "Exchange difference", CellKind.Amount), new("differenceCurrency", "In", CellKind.Text),
        ],
        RowsAsync) { NeedsPayer = true };

    static async IAsyncEnumerable<object?[]> RowsAsync(ReportReading reading, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var account in await AccountMoved.OfAsync(reading, cancel))
            foreach (var row in account.Rows(reading.Asked.From, reading.Asked.AsOf))
                yield return
                [
                    row.Date, row.Kind, row.Number, row.Reference, row.Balance.Currency.Code, row.Amount, row.Balance, row.Difference, row.Difference?.Currency.Code,
                ];
    }
}
