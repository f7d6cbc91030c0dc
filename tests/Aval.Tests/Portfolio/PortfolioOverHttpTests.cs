using System.Text.Json;
using Aval.Tests.Infrastructure;
using Aval.Tests.Nodes;
using Npgsql;

namespace Aval.Tests.Portfolio;

public sealed class PortfolioOnSqlite() : PortfolioOverHttpTests(null);

public sealed class PortfolioOnPostgres(PostgresCluster cluster) : PortfolioOverHttpTests(cluster)
{
    readonly PostgresCluster cluster = cluster;

    [Fact]
    public async Task It_is_counted_while_a_backup_holds_its_tables_and_kept_once_for_many_who_ask()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        await EnterAsync(server, "A", "EUR");
        (await server.Post("/invoices", Invoice("I-A", "A", 100, "2026-02-01", "2026-03-01", "EUR"))).Expect(200);
        await using var backup = new NpgsqlConnection(server.Options.Database);
        await backup.OpenAsync(cancel);
        await using var dumping = await backup.BeginTransactionAsync(cancel);
        await using var holding = new NpgsqlCommand("LOCK TABLE portfolio_count, portfolio_even, portfolio_odd IN ACCESS SHARE MODE", backup, dumping);
        await holding.ExecuteNonQueryAsync(cancel);
        foreach (var told in await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ToldAsync(server, "")))) Assert.Equal("A 100.00", told);
        await using var written = new NpgsqlCommand("SELECT half FROM portfolio_count", backup, dumping);
        // Each count goes into the other half of the two.
        Assert.Equal((short)1, await written.ExecuteScalarAsync(cancel));
    }

    [Fact]
    public async Task Of_many_who_ask_at_once_one_counts_and_the_others_wait_for_it()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var logging = PostgresCluster.Durable();
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(logging));
        await EnterAsync(server, "A", "EUR");
        (await server.Post("/invoices", Invoice("I-A", "A", 100, "2026-02-01", "2026-03-01", "EUR"))).Expect(200);
        await StatementLog.BeginAsync(server.Options.Database!);
        await using var rival = new NpgsqlConnection(server.Options.Database);
        await rival.OpenAsync(cancel);
        Task<string[]> told;
        await using (var holding = await rival.BeginTransactionAsync(cancel))
        {
            // Nobody comes to the end of a count before all have come to its beginning.
            await using var hold = new NpgsqlCommand("LOCK TABLE invoice", rival, holding);
            await hold.ExecuteNonQueryAsync(cancel);
            told = Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ToldAsync(server, "")));
            await using var waiting = new NpgsqlCommand("SELECT count(*) > 0 FROM pg_locks WHERE NOT granted AND relation = 'invoice'::regclass", rival, holding);
            await Eventually.TrueAsync(async () => await waiting.ExecuteScalarAsync(cancel) is true, TimeSpan.FromSeconds(30));
            await Task.Delay(TimeSpan.FromSeconds(1), cancel);
        }

        Assert.All(await told, one => Assert.Equal("A 100.00", one));
        Assert.Single(StatementLog.Read(logging.Log()), statement => statement.Sql.StartsWith("INSERT INTO portfolio_count", StringComparison.Ordinal));
    }
}

