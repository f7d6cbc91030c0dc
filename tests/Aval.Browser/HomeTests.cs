using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Aval.Browser;

/// <summary>The first page of each role: it can be used by everyone in every look, begins with what waits, and changes by itself.</summary>
public sealed class HomeTests(DemoCompany company)
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Clara Novak", "Accounts near their limit")]
    [InlineData("Ben Adler", "Commitments that fall due")]
    [InlineData("Rosa Lindqvist", "What Credit asks before it decides")]
    [InlineData("Omar Haddad", "Receipts to apply")]
    [InlineData("Milan Kovac", "What may be reserved, picked and shipped")]
    [InlineData("Piotr Zielinski", "Promises to pay that fall due")]
    [InlineData("Ines Moreau", "My customers’ held orders, and what would free them")]
    [InlineData("Helena Voss", "What is held, by cause")]
    [InlineData("Ada Brandt", "Users")]
    public async Task Everybody_begins_with_what_waits_for_them_in_every_look(string name, string panel)
    {
        foreach (var (dark, phone) in new[] { (false, false), (true, false), (false, true), (true, true) })
        {
            await using var visitor = await Visitor.SignedInAsync(company, dark, phone, name: name);
            await visitor.Page.GotoAsync("/");
            await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 2, Name = panel })).ToBeVisibleAsync();
            await Expect(visitor.Page.Locator(".next")).ToBeVisibleAsync();
            await visitor.AssertSoundAsync($"home-{name.Split(' ')[0].ToLowerInvariant()}-{(dark ? "dark" : "light")}{(phone ? "-phone" : "")}");
        }
    }

    [Fact]
    public async Task The_first_line_leads_to_where_it_is_done_without_scripts_too()
    {
        await using var visitor = await Visitor.SignedInAsync(company, scripts: false);
        await visitor.Page.GotoAsync("/");
        var first = visitor.Page.Locator("#panel-decide .what a").First;
        var order = await first.InnerTextAsync();
        await first.ClickAsync();
        await Expect(visitor.Page.Locator("main")).ToContainTextAsync(order);
    }

    [Theory]
    [InlineData("Clara Novak")]
    [InlineData("Ben Adler")]
    [InlineData("Jonas Petri")]
    [InlineData("Helena Voss")]
    [InlineData("Ada Brandt")]
    public async Task Where_one_begins_is_a_page_with_a_form_that_does_it(string name)
    {
        await using var visitor = await Visitor.SignedInAsync(company, scripts: false, name: name);
        await visitor.Page.GotoAsync("/");
        await visitor.Page.Locator(".next a").ClickAsync();
        await Expect(visitor.Page.Locator("main form[method=post]:visible").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_changes_elsewhere_appears_by_itself()
    {
        await using var visitor = await Visitor.SignedInAsync(company, name: "Ada Brandt");
        var page = visitor.Page;
        await page.GotoAsync("/");
        await Expect(page.Locator("#panel-keys .panel-head .count")).ToBeVisibleAsync();
        var before = await page.Locator("#panel-keys .count").InnerTextAsync();
        await company.KeyAsync("home-" + Guid.NewGuid().ToString("N")[..6], "collector");
        await Expect(page.Locator("#panel-keys .count")).Not.ToHaveTextAsync(before, new() { Timeout = 20_000 });
        await visitor.AssertSoundAsync("home-changed");
    }

    [Fact]
    public async Task A_busy_day_asks_for_a_home_as_a_whole_and_seldom_and_not_at_all_while_nobody_sees_it()
    {
        await using var visitor = await Visitor.SignedInAsync(company, name: "Helena Voss");
        var page = visitor.Page;
        await page.GotoAsync("/");
        await Expect(page.Locator("#panel-glance")).ToBeVisibleAsync();
        var asked = new List<(string Path, DateTime At)>();
        page.Request += (_, request) =>
        {
            if (request.Headers.ContainsKey("aval-news"))
                lock (asked) asked.Add((new Uri(request.Url).PathAndQuery, DateTime.UtcNow));
        };
        await CommitAsync(seconds: 12);
        var burst = Asked();
        Assert.NotEmpty(burst);
        Assert.All(burst, one => Assert.Equal("/", one.Path));
        Assert.All(burst.Zip(burst.Skip(1)), pair => Assert.True(pair.Second.At - pair.First.At > TimeSpan.FromSeconds(4.5), "a home is asked for once in five seconds at most"));

        // From here on every answer is the same.
        string? said = null;
        await page.RouteAsync("**/", async route =>
        {
            if (!route.Request.Headers.ContainsKey("aval-news"))
            {
                await route.ContinueAsync();
                return;
            }

            said ??= await (await route.FetchAsync()).TextAsync();
            await route.FulfillAsync(new() { ContentType = "text/html; charset=utf-8", Body = said });
        });
        await CommitAsync(seconds: 7);
        Assert.NotNull(said);
        var asAsked = Asked().Count;
        await page.EvaluateAsync("document.getElementById('home').isFirst = true");
        await CommitAsync(seconds: 7);
        Assert.True(Asked().Count > asAsked);
        Assert.True(await page.EvaluateAsync<bool>("document.getElementById('home').isFirst === true"), "what has not changed is not exchanged");
        await page.UnrouteAllAsync();

        await page.EvaluateAsync("Object.defineProperty(document, 'hidden', { configurable: true, get: () => true }); document.dispatchEvent(new Event('visibilitychange'))");
        await Task.Delay(TimeSpan.FromSeconds(1), Cancel);
        var before = Asked().Count;
        await CommitAsync(seconds: 7);
        Assert.Equal(before, Asked().Count);

        await page.EvaluateAsync("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))");
        await Expect(page.Locator("#panel-glance")).ToBeVisibleAsync();
        for (var wait = 0; Asked().Count == before && wait < 100; wait++) await Task.Delay(100, Cancel);
        Assert.Equal(before + 1, Asked().Count);
        await visitor.AssertSoundAsync("home-seldom");

        List<(string Path, DateTime At)> Asked()
        {
            lock (asked) return [.. asked];
        }

        async Task CommitAsync(int seconds)
        {
            for (var end = DateTime.UtcNow.AddSeconds(seconds); DateTime.UtcNow < end; await Task.Delay(200, Cancel))
                await company.KeyAsync("busy-" + Guid.NewGuid().ToString("N")[..8], "collector");
        }
    }

    [Fact]
    public async Task What_takes_long_to_answer_is_asked_for_ten_times_as_seldom()
    {
        await using var visitor = await Visitor.SignedInAsync(company, name: "Ada Brandt");
        var page = visitor.Page;
        await page.GotoAsync("/");
        await Expect(page.Locator("#panel-keys")).ToBeVisibleAsync();
        var asked = new List<DateTime>();
        await page.RouteAsync(url => new Uri(url).AbsolutePath == "/", async route =>
        {
            asked.Add(DateTime.UtcNow);
            await Task.Delay(1_500, Cancel);
            await route.ContinueAsync();
        });
        for (var end = DateTime.UtcNow.AddSeconds(20); DateTime.UtcNow < end && asked.Count < 2; await Task.Delay(300, Cancel))
            await company.KeyAsync("slow-" + Guid.NewGuid().ToString("N")[..8], "collector");
        // A second and a half for the answer, and nine times that until the next question.
        Assert.NotEmpty(asked);
        Assert.All(asked.Zip(asked.Skip(1)), pair => Assert.True(pair.Second - pair.First > TimeSpan.FromSeconds(14), $"{pair.Second - pair.First}"));
    }
}
