using Aval.Decisions.Rules;
using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Receivables.Rules;

namespace Aval.Checks.Rules;

/// <summary>What has become of something that was set aside.</summary>
public enum DeferredState
{
    /// <summary>It is owed still, and nothing has come of it.</summary>
    Owed,
    /// <summary>A later check of the order found it no more.</summary>
    Mended,
    /// <summary>A dispute, a rejection or a late payment came on the order's invoices.</summary>
    CameTrue,
}

public enum ConsequenceKind { Dispute, Rejection, LatePayment, WriteOff }

/// <summary>What came on an invoice of an order after something of the order was set aside.</summary>
/// <param name="Document">The dispute, else the invoice.</param>
/// <param name="On">The day of it: raised, rejected, or the day after the due date.</param>
/// <param name="Amount">Minor units of <paramref name="Currency"/>: disputed, written off, or of the invoice.</param>
/// <param name="Named">The dispute says itself that this finding would have prevented it.</param>
public sealed record Consequence(ConsequenceKind Kind, string Document, string Invoice, DateOnly On, long Amount, Currency Currency, bool Named);

/// <summary>A risk that was taken by setting a finding aside, with what came of it and the decisions on the order.</summary>
public sealed record DeferredRisk(Waiver Waiver, DeferredState State, IReadOnlyList<Consequence> Consequences, IReadOnlyList<Decision> Decisions)
{
    /// <param name="invoices">Of the order.</param>
    /// <param name="disputes">On these.</param>
    public static DeferredRisk Of(
        Waiver waiver, IReadOnlyList<OrderInvoice> invoices, IReadOnlyList<Dispute> disputes, IReadOnlyList<Decision> decisions, DateOnly today)
    {
        var came = invoices.Where(invoice => invoice.Date >= waiver.At).SelectMany(invoice => ConsequencesOf(invoice, waiver, disputes, today))
            .OrderBy(consequence => consequence.On).ThenBy(consequence => consequence.Document, StringComparer.Ordinal).ToList();
        var state = came.Count > 0 ? DeferredState.CameTrue : waiver.MendedOn is not null ? DeferredState.Mended : DeferredState.Owed;
        return new DeferredRisk(waiver, state, came, decisions);
    }

    static IEnumerable<Consequence> ConsequencesOf(OrderInvoice invoice, Waiver waiver, IReadOnlyList<Dispute> disputes, DateOnly today)
    {
        foreach (var dispute in disputes)
            if (dispute.Invoice == invoice.Number)
                yield return new Consequence(
                    ConsequenceKind.Dispute, dispute.Number, invoice.Number, dispute.Raised, dispute.Original, dispute.Currency, dispute.PreventedBy == waiver.Code);
        // What was corrected had been rejected before.
        if (invoice is { Stage: InvoiceStage.Rejected or InvoiceStage.Corrected, StageOn: { } told })
            yield return new Consequence(ConsequenceKind.Rejection, invoice.Number, invoice.Number, told, invoice.Amount, invoice.Currency, false);
        var late = invoice.DueDate < today ? invoice.OwedOn(invoice.DueDate) : 0;
        if (late > 0) yield return new Consequence(ConsequenceKind.LatePayment, invoice.Number, invoice.Number, invoice.DueDate.AddDays(1), late, invoice.Currency, false);
        if (invoice.SettledBy(today, SettlementSource.WriteOff) is > 0 and var given)
        {
            var first = invoice.Settled.First(part => part.Source == SettlementSource.WriteOff).From;
            yield return new Consequence(ConsequenceKind.WriteOff, invoice.Number, invoice.Number, first, given, invoice.Currency, false);
        }
    }
}
