using Aval.Tests.Infrastructure;

namespace Aval.Tests.Web;

public sealed class EditionsOnSqlite(SqliteServer fixture) : EditionTests(fixture), IClassFixture<SqliteServer>;

public sealed class EditionsOnPostgres(PostgresServer fixture) : EditionTests(fixture), IClassFixture<PostgresServer>;

/// <summary>Two people edit the same document: the second one is told what the first has changed.</summary>
public abstract class EditionTests(ServerFixture fixture)
{
    static object Customer(string name) => new
    {
        name, country = "DE", currency = "EUR", paymentTerms = "NET30", billingAddress = new { line1 = "Weg 1", city = "Ulm", postalCode = "89073", country = "DE" },
    };

    static object Order(string number, string customer, decimal quantity) => new
    {
        number, customer, currency = "EUR", orderDate = "2026-03-02", lines = new[] { new { line = 1, item = "A", quantity, unitPrice = 100, taxRate = 0 } },
    };

    [Fact]
    public async Task A_customer_that_was_changed_since_it_was_read_stays_as_it_is()
    {
        var server = await fixture.StartedAsync();
        var made = Tag((await server.Put("/customers/E1", Customer("Ada"))).Expect(200));
        var read = Tag((await server.Get("/customers/E1")).Expect(200));
        Assert.Equal(made, read);
        var first = Tag((await server.Put("/customers/E1", new { riskClass = "B" }, ifMatch: read)).Expect(200));
        Assert.NotEqual(read, first);

        foreach (var (path, body) in new (string, object)[] { ("/customers/E1", new { name = "Eve" }), ("/customers/E1/hold", new { reason = "late" }) })
        {
            var stale = path == "/customers/E1" ? await server.Put(path, body, ifMatch: read) : await server.Post(path, body, ifMatch: read);
            Assert.Equal("E1 was changed since it was read, last by key:bootstrap on 2026-03-02 (putCustomer): riskClass.", stale.Expect(412, "version-stale")["detail"]);
        }

        (await server.Put("/customers/E1", new { name = "Eve" }, ifMatch: "nope")).Expect(412, "version-stale");
        (await server.Put("/customers/E1", new { name = "Eve" }, ifMatch: "W/" + first)).Expect(412, "version-stale");
        var now = (await server.Get("/customers/E1")).Expect(200);
        Assert.Equal(("Ada", "B", first), (now["name"], now["riskClass"], Tag(now)));

        (await server.Put("/customers/E1", new { name = "Eve" }, ifMatch: $"{read}, {first}")).Expect(200);
        (await server.Put("/customers/E1", new { name = "Ada" }, ifMatch: "*")).Expect(200);
        (await server.Put("/customers/E1", new { name = "Eva" })).Expect(200);
        (await server.Put("/customers/E9", Customer("Nobody"), ifMatch: "*")).Expect(412, "version-stale");
        (await server.Get("/customers/E9")).Expect(404, "customer-unknown");
    }

    [Fact]
    public async Task A_repeated_call_gets_its_stored_answer_whatever_has_changed_since()
    {
        var server = await fixture.StartedAsync();
        var read = Tag((await server.Put("/customers/E2", Customer("Ada"))).Expect(200));
        (await server.Put("/customers/E2", new { riskClass = "B" }, key: "e2", ifMatch: read)).Expect(200);
        (await server.Put("/customers/E2", new { riskClass = "C" })).Expect(200);
        Assert.Equal("B", (await server.Put("/customers/E2", new { riskClass = "B" }, key: "e2", ifMatch: read)).Expect(200)["riskClass"]);
        Assert.Equal("C", (await server.Get("/customers/E2"))["riskClass"]);
    }

    [Fact]
    public async Task An_order_a_dispute_and_a_draft_are_edited_as_they_were_read()
    {
        var server = await fixture.StartedAsync();
        (await server.Put("/customers/E3", Customer("Ada"))).Expect(200);
        (await server.Put("/orders/E-1", Order("E-1", "E3", 1), ifMatch: "*")).Expect(412, "version-stale");
        (await server.Post("/orders", Order("E-1", "E3", 1))).Expect(200);
        var order = Tag((await server.Get("/orders/E-1")).Expect(200));
        (await server.Put("/orders/E-1", Order("E-1", "E3", 2), ifMatch: order)).Expect(200);
        var stale = (await server.Put("/orders/E-1", Order("E-1", "E3", 3), ifMatch: order)).Expect(412, "version-stale");
        Assert.Contains("lines", stale["detail"], StringComparison.Ordinal);
        (await server.Post("/orders/E-1/cancel", new { reason = "none" }, ifMatch: order)).Expect(412, "version-stale");

        (await server.Post("/invoices", new { number = "E-I", customer = "E3", date = "2026-03-01", dueDate = "2026-03-31", currency = "EUR", amount = 100 })).Expect(200);
        (await server.Post("/disputes", new { number = "E-D", invoice = "E-I", amount = 50, reason = "price", legitimacy = "unqualified", owner = "billing" })).Expect(200);
        var dispute = Tag((await server.Get("/disputes/E-D")).Expect(200));
        (await server.Patch("/disputes/E-D", new { legitimacy = "companyFault" }, ifMatch: dispute)).Expect(200);
        (await server.Patch("/disputes/E-D", new { amount = 40 }, ifMatch: dispute)).Expect(412, "version-stale");

        var draft = Tag((await server.Put("/policies/draft", new { basedOn = "standard", watchPercent = 80 }, "ada:creditManager")).Expect(200));
        Assert.Equal(draft, Tag((await server.Get("/policies/draft")).Expect(200)));
        (await server.Put("/policies/draft", new { basedOn = "standard", watchPercent = 85 }, "ada:creditManager", ifMatch: draft)).Expect(200);
        (await server.Put("/policies/draft", new { basedOn = "standard", watchPercent = 95 }, "bea:creditManager", ifMatch: draft)).Expect(412, "version-stale");
        (await server.Post("/policies/draft/activate", new { reason = "as read" }, "lea:leadership", ifMatch: draft)).Expect(412, "version-stale");
    }

    static string Tag(ServerReply reply) => reply.Headers.ETag!.Tag;
}
