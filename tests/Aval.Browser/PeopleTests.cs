using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Aval.Browser;

/// <summary>Users, keys and the access log as an administrator sees them, and signing in as everybody does.</summary>
public sealed class PeopleTests(DemoCompany company) : IClassFixture<DemoCompany>
{
    const string Password = "try Aval today";
    const string Own = "five words in a row";

    [Fact]
    public async Task The_pages_about_people_are_readable_in_both_themes_on_a_desk_and_on_a_phone()
    {
        await using var visitor = await Visitor.SignedInAsync(company, name: "Ada Brandt");
        foreach (var (name, address) in new[]
        {
            ("account", "/account"), ("users", "/users"), ("user", "/users/Ben%20Adler"), ("keys", "/keys"), ("log", "/access-log"),
            ("log-none", "/access-log?who=nobody-has-this"),
        })
        {
            Assert.Equal(200, (await visitor.Page.GotoAsync(address))!.Status);
            await visitor.AssertSoundInEveryLookAsync(name);
        }

        await visitor.Page.GotoAsync("/keys");
        await visitor.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("shop");
        await visitor.Page.GetByLabel("Sales", new() { Exact = true }).CheckAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Make the key" }).ClickAsync();
        await Expect(visitor.Page.Locator(".secret")).ToHaveTextAsync(new Regex("^aval_"));
        await visitor.AssertSoundInEveryLookAsync("key-made");
        await visitor.Page.GotoAsync("/keys");
        await Expect(visitor.Page.Locator(".secret")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_new_user_gets_a_password_for_one_time_and_chooses_their_own(bool scripts)
    {
        var name = "Noor " + (scripts ? "Said" : "Plain");
        await using var admin = await Visitor.SignedInAsync(company, scripts: scripts, name: "Ada Brandt");
        await admin.Page.GotoAsync("/users");
        await admin.Page.GetByLabel("Name to sign in with").FillAsync(name);
        await admin.Page.GetByLabel("Credit analyst").CheckAsync();
        await admin.Page.GetByLabel("Sales", new() { Exact = true }).CheckAsync();
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Enter the user" }).ClickAsync();
        await Expect(admin.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("should lie apart");
        await Expect(admin.Page.GetByLabel("Name to sign in with")).ToHaveValueAsync(name);
        await admin.Page.GetByLabel("Credit analyst").UncheckAsync();
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Enter the user" }).ClickAsync();
        var given = await admin.Page.Locator(".secret").InnerTextAsync();

        await using var visitor = await Visitor.NewAsync(company, scripts: scripts);
        await SendAsync(visitor, name, given);
        await Expect(visitor.Heading).ToHaveTextAsync("Choose your password");
        if (scripts) await visitor.AssertSoundAsync("choose-password");
        await visitor.Page.GetByLabel("The password you were given").FillAsync(given);
        await visitor.Page.GetByLabel("Your new password").FillAsync(Own);
        await visitor.Page.GetByLabel("Once more").FillAsync(Own + "!");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("twice");
        await visitor.Page.GetByLabel("The password you were given").FillAsync(given);
        await visitor.Page.GetByLabel("Your new password").FillAsync(Own);
        await visitor.Page.GetByLabel("Once more").FillAsync(Own);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Expect(visitor.Heading).ToContainTextAsync("Good day");
        await Expect(visitor.Page.Locator(".who")).ToContainTextAsync(name);

        await admin.Page.GotoAsync("/users/" + Uri.EscapeDataString(name));
        await admin.Page.GetByLabel("Why", new() { Exact = true }).FillAsync("has left");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Disable" }).ClickAsync();
        await Expect(admin.Heading).ToContainTextAsync("Disabled");
        await visitor.Page.GotoAsync("/orders");
        await Expect(visitor.Heading).ToHaveTextAsync("Sign in");
    }

    [Fact]
    public async Task Somebody_changes_their_password_and_ends_their_other_session()
    {
        await using var first = await Visitor.NewAsync(company);
        await SendAsync(first, "jonas petri", Password);
        await Expect(first.Heading).ToContainTextAsync("Good day");
        await using var second = await Visitor.SignedInAsync(company, name: "Jonas Petri");
        await first.Page.Locator(".who").ClickAsync();
        await Expect(first.Page.GetByRole(AriaRole.Button, new() { Name = "End" })).ToHaveCountAsync(1);
        await first.Page.GetByLabel("Your password now").FillAsync("not the right one");
        await ChooseAsync(first, Own);
        await Expect(first.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not right");
        await first.Page.GetByLabel("Your password now").FillAsync(Password);
        await ChooseAsync(first, Own);
        await Expect(first.Page.Locator("[role=status]:not(#said)")).ToContainTextAsync("1 other session ended");
        await second.Page.GotoAsync("/orders");
        await Expect(second.Heading).ToHaveTextAsync("Sign in");
        await first.Page.GetByLabel("Sign out").ClickAsync();
        await SendAsync(first, "Jonas Petri", Password);
        await Expect(first.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not right");
        await SendAsync(first, "Jonas Petri", Own);
        await Expect(first.Heading).ToContainTextAsync("Good day");
    }

    [Fact]
    public async Task A_name_that_is_tried_too_often_is_locked_and_an_administrator_lifts_it()
    {
        await using var visitor = await Visitor.NewAsync(company);
        for (var i = 0; i < 5; i++)
        {
            // The page of the guess before says the same: it is gone before the next one is made.
            await visitor.Page.EvaluateAsync("document.body.id = 'before'");
            await SendAsync(visitor, "Omar Haddad", "guess number " + i);
            await Expect(visitor.Page.Locator("body#before")).ToHaveCountAsync(0);
            await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not right");
        }

        await SendAsync(visitor, "Omar Haddad", Password);
        await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("locked for 15 more minutes");
        await using var admin = await Visitor.SignedInAsync(company, name: "Ada Brandt");
        await admin.Page.GotoAsync("/access-log?who=Omar+Haddad");
        await Expect(admin.Page.Locator("#log tbody").GetByText("Locked", new() { Exact = true }).First).ToBeVisibleAsync();
        await admin.Page.GotoAsync("/users/Omar%20Haddad");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Give a new password" }).ClickAsync();
        await SendAsync(visitor, "Omar Haddad", await admin.Page.Locator(".secret").InnerTextAsync());
        await Expect(visitor.Heading).ToHaveTextAsync("Choose your password");
    }

    [Fact]
    public async Task A_deputy_is_named_for_some_days_and_ended()
    {
        await using var visitor = await Visitor.SignedInAsync(company, name: "Helena Voss");
        await visitor.Page.GotoAsync("/account");
        await visitor.Page.GetByLabel("Deputy").SelectOptionAsync("Clara Novak");
        await visitor.Page.GetByLabel("Until").FillAsync("2026-03-09");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Name deputy" }).ClickAsync();
        await Expect(visitor.Page.Locator("[role=status]:not(#said)")).ToContainTextAsync("Clara Novak may decide in your place until 9 Mar 2026");
        await using var deputy = await Visitor.SignedInAsync(company);
        await deputy.Page.GotoAsync("/account");
        await Expect(deputy.Page.GetByText("in the place of Helena Voss")).ToBeVisibleAsync();
        await visitor.AssertSoundAsync("deputy");
        await visitor.Page.GetByRole(AriaRole.Row, new() { NameRegex = new Regex("^Clara Novak") }).GetByRole(AriaRole.Button, new() { Name = "End" }).ClickAsync();
        await Expect(visitor.Page.Locator("[role=status]:not(#said)")).ToContainTextAsync("no more");
    }

    static async Task SendAsync(Visitor visitor, string name, string password)
    {
        await visitor.Page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await visitor.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
    }

    static async Task ChooseAsync(Visitor visitor, string password)
    {
        await visitor.Page.GetByLabel("Your new password").FillAsync(password);
        await visitor.Page.GetByLabel("Once more").FillAsync(password);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Change it" }).ClickAsync();
    }
}
