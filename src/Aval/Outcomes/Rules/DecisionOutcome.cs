using Aval.Decisions.Rules;
using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Receivables.Rules;

namespace Aval.Outcomes.Rules;

/// <summary>All that is known of an order after it was decided on.</summary>
/// <param name="Decisions">On the order, in order of time.</param>
/// <param name="Disputes">On its invoices.</param>
/// <param name="Deliveries">The days on which goods left, in order.</param>
public sealed record OrderTrail(
    IReadOnlyList<Decision> Decisions, IReadOnlyList<OrderInvoice> Invoices, IReadOnlyList<Dispute> Disputes, IReadOnlyList<DateOnly> Deliveries);

/// <summary>A decision followed to the cash. Amounts in major units of the company's currency, each invoice at the rate of its own date.</summary>
/// <param name="Invoices">That bill the order from the decision's day on, until the next decision on it: an invoice is told of one decision only.</param>
/// <param name="Deliveries">The days, in order, in the same span.</param>
/// <param name="SupersededBy">The next decision on the order; null while this is the last.</param>
/// <param name="DaysLate">By value, of the invoices that are due: calendar days from the due date to the day that settled them, or to today; null while none is due.</param>
/// <param name="After30">What was owed on them 30 days after the decision; null while that day has not come.</param>
/// <param name="WithoutRate">Invoices that no rate converts: they are in no amount.</param>
public sealed record DecisionOutcome(
    Decision Decision, Turnout Turnout, IReadOnlyList<FollowedInvoice> Invoices, IReadOnlyList<DateOnly> Deliveries, string? SupersededBy, decimal Billed, decimal Due,
    decimal PaidInTime, decimal Paid, decimal Credited, decimal WrittenOff, decimal Open, decimal Overdue, decimal Disputed, decimal? DaysLate, decimal? After30,
    decimal? After60, decimal? After90, int WithoutRate)
{
    /// <param name="worth">What an amount was worth in the company's currency on a day; null where no rate tells it.</param>
    public static DecisionOutcome Of(Decision decision, OrderTrail trail, DateOnly today, Func<Money, DateOnly, decimal?> worth)
    {
        var next = trail.Decisions.SkipWhile(other => other.Id != decision.Id).Skip(1).FirstOrDefault(other => other.IsTaken);
        bool IsOwn(DateOnly day) => decision.IsTaken && day >= decision.On && !(day >= next?.On);
        var invoices = trail.Invoices.Where(invoice => IsOwn(invoice.Date)).OrderBy(invoice => invoice.Date).ThenBy(invoice => invoice.Number, StringComparer.Ordinal)
            .Select(invoice => FollowedInvoice.Of(invoice, [.. trail.Disputes.Where(dispute => dispute.Invoice == invoice.Number)], today, worth)).ToList();
        var due = invoices.Where(invoice => invoice.DueDate < today || invoice.Open is null or 0).ToList();
        var dueAmount = due.Sum(invoice => invoice.Amount ?? 0);
        decimal? After(int days) => decision.On.AddDays(days) is var day && day > today ? null : invoices.Sum(invoice => invoice.OwedOn(day, worth) ?? 0);
        return new DecisionOutcome(
            decision, TurnoutOf(decision, next, invoices), invoices, [.. trail.Deliveries.Where(IsOwn)], next?.Id, invoices.Sum(invoice => invoice.Amount ?? 0), dueAmount,
            due.Sum(invoice => invoice.InTime ?? 0), invoices.Sum(invoice => invoice.Paid ?? 0), invoices.Sum(invoice => invoice.Credited ?? 0),
            invoices.Sum(invoice => invoice.WrittenOff ?? 0), invoices.Sum(invoice => invoice.Open ?? 0),
            invoices.Where(invoice => invoice.DueDate < today).Sum(invoice => invoice.Open ?? 0), invoices.Sum(invoice => invoice.Disputed ?? 0),
            dueAmount == 0 ? null : Math.Round(due.Sum(invoice => (invoice.Amount ?? 0) * invoice.DaysLate) / dueAmount, 1, MidpointRounding.ToEven),
            After(30), After(60), After(90), invoices.Count(invoice => invoice.Amount is null));
    }

    static Turnout TurnoutOf(Decision decision, Decision? next, List<FollowedInvoice> invoices)
    {
        if (!decision.IsTaken) return Turnout.NotDone;
        if (invoices.Count > 0) return invoices.Min(invoice => invoice.Turnout);
        return next is null ? Turnout.NothingBilled : Turnout.Superseded;
    }
}
