using Aval.Orders.Rules;
using Aval.Web;
using static Aval.Web.Translated;

namespace Aval.Orders;

/// <summary>Orders as the screens say them.</summary>
public static class OrderWords
{
    public static string Of(OrderStatus status) => status switch
    {
        OrderStatus.Received => T("Received"),
        OrderStatus.Held => T("Held"),
        OrderStatus.Released => T("Released"),
        OrderStatus.Delivered => T("Delivered"),
        OrderStatus.Closed => T("Closed"),
        OrderStatus.Cancelled => T("Cancelled"),
    };

    /// <summary>What may be done next with the goods of a released order, and whether that is good or waits; null where nothing may be.</summary>
    public static (string Name, string? Kind)? NextOf(Order order, DateOnly today) => order.Status != OrderStatus.Released ? null
        : order.Authorization is { PickReleased: true } ? (T("may ship"), "good")
        : order.ShipDate > today ? (T("may be reserved"), null)
        : (T("may be picked"), "wait");

    /// <summary>Said of an order that <see cref="Order.IsPart"/>.</summary>
    public static string LookFirst => T("released for a part: look before you pick");

    /// <summary>What should not have happened: <c>over-delivered</c> is <c>Over delivered</c>.</summary>
    public static string OfIncident(string code) => Say.Capital(T(Say.Word(code)));
}
