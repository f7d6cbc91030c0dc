using Aval.Kernel;
using Aval.Orders.Rules;

namespace Aval.Tests.Receivables;

public sealed class BillingTests
{
    [Fact]
    public void An_invoice_without_lines_bills_what_is_delivered_first_then_what_is_open() => Check("""
        lines              delivered  invoices       | billed          unbilled  open    status     over
        10@100             -          1000           | 1000            0         0       released   no
        10@100             10         400            | 400             600       0       delivered  no
        10@100             4          700            | 700             0         300     released   no
        10@100             4          "400 600"      | 1000            0         0       released   no
        10@100             10         1000           | 1000            0         0       closed     no
        10@100+19          10         1190           | 1190            0         0       closed     no
        "10@100 5@10"      "0 5"      120            | "70 50"         0         930     released   no
        "10@100 5@10"      "4 5"      430            | "400 30"        20        600     released   no
        "10@100 5@10"      "10 5"     "30 1020"      | "1000 50"       0         0       closed     no
        """);

    [Fact]
    public void What_an_invoice_bills_beyond_its_order_is_over_invoiced() => Check("""
        lines              delivered  invoices       | billed          unbilled  open    status     over
        10@100             10         1200           | 1000            0         0       closed     yes
        10@100             -          1200           | 1000            0         0       released   yes
        10@100             10         "1000 50"      | 1000            0         0       closed     yes
        10@100             10         1:11           | 1100            0         0       closed     yes
        10@100             12         1:12           | 1200            0         0       closed     no
        10@100             12         1200           | 1200            0         0       closed     no
        10@100             12         1:13           | 1300            0         0       closed     yes
        10@100             -          1:11           | 1100            0         0       released   yes
        """);

    [Fact]
    public void Named_lines_are_billed_by_cumulative_rounded_value_so_that_the_parts_add_up() => Check("""
        lines              delivered  invoices                    | billed          unbilled  open    status     over
        3@33.333           3          1:1                         | 33.33           66.67     0       delivered  no
        3@33.333           3          "1:1 1:1"                   | 66.67           33.33     0       delivered  no
        3@33.333           3          "1:1 1:1 1:1"               | 100.00          0         0       closed     no
        3@33.333           2          "1:1 1:1 1:1"               | 100.00          0         0       released   no
        7@0.005            7          "1:1 1:1 1:1 1:1 1:1 1:1"   | 0.03            0.01      0       delivered  no
        "10@100 5@10"      "10 5"     "1:4,2:5 1:6"               | "1000 50"       0         0       closed     no
        10@100             10         "150 1:1"                   | 250             750       0       delivered  no
        10@100             10         "1:1 150 1:1"               | 350             650       0       delivered  no
        """);

    [Fact]
    public void An_invoice_that_differs_by_a_cent_a_line_bills_the_same_goods_wholly() => Check("""
        lines                      delivered  invoices  | billed               unbilled  open   status     over
        3@33.333                   3          99.98     | 100.00               0         0      closed     no
        3@33.333                   3          99.97     | 99.97                0.03      0      delivered  no
        3@33.333                   3          100.02    | 100.00               0         0      closed     no
        3@33.333                   3          100.03    | 100.00               0         0      closed     yes
        3@33.333                   2          66.65     | 66.67                0         33.33  released   no
        3@33.333                   2          66.69     | 66.67                0         33.33  released   no
        3@33.333                   2          66.70     | 66.70                0         33.30  released   no
        3@33.333                   2          99.99     | 100.00               0         0      released   no
        "1@10 1@10 1@10"           "1 1 1"    29.97     | "10 10 10"           0         0      closed     no
        "1@10 1@10 1@10"           "1 1 1"    29.96     | "10 10 9.96"         0.04      0      delivered  no
        "1@10 1@10 1@10"           "1 1 1"    30.03     | "10 10 10"           0         0      closed     no
        1@0.01                     -          5.00      | 0.01                 0         0      released   yes
        """);

    [Fact]
    public void The_quantity_that_an_amount_pays_for_is_known() => Table.Check("""
        lines     delivered  invoices      | invoiced
        10@100    10         150           | 1.5
        10@100    10         1000          | 10
        10@100    4          400           | 4
        10@100    4          "400 100"     | 5
        3@33.333  3          50            | 1.5
        3@33.333  3          "1:1 50"      | 2.49990
        10@0      10         5             | 0
        """, row => Assert.Equal(Quantity.Of(row.Number("invoiced")), Billed(row, OrderStatus.Released).Order.Lines[0].Invoiced));

    [Fact]
    public void A_held_order_that_was_delivered_all_the_same_is_billed_like_any_other() => Check("""
        lines   delivered  invoices  | billed  unbilled  open  status     over
        10@100  4          -         | 0       400       600   held       no
        10@100  10         -         | 0       1000      0     delivered  no
        10@100  10         1000      | 1000    0         0     closed     no
        """, OrderStatus.Held);

    [Fact]
    public void Of_a_cancelled_order_only_what_was_delivered_is_billed_and_it_stays_in_the_facts_until_then()
    {
        var cancelled = BilledOrder.Of(["10@100"]).Delivered(4) with { Status = OrderStatus.Cancelled };
        Assert.True(Progress.IsLive(cancelled));
        var (billed, over) = cancelled.Invoiced("500");
        Assert.Equal((40_000L, true, OrderStatus.Cancelled, false), (billed.Lines[0].Billed, over, billed.Status, Progress.IsLive(billed)));
    }

    [Fact]
    public void A_closed_order_that_gets_more_goods_is_delivered_again()
    {
        var closed = BilledOrder.Of(["10@100"]).Delivered(10).Invoiced("1000").Order;
        Assert.Equal(OrderStatus.Closed, closed.Status);
        Assert.Equal(OrderStatus.Delivered, closed.Delivered(1).Status);
    }

    [Fact]
    public void A_line_of_which_the_rest_was_cancelled_is_wholly_delivered_by_what_was_not()
    {
        var order = BilledOrder.Of(["10@100"]);
        var reduced = order with { Lines = [order.Lines[0] with { Cancelled = Quantity.Of(6) }] };
        Assert.Equal(OrderStatus.Delivered, reduced.Delivered(4).Status);
        Assert.Equal(OrderStatus.Closed, reduced.Delivered(4).Invoiced("1:4").Order.Status);
        Assert.True(reduced.Delivered(4).Invoiced("1:5").OverInvoiced);
    }

    static void Check(string table, OrderStatus status = OrderStatus.Released) => Table.Check(table, row =>
    {
        var (order, over) = Billed(row, status);
        var value = OrderValue.Of(order);
        Assert.Equal(row.Words("billed").Select(Decimal), order.Lines.Select(line => BilledOrder.Major(line.Billed)));
        Assert.Equal((row.Number("unbilled"), row.Number("open")), (BilledOrder.Major(value.Unbilled), BilledOrder.Major(value.Open)));
        Assert.Equal((row.One<OrderStatus>("status"), row.Flag("over")), (order.Status, over));
    });

    static Aval.Receivables.Rules.Billed Billed(Row row, OrderStatus status)
    {
        var order = BilledOrder.Of(row.Words("lines"), status).Delivered([.. row.Words("delivered").Select(Decimal)]);
        return row.Words("invoices").Aggregate(new Aval.Receivables.Rules.Billed(order, false), (billed, invoice) => billed.Order.Invoiced(invoice));
    }

    static decimal Decimal(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
