using Aval.Tests.Decisions;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Access;

public sealed class SeparationOnSqlite(SqliteServer fixture) : SeparationTests(fixture), IClassFixture<SqliteServer>;

public sealed class SeparationOnPostgres(PostgresServer fixture) : SeparationTests(fixture), IClassFixture<PostgresServer>;

/// <summary>Duties that lie apart, where something is done: by whoever may stand behind it, not by names alone.</summary>
public abstract class SeparationTests(ServerFixture fixture)
{
    [Fact]
    public async Task Who_entered_a_customer_asks_for_its_limit_and_another_person_approves_it()
    {
        var server = await fixture.StartedAsync();
        (await server.Put("/customers/SD", New("B"), "ann:creditAnalyst")).Expect(200);
        Assert.Contains("ann", (await server.Post("/limits", Limit("SD"), "ann:creditAnalyst")).Expect(409, "roles-conflict")["detail"], StringComparison.Ordinal);
        var asked = (await server.Post("/limit-requests", Limit("SD"), "ann:creditAnalyst")).Expect(200);
        Assert.Equal("pendingApproval", asked["status"]);
        (await server.Post($"/limits/{asked["id"]}/approve", new { }, "ann:creditAnalyst")).Expect(409, "roles-conflict");
        (await server.Post($"/limits/{asked["id"]}/approve", new { }, CreditDesk.Ana)).Expect(200);
        Assert.Equal("approved", (await server.Post("/limits", Limit("SD", 10_000), "ann:creditAnalyst")).Expect(200)["status"]);

        (await server.Post("/users/ann/role-conflicts", new { roles = new[] { "masterData", "creditAnalyst" }, reason = "we are two" }, CreditDesk.Lea)).Expect(200);
        Assert.Equal("approved", (await server.Post("/limits", Limit("SD", 21_000), "ann:creditAnalyst")).Expect(200)["status"]);
        (await server.Put("/customers/SD2", New("B"))).Expect(200);
        (await server.Post("/limits", Limit("SD2"))).Expect(200);
    }

    [Fact]
    public async Task Who_took_the_money_does_not_write_off_the_rest()
    {
        var server = await fixture.StartedAsync();
        var desk = new CreditDesk(server);
        await desk.Payer("SW", 10_000);
        const string Taker = "oda:accountsReceivable", Other = "olaf:accountsReceivable";
        for (var at = 1; at <= 4; at++)
        {
            await desk.Invoice($"SW-{at}", "SW", 100);
            var (records, allocates) = at switch { 1 => (Taker, Taker), 2 => (Other, Taker), 3 => (Taker, Other), _ => ((string?)null, null) };
            (await server.Post("/receipts", new { number = $"SW-R{at}", payer = "SW", date = "2026-03-02", currency = "EUR", amount = 90 }, records)).Expect(200);
            (await server.Post($"/receipts/SW-R{at}/allocations", new[] { new { invoice = $"SW-{at}", amount = 90 } }, allocates)).Expect(200);
        }

        object Rest(int at) => new { number = $"SW-W{at}", invoice = $"SW-{at}", date = "2026-03-02", amount = 10, reason = "cents" };
        foreach (var at in new[] { 1, 2, 3 }) (await server.Post("/write-offs", Rest(at), Taker)).Expect(409, "roles-conflict");
        (await server.Post("/write-offs", Rest(1), Other)).Expect(200);
        (await server.Post("/write-offs", Rest(4), Taker)).Expect(200);
        (await server.Post("/users/oda/role-conflicts", new { roles = new[] { "accountsReceivable", "finance" }, reason = "we are two" }, CreditDesk.Lea)).Expect(200);
        (await server.Post("/write-offs", Rest(2), Taker)).Expect(200);
    }

    [Fact]
    public async Task A_key_is_whoever_made_it_where_they_decide_on_what_they_entered()
    {
        var server = await fixture.StartedAsync();
        var desk = new CreditDesk(server);
        await desk.Payer("SK", 10_000);
        var adele = await server.UserAsync("Adele", "administrator", "orderManager");
        foreach (var name in new[] { "decides", "credits" })
            (await server.Post($"/users/{name}/role-conflicts", new { roles = new[] { "creditManager" }, reason = "a robot", key = true }, CreditDesk.Lea)).Expect(200);
        var decides = (await server.Post("/api-keys", new { name = "decides", roles = new[] { "creditManager" } }, by: adele)).Expect(201)["key"]!;
        var enters = (await server.Post("/api-keys", new { name = "enters", roles = new[] { "orderManager" } }, by: adele)).Expect(201)["key"]!;
        var credits = (await server.Post("/api-keys", new { name = "credits", roles = new[] { "billing" } }, by: adele)).Expect(201)["key"]!;
        var own = await desk.Order("SK-1", "SK", 12_000, by: adele);
        (await desk.Decide(own, "release", by: decides)).Expect(403, "own-order");
        var byKey = await desk.Order("SK-2", "SK", 12_000, by: enters, enteredBy: "somebody");
        (await desk.Decide(byKey, "release", by: decides)).Expect(403, "own-order");
        var raised = await desk.Order("SK-3", "SK", 11_000);
        (await desk.Raise("SK-3", "SK", 12_000, enters)).Expect(200);
        (await desk.Decide(raised, "release", by: decides)).Expect(403, "own-order");
        (await desk.Decide(byKey, "release")).Expect(200);

        (await server.Post("/orders/SK-2/deliveries", new { date = "2026-03-02", lines = new[] { new { line = 1, quantity = 1 } } })).Expect(200);
        await desk.Invoice("SK-I", "SK", 12_000, order: "SK-2");
        var note = new { number = "SK-N", customer = "SK", date = "2026-03-02", currency = "EUR", amount = 10, invoice = "SK-I" };
        (await server.Post("/credit-notes", note, credits)).Expect(403, "own-document");
    }

    static object New(string riskClass) => new { name = "A customer", country = "FR", currency = "EUR", paymentTerms = "NET30", riskClass };

    static object Limit(string customer, decimal amount = 20_000) => new
    {
        customer, kind = "standing", limit = "amount", amount, currency = "EUR", validFrom = "2026-03-02", reason = "first",
    };
}
