using Aval.Tests.Infrastructure;

namespace Aval.Tests.Decisions;

public sealed class WhatIsCoveredOnSqlite(SqliteServer fixture) : WhatIsCoveredTests(fixture, null), IClassFixture<SqliteServer>;

public sealed class WhatIsCoveredOnPostgres(PostgresServer fixture, PostgresCluster cluster) : WhatIsCoveredTests(fixture, cluster), IClassFixture<PostgresServer>;

/// <summary>What a person's release covers on every later check: what they saw, within policy's 10 percent and 30 days. The limit is 10,000.</summary>
public abstract class WhatIsCoveredTests(ServerFixture fixture, PostgresCluster? cluster)
{
    [Fact]
    public async Task The_deviation_is_measured_from_what_was_released_and_never_from_what_passed_since()
    {
        var desk = await Released("D", 12_000);
        await desk.Change("D-O", "D", 13_000);
        Assert.Equal("released 13000", await desk.State("D-O"));
        await desk.Change("D-O", "D", 13_200);
        Assert.Equal("released 13200", await desk.State("D-O"));
        await desk.Change("D-O", "D", 13_200.01m);
        Assert.Equal("held limit-exceeded", await desk.State("D-O"));
        await desk.Change("D-O", "D", 13_100);
        Assert.Equal("released 13100", await desk.State("D-O"));
    }

    [Fact]
    public async Task What_grew_for_another_reason_than_the_orders_own_change_holds_it_again()
    {
        var desk = await Released("G", 12_000);
        await desk.Invoice("G-I", "G", 500);
        Assert.Equal("released 12000", await desk.State("G-O"));
        (await desk.Server.Post("/orders/G-O/pick-release", new { })).Expect(200);
        Assert.Equal("held limit-exceeded", await desk.State("G-O"));
        await desk.Pay("G-R", "G", "G-I", 500);
        Assert.Equal("released 12000", await desk.State("G-O"));
    }

    [Fact]
    public async Task A_new_finding_holds_it_again_and_a_hold_of_the_account_too()
    {
        var desk = await Released("N", 12_000);
        (await desk.Server.Post("/customers/N/hold", new { reason = "goods not returned" })).Expect(200);
        (await desk.Server.Post("/orders/N-O/pick-release", new { })).Expect(200);
        Assert.Equal("held forced-hold limit-exceeded", await desk.State("N-O"));
        (await desk.Server.Post("/customers/N/unhold", new { reason = "returned" })).Expect(200);
        Assert.Equal("released 12000", await desk.State("N-O"));
    }

    [Fact]
    public async Task A_cancelled_order_that_comes_back_is_covered_no_more()
    {
        var desk = await Released("C", 12_000);
        (await desk.Server.Post("/orders/C-O/cancel", new { reason = "not wanted" })).Expect(200);
        await desk.Change("C-O", "C", 12_000);
        Assert.Equal("held limit-exceeded", await desk.State("C-O"));
    }

    [Fact]
    public async Task Days_that_pass_make_an_overdue_sum_no_worse_and_a_larger_one_does()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var desk = new CreditDesk(server);
        await desk.Payer("O", 10_000);
        await desk.Invoice("O-1", "O", 2000, due: "2026-02-10");
        await desk.Invoice("O-2", "O", 100, due: "2026-03-05");
        var block = await desk.Order("O-O", "O", 1000);
        Assert.Equal("held overdue", await desk.State("O-O"));
        (await desk.Decide(block, "release")).Expect(200);
        await desk.Clock("2026-03-15");
        (await server.Post("/orders/O-O/pick-release", new { })).Expect(200);
        Assert.Equal("released 1000", await desk.State("O-O"));
        await desk.Clock("2026-03-20");
        (await server.Post("/orders/O-O/pick-release", new { })).Expect(200);
        Assert.Equal("held overdue", await desk.State("O-O"));
    }

    [Fact]
    public async Task The_days_end_and_so_does_the_day_that_was_said()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var desk = new CreditDesk(server);
        await desk.Payer("E", 10_000);
        var block = await desk.Order("E-1", "E", 12_000);
        (await desk.Decide(block, "release")).Expect(200);
        (await server.Post("/orders/E-1/pick-release", new { })).Expect(200);
        await desk.Payer("U", 10_000);
        var until = await desk.Order("U-1", "U", 12_000);
        (await desk.Decide(until, "release", new { until = "2026-03-10" })).Expect(200);
        await desk.Clock("2026-03-10");
        Assert.Equal("released 12000", await desk.State("U-1"));
        await desk.Clock("2026-03-11");
        Assert.Equal("held authorization-expired limit-exceeded", await desk.State("U-1"));
        await desk.Clock("2026-04-01");
        (await server.Post("/orders/E-1/pick-release", new { })).Expect(200);
        Assert.Equal("released 12000", await desk.State("E-1"));
        await desk.Clock("2026-04-02");
        (await server.Post("/orders/E-1/pick-release", new { })).Expect(200);
        Assert.Equal("held limit-exceeded", await desk.State("E-1"));
    }

    [Fact]
    public async Task A_rule_that_overrides_releases_holds_what_was_released()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var desk = new CreditDesk(server);
        await desk.Payer("R", 10_000);
        var block = await desk.Order("R-O", "R", 12_000);
        (await desk.Decide(block, "release")).Expect(200);
        (await server.Put("/policies/draft", new
        {
            basedOn = "standard", rules = new[] { new { rule = "limit", severity = "refer", overridesRelease = true } },
        }, CreditDesk.Mia)).Expect(200);
        (await server.Post("/policies/draft/activate", new { reason = "stricter" }, CreditDesk.Lea)).Expect(200);
        (await server.Post("/orders/R-O/pick-release", new { })).Expect(200);
        Assert.Equal("held limit-exceeded", await desk.State("R-O"));
        var again = (await desk.Get("R-O"))["block"]!;
        (await desk.Decide(again, "release", by: CreditDesk.Lea)).Expect(409, "release-overridden");
    }

    [Fact]
    public async Task What_a_person_has_decided_no_recheck_goes_over_until_it_ends()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("B", 10_000);
        var block = await desk.Order("B-O", "B", 12_000);
        (await desk.Decide(block, "requestDeposit", new { amount = 5000, until = "2026-03-20" })).Expect(200);
        await desk.Limit("B", 50_000);
        Assert.Equal("held", (await desk.Get("B-O"))["status"]);
        Assert.Equal("True", (await desk.Server.Get($"/blocks/{block}"))["wouldPass"]);
        (await desk.Decide(block, "release", by: CreditDesk.Cora)).Expect(200);
        Assert.Equal("released 12000", await desk.State("B-O"));
    }

    async Task<CreditDesk> Released(string number, decimal worth)
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer(number, 10_000);
        (await desk.Decide(await desk.Order(number + "-O", number, worth), "release")).Expect(200);
        Assert.Equal($"released {worth:0}", await desk.State(number + "-O"));
        return desk;
    }
}
