using Aval.Receivables.Rules;

namespace Aval.Indicators.Rules;

/// <summary>Whether a payer went bad after a day: by it blocks are judged.</summary>
public static class RiskOutcome
{
    /// <summary>Calendar days from the day on in which an invoice must fall due to count.</summary>
    public const int DaysWatched = 60;

    /// <summary>Calendar days after its due date within which an invoice is to be settled.</summary>
    public const int DaysLate = 30;

    /// <summary>The first day on which all that counts is known.</summary>
    public static DateOnly KnownOn(DateOnly from) => from.AddDays(DaysWatched + DaysLate);

    /// <summary>An invoice that fell due in the days watched was given up, or not settled in time.</summary>
    /// <param name="today">On or after <see cref="KnownOn"/>.</param>
    public static bool WentBad(DateOnly from, IEnumerable<DueInvoice> invoices, DateOnly today) =>
        invoices.Any(invoice => invoice.DueDate >= from && invoice.DueDate <= from.AddDays(DaysWatched) && invoice.WentBad(DaysLate, today));
}
