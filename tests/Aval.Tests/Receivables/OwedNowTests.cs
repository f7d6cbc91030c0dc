using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Aval.Tests.Decisions;
using Aval.Tests.Infrastructure;
using Aval.Tests.Web;
using FsCheck;
using FsCheck.Fluent;

namespace Aval.Tests.Receivables;

public sealed class OwedNowOnSqlite(SqliteServer fixture) : OwedNowTests(fixture, null), IClassFixture<SqliteServer>;

public sealed class OwedNowOnPostgres(PostgresServer fixture, PostgresCluster cluster) : OwedNowTests(fixture, cluster), IClassFixture<PostgresServer>;

/// <summary>What is owed is one figure: on the aging page, in its file, in the report and on the first page of leadership. The business date is 2 March 2026.</summary>
public abstract class OwedNowTests(ServerFixture fixture, PostgresCluster? cluster)
{
    static readonly string[] Buckets = ["notDue", "d1to30", "d31to60", "d61to90", "over90", "total"];
    static readonly string[] Currencies = ["EUR", "USD", "JPY", "CHF"];
    static readonly DateOnly Today = new(2026, 3, 2);

    /// <summary>Invoices by payer, currency, age, term, amount in minor units, and the percentage of them that was paid. Of CHF no rate is known.</summary>
    static readonly Arbitrary<(int Payer, int Currency, int Age, int Term, int Minor, int Paid)[]> Courses = Gen.Choose(0, 4)
        .SelectMany(_ => Gen.Choose(0, 3), (payer, currency) => (payer, currency))
        .SelectMany(_ => Gen.Choose(0, 150), (drawn, age) => (drawn.payer, drawn.currency, age))
        .SelectMany(_ => Gen.Choose(0, 90), (drawn, term) => (drawn.payer, drawn.currency, drawn.age, term))
        .SelectMany(_ => Gen.Choose(1, 9_999_999), (drawn, minor) => (drawn.payer, drawn.currency, drawn.age, drawn.term, minor))
        .SelectMany(_ => Gen.Choose(-100, 100), (drawn, paid) => (drawn.payer, drawn.currency, drawn.age, drawn.term, drawn.minor, Math.Max(0, paid)))
        .ArrayOf(12).ToArbitrary();

