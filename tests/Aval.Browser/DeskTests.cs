using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Aval.Browser;

/// <summary>The two screens on which Customer Service and Credit meet: the block with its bench, and the order that is entered.</summary>
public sealed class DeskTests(DemoCompany company) : IClassFixture<DemoCompany>
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task A_block_is_read_tried_on_the_bench_and_looks_well_everywhere(bool dark, bool phone)
    {
        await using var visitor = await Visitor.SignedInAsync(company, dark, phone);
        var look = (dark ? "dark" : "light") + (phone ? "-phone" : "");
        var page = visitor.Page;
        await page.GotoAsync(await WithDepositAsync(visitor));
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Verdict" })).ToBeVisibleAsync();
        await visitor.AssertSoundAsync($"the-block-{look}");
        var answer = page.Locator("#bench-answer");
        await Expect(answer).ToContainTextAsync("As it stands it is held.");
        var address = page.Url;
        await page.GetByLabel(new Regex("^A deposit were paid")).FillAsync(await page.GetByLabel(new Regex("^The order came to")).InputValueAsync());
        await Expect(answer).ToContainTextAsync("So it would pass");
        await visitor.AssertSoundAsync($"the-bench-{look}");
        await page.GetByLabel("Deposit", new() { Exact = true }).FillAsync("0");
        await Expect(page.GetByLabel(new Regex("^A deposit were paid"))).ToHaveValueAsync("0");
        await Expect(answer).ToContainTextAsync("still be held");
        await page.GetByLabel(new Regex("^The order came to")).FillAsync("-3");
        await Expect(answer).ToContainTextAsync("must be an amount above zero");
        Assert.Equal(address, page.Url);
        await page.ReloadAsync();
        await Expect(answer).ToContainTextAsync("As it stands it is held.");
    }

    [Fact]
    public async Task Without_scripts_the_bench_answers_by_its_button()
    {
        await using var visitor = await Visitor.SignedInAsync(company, scripts: false);
        var page = visitor.Page;
        await page.GotoAsync(await WithDepositAsync(visitor));
        await page.GetByLabel(new Regex("^A deposit were paid")).FillAsync(await page.GetByLabel(new Regex("^The order came to")).InputValueAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask the check" }).ClickAsync();
        await Expect(visitor.Heading).ToContainTextAsync("What if?");
        await Expect(page.Locator("#bench-answer")).ToContainTextAsync("So it would pass");
        await Expect(page).ToHaveURLAsync(new Regex("deposit="));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task An_order_is_typed_pasted_checked_while_it_is_typed_and_entered(bool dark, bool phone)
    {
        await using var visitor = await Visitor.SignedInAsync(company, dark, phone, name: "Rosa Lindqvist");
        var look = (dark ? "dark" : "light") + (phone ? "-phone" : "");
        var page = visitor.Page;
        await page.GotoAsync("/orders");
        await page.GetByRole(AriaRole.Link, new() { Name = "New order" }).ClickAsync();
        await Expect(visitor.Heading).ToHaveTextAsync("New order");
        await visitor.AssertSoundAsync($"order-empty-{look}");
        var answer = page.Locator("#entry-answer");
        await page.GetByLabel("Customer, by number or name").FillAsync(DemoCompany.Decided);
        await Expect(answer).ToContainTextAsync("Agreed terms");
        await page.GetByLabel("Item").First.FillAsync("A-100");
        await page.GetByLabel("Quantity").First.FillAsync("2");
        await page.GetByLabel("Price").First.FillAsync("10");
        await Expect(answer).ToContainTextAsync("It would be");
        await page.GetByLabel("Quantity").First.FillAsync("-3");
        await page.GetByLabel("Price").First.FillAsync("12,345");
        await Expect(answer).ToContainTextAsync("“Price” may be read in two ways");
        await Expect(page.Locator("#lines .invalid-feedback")).ToHaveCountAsync(2);
        await Expect(page.GetByLabel("Quantity").First).ToHaveAttributeAsync("aria-invalid", "true");
        await visitor.AssertSoundAsync($"order-doubtful-{look}");
        await page.GetByLabel("Quantity").First.FillAsync("2");
        await page.GetByLabel("Price").First.FillAsync("10");
        await Expect(answer).ToContainTextAsync("It would be");
        await Expect(page.Locator("#lines .invalid-feedback")).ToHaveCountAsync(0);
        await page.GetByLabel("Or paste lines from a spreadsheet").FillAsync("B-7\t3\t1.000,50\nC-1\tmany\t2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take these lines over" }).ClickAsync();
        await Expect(page.Locator("#lines .alert")).ToContainTextAsync("Line 2: The quantity “many”");
        await Expect(page.GetByLabel("Price").Nth(1)).ToHaveValueAsync("1000.50");
        await Expect(page.GetByLabel("Item").First).ToHaveValueAsync("A-100");
        await visitor.AssertSoundAsync($"order-typed-{look}");
        await page.GetByLabel("Or paste lines from a spreadsheet").FillAsync("");
        var number = await page.GetByLabel(new Regex("^Order number")).InputValueAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Enter the order" }).ClickAsync();
        await Expect(visitor.Heading).ToContainTextAsync($"Order {number}");
        await visitor.AssertSoundAsync($"order-entered-{look}");
    }

    [Fact]
    public async Task Without_scripts_an_order_is_checked_and_entered_by_buttons_and_Enter_enters_nothing()
    {
        await using var visitor = await Visitor.SignedInAsync(company, scripts: false, name: "Rosa Lindqvist");
        var page = visitor.Page;
        await page.GotoAsync("/new-order?customer=" + DemoCompany.Decided);
        var number = await page.GetByLabel(new Regex("^Order number")).InputValueAsync();
        await page.GetByLabel("Item").First.FillAsync("A-100");
        await page.GetByLabel("Quantity").First.FillAsync("1");
        await page.GetByLabel("Price").First.FillAsync("1");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#entry-answer")).ToContainTextAsync("It would be");
        await Expect(page.GetByLabel("Price").First).ToHaveValueAsync("1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Enter the order" }).ClickAsync();
        await Expect(visitor.Heading).ToContainTextAsync($"Order {number}");
    }

    [Fact]
    public async Task What_is_missing_of_a_hostile_order_is_completed_where_it_is_read()
    {
        await using var visitor = await Visitor.SignedInAsync(company, name: "Rosa Lindqvist");
        var page = visitor.Page;
        await page.GotoAsync("/orders/" + Uri.EscapeDataString(DemoCompany.HostileOrder));
        await page.GetByText("Change something else").ClickAsync();
        await page.GetByLabel("Buyer’s reference").FillAsync("<i>Ms Lee</i>");
        await visitor.AssertSoundAsync("complete");
        await page.GetByRole(AriaRole.Button, new() { Name = "Complete and check again" }).ClickAsync();
        await Expect(page.Locator("section[aria-labelledby=order-facts]")).ToContainTextAsync("<i>Ms Lee</i>");
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task What_a_decision_would_do_is_shown_beside_the_button_that_takes_it(bool scripts, bool phone)
    {
        await using var visitor = await Visitor.SignedInAsync(company, phone: phone, scripts: scripts);
        var page = visitor.Page;
        await page.GotoAsync(await WithDepositAsync(visitor));
        await page.GetByRole(AriaRole.Button, new() { Name = "Show what it would do" }).First.ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("Choose one of the options first.");
        await page.Locator("input[name=option]").First.CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show what it would do" }).First.ClickAsync();
        var button = page.Locator("#preview").GetByRole(AriaRole.Button, new() { Name = "Decide so" });
        await Expect(button).ToBeInViewportAsync();
        visitor.ForgetRefusals();
        if (scripts) await visitor.AssertSoundAsync($"preview-{(phone ? "phone" : "desk")}");
        // Without a reason nothing is decided: the field is asked for.
        await button.ClickAsync();
        await Expect(page.Locator("#option-reason")).ToBeInViewportAsync();
    }

    [Fact]
    public async Task A_block_is_printed_with_its_options_and_their_proof_and_without_forms_or_their_headings()
    {
        await using var visitor = await Visitor.SignedInAsync(company);
        var page = visitor.Page;
        await page.GotoAsync(await WithDepositAsync(visitor));
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(page.GetByText("Ask for a deposit of").First).ToBeVisibleAsync();
        await Expect(page.Locator(".option .proof").First).ToBeVisibleAsync();
        foreach (var hidden in new[] { "#decide-part", "#bench", "#option-reason", ".option input", "text=Show what it would do" })
            await Expect(page.Locator(hidden).First).ToBeHiddenAsync();
        foreach (var heading in await page.Locator("main h2:visible").AllAsync())
            Assert.True(
                await heading.EvaluateAsync<bool>("one => [...one.parentElement.children].some(part => part !== one && part.checkVisibility() && part.offsetHeight > 0)"),
                $"{await heading.InnerTextAsync()} is printed with nothing under it");
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

        throw new InvalidOperationException("no case of the demonstration is freed by a deposit");
    }
}
