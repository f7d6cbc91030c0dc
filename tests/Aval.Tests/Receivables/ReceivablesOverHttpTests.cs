using System.Globalization;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Receivables;

public sealed class ReceivablesOnSqlite(SqliteServer fixture) : ReceivablesOverHttpTests(fixture, null), IClassFixture<SqliteServer>;

public sealed class ReceivablesOnPostgres(PostgresServer fixture, PostgresCluster cluster)
    : ReceivablesOverHttpTests(fixture, cluster), IClassFixture<PostgresServer>;

/// <summary>The documents of receivables as their clients see them. The business date is 2 March 2026.</summary>
public abstract class ReceivablesOverHttpTests(ServerFixture fixture, PostgresCluster? cluster)
{
    const string Billing = "bill:billing";
    const string Cash = "alma:accountsReceivable";

    [Fact]
    public async Task An_order_goes_through_delivery_and_invoice_to_cash_and_a_return_opens_it_again()
    {
        var server = await Customers("T1");
        await server.Post("/orders", new { number = "T1-SO", customer = "T1", currency = "EUR", orderDate = "2026-02-01", lines = new[] { Line(1, 10, 100, 19) } });
        (await server.Post("/orders/T1-SO/deliveries", new { date = "2026-02-10", lines = new[] { new { line = 1, quantity = 10 } } })).Expect(200);

        var posted = (await server.Post("/invoices", Invoice("T1-I", "T1", 1190, due: "2026-02-20", order: "T1-SO"), Billing)).Expect(200);
        Assert.Equal(("T1-I", "open", "1190.00"), (posted["number"], posted["status"], posted["open"]));
        Assert.Equal("closed", (await server.Get("/orders/T1-SO")).Expect(200)["status"]);

        (await server.Post("/receipts", Receipt("T1-R", "T1", 1200, cleared: false), Cash)).Expect(200);
        (await server.Post("/receipts/T1-R/allocations", new[] { new { invoice = "T1-I", amount = 1190m, date = "2026-02-25" } }, Cash)).Expect(200);
        Assert.Equal(("open", "1190.00", "1190.00"), await InvoiceNow(server, "T1-I"));

        var cleared = (await server.Post("/receipts/T1-R/clear", new { date = "2026-02-27" }, Cash)).Expect(200);
        Assert.Equal(("cleared", "10.00"), (cleared["status"], cleared["open"]));
        Assert.Equal(("settled", "0.00", "0.00"), await InvoiceNow(server, "T1-I"));
        Assert.Equal(cleared.Text, (await server.Post("/receipts/T1-R/clear", new { date = "2026-02-28" }, Cash)).Expect(200).Text);

        var returned = (await server.Post("/receipts/T1-R/return", new { date = "2026-03-01", reason = "recalled" }, Cash)).Expect(200);
        Assert.Equal(("returned", "0.00", "0.00"), (returned["status"], returned["open"], returned["allocated"]));
        Assert.Equal(("open", "1190.00", "0.00"), await InvoiceNow(server, "T1-I"));
        Assert.Equal(returned.Text, (await server.Post("/receipts/T1-R/return", new { date = "2026-03-01", reason = "recalled" }, Cash)).Expect(200).Text);
        Assert.Equal("receipt-returned", (await server.Post("/receipts/T1-R/clear", new { date = "2026-03-01" }, Cash)).Code);

        var trail = (await server.Get("/receipts/T1-R/allocations")).Expect(200).Body.EnumerateArray().ToList();
        Assert.Equal([1190m, -1190m], trail.Select(part => part.GetProperty("amount").GetDecimal()));
        Assert.Equal(["2026-02-27", "2026-03-01"], trail.Select(part => part.GetProperty("countsFrom").GetString()));
        await Ages(server, "T1", """
            asOf        | notDue  d1to30  total
            2026-02-09  | 0       0       0
            2026-02-10  | 1190    0       1190
            2026-02-26  | 0       1190    1190
            2026-02-27  | 0       0       0
            2026-02-28  | 0       0       0
            2026-03-01  | 0       1190    1190
            2026-03-02  | 0       1190    1190
            """);
    }

