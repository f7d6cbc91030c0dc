using Aval.Kernel;
using Aval.Receivables.Rules;
using Aval.Receivables;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Receivables;

public sealed class MoneyThatGoesOnOnSqlite(SqliteServer fixture) : MoneyThatGoesOnTests(fixture), IClassFixture<SqliteServer>;

public sealed class MoneyThatGoesOnOnPostgres(PostgresServer fixture) : MoneyThatGoesOnTests(fixture), IClassFixture<PostgresServer>;

/// <summary>Refunds, transfers, money on account, and write-offs by right. The business date is 2 March 2026.</summary>
public abstract class MoneyThatGoesOnTests(ServerFixture fixture)
{
    const string Clerk = "alma:accountsReceivable";
    const string Finance = "fritz:finance";
    const string Billing = "bill:billing";

    [Fact]
    public async Task A_refund_takes_unapplied_cash_once_and_is_taken_back_by_another_document()
    {
        var server = await Customers("F1");
        await Receipt(server, "F1-R", "F1", 500);
        await Invoice(server, "F1-1", "F1", 180);
        (await server.Post("/receipts/F1-R/allocations", new[] { new { invoice = "F1-1", amount = 180 } }, Clerk)).Expect(200);
        Assert.Equal(("320.00", "-320.00"), await Money(server, "F1"));

        Assert.Equal("not-permitted", (await server.Post("/refunds", Refund("F1-X", "F1-R", 100), Clerk)).Code);
        Assert.Equal("exceeds-unapplied", (await server.Post("/refunds", Refund("F1-X", "F1-R", 320.01m), Finance)).Code);
        Assert.Equal("field-invalid", (await server.Post("/refunds", Refund("F1-X", "F1-R", -1), Finance)).Code);
        Assert.Equal("field-invalid", (await server.Post("/refunds", Refund("F1-X", "F1-R", 1, " "), Finance)).Code);
        Assert.Equal("field-invalid", (await server.Post("/refunds", new { number = "F1-X", receipt = "F1-R", amount = 1, reason = "early", date = "2026-02-01" }, Finance)).Code);
        Assert.Equal("receipt-unknown", (await server.Post("/refunds", Refund("F1-X", "F1-none", 1), Finance)).Code);
        Assert.Equal(("320.00", "-320.00"), await Money(server, "F1"));

        var refund = (await server.Post("/refunds", Refund("F1-B", "F1-R", 120), Finance)).Expect(200);
        Assert.Equal(("refund", "120.00", "F1"), (refund["kind"], refund["amount"], refund["payer"]));
        Assert.Equal(refund.Text, (await server.Post("/refunds", Refund("F1-B", "F1-R", 120), Finance)).Expect(200).Text);
        Assert.Equal("key-reused", (await server.Post("/refunds", Refund("F1-B", "F1-R", 121), Finance)).Code);
        Assert.Equal(refund.Text, (await server.Get("/refunds/F1-B")).Expect(200).Text);
        Assert.Equal("refund-unknown", (await server.Get("/refunds/F1-none")).Code);
        Assert.Equal(("200.00", "-200.00"), await Money(server, "F1"));
        Assert.Equal("500.00", (await server.Get("/customers/F1/exposure?asOf=2026-03-01")).Expect(200)["unapplied"]);
        Assert.Equal("money-passed-on", (await server.Post("/receipts/F1-R/return", new { date = "2026-03-02", reason = "bounced" }, Clerk)).Code);

        Assert.Equal("refund-unknown", (await server.Post("/refunds/F1-none/reversals", Reversal("F1-V"), Finance)).Code);
        var back = (await server.Post("/refunds/F1-B/reversals", Reversal("F1-V"), Finance)).Expect(200);
        Assert.Equal(("-120.00", "F1-B"), (back["amount"], back["reverses"]));
        Assert.Equal("F1-V", (await server.Get("/refunds/F1-B")).Expect(200)["reversedBy"]);
        Assert.Equal("withdrawal-reversed", (await server.Post("/refunds/F1-B/reversals", Reversal("F1-W"), Finance)).Code);
        Assert.Equal("withdrawal-reversed", (await server.Post("/refunds/F1-V/reversals", Reversal("F1-W"), Finance)).Code);
        Assert.Equal(("320.00", "-320.00"), await Money(server, "F1"));
        Assert.Equal(2, (await server.Get("/receipts/F1-R/withdrawals")).Expect(200).Body.GetArrayLength());
        (await server.Post("/receipts/F1-R/return", new { date = "2026-03-02", reason = "bounced" }, Clerk)).Expect(200);
        Assert.Equal("receipt-returned", (await server.Post("/refunds", Refund("F1-Y", "F1-R", 1), Finance)).Code);
    }

