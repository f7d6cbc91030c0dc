using System.Runtime.CompilerServices;
using Aval.Checks;
using Aval.Company;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Parties;
using Aval.Parties.Rules;
using Aval.Receivables;
using Aval.Receivables.Rules;
using Aval.Reports.Forms;
using Aval.Reports.Rules;

namespace Aval.Reports;

/// <summary>A statement of account as a letter: who it is from and to, what stands on it, and what it comes to.</summary>
/// <param name="From">The company.</param>
/// <param name="To">Name and address, line by line.</param>
/// <param name="Rows">Kind, number, date, due date, days past due, currency, amount, open, disputed.</param>
/// <param name="Moved">What has moved it since a day, in the same columns and with the balance and what the rates have done; empty where no day was asked for.</param>
/// <param name="Aging">The undisputed and disputed invoices of each currency by age.</param>
sealed record AccountLetter(
    Language Language, string From, IReadOnlyList<string> To, string Payer, DateOnly AsOf, IReadOnlyList<object?[]> Rows, IReadOnlyList<object?[]> Moved,
    IReadOnlyList<Money> Balances,
    IReadOnlyList<(Currency Currency, AgingBuckets Buckets)> Aging);

/// <summary>What a payer owes on a day, document by document: to be sent.</summary>
static class StatementOfAccount
{
    public static readonly Report Report = new(
        "statement", "Statement of account",
        "What a payer owed on a day: its open invoices, less open credit notes and money that had not been applied. Also as a letter, in HTML and PDF. "
            + "With from it tells what has moved the account since then too, refunds, transfers and exchange differences among it, with the balance before, behind each and after.",
        ["payer", "from", "asOf", "currency", "language"],
        asked =>
        [
            new("kind", "Document", CellKind.Text), new("number", "Number", CellKind.Text), new("date", "Date", CellKind.Date), new("dueDate", "Due", CellKind.Date),
            new("days", "Days past due", CellKind.Whole), new("currency", "Currency", CellKind.Text), new("amount", "Amount", CellKind.Amount),
            new("open", "Open", CellKind.Amount, Summed: true), new("disputed", "Of which disputed", CellKind.Amount, Summed: true),
            .. asked.TellsFrom
                ? new ReportColumn[]
                {
                    new("reference", "Reference", CellKind.Text), new("balance", "Balance", CellKind.Amount), new("difference", "Exchange difference", CellKind.Amount),
                    new("differenceCurrency", "In", CellKind.Text),
                }
                : [],
        ],
        RowsAsync) { NeedsPayer = true };

    /// <summary>Writes it as a letter.</summary>
    public static async Task WriteAsync(ReportRun run, Stream output, bool asPdf, CancellationToken cancel)
    {
        var letter = await LetterAsync(run, cancel);
        await output.WriteAsync(asPdf ? LetterPdf.Of(letter) : System.Text.Encoding.UTF8.GetBytes(LetterHtml.Of(letter)), cancel);
    }

    static async IAsyncEnumerable<object?[]> RowsAsync(ReportReading reading, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (reading.Asked.TellsFrom)
            foreach (var account in await AccountMoved.OfAsync(reading, cancel))
                foreach (var row in account.Rows(reading.Asked.From, reading.Asked.AsOf))
                    yield return
                    [
                        row.Kind, row.Number, row.Date, null, null, row.Balance.Currency.Code, row.Amount, null, null, row.Reference, row.Balance, row.Difference,
                        row.Difference?.Currency.Code,
                    ];
        await foreach (var row in OpenAsync(reading, cancel)) yield return reading.Asked.TellsFrom ? [.. row, null, null, null, null] : row;
    }

