using Aval.Tests.Infrastructure;

namespace Aval.Tests.Disputes;

public sealed class DisputesOnSqlite(SqliteServer fixture) : DisputesOverHttpTests(fixture, null), IClassFixture<SqliteServer>;

public sealed class DisputesOnPostgres(PostgresServer fixture, PostgresCluster cluster) : DisputesOverHttpTests(fixture, cluster), IClassFixture<PostgresServer>;

/// <summary>Disputes as their clients see them. The business date is 2 March 2026; each customer has one invoice of 1,000 EUR, due on 10 February.</summary>
public abstract class DisputesOverHttpTests(ServerFixture fixture, PostgresCluster? cluster)
{
    const string Service = "cora:customerService";
    const string Credit = "carl:creditAnalyst";

    [Fact]
    public async Task A_dispute_is_recorded_qualified_settled_and_leaves_the_figures()
    {
        var server = await Customers("D1");
        var recorded = (await server.Post("/disputes", Dispute("D1", 400, "unqualified"), Service)).Expect(200);
        Assert.Equal(("open", "unqualified", "2026-03-02", "2026-02-10"), (recorded["status"], recorded["legitimacy"], recorded["raised"], recorded["dueDate"]));
        Assert.Equal(("400.00", "1000.00", "0.00"), await Figures(server, "D1"));

        var qualified = (await server.Patch("/disputes/D1-D", new { legitimacy = "companyFault", person = "Quinn" }, Credit)).Expect(200);
        Assert.Equal(("qualified", "2026-03-02", "Quinn"), (qualified["status"], qualified["qualifiedOn"], qualified["person"]));
        Assert.Equal(("400.00", "600.00", "400.00"), await Figures(server, "D1"));

        Assert.Equal("creditNoteDue", (await server.Patch("/disputes/D1-D", new { status = "creditNoteDue", amount = 300 }, Credit)).Expect(200)["status"]);
        Assert.Equal(("300.00", "700.00", "300.00"), await Figures(server, "D1"));
        (await server.Post("/credit-notes", new { number = "D1-N", customer = "D1", date = "2026-03-02", currency = "EUR", amount = 300, invoice = "D1-I" })).Expect(200);
        var closed = (await server.Patch("/disputes/D1-D", new { status = "closed" }, Service)).Expect(200);
        Assert.Equal(("closed", "2026-03-02", "300.00", "400.00"), (closed["status"], closed["ended"], closed["amount"], closed["original"]));
        Assert.Equal(("0.00", "700.00", "0.00"), await Figures(server, "D1"));
        Assert.Equal("closed", (await server.Get("/disputes/D1-D")).Expect(200)["status"]);
        (await server.Patch("/disputes/D1-D", new { person = "Carl" }, Service)).Expect(409, "dispute-ended");
    }

