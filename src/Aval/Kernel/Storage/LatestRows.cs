using System.Data.Common;
using System.Globalization;

namespace Aval.Kernel.Storage;

/// <summary>Reads the newest rows of a payer from a table that somebody hands over: what a timeline is put together from.</summary>
public static class LatestRows
{
    /// <summary>The current rows, closed documents too, the last day first.</summary>
    /// <param name="day">The column with the day on which it happened.</param>
    /// <param name="customer">Only those that name this customer; null for all of the payer.</param>
    /// <param name="earliest">The first day first, in place of the last.</param>
    public static async Task<IReadOnlyList<TRow>> LatestAsync<TRow>(
        this StoreReader reader, Table<TRow> table, string day, string payer, string? customer, int most, CancellationToken cancel, bool earliest = false) where TRow : class
    {
        var way = earliest ? "ASC" : "DESC";
        await using var command = Asking(
            reader, $"SELECT {table.ColumnList} FROM {table.Name}", $"""ORDER BY "{day}" {way}, "{table.KeyColumn}" {way} LIMIT @most""", payer, customer);
        StoreReader.Add(command, "most", most);
        return [.. (await reader.RowsAsync(command, table, cancel)).Cast<TRow>()];
    }

    /// <summary>How many there are of them.</summary>
    public static async Task<int> CountAsync(this StoreReader reader, Table table, string payer, string? customer, CancellationToken cancel)
    {
        await using var command = Asking(reader, $"SELECT count(*) FROM {table.Name}", "", payer, customer);
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancel), CultureInfo.InvariantCulture);
    }

    static DbCommand Asking(StoreReader reader, string what, string order, string payer, string? customer)
    {
        var command = reader.Command($"{what} WHERE to_sequence IS NULL AND payer = @payer {(customer is null ? "" : "AND customer = @customer")} {order}");
        StoreReader.Add(command, "payer", payer);
        if (customer is not null) StoreReader.Add(command, "customer", customer);
        return command;
    }
}
