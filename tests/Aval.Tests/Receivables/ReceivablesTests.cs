using Aval.Cash;
using Aval.Kernel;
using Aval.Orders.Rules;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Tests.Receivables;

public sealed class ReceivablesTests
{
    readonly Books books = new();

    [Fact]
    public void A_draft_adds_nothing_until_it_is_issued()
    {
        Do(Invoice("I-1", 100, draft: true));
        Assert.Equal(PayerReceivables.None, books.Of("P1") with { OpenItems = [], Deposits = PayerReceivables.None.Deposits });
        Do(new IssueInvoice("I-1", null));
        Assert.Equal(10_000, books.Of("P1").Receivables);
        Do(new IssueInvoice("I-1", null));
        Assert.Equal(10_000, books.Of("P1").Receivables);
    }

    [Fact]
    public void A_draft_bills_its_order_when_it_is_issued()
    {
        books.Enter(BilledOrder.Of(["10@100"]).Delivered(10) with { Payer = "P1" });
        Do(Invoice("I-1", 1000, order: "SO-1", draft: true));
        Assert.Equal(OrderStatus.Delivered, books.Document<Order>("SO-1").Status);
        Do(new IssueInvoice("I-1", "SO-1"));
        Assert.Equal(OrderStatus.Closed, books.Document<Order>("SO-1").Status);
    }

    [Fact]
    public void An_uncleared_receipt_leaves_what_it_pays_at_risk_until_it_is_cleared()
    {
        Do(Invoice("I-1", 100));
        Do(Receipt("R-1", 150, cleared: false));
        Assert.Equal((0, 0), (books.Of("P1").Unapplied, books.Of("P1").OnAccount));
        Do(Allocate("R-1", ("I-1", 60)));
        Assert.Equal((4_000, 6_000, 0), (books.Of("P1").Receivables, books.Of("P1").AtRisk, books.Of("P1").Unapplied));
        Do(new ClearReceipt("R-1", new(Day(20)), ReceiptTrail.None));
        Assert.Equal((4_000, 0, 9_000), (books.Of("P1").Receivables, books.Of("P1").AtRisk, books.Of("P1").Unapplied));
    }

    [Fact]
    public void A_return_opens_again_what_the_receipt_paid_cleared_or_not()
    {
        foreach (var cleared in new[] { true, false })
        {
            var (invoice, receipt) = ($"I-{cleared}", $"R-{cleared}");
            Do(Invoice(invoice, 100));
            Do(Receipt(receipt, 100, cleared));
            Do(Allocate(receipt, (invoice, 60), (invoice, 40)));
            Do(new ReturnReceipt(receipt, new(Day(30), "no funds"), books.Matched(receipt)));
            Assert.Equal((10_000, 0), (books.Document<Invoice>(invoice).Open, books.Document<Invoice>(invoice).AtRisk));
            Assert.Equal((ReceiptStatus.Returned, 0), (books.Document<Receipt>(receipt).Status, books.Document<Receipt>(receipt).Open));
            Do(new ReturnReceipt(receipt, new(Day(30), "again"), books.Matched(receipt)));
            Refused("receipt-returned", Allocate(receipt, (invoice, 1)));
            if (!cleared) Refused("receipt-returned", new ClearReceipt(receipt, new(Day(31)), ReceiptTrail.None));
        }

        Assert.Equal((20_000, 0, 0), (books.Of("P1").Receivables, books.Of("P1").AtRisk, books.Of("P1").Unapplied));
    }

    [Fact]
    public void Money_that_went_back_never_counts_as_taken_back_before_it_counted_as_paid()
    {
        Do(Invoice("I-1", 100));
        Do(Receipt("R-1", 100));
        Do(new AllocateReceipt("R-1", [new("I-1", 100, Day(20))]));
        Do(new ReturnReceipt("R-1", new(Day(10), "no funds"), books.Matched("R-1")));
        foreach (var day in new[] { 5, 10, 15, 19, 20, 25 }) Assert.Equal(10_000, books.OpenOn(Day(day)).Sum(invoice => invoice.Open));
    }