    [Fact]
    public async Task Each_step_of_a_dispute_is_work_and_the_credit_note_clears_what_it_reaches()
    {
        var server = await Customers("D8");
        (await server.Post("/disputes", Dispute("D8", 400, "unqualified"), Service)).Expect(200);
        Assert.Equal("disputeToOwn quality 2026-03-07", await Work(server, "D8-D"));
        (await server.Patch("/disputes/D8-D", new { person = "Quinn" }, Service)).Expect(200);
        Assert.Equal("disputeToQualify quality 2026-03-12", await Work(server, "D8-D"));
        (await server.Patch("/disputes/D8-D", new { legitimacy = "companyFault" }, Credit)).Expect(200);
        Assert.Equal("disputeToResolve quality 2026-05-01", await Work(server, "D8-D"));
        (await server.Patch("/disputes/D8-D", new { status = "creditNoteDue" }, Credit)).Expect(200);
        Assert.Equal("creditNoteToIssue billing 2026-03-12", await Work(server, "D8-D"));

        await CreditNote("D8-N1", 150);
        var left = (await server.Get("/disputes/D8-D")).Expect(200);
        Assert.Equal(("creditNoteDue", "250.00", "400.00"), (left["status"], left["amount"], left["original"]));
        Assert.Equal(("250.00", "600.00", "250.00"), await Figures(server, "D8"));
        Assert.Equal("creditNoteToIssue billing 2026-03-12", await Work(server, "D8-D"));

        var told = Assert.Single((await server.Get("/customers/D8/undisputed-balance")).Expect(200).Body.GetProperty("balances").EnumerateArray());
        Assert.Equal(("850.00", "250.00", "600.00"), (told.GetProperty("open").GetRawText(), told.GetProperty("disputed").GetRawText(), told.GetProperty("pastDue").GetRawText()));
        Assert.Contains("Please pay the 600.00 EUR that are past due and not disputed: D8-I: 600.00 EUR, due on 2026-02-10.", told.GetProperty("request").GetString()!,
            StringComparison.Ordinal);

        await CreditNote("D8-N2", 250);
        Assert.Equal(("closed", "2026-03-02"), ((await server.Get("/disputes/D8-D")).Expect(200)["status"], (await server.Get("/disputes/D8-D"))["ended"]));
        Assert.Equal("", await Work(server, "D8-D"));
        Assert.Equal(("0.00", "600.00", "0.00"), await Figures(server, "D8"));
        (await server.Get("/customers/none/undisputed-balance")).Expect(404, "customer-unknown");
        Assert.True((await server.Get("/journal/verify")).Expect(200).Body.GetProperty("valid").GetBoolean());

        async Task CreditNote(string number, decimal amount) =>
            (await server.Post("/credit-notes", new { number, customer = "D8", date = "2026-03-02", currency = "EUR", amount, invoice = "D8-I" })).Expect(200);
    }

    [Fact]
    public async Task The_credit_note_that_is_due_is_billings_work_though_nobody_has_taken_the_dispute()
    {
        var server = await Customers("D10");
        (await server.Post("/disputes", Dispute("D10", 400, "companyFault"), Credit)).Expect(200);
        Assert.Equal("disputeToOwn quality 2026-03-07", await Work(server, "D10-D"));
        (await server.Patch("/disputes/D10-D", new { status = "creditNoteDue" }, Credit)).Expect(200);
        Assert.Equal("creditNoteToIssue billing 2026-03-12", await Work(server, "D10-D"));
    }

    [Fact]
    public async Task A_dispute_that_the_whole_credit_closed_does_not_come_back_with_its_invoice()
    {
        var server = await Customers("D9");
        (await server.Post("/disputes", Dispute("D9", 400, "companyFault"))).Expect(200);
        (await server.Patch("/disputes/D9-D", new { status = "creditNoteDue" })).Expect(200);
        await Pay(server, "D9", 600);
        (await server.Post("/credit-notes", new { number = "D9-N", customer = "D9", date = "2026-03-02", currency = "EUR", amount = 400, invoice = "D9-I" })).Expect(200);
        Assert.Equal("closed", (await server.Get("/disputes/D9-D")).Expect(200)["status"]);
        (await server.Post("/receipts/D9-R/return", new { date = "2026-03-02", reason = "recalled" })).Expect(200);
        Assert.Equal(("0.00", "600.00", "0.00"), await Figures(server, "D9"));
    }

    /// <summary>What is to be done about a dispute: what, by whom, by when.</summary>
    static async Task<string> Work(RunningServer server, string dispute)
    {
        var lines = (await server.Get("/work?limit=500")).Expect(200).Body.GetProperty("work").EnumerateArray();
        return string.Join('|', lines.Where(line => line.GetProperty("subject").GetString() == dispute)
            .Select(line => $"{line.GetProperty("code").GetString()} {line.GetProperty("owner").GetString()} {line.GetProperty("dueOn").GetString()}"));
    }

