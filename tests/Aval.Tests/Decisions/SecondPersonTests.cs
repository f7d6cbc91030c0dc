using System.Text.Json;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Decisions;

public sealed class SecondPersonOnSqlite(SqliteServer fixture) : SecondPersonTests(fixture), IClassFixture<SqliteServer>;

public sealed class SecondPersonOnPostgres(PostgresServer fixture) : SecondPersonTests(fixture), IClassFixture<PostgresServer>;

/// <summary>What a second person has not confirmed has not happened: nobody is told that it has. The limit is 150,000, the order worth 160,000.</summary>
public abstract class SecondPersonTests(ServerFixture fixture)
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
        Assert.Equal(("fulfilled", "overtaken"), (await desk.DecisionStatus(block), await desk.DecisionStatus(block, 1)));
    }

    [Fact]
    public async Task Only_the_last_that_waits_can_be_confirmed()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("R", 150_000);
        var block = await desk.Order("R-1", "R", 160_000);
        var first = (await desk.Decide(block, "release")).Expect(200);
        (await desk.Decide(block, "release", by: CreditDesk.Max)).Expect(200);
        Assert.Equal(("replaced", "awaitingConfirmation"), (await desk.DecisionStatus(block), await desk.DecisionStatus(block, 1)));
        (await desk.Server.Post(Address(block, first), new { }, "moe:creditManager")).Expect(409, "decision-not-pending");
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

    static string Customer(JsonElement decision) => decision.GetProperty("texts").GetProperty("customer").GetString()!.Replace('\u00A0', ' ');

    static string Address(string block, ServerReply decided) =>
        $"/blocks/{block}/decisions/{decided.Body.GetProperty("decision").GetProperty("id").GetString()}/confirm";

    static async Task Confirm(CreditDesk desk, string block, ServerReply decided) => (await desk.Server.Post(Address(block, decided), new { }, CreditDesk.Max)).Expect(200);
}
