using Aval.Receivables.Rules;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Receivables;

public sealed class InvoiceStagesOnSqlite() : InvoiceStageTests(null);

public sealed class InvoiceStagesOnPostgres(PostgresCluster cluster) : InvoiceStageTests(cluster);

/// <summary>How far an invoice has come at the customer's. The business date is 2 March 2026.</summary>
public abstract class InvoiceStageTests(PostgresCluster? cluster)
{
    [Fact]
    public void A_stage_follows_where_the_way_leads() => Table.Check("""
        from       fault     | may
        -          -         | issued sent received approved rejected
        issued     -         | sent received approved rejected
        sent       -         | received approved rejected
        received   -         | approved rejected
        approved   -         | rejected
        rejected   customer  | approved corrected
        rejected   company   | corrected
        corrected  -         | sent received approved rejected
        """, row =>
        {
            var from = row.Has("from")
                ? new InvoiceLife(row.One<InvoiceStage>("from"), new DateOnly(2026, 3, 2), null, row.Has("fault") ? row.One<RejectionFault>("fault") : null)
                : null;
            var may = Enum.GetValues<InvoiceStage>().Where(next => InvoiceLife.MayFollow(from, next));
            Assert.Equal(row.Words("may").Order(StringComparer.Ordinal), may.Select(Aval.Kernel.Storage.Words.Of).Order(StringComparer.Ordinal));
        });

    [Fact]
    public async Task Only_billing_tells_stages_and_only_such_as_can_follow()
    {
        await using var server = await Started();
        var sent = (await server.Post("/invoices/I-1/status", new { status = "sent", date = "2026-02-20" }, "bill:billing")).Expect(200);
        Assert.Equal(("sent", "2026-02-20"), Life(sent));
        (await server.Post("/invoices/I-1/status", new { status = "received" }, "cora:customerService")).Expect(403, "not-permitted");
        (await server.Post("/invoices/I-1/status", new { status = "corrected" })).Expect(409, "stage-out-of-order");
        (await server.Post("/invoices/I-1/status", new { status = "sent" })).Expect(409, "stage-out-of-order");
        (await server.Post("/invoices/none/status", new { status = "sent" })).Expect(404, "invoice-unknown");
        (await server.Post("/invoices", Invoice("I-9", draft: true))).Expect(200);
        (await server.Post("/invoices/I-9/status", new { status = "sent" })).Expect(409, "stage-out-of-order");
        await Refused("date", new { status = "received", date = "2026-02-19" });
        await Refused("date", new { status = "received", date = "2026-03-03" });
        await Refused("reason", new { status = "rejected", fault = "company" });
        await Refused("reason", new { status = "received", reason = " " });
        await Refused("fault", new { status = "rejected", reason = "no purchase order" });
        await Refused("fault", new { status = "received", fault = "company" });
        await Refused("status", new { status = "lost" });
        (await server.Post("/invoices/I-1/status", new { status = "rejected", reason = "no purchase order", fault = "company" })).Expect(200);
        (await server.Post("/invoices/I-1/status", new { status = "corrected", reason = "added" })).Expect(200);
        Assert.Equal(("corrected", "2026-03-02"), Life(await server.Get("/invoices/I-1")));

        async Task Refused(string field, object body) => Assert.Equal(field, (await server.Post("/invoices/I-1/status", body)).Expect(422, "field-invalid")["field"]);
    }

    /// <summary>What we got wrong nobody could pay: its terms begin again when it is right; what the customer got wrong stays due as it was.</summary>
    [Theory]
    [InlineData("company", true)]
    [InlineData("customer", false)]
    public async Task An_invoice_that_we_have_put_right_is_due_within_its_terms_from_then_on(string fault, bool anew)
    {
        await using var server = await Started();
        var invoice = (await server.Get("/invoices/I-1")).Expect(200);
        var (date, due) = (Day(invoice["date"]!), Day(invoice["dueDate"]!));
        (await server.Post("/invoices/I-1/status", new { status = "rejected", date = "2026-02-25", reason = "wrong", fault })).Expect(200);
        var corrected = (await server.Post("/invoices/I-1/status", new { status = "corrected", date = "2026-02-28" })).Expect(200);
        var expected = anew ? new DateOnly(2026, 2, 28).AddDays(due.DayNumber - date.DayNumber) : due;
        Assert.Equal(expected, Day(corrected["dueDate"]!));
        Assert.True((await server.Get("/journal/verify")).Expect(200).Body.GetProperty("valid").GetBoolean());
    }

