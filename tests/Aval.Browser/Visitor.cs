using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Aval.Browser;

/// <summary>Somebody who looks at the screens, and notices what should not happen: messages in the console, calls to other hosts.</summary>
public sealed class Visitor : IAsyncDisposable
{
    readonly IBrowserContext context;
    readonly string own;
    readonly List<string> noticed = [];

    Visitor(IBrowserContext context, IPage page, string own)
    {
        (this.context, Page, this.own) = (context, page, own);
        page.Console += (_, message) => { if (message.Type is "error" or "warning") noticed.Add($"console: {message.Text}"); };
        page.PageError += (_, error) => noticed.Add($"script: {error}");
        page.Dialog += async (_, dialog) =>
        {
            noticed.Add($"dialog: {dialog.Message}");
            await dialog.DismissAsync();
        };
        page.Request += (_, request) => { if (!IsOurs(request.Url)) noticed.Add($"call: {request.Url}"); };
    }

    public IPage Page { get; }

    /// <summary>A visitor at the sign-in page.</summary>
    public static async Task<Visitor> NewAsync(DemoCompany company, bool dark = false, bool phone = false, bool scripts = true)
    {
        var opened = await company.NewAsync(dark, phone, scripts);
        opened.SetDefaultTimeout(30_000);
        var visitor = new Visitor(opened, await opened.NewPageAsync(), company.Address);
        await visitor.Page.GotoAsync("/");
        return visitor;
    }

    /// <summary>A visitor who has signed in and sees the held orders.</summary>
    public static async Task<Visitor> SignedInAsync(DemoCompany company, bool dark = false, bool phone = false, bool scripts = true, string name = "Clara Novak")
    {
        var visitor = await NewAsync(company, dark, phone, scripts);
        await visitor.Page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^" + name) }).ClickAsync();
        await Assertions.Expect(visitor.Heading).ToHaveTextAsync("Good day, " + name);
        await visitor.Page.GotoAsync("/blocks");
        return visitor;
    }

    public ILocator Heading => Page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    /// <summary>Nothing that should not happen has happened, and the page can be used by everyone.</summary>
    /// <param name="colours">Of what keeps people from using it only what is a matter of colours.</param>
    public async Task AssertSoundAsync(string where, bool colours = false)
    {
        await ShootAsync(where);
        // What a sticky head hides of a page that was scrolled is no fault of the page.
        await Page.EvaluateAsync("scrollTo(0, 0)");
        var barriers = await Barriers.OfAsync(Page, colours);
        Assert.True(barriers.Count == 0, where + ": " + string.Join('\n', barriers));
        Assert.True(noticed.Count == 0, where + ": " + string.Join('\n', noticed));
        var wider = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(wider <= 0, $"{where}: the page is {wider} pixels wider than the window");
    }

    /// <summary>The same of the page as it stands, on a desk and on a phone, in both themes: the dark one changes nothing but the colours.</summary>
    public async Task AssertSoundInEveryLookAsync(string where)
    {
        foreach (var (phone, dark) in new[] { (true, false), (true, true), (false, true), (false, false) })
        {
            await Page.SetViewportSizeAsync(DemoCompany.SizeOf(phone).Width, DemoCompany.SizeOf(phone).Height);
            // Without motion, for a colour is judged once it has come to its end.
            await Page.EmulateMediaAsync(new() { ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
            await Assertions.Expect(Page.Locator("html")).ToHaveAttributeAsync("data-bs-theme", dark ? "dark" : "light");
            await AssertSoundAsync($"{where}-{(dark ? "dark" : "light")}{(phone ? "-phone" : "")}", colours: dark);
        }
    }

    /// <summary>Nothing that should not happen has happened.</summary>
    public void AssertQuiet() => Assert.True(noticed.Count == 0, string.Join('\n', noticed));

    /// <summary>A form was refused, as it should be: the browser notes the status of the answer.</summary>
    /// <param name="status">Or how it begins.</param>
    public void ForgetRefusals(string status = "422") => noticed.RemoveAll(one => one.Contains("status of " + status, StringComparison.Ordinal));

    /// <summary>The server was out of reach on purpose: the browser notes each question that did not arrive.</summary>
    public void ForgetDisconnections() => noticed.RemoveAll(one => one.Contains("net::ERR_INTERNET_DISCONNECTED", StringComparison.Ordinal));

    bool IsOurs(string url) => url.StartsWith(own, StringComparison.Ordinal) || url.StartsWith("data:", StringComparison.Ordinal);

    /// <summary>Keeps a picture when a folder is named in <c>AVAL_PICTURES</c>.</summary>
    async Task ShootAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("AVAL_PICTURES") is { Length: > 0 } folder)
            await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
