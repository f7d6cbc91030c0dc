using System.Text.Json;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Tests.Infrastructure;
using Aval.Tests.Web;

namespace Aval.Tests.Checks;

public sealed class AnswersOnSqlite(SqliteServer fixture) : AnswersTests(fixture), IClassFixture<SqliteServer>;

public sealed class AnswersOnPostgres(PostgresServer fixture) : AnswersTests(fixture), IClassFixture<PostgresServer>;

/// <summary>What can be asked of blocks, incidents, deposits and rules. The business date is 2 March 2026.</summary>
public abstract class AnswersTests(ServerFixture fixture)
{
    [Fact]
    public async Task Blocks_come_in_the_order_of_their_opening_page_by_page_and_by_customer_or_payer()
    {
        var server = await fixture.StartedAsync();
        await Customer(server, "B1", limit: 10);
        await Customer(server, "B2", payer: "B1");
        var numbers = Enumerable.Range(0, 7).Select(n => $"B-{(n * 5) % 7}").ToList();
        foreach (var (order, at) in numbers.Select((order, at) => (order, at)))
            Assert.Equal("held", (await Order(server, order, at % 2 == 0 ? "B1" : "B2", 100))["status"]);

        Assert.Equal(numbers, await Pages("/blocks?payer=B1&limit=2", "blocks"));
        Assert.Equal(numbers, await Pages("/blocks?payer=B1&status=open&limit=3", "blocks"));
        Assert.Equal(numbers.Where((_, at) => at % 2 == 1), await Pages("/blocks?customer=B2&limit=1", "blocks"));
        Assert.Equal(numbers.Where((_, at) => at % 2 == 0), await Pages("/blocks?customer=B1&payer=B1&limit=1", "blocks"));
        Assert.Empty(await Pages("/blocks?customer=nobody", "blocks"));

        async Task<IReadOnlyList<string?>> Pages(string address, string field) => await PagesAsync(server, address, field, block => block.GetProperty("order").GetString());
    }

    [Fact]
    public async Task A_cursor_that_no_page_has_given_is_refused_by_every_list()
    {
        var server = await fixture.StartedAsync();
        var lists = Api.Of(server.Get<Composition>()).Addresses
            .Where(address => address.Method == "GET" && !address.Path.Contains('{', StringComparison.Ordinal) && address.Query.Any(field => field.Name == "cursor"))
            .Select(address => address.Path).ToList();
        Assert.Superset(new HashSet<string> { "/blocks", "/incidents", "/journal", "/aging", "/disputes", "/credit-note-promises", "/commitments" }, lists.ToHashSet());
        foreach (var list in lists.Append("/aging?by=currency"))
        {
            var refused = await server.Get($"{list}{(list.Contains('?', StringComparison.Ordinal) ? '&' : '?')}cursor=%20nothing");
            Assert.True(refused is { Status: 422, Code: "field-invalid" } && refused["field"] == "cursor", $"{list}: {refused.Text}");
        }
    }

