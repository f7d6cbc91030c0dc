using Aval.Tests.Infrastructure;

namespace Aval.Tests.Reports;

public sealed class LedgerOfMoneyThatGoesOnOnSqlite(SqliteServer fixture) : LedgerOfMoneyThatGoesOnTests(fixture), IClassFixture<SqliteServer>;

public sealed class LedgerOfMoneyThatGoesOnOnPostgres(PostgresServer fixture) : LedgerOfMoneyThatGoesOnTests(fixture), IClassFixture<PostgresServer>;

/// <summary>Refunds, transfers and exchange differences on the customers' accounts. The business date is 2 March 2026.</summary>
public abstract class LedgerOfMoneyThatGoesOnTests(ServerFixture fixture)
{
    [Fact]
    public async Task Money_that_goes_back_or_elsewhere_moves_the_balance_and_moves_it_again_when_it_is_taken_back()
    {
        var server = await fixture.StartedAsync();
        foreach (var number in new[] { "LA", "LB" })
            (await server.Put($"/customers/{number}", new { name = number, country = "FR", currency = "EUR", paymentTerms = "NET30", riskClass = "B" })).Expect(200);
        (await server.Post("/invoices", new { number = "LA-I", customer = "LA", date = "2026-02-10", dueDate = "2026-03-10", currency = "EUR", amount = 100 })).Expect(200);
        (await server.Post("/receipts", new { number = "LA-R", payer = "LA", date = "2026-03-01", currency = "EUR", amount = 150, cleared = true })).Expect(200);
        (await server.Post("/refunds", new { number = "LA-B", receipt = "LA-R", amount = 10, reason = "too much" })).Expect(200);
        (await server.Post("/transfers", new { number = "LA-T", receipt = "LA-R", to = "LB", amount = 25, reason = "the branch's" })).Expect(200);
        (await server.Post("/refunds/LA-B/reversals", new { number = "LA-B2", reason = "wrong account" })).Expect(200);
        Assert.Equal(
            [
                "opening   - -50.00", "refund LA-B LA-R 10.00 -40.00", "refund LA-B2 LA-R -10.00 -50.00", "transfer LA-T LB 25.00 -25.00", "closing   - -25.00",
            ],
            await Lines(server, "payer=LA&from=2026-03-02"));
        Assert.Equal(["opening   - 0.00", "transferReceived LA-T LA-R -25.00 -25.00", "closing   - -25.00"], await Lines(server, "payer=LB&from=2026-03-01"));
        var statement = (await server.Get("/reports/statement?payer=LB")).Expect(200);
        Assert.Contains("transferReceived", statement.Text, StringComparison.Ordinal);
        Assert.Equal("-25.00", statement.Body.GetProperty("totals")[0].GetProperty("open").GetRawText());
        object[] totals = [new { payer = "LA", currency = "EUR", amount = -25 }, new { payer = "LB", currency = "EUR", amount = -25 }];
        Assert.Equal("2", (await server.Post("/reports/reconciliation", new { totals })).Expect(200)["agree"]);
    }

    [Fact]
    public async Task What_the_rates_have_done_with_a_payment_is_told_beside_it_and_moves_nothing()
    {
        var server = await fixture.StartedAsync();
        (await server.Put("/customers/LX", new { name = "LX", country = "FR", currency = "EUR", paymentTerms = "NET30", riskClass = "B" })).Expect(200);
        (await server.Put("/rates/2026-02-01", new { @base = "EUR", rates = new Dictionary<string, decimal> { ["USD"] = 1.25m } })).Expect(200);
        (await server.Put("/rates/2026-03-01", new { @base = "EUR", rates = new Dictionary<string, decimal> { ["USD"] = 1m } })).Expect(200);
        (await server.Post("/invoices", new { number = "LX-I", customer = "LX", date = "2026-02-10", dueDate = "2026-03-10", currency = "USD", amount = 100 })).Expect(200);
        (await server.Post("/receipts", new { number = "LX-R", payer = "LX", date = "2026-03-01", currency = "USD", amount = 100, cleared = true })).Expect(200);
        (await server.Post("/receipts/LX-R/allocations", new[] { new { invoice = "LX-I", amount = 100 } })).Expect(200);
        var told = (await server.Get("/reports/ledger?payer=LX&from=2026-02-01")).Expect(200).Body.GetProperty("rows").EnumerateArray()
            .Single(line => line.GetProperty("kind").GetString() == "exchangeDifference");
        Assert.Equal(("LX-R", "LX-I", "20.00", "EUR", "0.00"), (
            told.GetProperty("number").GetString(), told.GetProperty("reference").GetString(), told.GetProperty("difference").GetRawText(),
            told.GetProperty("differenceCurrency").GetString(), told.GetProperty("balance").GetRawText()));
    }

    static async Task<IEnumerable<string>> Lines(RunningServer server, string query) =>
        (await server.Get("/reports/ledger?" + query)).Expect(200).Body.GetProperty("rows").EnumerateArray().Select(line =>
            string.Join(' ', new[] { "kind", "number", "reference" }.Select(name => line.GetProperty(name).GetString()))
            + $" {line.GetProperty("amount").GetRawText().Replace("null", "-", StringComparison.Ordinal)} {line.GetProperty("balance").GetRawText()}");
}
