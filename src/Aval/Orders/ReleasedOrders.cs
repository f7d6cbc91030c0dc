using System.Globalization;
using Aval.Kernel.Storage;
using Aval.Orders.Rules;

namespace Aval.Orders;

/// <summary>Finds the orders that somebody should act on today: those that may leave, and the held ones of whoever entered them.</summary>
public static class ReleasedOrders
{
    /// <summary>What is counted at most: nobody ships more in a week's look ahead.</summary>
    public const int MostCounted = 1_000;

    /// <summary>Released orders that have not all left and ship up to this day, those due first before others; behind them those that say no day.</summary>
    /// <returns>The first of them, and how many there are: <see cref="MostCounted"/> where there may be more.</returns>
    public static async Task<(IReadOnlyList<Order> Found, int Total)> ToShipAsync(Store store, DateOnly to, int most, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        var (dated, undated) = (Released().And("ship_date <= @to", "to", to), Released().And("ship_date IS NULL"));
        var found = await dated.RowsAsync(OrdersFacts.Table, "ship_date, number", 0, most, cancel);
        if (found.Count < most) found = [.. found, .. await undated.RowsAsync(OrdersFacts.Table, "number", 0, most - found.Count, cancel)];
        return (found, found.Count < most ? found.Count : Math.Min(MostCounted, await CountAsync(dated) + await CountAsync(undated)));

        Wanted Released() => new Wanted(reader).And(Standing(OrderStatus.Released));

        async Task<int> CountAsync(Wanted some)
        {
            await using var count = some.Asking(where => $"SELECT count(*) FROM (SELECT 1 FROM sales_order WHERE {where} LIMIT {MostCounted}) counted");
            return Convert.ToInt32(await count.ExecuteScalarAsync(cancel), CultureInfo.InvariantCulture);
        }
    }

    /// <summary>The numbers of the held orders that this person has entered, at most so many.</summary>
    public static async Task<IReadOnlyList<string>> HeldOfAsync(Store store, string person, int most, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        var held = new Wanted(reader).And(Standing(OrderStatus.Held)).And("entered_by = @person", "person", person);
        return [.. (await held.RowsAsync(OrdersFacts.Table, "number", 0, most, cancel)).Select(order => order.Number)];
    }

    /// <summary>Told as it stands: an index over the orders of one status is followed only by who names that status.</summary>
    static string Standing(OrderStatus status) => $"status = '{Words.Of(status)}'";
}
