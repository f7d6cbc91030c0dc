using Aval.Cash.Rules;
using Aval.Company;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Rates;
using Aval.Receivables;
using Aval.Receivables.Rules;
using Aval.Work;

namespace Aval.Cash.Screens;

/// <summary>Money that has found no invoice, and the held orders that wait for it, each once.</summary>
/// <param name="HeldUp">What those orders come to, in the company's currency.</param>
public sealed record UnappliedReceipt(Receipt Receipt, MatchStatus? Status, IReadOnlyList<HeldUpOrder> Held, Money HeldUp);

/// <summary>How much money waits for an invoice: a page of it, and what all of it comes to.</summary>
/// <param name="Open">By currency.</param>
/// <param name="Held">All held orders that wait for it.</param>
public sealed record UnappliedList(IReadOnlyList<UnappliedReceipt> Page, int Receipts, IReadOnlyList<Money> Open, IReadOnlyList<HeldUpOrder> Held);

/// <summary>A receipt for which somebody must choose.</summary>
public sealed record ProposedReceipt(Receipt Receipt, ReceiptMatch Match);

/// <summary>What the pages about cash read.</summary>
static class CashQuery
{
    /// <summary>The defect of a held order that a receipt has not been applied, as work lists name it.</summary>
    const string UnappliedDefect = "unappliedReceipt";

    public static readonly Sorting ProposedSorting = new(
        new Dictionary<string, string>(StringComparer.Ordinal) { ["number"] = "receipt", ["payer"] = "payer", ["since"] = "\"on\"" }, "\"on\"", "receipt");

    /// <summary>Receipts that wait for a person, the longest waiting first.</summary>
    public static Task<(IReadOnlyList<ProposedReceipt> Found, int Total)> ProposedAsync(Store store, int skip, int most, CancellationToken cancel) =>
        ProposedAsync(store, null, null, false, skip, most, cancel);

    /// <param name="payers">Only these; null for all.</param>
    /// <param name="by">One of <see cref="ProposedSorting"/>; null for the longest waiting first.</param>
    public static async Task<(IReadOnlyList<ProposedReceipt> Found, int Total)> ProposedAsync(
        Store store, IReadOnlyList<string>? payers, string? by, bool descending, int skip, int most, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        var (matches, total) = await new Wanted(reader).And("live").Among("payer", payers)
            .PageAsync(CashFacts.Table, ProposedSorting.Sql(by, descending), skip, most, cancel);
        var found = new List<ProposedReceipt>();
        foreach (var match in matches)
            if (await reader.FindAsync(ReceivablesTables.Receipt, PostReceipt.Scope, match.Receipt, match.Receipt, cancel) is Receipt receipt)
                found.Add(new ProposedReceipt(receipt, match));
        return (found, total);
    }

    /// <summary>The receipt that waits for a choice behind this one, else the first of all; null when no other does.</summary>
    public static async Task<string?> NextProposedAsync(Store store, ReceiptMatch? after, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        var others = new Wanted(reader).And("live").And("receipt <> @receipt", "receipt", after?.Receipt ?? "").With("since", after?.On ?? DateOnly.MinValue);
        var next = await others.RowsAsync(CashFacts.Table, "CASE WHEN (\"on\", receipt) > (@since, @receipt) THEN 0 ELSE 1 END, \"on\", receipt", 0, 1, cancel);
        return next is [var first, ..] ? first.Receipt : null;
    }

