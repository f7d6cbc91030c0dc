using System.Net;
using System.Text.RegularExpressions;
using Aval.Tests.Decisions;
using Aval.Tests.Infrastructure;
using Aval.Tests.Web;
using Dapper;
using Npgsql;

namespace Aval.Tests.Home;

public sealed class HomePageOnSqlite(SqliteServer fixture) : HomePageTests(fixture), IClassFixture<SqliteServer>;

public sealed class HomePageOnPostgres(PostgresServer fixture) : HomePageTests(fixture), IClassFixture<PostgresServer>
{
    [Fact]
    public async Task What_somebody_began_long_ago_and_has_not_ended_is_no_news_to_whoever_follows()
    {
        var server = await fixture.StartedAsync();
        await using var other = new NpgsqlConnection(server.Options.Database);
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await using var open = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await other.ExecuteAsync("SELECT pg_current_xact_id()", transaction: open);
        await CommitAsync(server);
        await AssertHeardAsync(server, "patient");
    }
}

/// <summary>The first page: the panels of one's roles, what waits first, and the stream by which it changes.</summary>
public abstract class HomePageTests(ServerFixture fixture)
{
    [Theory]
    [InlineData("customerService", "decide mine tell context")]
    [InlineData("creditAnalyst", "decide mine confirm commitments near-limit ours")]
    [InlineData("creditManager", "decide mine confirm commitments near-limit ours policy")]
    [InlineData("accountsReceivable", "proposals receipts lines promises mine")]
    [InlineData("orderManager", "to-ship decide mine tell")]
    [InlineData("collector", "promises commitments mine")]
    [InlineData("sales", "freed-by mine context")]
    [InlineData("leadership", "glance decide mine causes confirm ours exceptions policy")]
    [InlineData("administrator", "mine policy people keys health")]
    [InlineData("masterData", "decide mine")]
    [InlineData("orderManager collector", "promises commitments to-ship decide mine tell")]
    public async Task Each_role_has_its_panels_and_who_has_several_has_all_of_them_once(string roles, string panels)
    {
        var server = await fixture.StartedAsync();
        using var browser = await SignedInAsync(server, "h" + Guid.NewGuid().ToString("N"), roles.Split(' '));
        Assert.Equal(panels, string.Join(' ', PanelsOf(await TextAsync(browser, "/"))));
    }