    static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task Invoices_are_followed_once_somebody_tells_a_stage_and_no_earlier_one_is_late()
    {
        await using var server = await Started();
        (await server.Post("/invoices", Invoice("I-2"))).Expect(200);
        Assert.Equal("", await Found(server));
        (await server.Post("/invoices/I-1/status", new { status = "sent" })).Expect(200);
        Assert.Equal("", await Found(server));
        (await server.Post("/invoices", Invoice("I-3"))).Expect(200);
        Assert.Equal("invoice-not-sent:I-3", await Found(server));
        (await server.Post("/invoices/I-3/status", new { status = "received" })).Expect(200);
        Assert.Equal("", await Found(server));
        (await server.Post("/invoices/I-3/status", new { status = "rejected", reason = "wrong address", fault = "company" })).Expect(200);
        (await server.Post("/invoices/I-1/status", new { status = "rejected", reason = "not ordered", fault = "customer" })).Expect(200);
        Assert.Equal("invoice-rejected:I-3 invoice-rejected:I-1", await Found(server));
    }

    [Fact]
    public async Task Goods_are_unbilled_since_their_first_delivery_until_all_that_was_delivered_is_billed()
    {
        await using var server = await Started();
        var lines = new[] { new { line = 1, item = "a", quantity = 10, unitPrice = 10, taxRate = 0 } };
        (await server.Post("/orders", new { number = "SO-1", customer = "C", currency = "EUR", orderDate = "2026-03-02", lines })).Expect(200);
        await Deliver("2026-02-15", 2);
        Assert.Equal("", await Found(server));
        await Deliver("2026-02-14", 3);
        Assert.Equal("unbilled-too-old:SO-1", await Found(server));
        (await server.Put("/orders/SO-1", new { number = "SO-1", customer = "C", currency = "EUR", orderDate = "2026-03-02", lines, buyerReference = "Ann" })).Expect(200);
        Assert.Equal("unbilled-too-old:SO-1", await Found(server));
        await Bill("I-2", 49);
        Assert.Equal("unbilled-too-old:SO-1", await Found(server));
        await Bill("I-3", 1);
        Assert.Equal("", await Found(server));
        await Deliver("2026-03-02", 6);
        Assert.Equal("over-delivered:SO-1", await Found(server));
        await Bill("I-4", 70);
        Assert.Equal("over-invoiced:I-4", await Found(server));
        (await server.Post("/write-offs", new { number = "W", invoice = "I-4", date = "2026-03-02", amount = 70, reason = "one too many" })).Expect(200);
        Assert.Equal("", await Found(server));
        Assert.True((await server.Get("/journal/verify")).Expect(200).Body.GetProperty("valid").GetBoolean());

        async Task Deliver(string date, int quantity) =>
            (await server.Post("/orders/SO-1/deliveries", new { date, lines = new[] { new { line = 1, quantity } } })).Expect(200);

        async Task Bill(string number, decimal amount) => (await server.Post("/invoices", new
        {
            number, customer = "C", date = "2026-03-02", dueDate = "2026-04-10", currency = "EUR", amount, order = "SO-1",
        })).Expect(200);
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
        (await server.Post("/invoices", Invoice("I-1"))).Expect(200);
        return server;
    }

    static (string?, string?) Life(ServerReply invoice)
    {
        var life = invoice.Expect(200).Body.GetProperty("life");
        return (life.GetProperty("stage").GetString(), life.GetProperty("date").GetString());
    }

    static async Task<string> Found(RunningServer server)
    {
        var lines = new[] { new { line = 1, item = "a", quantity = 1, unitPrice = 5, taxRate = 0 } };
        var order = new { number = "SO", customer = "C", currency = "EUR", orderDate = "2026-03-02", lines };
        var findings = (await server.Post("/orders/check", order)).Expect(200).Body.GetProperty("findings").EnumerateArray();
        return string.Join(' ', findings.Select(finding => $"{finding.GetProperty("code").GetString()}:{finding.GetProperty("subject").GetString()}"));
    }

    static object Invoice(string number, bool draft = false) =>
        new { number, customer = "C", date = "2026-02-10", dueDate = "2026-04-10", currency = "EUR", amount = 100, draft };
}
