using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Aval.Tests.Infrastructure;
using Aval.Tests.Web;

namespace Aval.Tests.Reports;

public sealed class ReportsOnSqlite(SqliteServer fixture) : ReportsOverHttpTests(fixture, null), IClassFixture<SqliteServer>;

public sealed class ReportsOnPostgres(PostgresServer fixture, PostgresCluster cluster) : ReportsOverHttpTests(fixture, cluster), IClassFixture<PostgresServer>;

/// <summary>Reports as their readers see them. The business date is 2 March 2026.</summary>
public abstract class ReportsOverHttpTests(ServerFixture fixture, PostgresCluster? cluster)
{
    static readonly string[] Buckets = ["notDue", "d1to30", "d31to60", "d61to90", "over90"];

    [Fact]
    public async Task Buckets_add_up_to_the_open_items_and_rows_to_their_totals_on_any_day_and_by_anything()
    {
        await using var server = await Books();
        foreach (var day in new[] { "2025-12-31", "2026-01-20", "2026-02-19", "2026-02-20", "2026-03-02" })
            foreach (var (by, told) in new[] { ("payer", "payer"), ("group", "company"), ("company", "company"), ("owner", "company"), ("currency", "currency") })
            {
                var aging = (await server.Get($"/reports/aging?asOf={day}&by={by}")).Expect(200).Body;
                var items = (await server.Get($"/reports/open-items?asOf={day}&by={by}")).Expect(200).Body;
                var rows = aging.GetProperty("rows").EnumerateArray().ToList();
                foreach (var row in rows) Assert.Equal(Number(row, "total"), Buckets.Sum(bucket => Number(row, bucket)));
                foreach (var total in aging.GetProperty("totals").EnumerateArray())
                {
                    var currency = total.GetProperty("currency").GetString();
                    Assert.Equal(rows.Where(row => row.GetProperty("currency").GetString() == currency).Sum(row => Number(row, "total")), Number(total, "total"));
                    foreach (var bucket in Buckets) Assert.Equal(SumOfItems(items, currency, bucket), Number(total, bucket));
                }

                Assert.Equal(aging.GetProperty("totals").GetArrayLength(), items.GetProperty("totals").GetArrayLength());
                if (told != "company") continue;
                var portfolio = (await server.Get($"/aging?asOf={day}")).Expect(200).Body;
                Assert.Equal(Number(portfolio, "total"), aging.GetProperty("totals").EnumerateArray().Sum(total => Number(total, "total")));
            }
    }

    [Fact]
    public async Task An_aging_is_of_whom_it_is_asked_for()
    {
        await using var server = await Books();
        Assert.Equal("A 1200.00 0.00|B 400.00 100.00|C 300.00 0.00", await Rows(server, "", "payer"));
        Assert.Equal("A 1200.00 0.00", await Rows(server, "payer=A", "payer"));
        Assert.Equal("A 1200.00 0.00|B 400.00 100.00", await Rows(server, "group=A", "payer"));
        Assert.Equal("B 400.00 100.00", await Rows(server, "group=B", "payer"));
        Assert.Equal("C 300.00 0.00", await Rows(server, "currency=USD", "payer"));
        Assert.Equal("A 1600.00 100.00|C 150.00 0.00", await Rows(server, "by=group", "group"));
        Assert.Equal("MAIN 1750.00 100.00", await Rows(server, "by=company&company=MAIN", "company"));
        Assert.Equal("accountsReceivable 1150.00 0.00|billing 200.00 0.00|quality 400.00 100.00", await Rows(server, "by=owner", "owner"));
        Assert.Equal("B 400.00 100.00", await Rows(server, "owner=quality", "payer"));
        Assert.Equal("EUR 1600.00 100.00|USD 300.00 0.00", await Rows(server, "by=currency", "documentCurrency"));
        // A day before the payment: 1,500 of A's first invoice.
        Assert.Equal("A 1500.00 0.00", await Rows(server, "payer=A&asOf=2026-02-19", "payer"));
    }

