using Aval.Tests.Decisions;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Access;

public sealed class DeputiesOnSqlite(SqliteServer fixture) : DeputyTests(fixture), IClassFixture<SqliteServer>;

public sealed class DeputiesOnPostgres(PostgresServer fixture) : DeputyTests(fixture), IClassFixture<PostgresServer>;

/// <summary>Who decides in whose place. The limit is 10,000; an analyst may decide up to 25,000, a manager up to 250,000 and from 100,000 with a second person.</summary>
public abstract class DeputyTests(ServerFixture fixture)
{
    [Fact]
    public async Task A_deputy_decides_with_the_others_authority_within_the_days_and_both_names_are_kept()
    {
        var server = await fixture.StartedAsync();
        var (desk, maja, bert) = (new CreditDesk(server), await server.UserAsync("Maja", "creditManager"), await server.UserAsync("Bert", "creditAnalyst"));
        await desk.Payer("DP1", 10_000);
        var block = await desk.Order("DP1-1", "DP1", 40_000);
        (await desk.Decide(block, "release", by: bert)).Expect(403, "authority-exceeded");
        (await server.Post("/users/Maja/deputies", new { deputy = "Bert", from = "2026-03-03", until = "2026-03-06" }, by: maja)).Expect(200);
        (await desk.Decide(block, "release", by: bert)).Expect(403, "authority-exceeded");
        var named = (await server.Post("/users/Maja/deputies", new { deputy = "bert", until = "2026-03-06" }, by: maja)).Expect(200);
        Assert.Equal(("Maja", "Bert", "2026-03-02"), (named["person"], named["deputy"], named["from"]));
        Assert.Equal("""["Maja"]""", (await server.Get("/me", by: bert)).Expect(200)["deputyFor"]);
        var decision = (await desk.Decide(block, "release", by: bert)).Expect(200).Body.GetProperty("decision");
        Assert.Equal(("Bert", "Maja"), (decision.GetProperty("by").GetString(), decision.GetProperty("onBehalfOf").GetString()));
        var shown = (await server.Get($"/blocks/{block}")).Body.GetProperty("decisions")[0];
        Assert.Equal(("Maja", "creditManager"), (shown.GetProperty("onBehalfOf").GetString(), shown.GetProperty("role").GetString()));

        var small = await desk.Order("DP1-2", "DP1", 20_000);
        (await server.Delete($"/users/Maja/deputies/{named["id"]}", by: bert)).Expect(403, "not-permitted");
        (await server.Delete($"/users/Maja/deputies/{named["id"]}", by: maja)).Expect(200);
        (await server.Delete($"/users/Maja/deputies/{named["id"]}", by: maja)).Expect(404, "deputy-unknown");
        (await desk.Decide(small, "release", by: bert)).Expect(403, "authority-exceeded");
        Assert.Equal(1, (await server.Get("/users/Maja/deputies")).Expect(200).Body.GetProperty("deputies").GetArrayLength());
    }

    [Fact]
    public async Task A_deputy_decides_neither_on_what_they_entered_nor_on_what_the_other_did()
    {
        var server = await fixture.StartedAsync();
        var (desk, mona, boris) = (new CreditDesk(server), await server.UserAsync("Mona", "creditManager"), await server.UserAsync("Boris", "creditAnalyst"));
        (await server.Post("/users/Mona/deputies", new { deputy = "Boris", until = "2026-03-31" }, by: mona)).Expect(200);
        await desk.Payer("DP2", 10_000);
        var hers = await desk.Order("DP2-1", "DP2", 40_000, enteredBy: "Mona");
        (await desk.Decide(hers, "release", by: boris)).Expect(403, "authority-exceeded");
        var his = await desk.Order("DP2-2", "DP2", 40_000, enteredBy: "Boris");
        (await desk.Decide(his, "release", by: boris)).Expect(403, "own-order");
        await desk.Payer("DP4", 10_000);
        (await desk.Decide(await desk.Order("DP4-1", "DP4", 40_000), "release", by: boris)).Expect(200);
    }

    [Fact]
    public async Task Nobody_is_the_second_person_to_their_own_deputy_nor_a_deputy_to_whom_they_stand_for()
    {
        var server = await fixture.StartedAsync();
        var (desk, mira, bruno) = (new CreditDesk(server), await server.UserAsync("Mira", "creditManager"), await server.UserAsync("Bruno", "creditAnalyst"));
        (await server.Post("/users/Mira/deputies", new { deputy = "Bruno", until = "2026-03-31" }, by: mira)).Expect(200);
        await desk.Payer("DP3", 10_000);
        var block = await desk.Order("DP3-1", "DP3", 160_000);
        var his = await Pending(desk, block, bruno);
        (await server.Post(his, new { }, by: mira)).Expect(403, "same-person");
        var hers = await Pending(desk, block, mira);
        (await server.Post(hers, new { }, by: bruno)).Expect(403, "authority-exceeded");
        Assert.Equal("released", (await server.Post(hers, new { }, by: CreditDesk.Max)).Expect(200)["status"]);
    }