    [Fact]
    public async Task A_rejected_invoice_is_work_for_billing_until_it_is_corrected_or_settled()
    {
        var server = await Customers("RJ");
        foreach (var number in new[] { "RJ-1", "RJ-2" })
        {
            (await server.Post("/invoices", Invoice(number, "RJ", 100, due: "2026-02-20"), Billing)).Expect(200);
            var rejected = new { status = "rejected", reason = "no order number", fault = "company", date = "2026-02-25" };
            (await server.Post($"/invoices/{number}/status", rejected, Billing)).Expect(200);
        }

        Assert.Equal(["RJ-1 billing 2026-03-02", "RJ-2 billing 2026-03-02"], await Work());
        (await server.Post("/invoices/RJ-1/status", new { status = "corrected", reason = "number added" }, Billing)).Expect(200);
        Assert.Equal(["RJ-2 billing 2026-03-02"], await Work());
        (await server.Post("/credit-notes", new { number = "RJ-N", customer = "RJ", date = "2026-03-02", currency = "EUR", amount = 100, invoice = "RJ-2" })).Expect(200);
        Assert.Empty(await Work());

        async Task<IEnumerable<string>> Work() => (await server.Get("/work?limit=500")).Expect(200).Body.GetProperty("work").EnumerateArray()
            .Where(line => line.GetProperty("code").GetString() == "rejectedInvoice" && line.GetProperty("customer").GetString() == "RJ")
            .Select(line => $"{line.GetProperty("subject").GetString()} {line.GetProperty("owner").GetString()} {line.GetProperty("dueOn").GetString()}")
            .Order(StringComparer.Ordinal).ToList();
    }

    [Fact]
    public async Task How_a_payer_pays_is_told_from_its_cleared_payments_and_a_return_takes_back_what_it_added()
    {
        var server = await Customers("T9");
        var nothing = (await server.Get("/customers/T9/behaviour")).Expect(200);
        Assert.Equal(("T9", "0", 0), (nothing["payer"], nothing["daysLate"], nothing.Body.GetProperty("months").GetArrayLength()));
        await server.Post("/invoices", Invoice("T9-I1", "T9", 100, due: "2026-02-20"), Billing);
        await server.Post("/invoices", Invoice("T9-I2", "T9", 300, due: "2026-02-20"), Billing);
        foreach (var (receipt, amount) in new[] { ("T9-R1", 100m), ("T9-R2", 300m) })
            (await server.Post("/receipts", Receipt(receipt, "T9", amount, cleared: false), Cash)).Expect(200);
        (await server.Post("/receipts/T9-R1/allocations", new[] { new { invoice = "T9-I1", amount = 100m } }, Cash)).Expect(200);
        (await server.Post("/receipts/T9-R2/allocations", new[] { new { invoice = "T9-I2", amount = 300m, date = "2026-02-25" } }, Cash)).Expect(200);
        Assert.Equal("0", (await server.Get("/customers/T9/behaviour")).Expect(200)["daysLate"]);

        (await server.Post("/receipts/T9-R1/clear", new { date = "2026-03-01" }, Cash)).Expect(200);
        (await server.Post("/receipts/T9-R2/clear", new { date = "2026-02-27" }, Cash)).Expect(200);
        // 9 days for 100, whose money was ours the day before it found its invoice in March; 7 for 300 in February.
        var both = (await server.Get("/customers/T9/behaviour")).Expect(200);
        Assert.Equal(("7.5", "2", "0.87", "8"), (both["level"], both["trend"], both["deviation"], both["daysLate"]));
        Assert.Equal(["2026-03", "2026-02"], both.Body.GetProperty("months").EnumerateArray().Select(month => month.GetProperty("month").GetString()));

        (await server.Post("/receipts/T9-R1/return", new { date = "2026-03-02", reason = "recalled" }, Cash)).Expect(200);
        var one = (await server.Get("/customers/T9/behaviour")).Expect(200);
        Assert.Equal(("7", "7"), (one["level"], one["daysLate"]));
        Assert.True((await server.Get("/journal/verify")).Expect(200).Body.GetProperty("valid").GetBoolean());
        Assert.Equal("customer-unknown", (await server.Get("/customers/NOBODY/behaviour")).Code);
    }

