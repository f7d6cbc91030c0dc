using Aval.Tests.Checks;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Concentration;

public sealed class ConcentrationOnSqlite() : ConcentrationOverHttpTests(null);

public sealed class ConcentrationOnPostgres(PostgresCluster cluster) : ConcentrationOverHttpTests(cluster);

/// <summary>The day's round counts the portfolio; orders are checked against the last count, and a later one frees what only the earlier one held.</summary>
public abstract class ConcentrationOverHttpTests(PostgresCluster? cluster)
{
    [Fact]
    public async Task A_payer_and_a_country_are_too_much_until_they_have_paid_and_were_counted_again()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        foreach (var (number, country) in new[] { ("A", "FR"), ("B", "DE") })
            (await server.Put($"/customers/{number}", new
            {
                name = number, country, currency = "EUR", paymentTerms = "NET30", riskClass = "B", segment = "retail",
                billingAddress = new { line1 = "Am Markt 1", city = "Bonn", postalCode = "53111", country },
            })).Expect(200);
        foreach (var number in new[] { "A", "B" })
            (await server.Post("/limits", new
            {
                customer = number, kind = "standing", limit = "unlimited", currency = "EUR", validFrom = "2026-01-01", reason = "reviewed",
            })).Expect(200);
        (await server.Post("/invoices", Invoice("I-A", "A", 6_000))).Expect(200);
        (await server.Post("/invoices", Invoice("I-B", "B", 2_000))).Expect(200);
        Assert.Equal("", (await server.Get("/portfolio")).Expect(200)["asOf"]);
        (await server.Put("/policies/draft", new
        {
            basedOn = "standard",
            rules = new[] { new { rule = "concentration", severity = "refer", payerPercent = 50, countryPercent = 70, minAmount = 1_000 } },
        }, "mia:creditManager")).Expect(200);
        (await server.Post("/policies/draft/activate", new { reason = "spread it" }, "lea:leadership")).Expect(200);
        // Nothing was counted yet, so nothing is concentrated.
        Assert.Equal("released", (await server.Post("/orders", Order("O-0", "A"))).Expect(200)["status"]);

        (await server.Post("/clock", new { today = "2026-03-03" })).Expect(200);
        var counted = (await server.Get("/portfolio")).Expect(200);
        Assert.Equal(("2026-03-03", "8000.00"), (counted["asOf"], counted["total"]));
        Assert.Equal("""[{"name":"FR","amount":6000.00,"percent":75},{"name":"DE","amount":2000.00,"percent":25}]""", counted.Body.GetProperty("byCountry").GetRawText());
        var held = (await server.Post("/orders", Order("O-1", "A"))).Expect(200);
        Assert.Equal("held", held["status"]);
        var found = held.Body.GetProperty("findings").EnumerateArray().ToList();
        Assert.Equal(["concentration payer", "concentration country FR"], found.Select(one => $"{one.GetProperty("code")} {one.GetProperty("subject")}"));
        Assert.Equal("""{"percent":75,"asOf":"2026-03-03"}""", found[0].GetProperty("share").GetRawText().Replace(".00", "", StringComparison.Ordinal));
        Assert.Equal("A stands for 6,000.00 EUR of all receivables, 75% of what was counted on 3 March 2026.", found[0].GetProperty("message").GetString()!.Replace('\u00A0', ' '));
        Assert.Equal("released", (await server.Post("/orders", Order("O-2", "B"))).Expect(200)["status"]);

        (await server.Post("/receipts", new { number = "R-A", payer = "A", date = "2026-03-03", currency = "EUR", amount = 5_000 })).Expect(200);
        (await server.Post("/receipts/R-A/allocations", new[] { new { invoice = "I-A", amount = 5_000 } })).Expect(200);
        var left = (await server.Get("/orders/O-1")).Expect(200).Body.GetProperty("findings").EnumerateArray();
        Assert.Equal(["country FR"], left.Select(one => one.GetProperty("subject").GetString()));

        (await server.Post("/clock", new { today = "2026-03-04" })).Expect(200);
        await RecheckTests.UntilAsync(async () => (await server.Get("/orders/O-1")).Expect(200)["status"] == "released", "the new count freed nothing");
        Assert.Equal("2026-03-04", (await server.Get("/portfolio")).Expect(200)["asOf"]);

        // The policy that holds, tried on this past, finds what was found: each check with the count that it had.
        (await server.Put("/policies/draft", new { basedOn = 2 }, "mia:creditManager")).Expect(200);
        var simulated = (await server.Post("/policies/draft/simulate", new { from = "2026-03-03", to = "2026-12-31" })).Expect(200);
        Assert.Equal(("2", "0", "0"), (simulated["orders"], simulated["checksChanged"], simulated["checksFindingElse"]));
        var stricter = new { basedOn = 2, rules = new[] { new { rule = "concentration", severity = "refer", payerPercent = 20, minAmount = 1_000 } } };
        (await server.Put("/policies/draft", stricter, "mia:creditManager")).Expect(200);
        Assert.Equal("2", (await server.Post("/policies/draft/simulate", new { from = "2026-03-03", to = "2026-12-31" })).Expect(200)["held"]);
        Assert.Equal("True", (await server.Get("/journal/verify")).Expect(200)["valid"]);
    }

    static object Invoice(string number, string customer, decimal amount) =>
        new { number, customer, date = "2026-03-01", dueDate = "2026-04-30", currency = "EUR", amount };

    static object Order(string number, string customer) => new
    {
        number, customer, currency = "EUR", orderDate = "2026-03-02",
        lines = new[] { new { line = 1, item = "steel", quantity = 1, unitPrice = 100, taxRate = 0 } },
    };
}
