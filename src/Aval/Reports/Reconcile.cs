using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Aval.Receivables;
using Aval.Receivables.Rules;
using Aval.Reports.Rules;

namespace Aval.Reports;

/// <summary>A total of the general ledger.</summary>
/// <param name="Payer">Null for the control account of the currency: all payers together.</param>
/// <param name="Amount">The balance, above zero where customers owe.</param>
public sealed record LedgerTotalBody(Currency Currency, decimal Amount, string? Payer = null);

/// <param name="AsOf">The day of the totals, not after the business date, which is the default.</param>
public sealed record ReconciliationBody(IReadOnlyList<LedgerTotalBody> Totals, DateOnly? AsOf = null);

/// <summary>A balance that differs.</summary>
/// <param name="Payer">Null for the control account.</param>
/// <param name="Ledger">The general ledger's; null where it tells none.</param>
/// <param name="Ours">Open invoices, less open credit notes and the open rest of cleared receipts.</param>
/// <param name="Difference">The general ledger's less ours.</param>
public sealed record ReconciliationDifference(
    string? Payer, Currency Currency, decimal? Ledger, decimal Ours, decimal Difference, decimal Invoices, decimal CreditNotes, decimal Receipts);

/// <param name="Compared">Totals that were sent.</param>
/// <param name="Agree">Of which equal to ours.</param>
/// <param name="Differences">By payer and currency. Where totals of payers are sent, payers with a balance that were not sent are among them.</param>
public sealed record ReconciliationAnswer(DateOnly AsOf, int Compared, int Agree, IReadOnlyList<ReconciliationDifference> Differences);

/// <summary>Compares totals of the general ledger with what the documents come to.</summary>
public static class Reconcile
{
    const int MostTotals = 200_000;

    internal static void Map(Api api) => api.Post<ReconciliationBody, ReconciliationAnswer>(
        "/reports/reconciliation", ReceivablesPermissions.Read, "Compares totals of the general ledger with the balances of the documents, and lists what differs",
        async (body, request, cancel) =>
        {
            var company = await request.Desk.CompanyAsync(cancel);
            await using var reader = await request.Store.LongSnapshotAsync(cancel);
            return await RunAsync(reader, body, company.Through, cancel);
        });

    /// <returns>Refuses with <c>field-invalid</c>.</returns>
    public static async Task<Answered<ReconciliationAnswer>> RunAsync(StoreReader reader, ReconciliationBody body, DateOnly today, CancellationToken cancel)
    {
        var asOf = body.AsOf ?? today;
        if (asOf > today) return KernelProblems.Invalid("asOf", $"must not be after the business date {today:yyyy-MM-dd}");
        if (body.Totals.Count is 0 or > MostTotals) return KernelProblems.Invalid("totals", $"must name 1 to {MostTotals} totals");
        var told = new Dictionary<(string Payer, string Currency), Money>();
        for (var i = 0; i < body.Totals.Count; i++)
        {
            var (currency, amount, payer) = body.Totals[i];
            if (payer is not null && Numbers.Refuse($"totals[{i}].payer", payer) is { } refusal) return refusal;
            if (!Money.TryOf(amount, currency, out var total)) return KernelProblems.Invalid($"totals[{i}].amount", $"must be an amount of {currency}");
            if (!told.TryAdd((payer ?? "", currency.Code), total)) return KernelProblems.Invalid($"totals[{i}]", "names the same payer and currency a second time");
        }

        var ours = await BalancesAsync(reader, asOf, cancel);
        var differences = BalanceOfPayer.Differences(told, ours);
        return new ReconciliationAnswer(asOf, told.Count, told.Count - differences.Count(row => row.Ledger is not null), [.. differences.Select(Answer)]);
    }

    static async Task<List<BalanceOfPayer>> BalancesAsync(StoreReader reader, DateOnly asOf, CancellationToken cancel)
    {
        var balances = new List<BalanceOfPayer>();
        await foreach (var book in PayerBooks.ReadAsync(reader, null, asOf, asOf, cancel))
            foreach (var currency in book.Invoices.GroupBy(kept => kept.Invoice.Currency))
                balances.Add(new BalanceOfPayer(book.Payer, currency.Key, currency.Sum(kept => book.On(kept.Invoice, asOf)?.Open ?? 0), 0, 0));
        await foreach (var note in OpenCredits.NotesAsync(reader, null, asOf, cancel)) balances.Add(new BalanceOfPayer(note.Payer, note.Currency, 0, note.Open, 0));
        await foreach (var receipt in OpenCredits.ReceiptsAsync(reader, null, asOf, cancel))
            if (receipt.Status == ReceiptStatus.Cleared) balances.Add(new BalanceOfPayer(receipt.Payer, receipt.Currency, 0, 0, receipt.Open));
        return balances;
    }

    static ReconciliationDifference Answer(BalanceDifference row)
    {
        decimal Major(long minor) => new Money(minor, row.Ours.Currency).Major;
        return new ReconciliationDifference(
            row.Ours.Payer.Length == 0 ? null : row.Ours.Payer, row.Ours.Currency, row.Ledger?.Major, Major(row.Ours.Balance),
            Major((row.Ledger?.Minor ?? 0) - row.Ours.Balance), Major(row.Ours.Invoices), Major(row.Ours.CreditNotes), Major(row.Ours.Receipts));
    }
}