    /// <summary>A was sold 500 in December, 1,000 in January and 200 in February, paid 500 on 20 February and owes 1,200; from January on there are 31 + 28 + 2 days.</summary>
    [Fact]
    public async Task The_figures_of_a_period_are_told_from_its_documents()
    {
        await using var server = await Books();
        var row = (await server.Get("/reports/dso?payer=A&months=3")).Expect(200).Body.GetProperty("rows")[0];
        Assert.Equal(("1200.00", "1200.00", "61"), (row.GetProperty("receivables").GetRawText(), row.GetProperty("sales").GetRawText(), row.GetProperty("days").GetRawText()));
        // Receivables 1,200, sales 1,200 in 61 days; of the 1,200, 200 are not due. Countback: March 2 days, February 28 for 200, January 31 for the other 1,000.
        Assert.Equal((61m, 61m, 10.17m, 50.83m), (Number(row, "dso"), Number(row, "countback"), Number(row, "bestPossible"), Number(row, "delinquent")));
        // 1,000 since 10 January (51 days) of the 1,000 sold in January, 200 since 20 February (10 days) of the 200 sold in February.
        Assert.Equal(61m, Number(row, "trueDso"));

        var collection = (await server.Get("/reports/collection?payer=A&months=3")).Expect(200).Body.GetProperty("rows")[0];
        // Opening 500, sales 1,200 in three months, closing 1,200 of which 200 are not due: (500 + 400 - 1,200) / (500 + 400 - 200).
        Assert.Equal((500m, -42.86m, 500m), (Number(collection, "opening"), Number(collection, "effectiveness"), Number(collection, "paid")));
        // 500 paid 20 days late, 1,000 past due for 20 days.
        Assert.Equal(20m, Number(collection, "beyondTerms"));

        var trend = (await server.Get("/reports/trend?payer=A&months=3")).Expect(200).Body.GetProperty("rows").EnumerateArray().ToList();
        Assert.Equal(["2026-01-31", "2026-02-28", "2026-03-02"], trend.Select(month => month.GetProperty("month").GetString()));
        Assert.Equal([0m, 500m, 0m], trend.Select(month => Number(month, "paid")));
        Assert.Equal([1500m, 1200m, 1200m], trend.Select(month => Number(month, "receivables")));

        var rolled = (await server.Get("/reports/roll-rates?payer=A&months=3")).Expect(200).Body.GetProperty("rows")[1];
        // At the end of January 1,500 were not due; of them 1,000 were 1 to 30 days late at the end of February.
        Assert.Equal(0.6667m, Number(rolled, "notDueToD1to30"));

        var loss = (await server.Get("/reports/expected-loss?payer=A")).Expect(200).Body.GetProperty("rows")[0];
        // 0.3 % of 200 and 1.6 % of 1,000.
        Assert.Equal((0.6m, 16m, 16.6m), (Number(loss, "notDue"), Number(loss, "d1to30"), Number(loss, "loss")));

        var forecast = (await server.Get("/reports/forecast?payer=A&weeks=4")).Expect(200).Body.GetProperty("rows").EnumerateArray().ToList();
        // 1,000 are past due; 200 fall due on 22 March, in the third week, and are expected 20 days later, after the fourth.
        Assert.Equal(["2026-03-03 1000.00 1000.00 ", "2026-03-17 200.00 0.00 ", "2026-03-31 0.00 200.00 later"], forecast.Select(week => string.Join(
            ' ', week.GetProperty("week").GetString(), week.GetProperty("due").GetRawText(), week.GetProperty("expected").GetRawText(), week.GetProperty("later").GetString())));
    }

