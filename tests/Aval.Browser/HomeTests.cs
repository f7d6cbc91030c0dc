using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Aval.Browser;

/// <summary>The first page of each role: it can be used by everyone in every look, begins with what waits, and changes by itself.</summary>
public sealed class HomeTests(DemoCompany company) : IClassFixture<DemoCompany>
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
        await using var visitor = await Visitor.SignedInAsync(company, name: name);
        await visitor.Page.GotoAsync("/");
        foreach (var size in new[] { DemoCompany.SizeOf(phone: true), DemoCompany.SizeOf(phone: false) })
        {
            await visitor.Page.SetViewportSizeAsync(size.Width, size.Height);
            await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 2, Name = panel })).ToBeVisibleAsync();
            await Expect(visitor.Page.Locator(".next")).ToBeVisibleAsync();
        }

        await visitor.AssertSoundInEveryLookAsync($"home-{name.Split(' ')[0].ToLowerInvariant()}");
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
        // The page itself keeps what it asks because of news, and when: how late a test hears of it says nothing of that.
        await page.EvaluateAsync("""
            () => {
              window.asked = [];
              window.answered = 0;
              const isNews = event => event.detail.requestConfig.triggeringEvent?.type === 'news';
              document.addEventListener('htmx:beforeSend', event => { if (isNews(event)) asked.push({ path: event.detail.requestConfig.path, at: Date.now() }); });
              document.addEventListener('htmx:afterRequest', event => { if (isNews(event)) answered++; });
            }
            """);
        // An answer that takes a moment, in which more is committed, brings the next question no nearer.
        await page.RouteAsync("**/", async route =>
        {
            await Task.Delay(300, CancellationToken.None);
            await route.ContinueAsync();
        });
        await CommitUntilAsync("asked.length >= 3");
        await page.UnrouteAllAsync();
        Assert.All(await page.EvaluateAsync<string[]>("asked.map(one => one.path)"), path => Assert.Equal("/", path));
        var times = await page.EvaluateAsync<double[]>("asked.map(one => one.at)");
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.True(pair.Second - pair.First > 4_900, "a home is asked for once in five seconds at most"));

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
        while (said is null) await CommitUntilAsync("answered > " + await page.EvaluateAsync<int>("answered"));
        await CommitUntilAsync("answered > " + await page.EvaluateAsync<int>("answered"));
        await page.EvaluateAsync("document.getElementById('home').isFirst = true");
        await CommitUntilAsync("answered > " + await page.EvaluateAsync<int>("answered"));
        Assert.True(await page.EvaluateAsync<bool>("document.getElementById('home').isFirst === true"), "what has not changed is not exchanged");
        await page.UnrouteAllAsync();

        await page.EvaluateAsync("Object.defineProperty(document, 'hidden', { configurable: true, get: () => true }); document.dispatchEvent(new Event('visibilitychange'))");
        await page.WaitForFunctionAsync("() => answered === asked.length");
        var before = await page.EvaluateAsync<int>("asked.length");
        for (var end = DateTime.UtcNow.AddSeconds(7); DateTime.UtcNow < end; await Task.Delay(200, Cancel)) await CommitAsync();
        Assert.Equal(before, await page.EvaluateAsync<int>("asked.length"));

        await page.EvaluateAsync("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))");
        await page.WaitForFunctionAsync("before => asked.length > before", before);
        await Expect(page.Locator("#panel-glance")).ToBeVisibleAsync();
        await visitor.AssertSoundAsync("home-seldom");

        async Task CommitUntilAsync(string isSo)
        {
            for (var end = DateTime.UtcNow.AddMinutes(2); !await page.EvaluateAsync<bool>(isSo); await Task.Delay(200, Cancel))
            {
                Assert.True(DateTime.UtcNow < end, isSo + " after two minutes");
                await CommitAsync();
            }
        }

        Task CommitAsync() => company.KeyAsync("busy-" + Guid.NewGuid().ToString("N")[..8], "collector");
    }

    [Fact]
    public async Task What_takes_long_to_answer_is_asked_for_ten_times_as_seldom()
    {
        await using var visitor = await Visitor.SignedInAsync(company, name: "Ada Brandt");
        var page = visitor.Page;
        await page.GotoAsync("/");
        await Expect(page.Locator("#panel-keys")).ToBeVisibleAsync();
        var (asked, answer) = (new List<DateTime>(), await page.EvaluateAsync<string>("async () => (await fetch('/')).text()"));
        await page.RouteAsync(url => new Uri(url).AbsolutePath == "/", async route =>
        {
            asked.Add(DateTime.UtcNow);
            // The browser's own events belong to no test: they know of no cancelling.
            await Task.Delay(1_500, CancellationToken.None);
            await route.FulfillAsync(new() { ContentType = "text/html; charset=utf-8", Body = answer });
        });
        for (var end = DateTime.UtcNow.AddMinutes(2); DateTime.UtcNow < end && asked.Count < 2; await Task.Delay(300, Cancel))
            await company.KeyAsync("slow-" + Guid.NewGuid().ToString("N")[..8], "collector");
        // A second and a half for the answer, and nine times that until the next question.
        Assert.True(asked.Count >= 2, "it was asked once");
        Assert.True(asked[1] - asked[0] > TimeSpan.FromSeconds(14), $"{asked[1] - asked[0]}");
    }
}