    [Fact]
    public async Task What_is_open_of_a_credit_note_is_paid_back_once_and_taken_back_by_another_document()
    {
        var server = await Customers("N1");
        await Invoice(server, "N1-1", "N1", 180);
        (await server.Post("/credit-notes", new { number = "N1-C", customer = "N1", date = "2026-02-20", currency = "EUR", amount = 300, invoice = "N1-1" }, Billing)).Expect(200);
        Assert.Equal("120.00", await Open());
        Assert.Equal("not-permitted", (await server.Post("/refunds", PaidBack("N1-X", 100), Billing)).Code);
        Assert.Equal("exceeds-unapplied", (await server.Post("/refunds", PaidBack("N1-X", 120.01m), Finance)).Code);
        Assert.Equal("credit-note-unknown", (await server.Post("/refunds", PaidBack("N1-X", 1, "N1-none"), Finance)).Code);
        foreach (var wrong in new object[]
        {
            PaidBack("N1-X", 0), new { number = "N1-X", amount = 1, reason = "of nothing" }, new { number = "N1-X", creditNote = "N1-C", amount = 1, reason = "" },
            new { number = "N1-X", creditNote = "N1-C", receipt = "N1-R", amount = 1, reason = "of both" },
            new { number = "N1-X", creditNote = "N1-C", amount = 1, reason = "early", date = "2026-02-19" },
            new { number = "N1-X", creditNote = "N1-C", amount = 1, reason = "late", date = "2026-03-03" },
        })
            Assert.Equal("field-invalid", (await server.Post("/refunds", wrong, Finance)).Code);
        Assert.Equal("120.00", await Open());

        var refund = (await server.Post("/refunds", PaidBack("N1-B", 120), Finance)).Expect(200);
        Assert.Equal(("refund", "120.00", "N1", "N1-C", ""), (refund["kind"], refund["amount"], refund["payer"], refund["creditNote"], refund["receipt"]));
        Assert.Equal(refund.Text, (await server.Post("/refunds", PaidBack("N1-B", 120), Finance)).Expect(200).Text);
        Assert.Equal(refund.Text, (await server.Get("/refunds/N1-B")).Expect(200).Text);
        Assert.Equal(("180.00", "120.00", "0.00"), await Note());
        Assert.Equal("0.00", await Open());
        Assert.Equal("120.00", (await server.Get("/customers/N1/exposure?asOf=2026-03-01")).Expect(200)["openCreditNotes"]);
        Assert.Equal("exceeds-unapplied", (await server.Post("/refunds", PaidBack("N1-Y", 0.01m), Finance)).Code);
        var ledger = (await server.Get("/reports/ledger?payer=N1&from=2026-01-01")).Expect(200).Body.GetProperty("rows").EnumerateArray().ToList();
        Assert.Contains(ledger, row => row.GetRawText().Contains("\"N1-B\"", StringComparison.Ordinal) && row.GetRawText().Contains("\"N1-C\"", StringComparison.Ordinal));

        var back = (await server.Post("/refunds/N1-B/reversals", Reversal("N1-V"), Finance)).Expect(200);
        Assert.Equal(("-120.00", "N1-B", "N1-C"), (back["amount"], back["reverses"], back["creditNote"]));
        Assert.Equal("withdrawal-reversed", (await server.Post("/refunds/N1-B/reversals", Reversal("N1-W"), Finance)).Code);
        Assert.Equal("withdrawal-reversed", (await server.Post("/refunds/N1-V/reversals", Reversal("N1-W"), Finance)).Code);
        Assert.Equal(("180.00", "0.00", "120.00"), await Note());
        Assert.Equal("120.00", await Open());
        Assert.Equal(2, (await server.Get("/credit-notes/N1-C/withdrawals")).Expect(200).Body.GetArrayLength());
        Assert.Equal("credit-note-unknown", (await server.Get("/credit-notes/N1-none/withdrawals")).Code);
        Assert.True((await server.Get("/journal/verify")).Expect(200).Body.GetProperty("valid").GetBoolean());

        async Task<string?> Open() => (await server.Get("/customers/N1/exposure")).Expect(200)["openCreditNotes"];

        async Task<(string?, string?, string?)> Note()
        {
            var note = (await server.Get("/credit-notes/N1-C")).Expect(200);
            return (note["applied"], note["refunded"], note["open"]);
        }
    }

