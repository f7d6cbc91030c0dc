using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Orders.Rules;

namespace Aval.Orders;

/// <summary>Reads what a payer's orders were at the end of a business date. Reads rows of this payer's orders alone, those that have changed since or are still live.</summary>
public static class OrdersThen
{
    /// <summary>Each order once, by number, whichever roots it has been at.</summary>
    public static async Task<IReadOnlyList<OrderThen>> ReadAsync(StoreReader reader, string payer, DateOnly asOf, CancellationToken cancel)
    {
        var found = new SortedDictionary<string, OrderThen>(StringComparer.Ordinal);
        foreach (var root in await RootsAsync(reader, payer, cancel))
        {
            var last = await reader.LastEntryOnAsync(root, asOf, cancel);
            foreach (var versions in (await VersionsAsync(reader, root, payer, last, cancel)).GroupBy(version => version.Order.Number, StringComparer.Ordinal))
            {
                var inForce = versions.FirstOrDefault(version => version.From <= last).Order;
                var here = OrderThen.Of(root, inForce, [.. versions.Where(version => version.From > last).Select(version => (version.Order, version.From))]);
                found[versions.Key] = !found.TryGetValue(versions.Key, out var there) ? here
                    : (inForce is null ? there : here) with { Since = [.. there.Since, .. here.Since] };
            }
        }

        return [.. found.Values.Where(then => then.Order.Payer == payer)];
    }

    /// <summary>The dates of the deliveries by which these orders have grown.</summary>
    public static async Task<IReadOnlyDictionary<GrowthPlace, DateOnly>> DeliveredOnAsync(StoreReader reader, IEnumerable<OrderThen> orders, CancellationToken cancel)
    {
        var dates = new Dictionary<GrowthPlace, DateOnly>();
        foreach (var root in orders.SelectMany(then => then.Since).Select(growth => growth.Place).GroupBy(place => place.Root, StringComparer.Ordinal))
        {
            await using var command = reader.Command(
                $"SELECT {OrdersFacts.DeliveryTable.ColumnList}, from_sequence FROM delivery WHERE lane = @lane AND root = @root AND \"order\" {reader.Among("@orders")}");
            StoreReader.Add(command, "lane", Lane.Of(root.Key));
            StoreReader.Add(command, "root", root.Key);
            StoreReader.Add(command, "orders", reader.ListParameter([.. root.Select(place => place.Order).Distinct(StringComparer.Ordinal)]));
            await reader.ReadAsync(command, OrdersFacts.DeliveryTable, (row, at) =>
            {
                var delivery = (Delivery)row;
                dates[new GrowthPlace(delivery.Order, root.Key, at.GetInt64(OrdersFacts.DeliveryTable.Columns.Count))] = delivery.Date;
            }, cancel);
        }

        return dates;
    }

    /// <summary>The payer's orders at the ends of these days, as they were recorded then: one statement a root, of the rows in force on those days alone.</summary>
    /// <returns>For each day its orders.</returns>
    public static async Task<IReadOnlyList<IReadOnlyList<Order>>> RecordedAsync(
        StoreReader reader, string payer, IReadOnlyList<DateOnly> days, CancellationToken cancel)
    {
        var found = days.Select(_ => new List<Order>()).ToList();
        foreach (var root in await RootsAsync(reader, payer, cancel))
        {
            var last = new long[days.Count];
            for (var at = 0; at < last.Length; at++) last[at] = await reader.LastEntryOnAsync(root, days[at], cancel);
            var inForce = string.Join(" OR ", last.Select((_, at) => $"(from_sequence <= @at{at} AND (to_sequence IS NULL OR to_sequence > @at{at}))"));
            await using var command = reader.Command(
                $"SELECT {OrdersFacts.Table.ColumnList}, from_sequence, to_sequence FROM sales_order WHERE live AND payer = @payer AND root = @root AND ({inForce})");
            StoreReader.Add(command, "payer", payer);
            StoreReader.Add(command, "root", root);
            for (var at = 0; at < last.Length; at++) StoreReader.Add(command, $"at{at}", last[at]);
            await reader.ReadAsync(command, OrdersFacts.Table, (row, values) =>
            {
                var from = values.GetInt64(OrdersFacts.Table.Columns.Count);
                var to = values.IsDBNull(OrdersFacts.Table.Columns.Count + 1) ? long.MaxValue : values.GetInt64(OrdersFacts.Table.Columns.Count + 1);
                for (var at = 0; at < last.Length; at++)
                    if (from <= last[at] && last[at] < to) found[at].Add((Order)row);
            }, cancel);
        }

        return found;
    }

    /// <summary>The roots at which the payer's orders have been.</summary>
    static async Task<IReadOnlyList<string>> RootsAsync(StoreReader reader, string payer, CancellationToken cancel)
    {
        var roots = new List<string>();
        for (string? root = ""; ;)
        {
            await using var command = reader.Command("SELECT min(root) FROM sales_order WHERE live AND payer = @payer AND root > @after");
            StoreReader.Add(command, "payer", payer);
            StoreReader.Add(command, "after", root);
            root = await command.ExecuteScalarAsync(cancel) as string;
            if (root is null) return roots;
            roots.Add(root);
        }
    }

    /// <summary>The versions in force after an entry and those that came since, of the orders that the payer had then or has had since; by number and age.</summary>
    static async Task<IReadOnlyList<(Order Order, long From)>> VersionsAsync(StoreReader reader, string root, string payer, long last, CancellationToken cancel)
    {
        await using var command = reader.Command($"""
            SELECT {OrdersFacts.Table.ColumnList}, from_sequence FROM sales_order
            WHERE lane = @lane AND root = @root AND (to_sequence IS NULL OR to_sequence > @last)
                AND number IN (SELECT number FROM sales_order WHERE live AND payer = @payer AND root = @root AND (to_sequence IS NULL OR to_sequence > @last))
            ORDER BY number, from_sequence
            """);
        StoreReader.Add(command, "lane", Lane.Of(root));
        StoreReader.Add(command, "root", root);
        StoreReader.Add(command, "payer", payer);
        StoreReader.Add(command, "last", last);
        var versions = new List<(Order, long)>();
        await reader.ReadAsync(command, OrdersFacts.Table, (row, at) => versions.Add(((Order)row, at.GetInt64(OrdersFacts.Table.Columns.Count))), cancel);
        return versions;
    }
}
