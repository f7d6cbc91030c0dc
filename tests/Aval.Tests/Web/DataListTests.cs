using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Web;

/// <summary>What every list can do: be ordered, show the columns that somebody wants, and be taken along as a file. The same on both databases.</summary>
public abstract class DataListTests(ServerFixture fixture)
{
    static readonly SemaphoreSlim Gate = new(1);

    [Theory]
    [InlineData("/orders?q=DL-&by=number", "DL-1 DL-2 DL-3")]
    [InlineData("/orders?q=DL-&by=number&descending=1", "DL-3 DL-2 DL-1")]
    [InlineData("/orders?q=DL-&by=shipDate", "DL-2 DL-3 DL-1")]
    [InlineData("/orders?q=DL-&by=shipDate&descending=1", "DL-3 DL-2 DL-1")]
    [InlineData("/orders?q=DL-&by=customer", "DL-3 DL-2 DL-1")]
    [InlineData("/orders?q=DL-&by=number%3B+DROP+TABLE+sales_order", "DL-3 DL-2 DL-1")]
    [InlineData("/orders?q=ZM-&by=amount", "ZM-1 ZM-3 ZM-2 ZM-4")]
    [InlineData("/orders?q=ZM-&by=amount&descending=1", "ZM-4 ZM-2 ZM-3 ZM-1")]
    [InlineData("/customers?q=DLC&by=name", "DLC-2 DLC-1")]
    [InlineData("/customers?q=DLC&by=name&descending=1", "DLC-1 DLC-2")]
    [InlineData("/customers?q=DLC&page=9", "")]
    [InlineData("/invoices?q=DLI", "DLI-3 DLI-2 DLI-1")]
    [InlineData("/invoices?q=DLI&by=open&descending=1", "DLI-2 DLI-3 DLI-1")]
    [InlineData("/invoices?q=DLI&by=due", "DLI-1 DLI-2 DLI-3")]
    [InlineData("/invoices?q=DLI&state=overdue", "DLI-1")]
    [InlineData("/invoices?q=DLI&state=open", "DLI-3 DLI-2 DLI-1")]
    [InlineData("/invoices?q=DLI&state=settled", "")]
    [InlineData("/invoices?q=DLI&state=nonsense", "DLI-3 DLI-2 DLI-1")]
    [InlineData("/invoices?q=DLI&payer=zeta", "DLI-3 DLI-2 DLI-1")]
    [InlineData("/invoices?q=DLI&payer=nobody", "")]
    public async Task A_list_is_ordered_and_filtered_as_its_address_says(string address, string numbers)
    {
        using var browser = await SignedInAsync();
        var page = await TextAsync(browser, address);
        var shown = Regex.Matches(
            page, """<th role="rowheader" scope="row">\s*<a class="number"[^>]*>(<bdi>)?(?<number>[^<]+)<""", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        Assert.Equal(numbers, string.Join(' ', shown.Select(row => row.Groups["number"].Value)));
    }

    [Fact]
    public async Task A_page_behind_the_last_says_so_and_leads_there()
    {
        using var browser = await SignedInAsync();
        var page = await TextAsync(browser, "/orders?q=DL-&by=number&page=999");
        Assert.Contains("There is no page 999.", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/orders?q=DL-&amp;by=number\">To the last page, 1</a>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("There are no orders yet.", page, StringComparison.Ordinal);
        Assert.Contains("No order matches this.", await TextAsync(browser, "/orders?q=nothing-has-this&page=3"), StringComparison.Ordinal);
    }

    /// <summary>Where heads are not shown the same is chosen by a field: its form leads to the address of the head.</summary>
    [Fact]
    public async Task A_list_is_ordered_by_a_field_too()
    {
        using var browser = await SignedInAsync();
        var page = await TextAsync(browser, "/orders?q=DL-&by=amount&descending=1");
        var form = Regex.Match(page, "<form class=\"sort\".*?</form>", RegexOptions.Singleline, TimeSpan.FromSeconds(1)).Value;
        var fields = Regex.Matches(form, "name=\"(?<name>[^\"]+)\"(?: value=\"(?<value>[^\"]*)\")?", RegexOptions.None, TimeSpan.FromSeconds(1))
            .Select(field => $"{field.Groups["name"].Value}={field.Groups["value"].Value}");
        Assert.Equal(["q=DL-", "by=", "descending=1"], fields);
        Assert.Contains("<option value=\"amount\" selected>Amount</option>", form, StringComparison.Ordinal);
        Assert.Contains("value=\"1\" checked", form, StringComparison.Ordinal);
        foreach (Match head in Regex.Matches(page, "<th role=\"columnheader\"[^>]*>\\s*<a [^>]*by=(?<by>[a-zA-Z]+)", RegexOptions.None, TimeSpan.FromSeconds(1)))
            Assert.Contains($"<option value=\"{head.Groups["by"].Value}\"", form, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Columns_are_chosen_and_kept_with_the_person_and_taken_back()
    {
        using var browser = await SignedInAsync("cora");
        Assert.DoesNotContain(">Purchase order</th>", await TextAsync(browser, "/orders?q=DL-"), StringComparison.Ordinal);
        await ChooseAsync(browser, "orders", "column=purchaseOrder&column=amount&column=none-such&column=<b>");
        var page = await TextAsync(browser, "/orders?q=DL-");
        Assert.Contains(">Purchase order</th>", page, StringComparison.Ordinal);
        Assert.DoesNotContain(">Ships<", page, StringComparison.Ordinal);
        Assert.Contains(">DL-1<", page, StringComparison.Ordinal);
        using (var other = await SignedInAsync("olga")) Assert.Contains("by=shipDate", await TextAsync(other, "/orders?q=DL-"), StringComparison.Ordinal);
        await ChooseAsync(browser, "orders", "usual=1");
        Assert.Contains("by=shipDate", await TextAsync(browser, "/orders?q=DL-"), StringComparison.Ordinal);
        await ChooseAsync(browser, "../etc", "column=amount");
    }

    [Fact]
    public async Task A_list_is_given_as_CSV_with_the_rows_and_columns_that_are_shown()
    {
        using var browser = await SignedInAsync("carl");
        var answer = await browser.GetAsync("/customers?q=DLC&by=name&as=csv");
        Assert.Equal(("text/csv; charset=utf-8", HttpStatusCode.OK), (answer.Content.Headers.ContentType!.ToString(), answer.StatusCode));
        Assert.StartsWith("attachment; filename=\"customers-", answer.Content.Headers.ContentDisposition!.ToString(), StringComparison.Ordinal);
        var lines = (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).TrimStart('\ufeff').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["number,name,country,payer,terms,riskClass", "DLC-2,\"'=Alpha, \"\"AG\"\"\",DE,,NET30,", "DLC-1,Zeta <b>& Söhne</b>,DE,,NET30,"], lines);
        Assert.Equal(["number,amount,currency,status"], await HeadAsync(browser, "orders", "column=amount&column=status", "/orders?q=DL-&as=csv"));
    }

    [Fact]
    public async Task A_list_is_given_as_a_workbook_whose_texts_stay_texts()
    {
        using var browser = await SignedInAsync("xena");
        var answer = await browser.GetAsync("/customers?q=DLC&as=xlsx");
        await using var content = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        using var book = new ZipArchive(content);
        using var sheet = new StreamReader(book.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        var cells = await sheet.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Zeta &lt;b&gt;&amp; Söhne&lt;/b&gt;", cells, StringComparison.Ordinal);
        Assert.DoesNotContain("<f>", cells, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invoice_has_a_page_with_its_life()
    {
        using var browser = await SignedInAsync();
        var page = await TextAsync(browser, "/invoices/DLI-1");
        Assert.Contains("Overdue for", page, StringComparison.Ordinal);
        Assert.Contains("<bdi>DLR-1</bdi>", page, StringComparison.Ordinal);
        Assert.Contains("70.00", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/invoices\"><bdi>Invoices</bdi></a>", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/invoices/none-such")).StatusCode);
    }

    [Theory]
    [InlineData("DLI-1", "/invoices/DLI-1")]
    [InlineData("dli-1", "/invoices/DLI-1")]
    [InlineData("DL-2", "/orders/DL-2")]
    [InlineData("DLC-1", "/customers/DLC-1")]
    [InlineData("dlr-1", "/cash/receipts/DLR-1")]
    [InlineData("DLD-1", "/disputes/DLD-1")]
    public async Task The_one_of_that_number_is_opened_at_once(string text, string path)
    {
        using var browser = await SignedInAsync();
        var answer = await browser.GetAsync("/search?q=" + text);
        Assert.Equal((HttpStatusCode.SeeOther, path), (answer.StatusCode, answer.Headers.Location?.OriginalString));
    }

    [Fact]
    public async Task A_search_finds_by_kinds_and_says_so_when_there_is_nothing()
    {
        using var browser = await SignedInAsync();
        var page = await TextAsync(browser, "/search?q=DL");
        foreach (var kind in new[] { "customers", "orders", "invoices", "receipts", "disputes" }) Assert.Contains($"<h2 id=\"{kind}\">", page, StringComparison.Ordinal);
        Assert.Contains("Nothing has this in its number", await TextAsync(browser, "/search?q=%3Cscript%3E"), StringComparison.Ordinal);
    }

    /// <summary>With more documents than are looked through, an older one is still found by the beginning of its number, and no more is said than was looked at.</summary>
    [Theory]
    [InlineData("DL", "DL-3 DL-1 DL-2", true)]
    [InlineData("dl-", "DL-3 DL-1 DL-2", true)]
    [InlineData("L-1", "", true)]
    [InlineData("L-3", "DL-3", true)]
    [InlineData("DL-1", "DL-1", true)]
    public async Task Beyond_the_newest_documents_the_beginning_of_a_number_finds(string text, string orders, bool isAtLeast)
    {
        var server = await fixture.StartedAsync();
        await EnterAsync(server);
        var found = await Aval.Orders.OrderSearch.SeekAsync(server.Store, text, [], 10, TestContext.Current.CancellationToken, newest: 1);
        Assert.Equal((orders, isAtLeast), (string.Join(' ', found.Found.Select(order => order.Number)), found.IsAtLeast));
        var all = await Aval.Orders.OrderSearch.SeekAsync(server.Store, "L-", ["DLC-1"], 2, TestContext.Current.CancellationToken);
        Assert.Equal(("DL-3 DL-2", 3, false), (string.Join(' ', all.Found.Select(order => order.Number)), all.Total, all.IsAtLeast));
        var invoices = await Aval.Receivables.InvoiceSearch.SeekAsync(server.Store, "DLI", 10, TestContext.Current.CancellationToken, newest: 2);
        Assert.Equal("DLI-3 DLI-2 DLI-1", string.Join(' ', invoices.Found.Select(invoice => invoice.Number)));
        var receipts = await Aval.Receivables.ReceiptSearch.SeekAsync(server.Store, "dlr", 10, TestContext.Current.CancellationToken, newest: 0);
        Assert.Equal(("DLR-1", true), (string.Join(' ', receipts.Found.Select(receipt => receipt.Number)), receipts.IsAtLeast));
    }

    static async Task<string[]> HeadAsync(Browser browser, string list, string columns, string address)
    {
        await ChooseAsync(browser, list, columns);
        return [(await TextAsync(browser, address)).TrimStart('\ufeff').Split("\r\n")[0]];
    }

    static async Task ChooseAsync(Browser browser, string list, string fields)
    {
        var sent = fields.Split('&').Select(field => field.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1]));
        var answer = await browser.SendAsync("/columns", [KeyValuePair.Create("token", await browser.TokenAsync("/orders")), KeyValuePair.Create("list", list), .. sent]);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    async Task<Browser> SignedInAsync(string name = "dora")
    {
        var server = await fixture.StartedAsync();
        await EnterAsync(server);
        var key = (await server.Post("/api-keys", new { name = name + Guid.NewGuid().ToString("N")[..6], roles = new[] { "accountsReceivable" } })).Expect(201)["key"]!;
        var browser = new Browser(server);
        await browser.SignInAsync(key);
        return browser;
    }

    static async Task EnterAsync(RunningServer server)
    {
        await Gate.WaitAsync();
        try
        {
            if ((await server.Get("/customers/DLC-1")).Status == 200) return;
            foreach (var (number, name) in new[] { ("DLC-1", "Zeta <b>& Söhne</b>"), ("DLC-2", "=Alpha, \"AG\"") })
                (await server.Put("/customers/" + number, new { name, country = "DE", currency = "EUR", paymentTerms = "NET30" })).Expect(200);
            foreach (var (number, customer, ship) in new[] { ("DL-1", "DLC-2", (string?)null), ("DL-2", "DLC-1", "2026-05-04"), ("DL-3", "DLC-1", "2026-05-05") })
            {
                var lines = new[] { new { line = 1, item = "A", quantity = 1, unitPrice = 100, taxRate = 0 } };
                (await server.Post("/orders", new { number, customer, currency = "EUR", orderDate = "2026-03-02", shipDate = ship, lines })).Expect(200);
            }

            (await server.Put("/rates/2026-02-01", new { @base = "EUR", rates = new Dictionary<string, decimal> { ["USD"] = 2m, ["JPY"] = 160m } })).Expect(200);
            (await server.Put("/customers/ZMC-1", new { name = "Amounts", country = "DE", currency = "EUR", paymentTerms = "NET30" })).Expect(200);
            foreach (var (number, currency, quantity, unitPrice, taxRate, discountPercent) in new[]
            {
                ("ZM-1", "JPY", 10, 3000m, 0, 0), ("ZM-2", "EUR", 3, 100m, 19, 20), ("ZM-3", "USD", 5, 110m, 0, 0), ("ZM-4", "EUR", 1, 299.5m, 0, 0),
            })
                (await server.Post("/orders", new
                {
                    number, customer = "ZMC-1", currency, orderDate = "2026-02-01", lines = new[] { new { line = 1, item = "A", quantity, unitPrice, taxRate, discountPercent } },
                })).Expect(200);
            foreach (var (number, date, dueDate, amount) in new[]
            {
                ("DLI-1", "2026-01-10", "2026-02-10", 100), ("DLI-2", "2026-02-10", "2026-03-12", 900), ("DLI-3", "2026-02-20", "2026-03-20", 80),
            })
                (await server.Post("/invoices", new { number, customer = "DLC-1", date, dueDate, currency = "EUR", amount })).Expect(200);
            (await server.Post("/receipts", new { number = "DLR-1", payer = "DLC-1", date = "2026-03-01", currency = "EUR", amount = 30, cleared = true })).Expect(200);
            (await server.Post("/receipts/DLR-1/allocations", new[] { new { invoice = "DLI-1", amount = 30 } })).Expect(200);
            (await server.Post("/disputes", new { number = "DLD-1", invoice = "DLI-2", amount = 40, reason = "price", legitimacy = "unqualified", owner = "quality" })).Expect(200);
        }
        finally
        {
            Gate.Release();
        }
    }

    static async Task<string> TextAsync(Browser browser, string path) => await (await browser.GetAsync(path)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}

public sealed class DataListsOnSqlite(SqliteServer fixture) : DataListTests(fixture), IClassFixture<SqliteServer>;

public sealed class DataListsOnPostgres(PostgresServer fixture) : DataListTests(fixture), IClassFixture<PostgresServer>;
