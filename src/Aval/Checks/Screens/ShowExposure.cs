using Aval.Exposure;
using Aval.Exposure.Rules;
using Aval.Kernel;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Parties;
using Aval.Parties.Rules;
using Aval.Policies;
using Aval.Policies.Rules;
using Aval.Web;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Checks;

/// <param name="Back">The page whose figure it is.</param>
/// <param name="When">As of when, in words.</param>
/// <param name="Rows">Those of the page; <paramref name="Count"/> are all, and <paramref name="Total"/> is their sum.</param>
public sealed record ExposureView(
    ListShown Shown, string Back, string BackName, string Payer, string Term, string When, IReadOnlyList<ExposureDocument> Rows, int Count, Money Total);

/// <param name="Currency">The payer's, in which all its figures are.</param>
public sealed record ExposureDocument(ExposureRow Of, Currency Currency);

/// <summary>Shows the documents behind one figure of a payer's exposure: as it is today, or as the check of an order saw it.</summary>
static class ShowExposure
{
    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapPage("/customers/{number}/exposure", PartyPermissions.Read, TodayAsync);
        pages.MapPage("/orders/{number}/exposure", OrderPermissions.Read, SeenAsync);
    }

    static async Task<PageAnswer> TodayAsync(PageRequest request, CancellationToken cancel)
    {
        var number = request.Route("number");
        if (await request.Desk.ViewAsync(number, cancel) is not var (root, company) || root.Find<Customer>(number) is not { } customer)
            return PageAnswer.Missing(T("There is no customer {0}.", number));
        if (TermOf(request) is not { } term) return PageAnswer.To(Links.Customer(number));
        var payer = root.Find<Customer>(customer.PayerNumber) ?? customer;
        var netting = company.Get<PoliciesFacts>().Current.Policy.Netting;
        return await ShowAsync(request, root, payer, term, netting, request.Today, T("today"), Links.Customer(payer.Number), payer.Name, Links.Customer(number), cancel);
    }

    /// <summary>The documents as they were when the order's last check was made: the order itself without any claim.</summary>
    static async Task<PageAnswer> SeenAsync(PageRequest request, CancellationToken cancel)
    {
        var number = request.Route("number");
        if (await GetOrder.FindAsync(request.Desk, request.Store, number, cancel) is not { } found) return PageAnswer.Missing(T("There is no order {0}.", number));
        if (TermOf(request) is not { } term || await request.Desk.ViewAsync(found.Order.Customer, cancel) is not var (_, company)) return PageAnswer.To(Links.Order(number));
        var policy = company.Get<PoliciesFacts>().Compiled(found.Check.PolicyVersion) ?? company.Get<PoliciesFacts>().Current;
        var facts = found is { Asked: { } asked } && GetOrder.IsToldByToday(found.Order) ? asked.Root : await ThenAsync(request, found, cancel);
        if (facts.Find<Order>(number) is { } order) facts = facts.With(order with { Status = OrderStatus.Held, Authorization = null });
        if (facts.Find<Customer>(found.Check.Payer) is not { } payer) return PageAnswer.To(Links.Order(number));
        return await ShowAsync(
            request, facts, payer, term, policy.Policy.Netting, found.Check.Date,
            T("as the check of order {0} on {1} saw it", number, found.Check.Date), Links.Order(number), T("Order {0}", number),
            Links.Order(number), cancel);
    }

    /// <summary>The facts before the last check that is recorded. What still waits is told by today's.</summary>
    static async Task<Facts> ThenAsync(PageRequest request, FoundOrder found, CancellationToken cancel)
    {
        await using var reader = await request.Store.SnapshotAsync(cancel);
        return await reader.LoadAtAsync(found.Root, found.Sequence - 1, found.Check.Date, cancel);
    }

    static string? TermOf(PageRequest request) => request.Query("term") is { } term && ExposureOf.Terms.Contains(term) ? term : null;

    static async Task<PageAnswer> ShowAsync(
        PageRequest request, Facts facts, Customer payer, string term, Netting netting, DateOnly on, string when, string back, string backName, string whose,
        CancellationToken cancel)
    {
        var shown = ListShown.Of(request, "documents", whose + "/exposure", [], ExposurePage.Columns.Where(column => column.Sorts).Select(column => column.Name)) with
        {
            Chooses = [("term", term)],
        };
        var rows = ExposureOf.Rows(facts, payer.Number, netting, on).Where(row => row.Term == term).ToList();
        var total = rows.Sum(row => row.Amount);
        var seen = await GetExposureRows.SeenOfAsync(request.Desk, rows, cancel);
        rows.RemoveAll(row => !seen(row));
        var documents = shown.Ordered(rows.Select(row => new ExposureDocument(row, payer.Currency)), ExposurePage.Columns);
        if (shown.Form is not null) return ListFile.Of(request, shown, ExposurePage.NameOf(term), ExposurePage.Columns, documents);
        var name = await request.Desk.SeesAsync(payer.Number, cancel) ? payer.Name : payer.Number;
        return PageAnswer.Of<ExposurePage, ExposureView>(T("{0} of {1}", ExposurePage.NameOf(term), name), new ExposureView(
            shown, back, backName == payer.Name ? name : backName, name, term, when, shown.PageOf(documents), documents.Count, new Money(total, payer.Currency)));
    }
}
