using Aval.Kernel.Storage;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>Finds receipts of all payers.</summary>
public static class ReceiptSearch
{
    /// <summary>Those whose number or reference contains the text; the newest first.</summary>
    public static async Task<(IReadOnlyList<Receipt> Found, int Total)> FindAsync(Store store, string text, int most, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        return await new Wanted(reader).Containing(text, "number", "reference").PageAsync(ReceivablesTables.Receipt, "date DESC, number, root", 0, most, cancel);
    }
}
