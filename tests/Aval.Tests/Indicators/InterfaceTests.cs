using System.Globalization;
using System.Text;
using System.Text.Json;
using Aval.Tests.Infrastructure;
using Aval.Tests.TimeMachine;

namespace Aval.Tests.Indicators;

public sealed class InterfaceOnSqlite() : InterfaceTests(null);

public sealed class InterfaceOnPostgres(PostgresCluster cluster) : InterfaceTests(cluster);

/// <summary>The indicators of the interface on a past that can be counted by hand, and on pasts that nobody has thought of.</summary>
public abstract class InterfaceTests(PostgresCluster? cluster)
{
    /// <remarks>
    /// Seven orders came in on 2 March. A (400) and B (500) are released; C (600) passes the limit and is released the day after, when the limit is raised, eight
    /// working hours later; D (50) lacks its purchase order; E and F pass the limit, E while 6,000 wait to be applied; F is delivered all the same; G (in USD, by
    /// half of its worth in EUR) comes a week later, while B is overdue. C is cancelled, comes back too large and is blocked again. E's 6,000 would pay nothing: no invoice
    /// is open. H, of the 9th, is held though 850 wait for the invoice that fills the limit: it goes once they are applied. J comes while 30 of the rest are in dispute.
    /// </remarks>
    [Fact]
    public async Task A_past_is_told_as_it_was_counted_by_hand()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        (await server.Put("/rates/2026-03-01", new { @base = "EUR", rates = new Dictionary<string, decimal> { ["USD"] = 2 } })).Expect(200);
        foreach (var (number, currency, limit) in new[] { ("C1", "EUR", 1000), ("C2", "EUR", 100), ("C3", "USD", 9000) }) await Customer(server, number, currency, limit);
        (await server.Put("/customers/C1", new { profile = new { purchaseOrderRequired = true } })).Expect(200);
        await Order(server, "A", "C1", 400, "released");
        await Order(server, "B", "C1", 500, "released");
        await Order(server, "C", "C1", 600, "held");
        await Order(server, "D", "C1", 50, "held", purchaseOrder: null);
        (await server.Post("/receipts", new { number = "R1", payer = "C2", date = "2026-03-02", currency = "EUR", amount = 6000 })).Expect(200);
        await Order(server, "E", "C2", 5000, "held");
        await Order(server, "F", "C2", 7000, "held");
        (await server.Post("/orders/F/deliveries", new { date = "2026-03-02", lines = new[] { new { line = 1, quantity = 1 } } })).Expect(200);
        await Invoice(server, "A", "C1", 400, "2026-03-04");
        await Invoice(server, "B", "C1", 500, "2026-03-04");
        (await server.Post("/clock", new { today = "2026-03-03" })).Expect(200);
        await Limit(server, "C1", "EUR", 2000);
        Assert.Equal("released", (await server.Get("/orders/C")).Expect(200)["status"]);
        (await server.Post("/orders/C/cancel", new { reason = "too late" })).Expect(200);
        (await server.Put("/orders/C", Body("C", "C1", 6000, "PO"))).Expect(200);
        (await server.Post("/receipts", new { number = "R2", payer = "C1", date = "2026-03-03", currency = "EUR", amount = 400 })).Expect(200);
        (await server.Post("/receipts/R2/allocations", new[] { new { invoice = "IA", amount = 400 } })).Expect(200);
        (await server.Post("/clock", new { today = "2026-03-09" })).Expect(200);
        (await server.Put("/customers/C3", new { payer = "C1" })).Expect(200);
        await Order(server, "G", "C3", 100, "released", currency: "USD");
        await Customer(server, "C4", "EUR", 1000);
        await Invoice(server, "X", "C4", 900, "2026-04-20", order: false);
        (await server.Post("/receipts", new { number = "R4", payer = "C4", date = "2026-03-09", currency = "EUR", amount = 850 })).Expect(200);
        await Order(server, "H", "C4", 300, "held");
        (await server.Post("/receipts/R4/allocations", new[] { new { invoice = "IX", amount = 850 } })).Expect(200);
        (await server.Post("/disputes", new { number = "D4", invoice = "IX", amount = 30, reason = "price", legitimacy = "unqualified", owner = "quality" })).Expect(200);
        await Order(server, "J", "C4", 20, "released");
        (await server.Post("/clock", new { today = "2026-05-02" })).Expect(200);

