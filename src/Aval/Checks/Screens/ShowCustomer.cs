using Aval.Checks.Rules;
using Aval.Decisions;
using Aval.Decisions.Rules;
using Aval.Exposure;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Parties;
using Aval.Parties.Rules;
using Aval.Policies;
using Aval.Receivables;
using Aval.Receivables.Rules;
using Aval.Web;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Checks;

/// <param name="Seen">The payer's figures today.</param>
/// <param name="Nodes">The payer's own limit, then those it shares with its group.</param>
/// <param name="Family">The customer's root and all that hangs under it.</param>
/// <param name="Orders">Live orders of the customer and of those it pays for, newest first.</param>
/// <param name="Matters">What is argued about, promised and secured with the payer.</param>
/// <param name="Deferred">How many findings were set aside of the customer's orders and are owed still.</param>
/// <param name="OpenItems">The payer's open invoices, those due first before others.</param>
public sealed record CustomerView(
    Customer Customer, Customer? Payer, string Root, ExposureSeen Seen, IReadOnlyList<NodeExposure> Nodes, IReadOnlyList<FamilyMember> Family, IReadOnlyList<OrderRow> Orders,
    IReadOnlyList<OpenItem> OpenItems, AgingBuckets Aging, IReadOnlyList<PayerMatter> Matters, int Deferred)
{
    /// <summary>The limit that the one who looks may challenge; null where they may not.</summary>
    public LimitDoubt? Doubt { get; init; }

    /// <summary>What stood at the ends of the last months, and today.</summary>
    public IReadOnlyList<ExposureAt> Months { get; init; } = [];

    /// <summary>How the payer pays; null while nothing was paid.</summary>
    public PaymentBehaviour? Behaviour { get; init; }

    /// <summary>What the payer asks of each order.</summary>
    public IReadOnlyList<OrderNeed> Needs { get; init; } = [];

    /// <summary>Decisions that wait for what was promised in return, the earliest date first; one more than a page shows where there are more.</summary>
    public IReadOnlyList<Decision> Commitments { get; init; } = [];

    /// <summary>Open invoices of the payer that the one who looks may take a promise for, in the currency of the first; those due first before others.</summary>
    public IReadOnlyList<Invoice> Promisable { get; init; } = [];

    /// <summary>The number that is proposed for a promise.</summary>
    public string NextPromise { get; init; } = "";

    /// <summary>What happened last; one more than a page shows where there is more.</summary>
    public IReadOnlyList<Happened> Happened { get; init; } = [];

    /// <summary>The top of the group, then the part of the tree around the customer: what a page shows beside other things.</summary>
    public IEnumerable<FamilyMember> Near
    {
        get
        {
            var at = Math.Max(0, Family.TakeWhile(member => member.Customer.Number != Customer.Number).Count() - (AllOf.Most / 2));
            return at <= 1 ? Family.Take(AllOf.Most) : [Family[0], .. Family.Skip(at).Take(AllOf.Most - 1)];
        }
    }
}

/// <param name="Depth">0 at the top of the group.</param>
public sealed record FamilyMember(Customer Customer, int Depth);

