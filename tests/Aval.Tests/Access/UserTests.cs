using Aval.Access.Rules;
using Aval.Kernel.Web;
using Aval.Tests.Decisions;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Access;

public sealed class UsersOnSqlite(SqliteServer fixture) : UserTests(fixture), IClassFixture<SqliteServer>;

public sealed class UsersOnPostgres(PostgresServer fixture) : UserTests(fixture), IClassFixture<PostgresServer>;

public abstract class UserTests(ServerFixture fixture)
{
    [Fact]
    public async Task A_user_chooses_a_password_at_the_first_sign_in_and_acts_in_their_roles()
    {
        var server = await fixture.StartedAsync();
        var entered = (await server.Put("/users/Clara%20N", new { roles = new[] { "quality" }, fullName = "Clara Novak", email = "clara@example.com" })).Expect(200);
        Assert.Equal("singleSignOn", entered["signsInBy"]);
        (await server.SignInAsync("Clara N", "anything at all")).Expect(401, "sign-in-refused");
        var given = (await server.Post("/users/Clara%20N/password", new { })).Expect(200)["password"]!;
        (await server.SignInAsync("Clara N", given)).Expect(403, "password-one-time");
        foreach (var weak in new[] { "short", given, "aaaaaaaaaaaabbbb", "this is clara n's own" })
        {
            var refused = (await server.Post("/sign-in", new { name = "Clara N", password = given, newPassword = weak }, by: "nobody")).Expect(422, "field-invalid");
            Assert.Equal("newPassword", refused["field"]);
        }

        var token = (await server.Post("/sign-in", new { name = "clara n", password = given, newPassword = People.Password }, by: "nobody")).Expect(200)["token"]!;
        var me = (await server.Get("/me", by: token)).Expect(200);
        Assert.Equal(("person", "Clara N", """["quality"]"""), (me["kind"], me["name"], me["roles"]));
        (await server.Get("/api-keys", by: token)).Expect(403, "not-permitted");
        (await server.SignInAsync("Clara N", given)).Expect(401, "sign-in-refused");
        (await server.SignInAsync("Clara N")).Expect(200);
        Assert.Equal("password", (await server.Get("/users/clara%20n")).Expect(200)["signsInBy"]);
    }

