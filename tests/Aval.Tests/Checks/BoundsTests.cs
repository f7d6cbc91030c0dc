using Aval.Tests.Infrastructure;

namespace Aval.Tests.Checks;

/// <summary>What is too large for an amount is refused, never a defect.</summary>
public class BoundsTests(SqliteServer fixture) : IClassFixture<SqliteServer>
{
    [Theory]
    [InlineData("0.0000009", 422)]
    [InlineData("0.000001", 200)]
    [InlineData("0.0000011234567", 422)]
    [InlineData("1000000000", 200)]
    [InlineData("1000000000.1", 422)]
    public async Task A_rate_keeps_within_its_bounds(string value, int status)
    {
        var server = await fixture.StartedAsync();
        var rate = decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture);
        (await Rate(server, "ISK", rate)).Expect(status, status == 200 ? null : "field-invalid");
    }

    [Fact]
    public async Task What_passes_the_bound_in_the_credit_currency_is_refused()
    {
        var server = await fixture.StartedAsync();
        (await Rate(server, "UYU", 0.000001m)).Expect(200);
        (await Rate(server, "PYG", 1_000_000_000m)).Expect(200);
        await Customer(server, "B1", "PYG");
        Assert.Equal("lines", (await Order(server, "B1-O", "B1", 1_000_000_000)).Expect(422, "field-invalid")["field"]);
        (await Order(server, "B1-O", "B1", 1)).Expect(200);
        (await Order(server, "B1-O", "B1", 1_000_000_000, change: true)).Expect(422, "field-invalid");
        var debt = new { number = "B1-I", customer = "B1", date = "2026-02-10", dueDate = "2026-03-10", currency = "UYU", amount = 1_000_000 };
        Assert.Equal("amount", (await server.Post("/invoices", debt)).Expect(422, "field-invalid")["field"]);
        (await server.Post("/credit-notes", new { number = "B1-N", customer = "B1", date = "2026-02-10", currency = "UYU", amount = 1_000_000 })).Expect(422, "field-invalid");
        (await server.Post("/receipts", new { number = "B1-R", payer = "B1", date = "2026-02-10", currency = "UYU", amount = 1_000_000 })).Expect(422, "field-invalid");
    }

    [Fact]
    public async Task A_delivery_that_is_no_amount_any_more_is_refused()
    {
        var server = await fixture.StartedAsync();
        await Customer(server, "B2", "EUR");
        (await Order(server, "B2-O", "B2", 1000)).Expect(200);
        (await Deliver(9_999_999_999_999m)).Expect(422, "field-invalid");
        (await Deliver(10_000_000_000m)).Expect(422, "field-invalid");
        (await Deliver(9_000_000_000m)).Expect(200);
        (await Deliver(1_000_000_000m)).Expect(422, "field-invalid");

        Task<ServerReply> Deliver(decimal quantity) =>
            server.Post("/orders/B2-O/deliveries", new { date = "2026-03-01", lines = new[] { new { line = 1, quantity } } });
    }

    static Task<ServerReply> Rate(RunningServer server, string currency, decimal value) =>
        server.Put("/rates/2026-01-01", new { @base = "EUR", rates = new Dictionary<string, decimal> { [currency] = value } });

    static async Task Customer(RunningServer server, string number, string currency) =>
        (await server.Put($"/customers/{number}", new { name = "A customer", country = "DE", currency, paymentTerms = "NET30" })).Expect(200);

    static Task<ServerReply> Order(RunningServer server, string number, string customer, decimal price, bool change = false)
    {
        var body = new
        {
            number, customer, currency = "EUR", orderDate = "2026-03-01", lines = new[] { new { line = 1, item = "A", quantity = 1, unitPrice = price, taxRate = 0 } },
        };
        return change ? server.Put($"/orders/{number}", body) : server.Post("/orders", body);
    }
}
