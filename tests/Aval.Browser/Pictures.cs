using System.Text.RegularExpressions;
using Aval.Simulation;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Aval.Browser;

/// <summary>The pictures of the main screens in <c>docs/screens</c>, taken by <c>./aval screens</c> of a company that is the same whenever they are taken.</summary>
public sealed class Pictures
{
    static readonly SimulationPlan Plan = new(60, 18, 1, new DateOnly(2026, 11, 20));

    [Fact]
    public async Task Main_screens_are_photographed()
    {
        if (Environment.GetEnvironmentVariable("AVAL_SCREENS") is not { Length: > 0 } folder)
        {
            Assert.Skip("./aval screens takes them");
            return;
        }

        Directory.CreateDirectory(folder);
        await using var company = new DemoCompany(Plan);
        await company.InitializeAsync();
        await using (var clara = await Visitor.SignedInAsync(company)) await CreditAsync(clara, folder);
        await using (var rosa = await Visitor.SignedInAsync(company, name: "Rosa Lindqvist")) await EntryAsync(rosa, folder);
        await using (var omar = await Visitor.SignedInAsync(company, name: "Omar Haddad")) await MoneyAsync(company, omar, folder);
        await using (var ben = await Visitor.SignedInAsync(company, phone: true, name: "Ben Adler")) await TakeAsync(ben, "/", Path.Combine(folder, "phone.png"));
    }

    static async Task CreditAsync(Visitor clara, string folder)
    {
        var page = clara.Page;
        await TakeAsync(clara, "/", Path.Combine(folder, "home.png"));
        var block = await WithDepositAsync(clara);
        await TakeAsync(clara, block, Path.Combine(folder, "block.png"));
        await page.GotoAsync(block + "?decision=releaseUnderCondition");
        await TakeFromAsync(clara, ".readings:has(#decide-part)", Path.Combine(folder, "decision.png"));
        await page.GotoAsync(block);
        await page.Locator("h1 + p a").First.ClickAsync();
        await TakeAsync(clara, page.Url, Path.Combine(folder, "customer.png"));
        await page.GotoAsync("/journal?from=2026-01-01&to=2026-08-31&kind=decideBlock");
        await page.Locator("#journal tbody th a").First.ClickAsync();
        await TakeAsync(clara, page.Url, Path.Combine(folder, "journal.png"));
        await page.GotoAsync("/policy");
        await page.GetByLabel("Begin a draft from").SelectOptionAsync("standard");
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin", Exact = true }).ClickAsync();
        await Expect(clara.Heading).ToHaveTextAsync("Draft of the policy");
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Change\\s+Order too large") }).First.ClickAsync();
        await page.GetByLabel("Worth more than, EUR", new() { Exact = true }).FillAsync("30000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep in the draft" }).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("worth more than 30,000");
        await page.GotoAsync("/policy/trial");
        await page.GetByRole(AriaRole.Button, new() { Name = "Try it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What it would have meant" })).ToBeVisibleAsync(new() { Timeout = 120_000 });
        await TakeFromAsync(clara, "h1", Path.Combine(folder, "time-machine.png"));
    }

    static async Task EntryAsync(Visitor rosa, string folder)
    {
        var page = rosa.Page;
        await page.GotoAsync("/new-order?customer=C10002");
        await page.GetByLabel(new Regex("^Order number")).FillAsync("SO-261120-1");
        await page.GetByLabel("Item").First.FillAsync("A-100");
        await page.GetByLabel("Quantity").First.FillAsync("20");
        await page.GetByLabel("Price").First.FillAsync("2400");
        await Expect(page.Locator("#entry-answer")).ToContainTextAsync("It would be");
        await TakeFromAsync(rosa, "h1", Path.Combine(folder, "order-entry.png"));
    }

    static async Task MoneyAsync(DemoCompany company, Visitor omar, string folder)
    {
        foreach (var (number, dueDate) in new[] { ("IN-10001-901", "2026-11-10"), ("IN-10001-902", "2026-11-24") })
            await company.EnterAsync("invoices", new { number, customer = "C10001", date = "2026-10-20", dueDate, currency = "EUR", amount = 4860 });
        await company.EnterAsync("receipts", new { number = "RC-10001-901", payer = "C10001", date = "2026-11-19", currency = "EUR", amount = 4860, cleared = true });
        await company.EnterAsync("receipts/RC-10001-901/match", new { });
        await TakeAsync(omar, "/cash/receipts/RC-10001-901", Path.Combine(folder, "cash.png"));
        await TakeAsync(omar, "/reports/aging", Path.Combine(folder, "aging.png"));
    }

    static async Task TakeAsync(Visitor visitor, string address, string path)
    {
        await visitor.Page.GotoAsync(address);
        await TakeFromAsync(visitor, "h1", path);
    }

    /// <summary>What one sees in a window of usual size that begins where this stands.</summary>
    static async Task TakeFromAsync(Visitor visitor, string what, string path)
    {
        await visitor.Page.WaitForLoadStateAsync(LoadState.Load);
        await visitor.Page.EvaluateAsync("() => document.fonts.ready");
        if (what != "h1") await visitor.Page.Locator(what).EvaluateAsync("one => scrollTo({ top: one.getBoundingClientRect().top + scrollY - 70, behavior: 'instant' })");
        await visitor.Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 300)))");
        await visitor.Page.ScreenshotAsync(new() { Path = path, Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Hide });
    }

    /// <summary>A case of credit's that a deposit would free.</summary>
    static async Task<string> WithDepositAsync(Visitor visitor)
    {
        await visitor.Page.GotoAsync("/work?owner=credit&kind=decide");
        foreach (var block in await visitor.Page.Locator("#work tbody th a.number").EvaluateAllAsync<string[]>("all => all.map(one => one.getAttribute('href'))"))
        {
            await visitor.Page.GotoAsync(block);
            if (await visitor.Page.GetByText("Ask for a deposit of").CountAsync() > 0) return block;
        }

        throw new InvalidOperationException("no case of the company is freed by a deposit");
    }
}
