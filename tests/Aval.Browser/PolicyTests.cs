using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Aval.Browser;

/// <summary>The policy and the journal as people use them; in a company of their own, since a policy that is activated holds the orders of all.</summary>
public sealed class PolicyTests(DemoCompany company) : IClassFixture<DemoCompany>
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task A_draft_is_made_tried_on_the_past_and_activated_by_another_person(bool dark, bool phone)
    {
        var look = (dark ? "dark" : "light") + (phone ? "-phone" : "");
        // Another one each time: what is in force already is no difference.
        var (entered, told) = phone ? ("3000", "3,000") : ("2000", "2,000");
        await using var clara = await Visitor.SignedInAsync(company, dark, phone);
        var page = clara.Page;
        await page.GotoAsync("/policy");
        await clara.AssertSoundAsync($"policy-{look}");
        await page.GetByLabel("Begin a draft from").SelectOptionAsync("standard");
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin", Exact = true }).ClickAsync();
        await Expect(clara.Heading).ToHaveTextAsync("Draft of the policy");
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Change\\s+Order too large") }).First.ClickAsync();
        await page.GetByLabel("Worth more than, EUR", new() { Exact = true }).FillAsync("a lot");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep in the draft" }).ClickAsync();
        await Expect(page.GetByLabel("Worth more than, EUR", new() { Exact = true })).ToHaveAttributeAsync("aria-invalid", "true");
        clara.ForgetRefusals();
        await clara.AssertSoundAsync($"policy-rule-refused-{look}");
        await page.GetByLabel("Worth more than, EUR", new() { Exact = true }).FillAsync(entered);
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep in the draft" }).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("worth more than " + told);
        await clara.AssertSoundAsync($"policy-draft-{look}");
        foreach (var part in new[] { "creditPolicy", "delegationLevels", "dataResponsibility" })
        {
            await page.GotoAsync("/policy/draft/part?part=" + part);
            await clara.AssertSoundAsync($"policy-part-{part}-{look}");
        }

        await page.GotoAsync("/policy/draft/rule?rule=overdue");
        await clara.AssertSoundAsync($"policy-rule-{look}");
        await page.GotoAsync("/policy/compare");
        await Expect(page.Locator(".sides")).ToContainTextAsync(told);
        await clara.AssertSoundAsync($"policy-compare-{look}");

        await page.GotoAsync("/policy/trial");
        await clara.AssertSoundAsync($"trial-{look}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Try it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What it would have meant" })).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await clara.AssertSoundAsync($"trial-result-{look}");
        await page.GetByLabel("Which orders").SelectOptionAsync("held");
        await Expect(page.Locator("#changed .stack tbody tr").First).ToContainTextAsync("held");

        await using var helena = await Visitor.SignedInAsync(company, dark, phone, name: "Helena Voss");
        await helena.Page.GotoAsync("/policy/draft");
        await helena.Page.GetByLabel("Why").FillAsync("spring cleaning");
        await helena.AssertSoundAsync($"policy-activate-{look}");
        await helena.Page.GetByRole(AriaRole.Button, new() { Name = "Activate" }).ClickAsync();
        await Expect(helena.Heading).ToContainTextAsync("Policy version");
        await helena.AssertSoundAsync($"policy-version-{look}");
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task Seven_questions_are_answered(bool dark, bool phone)
    {
        var look = (dark ? "dark" : "light") + (phone ? "-phone" : "");
        await using var clara = await Visitor.SignedInAsync(company, dark, phone);
        await clara.Page.GotoAsync("/policy/setup");
        await clara.AssertSoundAsync($"policy-setup-{look}");
        await clara.Page.GetByLabel("Late by at least, days").FillAsync("soon");
        await clara.Page.GetByRole(AriaRole.Button, new() { Name = "Show what would change" }).ClickAsync();
        await Expect(clara.Page.Locator("#overdueDays-fault")).ToBeVisibleAsync();
        await Expect(clara.Page.Locator("#overdueDays")).ToBeFocusedAsync();
        clara.ForgetRefusals();
        await clara.AssertSoundAsync($"policy-setup-refused-{look}");
        await clara.Page.GetByLabel("Late by at least, days").FillAsync("31");
        await clara.Page.GetByRole(AriaRole.Button, new() { Name = "Show what would change" }).ClickAsync();
        await Expect(clara.Page.GetByRole(AriaRole.Heading, new() { Name = "What would change" })).ToBeFocusedAsync();
        await Expect(clara.Page.GetByText("are at least 31 days late").First).ToBeVisibleAsync();
        await clara.AssertSoundAsync($"policy-setup-shown-{look}");
    }

    [Theory]
    [InlineData(false, false, true)]
    [InlineData(true, true, false)]
    public async Task A_decision_is_found_in_the_journal_and_its_chain_is_proved(bool dark, bool phone, bool scripts)
    {
        var look = (dark ? "dark" : "light") + (phone ? "-phone" : "");
        await using var clara = await Visitor.SignedInAsync(company, dark, phone, scripts);
        var page = clara.Page;
        await page.GotoAsync("/journal?from=2025-01-01&kind=decideBlock");
        if (scripts) await clara.AssertSoundAsync($"journal-found-{look}");
        await page.Locator("#journal tbody th a").First.ClickAsync();
        await Expect(clara.Heading).ToHaveTextAsync("Decision taken");
        await Expect(page.GetByRole(AriaRole.Heading, new() { NameRegex = new Regex("^What became of it") })).ToBeVisibleAsync();
        if (scripts)
        {
            await page.GetByText("The entry as it is kept").ClickAsync();
            await clara.AssertSoundAsync($"journal-entry-{look}");
        }

        await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Verify the chain") }).ClickAsync();
        await Expect(page.Locator("[role=status]:not(#said)")).ToContainTextAsync("The chain is whole");
        if (scripts) await clara.AssertSoundAsync($"journal-proof-{look}");
    }
}
