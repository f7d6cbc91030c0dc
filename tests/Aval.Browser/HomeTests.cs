using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Aval.Browser;

/// <summary>The first page of each role: it can be used by everyone in every look, begins with what waits, and changes by itself.</summary>
public sealed class HomeTests(DemoCompany company)
{
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
}