    [Fact]
    public void A_return_that_does_not_know_all_that_was_paid_is_sent_to_look_again()
    {
        Do(Invoice("I-1", 100));
        Do(Receipt("R-1", 100));
        Do(Allocate("R-1", ("I-1", 100)));
        Refused("version-stale", new ReturnReceipt("R-1", new(Day(30), "no funds"), MatchTrail.None));
    }

    [Fact]
    public void A_deposit_is_taken_by_its_orders_invoices_and_by_no_other_and_what_outlives_the_order_is_on_account()
    {
        books.Enter(BilledOrder.Of(["10@100"]).Delivered(10) with { Payer = "P1" });
        Do(Invoice("I-0", 50));
        Do(Receipt("R-1", 1200, depositFor: "SO-1"));
        Assert.Equal([new OpenDeposit("R-1", "SO-1", 120_000)], books.Of("P1").Deposits);
        Assert.Equal((0, 0), (books.Of("P1").Unapplied, books.Of("P1").OnAccount));
        Refused("deposit-for-another-order", Allocate("R-1", ("I-0", 50)));

        Do(Invoice("I-1", 400, order: "SO-1"));
        Assert.Equal(0, books.Document<Invoice>("I-1").Open);
        Assert.Equal([new OpenDeposit("R-1", "SO-1", 80_000)], books.Of("P1").Deposits);

        Do(Invoice("I-2", 600, order: "SO-1"));
        Assert.Equal(OrderStatus.Closed, books.Document<Order>("SO-1").Status);
        Assert.Empty(books.Of("P1").Deposits);
        Assert.Equal((5_000, 20_000), (books.Of("P1").Receivables, books.Of("P1").OnAccount));
        Do(Allocate("R-1", ("I-0", 50)));
        Assert.Equal((0, 15_000), (books.Of("P1").Receivables, books.Of("P1").OnAccount));
    }

    [Fact]
    public void A_deposit_that_comes_or_clears_after_the_invoice_pays_it_at_once()
    {
        books.Enter(BilledOrder.Of(["10@100"]).Delivered(5) with { Payer = "P1" });
        Do(Invoice("I-1", 500, order: "SO-1"));
        Do(Receipt("R-1", 100, depositFor: "SO-1"));
        Do(Receipt("R-2", 700, cleared: false, depositFor: "SO-1"));
        Assert.Equal(40_000, books.Of("P1").Receivables);
        Do(new ClearReceipt("R-2", new(Day(20)), ReceiptTrail.None));
        Assert.Equal(0, books.Of("P1").Receivables);
        Assert.Equal([new OpenDeposit("R-2", "SO-1", 30_000)], books.Of("P1").Deposits);
        Assert.Equal(Day(20), books.All<Settlement>().Single(settlement => settlement.SourceNumber == "R-2").CountsFrom);
    }

    [Fact]
    public void A_credit_note_is_applied_as_far_as_its_invoice_is_free_and_the_rest_stays_open()
    {
        Do(Invoice("I-1", 100));
        Do(Receipt("R-1", 30, cleared: false));
        Do(Allocate("R-1", ("I-1", 30)));
        Do(new PostCreditNote(new("N-1", "C1", Day(5), Currency.EUR, 80, "I-1")));
        Assert.Equal((0, 3_000, 1_000), (books.Of("P1").Receivables, books.Of("P1").AtRisk, books.Of("P1").OpenCreditNotes));
        Refused("field-invalid", new PostCreditNote(new("N-2", "P2", Day(5), Currency.EUR, 80, "I-1")));
        Refused("field-invalid", new PostCreditNote(new("N-2", "C1", Day(5), Currency.Of("USD"), 80, "I-1")));
    }