    static object PaidBack(string number, decimal amount, string note = "N1-C") => new { number, creditNote = note, amount, reason = "they buy no more" };

    [Fact]
    public async Task Money_of_another_group_is_transferred_pays_there_and_comes_back()
    {
        var server = await Customers("T1", "T2");
        await Receipt(server, "T1-R", "T1", 500, "for T2-1");
        await Invoice(server, "T2-1", "T2", 300);
        Assert.Equal("invoice-of-another-root", (await server.Post("/receipts/T1-R/allocations", new[] { new { invoice = "T2-1", amount = 300 } }, Clerk)).Code);
        Assert.Equal("not-permitted", (await server.Post("/transfers", Transfer("TR-1", "T1-R", "T2", 300), Billing)).Code);
        Assert.Equal("customer-unknown", (await server.Post("/transfers", Transfer("TR-1", "T1-R", "T-none", 300), Clerk)).Code);
        Assert.Equal("field-invalid", (await server.Post("/transfers", Transfer("TR-1", "T1-R", "T1", 300), Clerk)).Code);
        Assert.Equal("exceeds-unapplied", (await server.Post("/transfers", Transfer("TR-1", "T1-R", "T2", 501), Clerk)).Code);
        Assert.Equal("transfer-unknown", (await server.Get("/transfers/TR-1")).Code);

        var moved = (await server.Post("/transfers", Transfer("TR-1", "T1-R", "T2", 300), Clerk)).Expect(200);
        Assert.Equal(("transfer", "T2", "T1"), (moved["kind"], moved["to"], moved["payer"]));
        Assert.Equal(moved.Text, (await server.Post("/transfers", Transfer("TR-1", "T1-R", "T2", 300), Clerk)).Expect(200).Text);
        Assert.Equal("key-reused", (await server.Post("/receipts", Body("TR-1", "T2", 300), Clerk)).Code);
        Assert.Equal(("200.00", "-200.00"), await Money(server, "T1"));
        var received = (await server.Get("/receipts/TR-1")).Expect(200);
        Assert.Equal(("T2", "0.00", "T1-R", "2026-03-01"), (received["payer"], received["open"], received["transferredFrom"], received["date"]));
        Assert.Equal("posted", (await server.Post("/receipts/TR-1/match", new { }, Clerk)).Expect(200)["status"]);
        Assert.Equal(("0.00", "0.00"), await Money(server, "T2"));
        Assert.Equal("money-passed-on", (await server.Post("/receipts/TR-1/return", new { date = "2026-03-02", reason = "bounced" }, Clerk)).Code);

        Assert.Equal("exceeds-unapplied", (await server.Post("/transfers/TR-1/reversals", Reversal("TR-2"), Clerk)).Code);
        (await server.Post("/receipts/TR-1/match/undo", new { reason = "not theirs" }, Clerk)).Expect(200);
        var back = (await server.Post("/transfers/TR-1/reversals", Reversal("TR-2"), Clerk)).Expect(200);
        Assert.Equal(("-300.00", "TR-1"), (back["amount"], back["reverses"]));
        Assert.Equal(("500.00", "-500.00"), await Money(server, "T1"));
        Assert.Equal(("0.00", "300.00"), await Money(server, "T2"));
        Assert.Equal("transfer-unknown", (await server.Post("/transfers/TR-none/reversals", Reversal("TR-3"), Clerk)).Code);
        Assert.True((await server.Get("/journal/verify")).Expect(200).Body.GetProperty("valid").GetBoolean());
    }

