using System.Globalization;
using Aval.Checks.Rules;
using Aval.Kernel.Storage;

namespace Aval.Checks;

/// <summary>What blocks tell at a glance: how long those that ended were waited for, whose limits are asked about, and which of some orders are held.</summary>
public static class BlockFigures
{
    /// <summary>Hours for which the blocks that were opened since a day, and have ended, were open; the shortest first. The newest blocks where there are more.</summary>
    public static async Task<IReadOnlyList<double>> HoursOpenAsync(Store store, DateOnly from, int most, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        await using var command = reader.Command($"""
            SELECT {ChecksFacts.BlockTable.ColumnList} FROM block
            WHERE to_sequence IS NULL AND opened_on >= @from AND status = 'closed' ORDER BY opened_on DESC, id LIMIT @most
            """);
        StoreReader.Add(command, "from", reader.DateParameter(from));
        StoreReader.Add(command, "most", most);
        return
        [
            .. (await reader.RowsAsync(command, ChecksFacts.BlockTable, cancel)).Cast<Block>().Select(block => block.ClosedAt - block.OpenedAt).OfType<TimeSpan>()
                .Select(open => open.TotalHours).Order(),
        ];
    }

    /// <summary>The payers whose orders were checked last since a day, the last first.</summary>
    public static async Task<IReadOnlyList<string>> PayersCheckedAsync(Store store, DateOnly from, int most, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        await using var command = reader.Command(
            "SELECT payer FROM order_check WHERE to_sequence IS NULL AND date >= @from GROUP BY payer ORDER BY max(date) DESC, payer LIMIT @most");
        StoreReader.Add(command, "from", reader.DateParameter(from));
        StoreReader.Add(command, "most", most);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var payers = new List<string>();
        while (await rows.ReadAsync(cancel)) payers.Add(rows.GetString(0));
        return payers;
    }

    /// <summary>The open blocks of these orders; those due first before others.</summary>
    public static async Task<IReadOnlyList<Block>> OfOrdersAsync(Store store, IReadOnlyList<string> orders, CancellationToken cancel)
    {
        if (orders.Count == 0) return [];
        await using var reader = await store.SnapshotAsync(cancel);
        await using var command = reader.Command(
            $"""SELECT {ChecksFacts.BlockTable.ColumnList} FROM block WHERE to_sequence IS NULL AND live AND "order" {reader.Among("@orders")}""");
        StoreReader.Add(command, "orders", reader.ListParameter(orders));
        return
        [
            .. (await reader.RowsAsync(command, ChecksFacts.BlockTable, cancel)).Cast<Block>().OrderBy(block => block.DueOn ?? DateOnly.MaxValue)
                .ThenBy(block => block.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>Open blocks that are to be decided, those due first before others; and how many there are.</summary>
    public static async Task<(IReadOnlyList<Block> Found, int Total)> ToDecideAsync(Store store, int most, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        const string Where = "FROM block WHERE to_sequence IS NULL AND live AND triage = 'arbitrate'";
        await using var count = reader.Command($"SELECT count(*) {Where}");
        var total = Convert.ToInt32(await count.ExecuteScalarAsync(cancel), CultureInfo.InvariantCulture);
        await using var command = reader.Command($"SELECT {ChecksFacts.BlockTable.ColumnList} {Where} ORDER BY due_on IS NULL, due_on, id LIMIT @most");
        StoreReader.Add(command, "most", most);
        return ([.. (await reader.RowsAsync(command, ChecksFacts.BlockTable, cancel)).Cast<Block>()], total);
    }
}
