using Aval.Company;
using Aval.Decisions;
using Aval.Kernel;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Parties;
using Aval.Rates;
using Aval.Web;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Checks;

/// <param name="Sums">By triage and cause, in the company's currency.</param>
/// <param name="Unconverted">Orders whose currency has no rate: counted, but missing from the amounts.</param>
/// <param name="Total">Orders on all pages.</param>
public sealed record HeldView(
    HeldFilter Filter, IReadOnlyList<HeldSum> Sums, int Unconverted, IReadOnlyList<HeldRow> Rows, IReadOnlyDictionary<string, string> Names, int Total, int Page);

/// <summary>Shows the held orders: what waits, for what, since when, and for whom.</summary>
static class ListHeld
{
    const int MostCustomers = 500;

    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapPage(HeldFilter.Path, OrderPermissions.Read, async (request, cancel) => request.Word<ListForm>("as") is { } form
            ? await GiveAsync(request, form, cancel)
            : PageAnswer.Of<HeldPage, HeldView>(T("Held orders"), await ReadAsync(request, cancel)));
    }

    static async Task<HeldView> ReadAsync(PageRequest request, CancellationToken cancel)
    {
        var filter = HeldFilter.Of(request);
        var customers = await MeantAsync(request, filter, cancel);
        var booked = await HeldOrders.SumsAsync(request.Store, filter, customers, cancel);
        var home = request.Company.Get<CompanyFacts>().Main!.Currency;
        var rates = booked.Select(sum => sum.Amount.Currency).Distinct()
            .ToDictionary(currency => currency, currency => request.Company.Get<RatesFacts>().Find(currency, home, request.Today)?.Factor);
        var weights = rates.Where(pair => pair.Value is not null)
            .ToDictionary(pair => pair.Key, pair => pair.Value!.Value * home.MinorPerMajor / pair.Key.MinorPerMajor);
        var total = booked.Where(sum => (filter.Triage is null || sum.Triage == filter.Triage) && (filter.Cause is null || sum.Cause == filter.Cause)).Sum(sum => sum.Count);
        var rows = await HeldOrders.PageAsync(request.Store, filter, customers, weights, (request.PageNumber - 1) * Pager.PageSize, Pager.PageSize, cancel);
        rows = await Task.WhenAll(rows.Select(row => TodayAsync(request, row, cancel)));
        rows = await DecidedAsync(request, rows, cancel);
        var names = await CustomerSearch.NamesAsync(request.Store, rows.SelectMany(row => new[] { row.Block.Customer, row.Block.Payer }), cancel);
        return new HeldView(
            filter, [.. booked.Select(sum => sum with { Amount = rates[sum.Amount.Currency] is { } factor ? sum.Amount.Convert(factor, home) : new Money(0, home) })],
            booked.Where(sum => rates[sum.Amount.Currency] is null).Sum(sum => sum.Count), rows, names, total, request.PageNumber);
    }

    /// <summary>The list as a file, with what the last checks found.</summary>
    static async Task<PageAnswer> GiveAsync(PageRequest request, ListForm form, CancellationToken cancel)
    {
        var filter = HeldFilter.Of(request);
        var shown = filter.AsList with { Form = form };
        var rows = await HeldOrders.PageAsync(
            request.Store, filter, await MeantAsync(request, filter, cancel), new Dictionary<Currency, decimal>(), shown.Skip, shown.Most, cancel);
        var unseen = new Unseen(request.Desk, cancel);
        rows = await Unseen.EachAsync(rows, async row => row with { Findings = [.. await Unseen.EachAsync(row.Findings, unseen.OfAsync)] });
        return ListFile.Of(request, shown, T("Held orders"), HeldPage.Columns, rows);
    }

    /// <summary>Whom the filter's text means; null when it names none.</summary>
    static async Task<IReadOnlyList<string>?> MeantAsync(PageRequest request, HeldFilter filter, CancellationToken cancel) => filter.Customer is null
        ? null
        : [.. (await CustomerSearch.FindAsync(request.Store, filter.Customer, 0, MostCustomers, cancel)).Found.Select(customer => customer.Number)];

    /// <summary>The rows with what somebody has decided about them.</summary>
    static async Task<IReadOnlyList<HeldRow>> DecidedAsync(PageRequest request, IReadOnlyList<HeldRow> rows, CancellationToken cancel)
    {
        await using var reader = await request.Store.SnapshotAsync(cancel);
        var standing = (await DecisionSearch.OfOrdersAsync(reader, [.. rows.Select(row => row.Block.Order)], cancel)).Where(decision => decision.Stands)
            .ToLookup(decision => decision.Block, StringComparer.Ordinal);
        return [.. rows.Select(row => row with { Standing = standing[row.Block.Id].LastOrDefault() })];
    }

    /// <summary>The row with what holds its order today: amounts and days go on while it waits.</summary>
    static async Task<HeldRow> TodayAsync(PageRequest request, HeldRow row, CancellationToken cancel) =>
        await GetOrder.FindAsync(request.Desk, request.Store, row.Block.Order, cancel) is { Order.Status: OrderStatus.Held } found
            ? row with { Findings = [.. found.Check.Findings.Where(finding => finding.Blocks).OrderByDescending(finding => finding.Severity)] }
            : row;
}
