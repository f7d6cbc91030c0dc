using Aval.Decisions;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Parties;
using Aval.Policies.Rules;
using Aval.Rates;
using Aval.Web;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Checks;

/// <param name="Sums">By triage and cause, in the company's currency.</param>
/// <param name="Unconverted">Orders whose currency has no rate: counted, but missing from the amounts.</param>
/// <param name="Total">Orders on all pages.</param>
public sealed record HeldView(ListShown Shown, HeldFilter Filter, IReadOnlyList<HeldSum> Sums, int Unconverted, IReadOnlyList<HeldRow> Rows, int Total);

/// <summary>Shows the held orders: what waits, for what, since when, and for whom.</summary>
static class ListHeld
{
    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapPage(HeldFilter.Path, OrderPermissions.Read, async (request, cancel) =>
    {
        var filter = HeldFilter.Of(request);
        var shown = ListShown.Of(request, "held", HeldFilter.Path, HeldFilter.Fields, Enum.GetValues<HeldOrder>().Select(order => Words.Of(order)));
        var (customers, weights) = (await CustomerSearch.MeantAsync(request.Store, filter.Customer, cancel), Weights.Of(request.Company));
        if (shown.Form is not null)
            return ListFile.Of(request, shown, T("Held orders"), HeldPage.Columns, async part => await SeenAsync(await PageAsync(part)));
        var booked = await HeldOrders.SumsAsync(request.Store, filter, customers, cancel);
        var (home, rates) = (weights.Home, request.Company.Get<RatesFacts>());
        var total = booked.Where(sum => (filter.Triage is null || sum.Triage == filter.Triage) && (filter.Cause is null || sum.Cause == filter.Cause)).Sum(sum => sum.Count);
        var decides = request.Actor.Roles.Any(role => role == Permission.AllRights || EscalationStep.Deciding.Contains(role));
        var rows = await Task.WhenAll((await PageAsync(shown)).Select(row => TodayAsync(request, row with { IsToDecide = decides }, cancel)));
        return PageAnswer.Of<HeldPage, HeldView>(T("Held orders"), new HeldView(
            shown, filter, [.. booked.Select(sum => sum with { Amount = rates.Converted(sum.Amount, home, request.Today) ?? new Money(0, home) })],
            booked.Where(sum => rates.Find(sum.Amount.Currency, home, request.Today) is null).Sum(sum => sum.Count), rows, total));

        async Task<IReadOnlyList<HeldRow>> PageAsync(ListShown part)
        {
            var page = await HeldOrders.PageAsync(request.Store, filter, customers, weights, part.Skip, part.Most, cancel);
            var names = await CustomerSearch.NamesAsync(request.Store, page.SelectMany(row => new[] { row.Block.Customer, row.Block.Payer }), cancel);
            return await DecidedAsync(request, [.. page.Select(row => row with
            {
                CustomerName = names.GetValueOrDefault(row.Block.Customer, row.Block.Customer), PayerName = names.GetValueOrDefault(row.Block.Payer, row.Block.Payer),
                Days = request.Today.DayNumber - row.Block.OpenedOn.DayNumber,
            })], cancel);
        }

        // A file has what the last checks found, as far as whoever asks may read it.
        async Task<IReadOnlyList<HeldRow>> SeenAsync(IReadOnlyList<HeldRow> page)
        {
            var unseen = new Unseen(request.Desk, cancel);
            return await Unseen.EachAsync(page, async row => row with { Findings = [.. await Unseen.EachAsync(row.Findings, unseen.OfAsync)] });
        }
    });

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
