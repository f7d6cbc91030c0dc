using Aval.Cash.Rules;
using Aval.Kernel.Storage;
using Aval.Parties;
using Aval.Receivables;

namespace Aval.Cash;

/// <summary>Reads whom a bank line may come from: all open invoices, what was learned of payers, and the customers' names.</summary>
static class PayerDirectory
{
    public static async Task<PayerFinder> ReadAsync(Store store, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        var open = await ReceivablesQuery.OpenNumbersAsync(reader, cancel);
        var lessons = await ReadLessons.AllAsync(reader, cancel);
        return new PayerFinder(
            [.. open.Select(invoice => new OpenReference(invoice.Number, invoice.Order, invoice.Payer, invoice.Free))], lessons,
            await CustomerSearch.PayersByNameAsync(reader, cancel), await CustomerSearch.GroupsAsync(reader, cancel));
    }
}
