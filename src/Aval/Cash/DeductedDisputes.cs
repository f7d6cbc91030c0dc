using Aval.Disputes;
using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Cash;

/// <summary>The disputes that a receipt's deductions have opened and that stand: they go as the payment goes.</summary>
static class DeductedDisputes
{
    /// <summary>Closes those about which nothing has been done yet.</summary>
    /// <returns>The first about which something has; it stands.</returns>
    public static Dispute? TakeBack(Case @case, Receipt receipt, string reason)
    {
        Dispute? goneOn = null;
        foreach (var root in @case.Roots)
            foreach (var dispute in Of(@case.Of(root), receipt))
            {
                if (!dispute.IsUntouched)
                {
                    goneOn ??= dispute;
                    continue;
                }

                var note = $"The payment that left it off was taken back: {reason}";
                var closed = dispute with { Status = DisputeStatus.Closed, Ended = @case.Today, Note = dispute.Note is null ? note : $"{dispute.Note} · {note}" };
                @case.Put(DisputesFacts.Table, closed, root);
                if (@case.Of(root).Find<Invoice>(closed.Invoice) is { } invoice) @case.Put(ReceivablesTables.Invoice, invoice.With(DisputeFields.PartOf(closed)), root);
            }

        return goneOn;
    }

    static List<Dispute> Of(Facts facts, Receipt receipt) =>
    [
        .. facts.Get<ReceivablesFacts>().SettlementsOf(receipt.Number).Select(paid => paid.Payer).Append(receipt.Payer).Distinct(StringComparer.Ordinal)
            .SelectMany(payer => facts.Get<DisputesFacts>().Of(payer).Standing).Select(open => facts.Find<Dispute>(open.Number)!)
            .Where(dispute => dispute.DeductedFrom == receipt.Number),
    ];
}
