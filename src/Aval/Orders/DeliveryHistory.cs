using Aval.Kernel;
using Aval.Kernel.Storage;

namespace Aval.Orders;

/// <summary>When goods left, for whoever follows orders.</summary>
public static class DeliveryHistory
{
    /// <summary>The days on which goods of these orders of one root left, by order and day.</summary>
    public static async Task<IReadOnlyList<(string Order, DateOnly Date)>> DaysAsync(StoreReader reader, string root, IReadOnlyCollection<string> orders, CancellationToken cancel)
    {
        await using var command = reader.Command(
            $"""
            SELECT DISTINCT "order", date FROM delivery
            WHERE lane = @lane AND root = @root AND "order" {reader.Among("@orders")} AND to_sequence IS NULL ORDER BY "order", date
            """);
        StoreReader.Add(command, "lane", Lane.Of(root));
        StoreReader.Add(command, "root", root);
        StoreReader.Add(command, "orders", reader.ListParameter([.. orders]));
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new List<(string, DateOnly)>();
        while (await rows.ReadAsync(cancel)) found.Add((rows.GetString(0), reader.Date(rows, 1)));
        return found;
    }
}
