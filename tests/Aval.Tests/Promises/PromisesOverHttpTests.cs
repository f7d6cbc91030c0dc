using Aval.Tests.Infrastructure;

namespace Aval.Tests.Promises;

public sealed class PromisesOnSqlite() : PromisesOverHttpTests(null);

public sealed class PromisesOnPostgres(PostgresCluster cluster) : PromisesOverHttpTests(cluster);

/// <summary>Promises as their clients see them. The business date is 2 March 2026; C owes I-1 of 1,000 EUR, due on 10 February, and I-2 of 500 EUR, due on
/// 5 February.</summary>
public abstract class PromisesOverHttpTests(PostgresCluster? cluster)
{
    [Fact]
    public async Task A_promise_goes_to_the_invoice_due_first_and_is_kept_by_cleared_money_alone()
    {
        await using var server = await Started();
        var promise = (await server.Post("/promises", Promise("P", 800, "2026-03-10", "I-1", "I-2"), "kim:collector")).Expect(200);
        Assert.Equal(("open", "800.00", "2026-03-02", "promise"), (promise["status"], promise["amount"], promise["made"], promise["kind"]));
        Assert.Equal("I-2 500.00 0.00, I-1 300.00 0.00", await Parts(server));

        await Pay(server, "R-1", 500, "I-2", cleared: false);
        Assert.Equal("I-2 500.00 0.00, I-1 300.00 0.00", await Parts(server));
        (await server.Post("/receipts/R-1/clear", new { date = "2026-03-02" })).Expect(200);
        await Pay(server, "R-2", 100, "I-1");
        Assert.Equal("I-2 500.00 500.00, I-1 300.00 100.00", await Parts(server));
        Assert.Equal("open", await Status(server));
        await Pay(server, "R-3", 400, "I-1");
        Assert.Equal(("kept", "I-2 500.00 500.00, I-1 300.00 300.00"), (await Status(server), await Parts(server)));

        (await server.Post("/receipts/R-1/return", new { date = "2026-03-02", reason = "recalled" })).Expect(200);
        Assert.Equal(("open", "I-2 500.00 0.00, I-1 300.00 300.00"), (await Status(server), await Parts(server)));
        (await server.Put("/customers/G", new { name = "G", country = "FR", currency = "EUR", paymentTerms = "NET30" })).Expect(200);
        (await server.Put("/customers/C", new { group = "G" })).Expect(200);
        Assert.Equal(("open", "I-2 500.00 0.00, I-1 300.00 300.00"), (await Status(server), await Parts(server)));
        (await server.Post("/clock", new { today = "2026-03-11" })).Expect(200);
        Assert.Equal("partiallyKept", await Status(server));
        Assert.True((await server.Get("/journal/verify")).Expect(200).Body.GetProperty("valid").GetBoolean(), (await server.Get("/journal/verify")).Text);
    }

    [Fact]
    public async Task A_promise_is_broken_the_day_after_its_date_and_then_blocks_until_the_window_has_passed()
    {
        await using var server = await Started();
        (await server.Post("/promises", Promise("P", 1500, "2026-03-10", "I-1", "I-2"))).Expect(200);
        Assert.Equal("", await Found(server));
        (await server.Post("/clock", new { today = "2026-03-10" })).Expect(200);
        Assert.Equal(("open", ""), (await Status(server), await Found(server)));
        (await server.Post("/clock", new { today = "2026-03-11" })).Expect(200);
        Assert.Equal(("broken", "overdue promise-broken"), (await Status(server), await Found(server)));
        var journal = (await server.Get("/journal?root=C")).Expect(200).Text;
        Assert.Contains("rule:followPromises", journal, StringComparison.Ordinal);

        (await server.Post("/write-offs", new { number = "W-1", invoice = "I-1", date = "2026-03-11", amount = 1000, reason = "gone" })).Expect(200);
        (await server.Post("/write-offs", new { number = "W-2", invoice = "I-2", date = "2026-03-11", amount = 500, reason = "gone" })).Expect(200);
        Assert.Equal(("broken", "promise-broken"), (await Status(server), await Found(server)));
        (await server.Post("/clock", new { today = "2026-06-08" })).Expect(200);
        Assert.Equal("promise-broken", await Found(server));
        (await server.Post("/clock", new { today = "2026-06-09" })).Expect(200);
        Assert.Equal("", await Found(server));
    }

