using System.Net;
using System.Text.RegularExpressions;
using Aval.Checks;
using Aval.Tests.Decisions;
using Aval.Tests.Infrastructure;
using Aval.Tests.Web;

namespace Aval.Tests.Checks;

public sealed class OrderEntryOnSqlite(SqliteServer fixture) : OrderEntryTests(fixture), IClassFixture<SqliteServer>;

public sealed class OrderEntryOnPostgres(PostgresServer fixture) : OrderEntryTests(fixture), IClassFixture<PostgresServer>;

/// <summary>Orders on the form, as a browser without scripts sends them.</summary>
public abstract class OrderEntryTests(ServerFixture fixture)
{
    [Fact]
    public async Task The_check_answers_what_is_typed_and_nothing_is_kept_of_it()
    {
        var desk = await DeskAsync("EA", purchaseOrder: true);
        using var browser = await SignedInAsync(desk, "erna", "customerService");
        var shown = await TextAsync(await browser.GetAsync("/new-order?customer=EA"));
        Assert.Contains("Each order carries a purchase order number. Still missing.", Plain(shown), StringComparison.Ordinal);
        Assert.Contains("Add a line", shown, StringComparison.Ordinal);
        var number = Regex.Match(shown, "name=\"number\" type=\"text\" value=\"([^\"]+)\"").Groups[1].Value;
        Assert.StartsWith("SO-", number, StringComparison.Ordinal);
        // Who opens the form in the same second has another number.
        var others = new HashSet<string>(StringComparer.Ordinal) { number };
        for (var again = 0; again < 5; again++)
            Assert.True(others.Add(Regex.Match(
                await TextAsync(await browser.GetAsync("/new-order?customer=EA")), "name=\"number\" type=\"text\" value=\"([^\"]+)\"").Groups[1].Value));

        var small = await SendAsync(browser, "/new-order/check", "EA", number, lines: [("A-100", "2", "1000")], ("purchaseOrder", "PO-1"));
        Assert.Contains("It would be released at once.", small, StringComparison.Ordinal);
        Assert.Contains("8,000.00 EUR would stay free", small, StringComparison.Ordinal);
        Assert.Contains("value=\"PO-1\"", small, StringComparison.Ordinal);
        var lacking = await SendAsync(browser, "/new-order/check", "EA", number, lines: [("A-100", "2", "1000")]);
        Assert.Contains("It would be held until it is complete.", lacking, StringComparison.Ordinal);
        var large = await SendAsync(browser, "/new-order/check", "EA", number, lines: [("A-100", "2", "1000"), ("B-7", "12", "1.000,50")], ("purchaseOrder", "PO-1"));
        Assert.Contains("It would be held until somebody has decided.", large, StringComparison.Ordinal);
        Assert.Contains("14,006.00", large, StringComparison.Ordinal);
        (await desk.Get(number)).Expect(404, "order-unknown");
        Assert.Equal("0.00", (await desk.Server.Get("/customers/EA/exposure")).Expect(200)["openOrders"]);
    }

