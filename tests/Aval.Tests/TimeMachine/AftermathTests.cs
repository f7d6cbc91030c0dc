using System.Globalization;
using Aval.Receivables.Rules;
using Aval.TimeMachine.Rules;

namespace Aval.Tests.TimeMachine;

/// <summary>What became of an order, told from its invoices: due on 1 March, 10 days are in time, and it is 1 July.</summary>
public sealed class AftermathTests
{
    static readonly DateOnly Due = new(2026, 3, 1);

    [Fact]
    public void One_invoice_says_what_became_of_its_order() => Table.Check("""
        aftermath   | settled  on          credited  writtenOff
        paidInTime  | 1000     2026-02-20  0         0
        paidInTime  | 1000     2026-03-11  0         0
        open        | 1000     2026-03-12  0         0
        open        | 1000     2026-05-30  0         0
        lost        | 1000     2026-05-31  0         0
        lost        | 999      2026-03-01  0         0
        lost        | 0        -           0         0
        paidInTime  | 1000     2026-03-01  0         10
        lost        | 1000     2026-03-01  0         11
        paidInTime  | 1000     2026-03-01  999       0
        open        | 1000     2026-03-01  1000      0
        """, row => Assert.Equal(
            Aval.Kernel.Storage.Words.Parse<Aftermath>(row["aftermath"]),
            new Aftermaths(10, new DateOnly(2026, 7, 1)).With(null, Invoice(row["settled"], row["on"], Number(row["credited"]), Number(row["writtenOff"])))));

    [Fact]
    public void Of_several_invoices_a_lost_one_decides_and_all_must_be_paid_in_time()
    {
        var told = new Aftermaths(10, Due.AddDays(50));
        var (early, late, never) = (Invoice("1000", "2026-03-01"), Invoice("1000", "2026-03-20"), Invoice("1000", "2026-03-01", writtenOff: 900));
        Assert.Equal(Aftermath.PaidInTime, told.With(told.With(null, early), early));
        Assert.Equal(Aftermath.Open, told.With(told.With(null, early), late));
        Assert.Equal(Aftermath.Open, told.With(told.With(null, late), early));
        Assert.Equal(Aftermath.Lost, told.With(told.With(null, never), early));
        Assert.Equal(Aftermath.Lost, told.With(told.With(null, late), never));
        // What is open and not long overdue may still be paid.
        Assert.Equal(Aftermath.Open, told.With(null, Invoice("0", "")));
    }

    static BilledInvoice Invoice(string settled, string on, long credited = 0, long writtenOff = 0) => new(
        "O", "I", Due, 1000, Number(settled), credited, writtenOff, on.Length == 0 ? null : DateOnly.ParseExact(on, "yyyy-MM-dd", CultureInfo.InvariantCulture));

    static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
