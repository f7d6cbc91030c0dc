using Aval.Tests.Infrastructure;

namespace Aval.Tests.Checks;

public class MissingRateTests(SqliteServer fixture) : IClassFixture<SqliteServer>
{
    [Fact]
    public async Task An_order_that_no_rate_brings_to_the_groups_limit_waits_for_it()
    {
        var server = await fixture.StartedAsync();
        await Customer(server, "G1", "CLP");
        await Customer(server, "G1a", "EUR", "G1");
        (await server.Post("/limits", new
        {
            customer = "G1", level = "group", kind = "standing", limit = "amount", amount = 1000000, currency = "CLP", validFrom = "2026-01-01", reason = "all of them",
        })).Expect(200);
        Assert.Contains("rates-missing", await Findings(server, "G1-1", "G1a"), StringComparison.Ordinal);
        await Rate(server, "CLP", 1000);
        Assert.DoesNotContain("rates-missing", await Findings(server, "G1-2", "G1a"), StringComparison.Ordinal);

        await Customer(server, "G1b", "EUR", "G1");
        (await Invoice(server, "G1-I", "G1b", "PEN")).Expect(200);
        Assert.Contains("rates-missing", await Findings(server, "G1-3", "G1a"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rate_that_has_come_since_serves_the_next_check()
    {
        var server = await fixture.StartedAsync();
        await Customer(server, "G2", "EUR");
        (await Invoice(server, "G2-I", "G2", "COP")).Expect(200);
        Assert.Contains("rates-missing", await Findings(server, "G2-1", "G2"), StringComparison.Ordinal);
        await Rate(server, "COP", 4000);
        Assert.DoesNotContain("rates-missing", await Findings(server, "G2-2", "G2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rate_that_several_figures_want_for_is_asked_for_once()
    {
        var server = await fixture.StartedAsync();
        await Customer(server, "GE", "EUR");
        await Customer(server, "GU", "UYU", "GE");
        (await server.Post("/limits", new
        {
            customer = "GE", level = "group", kind = "standing", limit = "amount", amount = 100, currency = "EUR", validFrom = "2026-01-01", reason = "all of them",
        })).Expect(200);
        var order = (await server.Post("/orders", new
        {
            number = "GU-1", customer = "GU", currency = "UYU", orderDate = "2026-03-01",
            lines = new[] { new { line = 1, item = "A", quantity = 1, unitPrice = 100, taxRate = 0 } },
        })).Expect(200);
        var missing = Assert.Single(order.Body.GetProperty("findings").EnumerateArray(), finding => finding.GetProperty("code").GetString() == "rates-missing");
        Assert.Equal("No exchange rate between EUR and the credit currency of GU is known.", missing.GetProperty("message").GetString());
    }

    static async Task Customer(RunningServer server, string number, string currency, string? group = null) =>
        (await server.Put($"/customers/{number}", new { name = "A customer", country = "DE", currency, paymentTerms = "NET30", group })).Expect(200);

    static async Task Rate(RunningServer server, string currency, decimal value) =>
        (await server.Put("/rates/2026-01-01", new { @base = "EUR", rates = new Dictionary<string, decimal> { [currency] = value } })).Expect(200);

    static Task<ServerReply> Invoice(RunningServer server, string number, string customer, string currency) =>
        server.Post("/invoices", new { number, customer, date = "2026-02-10", dueDate = "2026-03-10", currency, amount = 10 });

    static async Task<string> Findings(RunningServer server, string number, string customer) => (await server.Post("/orders", new
    {
        number, customer, currency = "EUR", orderDate = "2026-03-01", lines = new[] { new { line = 1, item = "A", quantity = 1, unitPrice = 100, taxRate = 0 } },
    })).Expect(200).Body.GetProperty("findings").GetRawText();
}
