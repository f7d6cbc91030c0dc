using System.Net;
using System.Text.RegularExpressions;
using Aval.Tests.Infrastructure;
using Aval.Tests.Web;

namespace Aval.Tests.Receivables;

public sealed class ReceivablesScreensOnSqlite(SqliteServer fixture) : ReceivablesScreensTests(fixture), IClassFixture<SqliteServer>;

public sealed class ReceivablesScreensOnPostgres(PostgresServer fixture) : ReceivablesScreensTests(fixture), IClassFixture<PostgresServer>;

/// <summary>Aging, disputes and promises as lists: ordered, narrowed, given as files, and leading from a figure to its rows. The business date is 2 March 2026.</summary>
public abstract class ReceivablesScreensTests(ServerFixture fixture)
{
    static readonly SemaphoreSlim Gate = new(1);

    [Theory]
    [InlineData("/aging?payer=RSC", "RSC-2 RSC-1")]
    [InlineData("/aging?payer=RSC&by=total&descending=1", "RSC-2 RSC-1")]
    [InlineData("/aging?payer=RSC&by=total", "RSC-1 RSC-2")]
    [InlineData("/aging?payer=RSC&by=notDue&descending=1", "RSC-1 RSC-2")]
    [InlineData("/aging?payer=RSC&bucket=d1to30", "RSC-1")]
    [InlineData("/aging?payer=RSC&bucket=over90", "RSC-2")]
    [InlineData("/aging?payer=RSC&bucket=d61to90", "")]
    [InlineData("/aging?payer=RSC&page=2", "")]
    [InlineData("/aging?payer=nobody", "")]
    [InlineData("/disputes?payer=RSC", "RSD-3 RSD-2 RSD-1")]
    [InlineData("/disputes?payer=RSC&late=1", "RSD-3")]
    [InlineData("/disputes?payer=RSC&by=amount&descending=1", "RSD-2 RSD-1 RSD-3")]
    [InlineData("/disputes?payer=RSC&by=raised", "RSD-3 RSD-2 RSD-1")]
    [InlineData("/disputes?payer=RSC&reason=price", "RSD-1")]
    [InlineData("/disputes?payer=RSC&owner=billing", "RSD-2")]
    [InlineData("/disputes?payer=RSC&person=nobody", "")]
    [InlineData("/disputes?payer=RSC&stage=closed", "RSD-4")]
    [InlineData("/disputes?payer=RSC&over=1", "RSD-3 RSD-2 RSD-1 RSD-4")]
    [InlineData("/disputes?payer=RSC&stage=nonsense&by=number;DROP", "RSD-3 RSD-2 RSD-1")]
    [InlineData("/disputes?q=rsi-2", "RSD-2")]
    [InlineData("/promises?payer=RSC", "RSP-1 RSP-2")]
    [InlineData("/promises?payer=RSC&by=date&descending=1", "RSP-2 RSP-1")]
    [InlineData("/promises?payer=RSC&state=dueToday", "RSP-1")]
    [InlineData("/promises?payer=RSC&state=kept", "")]
    [InlineData("/promises?payer=RSC&kind=announcement", "RSP-2")]
    [InlineData("/promises?payer=RSC&from=2026-03-03", "RSP-2")]
    [InlineData("/promises?payer=RSC&to=2026-03-03", "RSP-1")]
    [InlineData("/promises?q=rsi-4", "RSP-2")]
    [InlineData("/invoices?payer=RSC-1&bucket=d1to30", "RSI-1")]
    [InlineData("/invoices?payer=RSC-1&by=amount&descending=1", "RSI-3 RSI-1 RSI-5")]
    [InlineData("/invoices?payer=RSC&by=open&descending=1&state=open", "RSI-2 RSI-4 RSI-3 RSI-1 RSI-5")]
    [InlineData("/incidents?customer=RSC", "RSO-1")]
    [InlineData("/incidents?customer=RSC&code=over-delivered", "")]
    [InlineData("/incidents?customer=RSC&by=amount&from=2026-03-02", "RSO-1")]
    public async Task A_list_shows_what_its_address_says_in_the_order_it_says(string address, string numbers)
    {
        using var browser = await SignedInAsync();
        var page = await TextAsync(browser, address);
        var shown = Regex.Matches(
            page, """<th role="rowheader" scope="row">(?:(?!</th>).)*?(?<number>RS[A-Z]-\d)(?:(?!</th>).)*</th>""", RegexOptions.Singleline, TimeSpan.FromSeconds(1));
        Assert.Equal(numbers, string.Join(' ', shown.Select(row => row.Groups["number"].Value)));
    }

