using System.Globalization;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Web;

/// <summary>A key that sends more than it may is told when to come again, and nobody else notices.</summary>
public sealed class RateLimitTests(SqliteServer fixture) : IClassFixture<SqliteServer>
{
    static readonly object[] Wrong = [0, -1, 100_001];

    [Fact]
    public async Task A_key_with_a_number_of_its_own_waits_and_others_do_not()
    {
        var server = await fixture.StartedAsync();
        var slow = await MakeAsync(server, "slow", 2);
        var free = await MakeAsync(server, "free", null);
        var replies = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => server.Get("/company", by: slow)));
        var refused = replies.Where(reply => reply.Status != 200).ToList();
        Assert.Contains(replies, reply => reply.Status == 200);
        Assert.NotEmpty(refused);
        foreach (var reply in refused) reply.Expect(429, "rate-limited");
        Assert.Equal(TimeSpan.FromSeconds(1), refused[0].Headers.RetryAfter!.Delta);
        foreach (var reply in await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => server.Get("/company", by: free)))) reply.Expect(200);
        await Task.Delay(refused[0].Headers.RetryAfter!.Delta!.Value, TestContext.Current.CancellationToken);
        (await server.Get("/company", by: slow)).Expect(200);
        Assert.Contains("\"requestsPerSecond\":2", (await server.Get("/api-keys")).Expect(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_takes_the_place_of_another_keeps_its_number()
    {
        var server = await fixture.StartedAsync();
        await MakeAsync(server, "turned", 7);
        (await server.Post("/api-keys/turned/rotate", new { })).Expect(201);
        var numbers = (await server.Get("/api-keys")).Expect(200).Body.GetProperty("keys").EnumerateArray()
            .Where(key => key.GetProperty("name").GetString() == "turned").Select(key => key.GetProperty("requestsPerSecond").GetInt32());
        Assert.Equal([7, 7], numbers);
    }

    [Fact]
    public async Task What_the_server_allows_everybody_holds_for_keys_without_a_number_and_not_for_the_bootstrap_key_or_the_screens()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(null) with { RateLimit = 1 });
        var key = await MakeAsync(server, "usual", null);
        var more = await MakeAsync(server, "more", 1000);
        var refused = (await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => server.Get("/company", by: key)))).Count(reply => reply.Code == "rate-limited");
        Assert.InRange(refused, 1, 39);
        foreach (var by in new[] { more, null })
            foreach (var reply in await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => server.Get("/company", by))))
                reply.Expect(200);
        using var browser = new Browser(server);
        await browser.SignInAsync(key);
        for (var i = 0; i < 10; i++) Assert.Equal(200, (int)(await browser.GetAsync("/work")).StatusCode);
    }

    [Fact]
    public async Task A_number_is_from_1_to_100_000()
    {
        var server = await fixture.StartedAsync();
        foreach (var number in Wrong)
            Assert.Equal("requestsPerSecond", (await server.Post("/api-keys", new { name = "wrong", roles = new[] { "sales" }, requestsPerSecond = number }))
                .Expect(422, "field-invalid")["field"]);
    }

    static async Task<string> MakeAsync(RunningServer server, string name, int? requestsPerSecond) =>
        (await server.Post("/api-keys", new { name, roles = new[] { "sales" }, requestsPerSecond })).Expect(201)["key"]!;
}
