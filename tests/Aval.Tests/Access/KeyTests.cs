using System.Diagnostics;
using System.Net.Http.Headers;
using Aval.Access;
using Aval.Kernel.Web;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Access;

public sealed class KeysOnSqlite(SqliteServer fixture) : KeyTests(fixture), IClassFixture<SqliteServer>;

public sealed class KeysOnPostgres(PostgresServer fixture) : KeyTests(fixture), IClassFixture<PostgresServer>;

public abstract class KeyTests(ServerFixture fixture)
{
    [Fact]
    public async Task A_key_is_shown_once_and_acts_in_its_roles()
    {
        var server = await fixture.StartedAsync();
        var made = (await server.Post("/api-keys", new { name = "erp", roles = new[] { "billing", "sales", "billing" } })).Expect(201);
        var key = made["key"]!;
        Assert.Matches("^aval_[A-Za-z0-9_-]{43}$", key);
        (await server.Get("/company", by: key)).Expect(200);
        (await server.Get("/api-keys", by: key)).Expect(403, "not-permitted");
        var listed = (await server.Get("/api-keys")).Expect(200).Text;
        Assert.Contains("""{"name":"erp","roles":["sales","billing"],"expires":null,""", listed, StringComparison.Ordinal);
        Assert.Contains("\"createdBy\":\"bootstrap\"", listed, StringComparison.Ordinal);
        Assert.DoesNotContain(key, listed, StringComparison.Ordinal);
        Assert.DoesNotContain(ApiKey.HashOf(key), listed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_an_administrator_makes_keys()
    {
        var server = await fixture.StartedAsync();
        foreach (var role in Roles.All.Where(role => role != Roles.Administrator))
            (await server.Post("/api-keys", Key("x"), by: $"one-{role}:{role}")).Expect(403, "not-permitted");
        (await server.Post("/api-keys", Key("x"), by: "ada:administrator")).Expect(201);
    }

    [Fact]
    public async Task A_revoked_key_no_longer_opens_and_another_of_the_same_name_can_be_made()
    {
        var server = await fixture.StartedAsync();
        var keys = new List<string>();
        for (var i = 0; i < 2; i++) keys.Add((await server.Post("/api-keys", Key("wms/1"))).Expect(201)["key"]!);
        Assert.NotEqual(keys[0], keys[1]);
        foreach (var key in keys) (await server.Get("/company", by: key)).Expect(200);
        Assert.Equal("2", (await server.Delete("/api-keys/wms%2F1")).Expect(200)["revoked"]);
        foreach (var key in keys) (await server.Get("/company", by: key)).Expect(401, "key-unknown");
        (await server.Delete("/api-keys/wms%2F1")).Expect(404, "api-key-unknown");
        var again = (await server.Post("/api-keys", Key("wms/1"))).Expect(201)["key"]!;
        (await server.Get("/company", by: again)).Expect(200);
    }

    [Fact]
    public async Task A_key_is_never_shown_again_to_a_call_that_is_repeated()
    {
        var server = await fixture.StartedAsync();
        (await server.Post("/api-keys", Key("twice"), key: "make-twice")).Expect(201);
        (await server.Post("/api-keys", Key("twice"), key: "make-twice")).Expect(409, "api-key-shown-once");
        Assert.Equal("1", (await server.Delete("/api-keys/twice")).Expect(200)["revoked"]);
    }

    [Theory]
    [InlineData("""{"name":"a","roles":["boss"]}""", "roles[0]")]
    [InlineData("""{"name":"a","roles":["sales","*"]}""", "roles[1]")]
    [InlineData("""{"name":"a","roles":["Sales"]}""", "roles[0]")]
    [InlineData("""{"name":"a","roles":[]}""", "roles")]
    [InlineData("""{"name":"a"}""", "roles")]
    [InlineData("""{"name":"","roles":["sales"]}""", "name")]
    [InlineData("""{"name":"bootstrap","roles":["sales"]}""", "name")]
    [InlineData("""{"name":"a","roles":["sales"],"expires":"soon"}""", "expires")]
    public async Task A_key_for_nobody_or_for_no_role_is_refused(string body, string field)
    {
        var server = await fixture.StartedAsync();
        Assert.Equal(field, (await server.SendAsync(HttpMethod.Post, "/api-keys", RunningServer.Raw(body))).Expect(422, "field-invalid")["field"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer " + RunningServer.AdminKey + "x")]
    [InlineData("Bearer aval_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Basic " + RunningServer.AdminKey)]
    [InlineData(RunningServer.AdminKey)]
    public async Task Without_a_key_that_is_known_nothing_opens(string? header)
    {
        var server = await fixture.StartedAsync();
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, "/api/v1/company"));
        if (header is not null) request.Headers.TryAddWithoutValidation("Authorization", header);
        request.Headers.Add("Cookie", "key=" + RunningServer.AdminKey);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        (await ServerReply.Of(response)).Expect(401, "key-unknown");
        Assert.Equal("Bearer", Assert.Single(response.Headers.WwwAuthenticate).Scheme);
    }

    [Fact]
    public async Task The_scheme_may_be_written_in_any_case()
    {
        var server = await fixture.StartedAsync();
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, "/api/v1/company"));
        request.Headers.Authorization = new AuthenticationHeaderValue("bearer", RunningServer.AdminKey);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)response.StatusCode);
    }

    [Fact]
    public async Task Guessing_costs_the_database_five_looks_a_second_at_most()
    {
        var server = await fixture.StartedAsync();
        var keys = server.Get<IKeys>();
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 4; i++) Assert.Null(await keys.FindAsync($"aval_guess-{i}", CancellationToken.None));
        Assert.True(watch.Elapsed > TimeSpan.FromMilliseconds(700), "four guesses one after the other had more than five looks a second");
        watch.Restart();
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 20_000).Select(i => keys.FindAsync($"aval_guess-{i}", CancellationToken.None).AsTask())), Assert.Null);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(3), "twenty thousand guesses at once did not share a look");
    }

    static object Key(string name) => new { name, roles = new[] { "sales" } };
}

