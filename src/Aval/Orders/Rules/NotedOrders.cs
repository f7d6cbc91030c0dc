namespace Aval.Orders.Rules;

/// <summary>What a customer usually orders: the row that was written last, and the orders since. Most orders therefore write no row.</summary>
/// <remarks>
/// An order that is not in the row is live, so that whoever loads the facts finds it: one that ends has the row written before (<see cref="OrderRecord"/>).
/// A node of a version that wrote a row with each order, beside new ones during an upgrade, knows the row alone: the one that it writes may leave out up to
/// <see cref="MostLater"/> orders, which a habit, advice and nothing else, can bear.
/// </remarks>
public sealed class NotedOrders
{
    /// <summary>A row is written when it would leave out more orders than this: enough for few rows, few enough to be noted anew when the facts are loaded.</summary>
    public const int MostLater = 16;

    public static readonly NotedOrders None = new(null, [], null);

    readonly Order[] later;
    readonly OrderHabit? allButLast;

    // Worked out by whoever asks first; two who ask at once find the same.
    OrderHabit? habit;

    NotedOrders(OrderHabit? row, Order[] later, OrderHabit? allButLast) => (Row, this.later, this.allButLast) = (row, later, allButLast);

    /// <summary>As it was written last; null while it never was.</summary>
    public OrderHabit? Row { get; }

    public bool IsEmpty => Row is null && later.Length == 0;

    /// <summary>Whether the row is to be written: it leaves out too many orders, or comes from a version that did not number them.</summary>
    public bool IsDue => later.Length > MostLater || Row is { Through: null };

    /// <summary>The number of the last order noted.</summary>
    public long Last => later.Length > 0 ? later[^1].HabitNumber!.Value : Row?.Through ?? 0;

    /// <summary>The row and the orders since together; null when nothing was noted.</summary>
    public OrderHabit? Habit => habit ??= later.Length == 0 ? Row
        : allButLast is not null ? allButLast.With(later[^1])
        : later.Aggregate(Row ?? new OrderHabit(later[0].Customer, []), (noted, order) => noted.With(order));

    /// <summary>Whether the order stands beside the row, not in it.</summary>
    public bool IsLater(string number) => Array.Exists(later, order => order.Number == number);

    public NotedOrders With(OrderHabit row) => new(row, row.Through is { } through ? Array.FindAll(later, order => order.HabitNumber > through) : [], null);

    public NotedOrders WithoutRow() => new(null, later, null);

    /// <summary>With the order as it stands now; a row of a version that did not number orders has them all.</summary>
    public NotedOrders With(Order order)
    {
        var others = Without(order.Number);
        if (order.HabitNumber is not { } number || Row is { Through: null } || number <= Row?.Through) return others;
        var at = others.later.Length;
        while (at > 0 && others.later[at - 1].HabitNumber > number) at--;
        return new(Row, [.. others.later[..at], order, .. others.later[at..]], at == others.later.Length ? others.habit : null);
    }

    public NotedOrders Without(string number) => IsLater(number) ? new(Row, Array.FindAll(later, order => order.Number != number), null) : this;
}
