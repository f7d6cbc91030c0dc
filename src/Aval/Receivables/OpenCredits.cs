using System.Data.Common;
using System.Globalization;
using Aval.Kernel.Storage;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>What customers had to their credit at the end of a day, as it is known now: money that had not found its invoices, and credit notes.</summary>
public static class OpenCredits
{
    /// <summary>Payers asked for together.</summary>
    const int PayersAtOnce = 500;

    /// <summary>Receipts with money left that day, uncleared ones and deposits too; by payer, date and number.</summary>
    /// <param name="payers">Only these; null for all.</param>
    public static async Task<IReadOnlyList<Receipt>> ReceiptsAsync(StoreReader reader, IReadOnlyList<string>? payers, DateOnly asOf, CancellationToken cancel)
    {
        var found = new List<Receipt>();
        await ReadAsync(reader, ReceivablesTables.Receipt, "receipt", "d.live OR d.returned_on > @asOf", payers, asOf, (row, later, withdrawn) =>
        {
            var receipt = (Receipt)row;
            if (DocumentsThen.On(receipt, later, withdrawn, receipt.OnAccount, asOf) is { Open: > 0 } left) found.Add(left);
        }, cancel);
        return found;
    }

    /// <summary>Credit notes of which something was left that day, by payer, date and number.</summary>
    /// <param name="payers">Only these; null for all.</param>
    public static async Task<IReadOnlyList<CreditNote>> NotesAsync(StoreReader reader, IReadOnlyList<string>? payers, DateOnly asOf, CancellationToken cancel)
    {
        var found = new List<CreditNote>();
        await ReadAsync(reader, ReceivablesTables.CreditNote, "credit_note", "d.live", payers, asOf, (row, later, withdrawn) =>
        {
            if (DocumentsThen.On((CreditNote)row, later, withdrawn, asOf) is { Open: > 0 } open) found.Add(open);
        }, cancel);
        return found;
    }

    /// <param name="name">Of the table; the column of withdrawals that names its documents is called so, too.</param>
    /// <param name="open">What may have had something left, beside what was used or withdrawn on a later day.</param>
    static async Task ReadAsync(
        StoreReader reader, Table table, string name, string open, IReadOnlyList<string>? payers, DateOnly asOf, Action<object, long, long> take, CancellationToken cancel)
    {
        var source = Words.Of(name == "receipt" ? SettlementSource.Receipt : SettlementSource.CreditNote);
        var columns = string.Join(", ", table.Columns.Select(column => $"d.\"{column.Name}\""));
        var later = $"FROM settlement s WHERE s.source_number = d.number AND s.source = '{source}' AND s.to_sequence IS NULL AND s.date > @asOf";
        var withdrawn = $"FROM withdrawal w WHERE w.{name} = d.number AND w.to_sequence IS NULL AND w.date > @asOf";
        string[]?[] parts = payers is null ? [null] : [.. payers.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Chunk(PayersAtOnce)];
        foreach (var some in parts)
        {
            await using var command = reader.Command($"""
                SELECT {columns}, {Sum("s.source_amount", later)}, {Sum("w.amount", withdrawn)} FROM {name} d
                WHERE d.to_sequence IS NULL AND d.date <= @asOf AND ({open} OR EXISTS (SELECT 1 {later}) OR EXISTS (SELECT 1 {withdrawn}))
                {(some is null ? "" : $"AND d.payer {reader.Among("@payers")}")}
                ORDER BY d.payer, d.date, d.number
                """);
            StoreReader.Add(command, "asOf", reader.DateParameter(asOf));
            if (some is not null) StoreReader.Add(command, "payers", reader.ListParameter(some));
            await reader.ReadAsync(command, table, (row, at) => take(row, Later(at, table.Columns.Count), Later(at, table.Columns.Count + 1)), cancel);
        }
    }

    static string Sum(string amount, string rows) => $"coalesce((SELECT CAST(sum({amount}) AS BIGINT) {rows}), 0)";

    static long Later(DbDataReader row, int at) => Convert.ToInt64(row.GetValue(at), CultureInfo.InvariantCulture);
}
