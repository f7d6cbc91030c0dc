using Aval.Receivables.Rules;

namespace Aval.TimeMachine.Rules;

/// <summary>What became of an order, told from its invoices.</summary>
public enum Aftermath
{
    /// <summary>Nothing can be said yet, or nothing clear: no invoice, one whose time is not over, or paid late but paid.</summary>
    Open,
    /// <summary>Every invoice was paid in time.</summary>
    PaidInTime,
    /// <summary>An invoice was written off, or more than 90 days overdue.</summary>
    Lost,
}

/// <summary>Tells aftermaths from invoices, one after the other.</summary>
/// <param name="paidWithinDays">Calendar days after the due date within which a payment is in time.</param>
/// <param name="today">The business date of what is known.</param>
public sealed class Aftermaths(int paidWithinDays, DateOnly today)
{
    /// <summary>Calendar days past due beyond which a debt counts as lost.</summary>
    const int LostAfterDays = 90;

    /// <summary>What is written off below this percentage of an invoice is a rounding, not a loss.</summary>
    const int RoundingPercent = 1;

    /// <summary>The outcome of an order with one more invoice; <paramref name="sofar"/> is null before its first.</summary>
    public Aftermath With(Aftermath? sofar, BilledInvoice invoice)
    {
        // What was credited whole was never to be paid.
        if (invoice.Amount <= invoice.Credited) return sofar ?? Aftermath.Open;
        var own = Of(invoice);
        if (sofar is not { } known || sofar == own) return own;
        return known == Aftermath.Lost || own == Aftermath.Lost ? Aftermath.Lost : Aftermath.Open;
    }

    Aftermath Of(BilledInvoice invoice)
    {
        var paid = invoice.Settled >= invoice.Amount ? invoice.LastSettled : null;
        if (invoice.WrittenOff * 100 > invoice.Amount * RoundingPercent || (paid ?? today) > invoice.DueDate.AddDays(LostAfterDays)) return Aftermath.Lost;
        return paid <= invoice.DueDate.AddDays(paidWithinDays) ? Aftermath.PaidInTime : Aftermath.Open;
    }
}
