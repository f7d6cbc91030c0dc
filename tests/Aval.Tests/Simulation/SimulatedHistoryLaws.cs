using Aval.Kernel;
using Aval.Simulation;
using FsCheck;
using FsCheck.Fluent;

namespace Aval.Tests.Simulation;

public sealed class SimulatedHistoryLaws
{
    [Fact]
    public void Every_order_has_lines_of_some_quantity_and_price() => Check((_, all) =>
    {
        var lines = all.Lines.ToLookup(line => line.Order);
        Assert.All(all.Orders, order => Assert.NotEmpty(lines[order.Number]));
        Assert.All(all.Lines, line => Assert.True(line.Quantity > 0 && line.UnitPrice > line.UnitCost && line.UnitPrice == line.ListPrice));
        Assert.All(lines, order => Assert.Distinct(order.Select(line => line.Item)));
        Assert.Distinct(all.Orders.Select(order => order.Number));
    });

    [Fact]
    public void Deliveries_never_exceed_what_was_ordered_and_none_follows_a_cancellation() => Check((_, all) =>
    {
        var ordered = all.Lines.ToDictionary(line => (line.Order, line.Line), line => line.Quantity);
        Assert.All(all.Deliveries, delivery => Assert.True(delivery.Quantity > 0));
        Assert.All(
            all.Deliveries.GroupBy(delivery => (delivery.Order, delivery.Line)),
            line => Assert.True(line.Sum(delivery => delivery.Quantity) <= ordered[line.Key]));
        Assert.Empty(all.Cancellations.Select(cancellation => cancellation.Order).Intersect(all.Deliveries.Select(delivery => delivery.Order)));
    });

    [Fact]
    public void An_order_is_invoiced_for_what_was_delivered_and_not_before() => Check((plan, all) =>
    {
        var lines = all.Lines.ToDictionary(line => (line.Order, line.Line));
        var orders = all.Orders.ToDictionary(order => order.Number);
        var deliveries = all.Deliveries.ToLookup(delivery => delivery.Order);
        Assert.Distinct(all.Invoices.Select(invoice => invoice.Number));
        foreach (var invoices in all.Invoices.GroupBy(invoice => invoice.Order))
        {
            var order = orders[invoices.Key!];
            var delivered = deliveries[order.Number].GroupBy(delivery => delivery.Line)
                .Sum(line => Value(lines[(order.Number, line.Key)], line.Sum(delivery => delivery.Quantity), order.Currency));
            var invoiced = invoices.Sum(invoice => invoice.Amount.Major);
            Assert.True(invoiced <= delivered, order.Number);
            // Invoices follow deliveries within two days; older orders are billed to the cent.
            if (deliveries[order.Number].Max(delivery => delivery.Date) < plan.EndDate.AddDays(-2)) Assert.Equal(delivered, invoiced);
            Assert.All(invoices, invoice => Assert.Equal((order.Customer, order.Currency), (invoice.Customer, invoice.Amount.Currency)));
        }
    });

    [Fact]
    public void Allocations_never_exceed_their_receipt_or_what_is_left_of_their_invoice() => Check((_, all) =>
    {
        var receipts = all.Receipts.ToDictionary(receipt => receipt.Number);
        var invoices = all.Invoices.ToDictionary(invoice => invoice.Number);
        var payers = all.Customers.ToDictionary(customer => customer.Number, customer => customer.Payer ?? customer.Number);
        var lessened = all.CreditNotes.Select(note => (note.Invoice, note.Amount.Minor))
            .Concat(all.WriteOffs.Select(writeOff => (writeOff.Invoice, writeOff.Amount.Minor)))
            .ToLookup(part => part.Invoice, part => part.Minor);
        Assert.All(
            all.Allocations.GroupBy(allocation => allocation.Receipt),
            parts => Assert.Equal(receipts[parts.Key].Amount.Minor, parts.Sum(part => part.Amount.Minor)));
        Assert.All(invoices.Values, invoice =>
        {
            var settled = all.Allocated[invoice.Number].Sum(part => part.Amount.Minor) + lessened[invoice.Number].Sum();
            Assert.True(settled <= invoice.Amount.Minor, invoice.Number);
        });
        Assert.All(all.Allocations, part =>
        {
            var (receipt, invoice) = (receipts[part.Receipt], invoices[part.Invoice]);
            Assert.True(part.Amount.Minor > 0 && receipt.DepositFor is null && receipt.Payer == payers[invoice.Customer]);
        });
        Assert.All(all.CreditNotes, note => Assert.True(note.Amount.Minor > 0 && invoices[note.Invoice].Customer == note.Customer));
        Assert.All(all.WriteOffs, writeOff => Assert.True(writeOff.Amount.Minor > 0 && invoices.ContainsKey(writeOff.Invoice)));
    });

