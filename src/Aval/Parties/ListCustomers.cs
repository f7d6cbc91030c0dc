using Aval.Parties.Rules;
using Aval.Web;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Parties;

/// <param name="Text">What was searched for; null for all.</param>
public sealed record CustomersView(string? Text, IReadOnlyList<Customer> Found, int Total, int Page);

/// <summary>Shows customers by number, those that match a search.</summary>
static class ListCustomers
{
    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapPage("/customers", PartyPermissions.Read, async (request, cancel) =>
    {
        var text = request.Query("q");
        var (found, total) = await CustomerSearch.FindAsync(request.Store, text, (request.PageNumber - 1) * Pager.PageSize, Pager.PageSize, cancel);
        return PageAnswer.Of<CustomersPage, CustomersView>(T("Customers"), new CustomersView(text, found, total, request.PageNumber));
    });
}
