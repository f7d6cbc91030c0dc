using Aval.Kernel;
using Aval.Rates;
using Aval.Tests.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aval.Tests.Checks;

public sealed class RechecksOnSqlite() : RecheckTests(null);

public sealed class RechecksOnPostgres(PostgresCluster cluster) : RecheckTests(cluster)
{
    [Fact]
    public async Task Two_nodes_that_look_at_the_same_block_release_it_once()
    {
        var options = RunningServer.NewStore(Cluster);
        await using var server = await RunningServer.StartAsync(options, keep: true);
        await using var other = await RunningServer.StartAsync(options);
        await Customer(server, "A");
        for (var n = 0; n < 20; n++) await Held(server, $"A-{n}", "A", "rates-missing", "NOK");
        (await server.Put("/rates/2026-01-01", new { @base = "EUR", rates = new Dictionary<string, decimal> { ["NOK"] = 11 } })).Expect(200);
        for (var n = 0; n < 20; n++) await Released(n % 2 == 0 ? server : other, $"A-{n}");
        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        var entries = (await other.Get("/journal?root=A&limit=200")).Expect(200).Body.GetProperty("entries").EnumerateArray();
        Assert.Equal(20, entries.Count(entry => entry.GetProperty("command").GetString() == "autoRelease"));
    }
}

/// <summary>A new policy or rate frees what it can free by itself, wherever it is: nobody has to touch the customer for it.</summary>
public abstract class RecheckTests(PostgresCluster? cluster)
{
    /// <summary>More blocks at one root than are looked at in one commit.</summary>
    const int Many = Consequences.MostReactions + 8;

    protected PostgresCluster? Cluster => cluster;

    [Fact]
    public async Task A_new_rate_frees_the_orders_that_waited_for_it_and_nothing_else()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        await Customer(server, "A");
        await Customer(server, "G", "CLP");
        await Customer(server, "G1", group: "G");
        await Limit(server, "G", 1_000_000, "CLP", "group");
        for (var n = 0; n < Many; n++) await Held(server, $"A-{n}", "A", "rates-missing", "NOK");
        await Held(server, "G1-1", "G1", "rates-missing");
        await Held(server, "A-BIG", "A", "limit-exceeded", worth: 20_000);
        (await server.Put("/rates/2026-01-01", new { @base = "EUR", rates = new Dictionary<string, decimal> { ["NOK"] = 11, ["CLP"] = 1000 } })).Expect(200);

