using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Aval.Tests.Decisions;
using Aval.Tests.Infrastructure;
using Aval.Tests.Web;

namespace Aval.Tests.Home;

/// <summary>The number on a panel, and how many lines its full list has.</summary>
public sealed class PanelCountTests(SqliteServer fixture) : IClassFixture<SqliteServer>
{
    [Theory]
    [InlineData("customerService")]
    [InlineData("creditAnalyst")]
    [InlineData("orderManager")]
    [InlineData("leadership")]
    [InlineData("administrator")]
    public async Task What_a_panel_counts_is_what_its_full_list_shows(string role)
    {
        var server = await fixture.StartedAsync();
        var desk = new CreditDesk(server);
        var payer = "HA" + role[..3];
        await desk.Payer(payer, 1_000, purchaseOrder: role == "customerService");
        await desk.Order(payer + "-0", payer, 10);
        for (var at = 1; at <= 8; at++) await desk.Order($"{payer}-{at}", payer, 3_000);
        using var browser = new Browser(server);
        await browser.SignInAsync((await server.Post("/api-keys", new { name = "at-" + role, roles = new[] { role } })).Expect(201)["key"]!);
        var counted = 0;
        foreach (Match panel in Regex.Matches(await TextAsync(browser, "/"), "<section class=\"card panel\" .*?</section>", RegexOptions.Singleline))
        {
            var all = WebUtility.HtmlDecode(Regex.Match(panel.Value, "<a href=\"(?<to>[^\"]+)\" aria-label=\"Show all", RegexOptions.ExplicitCapture).Groups["to"].Value);
            var count = Regex.Match(panel.Value, "class=\"count\">(?<n>[0-9]+)<", RegexOptions.ExplicitCapture) is { Success: true } found
                ? int.Parse(found.Groups["n"].Value, CultureInfo.InvariantCulture)
                : 0;
            if (all.StartsWith("/work", StringComparison.Ordinal))
                Assert.Equal((all, count), (all, (await TextAsync(browser, all + "&as=csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length - 1));
            else if (all.StartsWith("/panels", StringComparison.Ordinal))
                Assert.Equal((all, count), (all, Regex.Count(await TextAsync(browser, all), "<p class=\"what\">")));
            else continue;
            counted += count;
        }

        if (role is not ("administrator" or "leadership")) Assert.NotEqual(0, counted);
    }

    static async Task<string> TextAsync(Browser browser, string path) =>
        await (await browser.GetAsync(path)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
