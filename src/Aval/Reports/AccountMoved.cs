using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Receivables;
using Aval.Reports.Rules;

namespace Aval.Reports;

/// <summary>What has moved the account of a payer in one currency in a period, with the balance before, behind each line, and after.</summary>
sealed record AccountMoved(Money Opening, IReadOnlyList<(LedgerLine Line, Money Balance)> Lines)
{
    public Money Closing => Lines.Count == 0 ? Opening : Lines[^1].Balance;

    /// <summary>By currency.</summary>
    public static async Task<IReadOnlyList<AccountMoved>> OfAsync(ReportReading reading, CancellationToken cancel)
    {
        var (payer, asked) = (reading.Asked.Payer!, reading.Asked);
        var all = await PayerDocuments.OfAsync(reading.Reader, payer, asked.AsOf, cancel);
        return
        [
            .. CustomerLedger.Of(payer, all.Invoices, all.Notes, all.Receipts, all.Settlements, all.Withdrawals)
                .Where(line => line.Date <= asked.AsOf && (asked.Currency is not { } currency || line.Amount.Currency == currency))
                .GroupBy(line => line.Amount.Currency).OrderBy(account => account.Key.Code, StringComparer.Ordinal).Select(account => Of(account, asked.From)),
        ];
    }

    /// <summary>Kind, number, reference, date, amount, balance, and what the rates have done, of the opening, each line and the closing.</summary>
    public IEnumerable<(string Kind, string? Number, string? Reference, DateOnly Date, Money? Amount, Money Balance, Money? Difference)> Rows(DateOnly from, DateOnly asOf)
    {
        yield return ("opening", null, null, from, null, Opening, null);
        foreach (var (line, balance) in Lines)
            yield return (Words.Of(line.Kind), line.Number, line.Reference, line.Date, line.Difference is null ? line.Amount : null, balance, line.Difference);
        yield return ("closing", null, null, asOf, null, Closing, null);
    }

    static AccountMoved Of(IGrouping<Currency, LedgerLine> account, DateOnly from)
    {
        var opening = account.Where(line => line.Date < from).Aggregate(Money.Zero(account.Key), (sum, line) => sum + line.Amount);
        var (lines, balance) = (new List<(LedgerLine, Money)>(), opening);
        foreach (var line in account.Where(line => line.Date >= from)) lines.Add((line, balance += line.Amount));
        return new AccountMoved(opening, lines);
    }
}
