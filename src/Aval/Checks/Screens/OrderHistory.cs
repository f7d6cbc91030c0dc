using Aval.Checks.Rules;
using Aval.Decisions;
using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Receivables;
using Aval.Web;
using static Aval.Web.Translated;

namespace Aval.Checks;

/// <summary>Something that happened to an order, as its history shows it.</summary>
/// <param name="Date">The business date of a check or a cancellation; a delivery's or an invoice's own.</param>
/// <param name="What">What happened; <paramref name="Became"/> is what came of it, null where nothing is to be said.</param>
/// <param name="Kind">How it is coloured; null for neither good nor bad.</param>
/// <param name="Actor">Who recorded it; null when the entry stands at another root since the customer moved.</param>
public sealed record PastEvent(long Sequence, DateOnly Date, string What, string? Became, string? More, string? Kind, string? Actor);

/// <summary>Reads what has happened to an order: its checks, decisions, deliveries, invoices and cancellations, and the times it was held.</summary>
static class OrderHistory
{
    /// <summary>An order is seldom checked more often; the newest are shown.</summary>
    const int MostChecks = 50;

    /// <summary>Newest first.</summary>
    public static async Task<IReadOnlyList<PastEvent>> EventsAsync(StoreReader reader, string root, string order, CancellationToken cancel)
    {
        var events = await ChecksAsync(reader, root, order, cancel);
        foreach (var (delivery, sequence) in await OrderSearch.DeliveriesAsync(reader, root, order, cancel))
            events.Add(new PastEvent(sequence, delivery.Date, T("Delivered"), Lines(delivery), null, null, null));
        foreach (var (invoice, sequence) in await ReceivablesQuery.OfOrderAsync(reader, root, order, cancel))
            events.Add(new PastEvent(
                sequence, invoice.Date, invoice.Draft ? T("Invoice {0} drafted", invoice.Number) : T("Invoiced by {0}", invoice.Number),
                Say.Amount(new Money(invoice.Amount, invoice.Currency)), null, invoice.Marks.Count > 0 ? "risk" : null, null));
        foreach (var (decision, sequence) in await DecisionSearch.TakenAsync(reader, root, order, cancel))
            events.Add(new PastEvent(
                sequence, decision.On, T("Decided: {0}", T(Say.Word(Words.Of(decision.Kind)))), DecisionWords.Of(decision.Status), decision.Reason,
                decision.Status == DecisionStatus.Broken ? "risk" : null, null));
        foreach (var sequence in await OrderSearch.CancelledAtAsync(reader, root, order, cancel))
            if (await reader.EntryAsync(root, sequence, cancel) is { } entry) events.Add(new PastEvent(sequence, entry.BusinessDate, T("Cancelled"), null, null, null, null));
        for (var at = 0; at < events.Count; at++)
            events[at] = events[at] with { Actor = (await reader.EntryAsync(root, events[at].Sequence, cancel))?.Actor };
        return [.. events.OrderByDescending(happened => happened.Sequence).ThenByDescending(happened => happened.Date)];
    }

    static async Task<List<PastEvent>> ChecksAsync(StoreReader reader, string root, string order, CancellationToken cancel)
    {
        await using var command = Of(reader, root, order, $"""
            SELECT {ChecksFacts.CheckTable.ColumnList}, from_sequence FROM order_check
            WHERE lane = @lane AND root = @root AND {ChecksFacts.OfOrder("order_check", "@order")} AND to_sequence IS NULL ORDER BY {ChecksFacts.NewestFirst} LIMIT {MostChecks}
            """);
        var checks = new List<PastEvent>();
        await reader.ReadAsync(command, ChecksFacts.CheckTable, (check, row) => checks.Add(Past((OrderCheck)check, row.GetInt64(ChecksFacts.CheckTable.Columns.Count))), cancel);
        return checks;
    }

    static PastEvent Past(OrderCheck check, long sequence) => new(
        sequence, check.Date, CheckWords.Of(check.Occasion), T(Say.Word(Words.Of(check.Status))),
        T("policy {0}", check.PolicyVersion) + (check.Findings.Count > 0 ? " · " + Several(check.Findings.Count, "{0} finding", "{0} findings") : ""),
        check.Status switch
        {
            OrderStatus.Held => "risk",
            OrderStatus.Released => "good",
            OrderStatus.Received or OrderStatus.Delivered or OrderStatus.Closed or OrderStatus.Cancelled => null,
        }, null);

    static string Lines(Delivery delivery) => string.Join(", ", delivery.Lines.Select(part => T("{0} of line {1}", part.Quantity, part.Line)));

    /// <summary>The times the order was held, the last first.</summary>
    public static async Task<IReadOnlyList<Block>> BlocksAsync(StoreReader reader, string root, string order, CancellationToken cancel)
    {
        await using var command = Of(reader, root, order, $"""
            SELECT {ChecksFacts.BlockTable.ColumnList} FROM block
            WHERE lane = @lane AND root = @root AND "order" = @order AND to_sequence IS NULL ORDER BY opened_at DESC, id DESC
            """);
        return [.. (await reader.RowsAsync(command, ChecksFacts.BlockTable, cancel)).Cast<Block>()];
    }

    static System.Data.Common.DbCommand Of(StoreReader reader, string root, string order, string sql)
    {
        var command = reader.Command(sql);
        StoreReader.Add(command, "lane", Lane.Of(root));
        StoreReader.Add(command, "root", root);
        StoreReader.Add(command, "order", order);
        return command;
    }
}
