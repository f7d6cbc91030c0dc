using Aval.Disputes.Rules;
using Aval.Kernel.Storage;

namespace Aval.Disputes;

/// <summary>Disputes of the past and of today, for whoever follows invoices.</summary>
public static class DisputeHistory
{
    /// <summary>Invoices asked for together.</summary>
    const int InvoicesAtOnce = 500;

    /// <summary>The invoice that a dispute names; null when there is no such dispute.</summary>
    public static async Task<string?> InvoiceOfAsync(Store store, string dispute, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        return ((Dispute?)await reader.FindAsync(DisputesFacts.Table, RecordDispute.Scope, dispute, dispute, cancel))?.Invoice;
    }

    /// <summary>All disputes on these invoices, ended ones too, by the day on which they were raised.</summary>
    public static async Task<IReadOnlyList<Dispute>> OfInvoicesAsync(StoreReader reader, IReadOnlyCollection<string> invoices, CancellationToken cancel)
    {
        var found = new List<Dispute>();
        foreach (var some in invoices.Chunk(InvoicesAtOnce))
        {
            await using var command = reader.Command(
                $"SELECT {DisputesFacts.Table.ColumnList} FROM dispute WHERE to_sequence IS NULL AND invoice {reader.Among("@invoices")} ORDER BY raised, number");
            StoreReader.Add(command, "invoices", reader.ListParameter(some));
            found.AddRange((await reader.RowsAsync(command, DisputesFacts.Table, cancel)).Cast<Dispute>());
        }

        return found;
    }
}
