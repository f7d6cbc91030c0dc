using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Aval.Browser;

/// <summary>Accounts Receivable at work: files from the bank, proposals by keyboard, aging to the document, disputes.</summary>
public sealed class ReceivablesTests(DemoCompany company)
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task The_screens_of_receivables_are_readable_on_a_desk_and_on_a_phone(bool dark, bool phone)
    {
        await using var visitor = await Visitor.SignedInAsync(company, dark, phone, name: DemoCompany.Receivables);
        var look = (dark ? "dark" : "light") + (phone ? "-phone" : "");
        foreach (var (path, name) in new[]
        {
            ("/aging", "aging"), ("/disputes", "disputes"), ("/dispute-board", "board"), ("/disputes/SO-D-1-D", "dispute"), ("/promises", "promises"), ("/cash", "cash"),
            ("/cash?list=unapplied", "unapplied"), ("/cash/receipts/RC-D-1", "candidates"), ("/bank-statements", "statements"), ("/incidents", "incidents"),
        })
        {
            await visitor.Page.GotoAsync(path);
            await visitor.AssertSoundAsync($"{name}-{look}");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_from_the_bank_is_taken_and_its_payments_shown(bool scripts)
    {
        await using var visitor = await Visitor.SignedInAsync(company, scripts: scripts, name: DemoCompany.Receivables);
        var page = visitor.Page;
        await page.GotoAsync("/bank-statements");
        await page.GetByLabel("Files from the bank").SetInputFilesAsync(File("not-a-statement.txt", "hello"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Take files" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        var number = scripts ? "S7" : "S8";
        await page.GetByLabel("Files from the bank").SetInputFilesAsync(File("statement.sta", Statement(number, scripts ? "11,11" : "22,22")));
        await page.GetByRole(AriaRole.Button, new() { Name = "Take files" }).ClickAsync();
        await Expect(visitor.Heading).ToContainTextAsync("Bank statement");
        await Expect(page.Locator("#lines")).ToContainTextAsync(scripts ? "11.11" : "22.22");
    }

    [Fact]
    public async Task A_proposal_is_confirmed_by_keyboard_and_taken_back()
    {
        await using var visitor = await Visitor.SignedInAsync(company, name: DemoCompany.Receivables);
        var page = visitor.Page;
        await page.GotoAsync("/cash/receipts/RC-D-1");
        var first = page.GetByRole(AriaRole.Button, new() { Name = "Post candidate 1" });
        await Expect(first).ToBeFocusedAsync();
        await Expect(page.Locator("#candidates")).ToContainTextAsync("It explains all of the money.");
        await page.Keyboard.PressAsync("2");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Post candidate 2" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("[role=status]:not(#said)")).ToContainTextAsync("RC-D-1 has paid its invoices.");
        if (!page.Url.Contains("/RC-D-1", StringComparison.Ordinal)) await Expect(first).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Take it back" }).ClickAsync();
        await Expect(visitor.Heading).ToContainTextAsync("RC-D-1");
        await Expect(first).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Aging_leads_from_the_bucket_to_the_payer_to_the_item_to_the_document()
    {
        await using var visitor = await Visitor.SignedInAsync(company, name: DemoCompany.Receivables);
        var page = visitor.Page;
        await page.GotoAsync("/aging");
        await page.Locator(".sums a").Filter(new() { HasText = "1 to 30 days" }).ClickAsync();
        await Expect(page.Locator(".sums a.chosen")).ToContainTextAsync("1 to 30 days");
        await page.Locator("#aging tbody tr").First.Locator("td a .amount").Nth(0).ClickAsync();
        await Expect(visitor.Heading).ToHaveTextAsync("Invoices");
        await page.Locator("#invoices tbody th a").First.ClickAsync();
        await Expect(visitor.Heading).ToContainTextAsync("Invoice ");
    }

    [Fact]
    public async Task A_dispute_is_found_on_the_board_taken_over_and_given_back_by_undo()
    {
        await using var visitor = await Visitor.SignedInAsync(company, name: DemoCompany.Receivables);
        var page = visitor.Page;
        await page.GotoAsync("/dispute-board?q=SO-D-1-D");
        await page.GetByLabel("Reason").SelectOptionAsync("documentation");
        await page.Locator(".board").GetByRole(AriaRole.Link, new() { Name = "SO-D-1-D" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Take it over" }).ClickAsync();
        await Expect(page.Locator(".facts")).ToContainTextAsync(DemoCompany.Receivables);
        await page.GetByRole(AriaRole.Button, new() { Name = "Take it back" }).ClickAsync();
        await Expect(page.Locator(".facts")).ToContainTextAsync("nobody yet");
        await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Take it back") })).ToHaveCountAsync(0);
    }

    static FilePayload File(string name, string text) => new() { Name = name, MimeType = "text/plain", Buffer = System.Text.Encoding.UTF8.GetBytes(text) };

    static string Statement(string number, string amount) => $":20:{number}\r\n:25:DE89370400440532013000\r\n:28C:{number[1..]}/1\r\n:60F:C260301EUR0,00\r\n"
        + $":61:2603010301C{amount}NTRFNONREF\r\n:86:payment for {number}\r\n:62F:C260301EUR{amount}\r\n";
}
