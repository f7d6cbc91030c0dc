using Aval.Checks.Rules;
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
        async (request, cancel) => await FindAsync(request.Desk, request.Store, request.Route("number"), cancel) is { } found
            ? OrderAnswer.Of(found, Languages.Of(request.AcceptLanguage))
            : OrderProblems.OrderUnknown.With($"order {request.Route("number")} is not known.", "number"),
        problems: [OrderProblems.OrderUnknown]);

    /// <summary>The order as it stands on the business date, its last check and where that is recorded; null when there is no such order.</summary>
    public static async Task<FoundOrder?> FindAsync(Desk desk, Store store, string number, CancellationToken cancel)
    {
        if (await desk.Directory.PartyOfAsync("order", number, cancel) is not { } party || await desk.ViewAsync(party, cancel) is not { } view) return null;
        await using var reader = await store.SnapshotAsync(cancel);
        var order = view.Root.Find<Order>(number) ?? (Order?)await reader.FindAsync(OrdersFacts.Table, view.Root.Root, number, cancel);
        var (check, sequence) = await LastCheckAsync(reader, view.Root.Root, number, cancel);
        if (order is null || check is null) return null;
        var last = check.Status == order.Status ? check : Unrecorded(view, store.Composition, order) ?? check;
        return new FoundOrder(view.Root.Root, sequence, order, last, OrderAnswer.Asked(order, last, view), RulesAsked.By(last, view.Root, view.Company));
    }

    /// <summary>What the due run will find when it reaches the order: a claim that ran out shows so before it is recorded.</summary>
    static OrderCheck? Unrecorded((Facts Root, Facts Company) view, Composition composition, Order order)
    {
        if (order.Status != OrderStatus.Held) return null;
        var known = new Dictionary<string, Facts>(StringComparer.Ordinal) { [view.Root.Root] = view.Root, [Facts.Company] = view.Company };
        var due = new Case(view.Root.Root, Actor.Rule("ordersDue"), DateTimeOffset.UnixEpoch, view.Company.Through, known, composition);
        CheckOrder.Run(due, order, Occasion.Expiry);
        return due.Changes.Select(change => change.Row).OfType<OrderCheck>().FirstOrDefault();
    }

    static async Task<(OrderCheck? Check, long Sequence)> LastCheckAsync(StoreReader reader, string root, string number, CancellationToken cancel)
    {
        await using var command = reader.Command(
            $"""
            SELECT {ChecksFacts.CheckTable.ColumnList} FROM order_check
            WHERE lane = @lane AND root = @root AND "order" = @number AND to_sequence IS NULL ORDER BY from_sequence DESC LIMIT 1
            """);
        StoreReader.Add(command, "lane", Lane.Of(root));
        StoreReader.Add(command, "root", root);
        StoreReader.Add(command, "number", number);
        var rows = await reader.RowsAsync(command, ChecksFacts.CheckTable, cancel);
        if (rows.Count == 0) return (null, 0);
        var check = (OrderCheck)rows[0];
        return (check, long.Parse(check.Id.AsSpan(check.Id.LastIndexOf(':') + 1), System.Globalization.CultureInfo.InvariantCulture));
    }
}

/// <param name="Sequence">The journal number of the check at the root where it was made.</param>
/// <param name="Asked">The question that a held order poses today; null for one that is not held.</param>
/// <param name="Rules">What came of every rule in it.</param>
public sealed record FoundOrder(string Root, long Sequence, Order Order, OrderCheck Check, WhatIf? Asked, IReadOnlyList<RuleAnswer> Rules);
