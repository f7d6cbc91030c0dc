using Aval.Cash.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Parties;
using Aval.Receivables;

namespace Aval.Cash;

/// <summary>Reads whom a bank line may come from: all open invoices, the accounts that were learned, and the customers' names.</summary>
static class PayerDirectory
{
    public static async Task<PayerFinder> ReadAsync(Store store, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        var open = await ReceivablesQuery.OpenNumbersAsync(reader, cancel);
        return new PayerFinder(
            [.. open.Select(invoice => new OpenReference(invoice.Number, invoice.Order, invoice.Payer, invoice.Free))], await AccountsAsync(reader, cancel),
            await CustomerSearch.PayersByNameAsync(reader, cancel), await CustomerSearch.GroupsAsync(reader, cancel));
    }

    static async Task<IReadOnlyList<(string Account, string Payer)>> AccountsAsync(StoreReader reader, CancellationToken cancel)
    {
        var learned = new List<(string, string)>();
        await using var command = reader.Command("SELECT account, payer FROM payer_account WHERE to_sequence IS NULL");
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel)) learned.Add((rows.GetString(0), rows.GetString(1)));
        return learned;
    }
}