/// <summary>The report of the whole portfolio, against what is told of each payer by itself. The business date is 2 March 2026.</summary>
public abstract class PortfolioOverHttpTests(PostgresCluster? cluster)
{
    static readonly string[] Buckets = ["notDue", "d1to30", "d31to60", "d61to90", "over90"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Every_payer_comes_to_what_it_comes_to_by_itself(int seed)
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var payers = await FillAsync(server, new Random(seed));
        var told = (await server.Get("/reports/portfolio")).Expect(200).Body;
        var rows = told.GetProperty("rows").EnumerateArray().ToDictionary(row => row.GetProperty("payer").GetString()!, StringComparer.Ordinal);
        Assert.Equal("2026-03-02", told.GetProperty("asOf").GetString());
        foreach (var payer in payers)
        {
            var exposure = Number((await server.Get($"/customers/{payer}/exposure")).Expect(200).Body, "decision");
            var aging = (await server.Get($"/customers/{payer}/aging")).Expect(200).Body;
            var dso = (await server.Get($"/reports/dso?payer={payer}")).Expect(200).Body.GetProperty("rows").EnumerateArray().ToList();
            var behaviour = (await server.Get($"/customers/{payer}/behaviour")).Expect(200).Body;
            if (!rows.TryGetValue(payer, out var row))
            {
                Assert.Equal((payer, 0m, 0m, 0), (payer, exposure, Number(aging, "total"), dso.Count));
                continue;
            }

            Assert.Equal((payer, exposure), (payer, Number(row, "exposure")));
            foreach (var bucket in Buckets) Assert.Equal((payer, bucket, Number(aging, bucket)), (payer, bucket, Number(row, bucket)));
            Assert.Equal((Number(aging, "total"), Number(aging, "total") - Number(aging, "notDue")), (Number(row, "open"), Number(row, "overdue")));
            Assert.Equal(aging.GetProperty("unconverted").GetInt32(), row.GetProperty("unconverted").GetInt32());
            if (dso.Count == 1)
                Assert.Equal(
                    (payer, dso[0].GetProperty("dso").GetRawText(), Number(dso[0], "sales")), (payer, row.GetProperty("dso").GetRawText(), Number(row, "sales")));
            if (behaviour.GetProperty("level").ValueKind == JsonValueKind.Null) Assert.Equal(JsonValueKind.Null, row.GetProperty("daysLate").ValueKind);
            else Assert.Equal(behaviour.GetProperty("daysLate").GetInt32(), row.GetProperty("daysLate").GetInt32());
        }

        // The totals are those of the aging, currency by currency.
        var totals = (await server.Get("/reports/aging")).Expect(200).Body.GetProperty("totals").EnumerateArray()
            .ToDictionary(total => total.GetProperty("currency").GetString()!, total => Buckets.Select(bucket => Number(total, bucket)).ToList(), StringComparer.Ordinal);
        foreach (var total in told.GetProperty("totals").EnumerateArray())
            Assert.Equal(totals[total.GetProperty("currency").GetString()!], Buckets.Select(bucket => Number(total, bucket)));
    }