    [Fact]
    public async Task The_aging_page_adds_up_what_the_report_converts_document_by_document()
    {
        var server = await fixture.StartedAsync();
        // The rates move, so that what is converted at another day's rate is another sum.
        foreach (var (day, dollar, yen) in new[] { ("2025-09-01", 1.25m, 150m), ("2025-12-20", 1.0837m, 161.37m), ("2026-02-15", 1.1113m, 158.913m) })
            (await server.Put("/rates/" + day, new { @base = "EUR", rates = new Dictionary<string, decimal> { ["USD"] = dollar, ["JPY"] = yen } })).Expect(200);
        using var browser = await SignedInAsync(server, "accountsReceivable");
        var course = 0;
        Prop.ForAll(Courses, invoices => PlayAsync(invoices, ++course).GetAwaiter().GetResult()).Holds(5);

        async Task PlayAsync((int Payer, int Currency, int Age, int Term, int Minor, int Paid)[] invoices, int at)
        {
            // Payers of three credit currencies; who has another only is converted at today's rate, and of the fifth none is known.
            for (var payer = 0; payer < 5; payer++)
                (await server.Put($"/customers/ON-{at}-{payer}", new
                {
                    name = $"ON-{at}-{payer}", country = "DE", currency = payer < 2 ? "EUR" : Currencies[payer - 1], paymentTerms = "NET30",
                })).Expect(200);
            var number = 0;
            foreach (var drawn in invoices)
            {
                var (customer, currency, date, id) = ($"ON-{at}-{drawn.Payer}", Currencies[drawn.Currency], Today.AddDays(-drawn.Age), $"ON-{at}-I{++number}");
                var (unit, own) = (currency == "JPY" ? 1m : 0.01m, drawn.Payer < 2 ? "EUR" : Currencies[drawn.Payer - 1]);
                var dueDate = date.AddDays(drawn.Term);
                (await server.Post("/invoices", new { number = id, customer, date, dueDate, currency, amount = drawn.Minor * unit })).Expect(200);
                var paid = drawn.Minor * (long)drawn.Paid / 100 * unit;
                // What cannot be converted cannot be paid.
                if (paid == 0 || (currency == "CHF") != (own == "CHF")) continue;
                (await server.Post("/receipts", new { number = id + "R", payer = customer, date = Today, currency, amount = paid, cleared = true })).Expect(200);
                (await server.Post($"/receipts/{id}R/allocations", new[] { new { invoice = id, amount = paid } })).Expect(200);
            }

            var report = (await server.Get("/aging?limit=500")).Expect(200).Body;
            var page = await LinesAsync(browser, "/aging?by=payer&as=csv");
            foreach (var bucket in Buckets)
                Assert.Equal((bucket, report.GetProperty(bucket).GetDecimal()), (bucket, page.Sum(line => Cell(line, bucket))));
            var rows = report.GetProperty("rows").EnumerateArray().ToDictionary(row => row.GetProperty("payer").GetString()!, StringComparer.Ordinal);
            Assert.Equal(rows.Keys.Order(StringComparer.Ordinal), page.Select(line => line["payer"]));
            foreach (var line in page.Where(line => line["payer"][^1] is '0' or '1'))
                Assert.Equal((line["payer"], Told(rows[line["payer"]])), (line["payer"], string.Join(' ', Buckets.Select(bucket => Cell(line, bucket)))));
            var unconverted = report.GetProperty("unconverted").GetInt32();
            var text = await TextAsync(browser, "/aging");
            if (unconverted > 0) Assert.Matches($">\\s*{unconverted} invoices? (is|are) missing, since no rate is known", text);
            else Assert.DoesNotContain("since no rate is known", text, StringComparison.Ordinal);
        }

        static string Told(JsonElement row) => string.Join(' ', Buckets.Select(bucket => row.GetProperty(bucket).GetDecimal()));
    }

    [Fact]
    public async Task What_is_owed_late_and_at_stake_stands_on_the_first_page_of_leadership_and_follows_a_receipt_at_once()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var desk = new CreditDesk(server);
        (await server.Put("/rates/2026-01-01", new { @base = "EUR", rates = new Dictionary<string, decimal> { ["USD"] = 1.25m } })).Expect(200);
        (await server.Put("/rates/2026-03-01", new { @base = "EUR", rates = new Dictionary<string, decimal> { ["USD"] = 1.5m } })).Expect(200);
        foreach (var payer in new[] { "OL1", "OL2" }) await desk.Payer(payer, 50_000);
        await desk.Invoice("OL-1", "OL1", 1_000, due: "2026-02-01");
        await desk.Invoice("OL-2", "OL1", 400.40m);
        await desk.Invoice("OL-3", "OL2", 100, due: "2026-02-20", currency: "USD");
        await desk.Order("OL-O1", "OL1", 700);
        await desk.Order("OL-O2", "OL2", 300, units: 2);
        using var browser = await SignedInAsync(server, "leadership");
        // 100 USD were 80 EUR on the day of the invoice, and stay so.
        await FigureAsync("Owed by all payers", 1_480.40m);
        await FigureAsync("Of which overdue", 1_080m);
        await FigureAsync("Exposure in all", 1_480.40m + await OrderedAsync());
        Assert.Contains("1,480.40", await TextAsync(browser, "/aging"), StringComparison.Ordinal);
        Assert.Equal(1_480.40m, (await server.Get("/aging")).Body.GetProperty("total").GetDecimal());

        await desk.Pay("OL-R", "OL1", "OL-1", 600);
        await FigureAsync("Owed by all payers", 880.40m);
        await FigureAsync("Of which overdue", 480m);
        await FigureAsync("Exposure in all", 880.40m + await OrderedAsync());

