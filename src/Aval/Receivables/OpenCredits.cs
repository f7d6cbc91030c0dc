using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Aval.Kernel.Storage;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>What customers had to their credit at the end of a day, as it is known now: money that had not found its invoices, and credit notes.</summary>
public static class OpenCredits
{
    /// <summary>Payers asked for together.</summary>
    const int PayersAtOnce = 500;

    /// <summary>Documents read together: there may be more than fit into memory.</summary>
    const int DocumentsAtOnce = 4_000;

    /// <summary>Receipts with money left that day, uncleared ones and deposits too; by payer, date and number.</summary>
    /// <param name="payers">Only these; null for all.</param>
    public static IAsyncEnumerable<Receipt> ReceiptsAsync(StoreReader reader, IReadOnlyList<string>? payers, DateOnly asOf, CancellationToken cancel) =>
        ReadAsync<Receipt>(
            reader, ReceivablesTables.Receipt, "receipt", "d.live OR d.returned_on > @asOf", payers, asOf,
            (receipt, later, withdrawn) => DocumentsThen.On(receipt, later, withdrawn, receipt.OnAccount, asOf) is { Open: > 0 } left ? left : null,
            receipt => (receipt.Payer, receipt.Date, receipt.Number), cancel);

    /// <summary>Credit notes of which something was left that day, by payer, date and number.</summary>
    /// <param name="payers">Only these; null for all.</param>
    public static IAsyncEnumerable<CreditNote> NotesAsync(StoreReader reader, IReadOnlyList<string>? payers, DateOnly asOf, CancellationToken cancel) =>
        ReadAsync<CreditNote>(
            reader, ReceivablesTables.CreditNote, "credit_note", "d.live", payers, asOf,
            (note, later, withdrawn) => DocumentsThen.On(note, later, withdrawn, asOf) is { Open: > 0 } open ? open : null, note => (note.Payer, note.Date, note.Number), cancel);

    /// <param name="name">Of the table; the column of withdrawals that names its documents is called so, too.</param>
    /// <param name="open">What may have had something left, beside what was used or withdrawn on a later day.</param>
    /// <param name="then">A document as it stood, given what was used and withdrawn of it later; null where nothing was left.</param>
    static async IAsyncEnumerable<TDocument> ReadAsync<TDocument>(
        StoreReader reader, Table table, string name, string open, IReadOnlyList<string>? payers, DateOnly asOf, Func<TDocument, long, long, TDocument?> then,
        Func<TDocument, (string Payer, DateOnly Date, string Number)> place, [EnumeratorCancellation] CancellationToken cancel) where TDocument : class
    {
        var source = Words.Of(name == "receipt" ? SettlementSource.Receipt : SettlementSource.CreditNote);
        var columns = string.Join(", ", table.Columns.Select(column => $"d.\"{column.Name}\""));
        var later = $"FROM settlement s WHERE s.source_number = d.number AND s.source = '{source}' AND s.to_sequence IS NULL AND s.date > @asOf";
        var withdrawn = $"FROM withdrawal w WHERE w.{name} = d.number AND w.to_sequence IS NULL AND w.date > @asOf";
        string[]?[] parts = payers is null ? [null] : [.. payers.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Chunk(PayersAtOnce)];
        foreach (var some in parts)
        {
            var page = new List<(TDocument Document, long Later, long Withdrawn)>(DocumentsAtOnce);
            do
            {
                await using var command = reader.Command($"""
                    SELECT {columns}, {Sum("s.source_amount", later)}, {Sum("w.amount", withdrawn)} FROM {name} d
                    WHERE d.to_sequence IS NULL AND d.date <= @asOf AND ({open} OR EXISTS (SELECT 1 {later}) OR EXISTS (SELECT 1 {withdrawn}))
                        {(some is null ? "" : $"AND d.payer {reader.Among("@payers")}")}
                        {(page.Count == 0 ? "" : "AND (d.payer, d.date, d.number) > (@payer, @date, @number)")}
                    ORDER BY d.payer, d.date, d.number LIMIT {DocumentsAtOnce}
                    """);
                StoreReader.Add(command, "asOf", reader.DateParameter(asOf));
                if (some is not null) StoreReader.Add(command, "payers", reader.ListParameter(some));
                if (page.Count > 0)
                {
                    var (payer, date, number) = place(page[^1].Document);
                    StoreReader.Add(command, "payer", payer);
                    StoreReader.Add(command, "date", reader.DateParameter(date));
                    StoreReader.Add(command, "number", number);
                }

                page.Clear();
                await reader.ReadAsync(
                    command, table, (row, at) => page.Add(((TDocument)row, Later(at, table.Columns.Count), Later(at, table.Columns.Count + 1))), cancel);
                foreach (var (document, used, gone) in page)
                    if (then(document, used, gone) is { } left) yield return left;
            }
            while (page.Count == DocumentsAtOnce);
        }
    }

    static string Sum(string amount, string rows) => $"coalesce((SELECT CAST(sum({amount}) AS BIGINT) {rows}), 0)";

    static long Later(DbDataReader row, int at) => Convert.ToInt64(row.GetValue(at), CultureInfo.InvariantCulture);
}