/// <summary>Keys on several nodes and over time: each test starts its own servers.</summary>
public sealed class KeysOverTime(PostgresCluster cluster)
{
    [Fact]
    public async Task A_key_made_on_one_node_works_on_the_other_and_a_revoked_one_stops_there_soon()
    {
        var options = RunningServer.NewStore(cluster);
        await using var first = await RunningServer.StartAsync(options);
        await using var second = await RunningServer.StartAsync(options with { Data = RunningServer.NewStore(cluster).Data });
        var key = (await first.Post("/api-keys", new { name = "erp", roles = new[] { "sales" } })).Expect(201)["key"]!;
        (await second.Get("/company", by: key)).Expect(200);
        (await first.Delete("/api-keys/erp")).Expect(200);
        (await first.Get("/company", by: key)).Expect(401, "key-unknown");
        var watch = Stopwatch.StartNew();
        while ((await second.Get("/company", by: key)).Status == 200)
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(6), "the other node still takes the key");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_key_works_through_its_last_day_and_after_a_restart()
    {
        var options = RunningServer.NewStore(null);
        string key;
        await using (var server = await RunningServer.StartAsync(options, keep: true))
            key = (await server.Post("/api-keys", new { name = "temp", roles = new[] { "sales" }, expires = "2026-03-05" })).Expect(201)["key"]!;
        await using var again = await RunningServer.StartAsync(options);
        (await again.Post("/clock", new { today = "2026-03-05" })).Expect(200);
        (await again.Get("/company", by: key)).Expect(200);
        (await again.Post("/clock", new { today = "2026-03-06" })).Expect(200);
        var watch = Stopwatch.StartNew();
        while ((await again.Get("/company", by: key)).Status == 200)
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(6), "the key outlives its last day");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_store_without_keys_gets_one_for_the_run_and_one_with_keys_does_not()
    {
        var options = RunningServer.NewStore(null) with { AdminKey = null };
        string key;
        await using (var server = await RunningServer.StartAsync(options, keep: true))
        {
            key = server.Get<Keyring>().MakeBootstrapKey()!;
            (await server.Get("/company", by: key)).Expect(200);
            (await server.Post("/api-keys", new { name = "ada", roles = new[] { "administrator" } }, by: key)).Expect(201);
        }

        await using var again = await RunningServer.StartAsync(options);
        Assert.Null(again.Get<Keyring>().MakeBootstrapKey());
        (await again.Get("/company", by: key)).Expect(401, "key-unknown");
    }
}