    [Fact]
    public async Task Whose_fault_it_is_only_quality_and_credit_say()
    {
        var server = await Customers("D2");
        (await server.Post("/disputes", Dispute("D2", 400, "companyFault"), Service)).Expect(403, "not-permitted");
        (await server.Post("/disputes", Dispute("D2", 400, "customerFault"), Service)).Expect(403, "not-permitted");
        (await server.Post("/disputes", Dispute("D2", 400, "unqualified"), "odo:orderManager")).Expect(403, "not-permitted");
        (await server.Post("/disputes", Dispute("D2", 400, "unqualified"), Service)).Expect(200);
        foreach (var judgement in new object[] { new { legitimacy = "companyFault" }, new { status = "rejected" } })
            (await server.Patch("/disputes/D2-D", judgement, Service)).Expect(403, "not-permitted");
        Assert.Equal("500.00", (await server.Patch("/disputes/D2-D", new { amount = 500, note = "two pallets" }, Service)).Expect(200)["amount"]);
        (await server.Patch("/disputes/D2-D", new { legitimacy = "companyFault" }, Credit)).Expect(200);
        (await server.Patch("/disputes/D2-D", new { amount = 600 }, Service)).Expect(403, "not-permitted");
        Assert.Equal("450.00", (await server.Patch("/disputes/D2-D", new { amount = 450, status = "inProgress" }, Service)).Expect(200)["amount"]);
    }

    [Fact]
    public async Task An_amount_is_in_one_dispute_at_most_and_counts_as_far_as_it_is_open()
    {
        var server = await Customers("D3");
        (await server.Post("/disputes", Dispute("D3", 600, "companyFault"))).Expect(200);
        Assert.Equal("amount", (await server.Post("/disputes", Dispute("D3", 400.01m, "shared", "D3-E"))).Expect(422, "dispute-exceeds-invoice")["field"]);
        (await server.Post("/disputes", Dispute("D3", 400, "shared", "D3-E"))).Expect(200);
        (await server.Patch("/disputes/D3-D", new { amount = 601 })).Expect(422, "dispute-exceeds-invoice");
        Assert.Equal(("1000.00", "400.00", "600.00"), await Figures(server, "D3"));
        Assert.Equal(["D3-D 600.00", "D3-E 400.00"], await Rows(server, "D3", "disputed"));

        await Pay(server, "D3", 500);
        Assert.Equal(("500.00", "0.00", "500.00"), await Figures(server, "D3"));
        Assert.Equal(["D3-D 500.00"], await Rows(server, "D3", "disputed"));
        (await server.Post("/receipts/D3-R/return", new { date = "2026-03-02", reason = "recalled" })).Expect(200);
        Assert.Equal(("1000.00", "400.00", "600.00"), await Figures(server, "D3"));

        // Closed while its invoice is settled, it does not come back with the invoice.
        await Pay(server, "D3", 1000, "D3-S");
        (await server.Patch("/disputes/D3-D", new { status = "closed" })).Expect(200);
        (await server.Post("/receipts/D3-S/return", new { date = "2026-03-02", reason = "recalled" })).Expect(200);
        Assert.Equal(("400.00", "1000.00", "0.00"), await Figures(server, "D3"));
    }

    [Fact]
    public async Task What_cannot_be_is_refused_with_its_field()
    {
        var server = await Customers("D4");
        (await server.Post("/invoices", Invoice("D4-X", "D4", draft: true))).Expect(200);
        (await server.Post("/disputes", Dispute("D4", 1, "unqualified", invoice: "none"))).Expect(404, "invoice-unknown");
        (await server.Post("/disputes", Dispute("D4", 1, "unqualified", invoice: "D4-X"))).Expect(422, "dispute-exceeds-invoice");
        await Refused("amount", ("amount", 0));
        await Refused("amount", ("amount", 1.001));
        await Refused("number", ("number", "@D"));
        await Refused("reason", ("reason", "mood"));
        await Refused("legitimacy", ("legitimacy", "ours"));
        await Refused("owner", ("owner", "nobody"));
        await Refused("date", ("date", "2026-03-03"));
        await Refused("date", ("date", "2026-01-09"));
        await Refused("preventedBy", ("preventedBy", "Price Deviates"));
        (await server.Get("/disputes/none")).Expect(404, "dispute-unknown");
        (await server.Patch("/disputes/none", new { status = "closed" })).Expect(404, "dispute-unknown");
        (await server.Get("/disputes?limit=0")).Expect(422, "field-invalid");

        (await server.Post("/disputes", Dispute("D4", 100, "unqualified"))).Expect(200);
        await Contradicts(new { status = "qualified" });
        await Contradicts(new { status = "creditNoteDue" });
        await Contradicts(new { legitimacy = "companyFault", status = "rejected" });
        await Contradicts(new { legitimacy = "shared", status = "open" });
        (await server.Patch("/disputes/D4-D", new { amount = -1 })).Expect(422, "field-invalid");

        async Task Refused(string field, (string Name, object Value) change)
        {
            var body = Dispute("D4", 100, "unqualified", "D4-Z");
            body[change.Name] = change.Value;
            Assert.Equal(field, (await server.Post("/disputes", body)).Expect(422, "field-invalid")["field"]);
        }

        async Task Contradicts(object change) => Assert.Equal("status", (await server.Patch("/disputes/D4-D", change)).Expect(422, "field-invalid")["field"]);
    }