        for (var n = 0; n < Many; n++) await Released(server, $"A-{n}");
        await Released(server, "G1-1");
        Assert.Equal("held", (await server.Get("/orders/A-BIG"))["status"]);
        Assert.Equal("rule:autoRelease", (await server.Get($"/blocks?status=closed&limit=1")).Body.GetProperty("blocks")[0].GetProperty("closedBy").GetString());
        var entries = (await server.Get("/journal?root=G")).Expect(200).Body.GetProperty("entries").EnumerateArray().ToList();
        Assert.Equal(("autoRelease", "rule:autoRelease"), (entries[^1].GetProperty("command").GetString(), entries[^1].GetProperty("actor").GetString()));
        Assert.True((await server.Get("/journal/verify")).Expect(200).Body.GetProperty("valid").GetBoolean());
    }

    [Fact]
    public async Task Documents_that_waited_for_a_rate_count_as_soon_as_it_is_there()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        await Customer(server, "A");
        (await server.Post("/invoices", new { number = "I-1", customer = "A", date = "2026-02-10", dueDate = "2026-03-10", currency = "NOK", amount = 1100 })).Expect(200);
        Assert.Equal("0.00", (await server.Get("/customers/A/exposure"))["receivables"]);
        (await server.Put("/rates/2026-01-01", new { @base = "EUR", rates = new Dictionary<string, decimal> { ["NOK"] = 11 } })).Expect(200);
        await UntilAsync(async () => (await server.Get("/customers/A/exposure"))["receivables"] == "100.00", "the invoice was never converted");
    }

    [Fact]
    public async Task An_activated_policy_frees_the_orders_that_only_the_old_one_held()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        foreach (var number in new[] { "A", "B" }) await Customer(server, number);
        (await server.Post("/customers/B/hold", new { reason = "rumours" })).Expect(200);
        await Held(server, "A-1", "A", "limit-exceeded", worth: 20_000);
        await Held(server, "B-1", "B", "limit-exceeded", worth: 20_000);
        (await server.Put("/policies/draft", new { basedOn = "standard", rules = new[] { new { rule = "limit", severity = "off" } } }, by: "mia:creditManager")).Expect(200);
        (await server.Post("/policies/draft/activate", new { reason = "winter" }, by: "lea:leadership")).Expect(200);

        await Released(server, "A-1");
        await UntilAsync(async () => (await server.Get("/orders/B-1"))["policyVersion"] == "2", "what still holds it was never recorded");
        Assert.Contains("forced-hold", (await server.Get("/orders/B-1")).Body.GetProperty("findings").GetRawText(), StringComparison.Ordinal);
        Assert.Equal("held", (await server.Get("/orders/B-1"))["status"]);
    }

    [Fact]
    public async Task The_block_opened_first_comes_first_whichever_order_was_entered_first()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        await Customer(server, "A");
        (await server.Post("/orders", Order("A-1", "A", 10))).Expect(200);
        (await server.Post("/customers/A/hold", new { reason = "rumours" })).Expect(200);
        await Held(server, "A-2", "A", "forced-hold", worth: 9_000);
        Assert.Equal("held", (await server.Put("/orders/A-1", Order("A-1", "A", 9_000))).Expect(200)["status"]);
        (await server.Post("/customers/A/unhold", new { reason = "no more" })).Expect(200);
        await Released(server, "A-2");
        Assert.Equal("held", (await server.Get("/orders/A-1")).Expect(200)["status"]);
    }

    [Fact]
    public async Task The_block_opened_first_comes_first_whichever_root_it_was_opened_at()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        foreach (var number in new[] { "M1", "M2", "M3" }) await Customer(server, number);
        // The journal of M1 is longer, and its block is the older one all the same.
        for (var n = 0; n < 5; n++) (await server.Put("/customers/M1", new { segment = $"s{n}" })).Expect(200);
        foreach (var number in new[] { "M1", "M2" }) await Held(server, $"{number}-1", number, "rates-missing", "NOK", worth: 6_600);
        await Customer(server, "MG");
        await Limit(server, "MG", 1_000, "EUR", "group");
        foreach (var number in new[] { "M1", "M2" }) (await server.Put($"/customers/{number}", new { group = "MG" })).Expect(200);
        (await server.Put("/rates/2026-01-01", new { @base = "EUR", rates = new Dictionary<string, decimal> { ["NOK"] = 11 } })).Expect(200);
        await Released(server, "M1-1");
        await UntilAsync(
            async () => (await server.Get("/orders/M2-1")).Body.GetProperty("findings").GetRawText().Contains("limit-exceeded", StringComparison.Ordinal),
            "M2-1 was never looked at");
        Assert.Equal("held", (await server.Get("/orders/M2-1"))["status"]);
    }

    [Fact]
    public async Task What_a_node_that_died_left_is_done_by_the_next_that_starts()
    {
        var options = RunningServer.NewStore(cluster);
        await using (var server = await RunningServer.StartAsync(options, keep: true))
        {
            await Customer(server, "A");
            await Held(server, "A-1", "A", "rates-missing", "NOK");
        }

        // A Desk without the work beside it: as good as a node that dies right after it has recorded the rate.
        await using (var store = await AvalServer.OpenAsync(new Composition(Capabilities.All), options.Data, options.Database))
        await using (var desk = new Desk(store, TimeProvider.System, NullLogger<Desk>.Instance))
        {
            var rates = new PutRates(new DateOnly(2026, 1, 1), new RatesBody(Currency.EUR, new Dictionary<string, decimal> { ["NOK"] = 11 }));
            Assert.Null((await desk.SubmitAsync(rates, Actor.Rule("test"), cancel: TestContext.Current.CancellationToken)).Problem);
        }

        await using var again = await RunningServer.StartAsync(options);
        await Released(again, "A-1");
    }

    protected static async Task Customer(RunningServer server, string number, string currency = "EUR", string? group = null)
    {
        (await server.Put($"/customers/{number}", new
        {
            name = "A customer", country = "DE", currency, paymentTerms = "NET30", group,
            billingAddress = new { line1 = "Am Markt 1", city = "Bonn", postalCode = "53111", country = "DE" },
        })).Expect(200);
        if (currency == "EUR") await Limit(server, number, 10_000, "EUR", "payer");
    }

    static async Task Limit(RunningServer server, string customer, decimal amount, string currency, string level) => (await server.Post("/limits", new
    {
        customer, kind = "standing", limit = "amount", amount, currency, validFrom = "2026-01-01", reason = "reviewed", level,
    })).Expect(200);

    protected static async Task Held(RunningServer server, string number, string customer, string code, string currency = "EUR", decimal worth = 100)
    {
        var order = (await server.Post("/orders", Order(number, customer, worth, currency))).Expect(200);
        Assert.Equal("held", order["status"]);
        Assert.Contains(code, order.Body.GetProperty("findings").GetRawText(), StringComparison.Ordinal);
    }

    static object Order(string number, string customer, decimal worth, string currency = "EUR") => new
    {
        number, customer, currency, orderDate = "2026-03-01", lines = new[] { new { line = 1, item = "steel", quantity = 1, unitPrice = worth, taxRate = 0 } },
    };

    protected static Task Released(RunningServer server, string order) =>
        UntilAsync(async () => (await server.Get($"/orders/{order}")).Expect(200)["status"] == "released", $"{order} was never released");

    internal static async Task UntilAsync(Func<Task<bool>> done, string otherwise)
    {
        for (var tries = 0; !await done(); tries++)
        {
            Assert.True(tries < 200, otherwise);
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
