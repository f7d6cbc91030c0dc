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

    /// <summary>What should not have happened: <c>over-delivered</c> is <c>Over delivered</c>.</summary>
    public static string OfIncident(string code) => Say.Capital(T(Say.Word(code)));
}
