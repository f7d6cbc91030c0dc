using Aval.Tests.Infrastructure;

namespace Aval.Tests.Checks;

public class LimitBeginsTests
{
    [Fact]
    public async Task A_limit_that_begins_later_releases_on_its_day_what_waited_for_it()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(null));
        (await server.Put("/customers/L1", new
        {
            name = "A customer", country = "DE", currency = "EUR", paymentTerms = "NET30", riskClass = "B",
            billingAddress = new { line1 = "Am Hafen 1", city = "Kiel", postalCode = "24103", country = "DE" },
        })).Expect(200);
        (await Limit(10, "2026-01-01")).Expect(200);
        (await Limit(10_000, "2026-03-05")).Expect(200);
        var order = await server.Post("/orders", new
        {
            number = "L1-O", customer = "L1", currency = "EUR", orderDate = "2026-03-01", purchaseOrder = "PO-1",
            lines = new[] { new { line = 1, item = "A", quantity = 1, unitPrice = 100, taxRate = 0 } },
        });
        Assert.Equal("held", order.Expect(200)["status"]);
        // The block's time to be decided has passed: it went to the next who may.
        Assert.Equal("1", (await server.Post("/clock", new { today = "2026-03-04" })).Expect(200)["rootsRun"]);
        Assert.Equal("1", (await server.Post("/clock", new { today = "2026-03-05" })).Expect(200)["rootsRun"]);
        for (var tries = 0; tries < 50 && (await server.Get("/orders/L1-O"))["status"] == "held"; tries++)
            await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.Equal("released", (await server.Get("/orders/L1-O")).Expect(200)["status"]);
        Assert.Equal("0", (await server.Post("/clock", new { today = "2026-03-06" })).Expect(200)["rootsRun"]);

        Task<ServerReply> Limit(decimal amount, string validFrom) => server.Post("/limits", new
        {
            customer = "L1", kind = "standing", limit = "amount", amount, currency = "EUR", validFrom, reason = "agreed",
        });
    }
}
