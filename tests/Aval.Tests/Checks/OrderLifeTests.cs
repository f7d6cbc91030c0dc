using System.Text.Json;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Checks;

public sealed class OrderLifeOnSqlite(SqliteServer fixture) : OrderLifeTests(fixture, null), IClassFixture<SqliteServer>;

public sealed class OrderLifeOnPostgres(PostgresServer fixture, PostgresCluster cluster) : OrderLifeTests(fixture, cluster), IClassFixture<PostgresServer>;

/// <summary>What becomes of an order from its entry on, as its clients see it. The business date is 2 March 2026 unless a test moves it on a server of its own.</summary>
public abstract class OrderLifeTests(ServerFixture fixture, PostgresCluster? cluster)
{
    [Fact]
    public async Task A_released_order_holds_its_claim_until_it_is_cancelled_and_is_checked_when_it_comes_back()
    {
        var server = await fixture.StartedAsync();
        await Payer(server, "L1", limit: 1000);
        Is("released", 600, await Order(server, "L1-A", "L1", 600));
        HeldBy("limit-exceeded", await Order(server, "L1-B", "L1", 600));
        Assert.Equal("600.00", await Exposed(server, "L1", "openOrders"));

        var cancelled = (await server.Post("/orders/L1-A/cancel", new { reason = "not wanted" })).Expect(200);
        Assert.Equal(("cancelled", ""), (cancelled["status"], cancelled["authorization"]));
        Is("released", 600, await server.Get("/orders/L1-B"));
        Assert.Equal("600.00", await Exposed(server, "L1", "openOrders"));

        HeldBy("limit-exceeded", await Change(server, "L1-A", "L1", 600));
        Is("released", 400, await Change(server, "L1-A", "L1", 400));
        Assert.Equal("1000.00", await Exposed(server, "L1", "openOrders"));
    }

    [Fact]
    public async Task A_decrease_is_not_checked_and_frees_while_an_increase_is_checked()
    {
        var server = await fixture.StartedAsync();
        await Payer(server, "L2", limit: 1000);
        Is("released", 1000, await Order(server, "L2-A", "L2", 1000));
        await Limit(server, "L2", 100);

        var less = await Change(server, "L2-A", "L2", 800);
        Is("released", 800, less);
        Assert.Equal("decrease", less["skipped"]);
        Assert.Equal("800.00", await Exposed(server, "L2", "openOrders"));
        HeldBy("limit-exceeded", await Change(server, "L2-A", "L2", 900));
        Assert.Equal("0.00", await Exposed(server, "L2", "openOrders"));
    }

    [Fact]
    public async Task A_claim_that_runs_out_is_held_until_somebody_asks_again_unless_picking_was_released()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        await Payer(server, "C", limit: 1000);
        Assert.Equal("2026-04-01", Expires(await Order(server, "A", "C", 100)));
        await Order(server, "B", "C", 100);
        await Order(server, "P", "C", 100);
        var picked = (await server.Post("/orders/P/pick-release", new { })).Expect(200);
        Is("released", 100, picked);
        Assert.Null(Expires(picked));

        await Clock(server, "2026-04-01");
        Is("released", 100, await server.Get("/orders/A"));
        await Clock(server, "2026-04-02");
        HeldBy("authorization-expired", await server.Get("/orders/A"));
        Is("released", 100, await server.Get("/orders/P"));
        Assert.Equal("100.00", await Exposed(server, "C", "openOrders"));

