using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;

namespace Aval.Checks;

/// <summary>A check as the history shows it.</summary>
/// <param name="At">When it was recorded, and by whom, as the journal says; null when the entry stands at another root since the customer moved.</param>
public sealed record PastCheck(OrderCheck Check, DateTimeOffset? At, string? Actor);

/// <summary>Reads what has happened to an order: its checks and the times it was held.</summary>
static class OrderHistory
{
    /// <summary>An order is seldom checked more often; the newest are shown.</summary>
    const int MostChecks = 50;

    /// <summary>Newest first.</summary>
    public static async Task<IReadOnlyList<PastCheck>> ChecksAsync(StoreReader reader, string root, string order, CancellationToken cancel)
    {
        await using var command = Of(reader, root, order, $"""
            SELECT {ChecksFacts.CheckTable.ColumnList}, from_sequence FROM order_check
            WHERE lane = @lane AND root = @root AND "order" = @order AND to_sequence IS NULL ORDER BY {ChecksFacts.NewestFirst} LIMIT {MostChecks}
            """);
        var checks = new List<(OrderCheck Check, long Sequence)>();
        await reader.ReadAsync(command, ChecksFacts.CheckTable, (check, row) => checks.Add(((OrderCheck)check, row.GetInt64(ChecksFacts.CheckTable.Columns.Count))), cancel);
        var past = new List<PastCheck>(checks.Count);
        foreach (var (check, sequence) in checks)
        {
            var entry = await reader.EntryAsync(root, sequence, cancel);
            past.Add(new PastCheck(check, entry?.At, entry?.Actor));
        }

        return past;
    }

    /// <summary>The times the order was held, the last first.</summary>
    public static async Task<IReadOnlyList<Block>> BlocksAsync(StoreReader reader, string root, string order, CancellationToken cancel)
    {
        await using var command = Of(reader, root, order, $"""
            SELECT {ChecksFacts.BlockTable.ColumnList} FROM block
            WHERE lane = @lane AND root = @root AND "order" = @order AND to_sequence IS NULL ORDER BY opened_at DESC, id DESC
            """);
        return [.. (await reader.RowsAsync(command, ChecksFacts.BlockTable, cancel)).Cast<Block>()];
    }

    static System.Data.Common.DbCommand Of(StoreReader reader, string root, string order, string sql)
    {
        var command = reader.Command(sql);
        StoreReader.Add(command, "lane", Lane.Of(root));
        StoreReader.Add(command, "root", root);
        StoreReader.Add(command, "order", order);
        return command;
    }
}
