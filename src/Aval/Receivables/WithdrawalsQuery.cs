using Aval.Kernel.Storage;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>Refunds and transfers, which are history: no facts hold them.</summary>
static class WithdrawalsQuery
{
    static readonly string Columns = ReceivablesTables.Withdrawal.ColumnList;

    public static async Task<Withdrawal?> FindAsync(Store store, WithdrawalKind kind, string number, CancellationToken cancel) =>
        (await RowsAsync(store, "id = @key", Withdrawal.IdOf(kind, number), cancel)).SingleOrDefault();

    /// <summary>Those of one receipt, by day.</summary>
    public static Task<IReadOnlyList<Withdrawal>> OfReceiptAsync(Store store, string receipt, CancellationToken cancel) => RowsAsync(store, "receipt = @key", receipt, cancel);

    /// <summary>Those of one credit note, by day.</summary>
    public static Task<IReadOnlyList<Withdrawal>> OfCreditNoteAsync(Store store, string note, CancellationToken cancel) => RowsAsync(store, "credit_note = @key", note, cancel);

    static async Task<IReadOnlyList<Withdrawal>> RowsAsync(Store store, string where, string key, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        await using var command = reader.Command($"SELECT {Columns} FROM withdrawal WHERE to_sequence IS NULL AND {where} ORDER BY date, id");
        StoreReader.Add(command, "key", key);
        return [.. (await reader.RowsAsync(command, ReceivablesTables.Withdrawal, cancel)).Cast<Withdrawal>()];
    }
}