    [Fact]
    public async Task A_disabled_user_lends_no_authority()
    {
        var server = await fixture.StartedAsync();
        var (desk, milo, bo) = (new CreditDesk(server), await server.UserAsync("Milo", "creditManager"), await server.UserAsync("Boaz", "creditAnalyst"));
        (await server.Post("/users/Milo/deputies", new { deputy = "Boaz", until = "2026-03-31" }, by: milo)).Expect(200);
        (await server.Post("/users/Milo/disable", new { reason = "left" })).Expect(200);
        await desk.Payer("DP5", 10_000);
        (await desk.Decide(await desk.Order("DP5-1", "DP5", 40_000), "release", by: bo)).Expect(403, "authority-exceeded");
    }

    [Fact]
    public async Task A_deputy_is_named_by_the_one_or_by_an_administrator_for_days_to_come()
    {
        var server = await fixture.StartedAsync();
        var (una, ugo, adam) = (await server.UserAsync("Una", "creditAnalyst"), await server.UserAsync("Ugo", "creditAnalyst"), await server.UserAsync("Adam", "administrator"));
        (await server.Post("/users/Una/deputies", new { deputy = "Ugo", until = "2026-03-31" }, by: ugo)).Expect(403, "not-permitted");
        (await server.Post("/users/Una/deputies", new { deputy = "Ugo", until = "2026-03-31" }, by: "una-key:sales")).Expect(403, "not-permitted");
        (await server.Post("/users/Una/deputies", new { deputy = "Adam", until = "2026-03-31" }, by: adam)).Expect(422, "field-invalid");
        (await server.Post("/users/Una/deputies", new { deputy = "Ugo", until = "2026-03-31" }, by: adam)).Expect(200);
        (await server.Post("/users/Nobody/deputies", new { deputy = "Ugo", until = "2026-03-31" }, by: adam)).Expect(404, "user-unknown");
        foreach (var (body, field) in new (object, string)[]
        {
            (new { deputy = "Una", until = "2026-03-31" }, "deputy"), (new { deputy = "Nobody", until = "2026-03-31" }, "deputy"),
            (new { deputy = "Ugo", until = "2026-03-01" }, "until"), (new { deputy = "Ugo", from = "2026-03-01", until = "2026-03-31" }, "from"),
            (new { deputy = "Ugo", until = "2027-03-31" }, "until"), (new { deputy = "Ugo" }, "until"),
        })
            Assert.Equal(field, (await server.Post("/users/Una/deputies", body, by: una)).Expect(422, "field-invalid")["field"]);
    }

    [Fact]
    public async Task An_administrator_lends_nobody_more_than_they_have()
    {
        var server = await fixture.StartedAsync();
        var lene = await server.UserAsync("Lene", "leadership");
        var (anka, arne) = (await server.UserAsync("Anka", "creditAnalyst"), await server.UserAsync("Arne", "administrator"));
        var body = new { deputy = "Anka", until = "2026-03-31" };
        (await server.Post("/users/Lene/deputies", body, by: arne)).Expect(403, "access-same-person");
        (await server.Post("/users/Lene/deputies", body, by: anka)).Expect(403, "not-permitted");
        (await server.Post("/users/Lene/deputies", body, by: lene)).Expect(200);
        await server.UserAsync("Mara", "creditManager");
        (await server.Post("/users/Mara/deputies", body, by: arne)).Expect(403, "access-same-person");
        (await server.Post("/users/Mara/deputies", body, by: People.Head)).Expect(200);
        (await server.Post("/users/Anka/deputies", new { deputy = "Mara", until = "2026-03-31" }, by: arne)).Expect(403, "access-same-person");
    }

    [Fact]
    public async Task A_deputy_and_whom_they_stand_for_both_decide_something()
    {
        var server = await fixture.StartedAsync();
        var (uli, _, sina) = (await server.UserAsync("Uli", "creditManager"), await server.UserAsync("Saul", "sales"), await server.UserAsync("Sina", "sales"));
        var idle = (await server.Post("/users/Uli/deputies", new { deputy = "Saul", until = "2026-03-31" }, by: uli)).Expect(422, "deputy-cannot-decide");
        Assert.Contains("Saul decides nothing", idle["detail"], StringComparison.Ordinal);
        (await server.Post("/users/Sina/deputies", new { deputy = "Uli", until = "2026-03-31" }, by: sina)).Expect(422, "deputy-cannot-decide");
        Assert.Equal(0, (await server.Get("/users/Uli/deputies")).Expect(200).Body.GetProperty("deputies").GetArrayLength());
    }

    static async Task<string> Pending(CreditDesk desk, string block, string by)
    {
        var decided = (await desk.Decide(block, "release", by: by)).Expect(200);
        Assert.Equal("secondPerson", decided["pending"]);
        return $"/blocks/{block}/decisions/{decided.Body.GetProperty("decision").GetProperty("id").GetString()}/confirm";
    }
}