    [Fact]
    public async Task Money_that_has_not_cleared_or_waits_for_an_order_goes_nowhere_and_what_is_on_account_does()
    {
        var server = await Customers("A1", "A2");
        (await server.Post("/receipts", new { number = "A1-U", payer = "A1", date = "2026-03-01", currency = "EUR", amount = 50, cleared = false }, Clerk)).Expect(200);
        Assert.Equal("money-not-at-hand", (await server.Post("/refunds", Refund("A1-X", "A1-U", 1), Finance)).Code);
        Assert.Equal("money-not-at-hand", (await server.Post("/transfers", Transfer("A1-X", "A1-U", "A2", 1), Clerk)).Code);
        Assert.Equal("money-not-at-hand", (await server.Post("/receipts/A1-U/on-account", new { reason = "keep" }, Clerk)).Code);

        await Receipt(server, "A1-R", "A1", 70);
        Assert.Equal("field-invalid", (await server.Post("/receipts/A1-R/on-account", new { reason = "" }, Clerk)).Code);
        var kept = (await server.Post("/receipts/A1-R/on-account", new { reason = "for the next order" }, Clerk)).Expect(200);
        Assert.Equal(("True", "70.00"), (kept["onAccount"], kept["open"]));
        Assert.Equal(kept.Text, (await server.Post("/receipts/A1-R/on-account", new { reason = "again" }, Clerk)).Expect(200).Text);
        var exposure = (await server.Get("/customers/A1/exposure")).Expect(200);
        Assert.Equal(("0.00", "70.00"), (exposure["unapplied"], exposure["onAccount"]));
        (await server.Post("/refunds", Refund("A1-B", "A1-R", 70), Finance)).Expect(200);
        Assert.Equal("0.00", (await server.Get("/customers/A1/exposure")).Expect(200)["onAccount"]);
        Assert.Equal("exceeds-unapplied", (await server.Post("/transfers", new { number = "A1-Y", receipt = "A1-R", to = "A2", reason = "theirs" }, Clerk)).Code);
    }

    [Fact]
    public async Task Refunds_at_the_same_time_never_pay_back_more_than_came()
    {
        var server = await Customers("P1");
        await Receipt(server, "P1-R", "P1", 100);
        var replies = await Task.WhenAll(Enumerable.Range(0, 12).Select(at => server.Post("/refunds", Refund($"P1-B{at}", "P1-R", 30), Finance)));
        Assert.Equal(3, replies.Count(reply => reply.Status == 200));
        Assert.All(replies.Where(reply => reply.Status != 200), reply => Assert.Equal("exceeds-unapplied", reply.Code));
        Assert.Equal("10.00", (await server.Get("/receipts/P1-R")).Expect(200)["open"]);
    }

    [Fact]
    public void Money_goes_back_to_the_receipt_that_it_came_from_and_to_no_other()
    {
        var books = new Books();
        foreach (var number in new[] { "R-1", "R-2" })
            Assert.Null(books.Do(new PostReceipt(new(number, "P1", Books.Opening, Currency.EUR, 100))));
        Assert.Null(books.Do(new RefundReceipt(new("F-1", 100, "too much", "R-1"))));
        Assert.Equal("refund-unknown", books.Do(new ReverseWithdrawal(WithdrawalKind.Refund, "F-1", new("F-2", "wrong"), "R-2"))?.Code);
        Assert.Null(books.Do(new ReverseWithdrawal(WithdrawalKind.Refund, "F-1", new("F-2", "wrong"), "R-1")));
    }

