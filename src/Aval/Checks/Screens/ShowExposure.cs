using Aval.Exposure;
using Aval.Exposure.Rules;
using Aval.Kernel;
using Aval.Parties;
using Aval.Parties.Rules;
using Aval.Web;
using Microsoft.AspNetCore.Routing;

namespace Aval.Checks;

/// <param name="Rows">Those of the page; <paramref name="Count"/> are all, and <paramref name="Total"/> is their sum.</param>
public sealed record ExposureView(Customer Customer, string Payer, string Term, IReadOnlyList<ExposureRow> Rows, int Count, Money Total, int Page);

/// <summary>Shows the documents behind one figure of a payer's exposure.</summary>
static class ShowExposure
{
    static readonly string[] Terms = [.. ExposureOf.Contributors.SelectMany(contributor => contributor.Terms)];

    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapPage("/customers/{number}/exposure", PartyPermissions.Read, async (request, cancel) =>
    {
        var number = request.Route("number");
        if (await request.Desk.ViewAsync(number, cancel) is not var (root, _) || root.Find<Customer>(number) is not { } customer)
            return PageAnswer.Missing($"There is no customer {number}.");
        if (request.Query("term") is not { } term || !Terms.Contains(term)) return PageAnswer.To(Links.Customer(number));
        var payer = root.Find<Customer>(customer.PayerNumber);
        var rows = ExposureOf.Rows(root, customer.PayerNumber, request.Today).Where(row => row.Term == term).ToList();
        return PageAnswer.Of<ExposurePage, ExposureView>($"{ExposurePage.NameOf(term)} of {payer?.Name ?? customer.PayerNumber}", new ExposureView(
            payer ?? customer, customer.PayerNumber, term, [.. rows.Skip((request.PageNumber - 1) * Pager.PageSize).Take(Pager.PageSize)], rows.Count,
            new Money(rows.Sum(row => row.Amount), (payer ?? customer).Currency), request.PageNumber));
    });
}