    [Fact]
    public async Task Every_document_is_found_under_its_own_address_and_nothing_else_is()
    {
        var server = await Customers("T2");
        (await server.Post("/invoices", Invoice("T2/I 1", "T2", 100), Billing)).Expect(200);
        (await server.Post("/credit-notes", new { number = "T2-N", customer = "T2", date = "2026-02-11", currency = "EUR", amount = 30, invoice = "T2/I 1" }, Billing)).Expect(200);
        (await server.Post("/receipts", Receipt("T2-R", "T2", 20), Cash)).Expect(200);
        (await server.Post("/write-offs", new { number = "T2-W", invoice = "T2/I 1", date = "2026-02-12", amount = 0.5, reason = "cents" }, Cash)).Expect(200);
        Assert.Equal(("T2/I 1", "69.50"), Shown(await server.Get("/invoices/T2%2FI%201"), "open"));
        Assert.Equal(("T2-N", "30.00"), Shown(await server.Get("/credit-notes/T2-N"), "applied"));
        Assert.Equal(("T2-R", "20.00"), Shown(await server.Get("/receipts/T2-R"), "open"));
        Assert.Equal(("T2-W", "0.50"), Shown(await server.Get("/write-offs/T2-W"), "amount"));
        (await server.Get("/invoices/T2-R")).Expect(404, "invoice-unknown");
        (await server.Get("/credit-notes/T2-R")).Expect(404, "credit-note-unknown");
        (await server.Get("/receipts/T2-N")).Expect(404, "receipt-unknown");
        (await server.Get("/receipts/T2-N/allocations")).Expect(404, "receipt-unknown");
        (await server.Get("/write-offs/T2-N")).Expect(404, "write-off-unknown");
        (await server.Post("/receipts/T2-N/clear", new { date = "2026-03-01" })).Expect(404, "receipt-unknown");
        (await server.Post("/invoices/T2-N/issue", new { })).Expect(404, "invoice-unknown");
        (await server.Post("/write-offs", new { number = "T2-W2", invoice = "T2-N", date = "2026-02-12", amount = 1, reason = "cents" })).Expect(404, "invoice-unknown");
        (await server.Post("/invoices", Invoice("T2-I9", "nobody", 100))).Expect(404, "customer-unknown");
        (await server.Post("/invoices", Invoice("T2-I9", "T2", 100, order: "none"))).Expect(404, "order-unknown");
        (await server.Post("/receipts", new { number = "T2-R9", payer = "T2", date = "2026-02-20", currency = "EUR", amount = 1, depositFor = "none" }))
            .Expect(404, "order-unknown");
    }

    [Fact]
    public async Task A_number_is_used_once_and_sending_it_again_changes_nothing()
    {
        var server = await Customers("T3");
        var first = (await server.Post("/invoices", Invoice("T3-I", "T3", 100))).Expect(200);
        (await server.Post("/receipts", Receipt("T3-R", "T3", 100))).Expect(200);
        (await server.Post("/receipts/T3-R/allocations", new[] { new { invoice = "T3-I", amount = 40m } }, key: "once")).Expect(200);
        (await server.Post("/receipts/T3-R/allocations", new[] { new { invoice = "T3-I", amount = 40m } }, key: "once")).Expect(200);
        Assert.Equal(first.Text, (await server.Post("/invoices", Invoice("T3-I", "T3", 100))).Expect(200).Text);
        (await server.Post("/invoices", Invoice("T3-I", "T3", 101))).Expect(409, "key-reused");
        Assert.Equal(("open", "60.00", "0.00"), await InvoiceNow(server, "T3-I"));
    }

