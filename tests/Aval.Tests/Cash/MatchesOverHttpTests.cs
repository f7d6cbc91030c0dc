using Aval.Tests.Infrastructure;

namespace Aval.Tests.Cash;

public sealed class MatchesOnSqlite(SqliteServer fixture) : MatchesOverHttpTests(fixture), IClassFixture<SqliteServer>;

public sealed class MatchesOnPostgres(PostgresServer fixture) : MatchesOverHttpTests(fixture), IClassFixture<PostgresServer>;

/// <summary>Matches as a clerk sees them. The business date is 2 March 2026.</summary>
public abstract class MatchesOverHttpTests(ServerFixture fixture)
{
    const string Billing = "bill:billing";
    const string Clerk = "alma:accountsReceivable";

    [Fact]
    public async Task A_receipt_that_names_its_invoices_pays_them_and_undoing_it_restores_what_was()
    {
        var server = await Customer("M1");
        await Invoice(server, "M1-1", "M1", 1200);
        await Invoice(server, "M1-2", "M1", 800);
        await CreditNote(server, "M1-C", "M1", 100);
        var before = await State(server, "M1", "M1-1", "M1-2");
        await Receipt(server, "M1-R", "M1", 1900, "inv M1-1 and M1-2 less M1-C");

        var matched = (await server.Post("/receipts/M1-R/match", new { }, Clerk)).Expect(200);
        Assert.Equal(("posted", "remittanceText", "0.00"), (matched["status"], matched["rule"], matched["unapplied"]));
        Assert.Equal(["M1-1 1200.00", "M1-2 800.00", "M1-C -100.00"], Parts(matched.Body.GetProperty("allocations")).Order());
        Assert.Equal(matched.Text, (await server.Post("/receipts/M1-R/match", new { }, Clerk)).Expect(200).Text);
        Assert.Equal("0.00", (await server.Get("/customers/M1/exposure")).Expect(200)["receivables"]);

        Assert.Equal("field-invalid", (await server.Post("/receipts/M1-R/match/undo", new { reason = " " }, Clerk)).Code);
        var undone = (await server.Post("/receipts/M1-R/match/undo", new { reason = "meant otherwise" }, Clerk)).Expect(200);
        Assert.Equal(("undone", "1900.00", "alma", "meant otherwise"), (undone["status"], undone["unapplied"], undone["confirmedBy"], undone["reason"]));
        Assert.Equal(before, await State(server, "M1", "M1-1", "M1-2"));
        Assert.Equal("100.00", (await server.Get("/credit-notes/M1-C")).Expect(200)["open"]);
        Assert.Equal("nothing-matched", (await server.Post("/receipts/M1-R/match/undo", new { reason = "again" }, Clerk)).Code);

        var again = (await server.Post("/receipts/M1-R/match", new { }, Clerk)).Expect(200);
        Assert.Equal(("posted", "0.00"), (again["status"], again["unapplied"]));
        (await server.Post("/receipts/M1-R/match/undo", new { reason = "once more" }, Clerk)).Expect(200);
        Assert.Equal(before, await State(server, "M1", "M1-1", "M1-2"));
        Assert.True((await server.Get("/journal/verify")).Expect(200).Body.GetProperty("valid").GetBoolean());
    }

    [Fact]
    public async Task What_is_ambiguous_is_proposed_and_a_person_chooses()
    {
        var server = await Customer("M2");
        await Invoice(server, "M2-1", "M2", 500);
        await Invoice(server, "M2-2", "M2", 500);
        await Invoice(server, "M2-3", "M2", 70);
        await Receipt(server, "M2-R", "M2", 500, null);
        Assert.Equal("match-not-proposed", (await server.Post("/receipts/M2-R/match/confirm", new { candidate = 1, documents = new[] { "M2-1" } }, Clerk)).Code);

        var proposed = (await server.Post("/receipts/M2-R/match", new { }, Clerk)).Expect(200);
        Assert.Equal(("proposed", "500.00"), (proposed["status"], proposed["unapplied"]));
        Assert.Equal(["M2-1 500.00", "M2-2 500.00"], proposed.Body.GetProperty("candidates").EnumerateArray().SelectMany(of => Parts(of.GetProperty("allocations"))));
        var list = (await server.Get("/receipt-matches?limit=500")).Expect(200).Body.GetProperty("matches").EnumerateArray();
        Assert.Contains("M2-R", list.Select(match => match.GetProperty("number").GetString()));

        Assert.Equal("field-invalid", (await server.Post("/receipts/M2-R/match/confirm", new { candidate = 3, documents = new[] { "M2-1" } }, Clerk)).Code);
        Assert.Equal("not-permitted", (await server.Post("/receipts/M2-R/match/confirm", new { candidate = 2, documents = new[] { "M2-2" } }, Billing)).Code);
        await Receipt(server, "M2-Q", "M2", 500, "M2-1");
        (await server.Post("/receipts/M2-Q/match", new { }, Clerk)).Expect(200);
        Assert.Equal("match-stale", (await server.Post("/receipts/M2-R/match/confirm", new { candidate = 1, documents = new[] { "M2-1" } }, Clerk)).Code);
        // What was read as the first is not what is the first by now.
        await Invoice(server, "M2-4", "M2", 500);
        Assert.Equal("proposed", (await server.Post("/receipts/M2-R/match", new { }, Clerk)).Expect(200)["status"]);
        Assert.Equal("version-stale", (await server.Post("/receipts/M2-R/match/confirm", new { candidate = 1, documents = new[] { "M2-1" } }, Clerk)).Code);
        var confirmed = (await server.Post("/receipts/M2-R/match/confirm", new { candidate = 1, documents = new[] { "M2-2" } }, Clerk)).Expect(200);
        Assert.Equal(("posted", "alma"), (confirmed["status"], confirmed["confirmedBy"]));
        Assert.Equal("570.00", (await server.Get("/customers/M2/exposure")).Expect(200)["receivables"]);
    }

