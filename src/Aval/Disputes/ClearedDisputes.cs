using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Parties;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Disputes;

/// <summary>Disputes that a netted credit note has cleared, for a command that takes the netting back: they are as they were before.</summary>
public static class ClearedDisputes
{
    /// <summary>The numbers of those of these invoices that any of these settlements has cleared.</summary>
    internal static async Task<IReadOnlyList<string>> ReadAsync(Store store, IReadOnlyList<string> invoices, IReadOnlyList<string> settlements, CancellationToken cancel)
    {
        if (invoices.Count == 0 || settlements.Count == 0) return [];
        await using var reader = await store.SnapshotAsync(cancel);
        var disputes = await DisputeHistory.OfInvoicesAsync(reader, invoices, cancel);
        return [.. disputes.Where(dispute => settlements.Any(id => dispute.Uncredited(id) != dispute)).Select(dispute => dispute.Number)];
    }

    /// <summary>What this settlement has cleared of them waits for a credit note again.</summary>
    public static void TakeBack(Case @case, string root, IReadOnlyList<string> disputes, string settlement)
    {
        foreach (var number in disputes)
        {
            if (@case.Of(root).Find<Dispute>(number) is not { } dispute || dispute.Uncredited(settlement) is var after && after == dispute) continue;
            @case.Put(DisputesFacts.Table, after, root);
            if (@case.Of(root).Find<Invoice>(dispute.Invoice) is { } invoice) @case.Put(ReceivablesTables.Invoice, invoice.With(DisputeFields.PartOf(after)), root);
            if (!dispute.Stands) DisputeFields.Uncount(@case, after, root);
        }
    }
}
