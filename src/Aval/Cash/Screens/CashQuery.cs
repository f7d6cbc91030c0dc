using System.Globalization;
using Aval.Cash.Rules;
using Aval.Company;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Rates;
using Aval.Receivables;
using Aval.Receivables.Rules;
using Aval.Work;
using Aval.Work.Rules;

namespace Aval.Cash.Screens;

/// <summary>Money that has found no invoice, and the held orders that wait for it, each once.</summary>
/// <param name="HeldUp">What those orders come to, in the company's currency.</param>
public sealed record UnappliedReceipt(Receipt Receipt, MatchStatus? Status, IReadOnlyList<WorkItem> Held, Money HeldUp);

/// <summary>A receipt for which somebody must choose.</summary>
public sealed record ProposedReceipt(Receipt Receipt, ReceiptMatch Match);

/// <summary>What the pages about cash read.</summary>
static class CashQuery
{
    const int AtOnce = 500;

    /// <summary>Receipts that wait for a person, the longest waiting first.</summary>
    public static async Task<(IReadOnlyList<ProposedReceipt> Found, int Total)> ProposedAsync(Store store, int skip, int most, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        const string Waiting = "FROM receipt_match WHERE to_sequence IS NULL AND live";
        await using var count = reader.Command($"SELECT count(*) {Waiting}");
        var total = Convert.ToInt32(await count.ExecuteScalarAsync(cancel), CultureInfo.InvariantCulture);
        await using var command = reader.Command($"SELECT {CashFacts.Table.ColumnList} {Waiting} ORDER BY \"on\", receipt LIMIT @most OFFSET @skip");
        StoreReader.Add(command, "most", most);
        StoreReader.Add(command, "skip", skip);
        var found = new List<ProposedReceipt>();
        foreach (var match in (await reader.RowsAsync(command, CashFacts.Table, cancel)).Cast<ReceiptMatch>())
            if (await reader.FindAsync(ReceivablesTables.Receipt, PostReceipt.Scope, match.Receipt, match.Receipt, cancel) is Receipt receipt)
                found.Add(new ProposedReceipt(receipt, match));
        return (found, total);
    }

    /// <summary>Money that waits for an invoice: no deposit, and not kept on account. Those that hold orders up come first, then the oldest.</summary>
    public static async Task<IReadOnlyList<UnappliedReceipt>> UnappliedAsync(Store store, Facts company, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        var open = (await OpenCredits.ReceiptsAsync(reader, null, company.Through, cancel)).Where(receipt => receipt is { DepositFor: null, OnAccount: false }).ToList();
        var found = new List<UnappliedReceipt>();
        foreach (var some in open.Chunk(AtOnce))
        {
            string[] numbers = [.. some.Select(receipt => receipt.Number)];
            var held = (await WorkSearch.AboutAsync(reader, numbers, cancel)).Where(item => item.Order is not null).ToLookup(item => item.Subject, StringComparer.Ordinal);
            var matches = await StatusAsync(reader, numbers, cancel);
            found.AddRange(some.Select(receipt => Of(receipt, matches.GetValueOrDefault(receipt.Number)?.Status, held[receipt.Number], company)));
        }

        return
        [
            .. found.OrderByDescending(waiting => waiting.HeldUp.Minor).ThenBy(waiting => waiting.Receipt.Date).ThenBy(waiting => waiting.Receipt.Number, StringComparer.Ordinal),
        ];
    }

    /// <summary>Credit notes with something open, the oldest first.</summary>
    public static async Task<IReadOnlyList<CreditNote>> CreditsAsync(Store store, DateOnly today, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        return
        [
            .. (await OpenCredits.NotesAsync(reader, null, today, cancel)).OrderBy(note => note.Date).ThenBy(note => note.Number, StringComparer.Ordinal),
        ];
    }

    /// <summary>One receipt with the orders that it holds up.</summary>
    public static async Task<UnappliedReceipt> OfAsync(Store store, Facts company, Receipt receipt, MatchStatus? status, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        return Of(receipt, status, (await WorkSearch.AboutAsync(reader, [receipt.Number], cancel)).Where(item => item.Order is not null), company);
    }

    /// <summary>All that is told in the company's currency; what has no rate is left out.</summary>
    public static Money Sum(IEnumerable<Money> amounts, Facts company)
    {
        var home = company.Get<CompanyFacts>().Main!.Currency;
        var sum = amounts.GroupBy(amount => amount.Currency).Sum(of =>
            company.Get<RatesFacts>().Converted(new Money(of.Sum(amount => amount.Minor), of.Key), home, company.Through)?.Minor ?? 0);
        return new Money(sum, home);
    }

    static UnappliedReceipt Of(Receipt receipt, MatchStatus? status, IEnumerable<WorkItem> held, Facts company)
    {
        var orders = held.DistinctBy(item => item.Order, StringComparer.Ordinal).ToList();
        return new UnappliedReceipt(receipt, status, orders, Sum(orders.Select(item => new Money(item.Amount, item.Currency)), company));
    }

    static async Task<Dictionary<string, ReceiptMatch>> StatusAsync(StoreReader reader, IReadOnlyList<string> numbers, CancellationToken cancel)
    {
        await using var command = reader.Command(
            $"SELECT {CashFacts.Table.ColumnList} FROM receipt_match WHERE to_sequence IS NULL AND receipt {reader.Among("@numbers")}");
        StoreReader.Add(command, "numbers", reader.ListParameter(numbers));
        return (await reader.RowsAsync(command, CashFacts.Table, cancel)).Cast<ReceiptMatch>().ToDictionary(match => match.Receipt, StringComparer.Ordinal);
    }
}