    [Fact]
    public async Task A_discount_in_time_closes_its_invoice_and_money_for_a_settled_one_pays_no_other()
    {
        var server = await Customer("M3", "2/10 NET30");
        await Invoice(server, "M3-1", "M3", 1000, "2026-02-25");
        await Receipt(server, "M3-R", "M3", 980, "M3-1");
        var matched = (await server.Post("/receipts/M3-R/match", new { }, Clerk)).Expect(200);
        Assert.Equal("20.00", matched.Body.GetProperty("allocations")[0].GetProperty("discount").GetRawText());
        Assert.Equal("settled", (await server.Get("/invoices/M3-1")).Expect(200)["status"]);

        await Invoice(server, "M3-2", "M3", 980, "2026-01-10");
        await Receipt(server, "M3-Q", "M3", 980, "our invoice M3-1 again");
        Assert.Equal("proposed", (await server.Post("/receipts/M3-Q/match", new { }, Clerk)).Expect(200)["status"]);
        Assert.Equal("open", (await server.Get("/invoices/M3-2")).Expect(200)["status"]);
        Assert.Equal("receipt-unknown", (await server.Post("/receipts/M3-X/match", new { }, Clerk)).Code);
    }

    [Fact]
    public async Task A_receipt_that_goes_back_takes_its_discount_and_netted_credit_with_it()
    {
        var server = await Customer("M4", "2/10 NET30");
        await Invoice(server, "M4-1", "M4", 1000, "2026-02-25");
        await Invoice(server, "M4-2", "M4", 300);
        await CreditNote(server, "M4-C", "M4", 100);
        var before = await State(server, "M4", "M4-1", "M4-2");
        await Receipt(server, "M4-R", "M4", 1180, "M4-1 M4-2 less M4-C");
        Assert.Equal("posted", (await server.Post("/receipts/M4-R/match", new { }, Clerk)).Expect(200)["status"]);
        Assert.Equal("settled", (await server.Get("/invoices/M4-1")).Expect(200)["status"]);

        Assert.Equal("field-invalid", (await server.Post("/receipts/M4-R/return", new { date = "2026-03-02", reason = " " }, Clerk)).Code);
        var back = (await server.Post("/receipts/M4-R/return", new { date = "2026-03-02", reason = "no funds" }, Clerk)).Expect(200);
        Assert.Equal(("returned", "0.00", "0.00"), (back["status"], back["allocated"], back["open"]));
        Assert.Equal(before, await State(server, "M4", "M4-1", "M4-2"));
        Assert.Equal("100.00", (await server.Get("/credit-notes/M4-C")).Expect(200)["open"]);
        var told = (await server.Get("/receipts/M4-R/match")).Expect(200);
        Assert.Equal(("undone", "no funds"), (told["status"], told["reason"]));
        Assert.Equal(back.Text, (await server.Post("/receipts/M4-R/return", new { date = "2026-03-02", reason = "again" }, Clerk)).Expect(200).Text);
        Assert.True((await server.Get("/journal/verify")).Expect(200).Body.GetProperty("valid").GetBoolean());
    }

