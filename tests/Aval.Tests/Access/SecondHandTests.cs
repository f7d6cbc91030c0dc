using Aval.Tests.Infrastructure;

namespace Aval.Tests.Access;

public sealed class SecondHandOnSqlite(SqliteServer fixture) : SecondHandTests(fixture), IClassFixture<SqliteServer>;

public sealed class SecondHandOnPostgres(PostgresServer fixture) : SecondHandTests(fixture), IClassFixture<PostgresServer>;

/// <summary>An administrator alone lets in nobody who decides: neither by a role nor by a password. The company is led by Helga, whom the bootstrap key set up.</summary>
public abstract class SecondHandTests(ServerFixture fixture)
{
    [Fact]
    public async Task A_role_that_decides_gives_nothing_until_leadership_has_accepted_it()
    {
        var (server, helga, ada) = await CompanyAsync();
        foreach (var role in new[] { "customerService", "creditAnalyst", "creditManager", "leadership" })
        {
            var name = "New " + role;
            var asked = (await server.Put($"/users/{Uri.EscapeDataString(name)}", new { roles = new[] { "quality", role } }, ada)).Expect(200);
            Assert.Equal(("""["quality"]""", $"""["{role}"]"""), (asked["roles"], asked["pendingRoles"]));
        }

        var address = "/users/New%20creditManager/pending-roles";
        (await server.Post($"{address}/accept", new { reason = "mine" }, ada)).Expect(403, "not-permitted");
        (await server.Post($"{address}/accept", new { reason = "set up" })).Expect(403, "access-same-person");
        (await server.Post($"{address}/accept", new { reason = " " }, helga)).Expect(422, "field-invalid");
        var accepted = (await server.Post($"{address}/accept", new { reason = "hired" }, helga)).Expect(200);
        Assert.Equal(("""["creditManager","quality"]""", "[]"), (accepted["roles"], accepted["pendingRoles"]));
        (await server.Post($"{address}/accept", new { reason = "again" }, helga)).Expect(409, "roles-not-pending");
        (await server.Post("/users/nobody/pending-roles/accept", new { reason = "x" }, helga)).Expect(404, "user-unknown");
        Assert.Contains("acceptRoles", (await server.Get("/journal?limit=500")).Text, StringComparison.Ordinal);

        // Asked for again and refused; and a role that they have is theirs while another waits.
        var more = (await server.Put("/users/New%20creditManager", new { roles = new[] { "creditManager", "leadership" } }, ada)).Expect(200);
        Assert.Equal(("""["creditManager"]""", """["leadership"]"""), (more["roles"], more["pendingRoles"]));
        var refused = (await server.Post($"{address}/refuse", new { reason = "no" }, helga)).Expect(200);
        Assert.Equal(("""["creditManager"]""", "[]"), (refused["roles"], refused["pendingRoles"]));
    }

    [Fact]
    public async Task Whoever_waits_signs_in_and_may_do_nothing_that_decides()
    {
        var (server, helga, ada) = await CompanyAsync();
        (await server.Put("/users/Waiter", new { roles = new[] { "creditManager" } }, ada)).Expect(200);
        var first = (await server.Post("/users/Waiter/password", new { }, ada)).Expect(200)["password"]!;
        var second = (await server.Post("/users/Waiter/password/second-half", new { }, helga)).Expect(200)["password"]!;
        var waiter = (await server.Post("/sign-in", new { name = "Waiter", password = first + second, newPassword = People.Password }, by: "nobody")).Expect(200)["token"]!;
        (await server.Get("/orders/none", by: waiter)).Expect(403, "not-permitted");
        (await server.Post("/users/Waiter/pending-roles/accept", new { reason = "hired" }, helga)).Expect(200);
        (await server.Get("/orders/none", by: waiter)).Expect(404, "order-unknown");
    }

    [Fact]
    public async Task Of_a_password_for_who_decides_nobody_but_they_has_both_halves()
    {
        var (server, helga, ada) = await CompanyAsync();
        (await server.Put("/users/Mina", new { roles = new[] { "creditManager" } }, ada)).Expect(200);
        (await server.Post("/users/Mina/password/second-half", new { }, helga)).Expect(409, "second-half-missing");
        var first = (await server.Post("/users/Mina/password", new { }, ada)).Expect(200);
        Assert.Equal("True", first["isHalf"]);
        (await server.Post("/sign-in", new { name = "Mina", password = first["password"], newPassword = People.Password }, by: "nobody")).Expect(401, "sign-in-refused");
        (await server.Post("/users/Mina/password/second-half", new { }, ada)).Expect(403, "not-permitted");
        (await server.Post("/users/Mina/password/second-half", new { })).Expect(403, "access-same-person");
        var second = (await server.Post("/users/Mina/password/second-half", new { }, helga)).Expect(200)["password"]!;
        (await server.Post("/users/Mina/password/second-half", new { }, helga)).Expect(409, "second-half-missing");
        (await server.Post("/sign-in", new { name = "Mina", password = second, newPassword = People.Password }, by: "nobody")).Expect(401, "sign-in-refused");
        (await server.Post("/sign-in", new { name = "Mina", password = first["password"] + second, newPassword = People.Password }, by: "nobody")).Expect(200);

        // Who leads the company has it in halves too; who decides nothing has it whole.
        Assert.Equal("True", (await server.Post("/users/Helga/password", new { }, ada)).Expect(200)["isHalf"]);
        (await server.Put("/users/Quirin", new { roles = new[] { "quality" } }, ada)).Expect(200);
        Assert.Equal("False", (await server.Post("/users/Quirin/password", new { }, ada)).Expect(200)["isHalf"]);
    }

    [Fact]
    public async Task The_bootstrap_key_is_asked_for_a_second_person_like_anybody_once_somebody_leads_the_company()
    {
        var (server, helga, _) = await CompanyAsync();
        Assert.Equal("""["creditAnalyst"]""", (await server.Put("/users/Late", new { roles = new[] { "creditAnalyst" } })).Expect(200)["pendingRoles"]);
        Assert.Equal("True", (await server.Post("/users/Late/password", new { })).Expect(200)["isHalf"]);
        (await server.Post("/users/Late/pending-roles/accept", new { reason = "known" }, helga)).Expect(200);
    }

    [Fact]
    public async Task A_key_that_has_run_out_is_not_made()
    {
        var (server, _, _) = await CompanyAsync();
        Assert.Equal("expires", (await server.Post("/api-keys", new { name = "old", roles = new[] { "sales" }, expires = "2026-03-01" })).Expect(422, "field-invalid")["field"]);
        (await server.Post("/api-keys", new { name = "last day", roles = new[] { "sales" }, expires = "2026-03-02" })).Expect(201);
    }

    async Task<(RunningServer Server, string Helga, string Ada)> CompanyAsync()
    {
        var server = await fixture.StartedAsync();
        if ((await server.Get("/users/Helga")).Status != 200)
            return (server, await server.UserAsync("Helga", "leadership"), await server.UserAsync("Ada", "administrator"));
        // The tests of one class share a server, on which somebody may have taken Helga's password.
        return (server, await server.UserAsync("Helga " + Guid.NewGuid().ToString("N")[..6], "leadership"), 
            await server.UserAsync("Ada " + Guid.NewGuid().ToString("N")[..6], "administrator"));
    }
}