/// <summary>Shows a customer: what stands with its payer, under which limits, and in which group.</summary>
static class ShowCustomer
{
    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        pages.MapPage("/customers/{number}", PartyPermissions.Read, async (request, cancel) => await FindAsync(request, cancel, withHistory: true) is { } view
            ? PageAnswer.Of<CustomerPage, CustomerView>(view.Customer.Name, view)
            : Missing(request));
        pages.MapPage("/customers/{number}/timeline", PartyPermissions.Read, TimelineAsync);
        ShowCustomerLists.MapPages(pages);
    }

    /// <param name="withHistory">With what the page of the customer tells beside its lists.</param>
    internal static async Task<CustomerView?> FindAsync(PageRequest request, CancellationToken cancel, bool withHistory = false)
    {
        if (await request.Desk.ViewAsync(request.Route("number"), cancel) is not var (root, company) || root.Find<Customer>(request.Route("number")) is not { } customer)
            return null;
        var view = View(request, customer, root, company, await SeenAsync(request, root.Get<PartiesFacts>(), cancel)) with
        {
            Doubt = LimitDoubt.Of(request.Actor, root, customer.PayerNumber), Promisable = TakePromise.InvoicesFor(request, root, customer.PayerNumber),
            NextPromise = TakePromise.Fresh(request.Get<TimeProvider>().GetUtcNow()),
        };
        return withHistory ? await WithHistoryAsync(view, root, request, cancel) : view;
    }

    static async Task<CustomerView> WithHistoryAsync(CustomerView view, Facts root, PageRequest request, CancellationToken cancel)
    {
        var (seen, today) = (view.Seen, request.Today);
        // Figures of the payer are told to whoever sees the customer, as those of today are.
        var months = await ExposureMonths.ReadAsync(request.Desk.Everything, root, view.Customer.PayerNumber, today, cancel);
        return view with
        {
            Months = [.. months, new ExposureAt(today, seen.OpenOrders + seen.Unbilled, seen.Receivables + seen.AtRisk - seen.Overdue, seen.Overdue, seen.Limit)],
            Behaviour = root.Get<ReceivablesFacts>().Of(view.Customer.PayerNumber).Behaviour,
            Needs = OrderNeeds.Of(root, view.Customer, view.Payer, today),
            Commitments = await DecisionSearch.WaitingAsync(request.Store, view.Customer.Number, null, null, null, AllOf.Most + 1, cancel),
            Happened = await CustomerHistory.LatestAsync(request.Store, root, view.Customer, null, today, AllOf.Most + 1, cancel),
        };
    }

    static async Task<PageAnswer> TimelineAsync(PageRequest request, CancellationToken cancel)
    {
        var number = request.Route("number");
        if (await request.Desk.ViewAsync(number, cancel) is not var (root, _) || root.Find<Customer>(number) is not { } customer) return Missing(request);
        var (kind, shown) = (request.Word<HappenedKind>("kind"), ListShown.Of(request, "happened", CustomerTimelineView.PathOf(number), ["kind"], "day"));
        if (shown.Form is not null) return ListFile.Of(request, shown, T("Everything that happened"), CustomerTimelinePage.Columns, PartAsync);
        var count = await CustomerHistory.CountAsync(request.Store, root, customer, kind, cancel);
        return PageAnswer.Of<CustomerTimelinePage, CustomerTimelineView>(
            T("Everything that happened with {0}", customer.Name),
            new CustomerTimelineView(customer, shown, kind, shown.Page > CustomerTimelineView.MostPages ? [] : await PartAsync(shown), count));

        async Task<IReadOnlyList<Happened>> PartAsync(ListShown part) =>
        [
            .. (await CustomerHistory.LatestAsync(
                request.Store, root, customer, kind, request.Today, part.Skip + part.Most, cancel, earliest: part.By is not null && !part.Descending)).Skip(part.Skip),
        ];
    }

    /// <summary>The relatives that the visitor sees.</summary>
    static async Task<HashSet<string>> SeenAsync(PageRequest request, PartiesFacts parties, CancellationToken cancel) =>
        request.Desk.IsNarrow ? [.. (await CustomerSearch.NamesAsync(request.Store, parties.Customers.Keys, cancel)).Keys] : [.. parties.Customers.Keys];

    internal static PageAnswer Missing(PageRequest request) => PageAnswer.Missing(T("There is no customer {0}.", request.Route("number")));

    static CustomerView View(PageRequest request, Customer customer, Facts root, Facts company, HashSet<string> seen)
    {
        var (parties, today) = (root.Get<PartiesFacts>(), request.Today);
        var payer = parties.PayerOf(customer);
        var nodes = payer is null ? [] : ExposureOf.Nodes(root, company, payer.Number, company.Get<PoliciesFacts>().Current.Policy.Netting, today);
        IReadOnlyList<OpenItem> items = [.. root.Get<ReceivablesFacts>().Of(customer.PayerNumber).OpenItems];
        var aging = items.Aggregate(default(AgingBuckets), (sum, item) => sum + AgingBuckets.Of(item.Open, today.DayNumber - item.DueDate.DayNumber));
        // What the payer owes is told; its documents only to whoever sees the payer.
        var theirs = seen.Contains(customer.PayerNumber);
        return new CustomerView(
            customer, theirs ? payer : null, root.Root, GetExposure.Seen(root, company, customer.PayerNumber, today), nodes,
            [.. Family(parties).Where(member => seen.Contains(member.Customer.Number))], Orders(customer, root, seen), theirs ? items : [], aging,
            theirs ? PayerMatters.Of(root, customer.PayerNumber, request.Actor) : [],
            root.Get<ChecksFacts>().RowsOf(customer.Number).OfType<Waiver>().Count(waiver => waiver is { DueOn: not null, MendedOn: null }));
    }

    static OrderRow[] Orders(Customer customer, Facts root, HashSet<string> seen) =>
    [
        .. root.Get<OrdersFacts>().All.Where(known => seen.Contains(known.Order.Customer) && (known.Order.Customer == customer.Number || known.Order.Payer == customer.Number))
            .OrderByDescending(known => known.Order.OrderDate).ThenByDescending(known => known.Order.Number, StringComparer.Ordinal)
            .Select(known => new OrderRow(
                known.Order, root.Find<Customer>(known.Order.Customer)?.Name ?? known.Order.Customer, new Money(known.Value.Total, known.Order.Currency))),
    ];

    /// <summary>The tree in the order in which it is read: each customer before those that hang under it.</summary>
    static IEnumerable<FamilyMember> Family(PartiesFacts parties)
    {
        var under = parties.Customers.Values.OrderBy(customer => customer.Number, StringComparer.Ordinal).ToLookup(customer => customer.Above, StringComparer.Ordinal);
        var waiting = new Stack<FamilyMember>(Under(null, 0).Reverse());
        while (waiting.TryPop(out var member))
        {
            yield return member;
            foreach (var child in Under(member.Customer.Number, member.Depth + 1).Reverse()) waiting.Push(child);
        }

        IEnumerable<FamilyMember> Under(string? above, int depth) => above is null
            ? parties.Customers.Values.Where(customer => customer.Above is null || !parties.Customers.ContainsKey(customer.Above))
                .OrderBy(customer => customer.Number, StringComparer.Ordinal).Select(customer => new FamilyMember(customer, depth))
            : under[above].Select(customer => new FamilyMember(customer, depth));
    }
}
