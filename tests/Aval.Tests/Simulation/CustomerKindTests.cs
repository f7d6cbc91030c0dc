using Aval.Simulation;

namespace Aval.Tests.Simulation;

public sealed class CustomerKindTests
{
    static readonly SimulationPlan Demo = new(40, 6, 1, new DateOnly(2026, 3, 31));
    static readonly SimulatedCompany Company = SimulatedCompany.Of(Demo);

    [Fact]
    public void Forty_customers_show_every_kind() =>
        Assert.Empty(Enum.GetValues<CustomerKind>().Except(Enumerable.Range(0, 40).Select(Cast.KindOf)));

    [Fact]
    public void The_demo_is_a_few_thousand_documents() =>
        Assert.InRange(Company.Orders.Count + Company.Invoices.Count + Company.Receipts.Count + Company.Allocations.Count, 2_500, 6_000);

    [Fact]
    public void The_last_day_has_fresh_orders_and_some_orders_lie_beyond_the_horizon()
    {
        Assert.InRange(Company.Orders.Count(order => order.OrderDate == Demo.EndDate), 8, 40);
        Assert.InRange(Company.Orders.Count(order => order.ShipDate > Demo.EndDate.AddDays(30)), 3, 40);
    }

    [Fact]
    public void What_came_in_wrong_during_the_last_days_is_still_open()
    {
        var portal = Company.A(CustomerKind.PortalAccount);
        Assert.Contains(Open(portal), order => order.PurchaseOrder is null);
        Assert.Contains(Open(portal), order => order.BuyerReference is null);
        Assert.Contains(Open(Company.A(CustomerKind.LongerTermsAsked)), order => order.PaymentTerms is "NET75");
        var discounted = Company.A(CustomerKind.DiscountUndocumented);
        Assert.Contains(Open(discounted), order => discounted.Lines.Exists(line =>
            line.Order == order.Number && line.DiscountPercent > 0 && line.DiscountApproval is null));
    }

    [Theory]
    [InlineData(CustomerKind.LimitNeverSet)]
    [InlineData(CustomerKind.AddressIncomplete)]
    [InlineData(CustomerKind.BlockedRiskClass)]
    public void Nothing_is_ever_delivered_to_those_who_never_pass(CustomerKind kind)
    {
        Assert.NotEmpty(Open(Company.A(kind)));
        Assert.Empty(Company.A(kind).Deliveries);
    }

    [Fact]
    public void A_group_and_a_head_office_are_linked_to_their_members()
    {
        Assert.Equal(Company.A(CustomerKind.HeadOffice).Customer.Number, Company.A(CustomerKind.Branch).Customer.Payer);
        Assert.Equal(Company.A(CustomerKind.GroupParent).Customer.Number, Company.A(CustomerKind.GroupMember).Customer.Group);
        Assert.Equal(["group"], Company.A(CustomerKind.GroupParent).Limits.Select(limit => limit.Level));
        Assert.All(
            Company.A(CustomerKind.Branch).Receipts,
            receipt => Assert.Equal(Company.A(CustomerKind.HeadOffice).Customer.Number, receipt.Payer));
    }

    [Fact]
    public void Limits_run_out_are_added_to_or_are_missing_as_the_kind_says()
    {
        Assert.Empty(Company.A(CustomerKind.LimitNeverSet).Limits);
        Assert.True(Company.A(CustomerKind.LimitExpired).Limits[^1].ValidTo < Demo.EndDate);
        Assert.Equal(["standing", "temporary"], Company.A(CustomerKind.TemporaryLimit).Limits.Select(limit => limit.Kind));
        Assert.Equal(2, Company.A(CustomerKind.GrowingFast).Limits.Count);
    }

    [Fact]
    public void Receipts_applied_late_came_in_time_and_the_last_ones_are_not_applied_at_all()
    {
        var late = Company.A(CustomerKind.CashAppliedLate);
        var receipts = late.Receipts.ToDictionary(receipt => receipt.Number);
        var due = late.Invoices.ToDictionary(invoice => invoice.Number, invoice => invoice.DueDate);
        Assert.NotEmpty(late.Allocations);
        Assert.All(late.Allocations, part => Assert.True(part.Date >= receipts[part.Receipt].Date.AddDays(8)));
        Assert.All(late.Allocations, part => Assert.True(receipts[part.Receipt].Date <= due[part.Invoice].AddDays(10)));
        Assert.Contains(late.Receipts, receipt => !late.Allocations.Exists(part => part.Receipt == receipt.Number));
    }

    [Fact]
    public void One_gets_later_while_another_stays_as_late_as_ever()
    {
        Assert.True(DaysLate(CustomerKind.Deteriorating)[^1] > DaysLate(CustomerKind.Deteriorating)[0] + 12);
        Assert.InRange(DaysLate(CustomerKind.SlowPayer).Average(), 4, 14);
        Assert.InRange(DaysLate(CustomerKind.PromptPayer).Average(), -8, 4);
    }

    [Fact]
    public void The_disputing_pay_part_of_an_invoice_and_get_the_rest_credited()
    {
        var disputing = Company.A(CustomerKind.Disputing);
        var paid = disputing.Allocations.ToLookup(part => part.Invoice, part => part.Amount.Minor);
        var partly = disputing.Invoices.Where(invoice => paid[invoice.Number].Any() && paid[invoice.Number].Sum() < invoice.Amount.Minor).ToList();
        Assert.InRange(partly.Count, 3, disputing.Invoices.Count / 2);
        Assert.NotEmpty(disputing.CreditNotes.Select(note => note.Invoice).Intersect(partly.Select(invoice => invoice.Number)));
    }

    [Fact]
    public void Split_orders_stay_just_under_the_amount_that_is_too_large()
    {
        var splitter = Company.A(CustomerKind.OrderSplitter);
        var values = splitter.Lines.GroupBy(line => line.Order)
            .Select(order => order.Sum(line => line.Quantity * line.UnitPrice * (100 - line.DiscountPercent) * (100 + line.TaxRate) / 10_000m))
            .ToList();
        Assert.All(values, value => Assert.InRange(value, 90_000m, 100_000m));
        Assert.Contains(splitter.Orders.GroupBy(order => order.OrderDate), day => day.Count() >= 2);
    }

    static List<OrderRow> Open(CustomerHistory history) =>
        history.Orders.FindAll(order =>
            !history.Deliveries.Exists(row => row.Order == order.Number) && !history.Cancellations.Exists(row => row.Order == order.Number));

    static List<int> DaysLate(CustomerKind kind)
    {
        var history = Company.A(kind);
        var (receipts, invoices) = (history.Receipts.ToDictionary(row => row.Number), history.Invoices.ToDictionary(row => row.Number));
        return [.. history.Allocations.Select(part => receipts[part.Receipt].Date.DayNumber - invoices[part.Invoice].DueDate.DayNumber)];
    }
}
