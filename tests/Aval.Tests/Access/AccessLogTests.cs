using System.Data.Common;
using System.Text.Json;
using Aval.Kernel.Storage;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Access;

public sealed class AccessLogOnSqlite(SqliteServer fixture) : AccessLogTests(fixture), IClassFixture<SqliteServer>;

public sealed class AccessLogOnPostgres(PostgresServer fixture) : AccessLogTests(fixture), IClassFixture<PostgresServer>;

public abstract class AccessLogTests(ServerFixture fixture)
{
    [Fact]
    public async Task Who_came_in_and_who_was_refused_is_kept()
    {
        var server = await fixture.StartedAsync();
        var token = await server.UserAsync("Vera", "sales");
        await server.SignInAsync("vera", "wrong password");
        await server.SignInAsync("hunter2 typed as a name", "wrong password");
        (await server.Post("/sign-out", new { }, by: token)).Expect(200);
        var own = await Entries(server, "?who=Vera");
        Assert.Superset(new HashSet<string> { "signedIn", "passwordChanged", "signInRefused", "signedOut" }, own.Select(Event).ToHashSet(StringComparer.Ordinal));
        Assert.All(own, entry => Assert.Equal("person:Vera", entry.GetProperty("who").GetString()));
        Assert.Contains(await Entries(server, "?who=nobody"), entry => Event(entry) == "signInRefused");
        Assert.DoesNotContain("hunter2", (await server.Get("/access-log?limit=500")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_administered_is_kept_with_its_outcome_also_where_it_was_refused()
    {
        var server = await fixture.StartedAsync();
        (await server.Put("/users/Walt", new { roles = new[] { "sales" } }, by: "root-key:administrator")).Expect(200);
        (await server.Put("/users/Walt", new { roles = new[] { "boss" } }, by: "root-key:administrator")).Expect(422, "field-invalid");
        (await server.Put("/users/Walt", new { roles = new[] { "sales" } }, by: "curious:sales")).Expect(403, "not-permitted");
        (await server.Get("/access-log", by: "curious:sales")).Expect(403, "not-permitted");
        var told = (await Entries(server, "?who=root-key&limit=10")).Select(entry => entry.GetProperty("detail").GetString()).ToList();
        Assert.Equal(["PUT /api/v1/users/Walt 422", "PUT /api/v1/users/Walt 200"], told);
        Assert.Equal(
            ["GET /api/v1/access-log 403", "PUT /api/v1/users/Walt 403"],
            (await Entries(server, "?who=key:curious")).Select(entry => entry.GetProperty("detail").GetString()));
    }

    [Fact]
    public async Task Who_tries_without_a_key_is_kept_once_a_minute()
    {
        var server = await fixture.StartedAsync();
        for (var i = 0; i < 3; i++) (await server.Put("/users/Mallory", new { roles = new[] { "sales" } }, by: "nobody")).Expect(401, "key-unknown");
        (await server.Put("/users/Mallory", new { roles = new[] { "sales" } }, by: "aval_guessed")).Expect(401, "key-unknown");
        (await server.Delete("/users/Mallory/deputies/1", by: "aval_guessed")).Expect(401, "key-unknown");
        var told = (await Entries(server, "?who=nobody&limit=500")).Select(entry => entry.GetProperty("detail").GetString())
            .Where(detail => detail!.Contains("Mallory", StringComparison.Ordinal));
        Assert.Equal(["DELETE /api/v1/users/Mallory/deputies/1 401", "PUT /api/v1/users/Mallory 401"], told);
    }

    [Fact]
    public async Task It_is_read_page_by_page_and_by_days_by_those_who_may()
    {
        var server = await fixture.StartedAsync();
        for (var i = 0; i < 5; i++) await server.SignInAsync($"page {i}", "wrong password");
        var all = await Entries(server, "?who=nobody&limit=500");
        var (paged, cursor) = (new List<string?>(), (string?)null);
        do
        {
            var page = (await server.Get("/access-log?who=nobody&limit=2" + (cursor is null ? "" : "&cursor=" + cursor))).Expect(200);
            paged.AddRange(page.Body.GetProperty("entries").EnumerateArray().Select(Id));
            cursor = page.Body.GetProperty("next").GetString();
        }
        while (cursor is not null);
        Assert.Equal(all.Select(Id), paged.Take(all.Count));
        Assert.Empty(await Entries(server, "?to=2020-01-01"));
        Assert.Empty(await Entries(server, "?from=2999-01-01"));
        Assert.NotEmpty(await Entries(server, "?from=2020-01-01&to=2999-01-01"));
        (await server.Get("/access-log", by: "lead:leadership")).Expect(200);
        (await server.Get("/access-log?limit=0")).Expect(422, "field-invalid");
        (await server.Get("/access-log?from=yesterday")).Expect(422, "field-invalid");
        (await server.Get("/access-log?since=2020-01-01")).Expect(422, "field-unknown");
    }

    [Fact]
    public async Task The_database_itself_lets_it_only_grow()
    {
        var server = await fixture.StartedAsync();
        await server.SignInAsync("anybody", "wrong password");
        foreach (var sql in new[] { "UPDATE access_log SET who = 'nobody'", "DELETE FROM access_log" })
        {
            await using var connection = await server.Store.ConnectAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            var refused = await Assert.ThrowsAnyAsync<DbException>(() => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
            Assert.Contains("only grows", refused.Message, StringComparison.Ordinal);
        }
    }

    static async Task<IReadOnlyList<JsonElement>> Entries(RunningServer server, string query) =>
        [.. (await server.Get("/access-log" + query)).Expect(200).Body.GetProperty("entries").EnumerateArray()];

    static string Event(JsonElement entry) => entry.GetProperty("event").GetString()!;
    static string? Id(JsonElement entry) => entry.GetProperty("id").GetString();
}
