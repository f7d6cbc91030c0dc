using System.Globalization;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Checks;

public sealed class RegroupingRaceOnSqlite(SqliteServer fixture) : RegroupingRaceTests(fixture), IClassFixture<SqliteServer>;

public sealed class RegroupingRaceOnPostgres(PostgresServer fixture) : RegroupingRaceTests(fixture), IClassFixture<PostgresServer>;

/// <summary>Orders come in while their customers are moved from payer to payer. A move may bring claims along; what is released never is more than the limit.</summary>
public abstract class RegroupingRaceTests(ServerFixture fixture)
{
    const decimal Limit = 1000;
    const int Rounds = 12;

    [Fact]
    public async Task Orders_that_race_with_regrouping_never_release_more_than_the_limit_above_them()
    {
        var server = await fixture.StartedAsync();
        await Enter(server, "TOP", null);
        (await server.Post("/limits", new
        {
            customer = "TOP", level = "group", kind = "standing", limit = "amount", amount = Limit, currency = "EUR", validFrom = "2026-01-01", reason = "reviewed",
        })).Expect(200);
        // Members that stay hold what is released of the top's limit; the guests come and go between two payers that inherit it.
        foreach (var payer in new[] { "M1", "M2" }) await Enter(server, payer, new { group = "TOP" }, inherits: true);
        foreach (var guest in new[] { "B1", "B2" }) await Enter(server, guest, new { payer = "M1" });

        var movers = new[] { "B1", "B2" }.Select(guest => Task.Run(async () =>
        {
            for (var round = 0; round < Rounds; round++)
                (await server.Put($"/customers/{guest}", new { payer = round % 2 == 0 ? "M2" : "M1" })).Expect(200);
        }));
        var leaver = Task.Run(async () =>
        {
            // Joins and leaves empty, so that every move takes the locks of another root and brings no claim.
            await Enter(server, "EMPTY", null);
            for (var round = 0; round < Rounds; round++)
                (await server.Put("/customers/EMPTY", new { group = round % 2 == 0 ? "TOP" : null })).Expect(200);
        }, TestContext.Current.CancellationToken);
        var orders = new[] { "B1", "B2", "M1", "M2" }.Select(customer => Task.Run(async () =>
        {
            var replies = new List<ServerReply>();
            for (var round = 0; round < Rounds; round++) replies.Add(await Order(server, $"{customer}-{round}", customer));
            return replies;
        })).ToList();
        await Task.WhenAll([.. movers, leaver, .. orders]);

        decimal released = 0;
        foreach (var order in (await Task.WhenAll(orders)).SelectMany(replies => replies))
        {
            var now = (await server.Get($"/orders/{order["order"]}")).Expect(200);
            if (now["status"] == "released") released += now.Body.GetProperty("authorization").GetProperty("amount").GetDecimal();
        }

        // 48 orders of 90 want 4,320 of a limit of 1,000: eleven fit, and no race lets a twelfth through or leaves room for one.
        Assert.Equal(990, released);
        Assert.Equal(990, await OpenOrders(server, "M1") + await OpenOrders(server, "M2"));
        var proof = (await server.Get("/journal/verify")).Expect(200);
        Assert.True(proof["valid"] == "True", proof.Text);
    }

    static async Task<decimal> OpenOrders(RunningServer server, string payer) =>
        decimal.Parse((await server.Get($"/customers/{payer}/exposure")).Expect(200)["openOrders"]!, CultureInfo.InvariantCulture);

    static async Task Enter(RunningServer server, string number, object? above, bool inherits = false)
    {
        var address = new { line1 = "Am Markt 1", city = "Bonn", postalCode = "53111", country = "DE" };
        (await server.Put($"/customers/{number}", new { name = "A customer", country = "DE", currency = "EUR", paymentTerms = "NET30", billingAddress = address })).Expect(200);
        if (above is not null) (await server.Put($"/customers/{number}", above)).Expect(200);
        if (inherits)
            (await server.Post("/limits", new
            {
                customer = number, kind = "standing", limit = "inherit", currency = "EUR", validFrom = "2026-01-01", reason = "in the group",
            })).Expect(200);
    }

    static async Task<ServerReply> Order(RunningServer server, string number, string customer) => (await server.Post("/orders", new
    {
        number, customer, currency = "EUR", orderDate = "2026-03-02", lines = new[] { new { line = 1, item = "steel", quantity = 1, unitPrice = 90, taxRate = 0 } },
    })).Expect(200);
}
