using Aval.Tests.Infrastructure;

namespace Aval.Tests.Cash;

public sealed class DeductionsOnSqlite(SqliteServer fixture) : DeductionTests(fixture), IClassFixture<SqliteServer>;

public sealed class DeductionsOnPostgres(PostgresServer fixture) : DeductionTests(fixture), IClassFixture<PostgresServer>;

/// <summary>Invoices paid short: a deduction becomes a dispute, a rest stays open, and giving it up needs the right. The business date is 2 March 2026.</summary>
public abstract class DeductionTests(ServerFixture fixture)
{
    const string Clerk = "alma:accountsReceivable";
    const string Billing = "bill:billing";

    [Fact]
    public async Task What_a_payer_deducts_becomes_a_dispute_of_the_deducted_amount_and_the_rest_stays_open()
    {
        var server = await Start("D1", 1000);
        Assert.Equal("not-permitted", (await server.Post("/receipts/D1-R/deductions", Deduction("D1-D", 850), Billing)).Code);
        Assert.Equal("receipt-unknown", (await server.Post("/receipts/none/deductions", Deduction("D1-D", 850), Clerk)).Code);
        Assert.Equal(("allocation-exceeds-receipt", "paid"), Refusal(await server.Post("/receipts/D1-R/deductions", Deduction("D1-D", 851), Clerk)));
        Assert.Equal(("dispute-exceeds-invoice", "deducted"), Refusal(await server.Post("/receipts/D1-R/deductions", Deduction("D1-D", 850, 151), Clerk)));
        Assert.Equal(("field-invalid", "reason"), Refusal(await server.Post(
            "/receipts/D1-R/deductions", new { dispute = "D1-D", invoice = "D1-1", paid = 850, reason = "bad", owner = "quality" }, Clerk)));
        Assert.Equal("1000.00", (await server.Get("/invoices/D1-1")).Expect(200)["open"]);
        Assert.Equal("dispute-unknown", (await server.Get("/disputes/D1-D")).Code);

        var done = (await server.Post("/receipts/D1-R/deductions", Deduction("D1-D", 850, 120), Clerk)).Expect(200).Body;
        Assert.Equal("0.00", done.GetProperty("receipt").GetProperty("open").GetRawText());
        Assert.Equal("150.00", done.GetProperty("invoice").GetProperty("open").GetRawText());
        var dispute = done.GetProperty("dispute");
        Assert.Equal(("120.00", "quality", "unqualified"), (dispute.GetProperty("amount").GetRawText(), dispute.GetProperty("reason").GetString(),
            dispute.GetProperty("legitimacy").GetString()));
        Assert.Equal("open", (await server.Get("/disputes/D1-D")).Expect(200)["status"]);
        Assert.Equal("120.00", (await server.Get("/invoices/D1-1")).Expect(200).Body.GetProperty("parts")[0].GetProperty("amount").GetRawText());
        Assert.True((await server.Get("/journal/verify")).Expect(200).Body.GetProperty("valid").GetBoolean());
    }

    [Fact]
    public async Task All_that_is_left_off_is_disputed_unless_a_part_is_named_and_a_full_payment_deducts_nothing()
    {
        var server = await Start("D2", 850);
        Assert.Equal(("field-invalid", "paid"), Refusal(await server.Post("/receipts/D2-R/deductions", Deduction("D2-D", 850, invoice: "D2-1"), Clerk)));
        var done = (await server.Post("/receipts/D2-R/deductions", Deduction("D2-D", 800, invoice: "D2-1"), Clerk)).Expect(200).Body;
        Assert.Equal("50.00", done.GetProperty("dispute").GetProperty("amount").GetRawText());
        Assert.Equal("50.00", done.GetProperty("receipt").GetProperty("open").GetRawText());
        (await server.Post("/receipts/D2-R/match/undo", new { reason = "meant otherwise" }, Clerk)).Expect(200);
        Assert.Equal("850.00", (await server.Get("/invoices/D2-1")).Expect(200)["open"]);
    }

    [Fact]
    public async Task A_payment_that_is_taken_back_takes_the_dispute_about_what_it_left_off_with_it_unless_that_has_gone_on()
    {
        var server = await Start("D3", 1000);
        (await server.Post("/receipts/D3-R/deductions", Deduction("D3-D", 800, invoice: "D3-1"), Clerk)).Expect(200);
        (await server.Post("/receipts/D3-R/match/undo", new { reason = "meant for another" }, Clerk)).Expect(200);
        var closed = (await server.Get("/disputes/D3-D")).Expect(200);
        Assert.Equal(("closed", "2026-03-02"), (closed["status"], closed["ended"]));
        Assert.Contains("meant for another", closed["note"], StringComparison.Ordinal);
        var invoice = (await server.Get("/invoices/D3-1")).Expect(200);
        Assert.Equal("1000.00", invoice["open"]);
        var work = (await server.Get("/work?limit=500")).Expect(200).Body.GetProperty("work").EnumerateArray();
        Assert.DoesNotContain(work, line => line.GetProperty("subject").GetString() == "D3-D");
        Assert.Equal("0.00", (await server.Get("/customers/D3/undisputed-balance")).Expect(200).Body.GetProperty("balances")[0].GetProperty("disputed").GetRawText());

        (await server.Post("/receipts/D3-R/deductions", Deduction("D3-E", 800, invoice: "D3-1"), Clerk)).Expect(200);
        (await server.Patch("/disputes/D3-E", new { legitimacy = "customerFault" }, "carla:creditManager")).Expect(200);
        Assert.Equal("deduction-disputed", (await server.Post("/receipts/D3-R/match/undo", new { reason = "meant for another" }, Clerk)).Code);
        Assert.Equal("200.00", (await server.Get("/invoices/D3-1")).Expect(200)["open"]);
        (await server.Post("/receipts/D3-R/return", new { date = "2026-03-02", reason = "bounced" }, Clerk)).Expect(200);
        Assert.Equal(("1000.00", "qualified"), ((await server.Get("/invoices/D3-1")).Expect(200)["open"], (await server.Get("/disputes/D3-E")).Expect(200)["status"]));
        Assert.True((await server.Get("/journal/verify")).Expect(200).Body.GetProperty("valid").GetBoolean());
    }

    async Task<RunningServer> Start(string customer, decimal invoiced)
    {
        var server = await fixture.StartedAsync();
        (await server.Put($"/customers/{customer}", new { name = customer, country = "FR", currency = "EUR", paymentTerms = "NET30", riskClass = "B" })).Expect(200);
        (await server.Post(
            "/invoices", new { number = customer + "-1", customer, date = "2026-01-15", dueDate = "2026-03-20", currency = "EUR", amount = invoiced }, Billing)).Expect(200);
        (await server.Post("/receipts", new { number = customer + "-R", payer = customer, date = "2026-03-01", currency = "EUR", amount = 850 }, Clerk)).Expect(200);
        return server;
    }

    static object Deduction(string dispute, decimal paid, decimal? deducted = null, string invoice = "D1-1") =>
        new { dispute, invoice, paid, deducted, reason = "quality", owner = "quality", note = "two pallets wet" };

    static (string?, string?) Refusal(ServerReply reply) => (reply.Code, reply["field"]);
}
