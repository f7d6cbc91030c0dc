using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Orders.Rules;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>Reads what one payer's documents came to at the end of a day, as it is known now: by their own dates, whenever they were recorded.</summary>
public sealed class ReceivablesThen(StoreReader reader, string payer, DateOnly asOf)
{
    static readonly string SettlementColumns = ReceivablesTables.Settlement.ColumnList;

    /// <summary>Invoices, credit notes and receipts with something open on that day.</summary>
    public async Task<IReadOnlyList<object>> ReadAsync(CancellationToken cancel)
    {
        var documents = new List<object?>();
        var later = await LaterOfInvoicesAsync(cancel);
        var atRisk = await AtRiskAsync(cancel);
        foreach (var invoice in await RowsAsync(ReceivablesTables.Invoice, $"""
            SELECT {ReceivablesTables.Invoice.ColumnList} FROM invoice WHERE to_sequence IS NULL AND live AND payer = @payer AND date <= @asOf
            UNION ALL
            SELECT {ReceivablesTables.Invoice.ColumnList} FROM invoice WHERE to_sequence IS NULL AND NOT live AND payer = @payer AND last_settled > @asOf AND date <= @asOf
            """, cancel))
            documents.Add(DocumentsThen.On(invoice, later.GetValueOrDefault(invoice.Number), atRisk.GetValueOrDefault(invoice.Number), asOf));

        var notes = await LaterOfSourcesAsync(SettlementSource.CreditNote, "credit_note", cancel);
        var refunded = await WithdrawnLaterAsync("credit_note", withdrawal => withdrawal.CreditNote, cancel);
        foreach (var note in await RowsAsync(ReceivablesTables.CreditNote, $"""
            SELECT {ReceivablesTables.CreditNote.ColumnList} FROM credit_note WHERE to_sequence IS NULL AND payer = @payer AND date <= @asOf
            """, cancel))
            documents.Add(DocumentsThen.On(note, notes.GetValueOrDefault(note.Number), refunded.GetValueOrDefault(note.Number), asOf));

        var onAccount = await PutOnAccountAsync(cancel);
        var receipts = await LaterOfSourcesAsync(SettlementSource.Receipt, "receipt", cancel);
        var withdrawn = await WithdrawnLaterAsync("receipt", withdrawal => withdrawal.Receipt, cancel);
        foreach (var receipt in await RowsAsync(ReceivablesTables.Receipt, $"""
            SELECT {ReceivablesTables.Receipt.ColumnList} FROM receipt WHERE to_sequence IS NULL AND payer = @payer AND date <= @asOf
            """, cancel))
            documents.Add(DocumentsThen.On(
                receipt, receipts.GetValueOrDefault(receipt.Number), withdrawn.GetValueOrDefault(receipt.Number), onAccount.Contains(receipt.Number), asOf));
        return [.. documents.OfType<object>()];
    }

    /// <summary>The dates of the invoices by which these orders have been billed.</summary>
    public async Task<IReadOnlyDictionary<GrowthPlace, DateOnly>> BilledOnAsync(IEnumerable<OrderThen> orders, CancellationToken cancel)
    {
        var dates = new Dictionary<GrowthPlace, DateOnly>();
        foreach (var root in orders.SelectMany(then => then.Since).Select(growth => growth.Place).GroupBy(place => place.Root, StringComparer.Ordinal))
        {
            await using var command = reader.Command($"""
                SELECT {ReceivablesTables.Invoice.ColumnList}, from_sequence FROM invoice
                WHERE lane = @lane AND root = @root AND NOT draft AND "order" {reader.Among("@orders")}
                """);
            StoreReader.Add(command, "lane", Lane.Of(root.Key));
            StoreReader.Add(command, "root", root.Key);
            StoreReader.Add(command, "orders", reader.ListParameter([.. root.Select(place => place.Order).Distinct(StringComparer.Ordinal)]));
            await reader.ReadAsync(command, ReceivablesTables.Invoice, (row, at) =>
            {
                var invoice = (Invoice)row;
                dates[new GrowthPlace(invoice.Order!, root.Key, at.GetInt64(ReceivablesTables.Invoice.Columns.Count))] = invoice.Date;
            }, cancel);
        }

        return dates;
    }

