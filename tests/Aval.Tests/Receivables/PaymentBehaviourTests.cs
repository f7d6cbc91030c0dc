using Aval.Receivables.Rules;

namespace Aval.Tests.Receivables;

/// <summary>How a payer pays, told from amounts, days beyond terms and months.</summary>
public sealed class PaymentBehaviourTests
{
    static readonly DateOnly March = new(2026, 3, 15);

    [Fact]
    public void Days_beyond_terms_are_weighed_by_value() => Table.Check("""
        level  trend  deviation  late  months  paid | payments
        10     0      0            10  1       100  | 0:100:10
        25     0      8.66         25  1       400  | 0:100:10 0:300:30
        -5     0      0            -5  1       100  | 0:100:-5
        0.5    0      0.5           1  1       200  | 0:100:1 0:100:0
        -0.5   0      0.5          -1  1       200  | 0:100:-1 0:100:0
        0.49   0      0.5           0  1       100  | 0:49:1 0:51:0
        15     10     5            15  2       200  | 1:100:10 0:100:20
        20     10     7.07         20  3       400  | 2:100:10 1:200:20 0:100:30
        15     -5     5            15  2       200  | 2:100:20 0:100:10
        10     0      0            10  1       100  | 12:900:90 0:100:10
        50     7.27   40           50  2       200  | 11:100:10 0:100:90
        10     0      0            10  1       100  | 0:100:10 12:900:90
        10     0      0            10  1       100  | 0:100:10 1:900:90 1:-900:90
        0      0      0             0  0       0    | 0:100:10 0:-100:10
        """, row =>
        {
            PaymentBehaviour? told = null;
            foreach (var payment in row.Words("payments").Select(PaymentOf)) told = told?.With(payment) ?? PaymentBehaviour.Of(payment);
            Assert.Equal(
                (row.Number("level"), row.Number("trend"), row.Number("deviation"), row.Integer("late"), row.Integer("months"), row.Number("paid")),
                (Rounded(told!.Level), Rounded(told.Trend), Rounded(told.Deviation), told.DaysLate, told.MonthsPaid, told.Months.Sum(month => month.Amount)));
        });

    [Fact]
    public void Who_has_paid_nothing_yet_is_not_late() => Assert.Equal((null, 0), (PayerReceivables.None.Behaviour, PayerReceivables.None.DaysLate));

    static decimal Rounded(decimal days) => Math.Round(days, 2, MidpointRounding.AwayFromZero);

    /// <summary>Months before March, amount, days beyond terms.</summary>
    static Paid PaymentOf(string cell)
    {
        var parts = cell.Split(':').Select(part => int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        return new Paid("P1", March.AddMonths(-parts[0]), parts[2], parts[1]);
    }
}
