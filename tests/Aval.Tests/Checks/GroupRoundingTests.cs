using System.Globalization;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Checks;

public class GroupRoundingTests(SqliteServer fixture) : IClassFixture<SqliteServer>
{
    /// <summary>0.10 EUR are 14.4 JPY, hence 14; 0.20 EUR are 28.8, hence 29.</summary>
    [Fact]
    public async Task Orders_that_fit_a_groups_limit_by_their_own_rounding_are_not_released_beyond_it_together()
    {
        var server = await fixture.StartedAsync();
        (await server.Put("/rates/2026-01-01", new { @base = "EUR", rates = new Dictionary<string, decimal> { ["JPY"] = 144 } })).Expect(200);
        await Customer(server, "GR", "JPY", null);
        await Customer(server, "GR1", "EUR", "GR");
        await Limit(server, "GR1", "unlimited", null, "EUR", "payer");
        await Limit(server, "GR", "amount", 28, "JPY", "group");

        Assert.Equal("released", (await Order(server, "GR-1", 0.10m))["status"]);
        var second = await Order(server, "GR-2", 0.10m);
        Assert.Equal("held", second["status"]);
        var finding = second.Body.GetProperty("findings").EnumerateArray().Single(found => found.GetProperty("code").GetString() == "limit-exceeded");
        Assert.Equal(("GR", 1m), (finding.GetProperty("level").GetString(), finding.GetProperty("amount").GetDecimal()));
        Assert.Equal("released", (await Order(server, "GR-3", 0.09m))["status"]);
        Assert.Equal("0.19", decimal.Parse((await server.Get("/customers/GR1/exposure"))["openOrders"]!, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture));
    }

    static async Task Customer(RunningServer server, string number, string currency, string? group) => (await server.Put($"/customers/{number}", new
    {
        name = "A customer", country = "DE", currency, paymentTerms = "NET30", group,
        billingAddress = new { line1 = "Am Markt 1", city = "Bonn", postalCode = "53111", country = "DE" },
    })).Expect(200);

    static async Task Limit(RunningServer server, string customer, string limit, decimal? amount, string currency, string level) => (await server.Post("/limits", new
    {
        customer, kind = "standing", limit, amount, currency, validFrom = "2026-01-01", reason = "reviewed", level,
    })).Expect(200);

    static async Task<ServerReply> Order(RunningServer server, string number, decimal worth) => (await server.Post("/orders", new
    {
        number, customer = "GR1", currency = "EUR", orderDate = "2026-03-02", lines = new[] { new { line = 1, item = "pin", quantity = 1, unitPrice = worth, taxRate = 0 } },
    })).Expect(200);
}
