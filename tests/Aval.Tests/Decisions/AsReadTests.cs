using System.Text.Json;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Decisions;

public sealed class AsReadOnSqlite(SqliteServer fixture) : AsReadTests(fixture), IClassFixture<SqliteServer>;

public sealed class AsReadOnPostgres(PostgresServer fixture) : AsReadTests(fixture), IClassFixture<PostgresServer>;

/// <summary>What the author of a decision read is what is decided, and what stands is told by the figures of today. The limit is 10,000.</summary>
public abstract class AsReadTests(ServerFixture fixture)
{
    [Fact]
    public async Task A_release_covers_nothing_that_has_grown_since_its_author_read_the_block()
    {
        var (desk, block) = await Held("RA");
        var read = await desk.VersionOf(block);
        await desk.Invoice("RA-I", "RA", 5_000);
        var refused = (await Decide(desk, block, read, "release")).Expect(412, "version-stale");
        Assert.Contains("limit-exceeded was 2000.00 EUR and is 7000.00 EUR", refused["detail"], StringComparison.Ordinal);
        (await Decide(desk, block, read, "releasePartially", new { amount = 10_000 })).Expect(412, "version-stale");
        (await desk.Server.Post($"/blocks/{block}/decisions/preview", CreditDesk.Filled("release", null), CreditDesk.Mia, ifMatch: read)).Expect(412, "version-stale");
        Assert.Equal("held limit-exceeded", await desk.State("RA-O"));
        // Under what lets nothing pass it does not matter what has grown.
        (await Decide(desk, block, read, "releasePartially", new { amount = 5_000 })).Expect(200);
        (await Decide(desk, block, await desk.VersionOf(block), "release")).Expect(200);
    }