    [Fact]
    public async Task Passwords_tokens_and_their_hashes_reach_neither_the_journal_nor_a_list()
    {
        var server = await fixture.StartedAsync();
        var token = await server.UserAsync("Secretive", "sales");
        foreach (var address in new[] { "/journal?limit=500", "/users", "/users/Secretive", "/access-log?limit=500", "/api-keys" })
        {
            var text = (await server.Get(address)).Expect(200).Text;
            Assert.DoesNotContain(People.Password, text, StringComparison.Ordinal);
            Assert.DoesNotContain(token, text, StringComparison.Ordinal);
            Assert.DoesNotContain(Aval.Access.ApiKey.HashOf(token), text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_name_that_is_tried_too_often_is_locked_whether_there_is_such_a_user_or_not()
    {
        var server = await fixture.StartedAsync();
        await server.UserAsync("Locke", "sales");
        foreach (var name in new[] { "Locke", "Nobody Knows" })
        {
            for (var i = 0; i < 5; i++) (await server.SignInAsync(name, "wrong password")).Expect(401, "sign-in-refused");
            (await server.SignInAsync(name)).Expect(429, "sign-in-locked");
            (await server.SignInAsync(name.ToUpperInvariant())).Expect(429, "sign-in-locked");
        }

        (await server.Post("/users/Locke/password", new { })).Expect(200);
        (await server.SignInAsync("Locke")).Expect(401, "sign-in-refused");
    }

    [Fact]
    public async Task Many_guesses_at_once_are_no_more_than_one_after_the_other()
    {
        var server = await fixture.StartedAsync();
        await server.UserAsync("Gus", "sales");
        var replies = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => server.SignInAsync("Gus", $"a guess number {i}")));
        Assert.Equal(5, replies.Count(reply => reply.Code == "sign-in-refused"));
        Assert.Equal(7, replies.Count(reply => reply.Code == "sign-in-locked"));
    }

    [Fact]
    public async Task Another_password_ends_the_other_sessions_and_keeps_this_one()
    {
        var server = await fixture.StartedAsync();
        var first = await server.UserAsync("Olga", "orderManager");
        var second = (await server.SignInAsync("Olga")).Expect(200)["token"]!;
        (await server.Put("/me/password", new { password = "not this one at all", newPassword = "another good one" }, by: first)).Expect(401, "sign-in-refused");
        (await server.Put("/me/password", new { password = People.Password, newPassword = "short" }, by: first)).Expect(422, "field-invalid");
        Assert.Equal("1", (await server.Put("/me/password", new { password = People.Password, newPassword = "another good one" }, by: first)).Expect(200)["ended"]);
        (await server.Get("/me", by: first)).Expect(200);
        (await server.Get("/me", by: second)).Expect(401, "key-unknown");
        (await server.SignInAsync("Olga")).Expect(401, "sign-in-refused");
        (await server.SignInAsync("Olga", "another good one")).Expect(200);
        (await server.Put("/me/password", new { password = "x", newPassword = "y" }, by: "some-key:sales")).Expect(409, "no-user");
    }

    [Fact]
    public async Task A_user_sees_their_sessions_and_ends_them()
    {
        var server = await fixture.StartedAsync();
        var first = await server.UserAsync("Sid", "sales");
        var second = (await server.SignInAsync("Sid")).Expect(200)["token"]!;
        var sessions = (await server.Get("/me/sessions", by: first)).Expect(200).Body.GetProperty("sessions").EnumerateArray().ToList();
        Assert.Equal(2, sessions.Count);
        var other = sessions.Single(session => !session.GetProperty("current").GetBoolean()).GetProperty("id").GetString();
        (await server.Delete($"/me/sessions/{other}", by: first)).Expect(200);
        (await server.Delete($"/me/sessions/{other}", by: first)).Expect(404, "session-unknown");
        (await server.Get("/me", by: second)).Expect(401, "key-unknown");
        Assert.Equal("True", (await server.Post("/sign-out", new { }, by: first)).Expect(200)["ended"]);
        (await server.Get("/me", by: first)).Expect(401, "key-unknown");
        await server.SignInAsync("Sid");
        Assert.Equal("1", (await server.Delete("/users/Sid/sessions")).Expect(200)["ended"]);
    }

    [Fact]
    public async Task A_disabled_user_is_out_at_once_and_other_roles_count_at_once()
    {
        var server = await fixture.StartedAsync();
        var token = await server.UserAsync("Dora", "sales");
        (await server.Put("/users/dora", new { roles = new[] { "billing" } })).Expect(200);
        Assert.Equal("""["billing"]""", (await server.Get("/me", by: token)).Expect(200)["roles"]);
        (await server.Post("/users/Dora/disable", new { reason = " " })).Expect(422, "field-invalid");
        (await server.Post("/users/Dora/disable", new { reason = "has left" })).Expect(200);
        (await server.Get("/me", by: token)).Expect(401, "key-unknown");
        (await server.SignInAsync("Dora")).Expect(401, "sign-in-refused");
        (await server.Post("/users/Dora/enable", new { reason = "is back" })).Expect(200);
        (await server.SignInAsync("Dora")).Expect(200);
        (await server.Post("/users/Nobody/disable", new { reason = "x" })).Expect(404, "user-unknown");
        Assert.Contains("has left", (await server.Get("/journal?limit=500")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_changes_their_own_rights()
    {
        var server = await fixture.StartedAsync();
        var ada = await server.UserAsync("Ada", "administrator");
        (await server.Put("/users/ADA", new { roles = new[] { "administrator", "sales" } }, by: ada)).Expect(403, "own-account");
        (await server.Post("/users/Ada/password", new { }, by: ada)).Expect(403, "own-account");
        (await server.Put("/users/Bea", new { roles = new[] { "sales" } }, by: ada)).Expect(200);
        var lea = await server.UserAsync("Lea", "leadership");
        (await server.Post("/users/Lea/role-conflicts", new { roles = new[] { "leadership", "billing", "sales" }, reason = "mine" }, by: lea)).Expect(403, "own-account");
    }

    [Fact]
    public async Task Roles_that_should_lie_apart_are_given_once_leadership_has_said_why()
    {
        var server = await fixture.StartedAsync();
        var ada = await server.UserAsync("Anne", "administrator");
        var both = new { roles = new[] { "sales", "creditManager" } };
        Assert.Contains("sales and creditManager", (await server.Put("/users/Kim", both, by: ada)).Expect(409, "roles-conflict")["detail"], StringComparison.Ordinal);
        (await server.Put("/users/Kim", both)).Expect(409, "roles-conflict");
        (await server.Post("/users/Kim/role-conflicts", new { both.roles, reason = "we are three people" }, by: ada)).Expect(403, "not-permitted");
        (await server.Post("/users/Kim/role-conflicts", new { roles = new[] { "sales" }, reason = "x" })).Expect(422, "field-invalid");
        (await server.Post("/users/Kim/role-conflicts", new { both.roles, reason = "we are three people" }, by: "lena:leadership")).Expect(200);
        (await server.Put("/users/Kim", new { roles = new[] { "sales", "creditManager", "billing" } }, by: ada)).Expect(409, "roles-conflict");
        var kim = (await server.Put("/users/kim", both, by: ada)).Expect(200);
        Assert.Equal("we are three people", kim.Body.GetProperty("acceptedConflicts")[0].GetProperty("reason").GetString());
        (await server.Put("/users/Tim", both, by: ada)).Expect(409, "roles-conflict");
        (await server.Post("/api-keys", new { name = "tool", both.roles }, by: ada)).Expect(409, "roles-conflict");
        Assert.Contains("acceptRoleConflict", (await server.Get("/journal?limit=500")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_decides_is_made_by_an_administrator_once_leadership_has_said_why()
    {
        var server = await fixture.StartedAsync();
        var (olga, carl) = (await server.UserAsync("Olga", "administrator"), await server.UserAsync("Carl", "creditManager"));
        foreach (var role in new[] { "leadership", "creditManager", "creditAnalyst", "customerService" })
            (await server.Post("/api-keys", new { name = "robot", roles = new[] { role } }, by: olga)).Expect(409, "key-decides");
        (await server.Post("/api-keys", new { name = "robot", roles = new[] { "creditManager" }, rights = new[] { "decideBlocks" } }, by: olga)).Expect(409, "key-decides");
        (await server.Post("/api-keys", new { name = "shop2", roles = new[] { "customerService" }, rights = new[] { "enterOrders" } }, by: olga)).Expect(201);
        (await server.Post("/api-keys", new { name = "wall", roles = new[] { "leadership" }, readOnly = true }, by: olga)).Expect(201);

        (await server.Post("/users/robot/role-conflicts", new { roles = new[] { "sales" }, reason = "x", key = true }, by: "lena:leadership")).Expect(422, "field-invalid");
        foreach (var name in new[] { "robot", "twin" })
            (await server.Post($"/users/{name}/role-conflicts", new { roles = new[] { "creditManager" }, reason = "releases by night", key = true }, by: "lena:leadership"))
                .Expect(200);
        var robot = (await server.Post("/api-keys", new { name = "robot", roles = new[] { "creditManager" } }, by: olga)).Expect(201)["key"]!;
        var twin = (await server.Post("/api-keys", new { name = "twin", roles = new[] { "creditManager" } }, by: olga)).Expect(201)["key"]!;
        (await server.Post("/api-keys", new { name = "robot", roles = new[] { "leadership" } }, by: olga)).Expect(409, "key-decides");

        var desk = new CreditDesk(server);
        await desk.Payer("KD", 150_000);
        var block = await desk.Order("KD-1", "KD", 160_000);
        var decision = (await desk.Decide(block, "release", by: robot)).Expect(200).Body.GetProperty("decision");
        Assert.Equal("key", decision.GetProperty("byKind").GetString());
        var address = $"/blocks/{block}/decisions/{decision.GetProperty("id").GetString()}/confirm";
        (await server.Post(address, new { }, by: twin)).Expect(403, "same-person");
        (await server.Post(address, new { }, by: carl)).Expect(200);
    }

    [Fact]
    public void Every_role_that_may_decide_anything_is_one_of_a_key_that_decides()
    {
        var deciding = Api.Of(new(Capabilities.All)).Addresses.Select(address => address.Permission).Where(right => DecidingKeys.Rights.Contains(right.Code)).ToList();
        Assert.Equal(DecidingKeys.Rights.Order(StringComparer.Ordinal), deciding.Select(right => right.Code).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(DecidingKeys.Roles.Order(StringComparer.Ordinal), deciding.SelectMany(right => right.Roles).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Nobody_gets_a_key_in_hand_by_rotating_one_that_decides()
    {
        var server = await fixture.StartedAsync();
        var olaf = await server.UserAsync("Olaf", "administrator");
        (await server.Post("/api-keys", new { name = "chief", roles = new[] { "leadership" } })).Expect(201);
        (await server.Post("/api-keys/chief/rotate", new { }, by: olaf)).Expect(409, "key-decides");
        (await server.Post("/api-keys/chief/rotate", new { })).Expect(201);
    }

    [Fact]
    public async Task A_key_has_no_users_name_nor_a_user_a_keys()
    {
        var server = await fixture.StartedAsync();
        await server.UserAsync("Cleo", "creditManager");
        Assert.Equal("name", (await server.Post("/api-keys", new { name = "cleo", roles = new[] { "sales" } })).Expect(422, "field-invalid")["field"]);
        (await server.Post("/api-keys", new { name = "till", roles = new[] { "sales" } })).Expect(201);
        Assert.Equal("name", (await server.Put("/users/Till", new { roles = new[] { "sales" } })).Expect(422, "field-invalid")["field"]);
    }

    [Theory]
    [InlineData("""{"roles":["boss"]}""", "roles[0]")]
    [InlineData("""{"roles":[]}""", "roles")]
    [InlineData("""{}""", "roles")]
    [InlineData("""{"roles":["sales"],"email":"nowhere"}""", "email")]
    [InlineData("""{"roles":"sales"}""", "roles")]
    public async Task A_user_without_a_role_or_with_what_is_none_is_refused(string body, string field)
    {
        var server = await fixture.StartedAsync();
        Assert.Equal(field, (await server.SendAsync(HttpMethod.Put, "/users/X", RunningServer.Raw(body))).Expect(422, "field-invalid")["field"]);
        (await server.Get("/users/X")).Expect(404, "user-unknown");
    }

    [Fact]
    public async Task The_name_of_the_bootstrap_key_is_nobodys() =>
        (await (await fixture.StartedAsync()).Put("/users/Bootstrap", new { roles = new[] { "sales" } })).Expect(422, "field-invalid");
}

/// <summary>What passwords must be like and which roles lie apart: rules, without a server.</summary>
public sealed class AccessRulesTests
{
    [Fact]
    public void A_password_is_long_and_not_the_name() => Table.Check("""
        password          name   | good
        eleven-char       maria  | no
        twelve-chars      maria  | yes
        aaaaaaaaaaaa      maria  | no
        abcdabcdabcd      maria  | no
        abcdeabcdeab      maria  | yes
        Maria-is-happy    maria  | no
        my-own-password   my     | yes
        """, row => Assert.Equal(row["good"] == "yes", PasswordRule.Fault(row["password"], row["name"]) is null));

    [Fact]
    public void A_password_of_endless_length_is_refused()
    {
        Assert.Null(PasswordRule.Fault(string.Concat(Enumerable.Repeat("abcdefgh", 16)), "maria"));
        Assert.NotNull(PasswordRule.Fault(string.Concat(Enumerable.Repeat("abcdefgh", 16)) + "x", "maria"));
    }

    [Fact]
    public void Some_duties_lie_apart() => Table.Check("""
        roles                            | conflicts
        customerService,creditAnalyst    | 1
        sales,orderManager,billing       | 2
        masterData,creditManager         | 1
        accountsReceivable,finance       | 1
        administrator,leadership         | 1
        creditAnalyst,creditManager      | 0
        accountsReceivable,collector     | 0
        sales                            | 0
        masterData,finance               | 0
        sales,creditManager,leadership   | 2
        """, row => Assert.Equal(int.Parse(row["conflicts"], null), RoleConflicts.Of(row["roles"].Split(',')).Count));
}
