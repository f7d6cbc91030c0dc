using System.Runtime.CompilerServices;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Receivables;
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
        var (payer, asked) = (reading.Asked.Payer!, reading.Asked);
        var all = await PayerDocuments.OfAsync(reading.Reader, payer, asked.AsOf, cancel);
        var lines = CustomerLedger.Of(payer, all.Invoices, all.Notes, all.Receipts, all.Settlements, all.Withdrawals)
            .Where(line => line.Date <= asked.AsOf && (asked.Currency is not { } currency || line.Amount.Currency == currency));
        foreach (var account in lines.GroupBy(line => line.Amount.Currency).OrderBy(account => account.Key.Code, StringComparer.Ordinal))
        {
            var balance = account.Where(line => line.Date < asked.From).Aggregate(Money.Zero(account.Key), (sum, line) => sum + line.Amount);
            yield return [asked.From, "opening", null, null, account.Key.Code, null, balance, null, null];
            foreach (var line in account.Where(line => line.Date >= asked.From))
            {
                balance += line.Amount;
                yield return
                [
                    line.Date, Words.Of(line.Kind), line.Number, line.Reference, account.Key.Code, line.Difference is null ? line.Amount : null, balance, line.Difference,
                    line.Difference?.Currency.Code,
                ];
            }

            yield return [asked.AsOf, "closing", null, null, account.Key.Code, null, balance, null, null];
        }
    }
}
