using Aval.Tests.Infrastructure;

namespace Aval.Tests.Checks;

public sealed class ConductOnSqlite(SqliteServer fixture) : ConductOverHttpTests(fixture, null), IClassFixture<SqliteServer>;

public sealed class ConductOnPostgres(PostgresServer fixture, PostgresCluster cluster) : ConductOverHttpTests(fixture, cluster), IClassFixture<PostgresServer>;

/// <summary>What is remembered of payers and customers, and what an order may say, as clients see it. The business date is 2 March 2026.</summary>
public abstract class ConductOverHttpTests(ServerFixture fixture, PostgresCluster? cluster)
{
    [Fact]
    public async Task A_dunning_level_warns_until_it_is_taken_back()
    {
        var server = await fixture.StartedAsync();
        await Payer(server, "D1", 1000);
        var dunned = (await server.Post("/customers/D1/dunning-level", new { level = 3, reason = "second reminder" }, "carl:collector")).Expect(200);
        Assert.Equal((3, "2026-03-02"), (dunned.Body.GetProperty("dunning").GetProperty("level").GetInt32(), dunned.Body.GetProperty("dunning").GetProperty("since").GetString()));
        Assert.Equal(["dunning-level"], Codes((await Order(server, "D1-A", "D1", 10)).Expect(200)));
        Assert.Equal(dunned.Text, (await server.Post("/customers/D1/dunning-level", new { level = 3, reason = "again" }, "carl:collector")).Expect(200).Text);
        (await server.Post("/customers/D1/dunning-level", new { level = 0, reason = "paid" }, "carl:collector")).Expect(200);
        Assert.Empty(Codes((await Order(server, "D1-B", "D1", 10)).Expect(200)));
        Assert.Equal("field-invalid", (await server.Post("/customers/D1/dunning-level", new { level = 10, reason = "?" })).Code);
        Assert.Equal("field-invalid", (await server.Post("/customers/D1/dunning-level", new { level = 1, reason = " " })).Code);
        Assert.Equal("not-permitted", (await server.Post("/customers/D1/dunning-level", new { level = 1, reason = "?" }, "sam:sales")).Code);
        Assert.Equal("customer-unknown", (await server.Post("/customers/D9/dunning-level", new { level = 1, reason = "?" })).Code);
    }

    [Fact]
    public async Task Orders_of_who_is_no_longer_active_are_held_until_it_is_again()
    {
        var server = await fixture.StartedAsync();
        await Payer(server, "D2", 1000);
        var ended = (await server.Put("/customers/D2", new { active = false })).Expect(200);
        Assert.Equal((false, "2026-03-02"), (ended.Body.GetProperty("active").GetBoolean(), ended["inactiveSince"]));
        Assert.Equal(ended.Text, (await server.Put("/customers/D2", new { active = false })).Expect(200).Text);
        Assert.Equal("held", (await Order(server, "D2-A", "D2", 10)).Expect(200)["status"]);
        (await server.Put("/customers/D2", new { active = true })).Expect(200);
        Assert.Equal("released", (await server.Get("/orders/D2-A")).Expect(200)["status"]);
    }

    [Fact]
    public async Task What_an_order_says_of_itself_is_kept_through_a_change_that_does_not_say_it()
    {
        var server = await fixture.StartedAsync();
        await Payer(server, "D3", 1000);
        var profile = new { portal = "Ariba", costCentreRequired = true, portalIdRequired = true, deliveryDetailsRequired = true };
        (await server.Put("/customers/D3", new { vatId = "FR40303265045", profile })).Expect(200);
        Assert.Equal(["delivery-details-missing", "portal-requirement-missing"], Codes((await Order(server, "D3-A", "D3", 10)).Expect(200)));
        var body = Body("D3-A", "D3", 20);
        foreach (var (field, value) in new (string, object)[]
        {
            ("vatId", "FR 40 303265045"), ("registrationId", "303"), ("costCentre", "4711"), ("portalReference", "P-1"),
            ("shipTo", new { line1 = "Quai 3", city = "Lyon", postalCode = "69002", country = "FR" }),
        }) body[field] = value;
        Assert.Empty(Codes((await server.Put("/orders/D3-A", body)).Expect(200)));
        var kept = (await server.Put("/orders/D3-A", Body("D3-A", "D3", 30))).Expect(200);
        Assert.Empty(Codes(kept));
        var read = (await server.Get("/orders/D3-A")).Expect(200);
        Assert.Equal(("FR 40 303265045", "303", "4711", "P-1", "Lyon"), (
            read["vatId"], read["registrationId"], read["costCentre"], read["portalReference"], read.Body.GetProperty("shipTo").GetProperty("city").GetString()));
        body["shipTo"] = new { country = "Frankreich" };
        Assert.Equal("field-invalid", (await server.Put("/orders/D3-A", body)).Code);
    }

    [Fact]
    public async Task Orders_held_for_the_limit_are_remembered_and_move_with_their_payer()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        await Payer(server, "D4", 100);
        foreach (var number in new[] { "O1", "O2", "O3" })
            Assert.Equal(["limit-exceeded"], Codes((await Order(server, number, "D4", 500)).Expect(200)));
        (await server.Put("/orders/O3", Body("O3", "D4", 600))).Expect(200);
        Assert.Equal(["overruns-repeated"], Codes((await Order(server, "O4", "D4", 10)).Expect(200)));