    /// <summary>Money that waits for an invoice: no deposit, and not kept on account. Those that hold orders up come first, what holds up most in front, then the oldest.</summary>
    /// <param name="most">0: no page is read.</param>
    public static async Task<UnappliedList> UnappliedAsync(Store store, Facts company, int skip, int most, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        var sums = await UnappliedMoney.SumsAsync(reader, company.Through, cancel);
        var held = (await WorkSearch.HeldUpByAsync(reader, UnappliedDefect, cancel)).ToLookup(item => item.Subject, StringComparer.Ordinal);
        var holding = await UnappliedMoney.OfAsync(reader, [.. held.Select(of => of.Key)], company.Through, cancel);
        var first = holding.Select(receipt => Of(receipt, null, held[receipt.Number], company)).Where(waiting => waiting.HeldUp.Minor > 0)
            .OrderByDescending(waiting => waiting.HeldUp.Minor).ThenBy(waiting => waiting.Receipt.Date).ThenBy(waiting => waiting.Receipt.Number, StringComparer.Ordinal).ToList();
        var page = first.Skip(skip).Take(most).ToList();
        var others = await UnappliedMoney.PageAsync(
            reader, [.. first.Select(waiting => waiting.Receipt.Number)], company.Through, Math.Max(0, skip - first.Count), most - page.Count, cancel);
        page.AddRange(others.Select(receipt => Of(receipt, null, held[receipt.Number], company)));
        var matches = await StatusAsync(reader, [.. page.Select(waiting => waiting.Receipt.Number)], cancel);
        return new UnappliedList(
            page.ConvertAll(waiting => waiting with { Status = matches.GetValueOrDefault(waiting.Receipt.Number)?.Status }), sums.Sum(sum => sum.Receipts),
            [.. sums.Select(sum => sum.Open)], [.. holding.SelectMany(receipt => held[receipt.Number]).DistinctBy(item => item.Order, StringComparer.Ordinal)]);
    }

    /// <summary>The same of some payers, or in another order.</summary>
    /// <param name="payers">Only these; null for all.</param>
    /// <param name="by">One of <see cref="UnappliedMoney.Sorting"/>; null for the oldest first.</param>
    public static async Task<(IReadOnlyList<UnappliedReceipt> Found, int Total)> UnappliedAsync(
        Store store, Facts company, IReadOnlyList<string>? payers, string? by, bool descending, int skip, int most, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        var weights = Weights.Of(company);
        var (receipts, total) = await UnappliedMoney.PageAsync(
            reader, payers, company.Through, amount => weights.Compared(amount, "currency"), by, descending, skip, most, cancel);
        var held = (await WorkSearch.HeldUpByAsync(reader, UnappliedDefect, cancel)).ToLookup(item => item.Subject, StringComparer.Ordinal);
        var matches = await StatusAsync(reader, [.. receipts.Select(receipt => receipt.Number)], cancel);
        return ([.. receipts.Select(receipt => Of(receipt, matches.GetValueOrDefault(receipt.Number)?.Status, held[receipt.Number], company))], total);
    }

    /// <summary>One receipt with the orders that it holds up.</summary>
    public static async Task<UnappliedReceipt> OfAsync(Store store, Facts company, Receipt receipt, MatchStatus? status, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        var held = (await WorkSearch.AboutAsync(reader, [receipt.Number], cancel)).Where(item => item.Order is not null);
        return Of(receipt, status, held.Select(item => new HeldUpOrder(item.Subject, item.Order!, new Money(item.Amount, item.Currency))), company);
    }

    /// <summary>All that is told in the company's currency; what has no rate is left out.</summary>
    public static Money Sum(IEnumerable<Money> amounts, Facts company)
    {
        var home = company.Get<CompanyFacts>().Main!.Currency;
        var sum = amounts.GroupBy(amount => amount.Currency).Sum(of =>
            company.Get<RatesFacts>().Converted(new Money(of.Sum(amount => amount.Minor), of.Key), home, company.Through)?.Minor ?? 0);
        return new Money(sum, home);
    }

    static UnappliedReceipt Of(Receipt receipt, MatchStatus? status, IEnumerable<HeldUpOrder> held, Facts company)
    {
        var orders = held.DistinctBy(item => item.Order, StringComparer.Ordinal).ToList();
        return new UnappliedReceipt(receipt, status, orders, Sum(orders.Select(item => item.Amount), company));
    }

    static async Task<Dictionary<string, ReceiptMatch>> StatusAsync(StoreReader reader, IReadOnlyList<string> numbers, CancellationToken cancel)
    {
        if (numbers.Count == 0) return [];
        await using var command = reader.Command(
            $"SELECT {CashFacts.Table.ColumnList} FROM receipt_match WHERE to_sequence IS NULL AND receipt {reader.Among("@numbers")}");
        StoreReader.Add(command, "numbers", reader.ListParameter(numbers));
        return (await reader.RowsAsync(command, CashFacts.Table, cancel)).Cast<ReceiptMatch>().ToDictionary(match => match.Receipt, StringComparer.Ordinal);
    }
}
