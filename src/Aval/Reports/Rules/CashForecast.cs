namespace Aval.Reports.Rules;

/// <summary>When the money of open invoices may come, week by week. Amounts in minor units of one currency.</summary>
/// <param name="asOf">The day looked at: the first week begins on the day after it.</param>
/// <param name="weeks">At least 1. What is expected later is told apart.</param>
public sealed class CashForecast(DateOnly asOf, int weeks)
{
    readonly long[] due = new long[weeks + 1];
    readonly long[] expected = new long[weeks + 1];

    /// <summary>What falls due in each week; in the first what is past due already; the last is all that comes later.</summary>
    public IReadOnlyList<long> Due => due;

    /// <summary>The same by the days on which its payer usually pays.</summary>
    public IReadOnlyList<long> Expected => expected;

    public int Weeks => weeks;

    /// <summary>The first day of a week.</summary>
    public DateOnly Begins(int week) => asOf.AddDays(1 + (7 * week));

    /// <param name="beyondTerms">Calendar days after the due date on which the payer pays on average; below zero for one that pays early.</param>
    public void Add(long amount, DateOnly dueDate, int beyondTerms)
    {
        due[WeekOf(dueDate)] += amount;
        expected[WeekOf(dueDate.AddDays(beyondTerms))] += amount;
    }

    int WeekOf(DateOnly day) => Math.Clamp((day.DayNumber - asOf.DayNumber - 1) / 7, 0, weeks);
}