    [Fact]
    public async Task A_count_stays_until_the_next_business_day_and_is_told_by_exposure()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        foreach (var number in new[] { "A", "B", "C" }) await EnterAsync(server, number, "EUR");
        foreach (var (number, amount) in new[] { ("A", 100), ("B", 300), ("C", 200) })
            (await server.Post("/invoices", Invoice("I-" + number, number, amount, "2026-02-01", "2026-03-01", "EUR"))).Expect(200);
        Assert.Equal("B 300.00|C 200.00|A 100.00", await ToldAsync(server, ""));
        (await server.Post("/invoices", Invoice("J-A", "A", 1_000, "2026-02-01", "2026-03-01", "EUR"))).Expect(200);
        Assert.Equal("B 300.00|C 200.00|A 100.00", await ToldAsync(server, ""));
        (await server.Post("/clock", new { today = "2026-03-03" })).Expect(200);
        // The night has counted, before anybody has asked.
        (await server.Post("/invoices", Invoice("J-C", "C", 5_000, "2026-02-01", "2026-03-01", "EUR"))).Expect(200);
        Assert.Equal("A 1100.00|B 300.00|C 200.00", await ToldAsync(server, ""));
        Assert.Equal("B 300.00", await ToldAsync(server, "?payer=B"));
        (await server.Post("/clock", new { today = "2026-03-04" })).Expect(200);
        Assert.Equal("C 5200.00|A 1100.00|B 300.00", await ToldAsync(server, ""));
    }

    [Fact]
    public async Task Who_sees_some_customers_alone_is_told_those_of_the_same_count()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        await EnterAsync(server, "A", "EUR", "sara");
        await EnterAsync(server, "B", "EUR", "sven");
        foreach (var number in new[] { "A", "B" }) (await server.Post("/invoices", Invoice("I-" + number, number, 100, "2026-02-01", "2026-03-01", "EUR"))).Expect(200);
        Assert.Equal("A 100.00", await ToldAsync(server, "", "sara:sales"));
        Assert.Equal("B 100.00", await ToldAsync(server, "", "sven:sales"));
        Assert.Equal("A 100.00|B 100.00", await ToldAsync(server, ""));
        Assert.Equal("", await ToldAsync(server, "", "siri:sales"));
    }

    static async Task<List<string>> FillAsync(RunningServer server, Random random)
    {
        (await server.Put("/rates/2025-10-01", new { @base = "EUR", rates = new Dictionary<string, decimal> { ["USD"] = 1.0837m, ["JPY"] = 163.07m } })).Expect(200);
        var payers = Enumerable.Range(1, 13).Select(number => $"P{number}").ToList();
        for (var i = 0; i < payers.Count; i++) await EnterAsync(server, payers[i], i % 4 == 3 ? "USD" : "EUR");
        var invoices = new List<(string Number, string Payer, string Currency, int Amount)>();
        for (var i = 0; i < 60; i++)
        {
            // The last payers have nothing, orders alone, a credit note alone, or orders and what was paid long ago.
            var payer = payers[random.Next(payers.Count - 4)];
            var (currency, amount) = (random.Next(5) switch { 0 => "USD", 1 => "JPY", _ => "EUR" }, random.Next(1, 5_000));
            var date = new DateOnly(2026, 3, 2).AddDays(-random.Next(0, 150));
            invoices.Add(($"I{i}", payer, currency, amount));
            (await server.Post("/invoices", Invoice($"I{i}", payer, amount, Iso(date), Iso(date.AddDays(random.Next(0, 60))), currency))).Expect(200);
        }

        foreach (var (number, payer, currency, amount) in invoices)
        {
            switch (random.Next(7))
            {
                case 0 or 1:
                    var paid = random.Next(2) == 0 ? amount : Math.Max(1, amount / 3);
                    (await server.Post("/receipts", new { number = "R" + number, payer, date = "2026-03-01", currency, amount = paid, cleared = random.Next(4) > 0 })).Expect(200);
                    if (random.Next(5) > 0) (await server.Post($"/receipts/R{number}/allocations", new[] { new { invoice = number, amount = paid } })).Expect(200);
                    break;
                case 2:
                    (await server.Post("/disputes", new
                    {
                        number = "D" + number, invoice = number, amount = Math.Max(1, amount / 2), reason = "quality", legitimacy = "unqualified", owner = "quality",
                        date = "2026-03-01",
                    })).Expect(200);
                    break;
                case 3:
                    (await server.Post("/credit-notes", new { number = "N" + number, customer = payer, date = "2026-03-01", currency, amount = 17 })).Expect(200);
                    break;
            }
        }

        var lines = new[] { new { line = 1, item = "steel", quantity = 3, unitPrice = 100, taxRate = 0 } };
        (await server.Post("/invoices", Invoice("I-long-ago", payers[^1], 500, "2025-11-01", "2025-11-15", "EUR"))).Expect(200);
        (await server.Post("/receipts", new { number = "R-long-ago", payer = payers[^1], date = "2025-11-25", currency = "EUR", amount = 500, cleared = true })).Expect(200);
        (await server.Post("/receipts/R-long-ago/allocations", new[] { new { invoice = "I-long-ago", amount = 500 } })).Expect(200);
        foreach (var payer in new[] { payers[0], payers[^3], payers[^1] })
        {
            (await server.Post("/limits", new { customer = payer, kind = "standing", limit = "unlimited", currency = "EUR", validFrom = "2026-01-01", reason = "x" })).Expect(200);
            var order = await server.Post("/orders", new { number = "O" + payer, customer = payer, currency = "EUR", orderDate = "2026-03-02", lines });
            if (payer != payers[0]) Assert.Equal("released", order.Expect(200)["status"]);
        }

        (await server.Post("/credit-notes", new { number = "N", customer = payers[^2], date = "2026-03-01", currency = "EUR", amount = 17 })).Expect(200);
        return payers;
    }

    protected static async Task EnterAsync(RunningServer server, string number, string currency, string? salesOwner = null) =>
        (await server.Put($"/customers/{number}", new
        {
            name = "A customer", country = "DE", currency, paymentTerms = "NET30", riskClass = "B", salesOwner,
            billingAddress = new { line1 = "Am Markt 1", city = "Bonn", postalCode = "53111", country = "DE" },
        })).Expect(200);

    protected static object Invoice(string number, string customer, decimal amount, string date, string dueDate, string currency) =>
        new { number, customer, date, dueDate, currency, amount };

    protected static async Task<string> ToldAsync(RunningServer server, string query, string? actor = null) => string.Join('|',
        (await server.Get("/reports/portfolio" + query, actor)).Expect(200).Body.GetProperty("rows").EnumerateArray()
            .Select(row => $"{row.GetProperty("payer").GetString()} {row.GetProperty("exposure").GetRawText()}"));

    static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    static decimal Number(JsonElement row, string name) => row.GetProperty(name).GetDecimal();
}