    [Fact]
    public async Task A_draft_is_no_debt_until_it_is_issued()
    {
        var server = await Customers("T4");
        var draft = (await server.Post("/invoices", Invoice("T4-I", "T4", 100, draft: true))).Expect(200);
        Assert.Equal(("draft", "0.00"), (draft["status"], draft["open"]));
        await Ages(server, "T4", "asOf | notDue d1to30 total\n 2026-03-02 | 0 0 0");
        Assert.Equal("open", (await server.Post("/invoices/T4-I/issue", new { }, Billing)).Expect(200)["status"]);
        Assert.Equal("open", (await server.Post("/invoices/T4-I/issue", new { }, Billing)).Expect(200)["status"]);
        await Ages(server, "T4", "asOf | notDue d1to30 total\n 2026-03-02 | 100 0 100");
    }

    [Fact]
    public async Task An_allocation_is_refused_for_what_it_exceeds_and_for_whom_it_is_not()
    {
        var server = await Customers("T5", "T5b");
        (await server.Put("/customers/T5c", Customer("EUR", group: "T5"))).Expect(200);
        (await server.Post("/invoices", Invoice("T5-I", "T5", 100))).Expect(200);
        (await server.Post("/invoices", Invoice("T5-I2", "T5b", 100))).Expect(200);
        (await server.Post("/invoices", Invoice("T5-I3", "T5c", 100))).Expect(200);
        (await server.Post("/receipts", Receipt("T5-R", "T5", 150))).Expect(200);
        (await Allocate(("T5-I", 100), ("T5-I3", 50.01m))).Expect(422, "allocation-exceeds-receipt");
        (await Allocate(("T5-I", 100.01m))).Expect(422, "allocation-exceeds-invoice");
        (await Allocate(("T5-I2", 1))).Expect(422, "invoice-of-another-root");
        (await Allocate(("none", 1))).Expect(404, "invoice-unknown");
        Assert.Equal("150.00", (await server.Get("/receipts/T5-R"))["open"]);
        Assert.Equal("0.00", (await Allocate(("T5-I", 100), ("T5-I3", 50))).Expect(200)["open"]);
        (await Allocate(("T5-I", 1))).Expect(422, "allocation-exceeds-receipt");

        Task<ServerReply> Allocate(params (string Invoice, decimal Amount)[] parts) =>
            server.Post("/receipts/T5-R/allocations", parts.Select(part => new { invoice = part.Invoice, amount = part.Amount }).ToArray());
    }

    [Fact]
    public async Task Each_act_needs_its_right()
    {
        var server = await Customers("T6");
        (await server.Post("/invoices", Invoice("T6-I", "T6", 100), Cash)).Expect(403, "not-permitted");
        (await server.Post("/credit-notes", new { number = "T6-N", customer = "T6", date = "2026-02-11", currency = "EUR", amount = 30 }, Cash)).Expect(403, "not-permitted");
        (await server.Post("/receipts", Receipt("T6-R", "T6", 100), Billing)).Expect(403, "not-permitted");
        (await server.Post("/receipts/T6-R/allocations", Array.Empty<object>(), Billing)).Expect(403, "not-permitted");
        (await server.Post("/write-offs", new { number = "T6-W", invoice = "T6-I", date = "2026-02-12", amount = 1, reason = "cents" }, Billing)).Expect(403, "not-permitted");
        (await server.Get("/customers/T6/aging", "quinn:quality")).Expect(200);
    }

