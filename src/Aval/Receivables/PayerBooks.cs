using System.Data.Common;
using System.Runtime.CompilerServices;
using Aval.Kernel.Storage;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>Reads payers' invoices over a period, some payers at a time: there may be more than fit into memory.</summary>
public static class PayerBooks
{
    const int PayersAtOnce = 200;

    static readonly string Columns = ReceivablesTables.Invoice.ColumnList;

    /// <summary>In order of the payers' numbers; payers without anything are left out.</summary>
    /// <param name="payers">Only these; null for all.</param>
    /// <param name="first">The first day that is asked for.</param>
    /// <param name="last">The last one.</param>
    public static async IAsyncEnumerable<PayerBook> ReadAsync(
        StoreReader reader, IReadOnlyList<string>? payers, DateOnly first, DateOnly last, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (payers is not null)
        {
            foreach (var some in payers.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Chunk(PayersAtOnce))
                foreach (var book in await OfAsync(reader, some, first, last, cancel)) yield return book;
            yield break;
        }

        var after = "";
        while (await ReceivablesQuery.PayersAsync(reader, after, first, cancel) is { Count: > 0 } next)
        {
            foreach (var book in await OfAsync(reader, next, first, last, cancel)) yield return book;
            after = next[^1];
        }
    }

    static async Task<IEnumerable<PayerBook>> OfAsync(StoreReader reader, IReadOnlyList<string> payers, DateOnly first, DateOnly last, CancellationToken cancel)
    {
        await using var settlements = Asked(reader, payers, first, last, $"""
            SELECT {ReceivablesTables.Settlement.ColumnList} FROM settlement
            WHERE to_sequence IS NULL AND counts_from IS NOT NULL AND payer {reader.Among("@payers")} AND counts_from > @first
            """);
        var settled = (await reader.RowsAsync(settlements, ReceivablesTables.Settlement, cancel)).Cast<Settlement>().ToLookup(row => row.Payer, StringComparer.Ordinal);

        await using var invoices = Asked(reader, payers, first, last, $"""
            SELECT {Columns}, root FROM invoice WHERE to_sequence IS NULL AND live AND payer {reader.Among("@payers")} AND date <= @last
            UNION ALL
            SELECT {Columns}, root FROM invoice
            WHERE to_sequence IS NULL AND NOT live AND NOT draft AND payer {reader.Among("@payers")} AND (last_settled > @first OR date > @first) AND date <= @last
            ORDER BY payer, due_date, number
            """);
        var kept = new List<KeptInvoice>();
        await reader.ReadAsync(
            invoices, ReceivablesTables.Invoice, (row, at) => kept.Add(new KeptInvoice((Invoice)row, at.GetString(ReceivablesTables.Invoice.Columns.Count))), cancel);
        return kept.GroupBy(one => one.Invoice.Payer, StringComparer.Ordinal).Select(one => new PayerBook(one.Key, [.. one], settled[one.Key]));
    }

    static DbCommand Asked(StoreReader reader, IReadOnlyList<string> payers, DateOnly first, DateOnly last, string sql)
    {
        var command = reader.Command(sql);
        StoreReader.Add(command, "payers", reader.ListParameter(payers));
        StoreReader.Add(command, "first", reader.DateParameter(first));
        if (sql.Contains("@last", StringComparison.Ordinal)) StoreReader.Add(command, "last", reader.DateParameter(last));
        return command;
    }
}
