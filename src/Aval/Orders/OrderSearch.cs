using Aval.Kernel.Storage;
using Aval.Orders.Rules;

namespace Aval.Orders;

/// <summary>What can be asked of orders across all roots.</summary>
public static class OrderSearch
{
    /// <summary>Orders whose number or purchase order contains the text, or that are of one of these customers; newest first.</summary>
    /// <param name="text">Null for all.</param>
    /// <param name="customers">Who else is meant by the text.</param>
    public static async Task<(IReadOnlyList<Order> Found, int Total)> FindAsync(
        Store store, string? text, IReadOnlyList<string> customers, OrderStatus? status, int skip, int most, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        var matching = "to_sequence IS NULL"
            + (text is null ? "" : $@" AND (lower(number) LIKE @text ESCAPE '\' OR lower(purchase_order) LIKE @text ESCAPE '\' OR customer {reader.Among("@customers")})")
            + (status is null ? "" : " AND status = @status");
        await using var count = Asking($"SELECT count(*) FROM sales_order WHERE {matching}");
        var total = Convert.ToInt32(await count.ExecuteScalarAsync(cancel), System.Globalization.CultureInfo.InvariantCulture);
        await using var command = Asking(
            $"SELECT {OrdersFacts.Table.ColumnList} FROM sales_order WHERE {matching} ORDER BY order_date DESC, number DESC, root LIMIT @most OFFSET @skip");
        StoreReader.Add(command, "most", most);
        StoreReader.Add(command, "skip", skip);
        return ([.. (await reader.RowsAsync(command, OrdersFacts.Table, cancel)).Cast<Order>()], total);

        System.Data.Common.DbCommand Asking(string sql)
        {
            var asking = reader.Command(sql);
            if (text is not null)
            {
                StoreReader.Add(asking, "text", Like.Containing(text));
                StoreReader.Add(asking, "customers", reader.ListParameter(customers));
            }

            if (status is { } wanted) StoreReader.Add(asking, "status", Words.Of(wanted));
            return asking;
        }
    }
}
