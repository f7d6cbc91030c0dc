using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Aval.Browser;

/// <summary>Each role's main journey: from what its home says to do first, through the act, to its effect. Each look has documents of its own, so that none meet.</summary>
public sealed class RoleTests(DemoCompany company) : IClassFixture<DemoCompany>
{
    /// <summary>What tries to be more than text wherever something can be typed.</summary>
    const string Typed = """<img src=x onerror=alert(1)>"'&</textarea><script>alert(2)</script>""";

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task Customer_Service_completes_an_order_and_sees_it_go(bool dark, bool phone)
    {
        var (customer, look) = await CustomerAsync("CS", dark, phone, new { purchaseOrderRequired = true });
        var order = await OrderAsync(customer, 100);
        await using var rosa = await HomeAsync("Rosa Lindqvist", dark, phone, "Billing address incomplete");
        var page = rosa.Page;
        await FindAsync(rosa, order);
        await Expect(page.Locator(".verdict").First).ToContainTextAsync("purchase order");
        await rosa.AssertSoundAsync($"role-service-{look}");
        await page.GetByLabel("Purchase order number").FillAsync("PO-" + look);
        await page.GetByText("Change something else").ClickAsync();
        await page.GetByLabel("Buyer’s reference").FillAsync(Typed);
        await page.GetByRole(AriaRole.Button, new() { Name = "Complete and check again" }).ClickAsync();
        await Expect(rosa.Heading).ToContainTextAsync("Released");
        await Expect(page.Locator("section[aria-labelledby=order-facts]")).ToContainTextAsync(Typed);
        await rosa.AssertSoundAsync($"role-service-done-{look}");
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task The_credit_analyst_asks_for_a_deposit_and_sees_what_it_waits_for(bool dark, bool phone)
    {
        var (customer, look) = await CustomerAsync("CA", dark, phone);
        var order = await OrderAsync(customer, 1500);
        await using var ben = await HomeAsync("Ben Adler", dark, phone, "Approve or refuse");
        await ToBlockAsync(ben, order);
        var page = ben.Page;
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Verdict" })).ToBeVisibleAsync();
        await ChooseAsync(ben, "requestDeposit");
        await page.Locator("#decide-part [name=until]").FillAsync("2026-03-09");
        await page.Locator("#decide-part [name=percent]").FillAsync("50");
        await page.Locator("#decide-part #reason").FillAsync(Typed);
        await ben.AssertSoundAsync($"role-analyst-{look}");
        await page.Locator("#decide-part").GetByRole(AriaRole.Button, new() { Name = "Decide", Exact = true }).ClickAsync();
        await Expect(page.Locator("section[aria-labelledby=decisions]")).ToContainTextAsync(Typed);
        await Expect(page.Locator("section[aria-labelledby=decisions]")).ToContainTextAsync("Ben Adler");
        await ben.AssertSoundAsync($"role-analyst-done-{look}");
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task Accounts_receivable_apply_a_receipt_to_one_of_two_like_invoices(bool dark, bool phone)
    {
        var (customer, look) = await CustomerAsync("AR", dark, phone);
        var amount = phone ? 888 : 999;
        foreach (var number in new[] { customer + "-I1", customer + "-I2" }) await InvoiceAsync(customer, number, amount, "2026-03-20");
        var receipt = customer + "-R";
        await company.EnterAsync("receipts", new { number = receipt, payer = customer, date = "2026-03-01", currency = "EUR", amount, cleared = true });
        await using var omar = await HomeAsync("Omar Haddad", dark, phone, "Choose the invoices");
        var page = omar.Page;
        await page.GotoAsync("/cash/receipts/" + receipt);
        if (await page.Locator("#candidates").CountAsync() == 0)
            await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Look for its invoices") }).ClickAsync();
        await Expect(page.Locator("#candidates")).ToContainTextAsync("2 candidates");
        await omar.AssertSoundAsync($"role-receivables-{look}");
        await page.GetByLabel("Candidate 2 is meant").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Post what is chosen" }).ClickAsync();
        // It leads on to the next receipt that waits, where there is one.
        await Expect(page).ToHaveURLAsync(new Regex("done="));
        await page.GotoAsync("/cash/receipts/" + receipt);
        await Expect(page.Locator("#match")).ToContainTextAsync(customer + "-I2");
        await omar.AssertSoundAsync($"role-receivables-done-{look}");
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task The_order_manager_releases_the_pick_and_says_that_all_has_gone(bool dark, bool phone)
    {
        var (customer, look) = await CustomerAsync("OM", dark, phone);
        var order = await OrderAsync(customer, 100);
        await using var milan = await HomeAsync("Milan Kovac", dark, phone, "Pick");
        var page = milan.Page;
        await Expect(page.Locator("#send")).ToBeVisibleAsync();
        await FindAsync(milan, order);
        await milan.AssertSoundAsync($"role-manager-{look}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Release for picking" }).ClickAsync();
        await Expect(page.Locator("#send")).ToContainTextAsync("it may ship");
        await milan.AssertSoundAsync($"role-manager-picked-{look}");
        await page.GetByRole(AriaRole.Button, new() { Name = "All of it has gone today" }).ClickAsync();
        await Expect(milan.Heading).ToContainTextAsync("Delivered");
        await Expect(page.Locator("#send")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task The_collector_takes_a_promise_and_finds_it_on_the_list(bool dark, bool phone)
    {
        var (customer, look) = await CustomerAsync("CO", dark, phone);
        await InvoiceAsync(customer, customer + "-I", 640, "2026-02-01");
        await using var piotr = await HomeAsync("Piotr Zielinski", dark, phone, "See whether");
        var page = piotr.Page;
        await FindAsync(piotr, customer);
        await Expect(page.GetByLabel("Amount, EUR")).ToHaveValueAsync("640.00");
        await page.GetByLabel("Last good day").FillAsync("2026-03-06");
        await page.GetByLabel("Promised by").FillAsync(Typed);
        await piotr.AssertSoundAsync($"role-collector-{look}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep this promise" }).ClickAsync();
        await Expect(page.Locator("section[aria-labelledby=matters]")).ToContainTextAsync("640.00");
        await Expect(page.Locator("#promise")).ToHaveCountAsync(0);
        await page.GotoAsync("/");
        await page.Locator("#panel-promises").GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Show all") }).ClickAsync();
        await Expect(piotr.Heading).ToHaveTextAsync("Promises");
        await page.Locator("#payer").FillAsync(customer);
        await page.GetByRole(AriaRole.Button, new() { Name = "Show", Exact = true }).ClickAsync();
        await Expect(page.Locator("#promises tbody tr")).ToHaveCountAsync(1);
        await Expect(page.Locator("#promises tbody tr")).ToContainTextAsync(Typed);
        await piotr.AssertSoundAsync($"role-collector-list-{look}");
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task Leadership_takes_an_exception_and_the_order_goes(bool dark, bool phone)
    {
        var (customer, look) = await CustomerAsync("LE", dark, phone);
        var order = await OrderAsync(customer, 2000);
        await using var helena = await HomeAsync("Helena Voss", dark, phone, "");
        await ToBlockAsync(helena, order);
        var page = helena.Page;
        await ChooseAsync(helena, "release");
        await page.Locator("#decide-part #reason").FillAsync(Typed);
        await page.Locator("#decide-part summary").ClickAsync();
        await page.GetByLabel("Who thinks otherwise").FillAsync(Typed);
        await helena.AssertSoundAsync($"role-leadership-{look}");
        await page.Locator("#decide-part").GetByRole(AriaRole.Button, new() { Name = "Decide", Exact = true }).ClickAsync();
        await Expect(helena.Heading).ToContainTextAsync("Released");
        await Expect(page.Locator("section[aria-labelledby=decisions]")).ToContainTextAsync(Typed);
        await helena.AssertSoundAsync($"role-leadership-done-{look}");
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task Sales_asks_to_look_again_and_sees_that_it_was_asked(bool dark, bool phone)
    {
        var (customer, look) = await CustomerAsync("SA", dark, phone);
        var order = await OrderAsync(customer, 1800);
        await using var ines = await HomeAsync("Ines Moreau", dark, phone, "See what would free order");
        await ToBlockAsync(ines, order);
        var page = ines.Page;
        await page.GetByLabel(new Regex("^What speaks for the order")).FillAsync(Typed);
        await ines.AssertSoundAsync($"role-sales-{look}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
        await Expect(page.Locator("section[aria-labelledby=appealed]")).ToContainTextAsync(Typed);
        await Expect(page.Locator("#appeal-reason")).ToHaveCountAsync(0);
        await ines.AssertSoundAsync($"role-sales-done-{look}");
        await page.GotoAsync("/customers");
        var seen = await page.Locator("#customers tbody .number").AllInnerTextsAsync();
        Assert.Contains(customer, seen);
        Assert.All(seen, number => Assert.StartsWith("C-SA-", number, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task The_administrator_lets_a_person_in_from_the_home(bool dark, bool phone)
    {
        var look = Look(dark, phone);
        await using var ada = await HomeAsync("Ada Brandt", dark, phone, null);
        var page = ada.Page;
        await page.Locator("#panel-people").GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Show all") }).ClickAsync();
        await page.GetByLabel("Name to sign in with").FillAsync("Nina " + look);
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Full name" }).FillAsync(Typed);
        await page.GetByLabel("Collector", new() { Exact = true }).CheckAsync();
        await ada.AssertSoundAsync($"role-administrator-{look}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Enter the user" }).ClickAsync();
        await Expect(page.Locator(".secret")).ToBeVisibleAsync();
        await page.GotoAsync("/users/" + Uri.EscapeDataString("Nina " + look));
        await Expect(page.Locator("#fullName")).ToHaveValueAsync(Typed);
        await ada.AssertSoundAsync($"role-administrator-done-{look}");
    }

    [Fact]
    public async Task Reading_and_deciding_need_no_scripts()
    {
        var (customer, _) = await CustomerAsync("NS", dark: false, phone: false);
        var order = await OrderAsync(customer, 1500);
        await using var ben = await Visitor.SignedInAsync(company, scripts: false, name: "Ben Adler");
        var page = ben.Page;
        await page.GotoAsync("/");
        await page.Locator(".next a").ClickAsync();
        await Expect(ben.Heading).Not.ToContainTextAsync("Good day");
        await ToBlockAsync(ben, order);
        await page.GetByLabel("Decision", new() { Exact = true }).SelectOptionAsync("requestDeposit");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show what it needs" }).ClickAsync();
        await page.Locator("#decide-part [name=until]").FillAsync("2026-03-09");
        await page.Locator("#decide-part [name=percent]").FillAsync("50");
        await page.Locator("#decide-part #reason").FillAsync("half of it first");
        await page.Locator("#decide-part").GetByRole(AriaRole.Button, new() { Name = "Decide", Exact = true }).ClickAsync();
        await Expect(page.Locator("section[aria-labelledby=decisions]")).ToContainTextAsync("half of it first");
    }

    [Fact]
    public async Task Accounts_near_their_limit_lead_to_all_of_them_and_back()
    {
        await using var visitor = await Visitor.SignedInAsync(company);
        var page = visitor.Page;
        await page.GotoAsync("/");
        var shown = await page.Locator("#panel-near-limit .panel-lines li").CountAsync();
        await page.Locator("#panel-near-limit").GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Show all") }).ClickAsync();
        await Expect(visitor.Heading).ToHaveTextAsync("Accounts near their limit");
        Assert.True(shown > 0, "no account is near its limit, so that nothing was looked at");
        Assert.InRange(await page.Locator("#near-limit tbody tr").CountAsync(), shown, 60);
        await visitor.AssertSoundAsync("near-limit");
        await page.GoBackAsync();
        await Expect(visitor.Heading).ToContainTextAsync("Good day");
    }

    static string Look(bool dark, bool phone) => (dark ? "dark" : "light") + (phone ? "-phone" : "");

    /// <summary>Somebody at their home, who has followed what it says to do first.</summary>
    /// <param name="first">How that begins; null where nothing may wait.</param>
    async Task<Visitor> HomeAsync(string name, bool dark, bool phone, string? first)
    {
        var visitor = await Visitor.SignedInAsync(company, dark, phone, name: name);
        await visitor.Page.GotoAsync("/");
        var next = visitor.Page.Locator(".next");
        if (first is null)
        {
            await Expect(next).ToBeVisibleAsync();
            return visitor;
        }

        await Expect(next.Locator("a")).ToContainTextAsync(first);
        await next.Locator("a").ClickAsync();
        await Expect(visitor.Heading).Not.ToContainTextAsync("Good day");
        return visitor;
    }

    /// <summary>A customer with a limit of 1,000; Ines Moreau sells to those of the journeys of sales.</summary>
    async Task<(string Number, string Look)> CustomerAsync(string role, bool dark, bool phone, object? profile = null)
    {
        var look = Look(dark, phone);
        var number = $"C-{role}-{look}".ToUpperInvariant();
        await company.EnterAsync("customers/" + number, new
        {
            name = $"{role} & <i>{look}</i>", country = "DE", currency = "EUR", paymentTerms = "NET30", riskClass = "B", profile, salesOwner = role == "SA" ? "Ines Moreau" : null,
            billingAddress = new { line1 = "1 Road", city = "Town", postalCode = "12345", country = "DE" },
        }, put: true);
        await company.EnterAsync("limits", new
        {
            customer = number, kind = "standing", limit = "amount", amount = 1000, currency = "EUR", validFrom = "2026-01-01", reason = "agreed",
        });
        return (number, look);
    }

    async Task<string> OrderAsync(string customer, decimal amount)
    {
        var number = customer + "-O";
        await company.EnterAsync("orders", new
        {
            number, customer, currency = "EUR", orderDate = "2026-03-02", lines = new[] { new { line = 1, item = "A-100", quantity = 1, unitPrice = amount, taxRate = 0 } },
        });
        return number;
    }

    async Task InvoiceAsync(string customer, string number, decimal amount, string dueDate) =>
        await company.EnterAsync("invoices", new { number, customer, date = "2026-01-15", dueDate, currency = "EUR", amount });

    /// <summary>By the search that stands on every page, which leads to what has just this number.</summary>
    static async Task FindAsync(Visitor visitor, string number)
    {
        await visitor.Page.Locator("#search").FillAsync(number);
        await visitor.Page.Locator("#search").PressAsync("Enter");
        await Expect(visitor.Page.Locator("main")).ToContainTextAsync(number);
    }

    static async Task ToBlockAsync(Visitor visitor, string order)
    {
        await FindAsync(visitor, order);
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Decide, or see what was decided" }).ClickAsync();
        await Expect(visitor.Heading).ToContainTextAsync("Decision about order");
    }

    static async Task ChooseAsync(Visitor visitor, string kind)
    {
        // A release is what the list of decisions begins with: choosing it is no change, and its button leads to this address.
        if (kind == "release") await visitor.Page.GotoAsync(visitor.Page.Url.Split('?', '#')[0] + "?decision=release");
        else await visitor.Page.GetByLabel("Decision", new() { Exact = true }).SelectOptionAsync(kind);
        await Expect(visitor.Page.Locator($"#decide-part input[name=decision][value={kind}]")).ToBeAttachedAsync();
    }
}
