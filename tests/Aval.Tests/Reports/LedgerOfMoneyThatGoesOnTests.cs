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
        Assert.Equal(("FX-LX-R-1", "LX-R", "20.00", "EUR", "0.00"), (
            told.GetProperty("number").GetString(), told.GetProperty("reference").GetString(), told.GetProperty("difference").GetRawText(),
            told.GetProperty("differenceCurrency").GetString(), told.GetProperty("balance").GetRawText()));

        var document = (await server.Get("/exchange-differences/FX-LX-R-1")).Expect(200);
        Assert.Equal(("LX", "LX-R", "LX-I", "2026-03-02", "EUR"), (document["payer"], document["receipt"], document["invoice"], document["date"], document["currency"]));
        Assert.Equal("20.00", document["amount"]);
        Assert.Equal("exchange-difference-unknown", (await server.Get("/exchange-differences/FX-LX-R-1", "sam:sales")).Code);
        Assert.Equal("FX-LX-R-1", (await server.Get("/receipts/LX-R/allocations")).Expect(200).Body[0].GetProperty("exchangeDocument").GetString());
        foreach (var none in new[] { "FX-LX-R-2", "FX-none-1", "FX-", "LX-R", "FX-LX-R-x" })
            Assert.Equal("exchange-difference-unknown", (await server.Get("/exchange-differences/" + none)).Code);
        Assert.Equal("receipt-unknown", (await server.Get("/receipts/none/exchange-differences")).Code);
        (await server.Post("/receipts/LX-R/match/undo", new { reason = "meant otherwise" })).Expect(200);
        Assert.Equal("FX-LX-R-2", (await server.Get("/exchange-differences/FX-LX-R-1")).Expect(200)["reversedBy"]);
        var back = (await server.Get("/receipts/LX-R/exchange-differences")).Expect(200).Body[1];
        Assert.Equal(("FX-LX-R-2", "-20.00", "FX-LX-R-1"), (
            back.GetProperty("number").GetString(), back.GetProperty("amount").GetRawText(), back.GetProperty("reverses").GetString()));
    }

    [Fact]
    public async Task A_statement_from_a_day_on_tells_what_moved_the_account_and_closes_with_what_is_open()
    {
        var server = await fixture.StartedAsync();
        foreach (var number in new[] { "LS", "LT" })
            (await server.Put($"/customers/{number}", new { name = number, country = "FR", currency = "EUR", paymentTerms = "NET30", riskClass = "B" })).Expect(200);
        (await server.Put("/rates/2026-02-01", new { @base = "EUR", rates = new Dictionary<string, decimal> { ["GBP"] = 1.25m } })).Expect(200);
        (await server.Put("/rates/2026-03-01", new { @base = "EUR", rates = new Dictionary<string, decimal> { ["GBP"] = 1m } })).Expect(200);
        (await server.Post("/invoices", new { number = "LS-I", customer = "LS", date = "2026-02-10", dueDate = "2026-03-10", currency = "GBP", amount = 100 })).Expect(200);
        (await server.Post("/invoices", new { number = "LS-J", customer = "LS", date = "2026-02-11", dueDate = "2026-03-10", currency = "EUR", amount = 70 })).Expect(200);
        (await server.Post("/credit-notes", new { number = "LS-C", customer = "LS", date = "2026-02-20", currency = "EUR", amount = 30 })).Expect(200);
        (await server.Post("/receipts", new { number = "LS-R", payer = "LS", date = "2026-03-01", currency = "GBP", amount = 60 })).Expect(200);
        (await server.Post("/receipts/LS-R/allocations", new[] { new { invoice = "LS-I", amount = 40 } })).Expect(200);
        (await server.Post("/refunds", new { number = "LS-B", creditNote = "LS-C", amount = 30, reason = "they buy no more" })).Expect(200);
        (await server.Post("/transfers", new { number = "LS-T", receipt = "LS-R", to = "LT", amount = 5, reason = "the branch's" })).Expect(200);

        var plain = (await server.Get("/reports/statement?payer=LS")).Expect(200).Body;
        Assert.False(plain.GetProperty("rows")[0].TryGetProperty("balance", out _));
        foreach (var from in new[] { "2026-02-11", "2026-02-25", "2026-03-02" })
        {
            var rows = (await server.Get($"/reports/statement?payer=LS&from={from}")).Expect(200).Body.GetProperty("rows").EnumerateArray().ToList();
            var moved = rows.Where(row => row.GetProperty("open").ValueKind == System.Text.Json.JsonValueKind.Null).ToList();
            foreach (var kind in new[] { "refund", "transfer", "exchangeDifference" }) Assert.Contains(kind, moved.Select(Kind));
            foreach (var account in moved.GroupBy(row => row.GetProperty("currency").GetString()))
            {
                var opening = account.Single(row => Kind(row) == "opening").GetProperty("balance").GetDecimal();
                var closing = account.Single(row => Kind(row) == "closing").GetProperty("balance").GetDecimal();
                Assert.Equal(closing, opening + account.Sum(
                    row => row.GetProperty("amount") is { ValueKind: not System.Text.Json.JsonValueKind.Null } amount ? amount.GetDecimal() : 0));
                Assert.Equal(closing, rows.Except(moved).Where(row => row.GetProperty("currency").GetString() == account.Key).Sum(row => row.GetProperty("open").GetDecimal()));
            }

            Assert.Equal(("FX-LS-R-1", "8.00"), moved.Where(row => Kind(row) == "exchangeDifference").Select(row =>
                (row.GetProperty("number").GetString()!, row.GetProperty("difference").GetRawText())).Single());
        }

        var letter = await server.Get("/reports/statement?payer=LS&from=2026-02-11&format=html&language=english");
        Assert.Contains("What has moved your account", letter.Expect(200).Text, StringComparison.Ordinal);
        Assert.Contains("FX-LS-R-1", letter.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("What has moved", (await server.Get("/reports/statement?payer=LS&format=html&language=english")).Expect(200).Text, StringComparison.Ordinal);

        static string Kind(System.Text.Json.JsonElement row) => row.GetProperty("kind").GetString()!;
    }

    static async Task<IEnumerable<string>> Lines(RunningServer server, string query) =>
        (await server.Get("/reports/ledger?" + query)).Expect(200).Body.GetProperty("rows").EnumerateArray().Select(line =>
            string.Join(' ', new[] { "kind", "number", "reference" }.Select(name => line.GetProperty(name).GetString()))
            + $" {line.GetProperty("amount").GetRawText().Replace("null", "-", StringComparison.Ordinal)} {line.GetProperty("balance").GetRawText()}");
}
