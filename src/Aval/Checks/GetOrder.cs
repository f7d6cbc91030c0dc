using Aval.Checks.Rules;
using Aval.Checks.Rules.Options;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Aval.Orders;
using Aval.Orders.Rules;

namespace Aval.Checks;

/// <summary>Reads an order with its last check.</summary>
public static class GetOrder
{
    internal static void Map(Api api) => api.Get<OrderAnswer>(
        "/orders/{number}", OrderPermissions.Read, "An order, with its last check",
        async (request, cancel) =>
        {
            if (await FindAsync(request.Desk, request.Store, request.Route("number"), cancel) is not { } found)
                return OrderProblems.OrderUnknown.With($"order {request.Route("number")} is not known.", "number");
            request.ShowEdition(OrdersFacts.Table, found.Order);
            return await OrderAnswer.OfAsync(found, request, cancel);
        },
        problems: [OrderProblems.OrderUnknown]);

    /// <summary>The order as it stands on the business date, its last check and where that is recorded; null when there is no such order.</summary>
    public static async Task<FoundOrder?> FindAsync(SeenDesk desk, Store store, string number, CancellationToken cancel) =>
        (await FindAsync(desk, store, [number], cancel)).GetValueOrDefault(number);

    /// <summary>The orders by number, those that there are; each customer is looked at once, however many of them are its own.</summary>
    public static async Task<IReadOnlyDictionary<string, FoundOrder>> FindAsync(SeenDesk desk, Store store, IReadOnlyCollection<string> numbers, CancellationToken cancel)
    {
        var found = new Dictionary<string, FoundOrder>(StringComparer.Ordinal);
        while (numbers.Count > 0)
        {
            var owned = await Task.WhenAll(numbers.Distinct().Select(async number => (Number: number, Party: await desk.Directory.PartyOfAsync("order", number, cancel))));
            var asked = await Task.WhenAll(owned.Where(order => order.Party is not null).GroupBy(order => order.Party!, order => order.Number)
                .Select(orders => OfPartyAsync(desk, store, orders.Key, [.. orders], cancel)));
            foreach (var order in asked.SelectMany(one => one.Found)) found[order.Order.Number] = order;
            // Where a customer has moved between two looks, its orders are looked for there.
            numbers = [.. asked.SelectMany(one => one.Moved)];
        }

        return found;
    }

    static async Task<(IReadOnlyList<FoundOrder> Found, IReadOnlyList<string> Moved)> OfPartyAsync(
        SeenDesk desk, Store store, string party, IReadOnlyList<string> numbers, CancellationToken cancel)
    {
        // What the date has brought and nobody has recorded yet is an order's last check already.
        var due = new Dictionary<string, OrderCheck>(StringComparer.Ordinal);
        void Unrecorded(object row)
        {
            if (row is OrderCheck check) due[check.Order] = check;
        }

        if (await desk.ViewAsync(party, cancel, Unrecorded) is not { } view) return ([], []);
        var found = new List<FoundOrder>(numbers.Count);
        await using (var reader = await store.SnapshotAsync(cancel))
        {
            if (await reader.MemberAsync(party, cancel) != view.Root.Root) return ([], numbers);
            foreach (var number in numbers)
                if (await FindAsync(reader, view, due.GetValueOrDefault(number), number, cancel) is { } order) found.Add(order);
        }

        // Asks the database by itself, so nobody holds a connection meanwhile.
        var unseen = new Unseen(desk, cancel);
        for (var at = 0; at < found.Count; at++) found[at] = found[at] with { Check = await unseen.OfAsync(found[at].Check) };
        return (found, []);
    }

    static async Task<FoundOrder?> FindAsync(StoreReader reader, (Facts Root, Facts Company) view, OrderCheck? due, string number, CancellationToken cancel)
    {
        var order = view.Root.Find<Order>(number) ?? (Order?)await reader.FindAsync(OrdersFacts.Table, view.Root.Root, number, cancel);
        if (await LastCheckAsync(reader, view.Root.Root, number, cancel) is not { } check || order is null) return null;
        var last = Today(due ?? check, order, view.Root, view.Company);
        var rules = RulesAsked.By(last, view.Root, view.Company);
        return new FoundOrder(check.Root, check.Sequence, view.Root.Root, order, last, OrderAnswer.Asked(order, last, view), rules);
    }

    /// <summary>The last check of an order as it would be made today: amounts, days and cause of today's facts, whatever somebody has decided meanwhile; of what waits for
    /// somebody to ask again, only the days have grown.</summary>
    public static OrderCheck Today(OrderCheck check, Order order, Facts root, Facts company)
    {
        if (order.Status != OrderStatus.Held && !order.IsPart()) return check;
        if (!IsToldByToday(order) || OrderAnswer.Asked(order, check, (root, company)) is not { } asked)
            return check with { Findings = [.. check.Findings.Select(finding => finding.After(company.Through.DayNumber - check.Date.DayNumber))] };
        var (facts, result, cause, mayGo) = CheckOrder.Judge(asked);
        // What would pass is about to be released: until it is, its last check answers for it.
        return mayGo is not null && order.Waits() ? check : check with
        {
            Date = company.Through, PolicyVersion = asked.Policy.Version, Findings = result.Findings, Triage = result.Triage, Cause = cause,
            Exposure = CheckOrder.Seen(root, facts, order, company.Through, asked.Policy),
        };
    }

    /// <summary>Whether today's facts answer for the order, and not those of its last check: held, wholly or for the rest, and not because nobody has asked again.</summary>
    public static bool IsToldByToday(Order order) => (order.Status == OrderStatus.Held || order.IsPart()) && !order.Marks.Contains(Order.AuthorizationExpired);

    static async Task<OrderCheck?> LastCheckAsync(StoreReader reader, string root, string number, CancellationToken cancel)
    {
        await using var command = reader.Command(
            $"""
            SELECT {ChecksFacts.CheckTable.ColumnList} FROM order_check
            WHERE lane = @lane AND root = @root AND {ChecksFacts.OfOrder("order_check", "@number")} AND to_sequence IS NULL ORDER BY {ChecksFacts.NewestFirst} LIMIT 1
            """);
        StoreReader.Add(command, "lane", Lane.Of(root));
        StoreReader.Add(command, "root", root);
        StoreReader.Add(command, "number", number);
        return (await reader.RowsAsync(command, ChecksFacts.CheckTable, cancel)).Cast<OrderCheck>().FirstOrDefault();
    }
}

/// <param name="Root">Where the last check that is recorded was made.</param>
/// <param name="Sequence">The journal number of that check at that root.</param>
/// <param name="Stands">The root where the order and its history stand today: another one once its customer has moved.</param>
/// <param name="Asked">See <see cref="OrderAnswer.Asked"/>.</param>
/// <param name="Rules">What came of every rule in it.</param>
public sealed record FoundOrder(string Root, long Sequence, string Stands, Order Order, OrderCheck Check, WhatIf? Asked, IReadOnlyList<RuleAnswer> Rules)
{
    /// <summary>What can be done about it, with all documents of whomever.</summary>
    public Remedies AllRemedies() => OrderAnswer.RemediesOf(Order, Asked);
}
