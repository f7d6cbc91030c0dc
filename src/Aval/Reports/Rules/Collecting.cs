using Aval.Policies.Rules;
using Aval.Receivables.Rules;

namespace Aval.Reports.Rules;

/// <summary>The shares of a month's buckets that were one bucket older a month later. Above 1 where old debts were reopened; null where the bucket was empty.</summary>
public readonly record struct RollRates(decimal? NotDueToD1To30, decimal? D1To30ToD31To60, decimal? D31To60ToD61To90, decimal? D61To90ToOver90);

/// <summary>How well what was due was collected, and how much of the rest will be lost. Amounts in minor units of one currency.</summary>
public static class Collecting
{
    /// <summary>Collection effectiveness index, percent: what was collected of what could be. 100 when all that is left is not due. Null when nothing could be collected.</summary>
    /// <param name="opening">Receivables at the beginning of the period.</param>
    /// <param name="sales">Credit sales of the period, of which a month's share counts.</param>
    /// <param name="closing">Receivables at its end.</param>
    /// <param name="closingNotDue">Of which not past due.</param>
    /// <param name="months">Of the period.</param>
    /// <remarks>Credit Research Foundation.</remarks>
    public static decimal? Effectiveness(long opening, long sales, long closing, long closingNotDue, int months)
    {
        var all = opening + ((decimal)sales / months);
        return all <= closingNotDue ? null : Math.Round((all - closing) * 100 / (all - closingNotDue), 2, MidpointRounding.AwayFromZero);
    }

    /// <summary>Calendar days beyond terms, weighted by value, below zero for what was paid early; to two places. Null without anything paid or past due.</summary>
    /// <param name="paid">Amounts paid in the period with the days after their due date; with what is open and past due, to the day looked at.</param>
    public static decimal? DaysBeyondTerms(IEnumerable<Outstanding> paid) => WeightedDays.Of(paid).Average;

    /// <summary>Which share of each bucket has rolled into the next.</summary>
    /// <param name="before">The aging of a month's end.</param>
    /// <param name="after">That of the next month's end.</param>
    /// <param name="intoOver90">What of its last bucket was not in it before.</param>
    public static RollRates Rolled(AgingBuckets before, AgingBuckets after, long intoOver90) => new(
        Share(after.D1To30, before.NotDue), Share(after.D31To60, before.D1To30), Share(after.D61To90, before.D31To60),
        Share(intoOver90, before.D61To90));

    /// <summary>Expected credit loss by a provision matrix (IFRS 9, B5.5.35), in minor units; each bucket is rounded by itself, half away from zero.</summary>
    public static long ExpectedLoss(AgingBuckets open, ProvisionMatrix matrix) => ExpectedLosses(open, matrix).Total;

    /// <summary>The same, bucket by bucket.</summary>
    public static AgingBuckets ExpectedLosses(AgingBuckets open, ProvisionMatrix matrix) => new(
        Part(open.NotDue, matrix.NotDue), Part(open.D1To30, matrix.D1to30), Part(open.D31To60, matrix.D31to60), Part(open.D61To90, matrix.D61to90),
        Part(open.Over90, matrix.Over90));

    static long Part(long amount, decimal percent) => (long)Math.Round(amount * percent / 100, 0, MidpointRounding.AwayFromZero);

    static decimal? Share(long part, long whole) => whole <= 0 ? null : Math.Round((decimal)part / whole, 4, MidpointRounding.AwayFromZero);
}
