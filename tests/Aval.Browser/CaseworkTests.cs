using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Aval.Browser;

/// <summary>Cases as people work them: the lists, the context card, the decision.</summary>
public sealed class CaseworkTests(DemoCompany company) : IClassFixture<DemoCompany>
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task Lists_and_cases_are_readable_on_a_desk_and_on_a_phone(bool dark, bool phone)
    {
        await using var visitor = await Visitor.SignedInAsync(company, dark, phone);
        var look = (dark ? "dark" : "light") + (phone ? "-phone" : "");
        await visitor.Page.GotoAsync("/work");
        await visitor.AssertSoundAsync($"work-{look}");
        await visitor.Page.Locator("#work tbody summary").First.ClickAsync();
        await visitor.AssertSoundAsync($"work-open-{look}");
        await visitor.Page.GotoAsync("/work?owner=credit&late=1&mine=1");
        await Expect(visitor.Page.Locator(".nothing")).ToBeVisibleAsync();
        await visitor.Page.GotoAsync(await OfCreditAsync(visitor) + "?decision=releaseUnderCondition");
        await visitor.AssertSoundAsync($"block-{look}");
    }

    [Fact]
    public async Task The_badge_of_an_order_follows_when_somebody_else_cancels_it()
    {
        await using var visitor = await Visitor.SignedInAsync(company);
        var order = await company.EnterAsync("orders", new
        {
            number = "SO-FOLLOWED", customer = DemoCompany.Decided, currency = "EUR", orderDate = "2026-03-02",
            lines = new[] { new { line = 1, item = "A-100", quantity = 1, unitPrice = 1000, taxRate = 0 } },
        });
        await visitor.Page.GotoAsync("/orders/SO-FOLLOWED");
        await Expect(visitor.Page.Locator("#order-status")).ToHaveTextAsync("Held");
        await using var other = await Visitor.SignedInAsync(company);
        await other.Page.GotoAsync("/blocks/" + order.GetProperty("block").GetString());
        await Expect(other.Page.Locator("#order-status")).ToHaveTextAsync("Held");
        await company.EnterAsync("orders/SO-FOLLOWED/cancel", new { reason = "they buy elsewhere" });
        foreach (var page in new[] { visitor.Page, other.Page })
        {
            await Expect(page.Locator("h1 #order-status")).ToHaveTextAsync("Cancelled");
            await Expect(page.Locator("#verdict-part")).ToContainTextAsync("ancelled");
        }
    }

    [Fact]
    public async Task What_happens_between_a_page_and_its_stream_of_news_is_shown_as_well()
    {
        await using var visitor = await Visitor.SignedInAsync(company);
        await company.EnterAsync("orders", new
        {
            number = "SO-BETWEEN", customer = DemoCompany.Decided, currency = "EUR", orderDate = "2026-03-02",
            lines = new[] { new { line = 1, item = "A-100", quantity = 1, unitPrice = 1000, taxRate = 0 } },
        });
        var cancelled = new TaskCompletionSource();
        await visitor.Page.RouteAsync("**/events?*", async route =>
        {
            await cancelled.Task;
            await route.ContinueAsync();
        });
        await visitor.Page.GotoAsync("/orders/SO-BETWEEN");
        await Expect(visitor.Page.Locator("#order-status")).ToHaveTextAsync("Held");
        // By then nobody looks for news any more, unless another test has somebody who follows.
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        await company.EnterAsync("orders/SO-BETWEEN/cancel", new { reason = "they buy elsewhere" });
        cancelled.SetResult();
        await Expect(visitor.Page.Locator("h1 #order-status")).ToHaveTextAsync("Cancelled");
    }

    [Fact]
    public async Task A_line_is_taken_put_off_and_handed_over_and_others_see_it_without_loading_the_page()
    {
        await using var clara = await Visitor.SignedInAsync(company);
        await using var ben = await Visitor.SignedInAsync(company, name: "Ben Adler");
        await clara.Page.GotoAsync("/work?owner=credit&kind=decide");
        await ben.Page.GotoAsync("/work?owner=credit&kind=decide");
        var order = await clara.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Take ") }).First.GetAttributeAsync("aria-label") ?? "";
        var number = order["Take ".Length..];
        await clara.Page.GetByRole(AriaRole.Button, new() { Name = order, Exact = true }).ClickAsync();
        await Expect(Line(clara, number)).ToContainTextAsync("Clara Novak");
        await Expect(Line(ben, number)).ToContainTextAsync("Clara Novak");

        await Line(clara, number).Locator("summary").ClickAsync();
        await Line(clara, number).GetByLabel("Put off until").FillAsync("2026-03-06");
        await Line(clara, number).GetByLabel("Why").Last.FillAsync("they call back on Monday");
        await Line(clara, number).GetByRole(AriaRole.Button, new() { Name = "Put off" }).ClickAsync();
        await Expect(Line(clara, number)).ToHaveCountAsync(0);
        await clara.Page.GetByLabel("Put off, too").CheckAsync();
        await Expect(Line(clara, number)).ToContainTextAsync("they call back on Monday");

        await Line(clara, number).Locator("summary").ClickAsync();
        await Line(clara, number).GetByLabel("Hand over to").SelectOptionAsync("leadership");
        await Line(clara, number).GetByLabel("Why").First.FillAsync("too large for us");
        await Line(clara, number).GetByRole(AriaRole.Button, new() { Name = "Hand over" }).ClickAsync();
        await Expect(Line(clara, number)).ToHaveCountAsync(0);
        await clara.Page.GotoAsync("/work?owner=leadership");
        await Expect(Line(clara, number)).ToContainTextAsync("too large for us");
    }

    [Fact]
    public async Task Customer_Service_fills_the_card_and_Credit_sees_what_is_still_open()
    {
        await using var clara = await Visitor.SignedInAsync(company);
        var block = "/blocks/" + company.OpenBlock;
        await using var rosa = await Visitor.SignedInAsync(company, name: "Rosa Lindqvist");
        await rosa.Page.GotoAsync(block);
        await rosa.Page.GetByLabel("How urgent is it").FillAsync("by Friday");
        await rosa.Page.GetByRole(AriaRole.Group, new() { Name = "Can it be delivered in parts?" }).GetByLabel("Yes").CheckAsync();
        await rosa.AssertSoundAsync("context-card");
        await rosa.Page.GetByRole(AriaRole.Button, new() { Name = "Keep these answers" }).ClickAsync();
        await Expect(rosa.Page.Locator("#context .facts")).ToContainTextAsync("by Friday");
        await clara.Page.GotoAsync(block);
        await Expect(clara.Page.Locator("#context")).ToContainTextAsync("Rosa Lindqvist");
        await Expect(clara.Page.Locator("#context .tag.wait")).ToHaveCountAsync(9);
        await Expect(clara.Page.Locator("#context form")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData("release", "")]
    [InlineData("requestDeposit", "until")]
    [InlineData("requireGuarantee", "kind amount until")]
    [InlineData("temporaryLimit", "amount until")]
    [InlineData("stagedInvoicing", "stageDate stageAmount")]
    [InlineData("reviseTerms", "paymentTerms")]
    [InlineData("reviewDisputes", "owner until")]
    [InlineData("escalate", "to question until")]
    [InlineData("maintainBlock", "mustHappen until")]
    public async Task Each_kind_shows_what_it_cannot_do_without(string kind, string needed)
    {
        await using var visitor = await Visitor.SignedInAsync(company);
        await visitor.Page.GotoAsync(await OfCreditAsync(visitor));
        // On a block that is decided already the form stands folded.
        await visitor.Page.EvaluateAsync("document.querySelector('details.otherwise')?.setAttribute('open', '')");
        await visitor.Page.GetByLabel("Decision", new() { Exact = true }).SelectOptionAsync(kind);
        if (kind == "release") await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Show what it needs" }).ClickAsync();
        await Expect(visitor.Page.Locator($"#decide-part input[name=decision][value={kind}]")).ToBeAttachedAsync();
        var required = await visitor.Page.Locator("#decide-part [required]").EvaluateAllAsync<string[]>("all => all.map(one => one.name)");
        Assert.Equal([.. needed.Split(' ', StringSplitOptions.RemoveEmptyEntries), "reason"], required);
    }

    [Fact]
    public async Task What_is_wrong_stands_beside_its_field_and_an_option_is_looked_at_and_taken_in_one_step()
    {
        await using var visitor = await Visitor.SignedInAsync(company);
        var page = visitor.Page;
        await page.GotoAsync(await WithOptionsAsync(visitor) + "?decision=reviseTerms");
        await page.GetByLabel("Payment terms").FillAsync("WHENEVER");
        await page.Locator("#decide-part #reason").FillAsync("agreed");
        await page.Locator("#decide-part").GetByRole(AriaRole.Button, new() { Name = "Decide", Exact = true }).ClickAsync();
        await Expect(page.Locator("#paymentTerms-fault")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Payment terms")).ToHaveValueAsync("WHENEVER");
        await Expect(page.GetByLabel("Payment terms")).ToHaveAttributeAsync("aria-invalid", "true");
        visitor.ForgetRefusals();
        await visitor.AssertSoundAsync("decision-refused");

        await page.GetByRole(AriaRole.Radio).First.CheckAsync();
        await page.Locator("#option-reason").FillAsync("as proposed");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show what it would do" }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Nothing is decided yet" }).Or(page.GetByRole(AriaRole.Alert))).ToBeVisibleAsync();
        await Expect(page.Locator("#option-reason")).ToHaveValueAsync("as proposed");
    }

    static ILocator Line(Visitor visitor, string number) =>
        visitor.Page.Locator("#work tbody tr").Filter(new() { Has = visitor.Page.Locator($"th a.number >> text=\"{number}\"") });

    /// <summary>A case of credit's for which something can be done.</summary>
    static async Task<string> WithOptionsAsync(Visitor visitor)
    {
        await visitor.Page.GotoAsync("/work?owner=credit&kind=decide");
        foreach (var block in await visitor.Page.Locator("#work tbody th a.number").EvaluateAllAsync<string[]>("all => all.map(one => one.getAttribute('href'))"))
        {
            await visitor.Page.GotoAsync(block);
            if (await visitor.Page.Locator("input[name=option]").CountAsync() > 0) return block;
        }

        throw new InvalidOperationException("no case of the demonstration has an option");
    }

    static async Task<string> OfCreditAsync(Visitor visitor)
    {
        await visitor.Page.GotoAsync("/work?owner=credit&kind=decide");
        return await visitor.Page.Locator("#work tbody th a.number").Last.GetAttributeAsync("href") ?? "";
    }
}