        // It pays, leaves for a group, and takes with it what is remembered.
        (await server.Post("/invoices", new { number = "I1", customer = "D4", date = "2026-02-01", dueDate = "2026-02-10", currency = "EUR", amount = 10 })).Expect(200);
        (await server.Post("/receipts", new { number = "R1", payer = "D4", date = "2026-02-24", currency = "EUR", amount = 10 })).Expect(200);
        (await server.Post("/receipts/R1/allocations", new[] { new { invoice = "I1", amount = 10, date = "2026-02-24" } })).Expect(200);
        await Payer(server, "G4", 10_000);
        (await server.Put("/customers/D4", new { group = "G4" })).Expect(200);
        Assert.Equal("14", (await server.Get("/customers/D4/behaviour")).Expect(200)["daysLate"]);
        Assert.Equal(["overruns-repeated"], Codes((await Order(server, "O5", "D4", 10)).Expect(200)));
        Assert.True((await server.Get("/journal/verify")).Expect(200).Body.GetProperty("valid").GetBoolean());
    }

    [Fact]
    public async Task A_small_overrun_is_tolerated_for_what_was_released_and_not_for_what_comes_new()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        await Payer(server, "D5", 1000);
        var draft = new { basedOn = "standard", rules = new[] { new { rule = "limit", severity = "refer", stages = new { pickRelease = new { tolerancePercent = 10 } } } } };
        (await server.Put("/policies/draft", draft, "ann:creditManager")).Expect(200);
        (await server.Post("/policies/draft/activate", new { reason = "picked is picked" }, "lea:leadership")).Expect(200);
        Assert.Equal("released", (await Order(server, "P1", "D5", 1000)).Expect(200)["status"]);
        (await server.Post("/invoices", new { number = "P1-I", customer = "D5", date = "2026-03-01", dueDate = "2026-04-01", currency = "EUR", amount = 100 })).Expect(200);
        Assert.Equal("held", (await Order(server, "P2", "D5", 1)).Expect(200)["status"]);
        var picked = (await server.Post("/orders/P1/pick-release", new { })).Expect(200);
        Assert.Equal(("released", "warn"), (picked["status"], picked.Body.GetProperty("findings")[0].GetProperty("severity").GetString()));
        Assert.Equal("held", (await server.Post("/orders/P2/pick-release", new { })).Expect(200)["status"]);
    }

    [Fact]
    public async Task An_order_is_not_measured_against_itself_when_it_is_checked_again()
    {
        var server = await fixture.StartedAsync();
        await Payer(server, "D6", 100_000);
        for (var at = 1; at <= 12; at++) Assert.Empty(Codes((await Order(server, $"D6-{at}", "D6", 100)).Expect(200)));
        var strange = Body("D6-Z", "D6", 100);
        strange["lines"] = new[] { new { line = 1, item = "Z", quantity = 1, unitPrice = 100, taxRate = 0 } };
        Assert.Equal(["order-unusual"], Codes((await server.Post("/orders", strange)).Expect(200)));
        strange["lines"] = new[] { new { line = 1, item = "Z", quantity = 1, unitPrice = 101, taxRate = 0 } };
        Assert.Equal(["order-unusual"], Codes((await server.Put("/orders/D6-Z", strange)).Expect(200)));
        Assert.Equal(["order-unusual"], Codes((await server.Post("/orders/D6-Z/pick-release", new { })).Expect(200)));
        strange["number"] = "D6-Y";
        Assert.Empty(Codes((await server.Post("/orders", strange)).Expect(200)));
    }

    static IEnumerable<string> Codes(ServerReply reply) => reply.Body.GetProperty("findings").EnumerateArray()
        .Select(finding => finding.GetProperty("code").GetString()!).Where(code => code != "limit-near").Order(StringComparer.Ordinal);

    static async Task Payer(RunningServer server, string number, decimal limit)
    {
        (await server.Put($"/customers/{number}", new
        {
            name = number, country = "FR", currency = "EUR", paymentTerms = "NET30", riskClass = "B",
            billingAddress = new { line1 = "1 rue du Port", city = "Lyon", postalCode = "69002", country = "FR" },
        })).Expect(200);
        var agreed = new { customer = number, kind = "standing", limit = "amount", amount = limit, currency = "EUR", validFrom = "2026-01-01", reason = "agreed" };
        (await server.Post("/limits", agreed)).Expect(200);
    }

    static Task<ServerReply> Order(RunningServer server, string number, string customer, decimal worth) => server.Post("/orders", Body(number, customer, worth));

    static Dictionary<string, object> Body(string number, string customer, decimal worth) => new()
    {
        ["number"] = number, ["customer"] = customer, ["currency"] = "EUR", ["orderDate"] = "2026-03-02",
        ["lines"] = new[] { new { line = 1, item = "A", quantity = 1, unitPrice = worth, taxRate = 0 } },
    };
}
