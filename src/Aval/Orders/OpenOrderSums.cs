using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Orders.Rules;

namespace Aval.Orders;

/// <summary>What the live orders of one payer add to its exposure, as <see cref="PayerOrders"/> has it.</summary>
/// <param name="Credit">The payer's credit currency; both amounts are in its minor units.</param>
public sealed record OpenOrderSum(string Payer, Currency Credit, long OpenOrders, long Unbilled);

/// <summary>Adds up the live orders of all payers.</summary>
public static class OpenOrderSums
{
    /// <summary>Payers with an order that is not done.</summary>
    public static async Task<IReadOnlyList<string>> PayersAsync(StoreReader reader, CancellationToken cancel)
    {
        await using var command = reader.Command("SELECT DISTINCT payer FROM sales_order WHERE to_sequence IS NULL AND live");
        return await StoreReader.TextsAsync(command, cancel);
    }

    /// <returns>Payers with something open or not billed, and how many orders were looked at.</returns>
    public static async Task<(IReadOnlyList<OpenOrderSum> Sums, int Orders)> AllAsync(Store store, CancellationToken cancel)
    {
        await using var reader = await store.LongSnapshotAsync(cancel);
        await using var command = reader.Command($"SELECT {OrdersFacts.Table.ColumnList} FROM sales_order WHERE to_sequence IS NULL AND live");
        var (sums, orders) = (new Dictionary<string, OpenOrderSum>(StringComparer.Ordinal), 0);
        await reader.ReadAsync(command, OrdersFacts.Table, (row, _) =>
        {
            var order = (Order)row;
            orders++;
            if (order.CreditCurrency is not { } credit) return;
            var value = OrderValue.Of(order);
            var open = PayerOrders.OpenOf(order, value);
            if (open == 0 && value.Unbilled == 0) return;
            var sum = sums.GetValueOrDefault(order.Payer) ?? new OpenOrderSum(order.Payer, credit, 0, 0);
            sums[order.Payer] = sum with { OpenOrders = sum.OpenOrders + open, Unbilled = sum.Unbilled + value.Unbilled };
        }, cancel);
        return ([.. sums.Values], orders);
    }
}
