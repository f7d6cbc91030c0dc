using Aval.Kernel.Storage;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>All documents of one payer, closed ones too, and what they have settled.</summary>
/// <param name="Withdrawals">What refunds and transfers took of its receipts, and what took them back.</param>
/// <param name="Settlements">Of its invoices, and of its receipts and credit notes whosever invoices they paid; one of both stands here twice.</param>
public sealed record PayerDocuments(
    IReadOnlyList<Invoice> Invoices, IReadOnlyList<CreditNote> Notes, IReadOnlyList<Receipt> Receipts, IReadOnlyList<Settlement> Settlements,
    IReadOnlyList<Withdrawal> Withdrawals)
{
    /// <param name="until">Documents of later days are left out.</param>
    public static async Task<PayerDocuments> OfAsync(StoreReader reader, string payer, DateOnly until, CancellationToken cancel)
    {
        var settlement = ReceivablesTables.Settlement;
        var columns = string.Join(", ", settlement.Columns.Select(column => $"s.\"{column.Name}\""));
        return new PayerDocuments(
            await RowsAsync(ReceivablesTables.Invoice, $"""
                SELECT {ReceivablesTables.Invoice.ColumnList} FROM invoice WHERE to_sequence IS NULL AND live AND payer = @payer AND date <= @until
                UNION ALL
                SELECT {ReceivablesTables.Invoice.ColumnList} FROM invoice WHERE to_sequence IS NULL AND NOT live AND NOT draft AND payer = @payer AND date <= @until
                """),
            await RowsAsync(ReceivablesTables.CreditNote, Of(ReceivablesTables.CreditNote, "credit_note")),
            await RowsAsync(ReceivablesTables.Receipt, Of(ReceivablesTables.Receipt, "receipt")),
            await RowsAsync(settlement, $"""
                SELECT {settlement.ColumnList} FROM settlement
                WHERE to_sequence IS NULL AND counts_from IS NOT NULL AND payer = @payer AND counts_from <= @until
                UNION ALL
                SELECT {columns} FROM receipt d JOIN settlement s ON s.source_number = d.number
                WHERE d.to_sequence IS NULL AND d.payer = @payer AND s.to_sequence IS NULL AND s.source = 'receipt' AND s.counts_from <= @until
                UNION ALL
                SELECT {columns} FROM credit_note d JOIN settlement s ON s.source_number = d.number
                WHERE d.to_sequence IS NULL AND d.payer = @payer AND s.to_sequence IS NULL AND s.source = 'creditNote' AND s.counts_from <= @until
                """),
            await RowsAsync(ReceivablesTables.Withdrawal, Of(ReceivablesTables.Withdrawal, "withdrawal")));

        static string Of(Table table, string name) => $"SELECT {table.ColumnList} FROM {name} WHERE to_sequence IS NULL AND payer = @payer AND date <= @until";

        async Task<IReadOnlyList<TRow>> RowsAsync<TRow>(Table<TRow> table, string sql) where TRow : class
        {
            await using var command = reader.Command(sql);
            StoreReader.Add(command, "payer", payer);
            StoreReader.Add(command, "until", reader.DateParameter(until));
            return [.. (await reader.RowsAsync(command, table, cancel)).Cast<TRow>()];
        }
    }
}