        await Limit(server, "C", 5000);
        HeldBy("authorization-expired", await server.Get("/orders/A"));
        var again = await Change(server, "A", "C", 100);
        Is("released", 100, again);
        Assert.Equal("2026-05-02", Expires(again));
        Is("released", 100, (await server.Post("/orders/B/pick-release", new { })).Expect(200));
    }

    [Fact]
    public async Task An_order_beyond_the_horizon_claims_nothing_and_is_checked_the_day_it_enters()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        await Payer(server, "C", limit: 100);
        Is("released", 0, await Order(server, "BIG", "C", 1000, ship: "2026-05-01"));
        Is("released", 0, await Order(server, "SMALL", "C", 60, ship: "2026-05-02"));
        Assert.Equal("0.00", await Exposed(server, "C", "openOrders"));

        await Clock(server, "2026-03-31");
        Is("released", 0, await server.Get("/orders/BIG"));
        await Clock(server, "2026-04-01");
        HeldBy("limit-exceeded", await server.Get("/orders/BIG"));
        Is("released", 0, await server.Get("/orders/SMALL"));
        await Clock(server, "2026-04-02");
        Is("released", 60, await server.Get("/orders/SMALL"));
        Assert.Equal("60.00", await Exposed(server, "C", "openOrders"));
    }

    [Fact]
    public async Task When_a_temporary_limit_has_ended_the_standing_one_rules_again()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        await Payer(server, "C", limit: 100);
        (await server.Post("/limits", new
        {
            customer = "C", kind = "temporary", limit = "amount", amount = 1000, currency = "EUR", validFrom = "2026-03-01", validTo = "2026-03-10", mode = "replaces",
            reason = "season",
        })).Expect(200);
        Is("released", 500, await Order(server, "A", "C", 500));
        await Clock(server, "2026-03-10");
        Is("released", 10, await Order(server, "B", "C", 10));
        await Clock(server, "2026-03-11");
        Is("released", 500, await server.Get("/orders/A"));
        var late = await Order(server, "D", "C", 10);
        HeldBy("limit-exceeded", late);
        Assert.Equal(100, late.Body.GetProperty("exposure").GetProperty("limit").GetProperty("amount").GetDecimal());
    }

    [Fact]
    public async Task Money_that_can_still_be_taken_back_releases_nothing_until_it_is_cleared()
    {
        var server = await fixture.StartedAsync();
        await Payer(server, "L3", limit: 1000);
        (await server.Post("/invoices", new
        {
            number = "L3-I", customer = "L3", date = "2026-02-10", dueDate = "2026-03-20", currency = "EUR", amount = 900,
        })).Expect(200);
        HeldBy("limit-exceeded", await Order(server, "L3-A", "L3", 500));
        await Receipt(server, "L3-R", "L3", 900, cleared: false);
        (await server.Post("/receipts/L3-R/allocations", new[] { new { invoice = "L3-I", amount = 900 } })).Expect(200);
        HeldBy("limit-exceeded", await server.Get("/orders/L3-A"));
        (await server.Post("/receipts/L3-R/clear", new { date = "2026-03-02" })).Expect(200);
        Is("released", 500, await server.Get("/orders/L3-A"));
        (await server.Post("/receipts/L3-R/return", new { date = "2026-03-02", reason = "recalled" })).Expect(200);
        Assert.Equal("900.00", await Exposed(server, "L3", "receivables"));
        Assert.Equal("-400.00", await Exposed(server, "L3", "headroom"));
        Is("released", 500, await server.Get("/orders/L3-A"));
        HeldBy("limit-exceeded", await Order(server, "L3-B", "L3", 1));
    }

    [Fact]
    public async Task A_deposit_serves_its_own_order_only()
    {
        var server = await fixture.StartedAsync();
        await Payer(server, "L4", limit: 100);
        HeldBy("limit-exceeded", await Order(server, "L4-A", "L4", 500));
        HeldBy("limit-exceeded", await Order(server, "L4-B", "L4", 500));
        await Receipt(server, "L4-R", "L4", 500, depositFor: "L4-B");
        Is("released", 500, await server.Get("/orders/L4-B"));
        HeldBy("limit-exceeded", await server.Get("/orders/L4-A"));
    }

    [Fact]
    public async Task Two_branches_share_the_limit_of_their_payer_who_may_be_entered_after_them()
    {
        var server = await fixture.StartedAsync();
        await Customer(server, "L5-N", payer: "L5");
        await Customer(server, "L5-S", payer: "L5");
        HeldBy("payer-unknown", await Order(server, "L5-A", "L5-N", 600));
        HeldBy("payer-unknown", await Order(server, "L5-B", "L5-S", 600));
        await Payer(server, "L5", limit: 1000);
        Is("released", 600, await server.Get("/orders/L5-A"));
        var second = await server.Get("/orders/L5-B");
        Assert.Equal(("held", "L5-S", "L5"), (second["status"], second["customer"], second["payer"]));
        HeldBy("limit-exceeded", await Change(server, "L5-B", "L5-S", 600));
        Assert.Equal("600.00", await Exposed(server, "L5-S", "openOrders"));
    }

    [Fact]
    public async Task A_groups_limit_is_shared_by_all_who_inherit_it()
    {
        var server = await fixture.StartedAsync();
        await Customer(server, "L6");
        await Limit(server, "L6", 1000, level: "group");
        foreach (var member in new[] { "L6-M", "L6-N" })
        {
            await Customer(server, member, group: "L6");
            (await server.Post("/limits", new
            {
                customer = member, kind = "standing", limit = "inherit", currency = "EUR", validFrom = "2026-01-01", reason = "in the group",
            })).Expect(200);
        }

        Is("released", 700, await Order(server, "L6-A", "L6-M", 700));
        var over = await Order(server, "L6-B", "L6-N", 700);
        HeldBy("limit-exceeded", over);
        var finding = over.Body.GetProperty("findings").EnumerateArray().Single(found => found.GetProperty("code").GetString() == "limit-exceeded");
        Assert.Equal(("L6", 400m), (finding.GetProperty("level").GetString(), finding.GetProperty("amount").GetDecimal()));
        Is("released", 300, await Order(server, "L6-C", "L6-N", 300));
    }

    [Fact]
    public async Task An_order_that_is_worth_nothing_takes_no_headroom()
    {
        var server = await fixture.StartedAsync();
        await Payer(server, "L7", limit: 0);
        Is("released", 0, await Order(server, "L7-A", "L7", 0));
        HeldBy("limit-exceeded", await Order(server, "L7-B", "L7", 0.01m));
    }

    [Fact]
    public async Task A_delivery_sent_twice_with_its_key_is_one_delivery()
    {
        var server = await fixture.StartedAsync();
        await Payer(server, "L8", limit: 1000);
        await Order(server, "L8-A", "L8", 100);
        Assert.Equal((await Deliver(server, "L8-A", 0.4m, "L8-key")).Expect(200).Text, (await Deliver(server, "L8-A", 0.4m, "L8-key")).Expect(200).Text);
        (await Deliver(server, "L8-A", 0.5m, "L8-key")).Expect(409, "key-reused");
        Assert.Equal(("60.00", "40.00"), (await Exposed(server, "L8", "openOrders"), await Exposed(server, "L8", "unbilled")));
        (await Deliver(server, "L8-A", 0.4m, "L8-other")).Expect(200);
        Assert.Equal(("20.00", "80.00"), (await Exposed(server, "L8", "openOrders"), await Exposed(server, "L8", "unbilled")));
    }

    [Fact]
    public async Task Goods_that_left_while_their_order_was_held_are_recorded_and_told()
    {
        var server = await fixture.StartedAsync();
        await Payer(server, "L9", limit: 10);
        HeldBy("limit-exceeded", await Order(server, "L9-A", "L9", 100));
        var delivered = (await Deliver(server, "L9-A", 1)).Expect(200);
        Assert.Equal("delivered", delivered["status"]);
        Assert.Equal(["delivered-while-held"], Texts(delivered, "incidents"));
        Assert.Contains("delivered-while-held", Texts(await server.Get("/orders/L9-A"), "marks"));
        Assert.Equal(("100.00", "-90.00"), (await Exposed(server, "L9", "unbilled"), await Exposed(server, "L9", "headroom")));
    }

    [Fact]
    public async Task An_account_stopped_by_hand_holds_every_order_until_the_stop_is_lifted()
    {
        var server = await fixture.StartedAsync();
        await Payer(server, "L10", limit: 1000);
        (await server.Post("/customers/L10/hold", new { reason = "rumours" })).Expect(200);
        HeldBy("forced-hold", await Order(server, "L10-A", "L10", 1));
        await Limit(server, "L10", 5000);
        HeldBy("forced-hold", await server.Get("/orders/L10-A"));
        (await server.Post("/customers/L10/unhold", new { reason = "unfounded" })).Expect(200);
        Is("released", 1, await server.Get("/orders/L10-A"));
    }

    [Fact]
    public async Task A_number_with_a_slash_is_found_under_its_encoded_address()
    {
        var server = await fixture.StartedAsync();
        (await server.Put("/customers/L11%2F1", Master())).Expect(200);
        await Limit(server, "L11/1", 100);
        Is("released", 50, await Order(server, "A/1", "L11/1", 50));
        Assert.Equal("A/1", (await server.Get("/orders/A%2F1")).Expect(200)["number"]);
        Is("released", 40, (await server.Put("/orders/A%2F1", Body("A/1", "L11/1", 40))).Expect(200));
        Assert.Equal("40.00", await Exposed(server, "L11%2F1", "openOrders"));
        (await server.Post("/orders/A%2F1/deliveries", new { date = "2026-03-02", lines = new[] { new { line = 1, quantity = 0.4m } } })).Expect(200);
        (await server.Get("/orders/A/1")).Expect(404, "not-found");
    }

    [Fact]
    public async Task A_block_that_is_overtaken_by_a_cancellation_or_a_delivery_closes_and_its_findings_stand()
    {
        var server = await fixture.StartedAsync();
        await Payer(server, "OV", limit: 10);
        var cancelled = (await Order(server, "OV-A", "OV", 100))["block"];
        (await server.Post("/orders/OV-A/cancel", new { reason = "not wanted" })).Expect(200);
        var delivered = (await Order(server, "OV-B", "OV", 100))["block"];
        (await Deliver(server, "OV-B", 1)).Expect(200);

        foreach (var (block, by) in new[] { (cancelled, "cancellation"), (delivered, "delivery") })
        {
            var closed = (await server.Get($"/blocks/{block}")).Expect(200);
            Assert.Equal(("closed", by), (closed["status"], closed["closedBy"]));
            Assert.All(closed.Body.GetProperty("findings").EnumerateArray(), finding => Assert.Equal(JsonValueKind.Null, finding.GetProperty("cleared").ValueKind));
        }
    }

    [Fact]
    public async Task Orders_of_a_customer_that_gets_a_payer_are_all_counted_there_in_the_same_commit()
    {
        var server = await fixture.StartedAsync();
        await Payer(server, "RG-P", limit: 1000);
        await Payer(server, "RG-B", limit: 100_000);
        for (var n = 0; n < 80; n++) Is("released", 100, await Order(server, $"RG-{n}", "RG-B", 100));
        (await server.Put("/customers/RG-B", new { payer = "RG-P" })).Expect(200);
        Assert.Equal("8000.00", await Exposed(server, "RG-P", "openOrders"));
        HeldBy("limit-exceeded", await Order(server, "RG-X", "RG-B", 100));
    }

    [Fact]
    public async Task Beyond_the_horizon_nothing_is_picked_or_delivered_under_a_claim_of_zero()
    {
        var server = await fixture.StartedAsync();
        await Payer(server, "FAR", limit: 50);
        Is("released", 0, await Order(server, "FAR-A", "FAR", 100, ship: "2026-09-01"));
        HeldBy("limit-exceeded", (await server.Post("/orders/FAR-A/pick-release", new { })).Expect(200));
        Is("released", 0, await Order(server, "FAR-B", "FAR", 100, ship: "2026-09-01"));
        Assert.Equal(["delivered-while-held"], Texts((await Deliver(server, "FAR-B", 1)).Expect(200), "incidents"));
    }

    [Fact]
    public async Task A_part_of_the_profile_leaves_its_other_parts_as_they_were()
    {
        var server = await fixture.StartedAsync();
        await Customer(server, "PRO");
        (await server.Put("/customers/PRO", new { profile = new { purchaseOrderRequired = true } })).Expect(200);
        var profile = (await server.Put("/customers/PRO", new { profile = new { portal = "ariba" } })).Expect(200).Body.GetProperty("profile");
        Assert.True(profile.GetProperty("purchaseOrderRequired").GetBoolean());
        Assert.Equal("ariba", profile.GetProperty("portal").GetString());
    }

    static async Task Payer(RunningServer server, string number, decimal limit)
    {
        await Customer(server, number);
        await Limit(server, number, limit);
    }

    static async Task Customer(RunningServer server, string number, string? payer = null, string? group = null) =>
        (await server.Put($"/customers/{number}", Master(payer, group))).Expect(200);

    static Dictionary<string, object> Master(string? payer = null, string? group = null)
    {
        var body = new Dictionary<string, object>
        {
            ["name"] = "A customer", ["country"] = "DE", ["currency"] = "EUR", ["paymentTerms"] = "NET30",
            ["billingAddress"] = new { line1 = "Am Markt 1", city = "Bonn", postalCode = "53111", country = "DE" },
        };
        if (payer is not null) body["payer"] = payer;
        if (group is not null) body["group"] = group;
        return body;
    }

    static async Task Limit(RunningServer server, string customer, decimal amount, string level = "payer") => (await server.Post("/limits", new
    {
        customer, kind = "standing", limit = "amount", amount, currency = "EUR", validFrom = "2026-01-01", reason = "reviewed", level,
    })).Expect(200);

    static async Task<ServerReply> Order(RunningServer server, string number, string customer, decimal worth, string? ship = null) =>
        (await server.Post("/orders", Body(number, customer, worth, ship))).Expect(200);

    static async Task<ServerReply> Change(RunningServer server, string number, string customer, decimal worth) =>
        (await server.Put($"/orders/{number}", Body(number, customer, worth))).Expect(200);

    /// <summary>One line at 100 apiece, so that what it is worth is its quantity; worth nothing is a gift.</summary>
    static Dictionary<string, object> Body(string number, string customer, decimal worth, string? ship = null)
    {
        var (quantity, price) = worth == 0 ? (1, 0) : (worth / 100, 100);
        var body = new Dictionary<string, object>
        {
            ["number"] = number, ["customer"] = customer, ["currency"] = "EUR", ["orderDate"] = "2026-03-02",
            ["lines"] = new[] { new { line = 1, item = "steel", quantity, unitPrice = price, taxRate = 0 } },
        };
        if (ship is not null) body["shipDate"] = ship;
        return body;
    }

    static Task<ServerReply> Deliver(RunningServer server, string order, decimal quantity, string? key = null) =>
        server.Post($"/orders/{order}/deliveries", new { date = "2026-03-02", lines = new[] { new { line = 1, quantity } } }, key: key);

    static async Task Receipt(RunningServer server, string number, string payer, decimal amount, bool cleared = true, string? depositFor = null) =>
        (await server.Post("/receipts", new { number, payer, date = "2026-03-01", currency = "EUR", amount, cleared, depositFor })).Expect(200);

    static async Task Clock(RunningServer server, string today) => (await server.Post("/clock", new { today })).Expect(200);

    static async Task<string?> Exposed(RunningServer server, string customer, string figure) =>
        (await server.Get($"/customers/{customer}/exposure")).Expect(200)[figure];

    static void Is(string status, decimal claimed, ServerReply order)
    {
        Assert.True(order.Expect(200)["status"] == status, order.Text);
        Assert.Equal(claimed, order.Body.GetProperty("authorization").GetProperty("amount").GetDecimal());
    }

    static void HeldBy(string code, ServerReply order)
    {
        Assert.True(order.Expect(200)["status"] == "held", order.Text);
        Assert.Equal(JsonValueKind.Null, order.Body.GetProperty("authorization").ValueKind);
        Assert.Contains(order.Body.GetProperty("findings").EnumerateArray(), finding => finding.GetProperty("code").GetString() == code);
    }

    static string? Expires(ServerReply order) => order.Body.GetProperty("authorization").GetProperty("expires").GetString();

    static IEnumerable<string?> Texts(ServerReply reply, string field) => reply.Body.GetProperty(field).EnumerateArray().Select(text => text.GetString());
}