    [Fact]
    public async Task What_is_left_of_a_receipt_is_matched_later_and_undone_as_a_whole()
    {
        var server = await Customer("M5", "2/10 NET30");
        await Invoice(server, "M5-1", "M5", 500, "2026-01-10");
        var before = await State(server, "M5", "M5-1");
        await Receipt(server, "M5-R", "M5", 990, null);
        await Allocate(server, "M5-R", "M5-1", 500);
        Assert.Equal("unexplained", (await server.Post("/receipts/M5-R/match", new { }, Clerk)).Expect(200)["status"]);
        await Invoice(server, "M5-2", "M5", 500, "2026-02-25");
        var rest = (await server.Post("/receipts/M5-R/match", new { }, Clerk)).Expect(200);
        Assert.Equal(("posted", "0.00"), (rest["status"], rest["unapplied"]));
        (await server.Post("/receipts/M5-R/match/undo", new { reason = "all of it" }, Clerk)).Expect(200);
        Assert.Equal("500.00", (await server.Get("/invoices/M5-2")).Expect(200)["open"]);
        Assert.Equal(before.Split('\n')[1], (await server.Get("/invoices/M5-1")).Expect(200).Text);
    }

    [Fact]
    public async Task A_proposal_is_off_the_list_once_its_receipt_is_allocated_by_hand()
    {
        var server = await Customer("M6");
        await Invoice(server, "M6-1", "M6", 500);
        await Invoice(server, "M6-2", "M6", 500);
        await Receipt(server, "M6-R", "M6", 500, null);
        Assert.Equal("proposed", (await server.Post("/receipts/M6-R/match", new { }, Clerk)).Expect(200)["status"]);
        await Allocate(server, "M6-R", "M6-2", 500);
        var told = (await server.Get("/receipts/M6-R/match")).Expect(200);
        Assert.Equal(("posted", "byHand"), (told["status"], told["rule"]));
        var list = (await server.Get("/receipt-matches?limit=500")).Expect(200).Body.GetProperty("matches").EnumerateArray();
        Assert.DoesNotContain("M6-R", list.Select(match => match.GetProperty("number").GetString()));
    }

    [Fact]
    public async Task Costs_and_interest_are_told_apart_and_paid_in_the_order_of_policy()
    {
        var server = await Customer("M7", "2/10 NET30");
        async Task Post(string number, decimal amount, string? charge) => (await server.Post(
            "/invoices", new { number, customer = "M7", date = "2026-02-27", dueDate = "2026-03-20", currency = "EUR", amount, charge }, Billing)).Expect(200);
        await Post("M7-1", 500, null);
        await Post("M7-2", 60, "interest");
        await Post("M7-10483", 40, "costs");
        foreach (var (number, charge) in new[] { ("M7-1", "principal"), ("M7-2", "interest"), ("M7-10483", "costs") })
            Assert.Equal(charge, (await server.Get($"/invoices/{number}")).Expect(200)["charge"]);
        (await server.Post("/invoices", new { number = "M7-4", customer = "M7", date = "2026-02-27", dueDate = "2026-03-20", currency = "EUR", amount = 1, charge = "fun" }))
            .Expect(422, "field-invalid");
        // A discount is agreed for goods alone.
        await Receipt(server, "M7-Q", "M7", 39.20m, "invoice M7-10483");
        Assert.Equal("posted", (await server.Post("/receipts/M7-Q/match", new { }, Clerk)).Expect(200)["status"]);
        Assert.Equal("0.80", (await server.Get("/invoices/M7-10483")).Expect(200)["open"]);
    }

    static async Task Allocate(RunningServer server, string receipt, string invoice, decimal amount) =>
        (await server.Post($"/receipts/{receipt}/allocations", new[] { new { invoice, amount } }, Clerk)).Expect(200);

    async Task<RunningServer> Customer(string number, string terms = "NET30")
    {
        var server = await fixture.StartedAsync();
        (await server.Put($"/customers/{number}", new { name = $"Customer {number}", country = "FR", currency = "EUR", paymentTerms = terms, riskClass = "B" })).Expect(200);
        return server;
    }

    static async Task Invoice(RunningServer server, string number, string customer, decimal amount, string date = "2026-01-15") => (await server.Post(
        "/invoices", new { number, customer, date, dueDate = "2026-03-20", currency = "EUR", amount }, Billing)).Expect(200);

    static async Task CreditNote(RunningServer server, string number, string customer, decimal amount) => (await server.Post(
        "/credit-notes", new { number, customer, date = "2026-02-15", currency = "EUR", amount }, Billing)).Expect(200);

    static async Task Receipt(RunningServer server, string number, string payer, decimal amount, string? reference) => (await server.Post(
        "/receipts", new { number, payer, date = "2026-03-01", currency = "EUR", amount, reference }, Clerk)).Expect(200);

    static async Task<string> State(RunningServer server, string customer, params string[] invoices)
    {
        var told = new List<string> { (await server.Get($"/customers/{customer}/aging")).Expect(200).Text };
        foreach (var invoice in invoices) told.Add((await server.Get($"/invoices/{invoice}")).Expect(200).Text);
        return string.Join('\n', told);
    }

    static IEnumerable<string> Parts(System.Text.Json.JsonElement allocations) =>
        allocations.EnumerateArray().Select(part => $"{part.GetProperty("invoice").GetString()} {part.GetProperty("amount").GetRawText()}");
}
