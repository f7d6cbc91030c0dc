using System.Net;
using Aval.Access;
using Aval.Tests.Infrastructure;
using Aval.Tests.Web;

namespace Aval.Tests.Access;

/// <summary>Sessions over time and on several nodes: each test starts its own servers.</summary>
public sealed class SessionTests(PostgresCluster cluster)
{
    [Fact]
    public async Task A_session_ends_when_it_is_not_used_and_when_it_has_lasted_long_enough()
    {
        var clock = new MovedClock();
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(null) with { Clock = clock });
        var idle = await server.UserAsync("Ida", "sales");
        clock.Move(SessionStore.Idle - TimeSpan.FromMinutes(2));
        (await server.Get("/me", by: idle)).Expect(200);
        clock.Move(TimeSpan.FromMinutes(3));
        (await server.Get("/me", by: idle)).Expect(200);
        clock.Move(SessionStore.Idle);
        (await server.Get("/me", by: idle)).Expect(401, "key-unknown");

        var busy = (await server.SignInAsync("Ida")).Expect(200)["token"]!;
        for (var hour = 1; hour < 12; hour++)
        {
            clock.Move(TimeSpan.FromHours(1));
            (await server.Get("/me", by: busy)).Expect(200);
        }

        clock.Move(TimeSpan.FromHours(1));
        (await server.Get("/me", by: busy)).Expect(401, "key-unknown");
    }

    [Fact]
    public async Task A_page_that_asks_for_news_by_itself_keeps_no_session_open()
    {
        var clock = new MovedClock();
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(null) with { Clock = clock });
        using var browser = new Browser(server);
        await browser.SignInAsync(RunningServer.AdminKey);
        for (var quarter = 0; quarter < 7; quarter++)
        {
            clock.Move(SessionStore.Idle / 8);
            Assert.Equal(HttpStatusCode.OK, (await browser.AskAsync(HttpMethod.Get, "/blocks", null, ("Aval-News", "1"))).StatusCode);
        }

        clock.Move(SessionStore.Idle / 8);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.GetAsync("/blocks")).StatusCode);
    }

    [Fact]
    public async Task A_lock_is_over_after_a_quarter_of_an_hour()
    {
        var clock = new MovedClock();
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(null) with { Clock = clock });
        await server.UserAsync("Lou", "sales");
        for (var i = 0; i < 6; i++) await server.SignInAsync("Lou", "wrong password");
        clock.Move(LockOut.Lasts - TimeSpan.FromSeconds(1));
        (await server.SignInAsync("Lou")).Expect(429, "sign-in-locked");
        clock.Move(TimeSpan.FromSeconds(1));
        (await server.SignInAsync("Lou")).Expect(200);
    }

    [Fact]
    public async Task A_session_counts_on_every_node_and_ends_on_all_at_once()
    {
        var options = RunningServer.NewStore(cluster);
        await using var first = await RunningServer.StartAsync(options);
        await using var second = await RunningServer.StartAsync(options with { Data = RunningServer.NewStore(cluster).Data });
        var token = await first.UserAsync("Nell", "sales");
        (await second.Get("/me", by: token)).Expect(200);
        for (var i = 0; i < 3; i++) await first.SignInAsync("Nell", "wrong password");
        for (var i = 0; i < 2; i++) await second.SignInAsync("Nell", "wrong password");
        (await second.SignInAsync("Nell")).Expect(429, "sign-in-locked");
        (await second.Post("/users/Nell/disable", new { reason = "left" })).Expect(200);
        (await first.Get("/me", by: token)).Expect(401, "key-unknown");
    }

    [Fact]
    public async Task The_screens_take_name_and_password_and_their_cookie_is_for_pages_alone()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(null));
        (await server.Put("/users/Wanda", new { roles = new[] { "creditAnalyst" } })).Expect(200);
        var given = (await server.Post("/users/Wanda/password", new { })).Expect(200)["password"]!;
        using var browser = new Browser(server);
        var once = await Send(browser, ("name", "Wanda"), ("password", given));
        Assert.Contains("Choose your password", await once.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var twice = await Send(browser, ("name", "Wanda"), ("password", given), ("newPassword", People.Password), ("again", People.Password + "x"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, twice.StatusCode);
        var opened = await Send(browser, ("name", "Wanda"), ("password", given), ("newPassword", People.Password), ("again", People.Password));
        Assert.Equal(HttpStatusCode.SeeOther, opened.StatusCode);
        var cookie = opened.Headers.GetValues("Set-Cookie").Single(sent => sent.StartsWith("aval-session=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=strict", cookie, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/blocks")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/v1/me")).StatusCode);
        (await server.Delete("/users/Wanda/sessions")).Expect(200);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.GetAsync("/blocks")).StatusCode);
    }

    [Fact]
    public async Task A_form_of_one_session_is_refused_in_another()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(null));
        await server.UserAsync("Fay", "sales");
        using var browser = new Browser(server);
        await Send(browser, ("name", "Fay"), ("password", People.Password));
        var token = await browser.TokenAsync();
        await browser.PostAsync("/sign-out", new() { ["token"] = token });
        await Send(browser, ("name", "Fay"), ("password", People.Password));
        var answer = await browser.PostAsync("/theme", new() { ["token"] = token, ["theme"] = "dark" });
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    static async Task<HttpResponseMessage> Send(Browser browser, params (string Name, string Value)[] fields)
    {
        var form = fields.ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal);
        form["token"] = await browser.TokenAsync();
        return await browser.PostAsync("/sign-in", form);
    }
}
