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

    /// <summary>A return opens again what was paid, and it must still be owed in the currency in which it was.</summary>
    [Fact]
    public async Task The_currency_stays_when_all_documents_are_settled()
    {
        var server = await Customer("CC5");
        (await server.Post("/invoices", new { number = "CC5-I", customer = "CC5", date = "2026-02-10", dueDate = "2026-03-10", currency = "EUR", amount = 100 })).Expect(200);
        (await server.Post("/receipts", new { number = "CC5-R", payer = "CC5", date = "2026-03-01", currency = "EUR", amount = 100 })).Expect(200);
        (await server.Post("/receipts/CC5-R/allocations", new[] { new { invoice = "CC5-I", amount = 100 } })).Expect(200);
        (await server.Put("/customers/CC5", new { currency = "JPY" }, Credit)).Expect(409, "currency-in-use");
        (await server.Post("/receipts/CC5-R/return", new { date = "2026-03-02", reason = "no funds" })).Expect(200);
        var exposure = (await server.Get("/customers/CC5/exposure")).Expect(200);
        Assert.Equal(("EUR", "100.00"), (exposure["currency"], exposure["receivables"]));
    }

    /// <summary>A cancelled order may be opened again by a change.</summary>
    [Fact]
    public async Task The_currency_stays_when_all_orders_are_cancelled()
    {
        var server = await Customer("CC6");
        (await server.Post("/orders", new
        {
            number = "CC6-O", customer = "CC6", currency = "EUR", orderDate = "2026-03-01",
            lines = new[] { new { line = 1, item = "A", quantity = 1, unitPrice = 100, taxRate = 0 } },
        })).Expect(200);
        (await server.Post("/orders/CC6-O/cancel", new { reason = "not wanted" })).Expect(200);
        (await server.Put("/customers/CC6", new { currency = "JPY" }, Credit)).Expect(409, "currency-in-use");
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
