using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Aval.Browser;

/// <summary>What all screens have in common: their languages, the menu, the keys, the search, lists and explanations.</summary>
public sealed class FrameTests(DemoCompany company) : IClassFixture<DemoCompany>
{
    [Fact]
    public async Task Whoever_sorts_or_pages_a_list_by_the_keyboard_stays_there_and_is_told_what_came()
    {
        await using var visitor = await Visitor.SignedInAsync(company);
        var page = visitor.Page;
        await page.GotoAsync("/orders");
        var (head, next, said) = (page.Locator("#orders thead a").First, page.Locator("#page-next"), page.Locator("#said"));
        await head.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("by="));
        await Expect(page.Locator("#orders th[aria-sort] a")).ToBeFocusedAsync();
        await Expect(said).ToHaveTextAsync(new Regex(@"\w"));
        var before = await said.InnerTextAsync();
        await next.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("page=2"));
        await Expect(next).ToBeFocusedAsync();
        await Expect(said).Not.ToHaveTextAsync(before);
        while (await next.CountAsync() > 0)
        {
            var at = page.Url;
            await next.PressAsync("Enter");
            await page.WaitForFunctionAsync("at => location.href !== at", at);
            await Expect(page.Locator(":focus")).ToHaveCountAsync(1);
        }

        // There is no next page any more: the list itself is where one is.
        await Expect(page.Locator("#orders h1")).ToBeFocusedAsync();
        await page.GoBackAsync();
        await Expect(next).ToBeVisibleAsync();
        await visitor.AssertSoundAsync("list-by-keyboard");
    }

    [Fact]
    public async Task A_form_that_cannot_reach_the_server_stays_with_what_was_typed_and_is_sent_once_when_it_can()
    {
        await using var visitor = await Visitor.SignedInAsync(company);
        var page = visitor.Page;
        await page.GotoAsync("/policy/setup");
        var (field, send, told) = (page.GetByLabel("Late by at least, days"), page.GetByRole(AriaRole.Button, new() { Name = "Show what would change" }),
            page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "The server cannot be reached" }));
        await field.FillAsync("37");
        var posts = 0;
        page.Request += (_, request) => posts += request.Method == "POST" ? 1 : 0;
        await page.Context.SetOfflineAsync(true);
        await send.ClickAsync();
        await Expect(told).ToBeVisibleAsync();
        await send.ClickAsync();
        await Expect(told).ToHaveCountAsync(1);
        await Expect(field).ToHaveValueAsync("37");
        Assert.Equal((0, company.Address + "/policy/setup"), (posts, page.Url));
        await page.Context.SetOfflineAsync(false);
        await send.DblClickAsync();
        await Expect(page.GetByText("are at least 37 days late").First).ToBeVisibleAsync();
        await Expect(told).ToHaveCountAsync(0);
        Assert.Equal(1, posts);
        visitor.ForgetDisconnections();
        await visitor.AssertSoundAsync("form-sent-again");
    }

    [Fact]
    public async Task The_page_of_a_list_that_somebody_asks_for_comes_whatever_news_come_first()
    {
        await using var visitor = await Visitor.SignedInAsync(company);
        var page = visitor.Page;
        await page.GotoAsync("/orders");
        var shown = new TaskCompletionSource();
        await page.RouteAsync("**/orders?page=2", async route =>
        {
            await shown.Task;
            await route.ContinueAsync();
        });
        await page.Locator("#page-next").ClickAsync();
        await page.RunAndWaitForResponseAsync(
            () => page.EvaluateAsync("htmx.trigger(document.getElementById('orders'), 'news')"), response => response.Request.Headers.ContainsKey("aval-news"));
        await page.WaitForFunctionAsync("() => !document.querySelector('#orders.htmx-request')");
        shown.SetResult();
        await Expect(page).ToHaveURLAsync(new Regex("page=2"));
        await Expect(page.Locator("#page-prev")).ToBeVisibleAsync();
        visitor.AssertQuiet();
    }

    [Theory]
    [InlineData("de")]
    [InlineData("fr")]
    public async Task Pages_are_readable_in_other_languages(string language)
    {
        await using var visitor = await Visitor.SignedInAsync(company, name: "Ben Adler");
        var page = visitor.Page;
        await page.Locator($".body .tongues button[value={language}]").Last.ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", language);
        string[] addresses =
            ["/orders", "/customers", "/invoices?state=overdue", "/work", "/incidents", "/account", "/help", "/help/limit-exceeded", "/journal"];
        foreach (var address in addresses)
        {
            await page.GotoAsync(address);
            await visitor.AssertSoundInEveryLookAsync($"{Regex.Replace(address, "[^a-z]+", "-").Trim('-')}-{language}");
        }

        await page.GotoAsync("/invoices");
        await page.Locator("#invoices tbody th a").First.ClickAsync();
        await Expect(visitor.Heading).ToContainTextAsync(language == "de" ? "Rechnung" : "Facture");
        await visitor.AssertSoundInEveryLookAsync($"invoice-{language}");
        await page.GotoAsync("/search?q=1");
        await visitor.AssertSoundInEveryLookAsync($"search-{language}");
        await page.Locator(".body .tongues button[value=en]").Last.ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
    }

    [Fact]
    public async Task On_a_phone_the_menu_opens_over_the_page_and_leads_on_without_scripts_too()
    {
        foreach (var scripts in new[] { true, false })
        {
            await using var visitor = await Visitor.SignedInAsync(company, phone: true, scripts: scripts);
            var page = visitor.Page;
            await Expect(page.Locator("#menu")).ToBeHiddenAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Menu", Exact = true }).ClickAsync();
            await Expect(page.Locator("#menu")).ToBeVisibleAsync();
            if (scripts) await visitor.AssertSoundAsync("menu-phone");
            await page.Locator("#menu").GetByRole(AriaRole.Link, new() { Name = "Invoices", Exact = true }).ClickAsync();
            await Expect(visitor.Heading).ToHaveTextAsync("Invoices");
        }
    }

    [Fact]
    public async Task Keys_lead_through_lists_and_pages_and_are_told_on_a_sheet()
    {
        await using var visitor = await Visitor.SignedInAsync(company);
        var page = visitor.Page;
        await page.Keyboard.PressAsync("?");
        await Expect(page.Locator("#keys")).ToBeVisibleAsync();
        await visitor.AssertSoundAsync("keys");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#keys")).ToBeHiddenAsync();
        await page.Keyboard.TypeAsync("go");
        await Expect(visitor.Heading).ToHaveTextAsync("Orders");
        var second = await page.Locator("#orders tbody th a").Nth(1).InnerTextAsync();
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        await Expect(visitor.Heading).ToContainTextAsync(second);
        await page.Keyboard.PressAsync("u");
        await Expect(visitor.Heading).ToHaveTextAsync("Orders");
        await page.Keyboard.PressAsync("n");
        await Expect(page).ToHaveURLAsync(new Regex("page=2"));
        await page.Keyboard.PressAsync("f");
        await page.Keyboard.TypeAsync("gj?/");
        await Expect(page.Locator("#orders .filters #q")).ToHaveValueAsync("gj?/");
    }

    [Fact]
    public async Task Whoever_has_no_use_for_keys_switches_them_off()
    {
        await using var visitor = await Visitor.SignedInAsync(company, name: "Omar Haddad");
        var page = visitor.Page;
        await page.GotoAsync("/account");
        await page.GetByRole(AriaRole.Button, new() { Name = "Switch them off" }).ClickAsync();
        await page.Keyboard.PressAsync("?");
        await page.Keyboard.PressAsync("/");
        await Expect(page.Locator("#keys")).ToBeHiddenAsync();
        await Expect(page.Locator("#search")).Not.ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Switch them on" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Switch them off" })).ToBeVisibleAsync();
        await page.WaitForLoadStateAsync();
        await page.Keyboard.PressAsync("/");
        await Expect(page.Locator("#search")).ToBeFocusedAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_list_is_ordered_narrowed_and_shown_with_other_columns_with_and_without_scripts(bool scripts)
    {
        await using var visitor = await Visitor.SignedInAsync(company, scripts: scripts, name: "Omar Haddad");
        var page = visitor.Page;
        await page.GotoAsync("/invoices");
        await page.GetByRole(AriaRole.Link, new() { Name = "Amount", Exact = true }).ClickAsync();
        await Expect(page.Locator("th[aria-sort]")).ToHaveTextAsync(new Regex("Amount"));
        await page.Locator("#state").SelectOptionAsync("overdue");
        if (!scripts) await page.GetByRole(AriaRole.Button, new() { Name = "Show", Exact = true }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("state=overdue"));
        await Expect(page).ToHaveURLAsync(new Regex("by=amount"));
        await page.Locator(".choice summary").ClickAsync();
        if (scripts) await visitor.AssertSoundAsync("columns");
        await page.GetByLabel("Days overdue").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep" }).ClickAsync();
        await Expect(page.Locator("#invoices thead")).ToContainTextAsync("Days overdue");
        await Expect(page).ToHaveURLAsync(new Regex("state=overdue"));
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "CSV" }).ClickAsync());
        Assert.Matches(@"^invoices-2026-03-02\.csv$", download.SuggestedFilename);
        await page.Locator(".choice summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "As usual" }).ClickAsync();
        await Expect(page.Locator("#invoices thead")).Not.ToContainTextAsync("Days overdue");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task On_a_phone_a_field_chooses_the_order_in_place_of_heads_and_the_table_keeps_its_parts(bool scripts)
    {
        await using var visitor = await Visitor.SignedInAsync(company, phone: true, scripts: scripts);
        var page = visitor.Page;
        await page.GotoAsync("/orders");
        await Expect(page.Locator("#orders thead")).ToBeHiddenAsync();
        await page.GetByLabel("Sort by").SelectOptionAsync("amount");
        if (!scripts) await page.GetByRole(AriaRole.Button, new() { Name = "Sort", Exact = true }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("by=amount"));
        await page.GetByLabel("Descending").CheckAsync();
        if (!scripts) await page.GetByRole(AriaRole.Button, new() { Name = "Sort", Exact = true }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("by=amount&descending=1"));
        await Expect(page.GetByRole(AriaRole.Rowheader).First).ToBeVisibleAsync();
        Assert.True(await page.GetByRole(AriaRole.Cell).CountAsync() > 50);
        await page.GotoAsync("/orders?page=999");
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^To the last page") }).ClickAsync();
        await Expect(page.Locator("#orders tbody tr").First).ToBeVisibleAsync();
        if (scripts) await visitor.AssertSoundAsync("sort-phone");
    }

    [Fact]
    public async Task A_finding_leads_to_what_it_means()
    {
        await using var visitor = await Visitor.SignedInAsync(company);
        var page = visitor.Page;
        await page.Locator("#held tbody th a").First.ClickAsync();
        await page.Locator(".findings .explained").First.ClickAsync();
        await Expect(page.Locator("main .prose")).ToBeVisibleAsync();
        await Expect(page.Locator(".crumbs a")).ToHaveAttributeAsync("href", "/help");
        await visitor.AssertSoundAsync("help");
    }
}
