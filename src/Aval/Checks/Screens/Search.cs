using Aval.Kernel;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Parties;
using Aval.Parties.Rules;
using Aval.Web;
using Microsoft.AspNetCore.Routing;

namespace Aval.Checks;

/// <param name="Customers">The first of them, and how many there are.</param>
/// <param name="Orders">The newest of them, and how many there are.</param>
public sealed record SearchView(string Text, (IReadOnlyList<Customer> Found, int Total) Customers, (IReadOnlyList<OrderRow> Found, int Total) Orders);

/// <summary>The search at the top of every page: the order or customer of that very number, else what contains the text.</summary>
static class Search
{
    const int MostShown = 10;
    const int MostCustomers = 200;

    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapPage("/search", OrderPermissions.Read, async (request, cancel) =>
    {
        if (request.Query("q") is not { } text) return PageAnswer.To("/orders");
        if (await request.Desk.Directory.PartyOfAsync("order", text, cancel) is not null) return PageAnswer.To(Links.Order(text));
        if (!text.StartsWith('@') && await request.Desk.Directory.RootOfAsync(text, cancel) is not null) return PageAnswer.To(Links.Customer(text));
        var customers = await CustomerSearch.FindAsync(request.Store, text, 0, MostCustomers, cancel);
        var orders = await OrderSearch.FindAsync(request.Store, text, [.. customers.Found.Select(customer => customer.Number)], null, 0, MostShown, cancel);
        var names = await CustomerSearch.NamesAsync(request.Store, orders.Found.Select(order => order.Customer), cancel);
        return PageAnswer.Of<SearchPage, SearchView>("Search", new SearchView(
            text, ([.. customers.Found.Take(MostShown)], customers.Total),
            ([.. orders.Found.Select(order => new OrderRow(
                order, names.GetValueOrDefault(order.Customer, order.Customer), new Money(OrderValue.Of(order).Total, order.Currency)))], orders.Total)));
    });
}