    [Fact]
    public async Task Aging_tells_what_was_in_dispute_on_any_day()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        await Enter(server, "D5");
        var dispute = Dispute("D5", 400, "unqualified");
        dispute["date"] = "2026-02-20";
        (await server.Post("/disputes", dispute)).Expect(200);
        (await server.Post("/clock", new { today = "2026-03-10" })).Expect(200);
        (await server.Patch("/disputes/D5-D", new { status = "closed" })).Expect(200);
        foreach (var (day, disputed) in new[] { ("2026-02-19", "0.00"), ("2026-02-20", "400.00"), ("2026-03-09", "400.00"), ("2026-03-10", "0.00") })
        {
            Assert.Equal((disputed, "1000.00"), Told(await server.Get($"/customers/D5/aging?asOf={day}")));
            Assert.Equal((disputed, "1000.00"), Told(await server.Get($"/aging?asOf={day}")));
            Assert.Equal((disputed, "1000.00"), Told(await server.Get($"/aging?by=currency&asOf={day}")));
            var row = (await server.Get($"/aging?by=currency&asOf={day}")).Body.GetProperty("rows")[0];
            Assert.Equal(disputed, row.GetProperty("disputed").GetRawText());
        }

        static (string?, string?) Told(ServerReply reply) => (reply.Expect(200)["disputed"], reply["total"]);
    }

    [Fact]
    public async Task Disputes_are_listed_in_pages_by_what_is_asked_for()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        foreach (var customer in new[] { "A", "B" }) await Enter(server, customer);
        foreach (var (number, customer, day) in new[] { ("1", "A", "2026-02-20"), ("2", "B", "2026-02-20"), ("3", "A", "2026-02-11") })
        {
            var dispute = Dispute(customer, 100, number == "2" ? "shared" : "unqualified", number);
            dispute["date"] = day;
            (await server.Post("/disputes", dispute)).Expect(200);
        }

        (await server.Patch("/disputes/1", new { status = "rejected" })).Expect(200);
        (await server.Put("/customers/A", new { group = "B" })).Expect(200);
        Assert.Equal(("3 1 2", ""), await Listed(""));
        Assert.Equal(("3 1", "2026-02-20_1"), await Listed("?limit=2"));
        Assert.Equal(("2", ""), await Listed("?limit=2&cursor=2026-02-20_1"));
        Assert.Equal(("3 1", ""), await Listed("?payer=A"));
        Assert.Equal(("2", ""), await Listed("?status=qualified&owner=quality"));
        Assert.Equal(("3 2", ""), await Listed("?standing=true"));
        Assert.Equal(("1", ""), await Listed("?standing=false"));
        Assert.True((await server.Get("/journal/verify")).Expect(200).Body.GetProperty("valid").GetBoolean(), (await server.Get("/journal/verify")).Text);

        async Task<(string, string?)> Listed(string query)
        {
            var page = (await server.Get("/disputes" + query)).Expect(200);
            return (string.Join(' ', page.Body.GetProperty("disputes").EnumerateArray().Select(dispute => dispute.GetProperty("number").GetString())), page["next"]);
        }
    }

    [Fact]
    public async Task A_held_order_is_released_once_our_fault_is_qualified_and_disputes_move_with_their_payer()
    {
        var server = await Customers("D7", "D7g");
        (await server.Post("/limits", new
        {
            customer = "D7", kind = "standing", limit = "amount", amount = 1000, currency = "EUR", validFrom = "2026-01-01", reason = "new",
        })).Expect(200);
        (await server.Post("/disputes", Dispute("D7", 1000, "unqualified"))).Expect(200);
        var lines = new[] { new { line = 1, item = "a", quantity = 1, unitPrice = 500, taxRate = 0 } };
        var order = new { number = "D7-SO", customer = "D7", currency = "EUR", orderDate = "2026-03-02", lines };
        Assert.Equal("held", (await server.Post("/orders", order)).Expect(200)["status"]);
        (await server.Put("/customers/D7", new { group = "D7g" })).Expect(200);
        (await server.Patch("/disputes/D7-D", new { legitimacy = "companyFault" }, Credit)).Expect(200);
        Assert.Equal("released", (await server.Get("/orders/D7-SO")).Expect(200)["status"]);
        Assert.Equal(("1000.00", "0.00", "1000.00"), await Figures(server, "D7", orders: 500));
    }

    async Task<RunningServer> Customers(params string[] numbers)
    {
        var server = await fixture.StartedAsync();
        foreach (var number in numbers) await Enter(server, number);
        return server;
    }

    static async Task Enter(RunningServer server, string number)
    {
        (await server.Put($"/customers/{number}", new { name = number, country = "DE", currency = "EUR", paymentTerms = "NET30", riskClass = "B" })).Expect(200);
        (await server.Put($"/customers/{number}", new { billingAddress = new { line1 = "Hafen 1", city = "Kiel", postalCode = "24103", country = "DE" } })).Expect(200);
        (await server.Post("/invoices", Invoice(number + "-I", number))).Expect(200);
    }

    static async Task Pay(RunningServer server, string customer, decimal amount, string? receipt = null)
    {
        receipt ??= customer + "-R";
        (await server.Post("/receipts", new { number = receipt, payer = customer, date = "2026-03-02", currency = "EUR", amount })).Expect(200);
        (await server.Post($"/receipts/{receipt}/allocations", new[] { new { invoice = customer + "-I", amount } })).Expect(200);
    }

    /// <summary>Disputed, decision exposure without orders, and left out.</summary>
    static async Task<(string?, string?, string?)> Figures(RunningServer server, string customer, decimal orders = 0)
    {
        var exposure = (await server.Get($"/customers/{customer}/exposure")).Expect(200);
        var decision = decimal.Parse(exposure["decision"]!, System.Globalization.CultureInfo.InvariantCulture) - orders;
        return (exposure["disputed"], decision.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture), exposure["leftOut"]);
    }

    static async Task<IEnumerable<string>> Rows(RunningServer server, string customer, string term)
    {
        var rows = (await server.Get($"/customers/{customer}/exposure/rows?term={term}")).Expect(200).Body.GetProperty("rows").EnumerateArray();
        return rows.Select(row => $"{row.GetProperty("number").GetString()} {row.GetProperty("amount").GetRawText()}").Order(StringComparer.Ordinal);
    }

    static Dictionary<string, object> Dispute(string customer, decimal amount, string legitimacy, string? number = null, string? invoice = null) => new()
    {
        ["number"] = number ?? customer + "-D", ["invoice"] = invoice ?? customer + "-I", ["amount"] = amount, ["reason"] = "quality", ["legitimacy"] = legitimacy,
        ["owner"] = "quality",
    };

    static object Invoice(string number, string customer, bool draft = false) =>
        new { number, customer, date = "2026-01-10", dueDate = "2026-02-10", currency = "EUR", amount = 1000, draft };
}