    [Fact]
    public async Task Money_that_was_ours_in_time_keeps_a_promise_though_it_is_told_late()
    {
        await using var server = await Started();
        (await server.Post("/promises", Promise("P", 500, "2026-03-06", "I-2"))).Expect(200);
        (await server.Post("/clock", new { today = "2026-03-09" })).Expect(200);
        Assert.Equal("broken", await Status(server));
        await Pay(server, "R", 200, "I-2", date: "2026-03-07");
        Assert.Equal("broken", await Status(server));
        await Pay(server, "S", 200, "I-2", date: "2026-03-06");
        Assert.Equal("partiallyKept", await Status(server));
    }

    [Fact]
    public async Task What_is_credited_meanwhile_is_no_longer_promised()
    {
        await using var server = await Started();
        (await server.Post("/promises", Promise("P", 500, "2026-03-06", "I-2"))).Expect(200);
        (await server.Post("/credit-notes", new { number = "N", customer = "C", date = "2026-03-02", currency = "EUR", amount = 200, invoice = "I-2" })).Expect(200);
        Assert.Equal(("open", "I-2 500.00 0.00"), (await Status(server), await Parts(server)));
        await Pay(server, "R", 300, "I-2");
        Assert.Equal(("kept", "I-2 500.00 300.00"), (await Status(server), await Parts(server)));
        (await server.Post("/clock", new { today = "2026-03-20" })).Expect(200);
        Assert.Equal("kept", await Status(server));
    }

    [Fact]
    public async Task A_payers_promises_are_listed_with_its_kept_rate_by_count_and_by_value()
    {
        await using var server = await Started();
        var none = (await server.Get("/customers/C/promises")).Expect(200);
        Assert.Equal(("", "", "0"), (none["keptRate"], none["keptValueRate"], none["open"]));
        (await server.Post("/promises", Promise("P-1", 300, "2026-03-05", "I-2"))).Expect(200);
        (await server.Post("/promises", Promise("P-2", 700, "2026-03-06", "I-1"))).Expect(200);
        (await server.Post("/promises", Promise("P-3", 100, "2026-03-20", "I-2"))).Expect(200);
        await Pay(server, "R", 300, "I-2");
        await Pay(server, "S", 200, "I-1");
        (await server.Post("/clock", new { today = "2026-03-10" })).Expect(200);
        var told = (await server.Get("/customers/C/promises?limit=2")).Expect(200);
        Assert.Equal(("1", "1", "1", "0"), (told["open"], told["kept"], told["partiallyKept"], told["broken"]));
        Assert.Equal(("0.5", "0.5"), (told["keptRate"]!.TrimEnd('0'), told["keptValueRate"]!.TrimEnd('0')));
        Assert.Equal(["P-3", "P-2"], told.Body.GetProperty("promises").EnumerateArray().Select(promise => promise.GetProperty("number").GetString()));
        (await server.Get("/customers/C/promises?limit=0")).Expect(422, "field-invalid");
        (await server.Get("/customers/nobody/promises")).Expect(404, "customer-unknown");
    }

