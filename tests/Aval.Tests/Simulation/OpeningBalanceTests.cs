using Aval.Simulation;

namespace Aval.Tests.Simulation;

public sealed class OpeningBalanceTests
{
    static readonly SimulationPlan Plan = new(Cast.Round, 3, 5, new DateOnly(2026, 3, 31));
    static readonly SimulatedCompany Told = SimulatedCompany.Of(Plan);
    static readonly SimulatedCompany Opened = SimulatedCompany.Of(new SimulationPlan(Cast.Round, 3, 5, Plan.EndDate, Opening: new Opening(0)));

    [Fact]
    public void Customers_and_limits_are_those_of_the_whole_history()
    {
        Assert.Equal(Told.Customers, Opened.Customers);
        Assert.Equal(Told.Limits, Opened.Limits);
    }

    [Fact]
    public void An_invoice_is_brought_at_what_is_open_of_it_and_a_settled_one_not_at_all()
    {
        var open = Told.Histories.SelectMany(history => Matters.OpenAtEnd(Plan, history)).ToDictionary(each => each.Invoice.Number, each => each.Open);
        Assert.NotEmpty(Opened.Invoices);
        Assert.All(Opened.Invoices, invoice => Assert.Equal(open[invoice.Number], invoice.Amount.Minor));
        var deposited = Told.Receipts.Select(receipt => receipt.DepositFor).ToHashSet();
        Assert.Equal(
            Told.Invoices.Where(invoice => open.ContainsKey(invoice.Number) && !deposited.Contains(invoice.Order)).Select(invoice => invoice.Number),
            Opened.Invoices.Select(invoice => invoice.Number));
        Assert.Contains(Opened.Invoices, invoice => Told.Invoices.Single(told => told.Number == invoice.Number).Amount.Minor > invoice.Amount.Minor);
    }

    [Fact]
    public void Orders_of_which_nothing_has_left_come_with_their_lines_and_deposits()
    {
        var gone = Told.Deliveries.Select(row => row.Order).Concat(Told.Cancellations.Select(row => row.Order)).ToHashSet();
        Assert.Equal(Told.Orders.Where(order => !gone.Contains(order.Number)), Opened.Orders);
        Assert.Equal(Opened.Orders.Select(order => order.Number).Order(), Opened.Lines.Select(line => line.Order).Distinct().Order());
        Assert.All(Opened.Receipts, receipt => Assert.True(receipt.DepositFor is null || Opened.Orders.Any(order => order.Number == receipt.DepositFor)));
        Assert.All([Opened.Deliveries.Count, Opened.Allocations.Count, Opened.Cancellations.Count, Opened.WriteOffs.Count], count => Assert.Equal(0, count));
    }

    [Fact]
    public void The_first_large_account_has_as_many_open_invoices_as_asked_and_nobody_else_changes()
    {
        var large = SimulatedCompany.Of(new SimulationPlan(Cast.Round, 3, 5, Plan.EndDate, Opening: new Opening(2_000)));
        Assert.Equal(2_000, large.A(CustomerKind.PortalAccount).Invoices.Count);
        Assert.Equal(2_000, large.A(CustomerKind.PortalAccount).Invoices.Select(invoice => invoice.Number).Distinct().Count());
        var name = large.A(CustomerKind.PortalAccount).Customer.Number;
        Assert.Equal(Opened.Invoices.Where(invoice => invoice.Customer != name), large.Invoices.Where(invoice => invoice.Customer != name));
    }

    [Fact]
    public void Twice_the_pace_is_about_twice_the_orders_of_the_same_customers()
    {
        var busy = SimulatedCompany.Of(new SimulationPlan(Cast.Round, 3, 5, Plan.EndDate, Pace: 2));
        Assert.InRange(busy.Orders.Count, Told.Orders.Count * 17 / 10, Told.Orders.Count * 26 / 10);
        Assert.Equal(Told.Customers, busy.Customers);
    }
}
