using Aval.Tests.Infrastructure;

namespace Aval.Tests.Checks;

/// <summary>Whoever says again what is known changes nothing: no entry, no later expiry, no younger hold.</summary>
public class SaidAgainTests
{
    [Fact]
    public async Task An_order_sent_again_as_it_was_leaves_no_entry_and_renews_no_claim()
    {
        await using var server = await StartedAsync();
        var first = (await server.Post("/orders", Order(100))).Expect(200);
        var entries = await Entries(server);
        (await server.Post("/clock", new { today = "2026-03-12" })).Expect(200);
        var again = (await server.Put("/orders/A-1", Order(100))).Expect(200);
        Assert.Equal(("released", first["authorization"]), (again["status"], again["authorization"]));
        Assert.Equal(entries, await Entries(server));
        Assert.Equal("released", (await server.Post("/orders/check", Order(100))).Expect(200)["status"]);

        // A real change is checked, and its claim counts from its day.
        var changed = (await server.Put("/orders/A-1", Order(101))).Expect(200);
        Assert.NotEqual(first["authorization"], changed["authorization"]);
        Assert.Equal(entries + 1, await Entries(server));
    }

    [Fact]
    public async Task A_held_order_sent_again_is_asked_about_again()
    {
        await using var server = await StartedAsync();
        Assert.Equal("held", (await server.Post("/orders", Order(20_000))).Expect(200)["status"]);
        var entries = await Entries(server);
        Assert.Equal("held", (await server.Put("/orders/A-1", Order(20_000))).Expect(200)["status"]);
        Assert.Equal(entries + 1, await Entries(server));
    }

    [Fact]
    public async Task An_account_held_again_for_the_same_reason_is_held_since_the_first_time()
    {
        await using var server = await StartedAsync();
        var first = (await server.Post("/customers/A/hold", new { reason = "rumours" })).Expect(200)["hold"];
        var entries = await Entries(server);
        (await server.Post("/clock", new { today = "2026-03-12" })).Expect(200);
        Assert.Equal(first, (await server.Post("/customers/A/hold", new { reason = "rumours" })).Expect(200)["hold"]);
        Assert.Equal(entries, await Entries(server));
        Assert.NotEqual(first, (await server.Post("/customers/A/hold", new { reason = "a writ" })).Expect(200)["hold"]);

        Assert.Equal("", (await server.Post("/customers/A/unhold", new { reason = "settled" })).Expect(200)["hold"]);
        entries = await Entries(server);
        Assert.Equal("", (await server.Post("/customers/A/unhold", new { reason = "settled" })).Expect(200)["hold"]);
        Assert.Equal(entries, await Entries(server));
    }

    static async Task<RunningServer> StartedAsync()
    {
        var server = await RunningServer.StartAsync(RunningServer.NewStore(null));
        (await server.Put("/customers/A", new
        {
            name = "A customer", country = "DE", currency = "EUR", paymentTerms = "NET30",
            billingAddress = new { line1 = "Am Markt 1", city = "Bonn", postalCode = "53111", country = "DE" },
        })).Expect(200);
        (await server.Post("/limits", new
        {
            customer = "A", kind = "standing", limit = "amount", amount = 10_000, currency = "EUR", validFrom = "2026-01-01", reason = "reviewed",
        })).Expect(200);
        return server;
    }

    static object Order(decimal worth) => new
    {
        number = "A-1", customer = "A", currency = "EUR", orderDate = "2026-03-02", enteredBy = "Ann",
        lines = new[] { new { line = 1, item = "steel", quantity = 1, unitPrice = worth, taxRate = 0 } },
    };

    static async Task<int> Entries(RunningServer server) =>
        (await server.Get("/journal?root=A&limit=200")).Expect(200).Body.GetProperty("entries").GetArrayLength();
}