    [Fact]
    public async Task What_cannot_be_promised_is_refused_with_its_field()
    {
        await using var server = await Started();
        (await server.Put("/customers/E", new { name = "E", country = "FR", currency = "EUR", paymentTerms = "NET30", group = "C" })).Expect(200);
        foreach (var (number, customer, currency) in new[] { ("I-3", "E", "EUR"), ("I-4", "C", "USD") })
            (await server.Post("/invoices", new { number, customer, date = "2026-01-01", dueDate = "2026-02-01", currency, amount = 10 })).Expect(200);
        (await server.Post("/promises", Promise("P", 1, "2026-03-10", "none"))).Expect(404, "invoice-unknown");
        (await server.Post("/promises", new { number = "P", customer = "nobody", invoices = new[] { "I-1" }, amount = 1, date = "2026-03-10" })).Expect(404, "customer-unknown");
        await Refused("invoices[1]", Promise("P", 1, "2026-03-10", "I-1", "I-3"));
        await Refused("invoices[1]", Promise("P", 1, "2026-03-10", "I-1", "I-4"));
        await Refused("invoices", Promise("P", 1, "2026-03-10", "I-1", "I-1"));
        await Refused("invoices", Promise("P", 1, "2026-03-10"));
        await Refused("amount", Promise("P", 0, "2026-03-10", "I-1"));
        await Refused("date", Promise("P", 1, "2026-03-01", "I-1"));
        await Refused("made", new { number = "P", customer = "C", invoices = new[] { "I-1" }, amount = 1, date = "2026-03-10", made = "2026-03-03" });
        (await server.Post("/promises", Promise("P", 1, "2026-03-10", "I-1"), "cora:customerService")).Expect(403, "not-permitted");

        (await server.Post("/promises", Promise("P", 900, "2026-03-10", "I-1"))).Expect(200);
        Assert.Equal("amount", (await server.Post("/promises", Promise("Q", 100.01m, "2026-03-10", "I-1"))).Expect(422, "promise-exceeds-invoices")["field"]);
        (await server.Post("/promises", Promise("Q", 100, "2026-03-10", "I-1"))).Expect(200);
        (await server.Get("/promises/none")).Expect(404, "promise-unknown");

        async Task Refused(string field, object body) => Assert.Equal(field, (await server.Post("/promises", body)).Expect(422, "field-invalid")["field"]);
    }

    [Fact]
    public async Task Our_promise_of_a_credit_note_is_shown_lowers_nothing_and_is_kept_by_credit_notes_on_the_invoice()
    {
        await using var server = await Started();
        var promise = (await server.Post("/credit-note-promises", Credit("K", 300), "bill:billing")).Expect(200);
        Assert.Equal(("open", "0.00", "2026-03-02"), (promise["status"], promise["kept"], promise["made"]));
        Assert.Equal(("300.00", "1500.00"), await Figures(server));
        (await server.Post("/credit-note-promises", Credit("L", 700.01m))).Expect(422, "promise-exceeds-invoices");
        (await server.Post("/credit-note-promises", Credit("L", 200))).Expect(200);
        var rows = (await server.Get("/customers/C/exposure/rows?term=promisedCreditNotes")).Expect(200);
        Assert.Equal(["K 300.00", "L 200.00"], rows.Body.GetProperty("rows").EnumerateArray()
            .Select(row => $"{row.GetProperty("number").GetString()} {row.GetProperty("amount").GetRawText()}"));

        (await server.Post("/credit-notes", new { number = "N-1", customer = "C", date = "2026-03-02", currency = "EUR", amount = 350, invoice = "I-1" })).Expect(200);
        Assert.Equal(("kept", "300.00"), Told(await server.Get("/credit-note-promises/K")));
        Assert.Equal(("open", "50.00"), Told(await server.Get("/credit-note-promises/L")));
        Assert.Equal(("150.00", "1150.00"), await Figures(server));
        Assert.Equal(("cancelled", "50.00"), Told(await server.Post("/credit-note-promises/L/cancel", new { reason = "settled" })));
        Assert.Equal(("cancelled", "50.00"), Told(await server.Post("/credit-note-promises/L/cancel", new { reason = "settled" })));
        Assert.Equal(("0.00", "1150.00"), await Figures(server));
        (await server.Post("/credit-note-promises/K/cancel", new { reason = "late" })).Expect(409, "credit-note-promise-kept");

        Assert.Equal("K", await Listed("?status=kept"));
        Assert.Equal("K", await Listed("?limit=1"));
        Assert.Equal("L", await Listed("?limit=1&cursor=2026-03-20_K"));
        Assert.Equal("K L", await Listed("?payer=C&owner=billing"));
        Assert.Equal("", await Listed("?status=open"));

        static (string?, string?) Told(ServerReply reply) => (reply.Expect(200)["status"], reply["kept"]);

        async Task<string> Listed(string query) => string.Join(' ', (await server.Get("/credit-note-promises" + query)).Expect(200).Body
            .GetProperty("promises").EnumerateArray().Select(listed => listed.GetProperty("number").GetString()));
    }

