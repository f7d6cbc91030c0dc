using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Parties;
using Aval.Parties.Rules;
using Aval.Receivables;
using Aval.Receivables.Rules;
using Aval.Web;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Checks;

/// <summary>What of a customer is a list that may be long: its page shows the first part.</summary>
public enum CustomerList { Orders, Invoices, Group }

/// <param name="Rows">Those of the page; <paramref name="Total"/> are on all pages.</param>
public sealed record CustomerOrdersView(Customer Customer, ListShown Shown, string? Text, OrderStatus? Status, IReadOnlyList<OrderRow> Rows, int Total);

/// <param name="Sum">Of all pages.</param>
public sealed record CustomerInvoicesView(Customer Customer, ListShown Shown, string? Text, bool Overdue, IReadOnlyList<OpenInvoice> Rows, int Total, Money Sum);

public sealed record CustomerGroupView(Customer Customer, ListShown Shown, string? Text, IReadOnlyList<FamilyMember> Rows, int Total);

/// <param name="Currency">The payer's.</param>
/// <param name="Opens">Whoever looks may open it.</param>
public sealed record OpenInvoice(OpenItem Item, Currency Currency, DateOnly Today, bool Opens)
{
    /// <summary>Calendar days; null where it is not due.</summary>
    public int? DaysLate => Item.DueDate < Today ? Today.DayNumber - Item.DueDate.DayNumber : null;
}

/// <summary>Shows all of a customer's open orders, of its payer's open invoices, or of its group.</summary>
static class ShowCustomerLists
{
    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        foreach (var list in Enum.GetValues<CustomerList>())
            pages.MapPage($"/customers/{{number}}/{Words.Of(list)}", PartyPermissions.Read, async (request, cancel) =>
                await ShowCustomer.FindAsync(request, cancel) is not { } view ? ShowCustomer.Missing(request) : list switch
                {
                    CustomerList.Orders => OrdersOf(request, view),
                    CustomerList.Invoices => InvoicesOf(request, view),
                    CustomerList.Group => GroupOf(request, view),
                });
    }

    /// <summary>The address of one of a customer's lists.</summary>
    public static string At(string customer, CustomerList list) => $"{Links.Customer(customer)}/{Words.Of(list)}";

    static PageAnswer OrdersOf(PageRequest request, CustomerView view)
    {
        var shown = Shown(request, view, CustomerList.Orders, ["q", "status"], OrdersPage.Columns);
        var (text, status) = (request.Query("q"), request.Word<OrderStatus>("status"));
        var rows = shown.Ordered(
            view.Orders.Where(row => (status is null || row.Order.Status == status) && Has(text, row.Order.Number, row.Order.PurchaseOrder, row.CustomerName)),
            OrdersPage.Columns);
        return shown.Form is not null
            ? ListFile.Of(request, shown, T("Open orders"), OrdersPage.Columns, rows)
            : PageAnswer.Of<CustomerOrdersPage, CustomerOrdersView>(
                T("{0} of {1}", T("Open orders"), view.Customer.Name), new CustomerOrdersView(view.Customer, shown, text, status, shown.PageOf(rows), rows.Count));
    }

    static PageAnswer InvoicesOf(PageRequest request, CustomerView view)
    {
        var shown = Shown(request, view, CustomerList.Invoices, ["q", "overdue"], CustomerInvoicesPage.Columns);
        var (text, overdue, opens) = (request.Query("q"), request.Query("overdue") is not null, ReceivablesPermissions.Read.IsGrantedTo(request.Actor));
        var items = view.OpenItems.Where(item => (!overdue || item.DueDate < request.Today) && Has(text, item.Invoice));
        var rows = shown.Ordered(items.Select(item => new OpenInvoice(item, view.Seen.Currency, request.Today, opens)), CustomerInvoicesPage.Columns);
        return shown.Form is not null
            ? ListFile.Of(request, shown, T("Open invoices"), CustomerInvoicesPage.Columns, rows)
            : PageAnswer.Of<CustomerInvoicesPage, CustomerInvoicesView>(
                T("{0} of {1}", T("Open invoices"), view.Customer.Name),
                new CustomerInvoicesView(
                    view.Customer, shown, text, overdue, shown.PageOf(rows), rows.Count, new Money(rows.Sum(row => row.Item.Open), view.Seen.Currency)));
    }

    static PageAnswer GroupOf(PageRequest request, CustomerView view)
    {
        var shown = Shown(request, view, CustomerList.Group, ["q"], CustomerGroupPage.Columns);
        var text = request.Query("q");
        var rows = shown.Ordered(view.Family.Where(member => Has(text, member.Customer.Number, member.Customer.Name)), CustomerGroupPage.Columns);
        return shown.Form is not null
            ? ListFile.Of(request, shown, T("Group"), CustomerGroupPage.Columns, rows)
            : PageAnswer.Of<CustomerGroupPage, CustomerGroupView>(
                T("{0} of {1}", T("Group"), view.Customer.Name), new CustomerGroupView(view.Customer, shown, text, shown.PageOf(rows), rows.Count));
    }

    static ListShown Shown<TRow>(PageRequest request, CustomerView view, CustomerList list, string[] filters, IReadOnlyList<ListColumn<TRow>> columns) => ListShown.Of(
        request, "customer-" + Words.Of(list), At(view.Customer.Number, list), filters, columns.Where(column => column.Sorts).Select(column => column.Name));

    static bool Has(string? text, params IEnumerable<string?> told) => text is null || told.Any(one => one?.Contains(text, StringComparison.OrdinalIgnoreCase) == true);
}