    [Fact]
    public async Task What_waits_with_the_earliest_deadline_is_where_one_begins()
    {
        var server = await fixture.StartedAsync();
        var desk = new CreditDesk(server);
        await desk.Payer("HB", 1_000);
        var block = await desk.Order("HB-1", "HB", 3_000);
        using var browser = await SignedInAsync(server, "homer", "creditManager");
        var home = await TextAsync(browser, "/");
        Assert.Matches("Begin here: <a href=\"/(blocks|orders|work|disputes)/", home);
        var decide = PartOf(await TextAsync(browser, "/panels/decide"), "decide");
        Assert.Contains($"/blocks/{block}", decide, StringComparison.Ordinal);
        (await desk.Decide(block, "release")).Expect(200);
        Assert.DoesNotContain($"/blocks/{block}", await TextAsync(browser, "/panels/decide"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_of_a_home_is_one_part_that_is_asked_for_at_once_and_a_panel_by_itself_follows_alone()
    {
        var server = await fixture.StartedAsync();
        using var browser = await SignedInAsync(server, "una", "leadership");
        var (home, panel) = (await TextAsync(browser, "/"), await TextAsync(browser, "/panels/decide"));
        Assert.Equal(["/"], Asked(home));
        Assert.Contains("data-topics=\"all work\"", home, StringComparison.Ordinal);
        Assert.Equal(["/panels/decide"], Asked(panel));

        static IEnumerable<string> Asked(string page) =>
            Regex.Matches(page, "data-follow=\"[^\"]*\" hx-get=\"(?<at>[^\"]+)\"", RegexOptions.None, TimeSpan.FromSeconds(1)).Select(found => found.Groups["at"].Value);
    }

    [Fact]
    public async Task A_collector_begins_with_what_was_promised_and_not_with_what_another_desk_has_left_late()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("HC", 500);
        await desk.Invoice("HC-I", "HC", 450, "2026-02-10");
        (await desk.Server.Post("/receipts", new { number = "HC-R", payer = "HC", date = "2026-02-20", currency = "EUR", amount = 440, cleared = true })).Expect(200);
        await desk.Order("HC-O", "HC", 200);
        var promise = new { number = "HC-P", customer = "HC", date = "2026-03-05", amount = 10, invoices = new[] { "HC-I" } };
        (await desk.Server.Post("/promises", promise, "cole:collector")).Expect(200);
        using var browser = await SignedInAsync(desk.Server, "colin", "collector");
        Assert.Matches("Begin here: <a href=\"/customers/[^\"]+\">See whether the money has come: promise", await TextAsync(browser, "/"));
    }

    [Fact]
    public async Task A_panel_of_another_role_is_not_there_and_a_stranger_signs_in_first()
    {
        var server = await fixture.StartedAsync();
        using var browser = await SignedInAsync(server, "cosima", "customerService");
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/panels/keys")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/panels/none-such")).StatusCode);
        using var stranger = new Browser(server);
        Assert.Equal("/sign-in?return=%2F", (await stranger.GetAsync("/")).Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.GetAsync("/events")).StatusCode);
    }

    [Fact]
    public async Task Released_orders_due_promises_and_accounts_near_their_limit_are_listed_and_counted()
    {
        var server = await fixture.StartedAsync();
        var desk = new CreditDesk(server);
        await desk.Payer("HN", 1_000);
        await desk.Order("HN-1", "HN", 950);
        await desk.Invoice("HN-I", "HN", 10);
        var promise = new { number = "HN-P", customer = "HN", date = "2026-03-05", amount = 10, invoices = new[] { "HN-I" } };
        (await server.Post("/promises", promise, "cole:collector")).Expect(200);
        using var browser = await SignedInAsync(server, "nina", "orderManager", "collector", "creditAnalyst");
        Assert.Contains("/orders/HN-1", PartOf(await TextAsync(browser, "/panels/to-ship"), "to-ship"), StringComparison.Ordinal);
        Assert.Contains("HN-P", PartOf(await TextAsync(browser, "/panels/promises"), "promises"), StringComparison.Ordinal);
        var near = PartOf(await TextAsync(browser, "/panels/near-limit"), "near-limit");
        Assert.Contains("/customers/HN\"", near, StringComparison.Ordinal);
        Assert.Contains("href=\"/near-limit\"", near, StringComparison.Ordinal);
        Assert.Contains("Customer HN", await browser.FileAsync("/near-limit", "payer"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Policy_says_from_what_part_of_its_limit_an_account_is_near_it()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster: null));
        var desk = new CreditDesk(server);
        await desk.Payer("HW", 1_000);
        await desk.Order("HW-1", "HW", 880);
        using var browser = await SignedInAsync(server, "wim", "creditAnalyst");
        Assert.DoesNotContain("/customers/HW\"", await TextAsync(browser, "/near-limit"), StringComparison.Ordinal);
        (await server.Put("/policies/draft", new { basedOn = "standard", watchPercent = 87 }, "mia:creditManager")).Expect(200);
        (await server.Post("/policies/draft/activate", new { reason = "look sooner" }, "lea:leadership")).Expect(200);
        Assert.Contains("/customers/HW\"", await TextAsync(browser, "/near-limit"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_home_speaks_the_visitors_language()
    {
        var server = await fixture.StartedAsync();
        using var browser = await SignedInAsync(server, "greta", "customerService");
        browser.Language = "de";
        var home = await TextAsync(browser, "/");
        Assert.Contains("Guten Tag, greta", WebUtility.HtmlDecode(home), StringComparison.Ordinal);
        Assert.Contains("Was sonst auf mich wartet", home, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_has_six_streams_at_most()
    {
        var server = await fixture.StartedAsync();
        using var browser = await SignedInAsync(server, "strider", "creditAnalyst");
        var streams = new List<HttpResponseMessage>();
        try
        {
            for (var at = 0; at < 6; at++) streams.Add(await browser.FollowAsync("/events"));
            Assert.All(streams, stream => Assert.Equal(HttpStatusCode.OK, stream.StatusCode));
            using var more = await browser.FollowAsync("/events");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, more.StatusCode);
            using var other = await SignedInAsync(server, "other", "creditAnalyst");
            using var theirs = await other.FollowAsync("/events");
            Assert.Equal(HttpStatusCode.OK, theirs.StatusCode);
        }
        finally
        {
            streams.ForEach(stream => stream.Dispose());
        }
    }

    [Fact]
    public async Task Whoever_follows_hears_that_something_was_committed_since_their_page_was_read()
    {
        var server = await fixture.StartedAsync();
        using var browser = await SignedInAsync(server, "vigil", "administrator");
        var read = await CommittedAsync(browser);
        await CommitAsync(server);
        using var stream = await browser.FollowAsync("/events?committed=" + Uri.EscapeDataString(read));
        Assert.Equal("event: missed", await FirstEventAsync(stream));
    }

    [Fact]
    public async Task Whoever_follows_hears_of_what_is_committed_from_then_on_and_of_nothing_else() => await AssertHeardAsync(await fixture.StartedAsync(), "watch");

    protected static async Task AssertHeardAsync(RunningServer server, string follower)
    {
        using var browser = await SignedInAsync(server, follower, "administrator");
        var heard = new List<string>();
        // The server may have committed something by itself between page and stream, which is told too.
        while (heard.Count < 5 && heard.LastOrDefault() != "event: changed")
        {
            using var stream = await browser.FollowAsync("/events?committed=" + Uri.EscapeDataString(await CommittedAsync(browser)));
            await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
            await CommitAsync(server);
            heard.Add(await FirstEventAsync(stream));
        }

        Assert.Equal("event: changed", heard[^1]);
    }

    protected static async Task CommitAsync(RunningServer server) =>
        (await server.Post("/api-keys", new { name = "noise-" + Guid.NewGuid().ToString("N"), roles = new[] { "collector" } })).Expect(201);

    /// <summary>What the page says was committed last when it was read: several words, where others have not ended yet what they began before it.</summary>
    static async Task<string> CommittedAsync(Browser browser) =>
        Regex.Match(await TextAsync(browser, "/"), "<body[^>]* data-committed=\"(?<mark>[^\"]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            .Groups["mark"].Value;

    static async Task<string> FirstEventAsync(HttpResponseMessage stream)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(40));
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync(patience.Token));
        while (await reader.ReadLineAsync(patience.Token) is { } line)
            if (line.StartsWith("event: ", StringComparison.Ordinal)) return line;
        throw new InvalidOperationException("the stream has ended");
    }

    static async Task<Browser> SignedInAsync(RunningServer server, string name, params string[] roles)
    {
        var browser = new Browser(server);
        await browser.SignInAsync((await server.Post("/api-keys", new { name, roles })).Expect(201)["key"]!);
        return browser;
    }

    static IEnumerable<string> PanelsOf(string page) =>
        Regex.Matches(page, "<section[^>]* id=\"panel-(?<id>[a-z-]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(found => found.Groups["id"].Value);

    static string PartOf(string page, string panel) => page[page.IndexOf($"id=\"panel-{panel}\"", StringComparison.Ordinal)..];

    static async Task<string> TextAsync(Browser browser, string path) =>
        await (await browser.GetAsync(path)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
