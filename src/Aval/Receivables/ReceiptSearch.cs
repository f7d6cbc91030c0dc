using Aval.Kernel.Storage;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>Finds receipts of all payers.</summary>
public static class ReceiptSearch
{
    /// <summary>Of the newest receipts those whose number or reference contains the text; of all others those whose number begins with it.</summary>
    public static async Task<Sought<Receipt>> SeekAsync(Store store, string text, int most, CancellationToken cancel, int newest = Seeker.Newest)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        var seeking = new Seeking<Receipt>(
            ReceivablesTables.Receipt, PostReceipt.Scope, "date DESC, number, root", ["number", "reference"], ["root", "number", "reference", "date"], receipt => receipt.Number);
        return await Seeker.FindAsync(reader, seeking, text, most, cancel, newest);
    }
}