    [Fact]
    public async Task Aging_tells_every_bucket_and_the_money_of_uncleared_receipts_is_still_owed()
    {
        var server = await Customers("T7");
        var number = 0;
        foreach (var (due, amount) in new[] { ("2026-03-02", 1m), ("2026-03-01", 2m), ("2026-01-31", 4m), ("2026-01-30", 8m), ("2026-01-01", 16m), ("2025-12-31", 32m),
            ("2025-12-02", 64m), ("2025-12-01", 128m) })
            (await server.Post("/invoices", new { number = $"T7-I{++number}", customer = "T7", date = "2025-12-01", dueDate = due, currency = "EUR", amount })).Expect(200);
        (await server.Post("/receipts", Receipt("T7-R", "T7", 100, cleared: false))).Expect(200);
        (await server.Post("/receipts/T7-R/allocations", new[] { new { invoice = "T7-I1", amount = 0.5m } })).Expect(200);
        var now = (await server.Get("/customers/T7/aging")).Expect(200);
        Assert.Equal(("1.00", "6.00", "24.00", "96.00", "128.00"), (now["notDue"], now["d1to30"], now["d31to60"], now["d61to90"], now["over90"]));
        Assert.Equal(("255.00", "0.00", "EUR", "2026-03-02", "dueDate"), (now["total"], now["disputed"], now["currency"], now["asOf"], now["basis"]));
        var byDate = (await server.Get("/customers/T7/aging?basis=documentDate&asOf=2025-12-31")).Expect(200);
        Assert.Equal(("255.00", "255.00"), (byDate["d1to30"], byDate["total"]));
        (await server.Get("/customers/T7/aging?asOf=2026-03-03")).Expect(422, "field-invalid");
        (await server.Get("/aging?asOf=2026-03-03")).Expect(422, "field-invalid");
        (await server.Get("/customers/nobody/aging")).Expect(404, "customer-unknown");
    }

    [Fact]
    public async Task A_branchs_aging_is_its_payers()
    {
        var server = await Customers("T8");
        (await server.Put("/customers/T8b", Customer("USD", payer: "T8"))).Expect(200);
        (await server.Post("/invoices", Invoice("T8-I", "T8b", 100))).Expect(200);
        var aging = (await server.Get("/customers/T8b/aging")).Expect(200);
        Assert.Equal(("T8b", "T8", "EUR", "100.00"), (aging["customer"], aging["payer"], aging["currency"], aging["total"]));
    }

    [Fact]
    public async Task The_portfolio_is_told_in_pages_and_in_all()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        (await server.Put("/rates/2026-01-01", new { @base = "EUR", rates = new Dictionary<string, decimal> { ["USD"] = 1.25m } })).Expect(200);
        foreach (var (payer, currency) in new[] { ("A", "EUR"), ("B", "USD"), ("C", "EUR") })
        {
            (await server.Put($"/customers/{payer}", Customer(currency))).Expect(200);
            var invoice = new { number = "I-" + payer, customer = payer, date = "2026-02-01", dueDate = "2026-02-20", currency = "USD", amount = 100m };
            (await server.Post("/invoices", invoice)).Expect(200);
        }

        (await server.Post("/receipts", Receipt("R-C", "C", 80))).Expect(200);
        (await server.Post("/receipts/R-C/allocations", new[] { new { invoice = "I-C", amount = 100m } })).Expect(200);
        var first = (await server.Get("/aging?limit=1")).Expect(200);
        Assert.Equal(("160.00", "160.00", "EUR", "A"), (first["total"], first["d1to30"], first["currency"], first["next"]));
        Assert.Equal(["A EUR 80.00"], Rows(first));
        var second = (await server.Get("/aging?limit=1&cursor=A")).Expect(200);
        Assert.Equal(["B USD 100.00"], Rows(second));
        Assert.Equal(("", ""), (second["total"], second["next"]));
        Assert.Equal(["A EUR 80.00", "B USD 100.00", "C EUR 80.00"], Rows((await server.Get("/aging?asOf=2026-02-28")).Expect(200)));
        Assert.Equal([" USD 200.00"], Rows((await server.Get("/aging?by=currency")).Expect(200)));
        Assert.Empty(Rows((await server.Get("/aging?asOf=2026-01-31")).Expect(200)));

