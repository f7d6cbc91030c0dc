using Aval.Decisions.Rules;
using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Receivables.Rules;

namespace Aval.Outcomes.Rules;

/// <summary>How what a decision let go has turned out: of its invoices the worst, the worst first.</summary>
public enum Turnout
{
    /// <summary>Something was given up.</summary>
    WrittenOff,
    /// <summary>Something is owed past its due date.</summary>
    Overdue,
    /// <summary>A dispute stands on what is owed.</summary>
    Disputed,
    /// <summary>All that is due is settled, something of it after its due date.</summary>
    PaidLate,
    /// <summary>Nothing is late, and something is not due yet.</summary>
    NotDueYet,
    /// <summary>All is settled, nothing after its due date.</summary>
    PaidInTime,
    /// <summary>Nothing has been billed of the order since.</summary>
    NothingBilled,
    /// <summary>Another decision on the order followed before anything was billed: what came is told of that one.</summary>
    Superseded,
    /// <summary>The second person has not confirmed it: nothing was done.</summary>
    NotDone,
}

/// <summary>An invoice that a decision let come about, as it stands today. Amounts in major units of the company's currency at the rate of the invoice's date.</summary>
/// <param name="Amount">What was billed; null, as all amounts beside it, where no rate was known on its date.</param>
/// <param name="Paid">By money that is ours.</param>
/// <param name="InTime">Of what was settled, by the due date.</param>
/// <param name="Disputed">What was ever disputed of it, at most its amount.</param>
/// <param name="DaysLate">Calendar days from the due date to the day that settled it, or to today while it is open; 0 when it was in time.</param>
/// <param name="SettledOn">The day from which it was settled wholly; null while it is not.</param>
public sealed record FollowedInvoice(
    string Number, DateOnly Date, DateOnly DueDate, Turnout Turnout, decimal? Amount, decimal? Paid, decimal? InTime, decimal? Credited, decimal? WrittenOff, decimal? Open,
    decimal? Disputed, int DaysLate, DateOnly? SettledOn)
{
    internal OrderInvoice Source { get; init; } = null!;

    /// <param name="worth">What an amount was worth in the company's currency on a day; null where no rate tells it.</param>
    public static FollowedInvoice Of(OrderInvoice invoice, IReadOnlyList<Dispute> disputes, DateOnly today, Func<Money, DateOnly, decimal?> worth)
    {
        decimal? Worth(long minor) => worth(new Money(minor, invoice.Currency), invoice.Date);
        var (open, writtenOff) = (invoice.Amount - invoice.SettledBy(today), invoice.SettledBy(today, SettlementSource.WriteOff));
        var settledOn = open > 0 ? (DateOnly?)null : DayOfSettlement(invoice, today);
        var late = Math.Max(0, (settledOn ?? today).DayNumber - invoice.DueDate.DayNumber);
        var stands = disputes.Any(dispute => dispute.Stands);
        var turnout = writtenOff > 0 ? Turnout.WrittenOff
            : open > 0 && invoice.DueDate < today ? stands ? Turnout.Disputed : Turnout.Overdue
            : open > 0 ? stands ? Turnout.Disputed : Turnout.NotDueYet
            : late > 0 ? Turnout.PaidLate : Turnout.PaidInTime;
        return new FollowedInvoice(
            invoice.Number, invoice.Date, invoice.DueDate, turnout, Worth(invoice.Amount), Worth(invoice.SettledBy(today, SettlementSource.Receipt)),
            Worth(invoice.SettledBy(invoice.DueDate < today ? invoice.DueDate : today)), Worth(invoice.SettledBy(today, SettlementSource.CreditNote)), Worth(writtenOff),
            Worth(open), Worth(Math.Min(invoice.Amount, disputes.Sum(dispute => dispute.Original))), late, settledOn) { Source = invoice };
    }

    /// <summary>What was owed on it at the end of a day, at the rate of its own date.</summary>
    public decimal? OwedOn(DateOnly day, Func<Money, DateOnly, decimal?> worth) => worth(new Money(Source.OwedOn(day), Source.Currency), Date);

    /// <summary>The first day from whose end on nothing was owed any more.</summary>
    static DateOnly DayOfSettlement(OrderInvoice invoice, DateOnly today)
    {
        var (owed, since) = (invoice.Amount, invoice.Date);
        foreach (var day in invoice.Settled.Where(part => part.From <= today).GroupBy(part => part.From).OrderBy(day => day.Key))
        {
            var before = owed;
            owed -= day.Sum(part => part.Amount);
            if (before > 0 && owed <= 0) since = day.Key;
        }

        return since;
    }
}
