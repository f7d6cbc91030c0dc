using System.Runtime.CompilerServices;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>What can be asked of receivables beyond the facts: closed documents, and what was open on any day.</summary>
public sealed class ReceivablesQuery(Store store)
{
    /// <summary>Payers read together when a whole portfolio is.</summary>
    const int PayersAtOnce = 200;

    static readonly string InvoiceColumns = ReceivablesTables.Invoice.ColumnList;
    static readonly string SettlementColumns = ReceivablesTables.Settlement.ColumnList;

    internal static ReceivablesQuery Of(ApiRequest request) => new(request.Store);

    public Task<Invoice?> InvoiceAsync(string number, CancellationToken cancel) => FindAsync(PostInvoice.Scope, number, ReceivablesTables.Invoice, number, cancel);

    /// <summary>The editions of these invoices, as far as they stand at this root.</summary>
    public async Task<IReadOnlyList<string>> EditionsAsync(string root, IReadOnlyList<string> numbers, CancellationToken cancel)
    {
        if (numbers.Count == 0) return [];
        await using var reader = await store.SnapshotAsync(cancel);
        await using var command = reader.Command(
            $"SELECT {InvoiceColumns} FROM invoice WHERE lane = @lane AND root = @root AND number {reader.Among("@numbers")} AND to_sequence IS NULL");
        StoreReader.Add(command, "lane", Lane.Of(root));
        StoreReader.Add(command, "root", root);
        StoreReader.Add(command, "numbers", reader.ListParameter(numbers));
        return [.. (await reader.RowsAsync(command, ReceivablesTables.Invoice, cancel)).Select(row => Edition.TagOf(ReceivablesTables.Invoice, row))];
    }

    public Task<CreditNote?> CreditNoteAsync(string number, CancellationToken cancel) =>
        FindAsync(PostCreditNote.Scope, number, ReceivablesTables.CreditNote, number, cancel);

    public Task<Receipt?> ReceiptAsync(string number, CancellationToken cancel) => FindAsync(PostReceipt.Scope, number, ReceivablesTables.Receipt, number, cancel);

    public Task<Settlement?> WriteOffAsync(string number, CancellationToken cancel) =>
        FindAsync(WriteOff.Scope, number, ReceivablesTables.Settlement, Settling.WriteOffId(number), cancel);

    /// <summary>What a receipt has paid, and what was taken back, in the order in which it happened.</summary>
    public async Task<IReadOnlyList<Settlement>> SettlementsOfAsync(string receipt, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        await using var command = reader.Command(
            $"SELECT {SettlementColumns} FROM settlement WHERE source_number = @receipt AND source = 'receipt' AND to_sequence IS NULL");
        StoreReader.Add(command, "receipt", receipt);
        var found = await reader.RowsAsync(command, ReceivablesTables.Settlement, cancel);
        return [.. found.Cast<Settlement>().OrderBy(settlement => settlement.Id.Length).ThenBy(settlement => settlement.Id, StringComparer.Ordinal)];
    }

    /// <summary>The invoices that bill an order and stand at this root, drafts too, each with the number of the journal entry that entered it.</summary>
    public static async Task<IReadOnlyList<(Invoice Invoice, long Sequence)>> OfOrderAsync(StoreReader reader, string root, string order, CancellationToken cancel)
    {
        await using var command = reader.Command($"""
            SELECT {InvoiceColumns}, from_sequence FROM invoice WHERE lane = @lane AND root = @root AND "order" = @order ORDER BY number, from_sequence
            """);
        StoreReader.Add(command, "lane", Lane.Of(root));
        StoreReader.Add(command, "root", root);
        StoreReader.Add(command, "order", order);
        var invoices = new Dictionary<string, (Invoice Invoice, long Sequence)>(StringComparer.Ordinal);
        await reader.ReadAsync(command, ReceivablesTables.Invoice, (row, at) =>
        {
            var invoice = (Invoice)row;
            var known = invoices.GetValueOrDefault(invoice.Number);
            var isFirst = known.Invoice is null || known.Invoice.Draft != invoice.Draft;
            invoices[invoice.Number] = (invoice, isFirst ? at.GetInt64(ReceivablesTables.Invoice.Columns.Count) : known.Sequence);
        }, cancel);
        return [.. invoices.Values];
    }

    /// <summary>All open invoices: number, order, payer, and minor units of their currency that a receipt may still take.</summary>
    public static async Task<IReadOnlyList<(string Number, string? Order, string Payer, long Free)>> OpenNumbersAsync(StoreReader reader, CancellationToken cancel)
    {
        var open = new List<(string, string?, string, long)>();
        await using var command = reader.Command(
            """SELECT number, "order", payer, amount - settled - at_risk FROM invoice WHERE to_sequence IS NULL AND live AND NOT draft""");
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
            open.Add((rows.GetString(0), await rows.IsDBNullAsync(1, cancel) ? null : rows.GetString(1), rows.GetString(2), rows.GetInt64(3)));
        return open;
    }