    [Fact]
    public async Task A_finding_that_nobody_had_read_is_not_let_pass()
    {
        var (desk, block) = await Held("RN");
        var read = await desk.VersionOf(block);
        await desk.Invoice("RN-I", "RN", 1_000, due: "2026-01-20");
        Assert.Contains("overdue since 2026-03-02", (await Decide(desk, block, read, "release")).Expect(412, "version-stale")["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_only_got_better_is_decided_as_it_was_read()
    {
        var (desk, block) = await Held("RB");
        var read = await desk.VersionOf(block);
        await desk.Limit("RB", 11_000);
        Assert.Equal("released", (await Decide(desk, block, read, "release")).Expect(200)["status"]);
    }

    [Fact]
    public async Task A_version_alone_does_not_say_what_was_seen_and_who_says_nothing_decides_on_the_facts_as_they_are()
    {
        var (desk, block) = await Held("RV");
        foreach (var sent in new[] { "\"1\"", "\"1-\"", "\"1-????\"", "\"1-AAAA\"", "\"x-AAAAAA\"", "\"2-AAAAAA\"" })
            (await Decide(desk, block, sent, "release")).Expect(412, "version-stale");
        Assert.Equal("held limit-exceeded", await desk.State("RV-O"));
        await desk.Invoice("RV-I", "RV", 5_000);
        (await Decide(desk, block, null, "release")).Expect(200);
    }

    [Fact]
    public async Task An_option_is_the_one_that_was_read_under_its_number()
    {
        var (desk, block) = await Held("RO");
        var read = await desk.VersionOf(block);
        var options = Options(await desk.Server.Get($"/blocks/{block}"));
        var limit = options.IndexOf("temporaryLimit") + 1;
        await desk.Invoice("RO-I", "RO", 2_500);
        var refused = (await Decide(desk, block, read, null, new { option = limit })).Expect(409, "option-stale");
        Assert.Contains($"Option {limit} is not what you read. It is now: ", refused["detail"], StringComparison.Ordinal);
        (await Decide(desk, block, read, null, new { option = options.Count + 1 })).Expect(409, "option-stale");
        Assert.Equal("held limit-exceeded", await desk.State("RO-O"));
        var now = Options(await desk.Server.Get($"/blocks/{block}")).IndexOf("temporaryLimit") + 1;
        var taken = (await Decide(desk, block, await desk.VersionOf(block), null, new { option = now })).Expect(200);
        Assert.Equal("temporaryLimit", taken.Body.GetProperty("decision").GetProperty("decision").GetString());
    }

    [Fact]
    public async Task How_much_goes_only_with_what_is_for_so_much()
    {
        var (desk, block) = await Held("RM");
        foreach (var row in Table.Rows("""
            decision          given                                                                     | field
            release           {'amount':3000}                                                           | amount
            release           {'percent':50}                                                            | percent
            release           {'lines':[{'line':1,'quantity':2}]}                                       | lines
            maintainBlock     {'amount':3000,'until':'2026-03-20','mustHappen':'x'}                     | amount
            escalate          {'amount':3000,'until':'2026-03-20','to':'leadership','question':'x'}     | amount
            reject            {'amount':3000}                                                           | amount
            releasePartially  {'amount':3000,'percent':25}                                              | percent
            """))
        {
            var reply = await desk.Decide(block, row["decision"], JsonSerializer.Deserialize<JsonElement>(row["given"].Replace('\'', '"')));
            Assert.Equal((row.Text, "field-invalid", row["field"]), (row.Text, reply.Code, reply["field"]));
        }

        // Under conditions the amount is how far it goes: a larger order waits.
        var conditions = new[] { new { kind = "validUntil", date = "2026-03-20" } };
        (await desk.Decide(block, "releaseUnderCondition", new { amount = 6_000, until = "2026-03-20", conditions })).Expect(200);
        Assert.Equal("held limit-exceeded", await desk.State("RM-O"));
        var kinds = (await desk.Decision(block)).GetProperty("conditions").EnumerateArray().Select(condition => condition.GetProperty("kind").GetString());
        Assert.Equal(["amountCap", "validUntil"], kinds.Order());
    }

    [Fact]
    public async Task While_a_decision_stands_the_order_tells_the_figures_of_today_and_the_decision_those_of_its_day()
    {
        var (desk, block) = await Held("RF");
        (await desk.Decide(block, "escalate", new { to = "leadership", question = "may we?", until = "2026-03-20" })).Expect(200);
        await desk.Invoice("RF-I", "RF", 3_000);
        var order = (await desk.Get("RF-O")).Expect(200).Body;
        Assert.Equal(5_000, order.GetProperty("findings")[0].GetProperty("amount").GetDecimal());
        Assert.Equal((3_000m, 15_000m), (order.GetProperty("exposure").GetProperty("decision").GetDecimal(), order.GetProperty("exposure").GetProperty("afterOrder").GetDecimal()));
        var then = (await desk.Decision(block)).GetProperty("asDecided");
        Assert.Equal((12_000m, 2_000m), (then.GetProperty("value").GetDecimal(), then.GetProperty("overrun").GetDecimal()));
    }

    [Fact]
    public async Task What_a_person_keeps_held_nobody_releases_by_asking_again()
    {
        var (desk, block) = await Held("RK");
        (await desk.Decide(block, "maintainBlock", new { until = "2026-03-20", mustHappen = "they answer" })).Expect(200);
        await desk.Limit("RK", 20_000);
        await StillHeld(desk, "RK", block);
        (await desk.Change("RK-O", "RK", 12_000, units: 12)).Expect(200);
        await StillHeld(desk, "RK", block);
        (await desk.Change("RK-O", "RK", 9_000, units: 9)).Expect(200);
        (await desk.Server.Post("/orders/RK-O/pick-release", new { })).Expect(200);
        await StillHeld(desk, "RK", block);
        (await desk.Decide(block, "release")).Expect(200);
        Assert.Equal("released 9000", await desk.State("RK-O"));
    }

    [Fact]
    public async Task A_condition_goes_on_holding_what_would_pass_and_what_it_waited_for_releases_it()
    {
        var (desk, block) = await Held("RC");
        (await desk.Decide(block, "releaseUnderCondition", new
        {
            until = "2026-03-20", conditions = new[] { new { kind = "amountCap", amount = 6_000 } },
        })).Expect(200);
        (await desk.Change("RC-O", "RC", 7_000, units: 7)).Expect(200);
        await StillHeld(desk, "RC", block);
        (await desk.Change("RC-O", "RC", 6_000, units: 6)).Expect(200);
        Assert.Equal("released 6000", await desk.State("RC-O"));
    }

    [Fact]
    public async Task A_part_that_was_released_goes_on_and_its_rest_waits_for_its_decision()
    {
        var (desk, block) = await Held("RP");
        (await desk.Decide(block, "releasePartially", new { amount = 4_000 })).Expect(200);
        await desk.Limit("RP", 20_000);
        (await desk.Server.Post("/orders/RP-O/pick-release", new { })).Expect(200);
        Assert.Equal("released 4000", await desk.State("RP-O"));
        Assert.True((await desk.Server.Get($"/blocks/{block}")).Body.GetProperty("wouldPass").GetBoolean());
    }

    async Task<(CreditDesk Desk, string Block)> Held(string payer)
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer(payer, 10_000);
        return (desk, await desk.Order(payer + "-O", payer, 12_000, units: 12));
    }

    static Task<ServerReply> Decide(CreditDesk desk, string block, string? read, string? decision, object? more = null) =>
        desk.Server.Post($"/blocks/{block}/decisions", CreditDesk.Filled(decision, more), CreditDesk.Mia, ifMatch: read);

    static List<string?> Options(ServerReply block) =>
        [.. block.Body.GetProperty("options").EnumerateArray().Select(option => option.GetProperty("action").GetString())];

    static async Task StillHeld(CreditDesk desk, string payer, string block)
    {
        Assert.Equal("held", await desk.State(payer + "-O"));
        Assert.True((await desk.Server.Get($"/blocks/{block}")).Body.GetProperty("wouldPass").GetBoolean());
        Assert.Equal("inForce", await desk.DecisionStatus(block));
        Assert.DoesNotContain("confirmed", (await desk.Get(payer + "-O")).Body.GetProperty("texts").GetProperty("customer").GetString(), StringComparison.Ordinal);
    }
}