    [Fact]
    public async Task An_order_that_is_entered_is_the_one_that_the_API_would_have_made_and_twice_the_same_is_one()
    {
        var desk = await DeskAsync("EB");
        using var browser = await SignedInAsync(desk, "eddy", "customerService");
        (string, string)[] more =
        [
            ("shipDate", "2026-03-09"), ("purchaseOrder", "PO-9"), ("buyerReference", "Ms Lee"), ("costCentre", "CC-4"), ("portalReference", "P-7"), ("paymentTerms", "net30"),
            ("shipLine1", "2 quai Nord"), ("shipCity", "Lyon"), ("shipPostalCode", "69002"), ("shipCountry", "fr"), ("completeDelivery", "1"),
        ];
        for (var twice = 0; twice < 2; twice++)
        {
            using var done = await PostAsync(browser, "/new-order", "EB", "EB-1", [("A-100", "2", "100.5"), ("B-7", "1", "10")], more);
            Assert.Equal((HttpStatusCode.SeeOther, "/orders/EB-1"), (done.StatusCode, done.Headers.Location!.OriginalString));
        }

        var order = (await desk.Get("EB-1")).Expect(200);
        Assert.Equal(("released", "EB", "211.00", "eddy", "NET30"), (order["status"], order["customer"], order["amount"], order["enteredBy"], order["paymentTerms"]));
        Assert.Equal(("2026-03-09", "PO-9", "Ms Lee"), (order["shipDate"], order["purchaseOrder"], order["buyerReference"]));
        Assert.Equal(("CC-4", "P-7"), (order["costCentre"], order["portalReference"]));
        Assert.Equal("FR", order.Body.GetProperty("shipTo").GetProperty("country").GetString());
        Assert.True(order.Body.GetProperty("completeDelivery").GetBoolean());
        using var other = await PostAsync(browser, "/new-order", "EB", "EB-1", [("A-100", "3", "100.5")]);
        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
        Assert.Contains("value=\"3\"", await TextAsync(other), StringComparison.Ordinal);
        Assert.Contains("There is an order EB-1 already", await SendAsync(browser, "/new-order/check", "EB", "EB-1", [("A-100", "3", "1")]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_an_order_is_refused_beside_its_field_and_what_was_typed_stays()
    {
        var desk = await DeskAsync("EC");
        using var browser = await SignedInAsync(desk, "emil", "customerService");
        foreach (var (lines, more, told) in new (IReadOnlyList<(string, string, string)>, (string, string)[], string)[]
        {
            ([], [], "An order needs one line at least"), ([("A", "much", "1")], [], "“Line 1: Quantity” must be a number"),
            ([("A", "0", "1")], [], "“Line 1: Quantity” must be above zero"), ([("A", "1", "1"), ("B", "-3", "1")], [], "“Line 2: Quantity” must be above zero"),
            ([("A", "1,234", "1")], [], "“Line 1: Quantity” may be read in two ways"), ([("A", "1", "")], [], "“Line 1: Price” must not be empty"),
            ([("A", "1", "12,345")], [], "“Line 1: Price” may be read in two ways"),
            ([("", "1", "1")], [], "“Line 1: Item” must not be empty"), ([("A", "1", "1")], [("shipDate", "soon")], "“Ships on” must be a day"),
            ([("A", "1", "1")], [("paymentTerms", "WHENEVER")], "“Payment terms, if others than agreed” must be terms"),
            ([("A", "1", "1")], [("currency", "EURO")], "“Currency, if another than theirs” must be an ISO 4217 code"),
            ([("A", "1", "1")], [("shipLine1", "x"), ("shipCountry", "Narnia")], "“Country, as FR” must be"),
            ([("A", "1", "1")], [("purchaseOrder", "a\u0001b")], "“Purchase order number” must contain no"),
            ([("A", "1", "1")], [("customer", "EC-none")], "EC-none"),
        })
        {
            using var refused = await PostAsync(browser, "/new-order", "EC", "EC-1", lines, more);
            var page = await TextAsync(refused);
            Assert.True((int)refused.StatusCode is 404 or 422, $"{told}: {refused.StatusCode}");
            Assert.True(page.Contains(told, StringComparison.Ordinal), $"{told}: {page}");
            Assert.Contains("aria-invalid=\"true\"", page, StringComparison.Ordinal);
            Assert.Single(Regex.Matches(page, " autofocus", RegexOptions.None, TimeSpan.FromSeconds(1)));
        }

        var live = await SendAsync(browser, "/new-order/check", "EC", "EC-1", [("A", "-3", "12,345"), ("B", "1", "1")]);
        foreach (var said in new[] { "data-faulty=\"lines[0].quantity\"", "data-faulty=\"lines[0].unitPrice\"", "Line 1: ", "“Quantity” must be above zero." })
            Assert.Contains(said, live, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.GetAsync("/new-order?customer=a%00b")).StatusCode);
        var hostile = await SendAsync(browser, "/new-order/check", "EC", "EC-1", [("<b>x</b>", "1", "1")], decode: false);
        Assert.Contains("&lt;b&gt;x&lt;/b&gt;", hostile, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>x", hostile, StringComparison.Ordinal);
        (await desk.Get("EC-1")).Expect(404, "order-unknown");
    }

    [Fact]
    public async Task Lines_are_pasted_from_a_spreadsheet_and_each_that_is_none_says_why()
    {
        var desk = await DeskAsync("ED");
        using var browser = await SignedInAsync(desk, "edda", "customerService");
        const string Pasted = "Item\tQty\tDescription\tUnit price\nA-100\t2\ta box\t1.000,50\nB-7\tmany\tb\t3\n\nC-1\t1,000\tc\t4\nno tabs here\nD-4\t0,5\td\t10\n";
        var page = await SendAsync(browser, "/new-order/lines", "ED", "ED-1", [("Z-1", "1", "1")], ("pasted", Pasted));
        Assert.Contains("value=\"1000.50\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"0.5\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"Z-1\"", page, StringComparison.Ordinal);
        Assert.Contains("Line 3: The quantity “many” is no number", Plain(page), StringComparison.Ordinal);
        Assert.Contains("Line 5: The quantity “1,000” is no number, or may be read in two ways", Plain(page), StringComparison.Ordinal);
        Assert.Contains("Line 6: It has one cell only", Plain(page), StringComparison.Ordinal);
        Assert.Contains("B-7\tmany\tb\t3\nC-1\t1,000\tc\t4\nno tabs here</textarea>", page.Replace("\r", "", StringComparison.Ordinal), StringComparison.Ordinal);
        using var refused = await PostAsync(browser, "/new-order", "ED", "ED-1", [], ("pasted", Pasted));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var told = Plain(await TextAsync(refused));
        Assert.Contains("Lines were pasted that cannot be read; mend them or take them out.", told, StringComparison.Ordinal);
        Assert.DoesNotContain("“Line 1: Item”", told, StringComparison.Ordinal);
        Assert.DoesNotContain("Add a line with item", told, StringComparison.Ordinal);
        var live = Plain(await SendAsync(browser, "/new-order/check", "ED", "ED-1", [("Z-1", "1", "1")], ("pasted", "A-100\t2\t10\nB-7\tabc\t20")));
        Assert.Contains("1 pasted line cannot be read and is not in it.", live, StringComparison.Ordinal);
        Assert.Contains("It is worth", live, StringComparison.Ordinal);
        using var taken = await PostAsync(browser, "/new-order", "ED", "ED-1", [], ("pasted", "A-100\t2\t10\nB-7\t1\t20\t20"));
        Assert.Equal(HttpStatusCode.SeeOther, taken.StatusCode);
        Assert.Equal("44.00", (await desk.Get("ED-1")).Expect(200)["amount"]);
    }

    [Theory]
    [InlineData("1234.5", "1234.5")]
    [InlineData("1,234.50", "1234.50")]
    [InlineData("1.234,50", "1234.50")]
    [InlineData("1 234,5", "1234.5")]
    [InlineData("1'234.50", "1234.50")]
    [InlineData("1.234.567", "1234567")]
    [InlineData("0,125", "0.125")]
    [InlineData("12,5 %", "12.5")]
    [InlineData("1,234", null)]
    [InlineData("1.234", null)]
    [InlineData("-5", null)]
    [InlineData("1,2,3", null)]
    [InlineData("1e5", null)]
    [InlineData("", null)]
    public void Numbers_are_read_as_people_write_them_and_never_guessed(string text, string? number) => Assert.Equal(number, PastedLines.NumberOf(text));

    [Fact]
    public async Task A_customer_is_found_by_its_name_and_of_several_one_is_chosen()
    {
        var desk = await DeskAsync("EE1");
        await desk.Payer("EE2", 10_000);
        using var browser = await SignedInAsync(desk, "elsa", "customerService");
        var several = await SendAsync(browser, "/new-order/check", "Customer EE", "EE-1", [("A", "1", "1")]);
        Assert.Contains("name=\"chosen\" value=\"EE2\"", several, StringComparison.Ordinal);
        Assert.DoesNotContain("It would be", several, StringComparison.Ordinal);
        var chosen = await SendAsync(browser, "/new-order/check", "Customer EE", "EE-1", [("A", "1", "1")], ("chosen", "EE2"));
        Assert.Contains("name=\"customer\" type=\"text\" value=\"EE2\"", chosen, StringComparison.Ordinal);
        Assert.Contains("It would be released at once.", chosen, StringComparison.Ordinal);
        Assert.Contains("No customer of yours", await SendAsync(browser, "/new-order/check", "nobody of this name", "EE-1", [("A", "1", "1")]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_seller_enters_orders_for_their_own_customers_and_who_may_not_has_no_form()
    {
        var desk = await DeskAsync("EF");
        (await desk.Server.Put("/customers/EF", new { salesOwner = "tess" })).Expect(200);
        using var seller = await SignedInAsync(desk, "sven", "sales");
        var page = await SendAsync(seller, "/new-order/check", "EF", "EF-1", [("A", "1", "1")]);
        Assert.Contains("No customer of yours", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Customer EF", page, StringComparison.Ordinal);
        using var refused = await PostAsync(seller, "/new-order", "EF", "EF-1", [("A", "1", "1")]);
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        using var own = await SignedInAsync(desk, "tess", "sales");
        using var done = await PostAsync(own, "/new-order", "EF", "EF-1", [("A", "1", "1")]);
        Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
        using var collector = await SignedInAsync(desk, "colin", "collector");
        Assert.Equal(HttpStatusCode.Forbidden, (await collector.GetAsync("/new-order")).StatusCode);
        Assert.DoesNotContain("href=\"/new-order", await TextAsync(await collector.GetAsync("/customers/EF")), StringComparison.Ordinal);
        Assert.Contains("href=\"/new-order?customer=EF\"", await TextAsync(await own.GetAsync("/customers/EF")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_missing_of_a_held_order_is_completed_on_its_page_and_the_order_goes()
    {
        var desk = await DeskAsync("EG", purchaseOrder: true);
        await desk.Order("EG-1", "EG", 1_000, units: 4);
        using var browser = await SignedInAsync(desk, "egon", "customerService");
        var page = await TextAsync(await browser.GetAsync("/orders/EG-1"));
        Assert.Contains("id=\"complete\"", page, StringComparison.Ordinal);
        var edition = Regex.Match(page, "name=\"edition\" value=\"([^\"]+)\"").Groups[1].Value;
        using var collector = await SignedInAsync(desk, "cleo", "collector");
        Assert.DoesNotContain("id=\"complete\"", await TextAsync(await collector.GetAsync("/orders/EG-1")), StringComparison.Ordinal);

        using var wrong = await CompleteAsync(browser, "EG-1", edition, ("shipDate", "soon"), ("purchaseOrder", "PO-77"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("value=\"PO-77\"", await TextAsync(wrong), StringComparison.Ordinal);
        using var done = await CompleteAsync(browser, "EG-1", edition, ("purchaseOrder", "PO-77"), ("buyerReference", ""));
        Assert.Equal((HttpStatusCode.SeeOther, "/orders/EG-1"), (done.StatusCode, done.Headers.Location!.OriginalString));
        Assert.Equal("released 1000", await desk.State("EG-1"));
        Assert.Equal("PO-77", (await desk.Get("EG-1"))["purchaseOrder"]);
        using var stale = await CompleteAsync(browser, "EG-1", edition, ("purchaseOrder", "PO-78"));
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        Assert.DoesNotContain("id=\"complete\"", await TextAsync(await browser.GetAsync("/orders/EG-1")), StringComparison.Ordinal);
    }

    async Task<CreditDesk> DeskAsync(string payer, bool purchaseOrder = false)
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer(payer, 10_000, purchaseOrder: purchaseOrder);
        return desk;
    }

    static async Task<Browser> SignedInAsync(CreditDesk desk, string name, string role)
    {
        var key = (await desk.Server.Post("/api-keys", new { name, roles = new[] { role } })).Expect(201)["key"]!;
        var browser = new Browser(desk.Server);
        await browser.SignInAsync(key);
        return browser;
    }

    static async Task<string> SendAsync(
        Browser browser, string path, string customer, string number, IReadOnlyList<(string, string, string)> lines, params (string Name, string Value)[] more) =>
        await TextAsync(await PostAsync(browser, path, customer, number, lines, more));

    static async Task<string> SendAsync(
        Browser browser, string path, string customer, string number, IReadOnlyList<(string, string, string)> lines, bool decode) =>
        await (await PostAsync(browser, path, customer, number, lines)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken) is var text && decode
            ? WebUtility.HtmlDecode(text) : text;

    static async Task<HttpResponseMessage> PostAsync(
        Browser browser, string path, string customer, string number, IReadOnlyList<(string Item, string Quantity, string Price)> lines, params (string Name, string Value)[] more)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["token"] = await browser.TokenAsync(), ["customer"] = customer, ["number"] = number, ["orderDate"] = "2026-03-02", ["currency"] = "",
        };
        foreach (var (name, value) in more) fields[name] = value;
        var all = fields.ToList();
        foreach (var line in lines)
            all.AddRange([
                KeyValuePair.Create("item", line.Item), KeyValuePair.Create("quantity", line.Quantity), KeyValuePair.Create("price", line.Price), KeyValuePair.Create("tax", ""),
                KeyValuePair.Create("description", ""), KeyValuePair.Create("discount", ""), KeyValuePair.Create("approval", ""),
            ]);
        return await browser.SendAsync(path, all);
    }

    static async Task<HttpResponseMessage> CompleteAsync(Browser browser, string order, string edition, params (string Name, string Value)[] fields) =>
        await browser.SendAsync(
            $"/orders/{order}/complete",
            [
                KeyValuePair.Create("token", await browser.TokenAsync()), KeyValuePair.Create("edition", edition),
                .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)),
            ]);

    static string Plain(string page) => Regex.Replace(Regex.Replace(page, "<[^>]+>", " "), @"\s+", " ").Replace(" .", ".", StringComparison.Ordinal);

    static async Task<string> TextAsync(HttpResponseMessage answer) =>
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Replace('\u00A0', ' ');
}
