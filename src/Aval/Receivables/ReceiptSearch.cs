using Aval.Kernel.Storage;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>Finds receipts of all payers.</summary>
public static class ReceiptSearch
{
    /// <summary>Those whose number or reference contains the text; the newest first.</summary>
    public static async Task<(IReadOnlyList<Receipt> Found, int Total)> FindAsync(Store store, string text, int most, CancellationToken cancel)
    {
        const string Matching = """to_sequence IS NULL AND (lower(number) LIKE @text ESCAPE '\' OR lower(reference) LIKE @text ESCAPE '\')""";
        await using var reader = await store.SnapshotAsync(cancel);
        await using var command = reader.Command(
            $"SELECT {ReceivablesTables.Receipt.ColumnList} FROM receipt WHERE {Matching} ORDER BY date DESC, number, root LIMIT @most");
        StoreReader.Add(command, "text", Like.Containing(text));
        StoreReader.Add(command, "most", most);
        List<Receipt> found = [.. (await reader.RowsAsync(command, ReceivablesTables.Receipt, cancel)).Cast<Receipt>()];
        await using var count = reader.Command($"SELECT count(*) FROM receipt WHERE {Matching}");
        StoreReader.Add(count, "text", Like.Containing(text));
        return (found, await StoreReader.TotalAsync(count, found.Count, 0, most, cancel));
    }
}
