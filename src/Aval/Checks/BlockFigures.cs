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
        await using var command = reader.Command("""
            SELECT opened_at, closed_at FROM block WHERE to_sequence IS NULL AND opened_on >= @from AND status = 'closed' ORDER BY opened_on DESC, id LIMIT @most
            """);
        StoreReader.Add(command, "from", reader.DateParameter(from));
        StoreReader.Add(command, "most", most);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var hours = new List<double>();
        while (await rows.ReadAsync(cancel))
            if (!rows.IsDBNull(1)) hours.Add((At(1) - At(0)).TotalHours);
        return [.. hours.Order()];

        DateTimeOffset At(int column) => (DateTimeOffset)reader.ReadValue(rows, column, ColumnKind.Instant);
    }

    /// <summary>Checks that are looked at for the payers of the last: enough for many, and not those of all days.</summary>
    const int MostChecks = 2_000;

    /// <summary>The payers whose orders were checked last since a day, the last first; of the last two thousand checks.</summary>
    public static async Task<IReadOnlyList<string>> PayersCheckedAsync(Store store, DateOnly from, int most, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        await using var command = reader.Command("""
            SELECT payer FROM (SELECT payer, date FROM order_check WHERE to_sequence IS NULL AND date >= @from ORDER BY date DESC, id DESC LIMIT @checks) latest
            GROUP BY payer ORDER BY max(date) DESC, payer LIMIT @most
            """);
        StoreReader.Add(command, "checks", MostChecks);
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

    /// <summary>Open blocks that are to be decided, those due first before others, those without a day last; at most so many.</summary>
    public static async Task<IReadOnlyList<Block>> ToDecideAsync(Store store, int most, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        var found = await SomeAsync("due_on IS NOT NULL ORDER BY due_on, id", most);
        return found.Count == most ? found : [.. found, .. await SomeAsync("due_on IS NULL ORDER BY id", most - found.Count)];

        // Each half follows an index, which the order of both together would not.
        async Task<IReadOnlyList<Block>> SomeAsync(string half, int wanted)
        {
            await using var command = reader.Command(
                $"SELECT {ChecksFacts.BlockTable.ColumnList} FROM block WHERE to_sequence IS NULL AND live AND triage = 'arbitrate' AND {half} LIMIT @most");
            StoreReader.Add(command, "most", wanted);
            return [.. (await reader.RowsAsync(command, ChecksFacts.BlockTable, cancel)).Cast<Block>()];
        }
    }
}