        (await server.Post("/orders/OL-O1/deliveries", new { date = "2026-03-02", lines = new[] { new { line = 1, quantity = 1 } } })).Expect(200);
        await desk.Invoice("OL-4", "OL1", 700, order: "OL-O1");
        await FigureAsync("Owed by all payers", 1_580.40m);
        await FigureAsync("Exposure in all", 1_580.40m + await OrderedAsync());

        async Task FigureAsync(string name, decimal amount)
        {
            var told = Match.Empty;
            // Where they are not counted within a blink the page comes without them, and is never wrong.
            for (var looks = 0; looks < 50 && !told.Success; looks++)
            {
                var home = WebUtility.HtmlDecode(await TextAsync(browser, "/"));
                told = Regex.Match(home, $"<li><a href=\"[^\"]+\">{name}<strong>(?<told>[^<]+)\u00a0EUR</strong>", RegexOptions.None, TimeSpan.FromSeconds(1));
            }

            Assert.Equal((name, amount), (name, decimal.Parse(told.Groups["told"].Value, CultureInfo.InvariantCulture)));
        }

        async Task<decimal> OrderedAsync()
        {
            var sum = 0m;
            foreach (var payer in new[] { "OL1", "OL2" })
            {
                var exposure = (await server.Get($"/customers/{payer}/exposure")).Expect(200).Body;
                sum += exposure.GetProperty("openOrders").GetDecimal() + exposure.GetProperty("unbilled").GetDecimal();
            }

            Assert.True(sum > 0);
            return sum;
        }
    }

    [Fact]
    public async Task An_earlier_day_has_every_payer_who_owed_something_then_on_whichever_page_of_them_it_stands()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var payers = Enumerable.Range(0, 450).Select(at => $"OE-{at:000}").ToList();
        foreach (var some in payers.Chunk(50))
            await Task.WhenAll(some.Select(async payer =>
            {
                (await server.Put($"/customers/{payer}", new { name = payer, country = "DE", currency = "EUR", paymentTerms = "NET30" })).Expect(200);
                var invoice = new { number = payer + "I", customer = payer, date = "2026-01-10", dueDate = "2026-02-10", currency = "EUR", amount = 10 };
                (await server.Post("/invoices", invoice)).Expect(200);
            }));
        // Of each ten payers two have paid since, the first and the last of all among them.
        var paid = payers.Where((_, at) => at % 10 is 0 or 9).ToList();
        foreach (var some in paid.Chunk(30))
            await Task.WhenAll(some.Select(async payer =>
            {
                (await server.Post("/receipts", new { number = payer + "R", payer, date = "2026-02-20", currency = "EUR", amount = 10, cleared = true })).Expect(200);
                (await server.Post($"/receipts/{payer}R/allocations", new[] { new { invoice = payer + "I", amount = 10, date = "2026-02-20" } })).Expect(200);
            }));
        Assert.Equal(payers, await OwingAsync("2026-02-19"));
        Assert.Equal(payers.Except(paid), await OwingAsync("2026-03-02"));

        async Task<IEnumerable<string>> OwingAsync(string day) => (await server.Get($"/aging?asOf={day}&limit=500")).Expect(200).Body.GetProperty("rows").EnumerateArray()
            .Select(row => row.GetProperty("payer").GetString()!).ToList();
    }

    static async Task<Browser> SignedInAsync(RunningServer server, string role)
    {
        var browser = new Browser(server);
        await browser.SignInAsync((await server.Post("/api-keys", new { name = role + Guid.NewGuid().ToString("N")[..6], roles = new[] { role } })).Expect(201)["key"]!);
        return browser;
    }

    static async Task<List<Dictionary<string, string>>> LinesAsync(Browser browser, string address)
    {
        var lines = (await TextAsync(browser, address)).TrimStart('\ufeff').Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')).ToList();
        return [.. lines.Skip(1).Select(line => lines[0].Zip(line).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal))];
    }

    static decimal Cell(Dictionary<string, string> line, string column) => decimal.Parse(line[column], CultureInfo.InvariantCulture);

    static async Task<string> TextAsync(Browser browser, string path) => await (await browser.GetAsync(path)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
