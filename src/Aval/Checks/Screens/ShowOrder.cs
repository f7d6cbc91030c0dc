using Aval.Checks.Rules;
using Aval.Checks.Rules.Options;
using Aval.Decisions;
using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Parties;
using Aval.Parties.Rules;
using Aval.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Checks;

/// <param name="Amount">What was ordered and not cancelled, tax included.</param>
/// <param name="Remedies">What can be done about it; unless it is held only what is ours to mend of it.</param>
/// <param name="Matters">What is argued about, promised and secured with the payer today.</param>
/// <param name="Names">Of the customer and the payer, by number.</param>
public sealed record OrderView(
    FoundOrder Found, Money Amount, CheckTexts Texts, Remedies Remedies,
    IReadOnlyDictionary<string, string> Names, IReadOnlyList<PastEvent> History, IReadOnlyList<Block> Blocks, IReadOnlyList<PayerMatter> Matters)
{
    public Order Order => Found.Order;
    public OrderCheck Check => Found.Check;

    /// <summary>What was found, the gravest first.</summary>
    public IReadOnlyList<Finding> Findings { get; } = [.. Found.Check.Findings.OrderByDescending(finding => finding.Severity)];

    /// <summary>The language of the text to the customer.</summary>
    public required Language ToCustomer { get; init; }

    /// <summary>All that was decided about it, the first first.</summary>
    public IReadOnlyList<Decision> Decisions { get; init; } = [];

    /// <summary>It is held, and the one who looks may complete it.</summary>
    public bool MayComplete { get; init; }

    /// <summary>What the payer asks of the order, for whoever may complete it.</summary>
    public IReadOnlyList<OrderNeed> Needs { get; init; } = [];

    /// <summary>It may go, and the one who looks says when it is picked and shipped.</summary>
    public bool MaySend { get; init; }

    /// <summary>Why what was sent to complete, pick or ship it was refused; null when nothing was.</summary>
    public Problem? Refused { get; init; }

    /// <summary>What was typed to complete it.</summary>
    public TypedOrder? Sent { get; init; }

    /// <summary>What somebody has decided about it and still stands; null while nobody has.</summary>
    public Decision? Standing => Decisions.LastOrDefault(decision => decision.Stands);

    /// <summary>The open block; null unless the order is held.</summary>
    public Block? Block => Blocks.FirstOrDefault(block => block.Status == BlockStatus.Open);
}

/// <summary>Shows an order: what became of it and why, the exposure it was judged on, and its history.</summary>
static class ShowOrder
{
    internal static void MapPages(IEndpointRouteBuilder pages) =>
        pages.MapPage("/orders/{number}", OrderPermissions.Read, (request, cancel) => ShowAsync(request, null, null, cancel));

    /// <param name="refused">Why what was sent to complete, pick or ship it was refused.</param>
    public static async Task<PageAnswer> ShowAsync(PageRequest request, Problem? refused, TypedOrder? sent, CancellationToken cancel)
    {
        var number = request.Route("number");
        if (await GetOrder.FindAsync(request.Desk, request.Store, number, cancel) is not { } found) return PageAnswer.Missing(T("There is no order {0}.", number));
        var (history, blocks, decided) = await StoredAsync(request.Store, found, cancel);
        var names = await CustomerSearch.NamesAsync(request.Store, [found.Order.Customer, found.Order.Payer], cancel);
        // With no reader open: each of them is looked up by the database.
        var unseen = new Unseen(request.Desk, cancel);
        var remedies = await unseen.OfAsync(found.AllRemedies());
        var own = (await request.Desk.ViewAsync(found.Order.Customer, cancel))?.Root;
        var customer = own?.Find<Customer>(found.Order.Customer);
        var (language, mayComplete) = (CheckWords.SpokenBy(customer), found.Order.Status == OrderStatus.Held && OrderPermissions.EnterOrders.IsGrantedTo(request.Actor));
        var texts = OrderAnswer.TextsOf(found.Order, found.Check, found.Asked, remedies, CheckWords.Spoken, language);
        return PageAnswer.Of<OrderPage, OrderView>(
            T("Order {0}", number),
            new OrderView(
                found, new Money(OrderValue.Of(found.Order).Total, found.Order.Currency), texts, remedies, names,
                await Unseen.EachAsync(history, async past => past with { More = await unseen.OfTextAsync(past.More) }), blocks,
                await request.Desk.ViewAsync(found.Order.Payer, cancel) is var (root, _) ? PayerMatters.Of(root, found.Order.Payer, request.Actor) : [])
            {
                Decisions = await Unseen.EachAsync(decided, unseen.OfAsync),
                ToCustomer = language, MayComplete = mayComplete, Refused = refused,
                Needs = mayComplete && customer is not null ? OrderNeeds.Of(own!, customer, own!.Find<Customer>(customer.PayerNumber), request.Today) : [],
                Sent = sent, MaySend = SendOrder.IsFor(request, found.Order),
            },
            refused);
    }

    static async Task<(IReadOnlyList<PastEvent> History, IReadOnlyList<Block> Blocks, IReadOnlyList<Decision> Decisions)> StoredAsync(
        Store store, FoundOrder found, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        return (
            await OrderHistory.EventsAsync(reader, found.Stands, found.Order.Number, cancel), await OrderHistory.BlocksAsync(reader, found.Stands, found.Order.Number, cancel),
            await DecisionSearch.OfOrdersAsync(reader, [found.Order.Number], cancel));
    }
}
