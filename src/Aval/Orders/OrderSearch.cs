using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Orders.Rules;

namespace Aval.Orders;

/// <summary>What can be asked of orders across all roots.</summary>
public static class OrderSearch
{
    public static readonly Sorting Sorting = new(
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["number"] = "number", ["customer"] = "customer", ["orderDate"] = "order_date", ["shipDate"] = "ship_date", ["status"] = "status",
            ["amount"] = Sorting.Amount + "lines",
        },
        "order_date DESC", "number DESC, root");

    /// <summary>Orders whose number or purchase order contains the text, or that are of one of these customers; newest first.</summary>
    /// <param name="text">Null for all.</param>
    /// <param name="customers">Who else is meant by the text.</param>
    /// <param name="by">One of <see cref="Sorting"/>; null for the newest first.</param>
    /// <param name="weigh">Makes amounts in major units of several currencies comparable.</param>
    /// <param name="shipsBy">To leave on this day or before it, or on no day that is known.</param>
    public static async Task<(IReadOnlyList<Order> Found, int Total)> FindAsync(
        Store store, string? text, IReadOnlyList<string> customers, OrderStatus? status, int skip, int most, CancellationToken cancel, string? by = null,
        bool descending = false, Func<string, string>? weigh = null, DateOnly? shipsBy = null)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        var matching = "to_sequence IS NULL"
            + (text is null ? "" : $@" AND (lower(number) LIKE @text ESCAPE '\' OR lower(purchase_order) LIKE @text ESCAPE '\' OR customer {reader.Among("@customers")})")
            + (status is { } one ? $" AND status = '{Words.Of(one)}'" : "") + (shipsBy is null ? "" : " AND (ship_date <= @shipsBy OR ship_date IS NULL)");
        var ordered = Asking(
            $"SELECT {OrdersFacts.Table.ColumnList} FROM sales_order WHERE {matching} ORDER BY {Sorting.Sql(by, descending, Worth)}");
        List<Order> found = [.. (await Wanted.PageOfAsync(reader, ordered, OrdersFacts.Table, skip, most, cancel)).Cast<Order>()];
        await using var count = Asking($"SELECT count(*) FROM sales_order WHERE {matching}");
        return (found, await Wanted.TotalAsync(reader, count, found.Count, skip, most, cancel));

        // What OrderValue rounds line by line is told here to the fraction: enough to say which of two is more. What a line does not say is not stored.
        string Worth(string lines)
        {
            var value = $"""
                SELECT sum((CAST(l.value ->> 'quantity' AS NUMERIC) - coalesce(CAST(l.value ->> 'cancelled' AS NUMERIC), 0)) * CAST(l.value ->> 'unitPrice' AS NUMERIC)
                    * (1 - coalesce(CAST(l.value ->> 'discountPercent' AS NUMERIC), 0) / 100.0) * (1 + CAST(l.value ->> 'taxRate' AS NUMERIC) / 100.0))
                FROM {reader.EachOf(lines, "l")}
                """;
            return weigh is null ? $"({value})" : weigh(value);
        }

        System.Data.Common.DbCommand Asking(string sql)
        {
            var asking = reader.Command(sql);
            if (text is not null)
            {
                StoreReader.Add(asking, "text", Like.Containing(text));
                StoreReader.Add(asking, "customers", reader.ListParameter(customers));
            }

            if (shipsBy is { } day) StoreReader.Add(asking, "shipsBy", reader.DateParameter(day));
            return asking;
        }
    }

    /// <summary>Of the newest orders those whose number or purchase order contains the text, or that are of one of these customers;
    /// of all others those whose number begins with it.</summary>
    public static async Task<Sought<Order>> SeekAsync(
        Store store, string text, IReadOnlyList<string> customers, int most, CancellationToken cancel, int newest = Seeker.Newest)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        var seeking = new Seeking<Order>(
            OrdersFacts.Table, "order", "order_date DESC, number DESC, root", ["number", "purchase_order"], ["root", "number", "purchase_order", "customer", "order_date"],
            order => order.Number, ("customer", customers));
        return await Seeker.FindAsync(reader, seeking, text, most, cancel, newest);
    }

    /// <summary>These orders of one root, closed ones too.</summary>
    public static async Task<IReadOnlyList<Order>> OfRootAsync(StoreReader reader, string root, IReadOnlyCollection<string> numbers, CancellationToken cancel)
    {
        await using var command = reader.Command(
            $"SELECT {OrdersFacts.Table.ColumnList} FROM sales_order WHERE lane = @lane AND root = @root AND number {reader.Among("@numbers")} AND to_sequence IS NULL");
        StoreReader.Add(command, "lane", Lane.Of(root));
        StoreReader.Add(command, "root", root);
        StoreReader.Add(command, "numbers", reader.ListParameter([.. numbers]));
        return [.. (await reader.RowsAsync(command, OrdersFacts.Table, cancel)).Cast<Order>()];
    }

    /// <summary>An order's deliveries at its root, each with the number of its journal entry.</summary>
    public static async Task<IReadOnlyList<(Delivery Delivery, long Sequence)>> DeliveriesAsync(StoreReader reader, string root, string order, CancellationToken cancel)
    {
        await using var command = reader.Command($"""
            SELECT {OrdersFacts.DeliveryTable.ColumnList}, from_sequence FROM delivery WHERE lane = @lane AND root = @root AND "order" = @order AND to_sequence IS NULL
            """);
        AddOrder(command, root, order);
        var deliveries = new List<(Delivery, long)>();
        await reader.ReadAsync(command, OrdersFacts.DeliveryTable, (row, at) => deliveries.Add(((Delivery)row, at.GetInt64(OrdersFacts.DeliveryTable.Columns.Count))), cancel);
        return deliveries;
    }

    /// <summary>The journal entries at its root by which an order, or the rest of it, was cancelled.</summary>
    public static async Task<IReadOnlyList<long>> CancelledAtAsync(StoreReader reader, string root, string order, CancellationToken cancel)
    {
        await using var command = reader.Command($"""
            SELECT {OrdersFacts.Table.ColumnList}, from_sequence FROM sales_order WHERE lane = @lane AND root = @root AND number = @order ORDER BY from_sequence
            """);
        AddOrder(command, root, order);
        var cancelled = new List<long>();
        Order? before = null;
        await reader.ReadAsync(command, OrdersFacts.Table, (row, at) =>
        {
            var after = (Order)row;
            if (before is not null && CancelledOf(after) > CancelledOf(before)) cancelled.Add(at.GetInt64(OrdersFacts.Table.Columns.Count));
            before = after;
        }, cancel);
        return cancelled;
    }

    static decimal CancelledOf(Order order) => order.Lines.Sum(line => line.Cancelled.Value);

    static void AddOrder(System.Data.Common.DbCommand command, string root, string order)
    {
        StoreReader.Add(command, "lane", Lane.Of(root));
        StoreReader.Add(command, "root", root);
        StoreReader.Add(command, "order", order);
    }
}
