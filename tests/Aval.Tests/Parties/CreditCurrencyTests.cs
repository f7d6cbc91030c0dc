using Aval.Tests.Infrastructure;

namespace Aval.Tests.Parties;

public class CreditCurrencyTests(SqliteServer fixture) : IClassFixture<SqliteServer>
{
    const string Credit = "max:creditManager";

    [Fact]
    public async Task Only_credit_changes_the_currency_of_a_known_customer()
    {
        var server = await Customer("CC1");
        (await server.Put("/customers/CC1", new { currency = "USD" }, "cora:customerService")).Expect(403, "not-permitted");
        Assert.Equal("USD", (await server.Put("/customers/CC1", new { currency = "USD" }, Credit)).Expect(200)["currency"]);
        (await server.Put("/customers/CC1", new { currency = "USD" }, "cora:customerService")).Expect(200);
    }

    [Fact]
    public async Task The_currency_stays_once_a_limit_is_kept_in_it()
    {
        var server = await Customer("CC2");
        (await server.Post("/limits", new { customer = "CC2", kind = "standing", limit = "amount", amount = 100, currency = "EUR", validFrom = "2026-01-01", reason = "first" }))
            .Expect(200);
        Assert.Equal("currency", (await server.Put("/customers/CC2", new { currency = "USD" }, Credit)).Expect(409, "currency-in-use")["field"]);
        (await server.Put("/customers/CC2", new { currency = "EUR", name = "Renamed" }, Credit)).Expect(200);
    }

    [Fact]
    public async Task The_currency_stays_while_there_are_documents()
    {
        var server = await Customer("CC3");
        (await server.Post("/invoices", new { number = "CC3-I", customer = "CC3", date = "2026-02-10", dueDate = "2026-03-10", currency = "USD", amount = 10 })).Expect(200);
        (await server.Put("/customers/CC3", new { currency = "USD" }, Credit)).Expect(409, "currency-in-use");
    }

    [Fact]
    public async Task The_currency_stays_while_the_customer_pays_for_another()
    {
        var server = await Customer("CC4");
        (await server.Put("/customers/CC4b", new { name = "A branch", country = "DE", currency = "EUR", paymentTerms = "NET30", payer = "CC4" })).Expect(200);
        (await server.Put("/customers/CC4", new { currency = "USD" }, Credit)).Expect(409, "currency-in-use");
    }

    async Task<RunningServer> Customer(string number)
    {
        var server = await fixture.StartedAsync();
        (await server.Put($"/customers/{number}", new { name = "A customer", country = "DE", currency = "EUR", paymentTerms = "NET30" })).Expect(200);
        return server;
    }
}
