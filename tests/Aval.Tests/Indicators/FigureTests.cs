using System.Globalization;
using Aval.Company.Rules;
using Aval.Indicators.Rules;

namespace Aval.Tests.Indicators;

/// <summary>Figures are made of rows, and hours are those in which people work.</summary>
public sealed class FigureTests
{
    [Fact]
    public void Hours_count_from_nine_to_five_on_weekdays() => Table.Check("""
        hours | from              to
        0     | 2026-03-02T09:00  2026-03-02T09:00
        0     | 2026-03-02T12:00  2026-03-02T11:00
        1     | 2026-03-02T09:00  2026-03-02T10:00
        0.5   | 2026-03-02T06:00  2026-03-02T09:30
        8     | 2026-03-02T00:00  2026-03-02T23:59
        2     | 2026-03-02T16:00  2026-03-03T10:00
        2     | 2026-03-06T16:00  2026-03-09T10:00
        1     | 2026-03-07T12:00  2026-03-09T10:00
        0     | 2026-03-07T12:00  2026-03-08T12:00
        40    | 2026-03-02T09:00  2026-03-09T09:00
        42    | 2026-03-06T16:00  2026-03-16T10:00
        2088  | 2026-01-01T00:00  2027-01-01T00:00
        """, row => Assert.Equal(Number(row["hours"]), WorkingHours.Between(Time(row["from"]), Time(row["to"]), WorkingCalendar.Usual)));

    [Fact]
    public void Any_stretch_is_the_sum_of_its_parts()
    {
        var random = new Random(1);
        for (var round = 0; round < 1_000; round++)
        {
            var from = new DateTime(2026, 1, 1).AddMinutes(15 * random.Next(4 * 24 * 40));
            var (middle, to) = (from.AddMinutes(15 * random.Next(4 * 24 * 20)), from.AddMinutes(15 * random.Next(4 * 24 * 20, 4 * 24 * 60)));
            Assert.Equal(Between(from, to), Between(from, middle) + Between(middle, to));
        }
    }

    [Fact]
    public void The_median_has_its_ninth_decile_and_its_mean_beside_it() => Table.Check("""
        hours                 | median  p90  mean
        4                     | 4       4    4
        1,3                   | 2       3    2
        1,2,9                 | 2       9    4
        1,2,3,4,5,6,7,8,9,10  | 5.5     9    5.5
        """, row =>
        {
            var rows = row["hours"].Split(',').Select((hours, at) => Row($"{at}", value: Number(hours))).ToList();
            var figure = FigureOf.Rows(Indicator.DecisionTime, rows, 0);
            Assert.Equal((Number(row["median"]), Number(row["p90"]), Number(row["mean"])), (figure.Value, figure.Parts[0].Value, figure.Parts[1].Value));
        });

    [Fact]
    public void Where_there_is_nothing_to_tell_of_there_is_no_figure()
    {
        Assert.Null(FigureOf.Rows(Indicator.DecisionTime, [], 0).Value);
        Assert.Null(FigureOf.Rows(Indicator.WrongData, [], 0).Value);
        Assert.Null(FigureOf.Rows(Indicator.PaymentRate, [], 0).Value);
        Assert.Equal(0, FigureOf.Rows(Indicator.BlockedByCause, [], 0).Value);
        Assert.Equal((33.3333m, 3m), (FigureOf.Rows(Indicator.WrongData, [Row("a")], 3).Value, FigureOf.Rows(Indicator.WrongData, [Row("a")], 3).Of));
    }

    static IndicatorRow Row(string key, decimal? value = null) => new(new DateOnly(2026, 3, 2), key, key, "C", null, null, 1, value);

    static DateTime Time(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture);

    static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    static decimal Between(DateTime from, DateTime to) => WorkingHours.Between(from, to, WorkingCalendar.Usual);
}
