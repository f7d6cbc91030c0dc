namespace Aval.Reports.Rules;

/// <summary>What was sold on credit in a month; amounts in minor units of one currency.</summary>
/// <param name="Days">Calendar days of the month that lie in the period.</param>
public readonly record struct MonthSales(long Sales, int Days);

/// <summary>A payment, or what is still open, in minor units of one currency.</summary>
/// <param name="Days">Calendar days after the due date; below zero for who paid early.</param>
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

    /// <summary>True DSO: of each open invoice its days since it was issued, times its open amount, by the credit sales of its month. Null without sales.</summary>
    /// <param name="earliestFirst">By month, the open amounts of its invoices times their days, and its sales. What comes from a month without sales, as all that is older
    /// than the period does, is told by those of the next.</param>
    public static decimal? True(IReadOnlyList<(decimal OpenDays, long Sales)> earliestFirst)
    {
        if (!earliestFirst.Any(month => month.Sales > 0)) return null;
        decimal days = 0, carried = 0;
        foreach (var (openDays, sales) in earliestFirst)
        {
            carried += openDays;
            if (sales <= 0) continue;
            days += carried / sales;
            carried = 0;
        }

        return Rounded(days);
    }

    /// <summary>Best possible DSO: the same as <see cref="Simple"/> if everybody paid on time.</summary>
    /// <param name="notDue">Receivables that are not past due.</param>
    public static decimal? BestPossible(long notDue, long sales, int days) => Simple(notDue, sales, days);

    /// <summary>Average days delinquent: what DSO has above the best possible.</summary>
    public static decimal? AverageDelinquent(decimal? simple, decimal? bestPossible) => simple - bestPossible;

    static decimal Rounded(decimal days) => Math.Round(days, 2, MidpointRounding.AwayFromZero);
}
