namespace Aval.Kernel.Storage;

/// <summary>Reads the newest rows of a payer from a table that somebody hands over: what a timeline is put together from.</summary>
public static class LatestRows
{
    /// <summary>The current rows, closed documents too, the last day first.</summary>
    /// <param name="day">The column with the day on which it happened.</param>
    /// <param name="customer">Only those that name this customer; null for all of the payer.</param>
    public static async Task<IReadOnlyList<TRow>> LatestAsync<TRow>(
        this StoreReader reader, Table<TRow> table, string day, string payer, string? customer, int most, CancellationToken cancel) where TRow : class
    {
        await using var command = reader.Command(
            $"""
            SELECT {table.ColumnList} FROM {table.Name} WHERE to_sequence IS NULL AND payer = @payer {(customer is null ? "" : "AND customer = @customer")}
            ORDER BY "{day}" DESC, "{table.KeyColumn}" DESC LIMIT @most
            """);
        StoreReader.Add(command, "payer", payer);
        StoreReader.Add(command, "most", most);
        if (customer is not null) StoreReader.Add(command, "customer", customer);
        return [.. (await reader.RowsAsync(command, table, cancel)).Cast<TRow>()];
    }
}
