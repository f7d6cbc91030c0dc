using System.Globalization;
using Aval.Checks.Rules;
using Aval.Kernel.Storage;

namespace Aval.Checks;

/// <summary>Finds the blocks that stand.</summary>
static class OpenBlocks
{
    /// <summary>Those whose order's number contains the text, or that are of one of these customers; the longest standing first.</summary>
    public static async Task<(IReadOnlyList<Block> Found, int Total)> FindAsync(Store store, string text, IReadOnlyList<string> customers, int most, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        var matching = $"""to_sequence IS NULL AND live AND (lower("order") LIKE @text ESCAPE '\' OR customer {reader.Among("@customers")})""";
        await using var count = Asking($"SELECT count(*) FROM block WHERE {matching}");
        var total = Convert.ToInt32(await count.ExecuteScalarAsync(cancel), CultureInfo.InvariantCulture);
        await using var command = Asking($"SELECT {ChecksFacts.BlockTable.ColumnList} FROM block WHERE {matching} ORDER BY opened_on, opened_at, id LIMIT @most");
        StoreReader.Add(command, "most", most);
        return ([.. (await reader.RowsAsync(command, ChecksFacts.BlockTable, cancel)).Cast<Block>()], total);

        System.Data.Common.DbCommand Asking(string sql)
        {
            var asking = reader.Command(sql);
            StoreReader.Add(asking, "text", Like.Containing(text));
            StoreReader.Add(asking, "customers", reader.ListParameter(customers));
            return asking;
        }
    }
}
