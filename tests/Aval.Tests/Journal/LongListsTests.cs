using System.Text;
using System.Text.Json;
using Aval.Tests.Infrastructure;
using Aval.Tests.Web;

namespace Aval.Tests.Journal;

public sealed class LongListsOnSqlite(SqliteServer fixture) : LongListsTests(fixture), IClassFixture<SqliteServer>;

public sealed class LongListsOnPostgres(PostgresServer fixture) : LongListsTests(fixture), IClassFixture<PostgresServer>;

/// <summary>A payer with many open orders that has changed its group: every answer and every page of it stays small, and the rest is read in pages.</summary>
public abstract class LongListsTests(ServerFixture fixture)
{
    const int Orders = 260;
    const int Small = 125_000;

    [Fact]
    public async Task The_documents_behind_an_exposure_are_read_page_by_page_and_add_up_on_every_page()
    {
        var server = await MovedAsync();
        var (numbers, cursor, pages) = (new List<string>(), "", 0);
        do
        {
            var page = (await server.Get($"/customers/XS/exposure/rows?limit=100{cursor}")).Expect(200).Body;
            Assert.Equal((Orders, 26_000m), (page.GetProperty("count").GetInt32(), page.GetProperty("totals").GetProperty("openOrders").GetDecimal()));
            numbers.AddRange(page.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("number").GetString()!));
            cursor = page.GetProperty("next").GetString() is { } next ? "&cursor=" + Uri.EscapeDataString(next) : "";
            pages++;
        }
        while (cursor.Length > 0);
        Assert.Equal((3, Orders), (pages, numbers.Distinct().Count()));
        Assert.Equal(numbers.Order(StringComparer.Ordinal), numbers);
        Assert.Equal(100, (await server.Get("/customers/XS/exposure/rows")).Expect(200).Body.GetProperty("rows").GetArrayLength());
        foreach (var wrong in new[] { "limit=0", "limit=501", "cursor=nothing", "cursor=0_nodate_X" })
            (await server.Get($"/customers/XS/exposure/rows?{wrong}")).Expect(422, "field-invalid");
    }

    [Fact]
    public async Task A_journal_folds_what_came_along_and_gives_it_page_by_page()
    {
        var server = await MovedAsync();
        var journal = (await server.Get("/journal?root=TOP")).Expect(200);
        Assert.InRange(journal.Text.Length, 1, Small);
        var entry = journal.Body.GetProperty("entries").EnumerateArray().Single(entry => entry.GetProperty("lists").EnumerateObject().Any());
        Assert.Equal(Orders, entry.GetProperty("lists").GetProperty("rows.sales_order").GetInt32());
        Assert.Equal(Orders, entry.GetProperty("body").GetProperty("rows").GetProperty("sales_order").GetProperty("folded").GetInt32());

        var list = $"/journal/list?root=TOP&entry={entry.GetProperty("number")}";
        var (orders, cursor) = (new List<string>(), "");
        do
        {
            var page = (await server.Get($"{list}&list=rows.sales_order&limit=200{cursor}")).Expect(200).Body;
            Assert.Equal(Orders, page.GetProperty("count").GetInt32());
            var texts = page.GetProperty("texts").EnumerateArray().ToDictionary(text => text.GetProperty("number").GetInt32(), text => text.GetProperty("text").GetString());
            foreach (var item in page.GetProperty("items").EnumerateArray())
            {
                orders.Add(item.GetProperty("number").GetString()!);
                var reference = item.GetProperty("buyerReference").GetString()!;
                Assert.Equal("Ada " + orders[^1], texts[int.Parse(reference.Split(':')[0], null)]);
            }

            cursor = page.GetProperty("next").GetString() is { } next ? "&cursor=" + next : "";
        }
        while (cursor.Length > 0);
        Assert.Equal(Orders, orders.Distinct().Count());
        (await server.Get($"{list}&list=rows.jar")).Expect(404, "not-found");
        (await server.Get("/journal/list?root=TOP&entry=999&list=rows.customer")).Expect(404, "not-found");
        Assert.Equal("list", (await server.Get(list)).Expect(422, "field-invalid")["field"]);
    }

    [Theory]
    [InlineData("/customers/XS", "/customers/XS/orders")]
    [InlineData("/customers/XS/orders", "/customers/XS/orders?page=2")]
    [InlineData("/journal/TOP", "/journal/TOP/2")]
    [InlineData("/journal/XS", "/journal/XS?page=2")]
    [InlineData("/journal/TOP/{entry}", "list=rows.sales_order")]
    [InlineData("/journal/TOP/{entry}?list=rows.sales_order", "page=2")]
    public async Task A_page_shows_a_first_part_and_leads_to_the_rest(string address, string leadsTo)
    {
        var server = await MovedAsync();
        using var browser = new Browser(server);
        await browser.SignInAsync(RunningServer.AdminKey);
        var entry = (await server.Get("/journal?root=TOP")).Body.GetProperty("entries").EnumerateArray().First(one => one.GetProperty("lists").EnumerateObject().Any());
        var answer = await browser.GetAsync(address.Replace("{entry}", entry.GetProperty("number").ToString(), StringComparison.Ordinal));
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)answer.StatusCode);
        Assert.InRange(page.Length, 1, Small);
        Assert.Contains(leadsTo, page, StringComparison.Ordinal);
    }

    async Task<RunningServer> MovedAsync()
    {
        var server = await fixture.StartedAsync();
        if ((await server.Get("/customers/XS")).Status == 200) return server;
        foreach (var number in new[] { "TOP", "XS" })
            (await server.Put($"/customers/{number}", new
            {
                name = number, country = "DE", currency = "EUR", paymentTerms = "NET30",
                billingAddress = new { line1 = "Weg 1", city = "Ulm", postalCode = "89073", country = "DE" },
            })).Expect(200);
        var limit = new { customer = "XS", kind = "standing", limit = "amount", amount = 1_000_000, currency = "EUR", validFrom = "2026-01-01", reason = "set" };
        (await server.Post("/limits", limit)).Expect(200);
        var lines = new StringBuilder();
        for (var n = 1; n <= Orders; n++)
            lines.AppendLine(JsonSerializer.Serialize(new
            {
                number = $"XS-{n:0000}", customer = "XS", currency = "EUR", orderDate = "2026-03-02", buyerReference = $"Ada XS-{n:0000}",
                lines = new[] { new { line = 1, item = "A", quantity = 1, unitPrice = 100, taxRate = 0 } },
            }));
        (await server.SendAsync(HttpMethod.Post, "/orders/batch", RunningServer.Raw(lines.ToString(), "application/x-ndjson"))).Expect(200);
        (await server.Put("/customers/XS", new { group = "TOP" })).Expect(200);
        return server;
    }
}
