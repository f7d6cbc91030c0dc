using Aval.Kernel;
using Aval.Orders.Rules;
using Aval.Parties;
using Aval.Rates;
using Aval.Web;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Orders;

/// <param name="Text">What was searched for; null for all.</param>
public sealed record OrdersView(ListShown Shown, string? Text, OrderStatus? Status, IReadOnlyList<OrderRow> Found, int Total);

/// <param name="Amount">What was ordered and not cancelled, tax included.</param>
public sealed record OrderRow(Order Order, string CustomerName, Money Amount);

/// <summary>Shows orders, newest first, those that match a search.</summary>
static class ListOrders
{
    /// <summary>Customers whose orders a search by name looks for.</summary>
    const int MostCustomers = 200;

    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapPage("/orders", OrderPermissions.Read, async (request, cancel) =>
    {
        var shown = ListShown.Of(request, "orders", "/orders", ["q", "status"], OrderSearch.Sorting.Names);
        var weights = Weights.Of(request.Company);
        var (text, status) = (request.Query("q"), request.Word<OrderStatus>("status"));
        var customers = text is null ? [] : (await CustomerSearch.FindAsync(request.Store, text, 0, MostCustomers, cancel)).Found.Select(customer => customer.Number).ToList();
        if (shown.Form is not null) return ListFile.Of(request, shown, T("Orders"), OrdersPage.Columns, async part => (await ReadAsync(part)).Rows);
        var (rows, total) = await ReadAsync(shown);
        return PageAnswer.Of<OrdersPage, OrdersView>(T("Orders"), new OrdersView(shown, text, status, rows, total));

        async Task<(IReadOnlyList<OrderRow> Rows, int Total)> ReadAsync(ListShown part)
        {
            var (found, all) = await OrderSearch.FindAsync(
                request.Store, text, customers, status, part.Skip, part.Most, cancel, part.By, part.Descending, worth => weights.ComparedMajor(worth, "currency"));
            var names = await CustomerSearch.NamesAsync(request.Store, found.Select(order => order.Customer), cancel);
            return ([.. found.Select(order => Row(order, names))], all);
        }
    });

    static OrderRow Row(Order order, IReadOnlyDictionary<string, string> names) =>
        new(order, names.GetValueOrDefault(order.Customer, order.Customer), new Money(OrderValue.Of(order).Total, order.Currency));
}
