namespace Aval.Orders.Rules;

/// <summary>What a customer usually orders, by which an unusual order is known: its latest orders' values and dates, oldest first, and the few items
/// and places it keeps to.</summary>
/// <param name="Values">Minor units of the payer's credit currency; at most <see cref="Most"/>.</param>
public sealed record OrderHabit(string Customer, IReadOnlyList<long> Values)
{
    /// <summary>Enough for a median that a few odd orders do not move, few enough to forget last year's habits.</summary>
    public const int Most = 24;

    public IReadOnlyList<long> Values { get; init => (field, Size) = (value, Spread.Of([.. value])); } = Values;

    /// <summary>What is usual among <see cref="Values"/>: worked out when they change, so that a check reads it only.</summary>
    public Spread Size { get; private init; } = Spread.Of([.. Values]);

    /// <summary>The order dates beside <see cref="Values"/>; empty where only values were kept.</summary>
    public IReadOnlyList<DateOnly> Dates { get; init => (field, Rhythm) = (value, Rhythm.Of(value)); } = [];

    /// <summary>What is usual among <see cref="Dates"/>.</summary>
    public Rhythm Rhythm { get; private init; }

    public Known Items { get; init; } = Known.None;

    public Known ShipTos { get; init; } = Known.None;

    /// <summary>The <see cref="Order.HabitNumber"/> of the last order in it; null where whoever wrote it knew all orders.</summary>
    public long? Through { get; init; }

    /// <summary>With an order more, in its place by date. What has no value, or none in the credit currency yet, is no habit.</summary>
    public OrderHabit With(Order order)
    {
        var value = OrderValue.Of(order).CreditTotal;
        if (value == 0) return this;
        var (values, dates) = (Values.ToList(), Dates.ToList());
        // Orders whose days were not kept stand before all others.
        while (dates.Count < values.Count) dates.Insert(0, DateOnly.MinValue);
        var at = dates.Count;
        while (at > 0 && dates[at - 1] > order.OrderDate) at--;
        values.Insert(at, value);
        dates.Insert(at, order.OrderDate);
        var over = Math.Max(0, values.Count - Most);
        return this with
        {
            Values = values.GetRange(over, values.Count - over), Dates = dates.GetRange(over, dates.Count - over),
            Items = Items.With(ItemsOf(order)), ShipTos = order.ShipTo is { } place ? ShipTos.With([Known.HashOf(place)]) : ShipTos,
        };
    }

    /// <summary>As if this order, as it was noted, had never come: an order is not measured against itself. Itself where it is noted no more.</summary>
    public OrderHabit Without(Order order)
    {
        var value = OrderValue.Of(order).CreditTotal;
        for (var at = Dates.Count - 1; at >= 0; at--)
        {
            if (Dates[at] != order.OrderDate || Values[at] != value) continue;
            return this with
            {
                Values = [.. Values.Take(at), .. Values.Skip(at + 1)], Dates = [.. Dates.Take(at), .. Dates.Skip(at + 1)],
                Items = Items.Without(ItemsOf(order)), ShipTos = order.ShipTo is { } place ? ShipTos.Without([Known.HashOf(place)]) : ShipTos,
            };
        }

        return this;
    }

    static IEnumerable<uint> ItemsOf(Order order) => order.Lines.Select(line => Known.HashOf(line.Item)).Distinct();
}
