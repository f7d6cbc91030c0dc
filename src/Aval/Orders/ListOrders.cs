using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Orders.Rules;
using Aval.Parties;
using Aval.Rates;
using Aval.Web;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Orders;

/// <param name="Text">What was searched for; null for all.</param>
public sealed record OrdersView(ListShown Shown, string? Text, OrderStatus? Status, DateOnly? ShipsBy, IReadOnlyList<OrderRow> Found, int Total);

/// <param name="Amount">What was ordered and not cancelled, tax included.</param>
public sealed record OrderRow(Order Order, string CustomerName, Money Amount)
{
    /// <summary>What may be done next with its goods; null where nothing may be, or where that is not told.</summary>
    public string? Goods { get; init; }
}

/// <summary>Shows orders, newest first, those that match a search.</summary>
public static class ListOrders
{
    /// <summary>Customers whose orders a search by name looks for.</summary>
    const int MostCustomers = 200;

    const string Path = "/orders";

    /// <summary>What was released and has not left, to leave up to this day or on none that is known.</summary>
    public static string ToShip(DateOnly day) => Links.With(Path, ("status", Words.Of(OrderStatus.Released)), ("shipsBy", Say.Iso(day)), ("by", "shipDate"));

    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapPage(Path, OrderPermissions.Read, async (request, cancel) =>
    {
        var shown = ListShown.Of(request, "orders", Path, ["q", "status", "shipsBy"], OrderSearch.Sorting.Names);
        var weights = Weights.Of(request.Company);
        var (text, status, shipsBy) = (request.Query("q"), request.Word<OrderStatus>("status"), request.Day("shipsBy"));
        var customers = text is null ? [] : (await CustomerSearch.FindAsync(request.Store, text, 0, MostCustomers, cancel)).Found.Select(customer => customer.Number).ToList();
        if (shown.Form is not null) return ListFile.Of(request, shown, T("Orders"), OrdersPage.Columns, async part => (await ReadAsync(part)).Rows);
        var (rows, total) = await ReadAsync(shown);
        return PageAnswer.Of<OrdersPage, OrdersView>(T("Orders"), new OrdersView(shown, text, status, shipsBy, rows, total));

        async Task<(IReadOnlyList<OrderRow> Rows, int Total)> ReadAsync(ListShown part)
        {
            var (found, all) = await OrderSearch.FindAsync(
                request.Store, text, customers, status, part.Skip, part.Most, cancel, part.By, part.Descending, worth => weights.ComparedMajor(worth, "currency"),
                shipsBy);
            var names = await CustomerSearch.NamesAsync(request.Store, found.Select(order => order.Customer), cancel);
            return ([.. found.Select(order => Row(order, names, request.Today))], all);
        }
    });

    static OrderRow Row(Order order, IReadOnlyDictionary<string, string> names, DateOnly today) =>
        new(order, names.GetValueOrDefault(order.Customer, order.Customer), new Money(OrderValue.Of(order).Total, order.Currency))
        {
            Goods = OrderWords.NextOf(order, today)?.Name,
        };
}