    [Fact]
    public async Task A_ledger_closes_with_the_balance_that_the_statement_and_the_general_ledger_have()
    {
        await using var server = await Books();
        (await server.Post("/receipts", Receipt("A-R2", "A", 150, "2026-03-01"))).Expect(200);
        (await server.Post("/credit-notes", new { number = "A-N", customer = "A", date = "2026-02-25", currency = "EUR", amount = 30 })).Expect(200);
        (await server.Post("/write-offs", new { number = "A-W", invoice = "A-3", date = "2026-03-02", amount = 20, reason = "small" })).Expect(200);
        // Head office pays for its branch.
        (await server.Post("/receipts/A-R2/allocations", new[] { new { invoice = "B-1", amount = 40 } })).Expect(200);
        var ledger = (await server.Get("/reports/ledger?payer=A&from=2026-02-01")).Expect(200).Body.GetProperty("rows").EnumerateArray().ToList();
        Assert.Equal(
            [
                "2026-02-01 opening  1500.00", "2026-02-20 invoice A-3 1700.00", "2026-02-20 receipt A-R 1200.00", "2026-02-25 creditNote A-N 1170.00",
                "2026-03-01 receipt A-R2 1020.00", "2026-03-02 writeOff A-W 1000.00", "2026-03-02 paidForOther A-R2 1040.00", "2026-03-02 closing  1040.00",
            ],
            ledger.Select(line => string.Join(' ', new[] { "date", "kind", "number" }.Select(name => line.GetProperty(name).GetString())
                .Append(line.GetProperty("balance").GetRawText()))));
        var statement = (await server.Get("/reports/statement?payer=A")).Expect(200).Body;
        Assert.Equal("1040.00", statement.GetProperty("totals")[0].GetProperty("open").GetRawText());
        Assert.Equal("360.00", (await server.Get("/reports/ledger?payer=B")).Expect(200).Body.GetProperty("rows").EnumerateArray().Last().GetProperty("balance").GetRawText());

        object[] totals = [new { payer = "A", currency = "EUR", amount = 1040 }, new { payer = "B", currency = "EUR", amount = 350 }, new { currency = "EUR", amount = 1400 }];
        var compared = (await server.Post("/reports/reconciliation", new { totals })).Expect(200);
        Assert.Equal(("3", "2"), (compared["compared"], compared["agree"]));
        var only = Assert.Single(compared.Body.GetProperty("differences").EnumerateArray());
        Assert.Equal(("B", 350m, 360m, -10m), (only.GetProperty("payer").GetString(), Number(only, "ledger"), Number(only, "ours"), Number(only, "difference")));
        // A day before the credit note and the rest: what the day knew.
        totals = [new { payer = "A", currency = "EUR", amount = 1200 }];
        var earlier = (await server.Post("/reports/reconciliation", new { asOf = "2026-02-24", totals })).Expect(200);
        Assert.Equal("1", earlier["agree"]);
        Assert.Equal("B", Assert.Single(earlier.Body.GetProperty("differences").EnumerateArray()).GetProperty("payer").GetString());
    }

    [Fact]
    public async Task Unapplied_money_is_told_with_its_age_and_the_orders_it_holds_up()
    {
        await using var server = await Books();
        (await server.Post("/limits", new
        {
            customer = "A", kind = "standing", limit = "amount", amount = 2000, currency = "EUR", validFrom = "2026-01-01", reason = "new",
        })).Expect(200);
        (await server.Post("/receipts", Receipt("A-R3", "A", 1000, "2026-02-27", "A-2"))).Expect(200);
        var lines = new[] { new { line = 1, item = "a", quantity = 1, unitPrice = 900, taxRate = 0 } };
        var order = (await server.Post("/orders", new { number = "A-SO", customer = "A", currency = "EUR", orderDate = "2026-03-02", lines })).Expect(200);
        Assert.Equal("held", order["status"]);
        var rows = (await server.Get("/reports/unapplied")).Expect(200).Body.GetProperty("rows");
        var row = Assert.Single(rows.EnumerateArray());
        Assert.Equal(("A-R3", "3", "1000.00", "A-SO"), (
            row.GetProperty("receipt").GetString(), row.GetProperty("days").GetRawText(), row.GetProperty("open").GetRawText(), row.GetProperty("holdsUp").GetString()));
        Assert.Equal(0, (await server.Get("/reports/unapplied?asOf=2026-02-26")).Expect(200).Body.GetProperty("rows").GetArrayLength());
        (await server.Post("/receipts/A-R3/allocations", new[] { new { invoice = "A-2", amount = 1000 } })).Expect(200);
        Assert.Equal(0, (await server.Get("/reports/unapplied")).Expect(200).Body.GetProperty("rows").GetArrayLength());
        // The day before still knows it: it found its invoice today.
        Assert.Equal(1, (await server.Get("/reports/unapplied?asOf=2026-03-01")).Expect(200).Body.GetProperty("rows").GetArrayLength());
    }

