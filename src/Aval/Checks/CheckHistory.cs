using Aval.Checks.Rules;
using Aval.Kernel.Storage;

namespace Aval.Checks;

/// <summary>The checks and blocks of a period, as they stand now, for whoever counts them. Each is given as it is read: there may be many.</summary>
public static class CheckHistory
{
    /// <summary>Checks made from one business date to another, by date and id.</summary>
    public static async Task ChecksAsync(StoreReader reader, DateOnly from, DateOnly to, Action<OrderCheck> take, CancellationToken cancel)
    {
        await using var command = reader.Command(
            $"SELECT {ChecksFacts.CheckTable.ColumnList} FROM order_check WHERE to_sequence IS NULL AND date >= @from AND date <= @to ORDER BY date, id");
        StoreReader.Add(command, "from", reader.DateParameter(from));
        StoreReader.Add(command, "to", reader.DateParameter(to));
        await reader.ReadAsync(command, ChecksFacts.CheckTable, (check, _) => take((OrderCheck)check), cancel);
    }

    /// <summary>Blocks opened from one business date to another, as they were opened, each with its root, and whether their order had been blocked before.</summary>
    public static async Task BlocksAsync(StoreReader reader, DateOnly from, DateOnly to, Action<Block, string, bool> take, CancellationToken cancel)
    {
        var columns = string.Join(", ", ChecksFacts.BlockTable.Columns.Select(column => $"b.\"{column.Name}\""));
        await using var command = reader.Command(
            $"""
            SELECT {columns}, CAST(CASE WHEN EXISTS (
                SELECT 1 FROM block e WHERE e.lane = b.lane AND e.root = b.root AND e."order" = b."order" AND e.to_sequence IS NULL AND e.id <> b.id
                    AND e.opened_at < b.opened_at) THEN 1 ELSE 0 END AS BIGINT), b.root
            FROM block b WHERE b.to_sequence IS NULL AND b.opened_on >= @from AND b.opened_on <= @to ORDER BY b.opened_on, b.opened_at, b.opened_entry, b.id
            """);
        StoreReader.Add(command, "from", reader.DateParameter(from));
        StoreReader.Add(command, "to", reader.DateParameter(to));
        var before = ChecksFacts.BlockTable.Columns.Count;
        await reader.ReadAsync(command, ChecksFacts.BlockTable, (block, row) => take((Block)block, row.GetString(before + 1), row.GetInt64(before) == 1), cancel);
    }
}