    [Fact]
    public async Task What_we_cannot_promise_to_credit_is_refused_with_its_field()
    {
        await using var server = await Started();
        (await server.Post("/credit-note-promises", Credit("K", 1, invoice: "none"))).Expect(404, "invoice-unknown");
        (await server.Post("/credit-note-promises", Credit("K", 1, customer: "nobody"))).Expect(404, "customer-unknown");
        await Refused("amount", Credit("K", 1.001m));
        await Refused("reason", Credit("K", 1, reason: " "));
        await Refused("dueBy", Credit("K", 1, dueBy: "2026-03-01"));
        await Refused("date", Credit("K", 1, date: "2026-03-03"));
        (await server.Post("/credit-note-promises", Credit("K", 1), "kim:collector")).Expect(403, "not-permitted");
        (await server.Get("/credit-note-promises/none")).Expect(404, "credit-note-promise-unknown");
        (await server.Post("/credit-note-promises/none/cancel", new { reason = "late" })).Expect(404, "credit-note-promise-unknown");
        (await server.Post("/credit-note-promises/none/cancel", new { reason = "" })).Expect(422, "field-invalid");
        (await server.Get("/credit-note-promises?limit=501")).Expect(422, "field-invalid");

        async Task Refused(string field, object body) => Assert.Equal(field, (await server.Post("/credit-note-promises", body)).Expect(422, "field-invalid")["field"]);
    }

    async Task<RunningServer> Started()
    {
        var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        (await server.Put("/customers/C", new
        {
            name = "C", country = "FR", currency = "EUR", paymentTerms = "NET30", riskClass = "B",
            billingAddress = new { line1 = "1 rue du Port", city = "Lyon", postalCode = "69002", country = "FR" },
        })).Expect(200);
        (await server.Post("/limits", new { customer = "C", kind = "standing", limit = "unlimited", currency = "EUR", validFrom = "2026-01-01", reason = "new" })).Expect(200);
        foreach (var (number, due, amount) in new[] { ("I-1", "2026-02-10", 1000), ("I-2", "2026-02-05", 500) })
            (await server.Post("/invoices", new { number, customer = "C", date = "2026-01-01", dueDate = due, currency = "EUR", amount })).Expect(200);
        return server;
    }

    static async Task Pay(RunningServer server, string number, decimal amount, string invoice, bool cleared = true, string date = "2026-03-02")
    {
        (await server.Post("/receipts", new { number, payer = "C", date, currency = "EUR", amount, cleared })).Expect(200);
        (await server.Post($"/receipts/{number}/allocations", new[] { new { invoice, amount } })).Expect(200);
    }

    static async Task<string?> Status(RunningServer server) => (await server.Get("/promises/P")).Expect(200)["status"];

    static async Task<string> Parts(RunningServer server) => string.Join(", ", (await server.Get("/promises/P")).Expect(200).Body.GetProperty("invoices").EnumerateArray()
        .Select(part => $"{part.GetProperty("invoice").GetString()} {part.GetProperty("amount").GetRawText()} {part.GetProperty("paid").GetRawText()}"));

    /// <summary>Promised credit notes and the decision exposure.</summary>
    static async Task<(string?, string?)> Figures(RunningServer server)
    {
        var exposure = (await server.Get("/customers/C/exposure")).Expect(200);
        return (exposure["promisedCreditNotes"], exposure["decision"]);
    }

    /// <summary>What a check of a small order finds.</summary>
    static async Task<string> Found(RunningServer server)
    {
        var lines = new[] { new { line = 1, item = "a", quantity = 1, unitPrice = 5, taxRate = 0 } };
        var order = new { number = "SO", customer = "C", currency = "EUR", orderDate = "2026-03-02", lines };
        var findings = (await server.Post("/orders/check", order)).Expect(200).Body.GetProperty("findings").EnumerateArray();
        return string.Join(' ', findings.Select(finding => finding.GetProperty("code").GetString()));
    }

    static object Promise(string number, decimal amount, string date, params string[] invoices) => new { number, customer = "C", invoices, amount, date };

    static object Credit(
        string number, decimal amount, string invoice = "I-1", string customer = "C", string reason = "damaged", string dueBy = "2026-03-20", string date = "2026-03-02") =>
        new { number, customer, invoice, amount, reason, owner = "billing", dueBy, date };
}
