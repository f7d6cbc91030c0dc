using System.Data.Common;
using System.Globalization;
using Aval.Kernel.Storage;
using Aval.Orders.Rules;

namespace Aval.Orders;

/// <summary>Finds the orders that somebody should act on today: those that may leave, and the held ones of whoever entered them.</summary>
public static class ReleasedOrders
{
    /// <summary>Released orders that have not all left and ship up to this day, or say no day; those due first before others.</summary>
    public static async Task<(IReadOnlyList<Order> Found, int Total)> ToShipAsync(Store store, DateOnly to, int most, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        await using var count = Asking(reader, to, "count(*)", "");
        var total = Convert.ToInt32(await count.ExecuteScalarAsync(cancel), CultureInfo.InvariantCulture);
        await using var command = Asking(reader, to, OrdersFacts.Table.ColumnList, "ORDER BY coalesce(ship_date, @to), number LIMIT @most");
        StoreReader.Add(command, "most", most);
        return ([.. (await reader.RowsAsync(command, OrdersFacts.Table, cancel)).Cast<Order>()], total);
    }

    /// <summary>The numbers of the held orders that this person has entered, at most so many.</summary>
    public static async Task<IReadOnlyList<string>> HeldOfAsync(Store store, string person, int most, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        await using var command = reader.Command(
            $"SELECT {OrdersFacts.Table.ColumnList} FROM sales_order WHERE to_sequence IS NULL AND status = 'held' AND entered_by = @person ORDER BY number LIMIT @most");
        StoreReader.Add(command, "person", person);
        StoreReader.Add(command, "most", most);
        return [.. (await reader.RowsAsync(command, OrdersFacts.Table, cancel)).Cast<Order>().Select(order => order.Number)];
    }

    static DbCommand Asking(StoreReader reader, DateOnly to, string what, string order)
    {
        var command = reader.Command(
            $"SELECT {what} FROM sales_order WHERE to_sequence IS NULL AND status = 'released' AND (ship_date IS NULL OR ship_date <= @to) {order}");
        StoreReader.Add(command, "to", reader.DateParameter(to));
        return command;
    }
}
