using System.Net;
using System.Text.RegularExpressions;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Web;

/// <summary>What the lists of the screens show: the same on both databases.</summary>
public abstract class ListsTests(ServerFixture fixture)
{
    [Theory]
    [InlineData("/blocks", "L-3 L-1 L-2")]
    [InlineData("/blocks?by=number", "L-1 L-2 L-3")]
    [InlineData("/blocks?by=number&descending=1", "L-3 L-2 L-1")]
    [InlineData("/blocks?by=amount&descending=1", "L-2 L-1 L-3")]
    [InlineData("/blocks?by=customer", "L-1 L-2 L-3")]
    [InlineData("/blocks?triage=complete", "")]
    [InlineData("/blocks?triage=arbitrate&cause=setUp", "L-3 L-1 L-2")]
    [InlineData("/blocks?cause=customerRisk", "")]
    [InlineData("/blocks?code=purchase-order-missing", "L-2")]
    [InlineData("/blocks?code=purchase-order-missing&owner=credit", "")]
    [InlineData("/blocks?owner=customerService&code=purchase-order-missing", "L-2")]
    [InlineData("/blocks?owner=quality", "")]
    [InlineData("/blocks?customer=m%C3%BCller", "L-3")]
    [InlineData("/blocks?customer=l_2", "")]
    [InlineData("/blocks?customer=100%25", "L-2")]
    [InlineData("/blocks?page=2", "")]
    [InlineData("/blocks?triage=nonsense&page=-1", "L-3 L-1 L-2")]
    [InlineData("/orders", "L-3 L-2 L-1")]
    [InlineData("/orders?q=M%C3%9CLLER", "L-3")]
    [InlineData("/orders?q=l-2", "L-2")]
    [InlineData("/orders?q=po-77", "L-1")]
    [InlineData("/orders?status=released", "")]
    [InlineData("/customers?q=100%25", "LC-2")]
    [InlineData("/customers?q=lc-", "LC-1 LC-2 LC-3")]
    [InlineData("/customers/LC-1", "L-1")]
    public async Task A_list_shows_what_was_asked_for_in_the_order_asked_for(string address, string numbers)
    {
        var server = await fixture.StartedAsync();
        await EnterAsync(server);
        using var browser = new Browser(server);
        await browser.SignInAsync(RunningServer.AdminKey);
        var answer = await browser.GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var shown = Regex.Matches(
            page, """<th role="rowheader" scope="row">\s*<a class="number" href="[^"]*">(?:<bdi>)?(?<number>[^<]+)<""", RegexOptions.None, TimeSpan.FromSeconds(1));
        Assert.Equal(numbers, string.Join(' ', shown.Select(found => found.Groups["number"].Value)));
    }

    [Theory]
    [InlineData("by=amount&descending=1", "L-2 L-1 L-3")]
    [InlineData("by=amount", "L-3 L-1 L-2")]
    [InlineData("by=customer", "L-1 L-2 L-3")]
    [InlineData("by=customer&descending=1", "L-3 L-2 L-1")]
    public async Task The_lines_of_a_work_list_are_ordered_shown_and_given_alike(string order, string subjects)
    {
        var server = await fixture.StartedAsync();
        await EnterAsync(server);
        using var browser = new Browser(server);
        await browser.SignInAsync(RunningServer.AdminKey);
        var page = await (await browser.GetAsync("/work?owner=all&kind=decide&" + order)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var shown = Regex.Matches(page, "<a class=\"number\" href=\"/blocks/[^\"]*\"><bdi>(?<number>L-[0-9])</bdi>", RegexOptions.None, TimeSpan.FromSeconds(1));
        Assert.Equal(subjects, string.Join(' ', shown.Select(found => found.Groups["number"].Value)));
        foreach (var address in new[] { "&amp;page=", "&amp;as=xlsx" }) Assert.Equal(address == "&amp;as=xlsx", page.Contains(address, StringComparison.Ordinal));
        Assert.Contains("href=\"/work?owner=all&amp;kind=decide&amp;by=due\"", page, StringComparison.Ordinal);
        var csv = await (await browser.GetAsync("/work?owner=all&kind=decide&as=csv&" + order)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var lines = csv.TrimStart('\ufeff').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("toDo,customer,amount,currency,due,owner", lines[0]);
        Assert.Equal(subjects.Split(' ').Select(number => number switch { "L-1" => "Bau GmbH", "L-2" => "100% Werk", _ => "MÜLLER" }),
            lines.Skip(1).Select(line => line.Split(',')[1]));
    }

    [Fact]
    public async Task An_order_and_what_its_check_saw_can_be_opened()
    {
        var server = await fixture.StartedAsync();
        await EnterAsync(server);
        using var browser = new Browser(server);
        await browser.SignInAsync(RunningServer.AdminKey);
        string[] addresses =
        [
            "/orders/L-1", "/orders/L-1/exposure?term=receivables", "/customers/LC-1/exposure?term=openOrders", "/journal/LC-1", "/journal/%40company",
        ];
        foreach (var address in addresses)
            Assert.Equal((address, HttpStatusCode.OK), (address, (await browser.GetAsync(address)).StatusCode));
        Assert.Equal("/orders/L-1", (await browser.GetAsync("/search?q=L-1")).Headers.Location?.OriginalString);
        Assert.Equal("/customers/LC-1", (await browser.GetAsync("/search?q=LC-1")).Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/search?q=ller")).StatusCode);
    }

    /// <summary>Three customers without a limit, each with one held order; the second must name its purchase order and does not.</summary>
    static async Task EnterAsync(RunningServer server)
    {
        if ((await server.Get("/orders/L-2")).Status == 200) return;
        foreach (var (number, name, currency, demanding) in new[] { ("LC-1", "Bau GmbH", "EUR", false), ("LC-2", "100% Werk", "USD", true), ("LC-3", "MÜLLER", "EUR", false) })
            await server.Put($"/customers/{number}", new
            {
                name, country = "DE", currency, paymentTerms = "NET30", profile = new { purchaseOrderRequired = demanding },
                billingAddress = new { line1 = "Weg 1", city = "Ulm", postalCode = "89073", country = "DE" },
            });
        await server.Put("/rates/2026-03-01", new { @base = "EUR", rates = new { USD = 2m } });
        foreach (var (number, customer, currency, price, purchaseOrder) in new (string, string, string, int, string?)[]
        {
            ("L-3", "LC-3", "EUR", 100, null), ("L-1", "LC-1", "EUR", 200, "PO-77"), ("L-2", "LC-2", "USD", 500, null),
        })
            (await server.Post("/orders", new
            {
                number, customer, currency, orderDate = number == "L-3" ? "2026-03-02" : "2026-03-01", purchaseOrder,
                lines = new[] { new { line = 1, item = "A", quantity = 1, unitPrice = price, taxRate = 0 } },
            })).Expect(200);
    }
}

public sealed class ListsOnSqliteTests(SqliteServer fixture) : ListsTests(fixture), IClassFixture<SqliteServer>;

public sealed class ListsOnPostgresTests(PostgresServer fixture) : ListsTests(fixture), IClassFixture<PostgresServer>;
