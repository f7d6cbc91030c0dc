using System.Runtime.CompilerServices;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>Invoices that bill orders, closed ones too, as they stand now.</summary>
public static class BilledInvoices
{
    /// <summary>Orders asked for together.</summary>
    const int OrdersAtOnce = 500;

    const string Sql = """
        SELECT i."order", i.number, i.due_date, i.amount, i.settled, coalesce(s.credited, 0), coalesce(s.written_off, 0), i.last_settled
        FROM invoice i
        LEFT JOIN (
            SELECT invoice, CAST(sum(CASE WHEN source = 'creditNote' THEN amount ELSE 0 END) AS BIGINT) AS credited,
                CAST(sum(CASE WHEN source = 'writeOff' THEN amount ELSE 0 END) AS BIGINT) AS written_off
            FROM settlement WHERE to_sequence IS NULL AND source <> 'receipt' GROUP BY invoice) s ON s.invoice = i.number
        WHERE i.to_sequence IS NULL AND i."order" IS NOT NULL AND NOT i.draft
        """;

    /// <summary>All of them. Streamed: there may be more than fit into memory.</summary>
    public static async IAsyncEnumerable<BilledInvoice> ReadAsync(StoreReader reader, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var command = reader.Command(Sql);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
            yield return new BilledInvoice(
                rows.GetString(0), rows.GetString(1), reader.Date(rows, 2), rows.GetInt64(3), rows.GetInt64(4), rows.GetInt64(5), rows.GetInt64(6),
                rows.IsDBNull(7) ? null : reader.Date(rows, 7));
    }

    /// <summary>Those of these orders, with what settled them and from when on.</summary>
    public static async Task<IReadOnlyList<OrderInvoice>> OfOrdersAsync(StoreReader reader, IReadOnlyCollection<string> orders, CancellationToken cancel)
    {
        var found = new List<OrderInvoice>();
        foreach (var some in orders.Chunk(OrdersAtOnce))
        {
            var invoices = await InvoicesAsync(reader, some, cancel);
            var settled = (await SettlementsAsync(reader, [.. invoices.Select(invoice => invoice.Number)], cancel)).ToLookup(part => part.Invoice, StringComparer.Ordinal);
            found.AddRange(invoices.Select(invoice => invoice with { Settled = [.. settled[invoice.Number].Select(settlement => settlement.Part)] }));
        }

        return found;
    }

    static async Task<List<OrderInvoice>> InvoicesAsync(StoreReader reader, string[] orders, CancellationToken cancel)
    {
        await using var command = reader.Command(
            $"""
            SELECT "order", number, customer, date, due_date, currency, amount, stage, stage_date FROM invoice
            WHERE to_sequence IS NULL AND "order" IS NOT NULL AND NOT draft AND "order" {reader.Among("@orders")} ORDER BY number
            """);
        StoreReader.Add(command, "orders", reader.ListParameter(orders));
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new List<OrderInvoice>();
        while (await rows.ReadAsync(cancel))
            found.Add(new OrderInvoice(
                rows.GetString(0), rows.GetString(1), rows.GetString(2), reader.Date(rows, 3), reader.Date(rows, 4), Currency.Of(rows.GetString(5)), rows.GetInt64(6), [],
                rows.IsDBNull(7) ? null : Words.Parse<InvoiceStage>(rows.GetString(7)), rows.IsDBNull(8) ? null : reader.Date(rows, 8)));
        return found;
    }

    static async Task<List<(string Invoice, SettledPart Part)>> SettlementsAsync(StoreReader reader, string[] invoices, CancellationToken cancel)
    {
        await using var command = reader.Command(
            $"SELECT invoice, counts_from, amount, source FROM settlement WHERE to_sequence IS NULL AND counts_from IS NOT NULL AND invoice {reader.Among("@invoices")}");
        StoreReader.Add(command, "invoices", reader.ListParameter(invoices));
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new List<(string, SettledPart)>();
        while (await rows.ReadAsync(cancel))
            found.Add((rows.GetString(0), new SettledPart(reader.Date(rows, 1), rows.GetInt64(2), Words.Parse<SettlementSource>(rows.GetString(3)))));
        return found;
    }
}
