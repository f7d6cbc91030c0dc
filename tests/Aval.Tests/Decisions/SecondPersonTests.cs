using System.Text.Json;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Decisions;

public sealed class SecondPersonOnSqlite(SqliteServer fixture) : SecondPersonTests(fixture, null), IClassFixture<SqliteServer>;

public sealed class SecondPersonOnPostgres(PostgresServer fixture, PostgresCluster cluster) : SecondPersonTests(fixture, cluster), IClassFixture<PostgresServer>;

/// <summary>What a second person has not confirmed has not happened: nobody is told that it has. The limit is 150,000, the order worth 160,000.</summary>
public abstract class SecondPersonTests(ServerFixture fixture, PostgresCluster? cluster)
{
    [Fact]
    public async Task Until_it_is_confirmed_the_decision_before_stands_and_nothing_more_is_promised()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("P", 150_000);
        var block = await desk.Order("P-1", "P", 160_000, units: 160);
        (await desk.Decide(block, "releasePartially", new { amount = 5000 })).Expect(200);
        var pending = (await desk.Decide(block, "release")).Expect(200);
        Assert.Equal("secondPerson", pending["pending"]);
        var texts = pending.Body.GetProperty("decision").GetProperty("texts");
        Assert.Equal("A part of your order P-1 can go; we are still looking into the rest.", texts.GetProperty("customer").GetString());
        Assert.StartsWith("Order P-1: mia proposes to release it. A second person must confirm it.", texts.GetProperty("customerService").GetString(), StringComparison.Ordinal);

        var part = await desk.Decision(block);
        Assert.Equal("inForce", part.GetProperty("status").GetString());
        Assert.Equal("We ship a part of your order P-1, worth 5,000.00 EUR, now. We are still looking into the rest.", Customer(part));
        Assert.Equal("released 5000 limit-exceeded order-too-large", await desk.State("P-1"));

