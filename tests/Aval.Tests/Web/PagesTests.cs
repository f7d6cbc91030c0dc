using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Aval.Kernel.Web;
using Aval.Tests.Infrastructure;
using Aval.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Aval.Tests.Web;

/// <summary>What holds for every page: who may see it, what the browser is told, and how one signs in.</summary>
public sealed class PagesTests(SqliteServer fixture) : IClassFixture<SqliteServer>
{
    /// <summary>What answers without a key or a session, and why it may.</summary>
    static readonly Dictionary<string, string> Open = new()
    {
        ["GET /sign-in"] = "where one signs in", ["POST /sign-in"] = "signs in", ["POST /sign-out"] = "signs out",
        ["POST /theme"] = "light or dark", ["POST /language"] = "the language",
        ["POST /columns"] = "keeps the columns of a list, of whoever is signed in",
        ["/health/live"] = "asked by load balancers", ["/health/ready"] = "asked by load balancers", ["/api/v1/openapi.json"] = "describes the API",
        ["/problems/*"] = "explains a refusal", ["/assets/{version}/{**name}"] = "scripts, styles, fonts",
    };

    [Fact]
    public async Task Every_address_needs_a_right_but_for_those_that_are_listed()
    {
        var server = await fixture.StartedAsync();
        var stray = Endpoints(server).Select(NameOfOpen).OfType<string>().Where(name => !Open.ContainsKey(name)).Distinct().ToList();
        Assert.True(stray.Count == 0, "open to everyone: " + string.Join(", ", stray));
        Assert.Empty(Open.Keys.Except(Endpoints(server).Select(NameOfOpen).OfType<string>()));
    }

    [Fact]
    public async Task Every_page_sends_a_stranger_to_sign_in_and_back()
    {
        var server = await fixture.StartedAsync();
        using var browser = new Browser(server);
        var pages = Endpoints(server).Select(endpoint => endpoint.Metadata.GetMetadata<PageAddress>()).OfType<PageAddress>()
            .Where(page => page is { Method: "GET", Permission: not null, IsStream: false }).ToList();
        Assert.True(pages.Count >= 8);
        foreach (var page in pages)
        {
            var address = Regex.Replace(page.Path, @"\{\w+\}", "X1", RegexOptions.None, TimeSpan.FromSeconds(1));
            var answer = await browser.GetAsync(address);
            Assert.Equal((HttpStatusCode.SeeOther, "/sign-in?return=" + Uri.EscapeDataString(address)), (answer.StatusCode, answer.Headers.Location!.OriginalString));
        }
    }

    [Fact]
    public async Task No_page_is_kept_by_the_browser_for_going_back_to()
    {
        using var browser = new Browser(await fixture.StartedAsync());
        var page = await (await browser.GetAsync("/sign-in")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var settings = WebUtility.HtmlDecode(Regex.Match(
            page, "name=\"htmx-config\"\\s+content='(?<told>[^']+)'", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["told"].Value);
        using var told = System.Text.Json.JsonDocument.Parse(settings);
        Assert.Equal(0, told.RootElement.GetProperty("historyCacheSize").GetInt32());
        Assert.True(told.RootElement.GetProperty("refreshOnHistoryMiss").GetBoolean());
    }

    [Fact]
    public async Task A_key_signs_in_until_it_is_revoked()
    {
        var server = await fixture.StartedAsync();
        var key = (await server.Post("/api-keys", new { name = "cora", roles = new[] { "creditAnalyst" } })).Expect(201)["key"]!;
        using var browser = new Browser(server);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.SignInAsync(key + "x")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.SignInAsync(key)).StatusCode);
        var page = await browser.GetAsync("/blocks");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var text = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("cora", text, StringComparison.Ordinal);
        Assert.Contains("No order is held", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/orders/none")).StatusCode);
        (await server.Delete("/api-keys/cora")).Expect(200);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.GetAsync("/blocks")).StatusCode);
    }

    [Fact]
    public async Task A_session_opens_nothing_of_the_API()
    {
        using var browser = new Browser(await fixture.StartedAsync());
        await browser.SignInAsync(RunningServer.AdminKey);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/blocks")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/v1/blocks")).StatusCode);
    }

    [Fact]
    public async Task A_session_outlives_a_restart()
    {
        var options = RunningServer.NewStore(null);
        using var cookies = new Browser(null);
        await using (var first = await RunningServer.StartAsync(options, keep: true))
        {
            cookies.Visit(first);
            await cookies.SignInAsync(RunningServer.AdminKey);
        }

        await using var second = await RunningServer.StartAsync(options);
        cookies.Visit(second);
        Assert.Equal(HttpStatusCode.OK, (await cookies.GetAsync("/customers")).StatusCode);
    }

    [Fact]
    public async Task Nobody_is_let_in_by_name_where_it_is_no_demonstration()
    {
        using var browser = new Browser(await fixture.StartedAsync());
        var answer = await browser.PostAsync("/sign-in", new() { ["token"] = await browser.TokenAsync(), ["person"] = "Clara Novak" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.DoesNotContain("Clara Novak", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_answer_outside_the_API_forbids_foreign_hosts_and_frames()
    {
        using var browser = new Browser(await fixture.StartedAsync());
        foreach (var address in new[] { "/sign-in", "/none", "/blocks", "/health/live" })
        {
            var policy = (await browser.GetAsync(address)).Headers.GetValues("Content-Security-Policy").Single();
            Assert.Contains("default-src 'self'", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_file_is_kept_for_ever_under_its_version_and_asked_for_anew_under_another()
    {
        using var browser = new Browser(await fixture.StartedAsync());
        var address = WebFiles.Url("lib/tabler.min.css");
        var answer = await browser.GetAsync(address);
        Assert.Equal(TimeSpan.FromDays(365), answer.Headers.CacheControl!.MaxAge);
        Assert.Equal(HttpStatusCode.NotModified, (await browser.GetAsync(address, answer.Headers.ETag)).StatusCode);
        var older = await browser.GetAsync(Regex.Replace(address, "/assets/[0-9a-f]+/", "/assets/0/", RegexOptions.None, TimeSpan.FromSeconds(1)));
        Assert.True(older.Headers.CacheControl!.NoCache);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/assets/0/none.js")).StatusCode);
    }

    [Theory]
    [InlineData("/orders/A?x=1", "/orders/A?x=1")]
    [InlineData("/", "/")]
    [InlineData(null, "/")]
    [InlineData("", "/")]
    [InlineData("//elsewhere.example", "/")]
    [InlineData("/\\elsewhere.example", "/")]
    [InlineData("https://elsewhere.example", "/")]
    [InlineData("/a\r\nLocation: b", "/")]
    public void Only_a_page_of_ours_is_gone_to_after_signing_in(string? asked, string gone) => Assert.Equal(gone, Links.Local(asked));

    static IEnumerable<RouteEndpoint> Endpoints(RunningServer server) => server.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    /// <summary>Null for an address that asks for a right.</summary>
    static string? NameOfOpen(RouteEndpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<Address>() is { Permission: not null }) return null;
        if (endpoint.Metadata.GetMetadata<PageAddress>() is { } page) return page.Permission is null ? $"{page.Method} {page.Path}" : null;
        var path = endpoint.RoutePattern.RawText!;
        return path.StartsWith("/problems/", StringComparison.Ordinal) ? "/problems/*" : path;
    }
}
