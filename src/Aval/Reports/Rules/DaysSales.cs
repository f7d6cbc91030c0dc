namespace Aval.Reports.Rules;

/// <summary>What was sold on credit in a month; amounts in minor units of one currency.</summary>
/// <param name="Days">Calendar days of the month that lie in the period.</param>
public readonly record struct MonthSales(long Sales, int Days);

/// <summary>An invoice of the period: how long its money was, or has been, outstanding.</summary>
/// <param name="Days">Calendar days from its date to its settlement; to the day looked at for what is open.</param>
public readonly record struct Outstanding(long Amount, int Days);

/// <summary>How many days of sales are not paid. Amounts in minor units of one currency; days to two places, half away from zero.</summary>
/// <remarks>Credit Research Foundation, "Standard formulas for the measurement of credit and collections".</remarks>
public static class DaysSales
{
    /// <summary>DSO: receivables at the end of a period, by its credit sales, times its days. Null without sales.</summary>
    public static decimal? Simple(long receivables, long sales, int days) => sales <= 0 ? null : Rounded((decimal)receivables * days / sales);

    /// <summary>Countback DSO: the sales of the latest months are taken off the receivables, a month's days for a month's sales, until they are used up. What is
    /// older than all months counts as the oldest month's sales a day.</summary>
    /// <param name="latestFirst">Months with sales or without; at least one with.</param>
    /// <returns>Null without sales.</returns>
    public static decimal? Countback(long receivables, IReadOnlyList<MonthSales> latestFirst)
    {
        if (!latestFirst.Any(month => month.Sales > 0)) return null;
        var left = receivables;
        decimal days = 0;
        foreach (var (sales, length) in latestFirst)
        {
            if (left <= 0) break;
            if (sales > left) return Rounded(days + ((decimal)left * length / sales));
            days += length;
            left -= sales;
        }

        var oldest = latestFirst.Last(month => month.Sales > 0);
        return Rounded(left <= 0 ? days : days + ((decimal)left * oldest.Days / oldest.Sales));
    }

    /// <summary>True DSO: the days that each invoice's money was outstanding, weighted by value. Null without invoices.</summary>
    public static decimal? True(IEnumerable<Outstanding> invoices) => WeightedDays.Of(invoices).Average;

    /// <summary>Best possible DSO: the same as <see cref="Simple"/> if everybody paid on time.</summary>
    /// <param name="notDue">Receivables that are not past due.</param>
    public static decimal? BestPossible(long notDue, long sales, int days) => Simple(notDue, sales, days);

    /// <summary>Average days delinquent: what DSO has above the best possible.</summary>
    public static decimal? AverageDelinquent(decimal? simple, decimal? bestPossible) => simple - bestPossible;

    static decimal Rounded(decimal days) => Math.Round(days, 2, MidpointRounding.AwayFromZero);
}