    [Fact]
    public async Task A_report_is_a_table_for_spreadsheets_that_never_becomes_a_formula()
    {
        var server = await fixture.StartedAsync();
        await Enter(server, "F1", "=HYPERLINK(\"x\"), \u0141\u00f3d\u017a");
        (await server.Post("/invoices", Invoice("F1-I", "F1", 100, "2026-01-10", "2026-02-10"))).Expect(200);
        var csv = await server.Get("/reports/aging?payer=F1&format=csv");
        Assert.Equal("payer,name,currency,notDue,d1to30,d31to60,d61to90,over90,total,disputed,unconverted\r\n"
            + "F1,\"'=HYPERLINK(\"\"x\"\"), \u0141\u00f3d\u017a\",EUR,0.00,100.00,0.00,0.00,0.00,100.00,0.00,0\r\n", csv.Text);
        var marked = await server.BytesOf("/reports/aging?payer=F1&format=csv&bom=true");
        Assert.Equal([0xEF, 0xBB, 0xBF, (byte)'p'], marked[..4]);

        using var book = new ZipArchive(new MemoryStream(await server.BytesOf("/reports/aging?payer=F1&format=xlsx")));
        foreach (var entry in book.Entries) XDocument.Load(entry.Open());
        var sheet = XDocument.Load(book.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        XNamespace main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        Assert.Empty(sheet.Descendants(main + "f"));
        var rows = sheet.Descendants(main + "row").Select(row => string.Join('|', row.Elements(main + "c").Select(cell => cell.Value))).ToList();
        Assert.Equal(["F1|=HYPERLINK(\"x\"), \u0141\u00f3d\u017a|EUR|0.00|100.00|0.00|0.00|0.00|100.00|0.00|0", "Total|EUR|0.00|100.00|0.00|0.00|0.00|100.00|0.00"], rows[1..]);
    }

    [Fact]
    public async Task A_statement_of_account_is_a_letter()
    {
        var server = await fixture.StartedAsync();
        await Enter(server, "L1", "M\u00fcller <& S\u00f6hne> (\u0141\u00f3d\u017a)");
        for (var i = 0; i < 120; i++) (await server.Post("/invoices", Invoice($"L1-{i}", "L1", 1000 + i, "2026-01-10", "2026-02-10"))).Expect(200);
        var html = (await server.Get("/reports/statement?payer=L1&format=html&language=english")).Text;
        Assert.Contains("M\u00fcller &lt;&amp; S\u00f6hne&gt; (", html, StringComparison.Ordinal);
        Assert.Contains("Balance: 127,140.00&#xA0;EUR", html, StringComparison.Ordinal);

        var pdf = Encoding.Latin1.GetString(await server.BytesOf("/reports/statement?payer=L1&format=pdf&language=english"));
        Assert.StartsWith("%PDF-1.4", pdf, StringComparison.Ordinal);
        var german = (await server.Get("/reports/statement?payer=L1&format=html")).Text;
        Assert.Contains("Saldo: 127.140,00&#xA0;EUR", german, StringComparison.Ordinal);
        Assert.Equal("language", (await server.Get("/reports/statement?payer=L1&format=html&language=de")).Expect(422, "field-invalid")["field"]);
        Assert.Contains("(M\u00fcller <& S\u00f6hne> \\(?\u00f3dz\\)) Tj", pdf, StringComparison.Ordinal);
        Assert.Contains("(Balance: 127,140.00\u00a0EUR) Tj", pdf, StringComparison.Ordinal);
        Assert.Contains("(3 / 3) Tj", pdf, StringComparison.Ordinal);
        // Each page of the table says what its columns are.
        Assert.True(pdf.Split("(Of which disputed) Tj").Length > 2);
        var start = int.Parse(pdf[(pdf.IndexOf("startxref", StringComparison.Ordinal) + 10)..].Split('\n')[0], CultureInfo.InvariantCulture);
        Assert.Equal("xref", pdf.Substring(start, 4));
        foreach (var (place, at) in pdf[start..].Split('\n').Where(line => line.EndsWith(" n ", StringComparison.Ordinal)).Select((line, at) => (line, at)))
            Assert.StartsWith($"{at + 1} 0 obj", pdf[int.Parse(place[..10], CultureInfo.InvariantCulture)..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_shows_a_report_opens_its_documents_and_gives_it_as_a_file()
    {
        await using var server = await Books();
        using var browser = new Browser(server);
        await browser.SignInAsync(RunningServer.AdminKey);
        Assert.Contains("href=\"/reports/aging\"", await Text("/reports"), StringComparison.Ordinal);
        var aging = await Text("/reports/aging?asOf=2026-02-19&payer=A");
        Assert.Contains("1,500.00", aging, StringComparison.Ordinal);
        Assert.Contains("As of 19 Feb", aging, StringComparison.Ordinal);
        Assert.Contains("/reports/open-items?payer=A&amp;asOf=2026-02-19", aging, StringComparison.Ordinal);
        Assert.Contains("A-2", await Text("/reports/open-items?payer=A&asOf=2026-02-19"), StringComparison.Ordinal);
        Assert.StartsWith("\uFEFFpayer,name,", await Text("/reports/aging/file?format=csv"), StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await browser.GetAsync("/reports/aging/file?format=pdf")).StatusCode);
        Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, (await browser.GetAsync("/reports/aging?asOf=2026-03-03")).StatusCode);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await browser.GetAsync("/reports/none")).StatusCode);

        async Task<string> Text(string path)
        {
            var answer = await browser.GetAsync(path);
            Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
            return Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task What_cannot_be_told_is_refused_with_its_field()
    {
        var server = await fixture.StartedAsync();
        await Enter(server, "X1");
        Assert.Equal(12, (await server.Get("/reports")).Expect(200).Body.GetProperty("reports").GetArrayLength());
        foreach (var (query, field) in new[]
        {
            ("aging?asOf=2026-03-03", "asOf"), ("aging?asOf=yesterday", "asOf"), ("aging?by=mood", "by"), ("aging?format=pdf", "format"), ("aging?currency=eur", "currency"),
            ("aging?company=OTHER", "company"), ("aging?payer=@", "payer"), ("ledger", "payer"), ("ledger?payer=X1&from=2026-03-03", "from"), ("dso?months=0", "months"),
            ("dso?months=37", "months"), ("forecast?weeks=54", "weeks"), ("statement?format=html", "payer"), ("aging?owner=nobody", "owner"),
        })
            Assert.Equal(field, (await server.Get("/reports/" + query)).Expect(422, "field-invalid")["field"]);
        (await server.Get("/reports/aging?weeks=3")).Expect(422, "field-unknown");
        Assert.Equal("payer", (await server.Get("/reports/statement?payer=none")).Expect(404, "customer-unknown")["field"]);
        Assert.Equal("group", (await server.Get("/reports/aging?group=none")).Expect(404, "customer-unknown")["field"]);
        (await server.Get("/reports/aging", "nobody")).Expect(401, "key-unknown");
        foreach (var (totals, field) in new (object, string)[]
        {
            (Array.Empty<object>(), "totals"), (new[] { new { currency = "EUR", amount = 1.001 } }, "totals[0].amount"),
            (new[] { new { currency = "EUR", amount = 1, payer = "@" } }, "totals[0].payer"),
            (new[] { new { currency = "EUR", amount = 1 }, new { currency = "EUR", amount = 2 } }, "totals[1]"),
        })
            Assert.Equal(field, (await server.Post("/reports/reconciliation", new { totals })).Expect(422, "field-invalid")["field"]);
        (await server.Post("/reports/reconciliation", new { asOf = "2026-03-03", totals = new[] { new { currency = "EUR", amount = 1 } } })).Expect(422, "field-invalid");
    }

    /// <summary>A and its branch B in euros, C in dollars (two a euro): A owes 1,000 since 10 February and 200 from 22 March on; B 400, of which 100 are disputed.</summary>
    async Task<RunningServer> Books()
    {
        var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        (await server.Put("/rates/2025-12-01", new { @base = "EUR", rates = new Dictionary<string, decimal> { ["USD"] = 2 } })).Expect(200);
        await Enter(server, "A");
        await Enter(server, "B", group: "A");
        await Enter(server, "C", currency: "USD");
        (await server.Post("/invoices", Invoice("A-1", "A", 500, "2025-12-20", "2026-01-31"))).Expect(200);
        (await server.Post("/invoices", Invoice("A-2", "A", 1000, "2026-01-10", "2026-02-10"))).Expect(200);
        (await server.Post("/invoices", Invoice("A-3", "A", 200, "2026-02-20", "2026-03-22"))).Expect(200);
        (await server.Post("/invoices", Invoice("B-1", "B", 400, "2025-11-20", "2025-12-20"))).Expect(200);
        (await server.Post("/invoices", Invoice("C-1", "C", 300, "2026-01-15", "2026-02-14", "USD"))).Expect(200);
        (await server.Post("/receipts", Receipt("A-R", "A", 500, "2026-02-20"))).Expect(200);
        (await server.Post("/receipts/A-R/allocations", new[] { new { invoice = "A-1", amount = 500, date = "2026-02-20" } })).Expect(200);
        (await server.Post("/disputes", new
        {
            number = "B-D", invoice = "B-1", amount = 100, reason = "quality", legitimacy = "unqualified", owner = "quality", date = "2026-01-15",
        })).Expect(200);
        (await server.Post("/invoices/A-3/status", new { status = "rejected", reason = "no number", fault = "company", date = "2026-02-25" })).Expect(200);
        return server;
    }

    static async Task Enter(RunningServer server, string number, string? name = null, string? group = null, string currency = "EUR") =>
        (await server.Put($"/customers/{number}", new { name = name ?? number, country = "DE", currency, paymentTerms = "NET30", riskClass = "B", group })).Expect(200);

    static object Invoice(string number, string customer, decimal amount, string date, string dueDate, string currency = "EUR") =>
        new { number, customer, date, dueDate, currency, amount };

    static object Receipt(string number, string payer, decimal amount, string date, string? reference = null) =>
        new { number, payer, date, currency = "EUR", amount, reference };

    static async Task<string> Rows(RunningServer server, string query, string key)
    {
        var rows = (await server.Get("/reports/aging?" + query)).Expect(200).Body.GetProperty("rows").EnumerateArray();
        return string.Join('|', rows.Select(row => $"{row.GetProperty(key).GetString()} {row.GetProperty("total").GetRawText()} {row.GetProperty("disputed").GetRawText()}"));
    }

    static decimal SumOfItems(JsonElement items, string? currency, string bucket) => items.GetProperty("rows").EnumerateArray()
        .Where(row => row.GetProperty("currency").GetString() == currency && row.GetProperty("bucket").GetString() == bucket).Sum(row => Number(row, "open"));

    static decimal Number(JsonElement row, string name) => row.GetProperty(name).GetDecimal();
}
