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
        return await new Wanted(reader).Is<OrderStatus>("status", OrderStatus.Released).And("(ship_date IS NULL OR ship_date <= @to)", "to", to)
            .PageAsync(OrdersFacts.Table, "coalesce(ship_date, @to), number", 0, most, cancel);
    }

    /// <summary>The numbers of the held orders that this person has entered, at most so many.</summary>
    public static async Task<IReadOnlyList<string>> HeldOfAsync(Store store, string person, int most, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        var held = new Wanted(reader).Is<OrderStatus>("status", OrderStatus.Held).And("entered_by = @person", "person", person);
        return [.. (await held.RowsAsync(OrdersFacts.Table, "number", 0, most, cancel)).Select(order => order.Number)];
    }
}
