using Aval.Tests.Decisions;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Casework;

public sealed class LimitRequestsOnSqlite(SqliteServer fixture) : LimitRequests(fixture), IClassFixture<SqliteServer>;

public sealed class LimitRequestsOnPostgres(PostgresServer fixture) : LimitRequests(fixture), IClassFixture<PostgresServer>;

/// <summary>A limit beyond one's authority waits for another person. An analyst may 25,000, a manager 250,000 and alone 100,000, leadership anything.</summary>
public abstract class LimitRequests(ServerFixture fixture)
{
    [Fact]
    public async Task Authority_by_amount_says_who_sets_a_limit_at_once()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("L1", 1_000);
        foreach (var row in Table.Rows("""
            by                 limit     amount | status
            ana:creditAnalyst  amount     25000 | approved
            ana:creditAnalyst  amount     25001 | pendingApproval
            ana:creditAnalyst  amount       500 | approved
            ana:creditAnalyst  unlimited      - | pendingApproval
            ana:creditAnalyst  none           - | approved
            mia:creditManager  amount    100000 | approved
            mia:creditManager  amount    100001 | pendingApproval
            mia:creditManager  amount    300000 | pendingApproval
            lea:leadership     unlimited      - | approved
            ana:creditAnalyst  amount    900000 | approved
            """))
        {
            var amount = row["amount"] is "" or "-" ? (int?)null : row.Integer("amount");
            Assert.Equal((row.Text, row["status"]), (row.Text, (await Ask(desk, "L1", amount, row["by"], row["limit"])).Expect(200)["status"]));
        }
    }

    [Fact]
    public async Task A_limit_asked_for_holds_only_once_another_person_with_the_authority_has_approved_it()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        var server = desk.Server;
        await desk.Payer("L2", 1_000);
        await desk.Order("L2-1", "L2", 60_000);
        var asked = (await Ask(desk, "L2", 80_000, "sam:sales", path: "/limit-requests")).Expect(200);
        Assert.Equal("pendingApproval", asked["status"]);
        Assert.Equal("held limit-exceeded", await desk.State("L2-1"));
        var line = (await server.Get("/work?owner=credit&kind=limitRequest&customer=L2", CreditDesk.Mia)).Expect(200).Body.GetProperty("work")[0];
        Assert.Equal(("sam", 80_000m), (line.GetProperty("askedBy").GetString(), line.GetProperty("amount").GetDecimal()));
        Assert.Empty((await server.Get("/work?kind=limitRequest", "otto:accountsReceivable")).Expect(200).Body.GetProperty("work").EnumerateArray());
        (await server.Get($"/work/{line.GetProperty("id").GetString()}", "otto:accountsReceivable")).Expect(404, "work-unknown");

        var address = $"/limits/{asked["id"]}";
        (await server.Post($"{address}/approve", new { }, "sam:sales")).Expect(403, "not-permitted");
        var exceeded = (await server.Post($"{address}/approve", new { }, CreditDesk.Ana)).Expect(403, "limit-authority-exceeded");
        Assert.Contains("creditManager", exceeded["detail"], StringComparison.Ordinal);
        Assert.Equal("approved", (await server.Post($"{address}/approve", new { reason = "good payer" }, CreditDesk.Mia)).Expect(200)["status"]);
        Assert.Equal("released 60000", await desk.State("L2-1"));
        (await server.Post($"{address}/approve", new { }, CreditDesk.Mia)).Expect(409, "limit-not-pending");
        (await server.Post($"{address}/refuse", new { reason = "x" }, CreditDesk.Mia)).Expect(409, "limit-not-pending");
        (await server.Post("/limits/none/approve", new { }, CreditDesk.Mia)).Expect(404, "limit-unknown");
    }

    [Fact]
    public async Task Above_the_bound_two_people_approve_and_never_the_one_who_asked()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        var server = desk.Server;
        await desk.Payer("L3", 1_000);
        var own = (await Ask(desk, "L3", 150_000, CreditDesk.Mia)).Expect(200)["id"];
        (await server.Post($"/limits/{own}/approve", new { }, CreditDesk.Mia)).Expect(403, "limit-same-person");
        Assert.Equal("approved", (await server.Post($"/limits/{own}/approve", new { }, CreditDesk.Max)).Expect(200)["status"]);

        var asked = (await Ask(desk, "L3", 200_000, "cora:customerService", path: "/limit-requests")).Expect(200)["id"];
        Assert.Equal("pendingApproval", (await server.Post($"/limits/{asked}/approve", new { }, CreditDesk.Mia)).Expect(200)["status"]);
        (await server.Post($"/limits/{asked}/approve", new { }, CreditDesk.Mia)).Expect(403, "limit-same-person");
        Assert.Equal("approved", (await server.Post($"/limits/{asked}/approve", new { }, CreditDesk.Max)).Expect(200)["status"]);

        var refused = (await Ask(desk, "L3", 240_000, "cora:customerService", path: "/limit-requests")).Expect(200)["id"];
        (await server.Post($"/limits/{refused}/refuse", new { reason = " " }, CreditDesk.Ana)).Expect(422, "field-invalid");
        Assert.Equal("refused", (await server.Post($"/limits/{refused}/refuse", new { reason = "their balance sheet" }, CreditDesk.Ana)).Expect(200)["status"]);
        Assert.Equal("their balance sheet", (await server.Get($"/work/{refused}-request")).Expect(200)["answer"]);
        Assert.Equal(200_000m, (await server.Get("/customers/L3/exposure")).Expect(200).Body.GetProperty("limit").GetProperty("amount").GetDecimal());
        Assert.Equal("True", (await server.Get("/journal/verify")).Expect(200)["valid"]);
    }

    /// <summary>A group without a limit is not asked; what a temporary limit covers today is freed on the day after its last.</summary>
    [Fact]
    public async Task What_a_limit_frees_on_any_day_of_its_own_counts()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        var server = desk.Server;
        await desk.Payer("L4-G", 1_000);
        await desk.Payer("L4", 100_000);
        (await server.Put("/customers/L4", new { group = "L4-G" })).Expect(200);
        await Put("L4-G", "amount", 20_000, null, "approved", level: "group");
        await desk.Order("L4-1", "L4", 90_000);
        await Put("L4-G", "none", null, CreditDesk.Ana, "pendingApproval", level: "group");
        Assert.Equal("held limit-exceeded", await desk.State("L4-1"));
        await Put("L4-G", "amount", 19_000, CreditDesk.Ana, "approved", level: "group");

        await desk.Payer("L5", 20_000);
        await Put("L5", "amount", 50_000, null, "approved", term: "temporary", to: "2026-03-10");
        foreach (var row in Table.Rows("""
            amount  from        | status
            45000   2026-03-02  | pendingApproval
            45000   2026-04-01  | pendingApproval
            25000   2026-04-01  | approved
            15000   2026-03-02  | approved
            """))
            await Put("L5", "amount", row.Integer("amount"), CreditDesk.Ana, row["status"], from: row["from"]);

        async Task Put(
            string customer, string limit, int? amount, string? by, string status, string level = "payer", string term = "standing", string from = "2026-03-02",
            string? to = null) => Assert.Equal((customer, amount, from, status), (customer, amount, from, (await server.Post("/limits", new
            {
                customer, level, kind = term, limit, amount, currency = "EUR", validFrom = from, validTo = to, reason = "they grow",
                mode = term == "temporary" ? "replaces" : null,
            }, by)).Expect(200)["status"]));
    }

    static Task<ServerReply> Ask(CreditDesk desk, string customer, int? amount, string by, string limit = "amount", string path = "/limits")
    {
        var body = new Dictionary<string, object>
        {
            ["customer"] = customer, ["kind"] = "standing", ["limit"] = limit, ["currency"] = "EUR", ["validFrom"] = "2026-03-02", ["reason"] = "they grow",
        };
        if (amount is { } given) body["amount"] = given;
        return desk.Server.Post(path, body, by);
    }
}