    static async IAsyncEnumerable<object?[]> OpenAsync(ReportReading reading, [EnumeratorCancellation] CancellationToken cancel)
    {
        var asOf = reading.Asked.AsOf;
        var documents = await new ReceivablesThen(reading.Reader, reading.Asked.Payer!, asOf).ReadAsync(cancel);
        bool Wanted(Currency currency) => reading.Asked.Currency is not { } asked || asked == currency;
        foreach (var invoice in documents.OfType<Invoice>().Where(invoice => Wanted(invoice.Currency)).OrderBy(invoice => invoice.DueDate)
            .ThenBy(invoice => invoice.Number, StringComparer.Ordinal))
        {
            Money Of(long minor) => new(minor, invoice.Currency);
            var disputed = Math.Min(invoice.Open, invoice.Parts.Where(part => part.WasDisputedOn(asOf)).Sum(part => part.Amount));
            yield return
            [
                "invoice", invoice.Number, invoice.Date, invoice.DueDate, Math.Max(0, asOf.DayNumber - invoice.DueDate.DayNumber), invoice.Currency.Code,
                Of(invoice.Amount), Of(invoice.Open), Of(disputed),
            ];
        }

        foreach (var note in documents.OfType<CreditNote>().Where(note => note.Open > 0 && Wanted(note.Currency)).OrderBy(note => note.Date)
            .ThenBy(note => note.Number, StringComparer.Ordinal))
            yield return Credit("creditNote", note.Number, note.Date, new Money(note.Amount, note.Currency), new Money(note.Open, note.Currency));
        foreach (var receipt in documents.OfType<Receipt>().Where(receipt => receipt.Open > 0 && Wanted(receipt.Currency)).OrderBy(receipt => receipt.Date)
            .ThenBy(receipt => receipt.Number, StringComparer.Ordinal))
            if (receipt.Status == ReceiptStatus.Cleared)
            {
                var kind = receipt.TransferredFrom is null ? "receipt" : Words.Of(LedgerKind.TransferReceived);
                yield return Credit(kind, receipt.Number, receipt.Date, new Money(receipt.Amount, receipt.Currency), new Money(receipt.Open, receipt.Currency));
            }
    }

    static object?[] Credit(string kind, string number, DateOnly date, Money amount, Money open) =>
        [kind, number, date, null, null, amount.Currency.Code, -amount, -open, Money.Zero(amount.Currency)];

    static async Task<AccountLetter> LetterAsync(ReportRun run, CancellationToken cancel)
    {
        var (reading, payer, sums) = (run.Reading, run.Reading.Asked.Payer!, new ReportSums(run.Columns));
        var rows = new List<object?[]>();
        await foreach (var row in run.RowsAsync(sums, cancel)) rows.Add(row);
        var customer = await reading.Reader.MemberAsync(payer, cancel) is { } root
            ? (Customer?)await reading.Reader.FindAsync(PartiesFacts.Table, root, payer, cancel)
            : null;
        // What has moved the account has a balance and nothing open.
        var moved = rows.Where(row => row[7] is null).ToList();
        rows.RemoveAll(row => row[7] is null);
        var aging = rows.Where(row => row[0] is "invoice").GroupBy(row => ((Money)row[7]!).Currency).OrderBy(one => one.Key.Code, StringComparer.Ordinal)
            .Select(one => (one.Key, one.Aggregate(default(AgingBuckets), (sum, row) => sum + AgingBuckets.Of(((Money)row[7]!).Minor, (int)row[4]!))));
        return new AccountLetter(
            reading.Asked.Language ?? Languages.SpokenIn(customer?.BillingAddress?.Country ?? customer?.Country),
            reading.Company.Get<CompanyFacts>().Main!.Name, [.. LinesOf(customer, payer)], payer, reading.Asked.AsOf, rows, moved,
            [.. sums.Rows().Select(row => (Money)row[7]!)], [.. aging]);
    }

    static IEnumerable<string> LinesOf(Customer? customer, string payer)
    {
        yield return customer?.Name ?? payer;
        if (customer?.BillingAddress is not { } address) yield break;
        foreach (var line in new[] { address.Line1, address.Line2, $"{address.PostalCode} {address.City}".Trim(), address.Region, address.Country })
            if (!string.IsNullOrWhiteSpace(line)) yield return line;
    }
}