    [Fact]
    public void Allocations_are_refused_as_a_whole()
    {
        Do(Invoice("I-1", 100));
        Do(Invoice("I-2", 100));
        Do(Invoice("I-3", 1, draft: true));
        Do(Receipt("R-1", 150));
        Refused("allocation-exceeds-receipt", Allocate("R-1", ("I-1", 100), ("I-2", 51)));
        Refused("allocation-exceeds-invoice", Allocate("R-1", ("I-1", 60), ("I-1", 41)));
        Refused("allocation-exceeds-invoice", Allocate("R-1", ("I-3", 1)));
        Refused("invoice-unknown", Allocate("R-1", ("I-1", 100), ("I-9", 1)));
        Refused("receipt-unknown", Allocate("R-9", ("I-1", 100)));
        Refused("field-invalid", Allocate("R-1", ("I-1", 0.001m)));
        Refused("field-invalid", Allocate("R-1", ("I-1", 0)));
        Refused("field-invalid", Allocate("R-1"));
        Refused("field-invalid", new AllocateReceipt("R-1", [new("I-1", 1, books.Today.AddDays(1))]));
        Refused("field-invalid", new AllocateReceipt("R-1", [new("I-1", 1, Day(1))]));
        Assert.Equal((20_000, 15_000), (books.Of("P1").Receivables, books.Of("P1").Unapplied));
        Do(Allocate("R-1", ("I-1", 100), ("I-2", 50)));
        Assert.Equal((5_000, 0), (books.Of("P1").Receivables, books.Of("P1").Unapplied));
        Refused("allocation-exceeds-invoice", new WriteOff(new("W-1", "I-2", Day(9), 50.01m, "small")));
        Do(new WriteOff(new("W-1", "I-2", Day(9), 50, "small")));
        var left = books.Of("P1") with { OpenItems = PayerReceivables.None.OpenItems, Deposits = PayerReceivables.None.Deposits };
        Assert.Equal(PayerReceivables.None with { Behaviour = left.Behaviour }, left);
    }

    [Fact]
    public void A_refund_is_taken_back_with_the_receipt_that_it_came_from_and_with_no_other()
    {
        foreach (var number in new[] { "R-1", "R-2" }) Do(new PostReceipt(new(number, "P1", Books.Opening, Currency.EUR, 100)));
        Do(new RefundReceipt(new("F-1", 60, "too much", "R-1")));
        Refused("refund-unknown", new ReverseWithdrawal(WithdrawalKind.Refund, "F-1", new("V-1", "wrong"), "R-2"));
        Assert.Equal((4_000, 10_000), (books.Document<Receipt>("R-1").Open, books.Document<Receipt>("R-2").Open));
        Do(new ReverseWithdrawal(WithdrawalKind.Refund, "F-1", new("V-1", "wrong"), "R-1"));
        Assert.Equal(10_000, books.Document<Receipt>("R-1").Open);
    }

    [Fact]
    public void A_head_office_pays_for_a_branch_of_its_group_across_currencies_without_losing_a_cent()
    {
        Do(new PostInvoice(new("I-1", "P2", Day(1), Day(30), Currency.Of("USD"), 100.01m)));
        Do(Receipt("R-1", 80));
        Do(Allocate("R-1", ("I-1", 100)));
        Assert.Equal((1, 0), (books.Of("P2").Receivables, books.Of("P1").Unapplied));
        Do(Receipt("R-2", 1));
        Do(Allocate("R-2", ("I-1", 0.01m)));
        Assert.Equal((0, 99), (books.Of("P2").Receivables, books.Of("P1").Unapplied));
        Refused("rate-unknown", () =>
        {
            Do(new PostReceipt(new("R-3", "P1", Day(5), Currency.Of("CHF"), 10)));
            return new AllocateReceipt("R-3", [new("I-1", 1)]);
        });
        Assert.Equal(1, books.Of("P1").Unconverted);
    }

    [Fact]
    public void A_document_without_a_rate_is_converted_once_as_soon_as_one_is_known()
    {
        var franc = Currency.Of("CHF");
        Do(new PostInvoice(new("I-1", "C1", Day(3), Day(30), franc, 100)));
        Do(new PostReceipt(new("R-1", "C1", Day(3), franc, 10)));
        Do(new PostReceipt(new("R-2", "C1", Day(3), franc, 10, Cleared: false)));
        Do(new PostCreditNote(new("N-1", "C1", Day(3), franc, 1)));
        Assert.Equal((3, 0, 0, 0), Told());
        books.Rate(Day(4), franc, 0.9m);
        Do(Invoice("I-2", 1));
        Assert.Equal((3, 100, 0, 0), Told());
        books.Rate(Day(2), franc, 0.8m);
        Do(new ClearReceipt("R-2", new(Day(9)), ReceiptTrail.None));
        Assert.Equal((0, 12_600, 2_500, 125), Told());
        books.Rate(Day(3), franc, 0.5m);
        Do(Invoice("I-3", 1));
        Assert.Equal((0, 12_700, 2_500, 125), Told());

        (int, long, long, long) Told() => (books.Of("P1").Unconverted, books.Of("P1").Receivables, books.Of("P1").Unapplied, books.Of("P1").OpenCreditNotes);
    }