    async Task<Dictionary<string, long>> LaterOfInvoicesAsync(CancellationToken cancel)
    {
        var later = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var settlement in await RowsAsync(ReceivablesTables.Settlement, $"""
            SELECT {SettlementColumns} FROM settlement WHERE to_sequence IS NULL AND counts_from IS NOT NULL AND payer = @payer AND counts_from > @asOf
            """, cancel))
            later[settlement.Invoice] = later.GetValueOrDefault(settlement.Invoice) + settlement.Amount;
        return later;
    }

    /// <summary>What had been taken by then and did not count yet; a receipt that had gone back takes nothing.</summary>
    async Task<Dictionary<string, long>> AtRiskAsync(CancellationToken cancel)
    {
        var taken = await RowsAsync(ReceivablesTables.Settlement, $"""
            SELECT {SettlementColumns} FROM settlement WHERE to_sequence IS NULL AND counts_from IS NULL AND payer = @payer AND date <= @asOf
            UNION ALL
            SELECT {SettlementColumns} FROM settlement WHERE to_sequence IS NULL AND counts_from IS NOT NULL AND payer = @payer AND counts_from > @asOf AND date <= @asOf
            """, cancel);
        return taken.GroupBy(settlement => (settlement.Invoice, settlement.SourceNumber))
            .GroupBy(source => source.Key.Invoice, source => Math.Max(0, source.Sum(settlement => settlement.Amount)), StringComparer.Ordinal)
            .ToDictionary(invoice => invoice.Key, invoice => invoice.Sum(), StringComparer.Ordinal);
    }

    /// <summary>What refunds and transfers have taken of the payer's receipts or credit notes on later days, by their numbers.</summary>
    /// <param name="table">The table of those documents; the column that names them is called so, too.</param>
    async Task<Dictionary<string, long>> WithdrawnLaterAsync(string table, Func<Withdrawal, string?> of, CancellationToken cancel)
    {
        var later = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var withdrawal in await RowsAsync(ReceivablesTables.Withdrawal, $"""
            SELECT {string.Join(", ", ReceivablesTables.Withdrawal.Columns.Select(column => $"w.\"{column.Name}\""))} FROM {table} d JOIN withdrawal w ON w.{table} = d.number
            WHERE d.to_sequence IS NULL AND d.payer = @payer AND d.date <= @asOf AND w.to_sequence IS NULL AND w.date > @asOf
            """, cancel))
            later[of(withdrawal)!] = later.GetValueOrDefault(of(withdrawal)!) + withdrawal.Amount;
        return later;
    }

    /// <summary>Deposits that had outlived their orders by then, and what somebody had put on account: as it was recorded, since no document says so.</summary>
    async Task<HashSet<string>> PutOnAccountAsync(CancellationToken cancel)
    {
        await using var command = reader.Command(
            "SELECT number, root, min(from_sequence) FROM receipt WHERE on_account AND payer = @payer GROUP BY number, root");
        StoreReader.Add(command, "payer", payer);
        var first = new List<(string Number, string Root, long Sequence)>();
        await using (var rows = await command.ExecuteReaderAsync(cancel))
            while (await rows.ReadAsync(cancel)) first.Add((rows.GetString(0), rows.GetString(1), rows.GetInt64(2)));
        var put = new HashSet<string>(StringComparer.Ordinal);
        foreach (var root in first.GroupBy(entry => entry.Root, StringComparer.Ordinal))
        {
            var last = await reader.LastEntryOnAsync(root.Key, asOf, cancel);
            put.UnionWith(root.Where(entry => entry.Sequence <= last).Select(entry => entry.Number));
        }

        return put;
    }

    /// <summary>What the payer's receipts or credit notes have paid on later days, whosever invoices they were, by their own numbers and in their own currencies.</summary>
    async Task<Dictionary<string, long>> LaterOfSourcesAsync(SettlementSource source, string table, CancellationToken cancel)
    {
        var columns = string.Join(", ", ReceivablesTables.Settlement.Columns.Select(column => $"s.\"{column.Name}\""));
        var later = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var settlement in await RowsAsync(ReceivablesTables.Settlement, $"""
            SELECT {columns} FROM {table} d JOIN settlement s ON s.source_number = d.number
            WHERE d.to_sequence IS NULL AND d.payer = @payer AND d.date <= @asOf AND s.to_sequence IS NULL AND s.source = '{Words.Of(source)}' AND s.date > @asOf
            """, cancel))
            later[settlement.SourceNumber] = later.GetValueOrDefault(settlement.SourceNumber) + settlement.SourceAmount;
        return later;
    }

    async Task<IEnumerable<TRow>> RowsAsync<TRow>(Table<TRow> table, string sql, CancellationToken cancel) where TRow : class
    {
        await using var command = reader.Command(sql);
        StoreReader.Add(command, "payer", payer);
        StoreReader.Add(command, "asOf", reader.DateParameter(asOf));
        return (await reader.RowsAsync(command, table, cancel)).Cast<TRow>();
    }
}