    [Fact]
    public async Task Policy_says_how_much_somebody_without_the_right_of_finance_may_write_off()
    {
        var server = await Customers("W1");
        await Invoice(server, "W1-1", "W1", 300);
        var cash = new { tolerance = 2, tolerancePercent = 1, discountGraceDays = 0, oldestFirst = false, postFrom = Array.Empty<object>(), writeOffUpTo = 25 };
        (await server.Put("/policies/draft", new { basedOn = "standard", cashApplication = cash }, "mia:creditManager")).Expect(200);
        (await server.Post("/policies/draft/activate", new { reason = "write-offs" }, "lea:leadership")).Expect(200);
        Assert.Equal("write-off-beyond-right", (await server.Post("/write-offs", WriteOff("W1-A", 25.01m), Clerk)).Code);
        Assert.Equal("300.00", (await server.Get("/invoices/W1-1")).Expect(200)["open"]);
        (await server.Post("/write-offs", WriteOff("W1-A", 24), Clerk)).Expect(200);
        var second = await server.Post("/write-offs", WriteOff("W1-A2", 1.01m), "carl:accountsReceivable");
        Assert.Equal("write-off-beyond-right", second.Code);
        Assert.Contains("25.01 EUR in all of invoice W1-1 is more than policy lets you write off: finance may", second["detail"], StringComparison.Ordinal);
        (await server.Post("/write-offs", WriteOff("W1-A2", 1), Clerk)).Expect(200);
        (await server.Post("/write-offs", WriteOff("W1-B", 200), Finance)).Expect(200);
        Assert.Equal("75.00", (await server.Get("/invoices/W1-1")).Expect(200)["open"]);
    }

    static object WriteOff(string number, decimal amount) => new { number, invoice = "W1-1", date = "2026-03-02", amount, reason = "not worth it" };

    async Task<RunningServer> Customers(params string[] numbers)
    {
        var server = await fixture.StartedAsync();
        foreach (var number in numbers)
            (await server.Put($"/customers/{number}", new { name = $"Customer {number}", country = "FR", currency = "EUR", paymentTerms = "NET30", riskClass = "B" })).Expect(200);
        return server;
    }

    /// <summary>Unapplied cash, and what is owed less that: the exposure of who nets it.</summary>
    static async Task<(string Unapplied, string Net)> Money(RunningServer server, string customer)
    {
        var told = (await server.Get($"/customers/{customer}/exposure")).Expect(200).Body;
        var (owed, held) = (told.GetProperty("receivables").GetDecimal(), told.GetProperty("unapplied").GetDecimal());
        return (held.ToString(System.Globalization.CultureInfo.InvariantCulture), (owed - held).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    static object Body(string number, string payer, decimal amount, string? reference = null) =>
        new { number, payer, date = "2026-03-01", currency = "EUR", amount, reference };

    static async Task Receipt(RunningServer server, string number, string payer, decimal amount, string? reference = null) =>
        (await server.Post("/receipts", Body(number, payer, amount, reference), Clerk)).Expect(200);

    static async Task Invoice(RunningServer server, string number, string customer, decimal amount) => (await server.Post(
        "/invoices", new { number, customer, date = "2026-01-15", dueDate = "2026-03-20", currency = "EUR", amount }, Billing)).Expect(200);

    static object Refund(string number, string receipt, decimal amount, string reason = "paid twice") => new { number, receipt, amount, reason };

    static object Transfer(string number, string receipt, string to, decimal amount) => new { number, receipt, to, amount, reason = "paid for them" };

    static object Reversal(string number) => new { number, reason = "wrong" };
}