    [Fact]
    public void What_an_invoice_says_of_its_order_must_be_so() => Table.Check("""
        customer  currency  order  lines  amount    due | problem
        C1        EUR       SO-1   -      100       30  | -
        P1        EUR       SO-1   1:1    100       30  | -
        P2        EUR       SO-1   -      100       30  | field-invalid
        C1        USD       SO-1   -      100       30  | field-invalid
        C1        EUR       SO-1   2:1    100       30  | field-invalid
        C1        EUR       SO-1   1:0    100       30  | field-invalid
        C1        EUR       -      1:1    100       30  | field-invalid
        C1        EUR       SO-9   -      100       30  | order-unknown
        C9        EUR       -      -      100       30  | customer-unknown
        C1        EUR       -      -      0         30  | field-invalid
        C1        EUR       -      -      -1        30  | field-invalid
        C1        EUR       -      -      1.001     30  | field-invalid
        C1        EUR       -      -      100       0   | field-invalid
        """, row =>
    {
        var own = new Books();
        own.Enter(BilledOrder.Of(["10@100"]) with { Payer = "P1" });
        var lines = row.Words("lines").Select(text => text.Split(':')).Select(part => new InvoiceLine(Int(part[0]), Quantity.Of(Int(part[1])))).ToList();
        var problem = own.Do(new PostInvoice(new(
            "I-1", row["customer"], Day(1), Day(row.Integer("due")), Currency.Of(row["currency"]), row.Number("amount"), row.Has("order") ? row["order"] : null, lines)));
        Assert.Equal(row["problem"], problem?.Code ?? "");
    });

    [Fact]
    public void Overdue_is_told_by_due_date_with_at_risk_money_still_owed()
    {
        foreach (var (number, amount, due) in new[] { ("I-1", 100m, 10), ("I-2", 200m, 20), ("I-3", 400m, 30) })
            Do(new PostInvoice(new(number, "C1", Day(1), Day(due), Currency.EUR, amount)));
        Do(Receipt("R-1", 50, cleared: false));
        Do(Allocate("R-1", ("I-1", 50)));
        Assert.Equal(new Overdue(0, 0), books.Of("P1").OverdueOn(Day(10), 0));
        Assert.Equal(new Overdue(10_000, 1), books.Of("P1").OverdueOn(Day(11), 0));
        Assert.Equal(new Overdue(10_000, 15), books.Of("P1").OverdueOn(Day(25), 6));
        Assert.Equal(new Overdue(30_000, 15), books.Of("P1").OverdueOn(Day(25), 5));
    }

    void Do(Command command) => Assert.Null(books.Do(command));
    void Refused(string code, Command command) => Assert.Equal(code, books.Do(command)?.Code);
    void Refused(string code, Func<Command> command) => Refused(code, command());

    static int Int(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    static DateOnly Day(int days) => Books.Opening.AddDays(days);

    static PostInvoice Invoice(string number, decimal amount, string? order = null, bool draft = false) =>
        new(new InvoiceBody(number, "C1", Day(1), Day(31), Currency.EUR, amount, order, Draft: draft));

    static PostReceipt Receipt(string number, decimal amount, bool cleared = true, string? depositFor = null) =>
        new(new ReceiptBody(number, "P1", Day(2), Currency.EUR, amount, Cleared: cleared, DepositFor: depositFor));

    static AllocateReceipt Allocate(string receipt, params (string Invoice, decimal Amount)[] parts) =>
        new(receipt, [.. parts.Select(part => new AllocationBody(part.Invoice, part.Amount))]);
}
