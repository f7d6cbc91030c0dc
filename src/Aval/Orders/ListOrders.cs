using Aval.Kernel;
using Aval.Orders.Rules;
using Aval.Parties;
using Aval.Web;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Orders;

/// <param name="Text">What was searched for; null for all.</param>
public sealed record OrdersView(string? Text, OrderStatus? Status, IReadOnlyList<OrderRow> Found, int Total, int Page);

/// <param name="Amount">What was ordered and not cancelled, tax included.</param>
public sealed record OrderRow(Order Order, string CustomerName, Money Amount);

/// <summary>Shows orders, newest first, those that match a search.</summary>
static class ListOrders
{
    /// <summary>Customers whose orders a search by name looks for.</summary>
    const int MostCustomers = 200;

    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapPage("/orders", OrderPermissions.Read, async (request, cancel) =>
    {
        var (text, status) = (request.Query("q"), request.Word<OrderStatus>("status"));
        var customers = text is null ? [] : (await CustomerSearch.FindAsync(request.Store, text, 0, MostCustomers, cancel)).Found.Select(customer => customer.Number).ToList();
        var (found, total) = await OrderSearch.FindAsync(
            request.Store, text, customers, status, (request.PageNumber - 1) * Pager.PageSize, Pager.PageSize, cancel);
        var names = await CustomerSearch.NamesAsync(request.Store, found.Select(order => order.Customer), cancel);
        return PageAnswer.Of<OrdersPage, OrdersView>(T("Orders"), new OrdersView(
            text, status, [.. found.Select(order => Row(order, names))], total, request.PageNumber));
    });

    static OrderRow Row(Order order, IReadOnlyDictionary<string, string> names) =>
        new(order, names.GetValueOrDefault(order.Customer, order.Customer), new Money(OrderValue.Of(order).Total, order.Currency));
}
