using Aval.Checks.Rules;
using Aval.Indicators.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Orders;
using Aval.Orders.Rules;

namespace Aval.Indicators;

/// <summary>What blocks cost, one row a block: the margin that was lost with the order, or the part of it that waited.</summary>
static class BlockCosts
{
    const string Lost = "lost";
    const string Waited = "waited";

    /// <param name="convert">Into the company's currency at a day's rate; null where none is known.</param>
    /// <param name="dayOf">An instant's day in the company's time zone.</param>
    public static async Task<IReadOnlyList<IndicatorRow>> RowsAsync(
        StoreReader reader, IReadOnlyList<(Block Block, string Root)> blocks, Func<long, Currency, DateOnly, decimal?> convert, Func<DateTimeOffset, DateOnly> dayOf,
        DateOnly today, CancellationToken cancel)
    {
        var rows = new List<IndicatorRow>();
        // An order is lost once, with its last block; what it waited before was no loss beside that.
        var last = blocks.GroupBy(found => found.Block.Order, StringComparer.Ordinal)
            .ToDictionary(order => order.Key, order => order.MaxBy(found => found.Block.OpenedAt).Block.Id);
        foreach (var root in blocks.GroupBy(found => found.Root, found => found.Block, StringComparer.Ordinal))
        {
            var orders = (await OrderSearch.OfRootAsync(reader, root.Key, [.. root.Select(block => block.Order).Distinct(StringComparer.Ordinal)], cancel))
                .ToDictionary(order => order.Number, StringComparer.Ordinal);
            foreach (var block in root)
                if (orders.GetValueOrDefault(block.Order) is { } order && (order.Status != OrderStatus.Cancelled || last[block.Order] == block.Id))
                    rows.Add(RowOf(block, order));
        }

        return rows;

        IndicatorRow RowOf(Block block, Order order)
        {
            var lost = order.Status == OrderStatus.Cancelled;
            var days = Math.Max(0, (block.ClosedOn ?? (block.ClosedAt is { } closed ? dayOf(closed) : today)).DayNumber - block.OpenedOn.DayNumber);
            var margin = BlockCost.MarginOf(order) is { } known ? convert(known.Minor, known.Currency, block.OpenedOn) : null;
            return new IndicatorRow(
                block.OpenedOn, block.Id, block.Order, block.Customer, block.Id, lost ? Lost : Waited, margin is { } whole ? BlockCost.Of(whole, lost, days) : null, days);
        }
    }
}
