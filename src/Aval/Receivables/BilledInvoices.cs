using System.Runtime.CompilerServices;
using Aval.Kernel.Storage;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>All invoices that bill orders, closed ones too, as they stand now. Streamed: there may be more than fit into memory.</summary>
public static class BilledInvoices
{
    const string Sql = """
        SELECT i."order", i.number, i.due_date, i.amount, i.settled, coalesce(s.credited, 0), coalesce(s.written_off, 0), i.last_settled
        FROM invoice i
        LEFT JOIN (
            SELECT invoice, CAST(sum(CASE WHEN source = 'creditNote' THEN amount ELSE 0 END) AS BIGINT) AS credited,
                CAST(sum(CASE WHEN source = 'writeOff' THEN amount ELSE 0 END) AS BIGINT) AS written_off
            FROM settlement WHERE to_sequence IS NULL AND source <> 'receipt' GROUP BY invoice) s ON s.invoice = i.number
        WHERE i.to_sequence IS NULL AND i."order" IS NOT NULL AND NOT i.draft
        """;

    public static async IAsyncEnumerable<BilledInvoice> ReadAsync(StoreReader reader, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var command = reader.Command(Sql);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
            yield return new BilledInvoice(
                rows.GetString(0), rows.GetString(1), reader.Date(rows, 2), rows.GetInt64(3), rows.GetInt64(4), rows.GetInt64(5), rows.GetInt64(6),
                rows.IsDBNull(7) ? null : reader.Date(rows, 7));
    }
}
