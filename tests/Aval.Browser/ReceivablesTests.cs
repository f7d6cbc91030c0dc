using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Aval.Browser;

/// <summary>Accounts Receivable at work: files from the bank, proposals by keyboard, aging to the document, disputes.</summary>
public sealed class ReceivablesTests(DemoCompany company) : IClassFixture<DemoCompany>
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
    public async Task A_proposal_is_chosen_and_posted_by_keyboard_and_taken_back()
    {
        var receipt = await LikeInvoicesAsync("KB", receipts: 1);
        await using var visitor = await Visitor.SignedInAsync(company, name: DemoCompany.Receivables);
        var page = visitor.Page;
        await page.GotoAsync("/cash/receipts/" + receipt);
        await Expect(page.Locator("#candidates")).ToContainTextAsync("It explains all of the money.");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#candidates :checked")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("1");
        await Expect(page.GetByLabel("Candidate 1 is meant")).ToBeCheckedAsync();
        await page.Keyboard.PressAsync("2");
        await Expect(page.GetByLabel("Candidate 2 is meant")).ToBeCheckedAsync();
        await Expect(page.GetByLabel("Candidate 2 is meant")).ToBeFocusedAsync();
        await visitor.AssertSoundAsync("cash-chosen");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("[role=status]:not(#said)")).ToContainTextAsync(receipt + " has paid its invoices.");
        await Expect(visitor.Heading).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Take it back" }).ClickAsync();
        await Expect(visitor.Heading).ToContainTextAsync(receipt);
        await Expect(page.Locator("#candidates")).ToContainTextAsync("2 candidates");
        await Expect(page.Locator("#candidates :checked")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_Enter_key_that_is_held_posts_one_receipt_and_leaves_the_next_to_be_read(bool scripts)
    {
        var customer = scripts ? "HE" : "HN";
        var first = await LikeInvoicesAsync(customer, receipts: 3);
        await using var visitor = await Visitor.SignedInAsync(company, scripts: scripts, name: DemoCompany.Receivables);
        var page = visitor.Page;
        await page.GotoAsync("/cash/receipts/" + first);
        await page.GetByLabel("Candidate 1 is meant").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        for (var at = 0; at < 20; at++)
        {
            await page.Keyboard.DownAsync("Enter");
            await Task.Delay(30, TestContext.Current.CancellationToken);
        }

        await page.Keyboard.UpAsync("Enter");
        await page.Keyboard.PressAsync("Enter");
        // Without scripts the browser sends the form again and shows why it was refused.
        await Expect(page).ToHaveURLAsync(new Regex(scripts ? "done=" : "done=|/confirm$"));
        var posted = 0;
        for (var at = 1; at <= 3; at++)
        {
            await page.GotoAsync($"/cash/receipts/C-{customer}-R{at}");
            if (await page.Locator("#candidates").CountAsync() == 0) posted++;
        }

        Assert.Equal(1, posted);
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

    /// <summary>Receipts of which each may have paid any of several like invoices, so that a person must choose; the number of the first.</summary>
    async Task<string> LikeInvoicesAsync(string name, int receipts)
    {
        var customer = "C-" + name;
        await company.EnterAsync($"customers/{customer}", new { name = "Like " + name, country = "DE", currency = "EUR", paymentTerms = "NET30" }, put: true);
        for (var at = 1; at <= receipts + 1; at++)
            await company.EnterAsync("invoices", new { number = $"{customer}-I{at}", customer, date = "2026-02-20", dueDate = "2026-03-20", currency = "EUR", amount = 640 });
        for (var at = 1; at <= receipts; at++)
        {
            await company.EnterAsync("receipts", new { number = $"{customer}-R{at}", payer = customer, date = "2026-03-01", currency = "EUR", amount = 640, cleared = true });
            await company.EnterAsync($"receipts/{customer}-R{at}/match", new { });
        }

        return customer + "-R1";
    }

    static FilePayload File(string name, string text) => new() { Name = name, MimeType = "text/plain", Buffer = System.Text.Encoding.UTF8.GetBytes(text) };

    static string Statement(string number, string amount) => $":20:{number}\r\n:25:DE89370400440532013000\r\n:28C:{number[1..]}/1\r\n:60F:C260301EUR0,00\r\n"
        + $":61:2603010301C{amount}NTRFNONREF\r\n:86:payment for {number}\r\n:62F:C260301EUR{amount}\r\n";
}
