using Aval.Parties.Rules;
using Aval.Web;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Parties;

/// <param name="Text">What was searched for; null for all.</param>
public sealed record CustomersView(ListShown Shown, string? Text, IReadOnlyList<Customer> Found, int Total);

/// <summary>Shows customers by number, those that match a search.</summary>
static class ListCustomers
{
    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapPage("/customers", PartyPermissions.Read, async (request, cancel) =>
    {
        var text = request.Query("q");
        var shown = ListShown.Of(request, "customers", "/customers", ["q"], CustomerSearch.Sorting.Names);
        if (shown.Form is not null) return ListFile.Of(request, shown, T("Customers"), CustomersPage.Columns, async part => (await ReadAsync(part)).Found);
        var (found, total) = await ReadAsync(shown);
        return PageAnswer.Of<CustomersPage, CustomersView>(T("Customers"), new CustomersView(shown, text, found, total));

        Task<(IReadOnlyList<Customer> Found, int Total)> ReadAsync(ListShown part) =>
            CustomerSearch.FindAsync(request.Store, text, part.Skip, part.Most, cancel, part.By, part.Descending);
    });
}
