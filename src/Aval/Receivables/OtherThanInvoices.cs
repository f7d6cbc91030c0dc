using Aval.Kernel.Storage;
using Aval.Receivables.Rules;

namespace Aval.Receivables;

/// <summary>What the payers of a portfolio have beside their invoices.</summary>
static class OtherThanInvoices
{
    /// <summary>Payers with money that waits or is not cleared, or a credit note that no invoice has taken.</summary>
    public static async Task<IReadOnlyList<string>> PayersAsync(StoreReader reader, CancellationToken cancel)
    {
        await using var command = reader.Command("""
            SELECT payer FROM receipt WHERE to_sequence IS NULL AND live UNION SELECT payer FROM credit_note WHERE to_sequence IS NULL AND live
            """);
        return await StoreReader.TextsAsync(command, cancel);
    }

    /// <summary>How all payers pay that have paid.</summary>
    public static async Task EachBehaviourAsync(StoreReader reader, Action<PaymentBehaviour> take, CancellationToken cancel)
    {
        await using var command = reader.Command($"SELECT {ReceivablesTables.Behaviour.ColumnList} FROM payment_behaviour WHERE to_sequence IS NULL");
        await reader.ReadAsync(command, ReceivablesTables.Behaviour, (row, _) => take((PaymentBehaviour)row), cancel);
    }
}
