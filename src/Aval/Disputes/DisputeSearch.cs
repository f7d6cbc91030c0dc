using System.Globalization;
using Aval.Disputes.Rules;
using Aval.Kernel.Storage;

namespace Aval.Disputes;

/// <summary>Finds disputes of all payers.</summary>
public static class DisputeSearch
{
    /// <summary>Those whose number or invoice contains the text; the last raised first.</summary>
    public static async Task<(IReadOnlyList<Dispute> Found, int Total)> FindAsync(Store store, string text, int most, CancellationToken cancel)
    {
        const string Matching = """to_sequence IS NULL AND (lower(number) LIKE @text ESCAPE '\' OR lower(invoice) LIKE @text ESCAPE '\')""";
        await using var reader = await store.SnapshotAsync(cancel);
        await using var count = reader.Command($"SELECT count(*) FROM dispute WHERE {Matching}");
        StoreReader.Add(count, "text", Like.Containing(text));
        var total = Convert.ToInt32(await count.ExecuteScalarAsync(cancel), CultureInfo.InvariantCulture);
        await using var command = reader.Command(
            $"SELECT {DisputesFacts.Table.ColumnList} FROM dispute WHERE {Matching} ORDER BY raised DESC, number, root LIMIT @most");
        StoreReader.Add(command, "text", Like.Containing(text));
        StoreReader.Add(command, "most", most);
        return ([.. (await reader.RowsAsync(command, DisputesFacts.Table, cancel)).Cast<Dispute>()], total);
    }
}