    [Fact]
    public async Task Incidents_are_listed_newest_first_by_code_day_and_customer()
    {
        var server = await fixture.StartedAsync();
        await Customer(server, "N1", limit: 1000);
        await Customer(server, "N2", limit: 10);
        await Order(server, "N-1", "N1", 100);
        await Order(server, "N-2", "N2", 100);
        await Deliver(server, "N-2", 1, "2026-02-27");
        await Deliver(server, "N-1", 3, "2026-02-28");
        await Invoice(server, "N-I1", "N1", 350, "N-1");
        await Invoice(server, "N-I2", "N2", 150, "N-2", lines: new[] { new { line = 1, quantity = 1.5m } });

        Assert.Equal(["N-2 over-invoiced 50.00", "N-1 over-invoiced 50.00", "N-1 over-delivered 200.00", "N-2 delivered-while-held 100.00"], await Listed("limit=1"));
        Assert.Equal(["N-2 over-invoiced 50.00", "N-2 delivered-while-held 100.00"], await Listed("customer=N2"));
        Assert.Equal(["N-1 over-delivered 200.00"], await Listed("code=over-delivered"));
        Assert.Equal(["N-1 over-delivered 200.00"], await Listed("from=2026-02-28&to=2026-02-28"));
        Assert.Equal("code", (await server.Get("/incidents?code=fire")).Expect(422, "field-invalid")["field"]);

        using var browser = new Browser(server);
        await browser.SignInAsync(RunningServer.AdminKey);
        var page = await (await browser.GetAsync("/incidents?code=over-invoiced&customer=N1")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("1 incident", page, StringComparison.Ordinal);
        Assert.Contains("/orders/N-1", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/orders/N-2", page, StringComparison.Ordinal);

        async Task<IReadOnlyList<string?>> Listed(string query) => [.. (await PagesAsync(server, $"/incidents?{query}", "incidents", incident =>
            incident.GetProperty("order").GetString()!.StartsWith("N-", StringComparison.Ordinal)
                ? $"{incident.GetProperty("order")} {incident.GetProperty("code")} {incident.GetProperty("amount")}" : null)).Where(found => found is not null)];
    }

    [Fact]
    public async Task A_deposit_beyond_its_orders_value_lowers_nothing_and_is_told_apart()
    {
        var server = await fixture.StartedAsync();
        await Customer(server, "D1", limit: 1000);
        await Order(server, "D-1", "D1", 300);
        foreach (var (number, amount) in new[] { ("D-R1", 200), ("D-R2", 250) })
            (await server.Post("/receipts", new { number, payer = "D1", date = "2026-03-01", currency = "EUR", amount, depositFor = "D-1" })).Expect(200);
        await Invoice(server, "D-I", "D1", 40);

        var exposure = (await server.Get("/customers/D1/exposure")).Expect(200);
        Assert.Equal(("300.00", "150.00", "40.00"), (exposure["deposits"], exposure["depositsBeyondOrders"], exposure["decision"]));
        // What an order adds stands in the answers to orders alone.
        Assert.Equal((null, null), (exposure["afterOrder"], exposure["overrun"]));
        var rows = (await server.Get("/customers/D1/exposure/rows")).Expect(200).Body;
        Assert.Equal(JsonValueKind.Null, rows.GetProperty("total").ValueKind);
        Assert.Equal(
            ["deposits 300.00", "depositsBeyondOrders 150.00", "openOrders 300.00", "receivables 40.00"],
            rows.GetProperty("totals").EnumerateObject().Select(total => $"{total.Name} {total.Value}").Order(StringComparer.Ordinal));
        Assert.Equal("150.00", (await server.Get("/customers/D1/exposure/rows?term=depositsBeyondOrders")).Expect(200)["total"]);
        Assert.Equal("0", (await server.Get("/customers/D1/exposure/rows?term=unapplied")).Expect(200)["total"]);
        Assert.Equal("term", (await server.Get("/customers/D1/exposure/rows?term=everything")).Expect(422, "field-invalid")["field"]);
    }

    [Fact]
    public async Task An_answer_lists_every_rule_fired_or_not_and_says_the_same_when_asked_again()
    {
        var server = await fixture.StartedAsync();
        await Customer(server, "R1", limit: 10);
        var held = await Order(server, "R-1", "R1", 100);
        var rules = Rules(held);
        Assert.Equal(("fired", "clear", "clear"), (rules["limit"], rules["overdue"], rules["forcedHold"]));
        Assert.True(rules.Count >= 20, "rules are missing");
        Assert.Equal(held.Text, (await Order(server, "R-1", "R1", 100)).Text);
        Assert.Equal(rules, Rules(await server.Get("/orders/R-1")));
        Assert.Equal("skipped", Rules(await Order(server, "R-2", "R1", 0))["limit"]);
    }

    [Fact]
    public async Task An_orders_history_tells_of_its_deliveries_invoices_and_cancellation_too()
    {
        var server = await fixture.StartedAsync();
        await Customer(server, "H1", limit: 1000);
        await Order(server, "H-1", "H1", 300);
        await Deliver(server, "H-1", 1, "2026-02-27");
        await Invoice(server, "H-I", "H1", 100, "H-1");
        (await server.Post("/orders/H-1/cancel", new { reason = "not wanted" })).Expect(200);
        using var browser = new Browser(server);
        await browser.SignInAsync(RunningServer.AdminKey);
        var page = await (await browser.GetAsync("/orders/H-1")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var history = page[page.IndexOf("id=\"history\"", StringComparison.Ordinal)..];
        int Place(string text) => history.IndexOf(text, StringComparison.Ordinal);
        Assert.True(Place("Cancelled") > 0 && Place("Cancelled") < Place("Invoiced by H-I") && Place("Invoiced by H-I") < Place("1 of line 1"), history);
        Assert.True(Place("1 of line 1") < Place("Checked when it was entered"), history);
        Assert.Contains("1 fired", page, StringComparison.Ordinal);
    }

    static Dictionary<string, string?> Rules(ServerReply order) => order.Expect(200).Body.GetProperty("rules").EnumerateArray()
        .ToDictionary(rule => rule.GetProperty("rule").GetString()!, rule => rule.GetProperty("state").GetString(), StringComparer.Ordinal);

    static async Task<IReadOnlyList<string?>> PagesAsync(RunningServer server, string address, string field, Func<JsonElement, string?> tell)
    {
        var told = new List<string?>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = (await server.Get(cursor.Length == 0 ? address : $"{address}&cursor={Uri.EscapeDataString(cursor)}")).Expect(200).Body;
            told.AddRange(page.GetProperty(field).EnumerateArray().Select(tell));
            cursor = page.GetProperty("next").GetString();
        }

        return told;
    }

    static async Task Customer(RunningServer server, string number, decimal? limit = null, string? payer = null)
    {
        (await server.Put($"/customers/{number}", new
        {
            name = "A customer", country = "DE", currency = "EUR", paymentTerms = "NET30", payer,
            billingAddress = new { line1 = "Am Markt 1", city = "Bonn", postalCode = "53111", country = "DE" },
        })).Expect(200);
        if (limit is { } amount)
            (await server.Post("/limits", new
            {
                customer = number, kind = "standing", limit = "amount", amount, currency = "EUR", validFrom = "2026-01-01", reason = "reviewed",
            })).Expect(200);
    }

    static async Task<ServerReply> Order(RunningServer server, string number, string customer, decimal worth) => (await server.Post("/orders", new
    {
        number, customer, currency = "EUR", orderDate = "2026-02-26",
        lines = new[] { new { line = 1, item = "steel", quantity = worth == 0 ? 1 : worth / 100, unitPrice = worth == 0 ? 0 : 100, taxRate = 0 } },
    })).Expect(200);

    static async Task Deliver(RunningServer server, string order, decimal quantity, string date) =>
        (await server.Post($"/orders/{order}/deliveries", new { date, lines = new[] { new { line = 1, quantity } } })).Expect(200);

    static async Task Invoice(RunningServer server, string number, string customer, decimal amount, string? order = null, object? lines = null) =>
        (await server.Post("/invoices", new { number, customer, date = "2026-03-02", dueDate = "2026-03-30", currency = "EUR", amount, order, lines })).Expect(200);
}
