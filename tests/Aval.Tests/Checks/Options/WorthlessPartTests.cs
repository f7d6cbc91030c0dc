using Aval.Tests.Infrastructure;

namespace Aval.Tests.Checks.Options;

public class WorthlessPartTests(SqliteServer fixture) : IClassFixture<SqliteServer>
{
    /// <summary>One EUR is 16,000 IDR: what of the order still passes is less than half a cent of credit.</summary>
    [Fact]
    public async Task A_part_that_comes_to_no_cent_of_credit_is_no_option()
    {
        var server = await fixture.StartedAsync();
        (await server.Put("/rates/2026-01-01", new { @base = "EUR", rates = new Dictionary<string, decimal> { ["IDR"] = 16_000 } })).Expect(200);
        (await server.Put("/customers/WP", new
        {
            name = "A customer", country = "DE", currency = "EUR", paymentTerms = "NET30",
            billingAddress = new { line1 = "Am Markt 1", city = "Bonn", postalCode = "53111", country = "DE" },
        })).Expect(200);
        (await server.Post("/limits", new
        {
            customer = "WP", kind = "standing", limit = "amount", amount = 10, currency = "EUR", validFrom = "2026-01-01", reason = "reviewed",
        })).Expect(200);
        Assert.Equal("released", (await Order(server, "WP-1", "EUR", 10)).Expect(200)["status"]);
        var held = (await Order(server, "WP-2", "IDR", 100_000)).Expect(200);
        Assert.Equal("held", held["status"]);
        var actions = held.Body.GetProperty("options").EnumerateArray().Select(option => option.GetProperty("action").GetString()).ToList();
        Assert.DoesNotContain("partialRelease", actions);
        Assert.DoesNotContain("stagedInvoicing", actions);
        Assert.NotEmpty(actions);
    }

    static Task<ServerReply> Order(RunningServer server, string number, string currency, decimal worth) => server.Post("/orders", new
    {
        number, customer = "WP", currency, orderDate = "2026-03-02", lines = new[] { new { line = 1, item = "pin", quantity = 1, unitPrice = worth, taxRate = 0 } },
    });
}