        await Confirm(desk, block, pending);
        Assert.Equal(("replaced", "fulfilled"), (await desk.DecisionStatus(block), await desk.DecisionStatus(block, 1)));
        Assert.Equal("Your order P-1 is released.", Customer(await desk.Decision(block, 1)));
    }

    [Fact]
    public async Task What_is_promised_before_still_releases_the_order_and_takes_the_question_from_the_second_person()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("Q", 150_000);
        var block = await desk.Order("Q-1", "Q", 160_000);
        (await desk.Decide(block, "requestDeposit", new { amount = 10_000, until = "2026-03-20" }, CreditDesk.Lea)).Expect(200);
        (await desk.Decide(block, "release")).Expect(200);
        await desk.Deposit("Q-R", "Q", "Q-1", 10_000);
        Assert.StartsWith("released", await desk.State("Q-1"), StringComparison.Ordinal);
        Assert.Equal(("fulfilled", "withdrawn"), (await desk.DecisionStatus(block), await desk.DecisionStatus(block, 1)));
    }

    [Fact]
    public async Task Only_the_last_that_waits_can_be_confirmed()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("R", 150_000);
        var block = await desk.Order("R-1", "R", 160_000);
        var first = (await desk.Decide(block, "release")).Expect(200);
        (await desk.Decide(block, "release", by: CreditDesk.Max)).Expect(200);
        Assert.Equal(("withdrawn", "awaitingConfirmation"), (await desk.DecisionStatus(block), await desk.DecisionStatus(block, 1)));
        (await desk.Server.Post(Address(block, first), new { }, "moe:creditManager")).Expect(409, "decision-not-pending");
    }

    [Fact]
    public async Task What_nobody_has_confirmed_was_never_taken_and_counts_nowhere()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("NC", 150_000);
        var block = await desk.Order("NC-1", "NC", 160_000);
        (await desk.Decide(block, "releasePartially", new { amount = 5000 })).Expect(200);
        (await desk.Decide(block, "release")).Expect(200);
        Assert.Equal("secondPerson", (await desk.Decide(block, "requestDeposit", new { amount = 1, until = "2026-03-20" })).Expect(200)["pending"]);
        (await desk.Decide(block, "reject")).Expect(200);
        Assert.Equal(["replaced", "withdrawn", "withdrawn", "fulfilled"], await Statuses(desk, block));
        Assert.Empty(await Counted(desk, "exceptionalReleases", "NC"));
        Assert.Empty(await Counted(desk, "conditionalReleaseRate", "NC"));
        Assert.Empty((await desk.Server.Get("/decisions/outcomes?exceptional=true&customer=NC")).Expect(200).Body.GetProperty("outcomes").EnumerateArray());
        var followed = (await desk.Server.Get("/decisions/outcomes?customer=NC")).Expect(200).Body.GetProperty("outcomes").EnumerateArray().ToList();
        string[] Of(string field) => [.. followed.Where(known => known.GetProperty("status").GetString() == field).Select(known => known.GetProperty("turnout").GetString()!)];
        Assert.Equal(["notDone", "notDone"], Of("withdrawn"));
        var rejected = followed.Single(known => known.GetProperty("status").GetString() == "fulfilled").GetProperty("decision").GetString();
        Assert.Equal(rejected, followed.Single(known => known.GetProperty("status").GetString() == "replaced").GetProperty("supersededBy").GetString());
    }

    [Fact]
    public async Task What_waits_for_its_second_person_past_its_day_is_withdrawn()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var desk = new CreditDesk(server);
        await desk.Payer("PD", 10_000);
        var block = await desk.Order("PD-1", "PD", 12_000);
        Assert.Equal("secondPerson", (await desk.Decide(block, "temporaryLimit", new { amount = 150_000, until = "2026-03-04" })).Expect(200)["pending"]);
        await desk.Clock("2026-03-05");
        Assert.Equal("withdrawn", await desk.DecisionStatus(block));
        Assert.Equal("decide", (await server.Get($"/work/{block}"))["kind"]);
        await desk.Limit("PD", 12_000);
        Assert.Equal("released 12000", await desk.State("PD-1"));
    }

    [Fact]
    public async Task What_waits_for_its_second_person_stays_a_decision_when_the_one_before_it_ends()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var desk = new CreditDesk(server);
        await desk.Payer("E1", 10_000);
        await desk.Payer("E2", 10_000);
        var deposit = new { amount = 2000, until = "2026-03-10", atExpiry = "maintainBlock" };
        var (broken, met) = (await desk.Order("E1-1", "E1", 12_000), await desk.Order("E2-1", "E2", 12_000));
        (await desk.Decide(broken, "requestDeposit", deposit, CreditDesk.Lea)).Expect(200);
        (await desk.Decide(broken, "correctLimit", new { amount = 150_000 })).Expect(200);
        await desk.Clock("2026-03-11");
        Assert.Equal(("broken", "awaitingConfirmation"), (await desk.DecisionStatus(broken), await desk.DecisionStatus(broken, 1)));
        await desk.Deposit("E1-R", "E1", "E1-1", 2000);
        Assert.StartsWith("held", await desk.State("E1-1"), StringComparison.Ordinal);
        Assert.Equal("True", (await server.Get($"/blocks/{broken}"))["wouldPass"]);

        (await desk.Decide(met, "requestDeposit", deposit with { until = "2026-03-20" }, CreditDesk.Lea)).Expect(200);
        (await desk.Decide(met, "correctLimit", new { amount = 150_000 })).Expect(200);
        await desk.Invoice("E2-I", "E2", 5000);
        await desk.Deposit("E2-R", "E2", "E2-1", 2000);
        Assert.Equal(("fulfilled", "awaitingConfirmation"), (await desk.DecisionStatus(met), await desk.DecisionStatus(met, 1)));
        await desk.Limit("E2", 20_000);
        Assert.StartsWith("held", await desk.State("E2-1"), StringComparison.Ordinal);
        Assert.Equal("True", (await server.Get($"/blocks/{met}"))["wouldPass"]);
    }

    [Fact]
    public async Task An_exceptional_release_is_remembered_once_it_is_confirmed()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("XR", 150_000);
        var block = await desk.Order("XR-1", "XR", 160_000);
        var pending = (await desk.Decide(block, "release")).Expect(200);
        Assert.Equal("0", (await desk.Server.Get("/customers/XR/exceptional-releases")).Expect(200)["inWindow"]);
        await Confirm(desk, block, pending);
        var remembered = (await desk.Server.Get("/customers/XR/exceptional-releases")).Expect(200);
        Assert.Equal("1", remembered["inWindow"]);
        Assert.Equal(
            pending.Body.GetProperty("decision").GetProperty("id").GetString(), remembered.Body.GetProperty("releases")[0].GetProperty("decision").GetString());
    }

    [Fact]
    public async Task A_decision_to_be_confirmed_lies_on_the_list_as_such_and_is_not_for_who_decided_it()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("S", 150_000);
        var block = await desk.Order("S-1", "S", 160_000);
        (await desk.Server.Post($"/work/{block}/claim", new { }, CreditDesk.Mia)).Expect(200);
        var pending = (await desk.Decide(block, "release", new { until = "2026-03-04" })).Expect(200);
        var line = (await desk.Server.Get("/work?kind=confirm&customer=S")).Body.GetProperty("work")[0];
        Assert.Equal(("confirm", "release", "S-1", "mia"), (line.GetProperty("kind").GetString(), line.GetProperty("code").GetString(),
            line.GetProperty("subject").GetString(), line.GetProperty("askedBy").GetString()));
        Assert.Equal(JsonValueKind.Null, line.GetProperty("person").ValueKind);
        Assert.NotEqual(JsonValueKind.Null, line.GetProperty("dueOn").ValueKind);
        (await desk.Server.Post($"/work/{block}/claim", new { }, CreditDesk.Mia)).Expect(403, "same-person");
        (await desk.Server.Post($"/work/{block}/claim", new { }, CreditDesk.Max)).Expect(200);

        (await desk.Decide(block, "maintainBlock", new { until = "2026-03-20", mustHappen = "x" })).Expect(200);
        Assert.Equal("decide", (await desk.Server.Get($"/work/{block}"))["kind"]);
        (await desk.Server.Post(Address(block, pending), new { }, CreditDesk.Max)).Expect(409, "decision-not-pending");
    }

    [Fact]
    public async Task Goods_are_set_aside_for_what_was_promised_alone()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("T", 150_000);
        var block = await desk.Order("T-1", "T", 160_000);
        foreach (var row in Table.Rows("""
            decision        by                given                                                    | mayReserve
            maintainBlock   mia:creditManager {'until':'2026-03-20','mustHappen':'answer'}             | False
            escalate        mia:creditManager {'to':'leadership','question':'why','until':'2026-03-20'} | False
            requestDeposit  mia:creditManager {'amount':10000,'until':'2026-03-20'}                    | False
            requestDeposit  lea:leadership    {'amount':10000,'until':'2026-03-20'}                    | True
            release         mia:creditManager {}                                                       | True
            maintainBlock   mia:creditManager {'until':'2026-03-20','mustHappen':'answer'}             | False
            release         mia:creditManager {}                                                       | False
            """))
        {
            var decided = (await desk.Decide(block, row["decision"], JsonSerializer.Deserialize<JsonElement>(row["given"].Replace('\'', '"')), row["by"])).Expect(200);
            string Of(ServerReply reply) => reply.Body.GetProperty("effect").GetProperty("mayReserve").ToString();
            Assert.Equal((row["decision"], row["mayReserve"], row["mayReserve"]), (row["decision"], Of(decided), Of(await desk.Server.Get($"/blocks/{block}"))));
        }
    }

    [Fact]
    public async Task A_reduction_that_takes_nothing_away_is_none()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("V", 10_000);
        var block = await desk.Order("V-1", "V", 12_000, units: 12);
        foreach (var amount in new[] { 12_000, 20_000 })
            Assert.Equal("amount", (await desk.Decide(block, "reduceOrder", new { amount })).Expect(422, "field-invalid")["field"]);
        Assert.Equal("lines", (await desk.Decide(block, "reduceOrder", new { lines = new[] { new { line = 1, quantity = 12 } } })).Expect(422, "field-invalid")["field"]);
        Assert.Equal(0, (await desk.Server.Get($"/blocks/{block}")).Body.GetProperty("decisions").GetArrayLength());
        Assert.Equal("released", (await desk.Decide(block, "reduceOrder", new { amount = 10_000 })).Expect(200)["status"]);
    }

    static async Task<IEnumerable<string?>> Counted(CreditDesk desk, string indicator, string customer) =>
        (await desk.Server.Get($"/indicators/interface/{indicator}/rows?from=2026-03-01&to=2026-03-02&limit=500")).Expect(200).Body.GetProperty("rows").EnumerateArray()
            .Where(row => row.GetProperty("customer").GetString() == customer).Select(row => row.GetProperty("document").GetString());

    static async Task<IEnumerable<string?>> Statuses(CreditDesk desk, string block) => (await desk.Server.Get($"/blocks/{block}")).Expect(200).Body
        .GetProperty("decisions").EnumerateArray().Select(decision => decision.GetProperty("status").GetString());

    static string Customer(JsonElement decision) => decision.GetProperty("texts").GetProperty("customer").GetString()!.Replace('\u00A0', ' ');

    static string Address(string block, ServerReply decided) =>
        $"/blocks/{block}/decisions/{decided.Body.GetProperty("decision").GetProperty("id").GetString()}/confirm";

    static async Task Confirm(CreditDesk desk, string block, ServerReply decided) => (await desk.Server.Post(Address(block, decided), new { }, CreditDesk.Max)).Expect(200);
}
