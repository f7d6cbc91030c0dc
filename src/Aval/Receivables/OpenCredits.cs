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
        var open = $"(d.live OR d.returned_on > @asOf OR EXISTS (SELECT 1 {WithdrawnLater})";
        await ReadAsync(reader, ReceivablesTables.Receipt, "receipt", open, WithdrawnLater, payers, asOf, (row, later, withdrawn) =>
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
        await ReadAsync(reader, ReceivablesTables.CreditNote, "credit_note", "(d.live", null, payers, asOf, (row, later, _) =>
        {
            if (DocumentsThen.On((CreditNote)row, later, asOf) is { Open: > 0 } open) found.Add(open);
        }, cancel);
        return found;
    }

    const string WithdrawnLater = "FROM withdrawal w WHERE w.receipt = d.number AND w.to_sequence IS NULL AND w.date > @asOf";

    /// <param name="open">Opens a parenthesis: what may have had something left, beside what was used on a later day.</param>
    /// <param name="withdrawn">What was withdrawn on later days; null for what nothing is withdrawn of.</param>
    static async Task ReadAsync(
        StoreReader reader, Table table, string name, string open, string? withdrawn, IReadOnlyList<string>? payers, DateOnly asOf, Action<object, long, long> take,
        CancellationToken cancel)
    {
        var source = Words.Of(name == "receipt" ? SettlementSource.Receipt : SettlementSource.CreditNote);
        var columns = string.Join(", ", table.Columns.Select(column => $"d.\"{column.Name}\""));
        var later = $"FROM settlement s WHERE s.source_number = d.number AND s.source = '{source}' AND s.to_sequence IS NULL AND s.date > @asOf";
        string[]?[] parts = payers is null ? [null] : [.. payers.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Chunk(PayersAtOnce)];
        foreach (var some in parts)
        {
            await using var command = reader.Command($"""
                SELECT {columns}, {Sum("s.source_amount", later)}, {(withdrawn is null ? "0" : Sum("w.amount", withdrawn))} FROM {name} d
                WHERE d.to_sequence IS NULL AND d.date <= @asOf AND {open} OR EXISTS (SELECT 1 {later})){(some is null ? "" : $" AND d.payer {reader.Among("@payers")}")}
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