    [Fact]
    public async Task Aging_leads_from_a_bucket_to_its_payers_to_what_they_owe_to_the_document()
    {
        using var browser = await SignedInAsync();
        var page = await TextAsync(browser, "/aging?payer=RSC");
        // 1,000 USD at 1.25 are 800 EUR, which are over ninety days late; with 500 USD and the other payer's 800 EUR that makes 2,000.
        Assert.Contains("800.00", page, StringComparison.Ordinal);
        Assert.Contains("2,000.00", page, StringComparison.Ordinal);
        var bucket = Link(page, "31 to 60 days");
        Assert.Equal("/aging?bucket=d31to60&payer=RSC", bucket);
        Assert.Contains("No payer matches this.", await TextAsync(browser, bucket), StringComparison.Ordinal);
        var late = await TextAsync(browser, Link(page, "1 to 30 days"));
        Assert.Contains("/invoices?payer=RSC-1&amp;bucket=d1to30", late, StringComparison.Ordinal);
        var items = await TextAsync(browser, "/invoices?payer=RSC-1&bucket=d1to30&by=due");
        Assert.Contains("href=\"/invoices/RSI-1\"", items, StringComparison.Ordinal);
        Assert.DoesNotContain("RSI-3", items, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_bucket_adds_up_to_what_the_invoices_behind_it_have_open()
    {
        using var browser = await SignedInAsync();
        foreach (var bucket in new[] { "notDue", "d1to30", "d31to60", "d61to90", "over90" })
        {
            var aged = (await LinesAsync(browser, "/aging?payer=RSC&as=csv")).Sum(line => Cell(line, bucket));
            var open = (await LinesAsync(browser, $"/invoices?payer=RSC&bucket={bucket}&as=csv")).Sum(line => Cell(line, "open") / (line["currency"] == "USD" ? 1.25m : 1));
            Assert.Equal((bucket, open), (bucket, aged));
        }
    }

    [Theory]
    [InlineData("/disputes?payer=RSC&over=1&by=number&as=csv", "number", "RSD-1 RSD-2 RSD-3 RSD-4")]
    [InlineData("/disputes?payer=RSC&late=1&as=csv", "stage", "Open")]
    [InlineData("/promises?payer=RSC&state=open&as=csv", "invoices", "RSI-3 RSI-4")]
    [InlineData("/aging?payer=RSC&by=payer&as=csv", "invoices", "3 2")]
    [InlineData("/incidents?customer=RSC&as=csv", "order", "RSO-1")]
    [InlineData("/blocks?customer=RSC&by=amount&as=csv", "number", "RSO-3 RSO-2")]
    [InlineData("/blocks?customer=RSC&by=amount&as=csv", "currency", "USD EUR")]
    public async Task A_file_has_all_that_the_filters_leave(string address, string column, string values)
    {
        using var browser = await SignedInAsync();
        Assert.Equal(values, string.Join(' ', (await LinesAsync(browser, address)).Select(line => line[column])));
    }

    [Fact]
    public async Task The_board_has_a_column_a_stage_with_the_late_ones_in_front()
    {
        using var browser = await SignedInAsync();
        var page = await TextAsync(browser, "/dispute-board?payer=RSC");
        var open = page[page.IndexOf("id=\"stage-open\"", StringComparison.Ordinal)..page.IndexOf("id=\"stage-qualified\"", StringComparison.Ordinal)];
        var cards = Regex.Matches(open, "href=\"/disputes/(?<number>[^\"]+)\"", RegexOptions.None, TimeSpan.FromSeconds(1));
        Assert.Equal(["RSD-3", "RSD-1"], cards.Select(card => card.Groups["number"].Value));
        Assert.Contains("Somebody takes it", open, StringComparison.Ordinal);
        Assert.Contains("1 late", open, StringComparison.Ordinal);
        Assert.DoesNotContain("RSD-4", page, StringComparison.Ordinal);
        Assert.DoesNotContain("RSD-1", await TextAsync(browser, "/dispute-board?payer=RSC&reason=delivery"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dispute_is_recorded_taken_handed_over_and_taken_back_without_scripts()
    {
        using var browser = await SignedInAsync("customerService");
        var refused = await SendAsync(browser, "/disputes", "/disputes", ("invoice", "RTI-1"), ("number", "RTD-9"), ("amount", "9000"), ("reason", "price"), ("owner", "sales"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("value=\"9000\"", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var recorded = await SendAsync(
            browser, "/disputes", "/disputes", ("invoice", "RTI-1"), ("number", "RTD-9"), ("amount", "10"), ("reason", "price"), ("owner", "sales"), ("note", "too <b>dear"));
        Assert.Equal(HttpStatusCode.SeeOther, recorded.StatusCode);
        Assert.Contains("It is kept", await TextAsync(browser, recorded.Headers.Location!.OriginalString), StringComparison.Ordinal);
        var page = await TextAsync(browser, "/disputes/RTD-9");
        Assert.Contains("too &lt;b&gt;dear", page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"legitimacy\"", page, StringComparison.Ordinal);

        var form = await PageForm.FindAsync(browser, "/disputes/RTD-9", "/disputes/RTD-9/change");
        var (_, _, taken) = await form!.SendAsync();
        Assert.Contains("Give it back", await TextAsync(browser, taken!), StringComparison.Ordinal);
        var undo = await PageForm.FindAsync(browser, taken!, "/disputes/RTD-9/change");
        Assert.Contains(undo!.Fields, field => field is { Key: "undo" });
        var undone = (await undo.SendAsync()).To;
        Assert.DoesNotContain("Take it back", await TextAsync(browser, undone!), StringComparison.Ordinal);
        Assert.DoesNotContain("Take it back", await TextAsync(browser, taken!), StringComparison.Ordinal);
        Assert.Contains("Take it over", await TextAsync(browser, "/disputes/RTD-9"), StringComparison.Ordinal);

        var moved = await SendAsync(browser, "/disputes/RTD-9", "/disputes/RTD-9/change", ("owner", "quality"));
        Assert.Contains("name=\"owner\" value=\"sales\"", await TextAsync(browser, moved.Headers.Location!.OriginalString), StringComparison.Ordinal);
        using var other = await SignedInAsync("customerService");
        foreach (var link in new[] { "done=changed&field=status&was=rejected", moved.Headers.Location.OriginalString.Split('?')[1], "done=x" })
            Assert.DoesNotContain("It is kept", await TextAsync(other, "/disputes/RTD-9?" + link), StringComparison.Ordinal);

        // Nobody overwrites what they have not seen.
        var stale = await PageForm.FindAsync(other, "/disputes/RTD-9", "/disputes/RTD-9/change");
        Assert.Equal(HttpStatusCode.SeeOther, (await SendAsync(browser, "/disputes/RTD-9", "/disputes/RTD-9/change", ("owner", "sales"))).StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await stale!.SendAsync()).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(browser, "/disputes/RTD-9", "/disputes/RTD-9/change", ("legitimacy", "companyFault"))).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync(browser, "/disputes/RTD-9", "/disputes/RTD-9/change", ("owner", "nobody"))).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync(browser, "/disputes/RTD-9", "/disputes/RTD-9/evidence", ("text", " "))).StatusCode);
        var entered = await SendAsync(browser, "/disputes/RTD-9", "/disputes/RTD-9/evidence", ("text", "the <i>letter"), ("reference", "L-1"));
        Assert.Equal(HttpStatusCode.SeeOther, entered.StatusCode);
        var evidence = await PageForm.FindAsync(browser, "/disputes/RTD-9", "/disputes/RTD-9/evidence");
        for (var again = 0; again < 2; again++) Assert.Equal(HttpStatusCode.SeeOther, (await evidence!.SendAsync(("text", "only once"))).Status);
        Assert.Equal(2, (await TextAsync(browser, "/disputes/RTD-9")).Split("only once").Length);
        Assert.Contains("the &lt;i&gt;letter", await TextAsync(browser, "/disputes/RTD-9"), StringComparison.Ordinal);
        var closed = await SendAsync(browser, "/disputes/RTD-9", "/disputes/RTD-9/change", ("status", "closed"));
        Assert.DoesNotContain("Take it back", await TextAsync(browser, closed.Headers.Location!.OriginalString), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/disputes/none-such")).StatusCode);
    }

    static string Link(string page, string name) => WebUtility.HtmlDecode(
        Regex.Match(page, $"<a href=\"(?<link>[^\"]+)\"[^>]*>\\s*{name}<strong>", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups["link"].Value);

    /// <summary>Sends a form of a page, with the edition that the page shows.</summary>
    static async Task<HttpResponseMessage> SendAsync(Browser browser, string page, string action, params (string Name, string Value)[] fields)
    {
        var text = await TextAsync(browser, page);
        string Hidden(string name) => Regex.Match(text, $"name=\"{name}\" value=\"(?<value>[^\"]+)\"", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups["value"].Value;
        return await browser.SendAsync(action,
        [
            new("token", Hidden("token")), new("edition", Hidden("edition")), new("once", Hidden("once")), .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)),
        ]);
    }

    /// <summary>The lines of a file by the names of its columns.</summary>
    static async Task<List<Dictionary<string, string>>> LinesAsync(Browser browser, string address)
    {
        var lines = (await TextAsync(browser, address)).TrimStart('\ufeff').Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')).ToList();
        return [.. lines.Skip(1).Select(line => lines[0].Zip(line).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal))];
    }

    static decimal Cell(Dictionary<string, string> line, string column) => decimal.Parse(line[column], System.Globalization.CultureInfo.InvariantCulture);

    async Task<Browser> SignedInAsync(string role = "accountsReceivable")
    {
        var server = await fixture.StartedAsync();
        await EnterAsync(server);
        var key = (await server.Post("/api-keys", new { name = role + Guid.NewGuid().ToString("N")[..6], roles = new[] { role } })).Expect(201)["key"]!;
        var browser = new Browser(server);
        await browser.SignInAsync(key);
        return browser;
    }

    static async Task EnterAsync(RunningServer server)
    {
        await Gate.WaitAsync();
        try
        {
            if ((await server.Get("/promises/RSP-2")).Status == 200) return;
            (await server.Put("/rates/2025-10-01", new { @base = "EUR", rates = new Dictionary<string, decimal> { ["USD"] = 1.25m } })).Expect(200);
            foreach (var (number, currency) in new[] { ("RSC-1", "EUR"), ("RSC-2", "USD"), ("RTC-1", "EUR") })
                (await server.Put("/customers/" + number, new { name = "Customer " + number, country = "DE", currency, paymentTerms = "NET30" })).Expect(200);
            foreach (var (number, customer, date, dueDate, currency, amount) in new[]
            {
                ("RSI-1", "RSC-1", "2026-01-10", "2026-02-10", "EUR", 300), ("RSI-2", "RSC-2", "2025-10-10", "2025-11-10", "USD", 1000),
                ("RSI-3", "RSC-1", "2026-02-20", "2026-03-20", "EUR", 400), ("RSI-4", "RSC-2", "2026-02-21", "2026-03-21", "USD", 500),
                ("RSI-5", "RSC-1", "2026-02-25", "2026-04-25", "EUR", 100), ("RTI-1", "RTC-1", "2026-02-25", "2026-04-25", "EUR", 100),
            })
                (await server.Post("/invoices", new { number, customer, date, dueDate, currency, amount })).Expect(200);
            foreach (var (number, invoice, amount, reason, owner, date) in new[]
            {
                ("RSD-1", "RSI-3", 40, "price", "sales", "2026-03-01"), ("RSD-2", "RSI-2", 900, "delivery", "billing", "2026-02-27"),
                ("RSD-3", "RSI-1", 30, "quality", "quality", "2026-01-20"), ("RSD-4", "RSI-4", 5, "other", "sales", "2026-02-28"),
            })
                (await server.Post("/disputes", new { number, invoice, amount, reason, legitimacy = "unqualified", owner, date })).Expect(200);
            (await server.Patch("/disputes/RSD-2", new { status = "inProgress" })).Expect(200);
            (await server.Patch("/disputes/RSD-4", new { status = "closed" })).Expect(200);
            var lines = new[] { new { line = 1, item = "A", quantity = 1, unitPrice = 100, taxRate = 0 } };
            (await server.Post("/orders", new { number = "RSO-1", customer = "RSC-1", currency = "EUR", orderDate = "2026-03-02", lines })).Expect(200);
            (await server.Post("/orders", new { number = "RSO-2", customer = "RSC-1", currency = "EUR", orderDate = "2026-03-02", lines })).Expect(200);
            var dearer = new[] { new { line = 1, item = "A", quantity = 1, unitPrice = 120, taxRate = 0 } };
            (await server.Post("/orders", new { number = "RSO-3", customer = "RSC-2", currency = "USD", orderDate = "2026-03-02", lines = dearer })).Expect(200);
            (await server.Post("/orders/RSO-1/deliveries", new { date = "2026-03-02", lines = new[] { new { line = 1, quantity = 1 } } })).Expect(200);
            (await server.Post("/promises", new { number = "RSP-1", customer = "RSC-1", invoices = new[] { "RSI-3" }, amount = 100, date = "2026-03-02" })).Expect(200);
            (await server.Post("/promises", new { number = "RSP-2", customer = "RSC-2", invoices = new[] { "RSI-4" }, amount = 100, date = "2026-03-10", kind = "announcement" }))
                .Expect(200);
        }
        finally
        {
            Gate.Release();
        }
    }

    static async Task<string> TextAsync(Browser browser, string path) => await (await browser.GetAsync(path)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