        Golden.Equal("indicators-interface.txt", await ToldAsync(server));
        (await server.Get("/indicators/interface/moon/rows")).Expect(404, "indicator-unknown");
        Assert.Equal("to", (await server.Get("/indicators/interface?from=2026-03-02&to=2026-03-01")).Expect(422, "field-invalid")["field"]);
        Assert.Equal("from", (await server.Get("/indicators/interface?from=2000-03-02&to=2026-03-01")).Expect(422, "field-invalid")["field"]);
        Assert.Equal("limit", (await server.Get("/indicators/interface/amountBlocked/rows?limit=0")).Expect(422, "field-invalid")["field"]);
        Assert.Equal("after", (await server.Get("/indicators/interface/amountBlocked/rows?after=x")).Expect(422, "field-invalid")["field"]);
        var usual = (await server.Get("/indicators/interface")).Expect(200);
        Assert.Equal(("2026-04-02", "2026-05-02"), (usual["from"], usual["to"]));
    }

    /// <summary>Cash freed all of A and a part of B; C waits for a credit note that we promised, D for its purchase order, while cash waited too.</summary>
    [Fact]
    public async Task Cash_is_counted_where_it_was_a_cause_and_not_where_it_only_waited()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        foreach (var (name, cash, worth) in new[] { ("A", 850, 300), ("B", 100, 300), ("C", 20, 90), ("D", 20, 10) })
        {
            await Customer(server, name, "EUR", 1000);
            await Invoice(server, name, name, 950, "2026-04-20", order: false);
            if (cash > 0) (await server.Post("/receipts", new { number = "R" + name, payer = name, date = "2026-03-02", currency = "EUR", amount = cash })).Expect(200);
            if (name == "C")
                (await server.Post("/credit-note-promises", new
                {
                    number = "P" + name, customer = name, invoice = "I" + name, amount = 500, reason = "damaged", owner = "billing", dueBy = "2026-03-30",
                })).Expect(200);
            if (name == "D") (await server.Put("/customers/D", new { profile = new { purchaseOrderRequired = true } })).Expect(200);
            await Order(server, name, name, worth, "held", purchaseOrder: name == "D" ? null : "PO");
        }

        Assert.Equal(
            ["A internalDefect", "B mixed", "C internalDefect", "D awaitingCustomer"],
            await Task.WhenAll(new[] { "A", "B", "C", "D" }.Select(async order => $"{order} {(await server.Get($"/orders/{order}")).Expect(200)["cause"]}")));
        var rows = await RowsAsync(server, "blockedByUnappliedCash", "from=2026-03-01&to=2026-03-31", limit: 10);
        Assert.Equal(["A", "B"], rows.Select(row => row.GetProperty("order").GetString()));
    }

    [Fact]
    public async Task What_was_given_up_is_not_paid()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        await Customer(server, "C1", "EUR", 9000);
        foreach (var name in new[] { "A", "B", "C" })
        {
            await Order(server, name, "C1", 500, "released");
            await Invoice(server, name, "C1", 500, "2026-03-04");
        }

        (await server.Post("/receipts", new { number = "R", payer = "C1", date = "2026-03-02", currency = "EUR", amount = 500 })).Expect(200);
        (await server.Post("/receipts/R/allocations", new[] { new { invoice = "IA", amount = 500 } })).Expect(200);
        (await server.Post("/write-offs", new { number = "W", invoice = "IB", date = "2026-03-02", amount = 500, reason = "gone" })).Expect(200);
        (await server.Post("/clock", new { today = "2026-03-09" })).Expect(200);
        var rows = await RowsAsync(server, "paymentRate", "from=2026-03-01&to=2026-03-31", limit: 10);
        Assert.Equal([("A", 500m), ("B", 0m), ("C", 0m)], rows.Select(row => (row.GetProperty("order").GetString()!, Number(row, "value")!.Value)));
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task The_rows_of_every_figure_add_up_to_it(int seed)
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        await new RandomPast(server, seed).LiveAsync(rounds: 50);
        var told = (await QuietAsync(server, "/indicators/interface?from=2026-03-02&to=2029-03-02")).Body.GetProperty("indicators");
        Assert.Equal(17, told.GetArrayLength());
        var counted = 0;
        foreach (var indicator in told.EnumerateArray())
        {
            var name = indicator.GetProperty("indicator").GetString()!;
            var rows = await RowsAsync(server, name, "from=2026-03-02&to=2029-03-02", limit: 7);
            Assert.Equal(indicator.GetProperty("rows").GetInt32(), rows.Count);
            Assert.Equal(rows.Count, rows.Select(row => row.GetProperty("key").GetString()).Distinct().Count());
            Assert.Equal(Number(indicator, "value"), AddedUp(name, indicator, rows));
            counted += rows.Count;
        }

        Assert.True(counted > 20, $"{counted} rows");
    }

    [Fact]
    public async Task The_pages_of_one_reading_are_of_the_moment_of_the_first()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        await Customer(server, "C1", "EUR", 100);
        await Order(server, "A", "C1", 400, "held");
        await Order(server, "B", "C1", 500, "held");
        const string Address = "/indicators/interface/amountBlocked/rows?limit=1";
        var first = (await server.Get(Address)).Expect(200);
        Assert.Equal("A", first.Body.GetProperty("rows")[0].GetProperty("order").GetString());
        await Order(server, "C", "C1", 600, "held");
        var second = (await server.Get($"{Address}&after={first["next"]}")).Expect(200);
        Assert.Equal(("B", ""), (second.Body.GetProperty("rows")[0].GetProperty("order").GetString(), second["next"]));
        Assert.Equal(3, (await RowsAsync(server, "amountBlocked", "to=2026-03-02", limit: 2)).Count);
        // A place that no reading has given is looked for anew.
        var other = (await server.Get($"{Address}&after=2026-03-02_B&from=2026-03-01")).Expect(200);
        Assert.Equal("C", other.Body.GetProperty("rows")[0].GetProperty("order").GetString());
    }

    /// <summary>What is told once the re-checks in the background have nothing left to do.</summary>
    static async Task<ServerReply> QuietAsync(RunningServer server, string address)
    {
        for (var before = (await server.Get(address)).Expect(200); ;)
        {
            await Task.Delay(400, TestContext.Current.CancellationToken);
            var now = (await server.Get(address)).Expect(200);
            if (now.Text == before.Text) return now;
            before = now;
        }
    }

    static decimal? AddedUp(string name, JsonElement indicator, List<JsonElement> rows) => indicator.GetProperty("unit").GetString() switch
    {
        "count" => rows.Count,
        "amount" => rows.Where(row => name != "exposureAfterRelease" || row.GetProperty("part").GetString() == "30").Sum(row => Number(row, "amount") ?? 0),
        "percent" when Number(indicator, "of") is not > 0 => null,
        "percent" when name is "blockPrecision" or "blockRecall" => Math.Round(rows.Count(row => Number(row, "value") == 1) * 100m / rows.Count, 4),
        "percent" => Math.Round((name == "paymentRate" ? rows.Sum(row => Number(row, "value") ?? 0) : rows.Count) * 100 / Number(indicator, "of")!.Value, 4),
        _ => rows.Count == 0 ? null : Math.Round(Median([.. rows.Select(row => Number(row, "value") ?? 0).Order()]), 4),
    };

    static decimal Median(List<decimal> sorted) => (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;

    /// <summary>All figures with their rows, page by page, as text.</summary>
    static async Task<string> ToldAsync(RunningServer server)
    {
        var text = new StringBuilder();
        const string march = "from=2026-03-01&to=2026-03-31";
        foreach (var indicator in (await server.Get("/indicators/interface?" + march)).Expect(200).Body.GetProperty("indicators").EnumerateArray())
        {
            var name = indicator.GetProperty("indicator").GetString()!;
            text.Append(CultureInfo.InvariantCulture, $"{name} = {Said(name, indicator.GetProperty("value"))} {indicator.GetProperty("unit")}");
            if (indicator.GetProperty("of").ValueKind != JsonValueKind.Null) text.Append(CultureInfo.InvariantCulture, $" of {indicator.GetProperty("of")}");
            text.Append('\n');
            foreach (var part in indicator.GetProperty("parts").EnumerateArray())
                text.Append(CultureInfo.InvariantCulture, $"  ({part.GetProperty("name")}: {Said(name, part.GetProperty("value"))})\n");
            foreach (var row in await RowsAsync(server, name, march, limit: 2))
                text.Append(string.Join(' ', Fields.Select(field => Said(name, row.GetProperty(field)))).TrimEnd().Insert(0, "  ")).Append('\n');
        }

        return text.ToString();
    }

    static readonly string[] Fields = ["date", "order", "part", "amount", "value"];

    /// <summary>The hours between two requests of a test are none; their seconds depend on the machine.</summary>
    // The clock goes on while the test runs: hours are told to the hundredth.
    static string Said(string indicator, JsonElement value) => indicator != "decisionTime" || value.ValueKind != JsonValueKind.Number ? value.ToString()
        : value.GetDecimal() < 1 ? "0"
        : value.GetRawText().Split('.') is [_, { Length: > 2 }] ? Math.Round(value.GetDecimal(), 2).ToString("0.##", CultureInfo.InvariantCulture)
        : value.ToString();

    static async Task<List<JsonElement>> RowsAsync(RunningServer server, string indicator, string period, int limit)
    {
        var rows = new List<JsonElement>();
        for (string? after = "0001-01-01_"; after is not null;)
        {
            var page = (await server.Get($"/indicators/interface/{indicator}/rows?{period}&limit={limit}&after={Uri.EscapeDataString(after)}")).Expect(200).Body;
            rows.AddRange(page.GetProperty("rows").EnumerateArray());
            after = page.GetProperty("next").GetString();
        }

        return rows;
    }

    static async Task Customer(RunningServer server, string number, string currency, int limit)
    {
        var billingAddress = new { line1 = "1 Road", city = "Town", postalCode = "12345", country = "DE" };
        (await server.Put($"/customers/{number}", new { name = number, country = "DE", currency, paymentTerms = "NET30", riskClass = "A", billingAddress })).Expect(200);
        await Limit(server, number, currency, limit);
    }

    static async Task Limit(RunningServer server, string customer, string currency, int amount) => (await server.Post("/limits", new
    {
        customer, kind = "standing", limit = "amount", amount, currency, validFrom = "2026-01-01", reason = "reviewed",
    })).Expect(200);

    static async Task Order(RunningServer server, string number, string customer, int price, string status, string? purchaseOrder = "PO", string currency = "EUR") =>
        Assert.Equal(status, (await server.Post("/orders", Body(number, customer, price, purchaseOrder is null ? null : purchaseOrder + number, currency))).Expect(200)["status"]);

    static object Body(string number, string customer, int price, string? purchaseOrder, string currency = "EUR") => new
    {
        number, customer, currency, orderDate = "2026-03-02", purchaseOrder,
        lines = new[] { new { line = 1, item = "steel", quantity = 1, unitPrice = price, taxRate = 0 } },
    };

    static async Task Invoice(RunningServer server, string number, string customer, int amount, string dueDate, bool order = true) => (await server.Post("/invoices", new
    {
        number = "I" + number, customer, order = order ? number : null, date = "2026-03-02", dueDate, currency = "EUR", amount,
    })).Expect(200);

    static decimal? Number(JsonElement body, string field) => body.GetProperty(field) is { ValueKind: JsonValueKind.Number } number ? number.GetDecimal() : null;
}
