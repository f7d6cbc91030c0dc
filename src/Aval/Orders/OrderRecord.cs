using Aval.Kernel;
using Aval.Orders.Rules;

namespace Aval.Orders;

/// <summary>Puts orders, and what their customers usually order: learned from every entry, and written only now and then.</summary>
static class OrderRecord
{
    /// <summary>Every order is put by this: before one ends, the habit's row takes it in, since only live orders are noted beside it.</summary>
    public static void Put(Case @case, Order order)
    {
        if (!Progress.IsLive(order) && Noted(@case, order.Customer) is var noted && noted.IsLater(order.Number)) Put(@case, noted.Habit!, noted.Last);
        @case.Put(OrdersFacts.Table, order);
    }

    /// <summary>The number by which the customer's next order is noted.</summary>
    public static long NextHabitNumber(Case @case, string customer)
    {
        var orders = @case.Facts.Get<OrdersFacts>();
        var noted = orders.Noted(customer);
        // Where a version that did not number them has written the row, numbers go on after those of the live orders.
        return 1 + (noted.Row is { Through: null } ? orders.All.Where(known => known.Order.Customer == customer).Max(known => known.Order.HabitNumber) ?? 0 : noted.Last);
    }

    /// <summary>Notes an order that was entered and put.</summary>
    public static void Note(Case @case, Order order)
    {
        var noted = Noted(@case, order.Customer);
        if (noted.Row is { Through: null } earlier) Put(@case, earlier.With(order), order.HabitNumber);
        else if (noted.IsDue) Put(@case, noted.Habit!, noted.Last);
    }

    /// <summary>An order that was changed counts as it is now.</summary>
    public static void Correct(Case @case, Order before, Order after)
    {
        var noted = Noted(@case, after.Customer);
        if (noted.Habit is not { } habit || noted.IsLater(after.Number)) return;
        var rest = habit.Without(before);
        if (!ReferenceEquals(rest, habit)) Put(@case, rest.With(after), noted.Row is { Through: null } ? null : noted.Last);
    }

    static NotedOrders Noted(Case @case, string customer) => @case.Facts.Get<OrdersFacts>().Noted(customer);

    static void Put(Case @case, OrderHabit habit, long? through) => @case.Put(OrdersFacts.HabitTable, habit with { Through = through });
}
