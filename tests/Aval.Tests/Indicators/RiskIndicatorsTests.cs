using System.Text.Json;
using Aval.Tests.Decisions;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Indicators;

public sealed class RiskIndicatorsOnSqlite() : RiskIndicatorsTests(null);

public sealed class RiskIndicatorsOnPostgres(PostgresCluster cluster) : RiskIndicatorsTests(cluster);

/// <summary>Precision, recall and cost of blocks, and what people decided, on a past that can be counted by hand; targets, owners and trends.</summary>
public abstract class RiskIndicatorsTests(PostgresCluster? cluster)
{
    /// <remarks>
    /// Limits are 10,000; each order of 12,000 costs 9,600, so that its margin is 2,400. On 2 March: G-1 is blocked, released on 12 March and paid in time. H-1 is blocked and
    /// released at once, and never paid. I-1, of 5,000, is not blocked, and given up. J-1 is blocked and rejected on 12 March. K-1 waits for a deposit, and is blocked still.
    /// </remarks>
    [Fact]
    public async Task Blocks_are_judged_by_what_became_of_the_payers()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var desk = new CreditDesk(server);
        var blocks = new Dictionary<string, string?>();
        foreach (var (payer, units) in new[] { ("G", 12), ("H", 12), ("I", 5), ("J", 12), ("K", 12) })
        {
            await desk.Payer(payer, 10_000);
            blocks[payer] = await Order(server, payer, units);
        }

