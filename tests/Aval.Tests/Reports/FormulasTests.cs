using System.Globalization;
using Aval.Policies.Rules;
using Aval.Receivables.Rules;
using Aval.Reports.Rules;

namespace Aval.Tests.Reports;

/// <summary>The figures of receivables, each against an example worked by hand.</summary>
public sealed class FormulasTests
{
    /// <summary>A quarter: 1,500,000 sold in 90 days, 1,000,000 open at its end, 700,000 of it not due: 60 days, at best 42, hence 18 delinquent.</summary>
    [Fact]
    public void A_quarters_sales_take_sixty_days_of_which_eighteen_are_delinquent()
    {
        var (simple, best) = (DaysSales.Simple(1_000_000, 1_500_000, 90), DaysSales.BestPossible(700_000, 1_500_000, 90));
        Assert.Equal((60m, 42m, 18m), (simple, best, DaysSales.AverageDelinquent(simple, best)));
        Assert.Null(DaysSales.Simple(1_000, 0, 90));
    }

    /// <summary>Months from the latest back, sales by days.</summary>
    [Fact]
    public void Countback_uses_up_the_latest_months_first() => Table.Check(
        """
        open | months              | days
        500  | "500/31"              | 31
        250  | "500/31"              | 15.5
        700  | "500/31 400/30"       | 46
        900  | "500/31 400/30"       | 61
        1100 | "500/31 400/30"       | 76
        700  | "500/31 0/30 400/31"  | 76.5
        0    | "500/31"              | 0
        700  | "0/31"                | -
        """,
        row => Assert.Equal(row.NumberOrNone("days"), DaysSales.Countback(row.Integer("open"), [.. row.Words("months").Select(month => month.Split('/'))
            .Select(month => new MonthSales(long.Parse(month[0], CultureInfo.InvariantCulture), int.Parse(month[1], CultureInfo.InvariantCulture)))])));

    /// <summary>Open are 400 for 45 days of a month that sold 1,000 (18 days), and 250 for 10 days of one that sold 500 (5 days).</summary>
    [Fact]
    public void True_days_weigh_each_open_invoice_by_the_sales_of_its_month()
    {
        Assert.Equal(23m, DaysSales.True([(400 * 45, 1_000), (250 * 10, 500)]));
        // 100 for 200 days, from before the period: by the first month's sales 20 days more.
        Assert.Equal(43m, DaysSales.True([(100 * 200, 0), (400 * 45, 1_000), (250 * 10, 500)]));
        Assert.Equal(0m, DaysSales.True([(0, 1_000)]));
        Assert.Null(DaysSales.True([(100 * 200, 0)]));
    }

    /// <summary>1,000 open at first, 800 sold in one month, 900 left of which 500 not due: 900 collected of 1,300 that could be.</summary>
    [Fact]
    public void Effectiveness_is_what_was_collected_of_what_could_be()
    {
        Assert.Equal(69.23m, Collecting.Effectiveness(1_000, 800, 900, 500, months: 1));
        Assert.Equal(100m, Collecting.Effectiveness(1_000, 800, 500, 500, months: 1));
        // 1,500 sold in three months: 500 of them a month. (1,000 + 500 - 1,000) / (1,000 + 500 - 700).
        Assert.Equal(62.5m, Collecting.Effectiveness(1_000, 1_500, 1_000, 700, months: 3));
        Assert.Null(Collecting.Effectiveness(0, 500, 500, 500, months: 1));
    }

    /// <summary>(100 × 20 − 300 × 10 + 100 × 12 + 300 × 3) / 800 = 1.375.</summary>
    [Fact]
    public void Days_beyond_terms_count_early_payment_below_zero() =>
        Assert.Equal(1.38m, Collecting.DaysBeyondTerms([new(100, 20), new(300, -10), new(100, 12), new(300, 3)]));

    [Fact]
    public void A_bucket_rolls_into_the_next() => Assert.Equal(
        new RollRates(0.2m, 0.5m, 0.25m, 0.4m), Collecting.Rolled(new AgingBuckets(1000, 200, 80, 50, 300), new AgingBuckets(900, 200, 100, 20, 120), intoOver90: 20));

    /// <summary>IFRS 9, illustrative example 12: 0.3, 1.6, 3.6, 6.6 and 10.6 percent of 15.0, 7.5, 4.0, 2.5 and 1.0 million: 580,000 together.</summary>
    [Fact]
    public void The_provision_matrix_of_the_standards_own_example_gives_its_loss() => Assert.Equal(
        580_000, Collecting.ExpectedLoss(new AgingBuckets(15_000_000, 7_500_000, 4_000_000, 2_500_000, 1_000_000), new ProvisionMatrix(0.3m, 1.6m, 3.6m, 6.6m, 10.6m)));
}
