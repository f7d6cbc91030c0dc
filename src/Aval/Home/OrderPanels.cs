using Aval.Blocks;
using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Parties;
using Aval.Policies.Rules;
using Aval.Rates;
using Aval.Web;
using static Aval.Web.Translated;

namespace Aval.Home;

/// <summary>Panels of orders: what to tell their customers, what would free them, what may leave.</summary>
static class OrderPanels
{
    /// <summary>Own held orders that are looked at for the panel.</summary>
    const int MostOwn = 500;

    /// <summary>Days ahead of which goods may be reserved.</summary>
    const int DaysAhead = 7;

    static readonly HeldFilter Held = new();

    /// <summary>Held orders of whoever entered them, else of all, with what may be said to the customer.</summary>
    public static async Task<Panel> TellAsync(PageRequest request, CancellationToken cancel)
    {
        var own = await BlockFigures.OfOrdersAsync(request.Store, await ReleasedOrders.HeldOfAsync(request.Store, request.Actor.Name, MostOwn, cancel), cancel);
        var (blocks, total) = own.Count > 0 ? ([.. own.Take(Panel.Most)], own.Count) : await LongestHeldAsync(request, cancel);
        var lines = await LinesAsync(request, blocks, texts => texts.Customer, cancel);
        var (title, all) = own.Count > 0
            ? (T("My held orders, and what I can tell the customer"), HeldFilter.Own)
            : (T("Held orders, and what I can tell the customer"), HeldFilter.Path);
        return new Panel(title, all, total, lines)
        {
            Empty = T("No order is held: every customer can be told that theirs is on its way."), ToDo = T("Tell the customer about order"), IsAtLeast = own.Count == MostOwn,
        };
    }

    /// <summary>Held orders with what comes next and the first that would let them go.</summary>
    public static async Task<Panel> FreedByAsync(PageRequest request, CancellationToken cancel)
    {
        var (blocks, total) = await LongestHeldAsync(request, cancel);
        return new Panel(
            request.Desk.IsNarrow ? T("My customers’ held orders, and what would free them") : T("Held orders, and what would free them"), HeldFilter.Path, total,
            await LinesAsync(request, blocks, texts => texts.CustomerService, cancel))
        {
            Empty = T("No order of your customers is held."), ToDo = T("See what would free order"),
        };
    }

    /// <summary>Orders that Credit is to decide without knowing what Customer Service knows.</summary>
    public static async Task<Panel> ContextAsync(PageRequest request, CancellationToken cancel)
    {
        var (asked, isAll) = await AskedContext.FindAsync(request, AskedContext.MostForHome, cancel);
        var shown = asked.Take(Panel.Most).ToList();
        var names = await NamesAsync(request, shown, cancel);
        return new Panel(
            T("What Credit asks before it decides"), AskedContext.Path, asked.Count,
            [.. shown.Select(block => Line(block, names) with { Href = Links.Block(block.Id), Tag = null })])
        {
            Empty = T("Credit knows what you know."), ToDo = T("Tell Credit what you know about order"), IsByDay = true, IsAtLeast = !isAll,
        };
    }

    /// <summary>What may leave today, and what may be reserved for the days to come.</summary>
    public static async Task<Panel> ToShipAsync(PageRequest request, CancellationToken cancel)
    {
        var by = request.Today.AddDays(DaysAhead);
        var (orders, total) = await ReleasedOrders.ToShipAsync(request.Store, by, Panel.Most, cancel);
        var names = await CustomerSearch.NamesAsync(request.Store, orders.Select(order => order.Customer), cancel);
        return new Panel(T("What may be reserved, picked and shipped"), ListOrders.ToShip(by), total,
        [.. orders.Select(order => new PanelLine(order.Number, Links.Order(order.Number))
        {
            Whose = names.GetValueOrDefault(order.Customer, order.Customer), Amount = new Money(OrderValue.Of(order).Total, order.Currency), Day = order.ShipDate,
            ToDo = ToDo(order, request.Today), IsLate = order.ShipDate < request.Today, Tag = Step(order, request.Today),
            Says = order.IsPart() ? OrderWords.LookFirst : null,
        })])
        {
            Empty = T("Nothing released is waiting to leave this week."), IsByDay = true, IsAtLeast = total == ReleasedOrders.MostCounted,
        };
    }

    static string ToDo(Order order, DateOnly today) => order.Authorization is { PickReleased: true } ? T("Ship") : order.ShipDate > today ? T("Reserve") : T("Pick");

    static PanelTag? Step(Order order, DateOnly today) => OrderWords.NextOf(order, today) is var (name, kind) ? new PanelTag(name, kind) : null;

    static async Task<(IReadOnlyList<Block> Blocks, int Total)> LongestHeldAsync(PageRequest request, CancellationToken cancel)
    {
        var rows = await HeldOrders.PageAsync(request.Store, Held, new HeldMeant(), Weights.Of(request.Company), 0, Panel.Most, cancel);
        var total = rows.Count < Panel.Most ? rows.Count : (await HeldOrders.SumsAsync(request.Store, Held, new HeldMeant(), cancel)).Sum(sum => sum.Count);
        return ([.. rows.Select(row => row.Block)], total);
    }

    static async Task<IReadOnlyList<PanelLine>> LinesAsync(PageRequest request, IReadOnlyList<Block> blocks, Func<CheckTexts, string> told, CancellationToken cancel)
    {
        var names = await NamesAsync(request, blocks, cancel);
        var lines = new List<PanelLine>(blocks.Count);
        foreach (var block in blocks) lines.Add(Line(block, names) with { Says = await SaysAsync(request, block, told, cancel) });
        return lines;
    }

    static async Task<string?> SaysAsync(PageRequest request, Block block, Func<CheckTexts, string> told, CancellationToken cancel)
    {
        if (await GetOrder.FindAsync(request.Desk, request.Store, block.Order, cancel) is not { } found) return null;
        var remedies = await new Unseen(request.Desk, cancel).OfAsync(found.AllRemedies());
        return told(OrderAnswer.TextsOf(found.Order, found.Check, found.Asked, remedies, CheckWords.Spoken));
    }

    static PanelLine Line(Block block, IReadOnlyDictionary<string, string> names) => new(block.Order, Links.Order(block.Order))
    {
        Whose = names.GetValueOrDefault(block.Customer, block.Customer), Amount = new Money(block.Amount, block.Currency), Day = block.DueOn,
        Tag = new PanelTag(CheckWords.Of(block.Triage), CheckWords.KindOf(block.Triage)),
    };

    static Task<IReadOnlyDictionary<string, string>> NamesAsync(PageRequest request, IReadOnlyList<Block> blocks, CancellationToken cancel) =>
        CustomerSearch.NamesAsync(request.Store, blocks.Select(block => block.Customer), cancel);
}
