using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Aval.Tests.Decisions;
using Aval.Tests.Infrastructure;
using Aval.Tests.Web;

namespace Aval.Tests.Home;

public sealed class PanelCountOnSqlite(SqliteServer fixture) : PanelCountTests(fixture), IClassFixture<SqliteServer>;

public sealed class PanelCountOnPostgres(PostgresServer fixture) : PanelCountTests(fixture), IClassFixture<PostgresServer>;

/// <summary>Where a panel's "Show all" leads: to a list that can be ordered, filtered and taken along, and has as many rows as the panel says.</summary>
public abstract class PanelCountTests(ServerFixture fixture)
{
    /// <summary>Panels that count nothing that could be listed.</summary>
    static readonly string[] NoLists = ["glance", "policy", "health"];

    [Theory]
    [InlineData("customerService", "tell context")]
    [InlineData("creditAnalyst", "commitments near-limit")]
    [InlineData("orderManager", "to-ship")]
    [InlineData("leadership", "exceptions causes")]
    [InlineData("sales", "freed-by context")]
    [InlineData("collector", "commitments promises")]
    [InlineData("accountsReceivable", "receipts")]
    [InlineData("administrator", "people keys")]
    public async Task What_a_panel_counts_is_what_its_full_list_shows_and_gives(string role, string filled)
    {
        var server = await fixture.StartedAsync();
        var desk = new CreditDesk(server);
        var payer = "HA" + role[..3];
        var name = role == "sales" ? "sam" : "at-" + role;
        await EnterAsync(desk, payer, name);
        (await server.Put("/users/Ute", new { roles = new[] { "collector" } })).Expect(200);
        using var browser = new Browser(server);
        await browser.SignInAsync((await server.Post("/api-keys", new { name, roles = new[] { role } })).Expect(201)["key"]!);
        var seen = new List<string>();
        foreach (Match panel in Regex.Matches(await HomeAsync(browser), "<section class=\"card panel\" id=\"panel-(?<id>[a-z-]+)\".*?</section>", RegexOptions.Singleline))
        {
            var id = panel.Groups["id"].Value;
            if (NoLists.Contains(id)) continue;
            var all = WebUtility.HtmlDecode(Regex.Match(panel.Value, "<a href=\"(?<to>[^\"]+)\" aria-label=\"Show all", RegexOptions.ExplicitCapture).Groups["to"].Value);
            var count = Regex.Match(panel.Value, "class=\"count\">(?<n>[0-9]+)<", RegexOptions.ExplicitCapture) is { Success: true } found
                ? int.Parse(found.Groups["n"].Value, CultureInfo.InvariantCulture)
                : 0;
            Assert.Equal((id, all, count), (id, all, (await browser.FileAsync(all)).Count));
            var list = await browser.TextAsync(all);
            foreach (var part in new[] { "as=csv", "as=xlsx", "class=\"filters\"" }) Assert.True(list.Contains(part, StringComparison.Ordinal), $"{all} has no {part}");
            if (count > 0) Assert.True(list.Contains("by=", StringComparison.Ordinal), $"{all} cannot be ordered");
            if (count > 0) seen.Add(id);
        }

        Assert.Empty(filled.Split(' ').Except(seen));
    }

    [Fact]
    public async Task Nothing_of_a_full_list_is_cut_off()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster: null));
        var desk = new CreditDesk(server);
        await desk.Payer("HX", 10_000_000);
        for (var at = 0; at < 205; at++) await desk.Order($"HX-{at}", "HX", 10);
        using var browser = await ShownList.InRoleAsync(server, "orderManager");
        var panel = await browser.TextAsync("/panels/to-ship");
        Assert.Contains("class=\"count\">205<", panel, StringComparison.Ordinal);
        var all = Regex.Match(panel, "<a href=\"(?<to>[^\"]+)\" aria-label=\"Show all", RegexOptions.ExplicitCapture).Groups["to"].Value;
        Assert.Equal(205, (await browser.FileAsync(all)).Count);
        Assert.Equal(5, (await browser.NamesAsync(all + "&page=5")).Count);
    }

    /// <summary>One order that may leave, held ones of which one waits for money and one is released beyond the rules, a promise, and money without an invoice.</summary>
    static async Task EnterAsync(CreditDesk desk, string payer, string entered)
    {
        await desk.Payer(payer, 1_000);
        await desk.Order(payer + "-0", payer, 950);
        var blocks = new List<string>();
        for (var at = 1; at <= 9; at++) blocks.Add(await desk.Order($"{payer}-{at}", payer, 3_000, enteredBy: entered));
        (await desk.Decide(blocks[0], "release")).Expect(200);
        await desk.Invoice(payer + "-I", payer, 10);
        (await desk.Decide(blocks[1], "waitForPayment", new { invoices = new[] { payer + "-I" }, until = "2026-03-09" })).Expect(200);
        var promise = new { number = payer + "-P", customer = payer, date = "2026-03-05", amount = 10, invoices = new[] { payer + "-I" } };
        (await desk.Server.Post("/promises", promise, "cole:collector")).Expect(200);
        (await desk.Server.Post("/receipts", new { number = payer + "-R", payer, date = "2026-03-02", currency = "EUR", amount = 77, cleared = true })).Expect(200);
    }

    static async Task<string> HomeAsync(Browser browser) =>
        await (await browser.GetAsync("/")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
