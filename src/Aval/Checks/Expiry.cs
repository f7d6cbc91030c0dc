using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Policies;

namespace Aval.Checks;

/// <summary>What days do to orders: claims run out, orders from beyond the horizon enter it and are checked, and what a window has left behind holds no order any more.</summary>
sealed class Expiry : IDue
{
    public string Rule => "ordersDue";

    public DateOnly? Next(Facts facts, Facts company)
    {
        var orders = facts.Get<OrdersFacts>();
        DateOnly? next = null;
        if (orders.Expiring.Count > 0) next = orders.Expiring.Min.Date.AddDays(1);
        // A root that has days to catch up is told by what held on its own day.
        if (orders.BeyondHorizon.Count > 0
            && Enters(orders.BeyondHorizon.Min.Date, company.Through == facts.Through ? company : company with { Through = facts.Through }) is var enters
            && (next is null || enters < next)) next = enters;
        if (Healing.Next(facts, company) is { } heals && !(next <= heals)) next = heals;
        return next is { } date && date <= facts.Through ? facts.Through.AddDays(1) : next;
    }

    public void Run(Case @case)
    {
        foreach (var (expires, number) in @case.Facts.Get<OrdersFacts>().Expiring)
        {
            if (expires >= @case.Today) break;
            var order = @case.Facts.Find<Order>(number)!;
            CheckOrder.Run(@case, order with { Authorization = null, Marks = [.. order.Marks, Order.AuthorizationExpired] }, Occasion.Expiry);
        }

        Enter(@case);
        foreach (var healed in Healing.On(@case.Today, @case.Facts, @case.Company))
            if (@case.Facts.Find<Order>(healed.Number) is { } order && order.Waits()) CheckOrder.Run(@case, order, Occasion.Recheck);
    }

    /// <summary>Orders enter the wider horizon of a version on its first day, though their root has been there by the one before.</summary>
    public bool IsReopened(Facts facts, Facts company)
    {
        var beyond = facts.Get<OrdersFacts>().BeyondHorizon;
        return beyond.Count > 0 && company.Get<PoliciesFacts>().WidensHorizonToday && Enters(beyond.Min.Date, company) <= company.Through;
    }

    public void RunReopened(Case @case) => Enter(@case);

    static void Enter(Case @case)
    {
        foreach (var (ship, number) in @case.Facts.Get<OrdersFacts>().BeyondHorizon)
        {
            if (Enters(ship, @case.Company) > @case.Today) break;
            CheckOrder.Run(@case, @case.Facts.Find<Order>(number)!, Occasion.Horizon);
        }
    }

    static DateOnly Enters(DateOnly ship, Facts company) => company.Get<PoliciesFacts>().Enters(ship);
}