        static IEnumerable<string> Rows(ServerReply reply) => reply.Body.GetProperty("rows").EnumerateArray()
            .Select(row => $"{row.GetProperty("payer").GetString()} {row.GetProperty("currency").GetString()} {row.GetProperty("total").GetRawText()}");
    }

    [Fact]
    public async Task What_is_owed_is_the_same_after_a_restart()
    {
        var options = RunningServer.NewStore(cluster);
        string before;
        await using (var server = await RunningServer.StartAsync(options, keep: true))
        {
            (await server.Put("/customers/A", Customer("EUR"))).Expect(200);
            (await server.Post("/orders", new { number = "SO", customer = "A", currency = "EUR", orderDate = "2026-02-01", lines = new[] { Line(1, 10, 100, 0) } })).Expect(200);
            (await server.Post("/orders/SO/deliveries", new { date = "2026-02-10", lines = new[] { new { line = 1, quantity = 6 } } })).Expect(200);
            (await server.Post("/invoices", Invoice("I-1", "A", 100, due: "2026-02-20"))).Expect(200);
            (await server.Post("/invoices", Invoice("I-2", "A", 300, due: "2026-02-20", order: "SO"))).Expect(200);
            (await server.Post("/receipts", Receipt("R-1", "A", 70, cleared: false))).Expect(200);
            (await server.Post("/receipts/R-1/allocations", new[] { new { invoice = "I-1", amount = 60m } })).Expect(200);
            (await server.Post("/receipts", Receipt("R-2", "A", 25))).Expect(200);
            (await server.Post("/receipts", new { number = "R-3", payer = "A", date = "2026-02-20", currency = "EUR", amount = 500, depositFor = "SO" })).Expect(200);
            (await server.Post("/credit-notes", new { number = "N", customer = "A", date = "2026-02-11", currency = "EUR", amount = 7 })).Expect(200);
            var exposure = (await server.Get("/customers/A/exposure")).Expect(200);
            Assert.Equal(("40.00", "60.00", "25.00", "200.00"), (exposure["receivables"], exposure["atRisk"], exposure["unapplied"], exposure["deposits"]));
            before = exposure.Text;
        }

        await using var again = await RunningServer.StartAsync(options);
        Assert.Equal(before, (await again.Get("/customers/A/exposure")).Expect(200).Text);
    }

    async Task<RunningServer> Customers(params string[] numbers)
    {
        var server = await fixture.StartedAsync();
        foreach (var number in numbers) (await server.Put($"/customers/{number}", Customer("EUR"))).Expect(200);
        return server;
    }

    static async Task Ages(RunningServer server, string customer, string table)
    {
        foreach (var row in Table.Rows(table))
        {
            var answer = (await server.Get($"/customers/{customer}/aging?asOf={row["asOf"]}")).Expect(200);
            var told = new[] { "notDue", "d1to30", "total" }.Select(field => decimal.Parse(answer[field]!, CultureInfo.InvariantCulture));
            Assert.Equal([row.Number("notDue"), row.Number("d1to30"), row.Number("total")], told);
        }
    }

    static async Task<(string?, string?, string?)> InvoiceNow(RunningServer server, string number)
    {
        var invoice = (await server.Get($"/invoices/{number}")).Expect(200);
        return (invoice["status"], invoice["open"], invoice["atRisk"]);
    }

    static (string?, string?) Shown(ServerReply reply, string field) => (reply.Expect(200)["number"], reply[field]);

    static Dictionary<string, object> Customer(string currency, string? payer = null, string? group = null)
    {
        var body = new Dictionary<string, object> { ["name"] = "A customer", ["country"] = "DE", ["currency"] = currency, ["paymentTerms"] = "NET30" };
        if (payer is not null) body["payer"] = payer;
        if (group is not null) body["group"] = group;
        return body;
    }

    static object Line(int line, decimal quantity, decimal price, decimal tax) => new { line, item = "steel", quantity, unitPrice = price, taxRate = tax };

    static Dictionary<string, object> Invoice(string number, string customer, decimal amount, string due = "2026-03-20", string? order = null, bool draft = false)
    {
        var body = new Dictionary<string, object>
        {
            ["number"] = number, ["customer"] = customer, ["date"] = "2026-02-10", ["dueDate"] = due, ["currency"] = "EUR", ["amount"] = amount,
        };
        if (order is not null) body["order"] = order;
        if (draft) body["draft"] = true;
        return body;
    }

    static object Receipt(string number, string payer, decimal amount, bool cleared = true) => new { number, payer, date = "2026-02-20", currency = "EUR", amount, cleared };
}
