using Aval.Parties.Rules;

namespace Aval.Tests.Parties;

/// <summary>The days on which a payer pays, as they are written and counted.</summary>
public sealed class PaymentRunTests
{
    [Fact]
    public void Days_are_read_in_any_order_and_written_in_one() => Table.Check("""
        text        | written
        TUE         | TUE
        "thu, tue"  | TUE,THU
        "SUN,MON"   | MON,SUN
        "31,10,25"  | 10,25,31
        "15,FRI"    | FRI,15
        """, row =>
        {
            Assert.True(PaymentRun.TryParse(row["text"], out var run));
            Assert.Equal(row["written"], run.ToString());
            Assert.True(PaymentRun.TryParse(run.ToString(), out var again) && again == run);
        });

    [Theory, InlineData(""), InlineData(null), InlineData("TUE,"), InlineData("TUE,TUE")]
    [InlineData("0"), InlineData("32"), InlineData("-1"), InlineData("Tuesday"), InlineData("1;2"), InlineData("7,07")]
    public void What_is_no_day_or_there_twice_is_refused(string? text) => Assert.False(PaymentRun.TryParse(text, out _));

    [Fact]
    public void A_day_that_a_month_does_not_have_is_its_last() => Table.Check("""
        run   from        | last        first
        31    2026-02-28  | 2026-02-28  2026-02-28
        31    2026-02-27  | 2026-01-31  2026-02-28
        30    2026-03-01  | 2026-02-28  2026-03-30
        29    2028-02-29  | 2028-02-29  2028-02-29
        10,25 2026-03-24  | 2026-03-10  2026-03-25
        TUE   2026-03-31  | 2026-03-31  2026-03-31
        TUE   2026-04-01  | 2026-03-31  2026-04-07
        1,FRI 2026-04-02  | 2026-04-01  2026-04-03
        """, row =>
        {
            Assert.True(PaymentRun.TryParse(row["run"], out var run));
            Assert.Equal((row.Date("last"), row.Date("first")), (run.LastBy(row.Date("from")), run.FirstFrom(row.Date("from"))));
        });
}
