using Aval.Tests.Infrastructure;

namespace Aval.Tests.Decisions;

public sealed class ClockOfBlocksOnSqlite(SqliteServer fixture) : ClockOfBlocksTests(fixture, null), IClassFixture<SqliteServer>;

public sealed class ClockOfBlocksOnPostgres(PostgresServer fixture, PostgresCluster cluster) : ClockOfBlocksTests(fixture, cluster), IClassFixture<PostgresServer>;

/// <summary>Whatever becomes of a decision, an open block is to be looked at again on some day. The limit is 10,000.</summary>
public abstract class ClockOfBlocksTests(ServerFixture fixture, PostgresCluster? cluster)
{
    [Fact]
    public async Task A_part_without_a_date_of_its_own_ends_with_its_claim_and_its_block_is_back_on_the_list()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var desk = new CreditDesk(server);
        await desk.Payer("P", 10_000);
        var block = await desk.Order("P-O", "P", 12_000, units: 12);
        (await desk.Decide(block, "releasePartially", new { amount = 4000 })).Expect(200);
        Assert.NotEqual("", await Due(desk, block));
        await desk.Clock("2026-06-30");
        Assert.Equal("held authorization-expired limit-exceeded", Sorted(await desk.State("P-O")));
        Assert.Equal("lapsed", await desk.DecisionStatus(block));
        // By then it has gone all the way up.
        Assert.Equal("leadership", (await desk.Server.Get($"/blocks/{block}"))["owner"]);
    }

    [Fact]
    public async Task What_was_waited_for_has_come_and_the_check_still_holds_the_order()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("F", 10_000);
        await desk.Invoice("F-I", "F", 3000);
        var block = await desk.Order("F-O", "F", 9000);
        (await desk.Decide(block, "waitForPayment", new { invoices = new[] { "F-I" }, until = "2026-03-20" })).Expect(200);
        Assert.Equal("", await Due(desk, block));
        await desk.Limit("F", 5000);
        await desk.Pay("F-R", "F", "F-I", 3000);
        Assert.Equal(("held limit-exceeded", "fulfilled"), (await desk.State("F-O"), await desk.DecisionStatus(block)));
        Assert.NotEqual("", await Due(desk, block));
    }

    [Fact]
    public async Task Another_decision_that_changes_too_little_takes_the_place_of_one_that_waits()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("R", 10_000);
        var block = await desk.Order("R-O", "R", 14_000, units: 14);
        (await desk.Decide(block, "maintainBlock", new { until = "2026-03-20", mustHappen = "they answer" })).Expect(200);
        Assert.Equal("", await Due(desk, block));
        (await desk.Decide(block, "reduceOrder", new { amount = 12_000 })).Expect(200);
        Assert.Equal("held limit-exceeded", await desk.State("R-O"));
        Assert.NotEqual("", await Due(desk, block));
    }

    [Fact]
    public async Task A_stage_that_does_not_go_on_its_day_brings_the_block_back_and_its_claim_ends_all_of_them()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var desk = new CreditDesk(server);
        await desk.Payer("S", 10_000);
        var block = await desk.Order("S-O", "S", 12_000, units: 12);
        (await desk.Decide(block, "stagedInvoicing", new
        {
            stages = new[] { new { date = "2026-03-02", amount = 6000 }, new { date = "2026-03-10", amount = 6000 } },
        })).Expect(200);
        Assert.Equal("", await Due(desk, block));
        await desk.Clock("2026-03-10");
        Assert.Equal(("inForce", 1), (await desk.DecisionStatus(block), (await desk.Decision(block)).GetProperty("stagesReleased").GetInt32()));
        Assert.NotEqual("", await Due(desk, block));
        await desk.Clock("2026-06-30");
        Assert.Equal("lapsed", await desk.DecisionStatus(block));
    }

    [Fact]
    public async Task What_was_put_off_is_back_on_the_list_when_its_condition_is_broken()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var desk = new CreditDesk(server);
        await desk.Payer("Z", 10_000);
        var block = await desk.Order("Z-O", "Z", 12_000);
        (await desk.Decide(block, "requestDeposit", new { amount = 2000, until = "2026-03-10", atExpiry = "maintainBlock" })).Expect(200);
        (await server.Post($"/work/{block}/snooze", new { until = "2026-05-29", reason = "they call back" }, CreditDesk.Lea)).Expect(200);
        Assert.Equal("2026-05-29", (await server.Get($"/work/{block}"))["snoozedUntil"]);
        await desk.Clock("2026-03-11");
        Assert.Equal(("broken", ""), (await desk.DecisionStatus(block), (await server.Get($"/work/{block}"))["snoozedUntil"]));
    }

    [Fact]
    public async Task What_happens_at_its_date_is_refused_where_nothing_is_waited_for_and_so_are_too_many_conditions()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("X", 10_000);
        var block = await desk.Order("X-O", "X", 12_000, units: 12);
        var refused = (await desk.Decide(block, "releasePartially", new { amount = 4000, until = "2026-03-20", atExpiry = "reject" })).Expect(422, "field-invalid");
        Assert.Equal("atExpiry", refused["field"]);
        (await desk.Decide(block, "maintainBlock", new { mustHappen = "a call", until = "2026-03-20", atExpiry = "escalate" })).Expect(422, "field-invalid");
        var conditions = Enumerable.Range(1, 21).Select(amount => new { kind = "depositReceived", amount }).ToArray();
        (await desk.Decide(block, "releaseUnderCondition", new { conditions, until = "2026-03-20" })).Expect(422, "field-invalid");
        (await desk.Decide(block, "releaseUnderCondition", new { conditions = conditions[1..], until = "2026-03-20", atExpiry = "reject" })).Expect(200);
    }

    static async Task<string?> Due(CreditDesk desk, string block) => (await desk.Server.Get($"/blocks/{block}")).Expect(200)["dueOn"];

    static string Sorted(string state) => state.Split(' ') is [var status, .. var codes] ? string.Join(' ', codes.Order(StringComparer.Ordinal).Prepend(status)) : state;
}
