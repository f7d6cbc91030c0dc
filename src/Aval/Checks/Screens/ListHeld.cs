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

/// <param name="Sums">By triage and cause, in the company's currency; the filter's own triage and cause are left aside.</param>
public sealed record HeldView(ListShown Shown, HeldFilter Filter, IReadOnlyList<HeldSum> Sums, IReadOnlyList<HeldRow> Rows)
{
    /// <summary>The sums of what is listed, on all pages.</summary>
    public IReadOnlyList<HeldSum> Listed { get; } =
        [.. Sums.Where(sum => (Filter.Triage is null || sum.Triage == Filter.Triage) && (Filter.Cause is null || sum.Cause == Filter.Cause))];
}

/// <summary>Whom and what the filter's words mean; null where they leave all.</summary>
sealed record HeldMeant(IReadOnlyList<string>? Customers = null, IReadOnlyList<string>? Orders = null)
{
    public static async Task<HeldMeant> OfAsync(PageRequest request, HeldFilter filter, CancellationToken cancel) => new(
        await CustomerSearch.MeantAsync(request.Store, filter.Customer, cancel),
        filter.IsOwn ? await ReleasedOrders.HeldOfAsync(request.Store, request.Actor.Name, int.MaxValue, cancel) : null);
}

/// <summary>Shows the held orders: what waits, for what, since when, and for whom.</summary>
static class ListHeld
{
    /// <summary>Orders that are checked beside each other.</summary>
    const int AtOnce = 50;

    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapPage(HeldFilter.Path, OrderPermissions.Read, async (request, cancel) =>
    {
        var filter = HeldFilter.Of(request);
        var shown = ListShown.Of(request, "held", HeldFilter.Path, HeldFilter.Fields, Enum.GetValues<HeldOrder>().Select(order => Words.Of(order)));
        var (meant, weights) = (await HeldMeant.OfAsync(request, filter, cancel), Weights.Of(request.Company));
        if (shown.Form is not null) return ListFile.OfEach(request, shown, T("Held orders"), HeldPage.Columns, _ => EachAsync());
        var booked = await HeldOrders.SumsAsync(request.Store, filter, meant, cancel);
        var decides = request.Actor.Roles.Any(role => role == Permission.AllRights || EscalationStep.Deciding.Contains(role));
        var rows = await TodayAsync(request, [.. (await PageAsync(shown)).Select(row => row with { IsToDecide = decides })], cancel);
        return PageAnswer.Of<HeldPage, HeldView>(T("Held orders"), new HeldView(shown, filter, HeldSums.InHome(booked, request.Company), rows));

        async Task<IReadOnlyList<HeldRow>> PageAsync(ListShown part)
        {
            var page = await HeldOrders.PageAsync(request.Store, filter, meant, weights, part.Skip, part.Most, cancel);
            var names = await CustomerSearch.NamesAsync(request.Store, page.SelectMany(row => new[] { row.Block.Customer, row.Block.Payer }), cancel);
            return await DecidedAsync(request, [.. page.Select(row => row with
            {
                CustomerName = names.GetValueOrDefault(row.Block.Customer, row.Block.Customer), PayerName = names.GetValueOrDefault(row.Block.Payer, row.Block.Payer),
                Days = request.Today.DayNumber - row.Block.OpenedOn.DayNumber,
            })], cancel);
        }

        async IAsyncEnumerable<HeldRow> EachAsync()
        {
            for (var part = shown; ; part = part with { Page = part.Page + 1 })
            {
                var page = await PageAsync(part);
                foreach (var some in page.Chunk(AtOnce))
                    foreach (var row in await TodayAsync(request, some, cancel)) yield return row;
                if (page.Count < part.Most) yield break;
            }
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

    /// <summary>The rows with what holds their orders today, as far as whoever looks sees it: amounts and days go on while an order waits.
    /// A page and a file tell the same.</summary>
    static async Task<IReadOnlyList<HeldRow>> TodayAsync(PageRequest request, HeldRow[] rows, CancellationToken cancel)
    {
        // The store as it goes on: a file is of one moment, in which a customer that has moved since would be looked for without end.
        var (desk, store) = (request.Desk, request.Desk.Store);
        var (orders, unseen) = (await GetOrder.FindAsync(desk, store, [.. rows.Select(row => row.Block.Order)], cancel), new Unseen(desk, cancel));
        var told = new List<HeldRow>(rows.Length);
        foreach (var row in rows)
            told.Add(row with
            {
                Findings = orders.GetValueOrDefault(row.Block.Order) is { Order.Status: OrderStatus.Held } found
                    ? [.. found.Check.Findings.Where(finding => finding.Blocks).OrderByDescending(finding => finding.Severity)]
                    : await unseen.OfAsync(row.Findings),
            });
        return told;
    }
}