    /// <summary>The numbers of a payer's invoices with their amounts: those open, and so many of those settled last.</summary>
    public async Task<IReadOnlyList<(string Number, string? Order, long Amount)>> NumbersOfPayerAsync(string payer, int mostSettled, CancellationToken cancel)
    {
        var numbers = new List<(string, string?, long)>();
        await using var reader = await store.SnapshotAsync(cancel);
        foreach (var which in new[] { "live AND NOT draft", "NOT live ORDER BY last_settled DESC LIMIT @most" })
        {
            await using var command = reader.Command($"""SELECT number, "order", amount FROM invoice WHERE to_sequence IS NULL AND payer = @payer AND {which}""");
            StoreReader.Add(command, "payer", payer);
            StoreReader.Add(command, "most", mostSettled);
            await using var rows = await command.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel)) numbers.Add((rows.GetString(0), await rows.IsDBNullAsync(1, cancel) ? null : rows.GetString(1), rows.GetInt64(2)));
        }

        return numbers;
    }

    /// <summary>The invoices of one payer that were open at the end of a day, as it is known now.</summary>
    public async Task<IReadOnlyList<AgedInvoice>> OpenAsync(string payer, DateOnly asOf, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        return await OpenAsync(reader, payer, payer, asOf, cancel);
    }

    /// <summary>All payers with something open at the end of a day and their open invoices, in order of the payers' numbers; all of one moment.</summary>
    /// <param name="after">Begins with the first payer after this one; null with the first.</param>
    public async IAsyncEnumerable<IReadOnlyList<AgedInvoice>> OpenByPayerAsync(
        DateOnly asOf, string? after, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        after ??= "";
        while (await PayersAsync(reader, after, asOf, cancel) is { Count: > 0 } payers)
        {
            var open = await OpenAsync(reader, payers[0], payers[^1], asOf, cancel);
            for (var i = 0; i < open.Count;)
            {
                var payer = open.Skip(i).TakeWhile(invoice => invoice.Payer == open[i].Payer).ToList();
                i += payer.Count;
                yield return payer;
            }

            after = payers[^1];
        }
    }

    async Task<TRow?> FindAsync<TRow>(string scope, string number, Table<TRow> table, string key, CancellationToken cancel) where TRow : class
    {
        await using var reader = await store.SnapshotAsync(cancel);
        return (TRow?)await reader.FindAsync(table, scope, number, key, cancel);
    }

    /// <summary>The next payers that may have had something open: it is open now, or was settled on a later day.</summary>
    /// <remarks>Of what was settled only the part up to the last payer of the same page is looked through: else each page would look through all of it.</remarks>
    internal static async Task<List<string>> PayersAsync(StoreReader reader, string after, DateOnly asOf, CancellationToken cancel)
    {
        var open = await ReadAsync(Next("live"));
        var upTo = open.Count == PayersAtOnce ? open[^1] : null;
        return await ReadAsync($"""
            SELECT payer FROM ({Next("live")}) open_now
            UNION
            SELECT payer FROM ({Next("NOT live AND last_settled > @asOf" + (upTo is null ? "" : " AND payer <= @upTo"))}) settled_later
            ORDER BY payer LIMIT {PayersAtOnce}
            """, upTo);

        static string Next(string which) =>
            $"SELECT DISTINCT payer FROM invoice WHERE to_sequence IS NULL AND {which} AND payer > @after ORDER BY payer LIMIT {PayersAtOnce}";

        async Task<List<string>> ReadAsync(string sql, string? upTo = null)
        {
            await using var command = reader.Command(sql);
            StoreReader.Add(command, "after", after);
            if (sql.Contains("@asOf", StringComparison.Ordinal)) StoreReader.Add(command, "asOf", reader.DateParameter(asOf));
            if (upTo is not null) StoreReader.Add(command, "upTo", upTo);
            await using var rows = await command.ExecuteReaderAsync(cancel);
            var payers = new List<string>();
            while (await rows.ReadAsync(cancel)) payers.Add(rows.GetString(0));
            return payers;
        }
    }

    static async Task<IReadOnlyList<AgedInvoice>> OpenAsync(StoreReader reader, string first, string last, DateOnly asOf, CancellationToken cancel)
    {
        var later = new Dictionary<string, long>(StringComparer.Ordinal);
        await using var settlements = Between($"""
            SELECT {SettlementColumns} FROM settlement
            WHERE to_sequence IS NULL AND counts_from IS NOT NULL AND payer >= @first AND payer <= @last AND counts_from > @asOf
            """);
        foreach (Settlement settlement in await reader.RowsAsync(settlements, ReceivablesTables.Settlement, cancel))
            later[settlement.Invoice] = later.GetValueOrDefault(settlement.Invoice) + settlement.Amount;

        await using var invoices = Between($"""
            SELECT {InvoiceColumns} FROM invoice WHERE to_sequence IS NULL AND live AND payer >= @first AND payer <= @last AND date <= @asOf
            UNION ALL
            SELECT {InvoiceColumns} FROM invoice WHERE to_sequence IS NULL AND NOT live AND payer >= @first AND payer <= @last AND last_settled > @asOf AND date <= @asOf
            ORDER BY payer, due_date, number
            """);
        var open = new List<AgedInvoice>();
        foreach (Invoice invoice in await reader.RowsAsync(invoices, ReceivablesTables.Invoice, cancel))
            if (Aging.AsOf(invoice, later.GetValueOrDefault(invoice.Number), asOf) is { } aged) open.Add(aged);
        return open;

        System.Data.Common.DbCommand Between(string sql)
        {
            var command = reader.Command(sql);
            StoreReader.Add(command, "first", first);
            StoreReader.Add(command, "last", last);
            StoreReader.Add(command, "asOf", reader.DateParameter(asOf));
            return command;
        }
    }
}