    [Fact]
    public void Deposits_pay_exactly_their_order_before_it_is_shipped_and_nothing_is_paid_twice() => Check((_, all) =>
    {
        var prepaid = all.Receipts.Select(receipt => receipt.DepositFor).ToHashSet();
        Assert.All(all.Invoices.Where(invoice => prepaid.Contains(invoice.Order)), invoice => Assert.Empty(all.Allocated[invoice.Number]));
        var orders = all.Orders.ToDictionary(order => order.Number);
        var shipped = all.Deliveries.GroupBy(delivery => delivery.Order)
            .ToDictionary(order => order.Key, order => order.Min(delivery => delivery.Date));
        foreach (var deposit in all.Receipts.Where(receipt => receipt.DepositFor is not null))
        {
            var order = orders[deposit.DepositFor!];
            var value = all.Lines.Where(line => line.Order == order.Number).Sum(line => Value(line, line.Quantity, order.Currency));
            Assert.Equal(value, deposit.Amount.Major);
            Assert.True(deposit.Date >= order.OrderDate && (!shipped.TryGetValue(order.Number, out var day) || deposit.Date < day));
        }
    });

    [Fact]
    public void Days_follow_one_another_and_none_is_after_the_end() => Check((plan, all) =>
    {
        var orders = all.Orders.ToDictionary(order => order.Number);
        var invoices = all.Invoices.ToDictionary(invoice => invoice.Number);
        var receipts = all.Receipts.ToDictionary(receipt => receipt.Number);
        Assert.All(all.Orders, order => Assert.True(order.OrderDate <= order.ShipDate));
        Assert.All(all.Deliveries, delivery => Assert.True(delivery.Date > orders[delivery.Order].OrderDate));
        Assert.All(all.Deliveries, delivery => Assert.True(delivery.Date >= orders[delivery.Order].ShipDate));
        Assert.All(all.Cancellations, cancellation => Assert.True(cancellation.Date >= orders[cancellation.Order].OrderDate));
        Assert.All(all.Invoices, invoice => Assert.True(invoice.DueDate >= invoice.Date));
        Assert.All(all.CreditNotes, note => Assert.True(note.Date >= invoices[note.Invoice].Date));
        Assert.All(all.WriteOffs, writeOff => Assert.True(writeOff.Date >= invoices[writeOff.Invoice].Date));
        Assert.All(all.Allocations, part => Assert.True(part.Date >= receipts[part.Receipt].Date && part.Date > invoices[part.Invoice].Date));
        foreach (var history in all.Histories)
            foreach (var days in Days(history))
            {
                Assert.Equal(days.Order(), days);
                Assert.All(days, day => Assert.InRange(day, plan.StartDate, plan.EndDate));
            }
    });

    static IEnumerable<List<DateOnly>> Days(CustomerHistory history) =>
    [
        [.. history.Orders.Select(row => row.OrderDate)], [.. history.Deliveries.Select(row => row.Date)],
        [.. history.Invoices.Select(row => row.Date)], [.. history.CreditNotes.Select(row => row.Date)],
        [.. history.Receipts.Select(row => row.Date)], [.. history.Allocations.Select(row => row.Date)],
        [.. history.Cancellations.Select(row => row.Date)], [.. history.WriteOffs.Select(row => row.Date)],
        [.. history.Holds.Select(row => row.Date)],
    ];

    static decimal Value(OrderLineRow line, int quantity, Currency currency) =>
        Money.Round(quantity * line.UnitPrice * (100 - line.DiscountPercent) / 100m * (100 + line.TaxRate) / 100m, currency).Major;

    static void Check(Action<SimulationPlan, SimulatedCompany> law) =>
        Prop.ForAll((PositiveInt seed, byte months, byte day) =>
        {
            var plan = new SimulationPlan(Cast.Round, months % 9 + 1, (ulong)seed.Get, new DateOnly(2025, 12, 1).AddDays(day));
            law(plan, SimulatedCompany.Of(plan));
        }).Holds(12);
}
