using Aval.Indicators.Rules;
using Aval.Kernel;
using Aval.Orders.Rules;
using Aval.Receivables.Rules;

namespace Aval.Tests.Indicators;

/// <summary>How figures are judged: against their target, against the period before, and blocks by what became of the payer.</summary>
public sealed class JudgementTests
{
    [Fact]
    public void A_figure_is_judged_by_the_way_it_should_go() => Table.Check("""
        wanted   value  target  previous | met  trend
        lower    5      5       6        | yes  better
        lower    6      5       6        | no   same
        lower    7      5       6        | no   worse
        higher   5      5       6        | yes  worse
        higher   4      5       3        | no   better
        neither  4      5       3        | -    higher
        neither  2      5       3        | -    lower
        lower    -      5       3        | -    -
        higher   4      -       -        | -    -
        """, row =>
        {
            var (wanted, value) = (row.One<Wanted>("wanted"), row.NumberOrNone("value"));
            Assert.Equal(row.Has("met") ? row.Flag("met") : (bool?)null, Judgement.Met(wanted, value, row.NumberOrNone("target")));
            Assert.Equal(row.Has("trend") ? row.One<Trend>("trend") : (Trend?)null, Judgement.Trend(wanted, value, row.NumberOrNone("previous")));
        });

    /// <remarks>From 2 March on, sixty days are watched, to 1 May; thirty days after its due date an invoice is bad. Today is 31 May, when all is known.</remarks>
    [Fact]
    public void A_payer_went_bad_when_something_watched_was_given_up_or_not_settled_in_a_month() => Table.Check("""
        due         open  settled     given | bad
        2026-04-01  yes   -           no    | yes
        2026-04-01  no    2026-05-01  no    | no
        2026-04-01  no    2026-05-02  no    | yes
        2026-04-01  no    2026-04-01  yes   | yes
        2026-03-02  no    2026-04-02  no    | yes
        2026-03-01  yes   -           no    | no
        2026-05-01  yes   -           no    | no
        2026-05-02  yes   -           yes   | no
        """, row =>
        {
            var from = new DateOnly(2026, 3, 2);
            Assert.Equal(new DateOnly(2026, 5, 31), RiskOutcome.KnownOn(from));
            var invoice = new DueInvoice("P", "I", row.Date("due"), row.Flag("open"), row.DateOrNone("settled"), row.Flag("given"));
            Assert.Equal(row.Flag("bad"), RiskOutcome.WentBad(from, [invoice], RiskOutcome.KnownOn(from)));
        });

    [Fact]
    public void A_block_costs_the_margin_that_was_lost_or_the_part_that_waited() => Table.Check("""
        quantity  price  discount  unit  lost  days | margin  cost
        12        1000   0         800   no    0    | 2400    0
        12        1000   0         800   no    10   | 2400    65.75
        12        1000   0         800   no    365  | 2400    2400
        12        1000   0         800   yes   3    | 2400    2400
        12        1000   10        800   yes   3    | 1200    1200
        12        1000   0         1100  yes   3    | 0       0
        12        1000   0         -     yes   3    | -       -
        """, row =>
        {
            var line = new OrderLine(
                1, "A", Quantity.Of(row.Number("quantity")), UnitPrice.Of(row.Number("price")), 20, DiscountPercent: row.Number("discount"),
                UnitCost: row.NumberOrNone("unit") is { } unit ? UnitPrice.Of(unit) : null);
            var margin = BlockCost.MarginOf(Order(line))?.Major;
            Assert.Equal((row.NumberOrNone("margin"), row.NumberOrNone("cost")), (margin, margin is { } known ? BlockCost.Of(known, row.Flag("lost"), row.Integer("days")) : null));
        });

    static Order Order(OrderLine line) => new Checks.Situation().Order with { Lines = [line] };
}