        (await desk.Decide(blocks["H"]!, "release")).Expect(200);
        (await desk.Decide(blocks["K"]!, "requestDeposit", new { amount = 4000, until = "2026-03-20" }, CreditDesk.Ana)).Expect(200);
        await desk.Clock("2026-03-12");
        (await desk.Decide(blocks["G"]!, "release")).Expect(200);
        (await desk.Decide(blocks["J"]!, "reject")).Expect(200);
        foreach (var (payer, amount) in new[] { ("G", 12_000), ("H", 12_000), ("I", 5000) })
            (await server.Post("/invoices", new { number = payer + "-I", customer = payer, order = payer + "-1", date = "2026-03-12", dueDate = "2026-04-01", currency = "EUR",
                amount })).Expect(200);
        await desk.Clock("2026-04-01");
        (await server.Post("/receipts", new { number = "G-R", payer = "G", date = "2026-04-01", currency = "EUR", amount = 12_000 })).Expect(200);
        (await server.Post("/receipts/G-R/allocations", new[] { new { invoice = "G-I", amount = 12_000 } })).Expect(200);
        (await server.Post("/write-offs", new { number = "W", invoice = "I-I", date = "2026-04-01", amount = 5000, reason = "insolvent" })).Expect(200);
        await desk.Clock("2026-05-30");
        var early = await Told(server, "from=2026-03-01&to=2026-03-31");
        Assert.Equal((null, null), (Value(early["blockPrecision"]), Value(early["blockRecall"])));
        await desk.Clock("2026-05-31");
        var told = await Told(server, "from=2026-03-01&to=2026-03-31");
        // Blocked for risk: G, H, J and K; bad are H and I, and of these H was blocked.
        Assert.Equal((25m, 4m), (Value(told["blockPrecision"]), told["blockPrecision"].GetProperty("of").GetDecimal()));
        Assert.Equal((50m, 2m), (Value(told["blockRecall"]), told["blockRecall"].GetProperty("of").GetDecimal()));
        // G waited 10 days, H none, K 90 so far, each a 365th of 2,400 a day; J was lost: 65.75 + 0 + 591.78 + 2,400.
        Assert.Equal(3057.53m, Value(told["costOfBlocks"]));
        // Of the three that let an order go one does under a condition; J's rejection lets nothing go. G and H left an overrun standing.
        Assert.Equal((33.3333m, 3m), (Value(told["conditionalReleaseRate"]), told["conditionalReleaseRate"].GetProperty("of").GetDecimal()));
        Assert.Equal(2m, Value(told["exceptionalReleases"]));
        Assert.Equal(["G-1:10=65.75", "H-1:0=0", "J-1:10=2400", "K-1:90=591.78"],
            await Rows(server, "costOfBlocks", row => $"{row.GetProperty("value")}={row.GetProperty("amount").GetDecimal():0.##}"));
        Assert.Equal(["G-1:0", "H-1:1", "J-1:0", "K-1:0"], await Rows(server, "blockPrecision", row => $"{row.GetProperty("value")}"));
        Assert.Equal(["H-1:1", "I-1:0"], await Rows(server, "blockRecall", row => $"{row.GetProperty("value")}"));
        Assert.Equal(["K-1:12000"], await Rows(server, "conditionalReleaseRate", row => $"{row.GetProperty("amount").GetDecimal():0}"));
    }

    [Fact]
    public async Task A_block_of_ones_own_customer_is_judged_by_all_that_its_payer_left_unpaid()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var desk = new CreditDesk(server);
        await desk.Payer("HQ", 10_000);
        (await server.Put("/customers/BR", new { name = "BR", country = "FR", currency = "EUR", paymentTerms = "NET30", payer = "HQ", salesOwner = "Sue" })).Expect(200);
        Assert.NotNull(await Order(server, "BR", 12));
        (await server.Post("/invoices", new { number = "HQ-I", customer = "HQ", date = "2026-03-02", dueDate = "2026-04-01", currency = "EUR", amount = 5000 })).Expect(200);
        await desk.Clock("2026-05-31");
        var rows = await server.Get("/indicators/interface/blockPrecision/rows?from=2026-03-01&to=2026-03-31", "sue:sales");
        Assert.Equal("1", $"{Assert.Single(rows.Expect(200).Body.GetProperty("rows").EnumerateArray()).GetProperty("value")}");
    }

    [Fact]
    public async Task Targets_are_set_by_those_who_answer_and_trends_follow_the_period_before()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var desk = new CreditDesk(server);
        await desk.Payer("T", 10_000);
        await Order(server, "T", 12);
        await desk.Clock("2026-03-11");
        await Order(server, "T", 13, "T-2");
        await Order(server, "T", 14, "T-3");
        var before = (await Told(server, "from=2026-03-05&to=2026-03-12"))["blockedOrdersByCause"];
        Assert.Equal((2m, 1m, "worse", "credit"), (Value(before), before.GetProperty("previous").GetDecimal(), before.GetProperty("trend").GetString(),
            before.GetProperty("owner").GetString()));
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (before.GetProperty("target").ValueKind, before.GetProperty("met").ValueKind));
        const string address = "/indicators/interface/blockedOrdersByCause/target";
        (await server.Put(address, new { target = 2, owner = "sales", reason = "agreed for the year" }, CreditDesk.Lea)).Expect(200);
        var after = (await Told(server, "from=2026-03-05&to=2026-03-12"))["blockedOrdersByCause"];
        Assert.Equal((2m, true, "sales"), (after.GetProperty("target").GetDecimal(), after.GetProperty("met").GetBoolean(), after.GetProperty("owner").GetString()));
        (await server.Put(address, new { target = 1, reason = "more" }, CreditDesk.Mia)).Expect(200);
        Assert.False((await Told(server, "from=2026-03-05&to=2026-03-12"))["blockedOrdersByCause"].GetProperty("met").GetBoolean());
        (await server.Put(address, new { reason = "none" }, CreditDesk.Mia)).Expect(200);
        Assert.Equal(JsonValueKind.Null, (await Told(server, "from=2026-03-05&to=2026-03-12"))["blockedOrdersByCause"].GetProperty("target").ValueKind);

        (await server.Put(address, new { target = 1, reason = "mine" }, CreditDesk.Cora)).Expect(403, "not-permitted");
        (await server.Put("/indicators/interface/moon/target", new { target = 1, reason = "x" }, CreditDesk.Lea)).Expect(404, "indicator-unknown");
        (await server.Put(address, new { target = -1, reason = "x" }, CreditDesk.Lea)).Expect(422, "field-invalid");
        (await server.Put("/indicators/interface/paymentRate/target", new { target = 101, reason = "x" }, CreditDesk.Lea)).Expect(422, "field-invalid");
        (await server.Put(address, new { target = 1, reason = " " }, CreditDesk.Lea)).Expect(422, "field-invalid");
        (await server.Put(address, new { target = 1 }, CreditDesk.Lea)).Expect(422, "field-invalid");
        Assert.Equal("True", (await server.Get("/journal/verify")).Expect(200)["valid"]);
    }

    static async Task<Dictionary<string, JsonElement>> Told(RunningServer server, string period) =>
        (await server.Get("/indicators/interface?" + period)).Expect(200).Body.GetProperty("indicators").EnumerateArray()
            .ToDictionary(indicator => indicator.GetProperty("indicator").GetString()!, indicator => indicator);

    static async Task<List<string>> Rows(RunningServer server, string indicator, Func<JsonElement, string> told) =>
        [.. (await server.Get($"/indicators/interface/{indicator}/rows?from=2026-03-01&to=2026-03-31")).Expect(200).Body.GetProperty("rows").EnumerateArray()
            .Select(row => FormattableString.Invariant($"{row.GetProperty("order")}:{told(row)}")).Order(StringComparer.Ordinal)];

    static decimal? Value(JsonElement indicator) => indicator.GetProperty("value") is { ValueKind: JsonValueKind.Number } value ? value.GetDecimal() : null;

    static async Task<string?> Order(RunningServer server, string payer, int units, string? number = null) => (await server.Post("/orders", new
    {
        number = number ?? payer + "-1", customer = payer, currency = "EUR", orderDate = "2026-03-02", shipDate = "2026-03-02",
        lines = new[] { new { line = 1, item = "A-100", quantity = units, unitPrice = 1000, unitCost = 800, taxRate = 0 } },
    })).Expect(200)["block"];
}
