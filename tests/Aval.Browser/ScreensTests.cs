using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Aval.Browser;

/// <summary>The screens as people use them.</summary>
public sealed class ScreensTests(DemoCompany company) : IClassFixture<DemoCompany>
{
    [Fact]
    public async Task Every_page_is_readable_in_both_themes_on_a_desk_and_on_a_phone()
    {
        await using var visitor = await Visitor.NewAsync(company);
        await visitor.AssertSoundInEveryLookAsync("sign-in");
        await visitor.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Clara Novak") }).ClickAsync();
        await Expect(visitor.Heading).ToContainTextAsync("Good day");
        await visitor.Page.GotoAsync("/blocks");
        await visitor.AssertSoundInEveryLookAsync("held");
        var order = await visitor.Page.Locator("#held tbody tr").Nth(1).Locator("th small a").GetAttributeAsync("href");
        var customer = await visitor.Page.Locator("#held tbody tr").Nth(1).Locator("td a").First.GetAttributeAsync("href");
        foreach (var (name, address) in new[]
        {
            ("held-none", "/blocks?customer=nobody-has-this-name"), ("order", order!), ("customer", customer!), ("customer-timeline", customer + "/timeline"),
            ("exposure", $"{customer}/exposure?term=receivables"),
            ("customers", "/customers"), ("orders", "/orders"), ("search", "/search?q=10"), ("journal", "/journal?from=2026-01-01"), ("hostile", "/orders/SO-%3Cb%3E1%3C%2Fb%3E"),
            ("cash-lines", "/cash?list=lines"), ("cash-proposals", "/cash?list=proposals"), ("cash-unapplied", "/cash?list=unapplied"),
            ("cash-line", company.WaitingLine), ("cash-receipt", "/cash/receipts/RC-D-1"), ("outcomes", "/outcomes"), ("commitments", "/commitments"),
            ("indicators", "/indicators"), ("indicator", "/indicators/amountBlocked"),
            ("deferred", "/deferred-risks"), ("decided", $"/blocks/{company.ClosedBlock}"), ("undecided", $"/blocks/{company.OpenBlock}"),
            ("customer-deferred", "/customers/" + DemoCompany.Decided),
        })
        {
            var answer = await visitor.Page.GotoAsync(address);
            Assert.Equal(200, answer!.Status);
            await visitor.AssertSoundInEveryLookAsync(name);
        }
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task A_page_comes_in_the_look_of_its_window(bool dark, bool phone)
    {
        await using var visitor = await Visitor.SignedInAsync(company, dark, phone);
        await Expect(visitor.Page.Locator("html")).ToHaveAttributeAsync("data-bs-theme", dark ? "dark" : "light");
        await visitor.AssertSoundAsync($"came-{(dark ? "dark" : "light")}{(phone ? "-phone" : "")}");
    }

    [Fact]
    public async Task What_keeps_somebody_from_using_a_page_is_found()
    {
        await using var visitor = await Visitor.NewAsync(company);
        Assert.Empty(await Barriers.OfAsync(visitor.Page));
        await visitor.Page.EvaluateAsync("""
            () => {
              document.querySelector('main').insertAdjacentHTML('beforeend', '<p>pale</p><input>');
              Object.assign(document.querySelector('main > p:last-of-type').style, { color: '#ccc', background: '#fff' });
            }
            """);
        var found = await Barriers.OfAsync(visitor.Page);
        Assert.Equal(["color-contrast", "label"], found.Select(told => told.Split(':')[0]).Order(StringComparer.Ordinal));
        var ofColours = await Barriers.OfAsync(visitor.Page, colours: true);
        Assert.StartsWith("color-contrast:", Assert.Single(ofColours), StringComparison.Ordinal);
        Assert.Contains("pale</p>", found.Single(told => told.StartsWith("color", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1400, 3)]
    [InlineData(1024, 2)]
    public async Task Indicators_stand_side_by_side_as_far_as_the_window_goes(int width, int least)
    {
        await using var visitor = await Visitor.SignedInAsync(company);
        await visitor.Page.SetViewportSizeAsync(width, 900);
        await visitor.Page.GotoAsync("/indicators");
        var columns = await visitor.Page.Locator(".figures").First.EvaluateAsync<int>("list => new Set([...list.children].map(card => card.offsetLeft)).size");
        Assert.True(columns >= least, $"{columns} cards side by side at {width} pixels");
        await visitor.AssertSoundAsync($"indicators-{width}");
    }

    [Fact]
    public async Task A_held_order_is_found_by_its_filter_and_its_figure_opens_the_documents_behind_it()
    {
        await using var visitor = await Visitor.SignedInAsync(company);
        var page = visitor.Page;
        var all = await page.Locator("#held tbody tr").CountAsync();
        await page.GetByLabel("Finding").SelectOptionAsync("overdue");
        await Expect(page).ToHaveURLAsync(new Regex("code=overdue"));
        await Expect(page.Locator("#held tbody tr")).Not.ToHaveCountAsync(all);
        var reasons = await page.Locator("#held tbody .sentence").AllInnerTextsAsync();
        Assert.NotEmpty(reasons);
        foreach (var why in reasons) Assert.NotEmpty(why.Trim());
        await page.Locator("#held tbody th small a").First.ClickAsync();
        await Expect(visitor.Heading).ToContainTextAsync("Order SO-");
        await Expect(page.Locator(".findings").Filter(new() { HasText = "overdue" }).First).ToBeVisibleAsync();
        var shown = await page.GetByRole(AriaRole.Row, new() { NameRegex = new Regex("^Open invoices") }).Locator(".amount").InnerTextAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Open invoices", Exact = true }).ClickAsync();
        await Expect(visitor.Heading).ToHaveTextAsync("Open invoices");
        await Expect(page.Locator("tr.total .amount")).ToHaveTextAsync(shown);
        await visitor.AssertSoundAsync("documents");
    }

    [Fact]
    public async Task Accounts_Receivable_choose_a_proposed_match_and_take_it_back()
    {
        await using var visitor = await Visitor.SignedInAsync(company, name: DemoCompany.Receivables);
        var page = visitor.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "Cash", Exact = true }).ClickAsync();
        await Expect(visitor.Heading).ToHaveTextAsync("Cash");
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Proposed matches") }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "RC-D-1", Exact = true }).ClickAsync();
        await Expect(page.Locator("#candidates")).ToContainTextAsync("2 candidates");
        await visitor.AssertSoundAsync("cash-candidates");
        await page.GetByText("Pay an invoice short").ClickAsync();
        await visitor.AssertSoundAsync("cash-deduction");
        await page.GetByLabel("Candidate 2 is meant").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Post what is chosen" }).ClickAsync();
        // It leads on to the next proposal.
        await Expect(page).ToHaveURLAsync(new Regex("done="));
        await page.GotoAsync("/cash/receipts/RC-D-1");
        await Expect(page.Locator("#match")).ToContainTextAsync("The invoice has just this amount");
        await page.GetByLabel("It was meant otherwise, because").FillAsync("the other one");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take back what it has paid" }).ClickAsync();
        await Expect(page.Locator("#match")).ToContainTextAsync("Taken back");
        await page.GetByRole(AriaRole.Button, new() { Name = "Look for its invoices again" }).ClickAsync();
        await Expect(page.Locator("#candidates")).ToContainTextAsync("2 candidates");
    }

    [Fact]
    public async Task What_releases_wait_for_is_found_by_customer_and_leads_to_its_decision()
    {
        await using var visitor = await Visitor.SignedInAsync(company);
        var page = visitor.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "Commitments", Exact = true }).ClickAsync();
        await Expect(visitor.Heading).ToHaveTextAsync("Commitments");
        var first = page.Locator("#commitments tbody tr").First;
        var (day, customer) = (await first.Locator("th time").GetAttributeAsync("datetime"), (await first.Locator("a.only").InnerTextAsync())["only ".Length..]);
        var days = await page.Locator("#commitments tbody th time").EvaluateAllAsync<string[]>("all => all.map(one => one.dateTime)");
        Assert.Equal(days.Order(StringComparer.Ordinal), days);
        await page.Locator("#customer").FillAsync(customer);
        await page.GetByRole(AriaRole.Button, new() { Name = "Show", Exact = true }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("customer=" + customer));
        await Expect(page.Locator("#commitments tbody th time").First).ToHaveAttributeAsync("datetime", day!);
        var onlys = await page.Locator("#commitments a.only").AllInnerTextsAsync();
        Assert.NotEmpty(onlys);
        foreach (var number in onlys) Assert.Equal("only " + customer, number);
        await page.Locator("#commitments tbody tr").First.Locator("td[data-label=Decision] a").ClickAsync();
        await Expect(visitor.Heading).ToContainTextAsync("Decision about order");
        await Expect(page.Locator("section[aria-labelledby=decisions]")).ToContainTextAsync("in force");
        await page.GotoAsync("/commitments?state=kept");
        await Expect(page.Locator("#commitments tbody .tag").First).ToContainTextAsync("kept");
    }

    [Fact]
    public async Task An_indicator_of_a_chosen_period_opens_as_many_rows_as_it_counts()
    {
        await using var visitor = await Visitor.SignedInAsync(company);
        var page = visitor.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "Indicators", Exact = true }).ClickAsync();
        await Expect(visitor.Heading).ToHaveTextAsync("Indicators");
        await page.GetByLabel("From").FillAsync("2026-02-20");
        await Expect(page).ToHaveURLAsync(new Regex("from=2026-02-20"));
        var card = page.GetByRole(AriaRole.Listitem).Filter(new() { Has = page.GetByRole(AriaRole.Heading, new() { Name = "Exceptional releases" }) });
        var counted = int.Parse(await card.Locator(".figure strong").InnerTextAsync(), System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(counted > 0);
        await card.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(visitor.Heading).ToHaveTextAsync("Exceptional releases");
        await Expect(page.Locator("#rows tbody tr")).ToHaveCountAsync(counted);
        await page.GetByRole(AriaRole.Link, new() { Name = "open it" }).First.ClickAsync();
        await Expect(page.Locator("section[aria-labelledby=decisions]")).ToContainTextAsync("exceptional");
    }

    [Fact]
    public async Task Orders_that_somebody_has_decided_about_are_marked_in_the_list_and_told_in_their_history()
    {
        await using var visitor = await Visitor.SignedInAsync(company);
        var page = visitor.Page;
        await page.Locator("#held tbody tr", new() { Has = page.GetByText("Decided", new() { Exact = true }) }).First.Locator("th small a").ClickAsync();
        await Expect(page.Locator(".timeline")).ToContainTextAsync("Decided: ");
    }

    [Fact]
    public async Task The_list_is_ordered_by_a_click_on_a_column()
    {
        await using var visitor = await Visitor.SignedInAsync(company);
        var page = visitor.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "Amount", Exact = true }).ClickAsync();
        await Expect(page.Locator("th[aria-sort]")).ToHaveTextAsync(new Regex("Amount"));
        await Expect(page.Locator("th[aria-sort]")).ToHaveAttributeAsync("aria-sort", "ascending");
        await page.Locator("th[aria-sort] a").ClickAsync();
        await Expect(page.Locator("th[aria-sort]")).ToHaveAttributeAsync("aria-sort", "descending");
        await Expect(page).ToHaveURLAsync(new Regex("by=amount&descending"));
    }

    [Fact]
    public async Task Everything_works_without_scripts()
    {
        await using var visitor = await Visitor.SignedInAsync(company, scripts: false);
        var page = visitor.Page;
        await page.Locator("#triage").SelectOptionAsync("complete");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("triage=complete"));
        var tags = await page.Locator("#held tbody .tag").AllInnerTextsAsync();
        Assert.NotEmpty(tags);
        foreach (var waits in tags) Assert.Equal("To complete", waits);
        await page.GetByLabel("Dark colours").ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-bs-theme", "dark");
        await Expect(page).ToHaveURLAsync(new Regex("triage=complete"));
        await page.GetByLabel("Sign out").ClickAsync();
        await Expect(visitor.Heading).ToHaveTextAsync("Sign in");
        await page.GotoAsync("/orders");
        await Expect(page).ToHaveURLAsync(new Regex(@"/sign-in\?return=%2Forders"));
    }

    [Fact]
    public async Task Names_that_try_to_be_more_than_text_stay_text()
    {
        await using var visitor = await Visitor.SignedInAsync(company);
        var page = visitor.Page;
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync(DemoCompany.HostileOrder);
        await page.Keyboard.PressAsync("Enter");
        await Expect(visitor.Heading).ToContainTextAsync(DemoCompany.HostileOrder);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = DemoCompany.HostileName })).ToBeVisibleAsync();
        await Expect(page.GetByText("</td><script>alert(1)</script>")).ToBeVisibleAsync();
        Assert.Equal($"Order {DemoCompany.HostileOrder} · Aval", await page.TitleAsync());
        await page.GetByRole(AriaRole.Link, new() { Name = DemoCompany.HostileName }).ClickAsync();
        await Expect(visitor.Heading).ToHaveTextAsync(DemoCompany.HostileName);
        await page.GotoAsync("/sign-in?return=//elsewhere.example");
        Assert.Equal("/", await page.Locator("form[action='/sign-in'] input[name=return]").Last.InputValueAsync());
        await visitor.AssertSoundAsync("after-hostile");
    }

    [Fact]
    public async Task The_first_page_comes_with_less_than_600_KB()
    {
        await using var visitor = await Visitor.NewAsync(company);
        var sizes = new List<Task<RequestSizesResult>>();
        await using var fresh = await company.NewAsync();
        await fresh.AddCookiesAsync((await visitor.Page.Context.CookiesAsync()).Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Url = company.Address }));
        var page = await fresh.NewPageAsync();
        page.RequestFinished += (_, request) => sizes.Add(request.SizesAsync());
        await page.GotoAsync("/sign-in");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Clara Novak") }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Good day");
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var total = (await Task.WhenAll(sizes)).Sum(size => size.ResponseBodySize + size.ResponseHeadersSize);
        TestContext.Current.TestOutputHelper?.WriteLine($"{total} bytes in {sizes.Count} answers");
        Assert.InRange(total, 50_000, 600_000);
    }

    [Fact]
    public async Task A_link_in_a_mail_opens_its_page_in_the_session_there_is()
    {
        await using var visitor = await Visitor.SignedInAsync(company);
        var elsewhere = company.Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        await visitor.Page.GotoAsync(elsewhere + "/sign-in");
        await visitor.Page.EvaluateAsync("address => { location.href = address; }", company.Address + "/customers?q=bau");
        await Expect(visitor.Heading).ToHaveTextAsync("Customers");
        await Expect(visitor.Page).ToHaveURLAsync(company.Address + "/customers?q=bau");
    }

    [Fact]
    public async Task The_session_of_the_screens_opens_nothing_of_the_API()
    {
        await using var visitor = await Visitor.SignedInAsync(company);
        var answer = await visitor.Page.APIRequest.GetAsync(company.Address + "/api/v1/blocks");
        Assert.Equal(401, answer.Status);
    }
}
