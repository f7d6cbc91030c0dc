using System.Net;
using System.Text.RegularExpressions;
using Aval.Kernel;
using Aval.Statements.Rules;
using Aval.Tests.Decisions;
using Aval.Tests.Infrastructure;
using Aval.Tests.Statements;
using Aval.Tests.Web;

namespace Aval.Tests.Cash;

public sealed class CashPagesOnSqlite(SqliteServer fixture) : CashPagesTests(fixture), IClassFixture<SqliteServer>;

public sealed class CashPagesOnPostgres(PostgresServer fixture) : CashPagesTests(fixture), IClassFixture<PostgresServer>;

/// <summary>Accounts Receivable at work, as a browser without scripts sends it. The business date is 2 March 2026.</summary>
public abstract class CashPagesTests(ServerFixture fixture)
{
    static readonly DateOnly Day = new(2026, 3, 1);

    [Fact]
    public async Task A_line_without_a_payer_shows_who_may_have_paid_it_and_becomes_the_receipt_of_whom_a_person_chooses()
    {
        var server = await Customers("P1", "P2");
        await Invoice(server, "P1-70001", "P1", 430);
        await Invoice(server, "P2-70002", "P2", 430);
        var line = await Line(server, "DE02120300000000202051", 43000, "thank you", "Nobody Known");
        using var browser = await SignedIn(server, "alma", "accountsReceivable");
        var list = await Text(browser, "/cash?list=lines");
        Assert.Contains("Nobody Known", list, StringComparison.Ordinal);
        Assert.Contains("by the amount", list, StringComparison.Ordinal);
        Assert.Contains("Customer P1", list, StringComparison.Ordinal);

        var address = "/cash/lines/" + Uri.EscapeDataString(line);
        Assert.Contains("value=\"P2\"", await Text(browser, address), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await Send(browser, address + "/receive", ("payer", "NONE"))).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Send(browser, address + "/ignore", ("reason", " "))).StatusCode);
        var taken = await Send(browser, address + "/receive", ("payer", "P2"));
        Assert.Equal((HttpStatusCode.SeeOther, "/cash/receipts/" + Uri.EscapeDataString(line)), (taken.StatusCode, taken.Headers.Location!.OriginalString));
        var receipt = await Text(browser, taken.Headers.Location.OriginalString);
        Assert.Contains("The invoice has just this amount, 95 % sure.", receipt, StringComparison.Ordinal);
        Assert.Equal("settled", (await server.Get("/invoices/P2-70002")).Expect(200)["status"]);
        Assert.DoesNotContain("Nobody Known", await Text(browser, "/cash?list=lines"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await Send(browser, address + "/receive", ("edition", "old"), ("payer", "P1"))).StatusCode);
    }

    [Fact]
    public async Task An_open_credit_note_is_paid_back_from_its_page_and_the_refund_taken_back()
    {
        var server = await Customers("P9");
        (await server.Post("/credit-notes", new { number = "P9-C", customer = "P9", date = "2026-02-20", currency = "EUR", amount = 90 })).Expect(200);
        using var clerk = await SignedIn(server, "alma9", "accountsReceivable");
        Assert.Contains("P9-C", await Text(clerk, "/cash?list=credits"), StringComparison.Ordinal);
        const string Address = "/cash/credit-notes/P9-C";
        Assert.DoesNotContain("Pay it back", await Text(clerk, Address), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await clerk.GetAsync("/cash/credit-notes/none")).StatusCode);
        using var browser = await SignedIn(server, "fritz9", "finance");
        Assert.Contains("value=\"90.00\"", await Text(browser, Address), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Send(browser, Address + "/refund", ("document", "P9-B"), ("amount", "91"), ("reason", "gone"))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await Send(browser, Address + "/refund", ("document", "P9-B"), ("amount", "90"), ("reason", "gone <b>"))).StatusCode);
        Assert.Contains("gone &lt;b&gt;", await Text(browser, Address), StringComparison.Ordinal);
        Assert.DoesNotContain("P9-C", await Text(browser, "/cash?list=credits"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await Send(
            browser, Address + "/reverse-refund", ("withdrawal", "P9-B"), ("document", "P9-V"), ("reason", "wrong account"))).StatusCode);
        Assert.Contains("takes P9-B back", await Text(browser, Address), StringComparison.Ordinal);
        Assert.Equal("90.00", (await server.Get("/credit-notes/P9-C")).Expect(200)["open"]);
    }

    [Fact]
    public async Task A_line_is_put_aside_with_its_reason_and_taken_up_again()
    {
        var server = await fixture.StartedAsync();
        var line = await Line(server, "DE02500105170137075030", 1234, "interest of our own", "The Bank");
        using var browser = await SignedIn(server, "ada", "accountsReceivable");
        var address = "/cash/lines/" + Uri.EscapeDataString(line);
        Assert.Equal(HttpStatusCode.SeeOther, (await Send(browser, address + "/ignore", ("reason", "interest <b>"))).StatusCode);
        Assert.Contains("interest &lt;b&gt;", await Text(browser, address), StringComparison.Ordinal);
        Assert.DoesNotContain("The Bank", await Text(browser, "/cash?list=lines"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await Send(browser, address + "/reopen")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await Send(browser, "/cash/look-again")).StatusCode);
        Assert.Contains("The Bank", await Text(browser, "/cash?list=lines"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proposal_is_confirmed_explained_taken_back_and_corrected_by_hand()
    {
        var server = await Customers("P3");
        await Invoice(server, "P3-1", "P3", 500);
        await Invoice(server, "P3-2", "P3", 500);
        await Receipt(server, "P3-R", "P3", 500);
        using var browser = await SignedIn(server, "alma3", "accountsReceivable");
        const string Address = "/cash/receipts/P3-R";
        Assert.Equal(HttpStatusCode.SeeOther, (await Send(browser, Address + "/match")).StatusCode);
        Assert.Contains("P3-R", await Text(browser, "/cash?list=proposals"), StringComparison.Ordinal);
        var page = await Text(browser, Address);
        Assert.Contains("2 candidates", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Send(browser, Address + "/confirm", Read(page), ("candidate", "3"))).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Send(browser, Address + "/confirm", Read(page))).StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await Send(browser, Address + "/confirm", Read(page), ("candidate", "1"), ("document-1", "P3-2"))).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Send(browser, Address + "/confirm", ("edition", ""), ("candidate", "1"), ("document-1", "P3-1"))).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Send(browser, Address + "/confirm", ("once", ""), ("candidate", "1"), ("document-1", "P3-1"))).StatusCode);
        Assert.Contains("name=\"document-1\" value=\"P3-1\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("autofocus", page, StringComparison.Ordinal);
        Assert.Contains("500.00", page, StringComparison.Ordinal);
        Assert.Contains("It explains all of the money.", page, StringComparison.Ordinal);
        var confirmed = await Send(browser, Address + "/confirm", Read(page), ("candidate", "1"), ("document-1", "P3-1"));
        Assert.Equal(HttpStatusCode.SeeOther, confirmed.StatusCode);
        var following = await Text(browser, confirmed.Headers.Location!.OriginalString);
        Assert.Contains("action=\"/cash/receipts/P3-R/take-back\"", following, StringComparison.Ordinal);
        Assert.Matches("<h1 tabindex=\"-1\" autofocus", following);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await Send(browser, Address + "/confirm", Read(page), ("candidate", "1"), ("document-1", "P3-1"))).StatusCode);
        page = await Text(browser, Address);
        Assert.Contains("alma3", page, StringComparison.Ordinal);
        Assert.DoesNotContain("2 candidates", page, StringComparison.Ordinal);
        Assert.Equal("settled", (await server.Get("/invoices/P3-1")).Expect(200)["status"]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Send(browser, Address + "/undo", ("reason", ""))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await Send(browser, Address + "/undo", ("reason", "the other one"))).StatusCode);
        Assert.Contains("the other one", await Text(browser, Address), StringComparison.Ordinal);
        Assert.Equal("open", (await server.Get("/invoices/P3-1")).Expect(200)["status"]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Send(browser, Address + "/allocations", ("invoice", "P3-2"), ("amount", "much"))).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Send(browser, Address + "/allocations", ("invoice", "P3-2"), ("amount", ""))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await Send(browser, Address + "/allocations", ("invoice", "P3-2"), ("amount", "500.00"))).StatusCode);
        Assert.Equal("settled", (await server.Get("/invoices/P3-2")).Expect(200)["status"]);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/cash/receipts/none")).StatusCode);
    }

    [Fact]
    public async Task What_was_confirmed_a_moment_ago_is_taken_back_with_one_press_and_can_be_chosen_anew()
    {
        var server = await Customers("P21");
        await Invoice(server, "P21-1", "P21", 510);
        await Invoice(server, "P21-2", "P21", 510);
        await Receipt(server, "P21-R", "P21", 510);
        using var browser = await SignedIn(server, "alma21", "accountsReceivable");
        const string Address = "/cash/receipts/P21-R";
        Assert.Equal(HttpStatusCode.SeeOther, (await Send(browser, Address + "/match")).StatusCode);
        var confirmed = await Send(browser, Address + "/confirm", Read(await Text(browser, Address)), ("candidate", "1"), ("document-1", "P21-1"));
        Assert.Equal("settled", (await server.Get("/invoices/P21-1")).Expect(200)["status"]);
        var told = Read(await Text(browser, confirmed.Headers.Location!.OriginalString), "take-back");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Send(browser, Address + "/take-back")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await Send(browser, Address + "/take-back", told)).StatusCode);
        Assert.Equal("open", (await server.Get("/invoices/P21-1")).Expect(200)["status"]);
        Assert.Contains("2 candidates", await Text(browser, Address), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await Send(browser, Address + "/take-back", told, ("once", "2"))).StatusCode);
        Assert.DoesNotContain("has paid its invoices", await Text(browser, confirmed.Headers.Location.OriginalString), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_page_says_was_paid_is_an_entry_of_the_journal_that_the_visitor_has_made()
    {
        var server = await Customers("P22");
        await Invoice(server, "P22-1", "P22", 520);
        await Invoice(server, "P22-2", "P22", 520);
        await Receipt(server, "P22-R", "P22", 520);
        using var browser = await SignedIn(server, "alma22", "accountsReceivable");
        using var other = await SignedIn(server, "amos22", "accountsReceivable");
        const string Address = "/cash/receipts/P22-R";
        Assert.Equal(HttpStatusCode.SeeOther, (await Send(browser, Address + "/match")).StatusCode);
        var confirmed = await Send(browser, Address + "/confirm", Read(await Text(browser, Address)), ("candidate", "2"), ("document-2", "P22-2"));
        var told = confirmed.Headers.Location!.OriginalString;
        Assert.Contains("<bdi>P22-R</bdi></a> has paid its invoices", await Text(browser, told), StringComparison.Ordinal);
        var entry = int.Parse(Regex.Match(told, @"done=(\d+)\.").Groups[1].Value, null);
        foreach (var lie in new[] { "P22-R", $"{entry - 1}.P22", $"{entry + 1}.P22", $"{entry}.P21", $"{entry}.", "9999999999999999999.P22", "0.P22", "." })
            Assert.DoesNotContain("has paid its invoices", await Text(browser, $"{Address}?done={lie}"), StringComparison.Ordinal);
        Assert.DoesNotContain("has paid its invoices", await Text(other, told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rest_that_is_not_worth_asking_for_is_written_off_on_the_receipt_s_page()
    {
        var server = await Customers("P11");
        await Invoice(server, "P11-1", "P11", 500);
        await Receipt(server, "P11-R", "P11", 493);
        (await server.Post("/receipts/P11-R/allocations", new[] { new { invoice = "P11-1", amount = 493 } })).Expect(200);
        using var browser = await SignedIn(server, "alma11", "accountsReceivable");
        const string Address = "/cash/receipts/P11-R";
        Assert.Contains("Short, and not worth asking", await Text(browser, Address), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Send(browser, Address + "/write-off", ("document", "P11-W"), ("invoice", "P11-1"), ("amount", "7"))).StatusCode);
        var sent = await Send(browser, Address + "/write-off", ("document", "P11-W"), ("invoice", "P11-1"), ("amount", "7"), ("reason", "a trifle"));
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        Assert.Equal("settled", (await server.Get("/invoices/P11-1")).Expect(200)["status"]);
    }

    [Fact]
    public async Task Money_that_found_no_invoice_goes_on_by_its_forms_and_comes_back()
    {
        var server = await Customers("P4", "P5");
        await Invoice(server, "P4-1", "P4", 300);
        await Receipt(server, "P4-R", "P4", 1000);
        using var clerk = await SignedIn(server, "alma4", "accountsReceivable");
        using var finance = await SignedIn(server, "finn", "finance");
        const string Address = "/cash/receipts/P4-R";
        var page = await Text(clerk, Address);
        Assert.DoesNotContain("Pay it back", page, StringComparison.Ordinal);
        Assert.Contains("Pay it back", await Text(finance, Address), StringComparison.Ordinal);
        Assert.Contains("value=\"TR-P4-R-1\"", page, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.SeeOther, (await Send(
            clerk, Address + "/deduction", ("invoice", "P4-1"), ("paid", "250"), ("document", "P4-D"), ("reason", "price"), ("owner", "sales"), ("note", "too dear"))).StatusCode);
        var dispute = (await server.Get("/disputes/P4-D")).Expect(200);
        Assert.Equal(("price", "50.00", "sales"), (dispute["reason"], dispute["amount"], dispute["owner"]));

        var refused = await Send(clerk, Address + "/transfer", ("to", "P5"), ("amount", "9000"), ("document", "P4-T"), ("reason", "the <branch>"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var again = await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("value=\"the &lt;branch&gt;\"", again, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await Send(
            clerk, Address + "/transfer", ("to", "P5"), ("amount", "400"), ("document", "P4-T"), ("reason", "the branch"))).StatusCode);
        Assert.Equal("400.00", (await server.Get("/receipts/P4-T")).Expect(200)["open"]);

        Assert.Equal(HttpStatusCode.Forbidden, (await Send(clerk, Address + "/refund", ("amount", "50"), ("document", "P4-B"), ("reason", "asked"))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await Send(finance, Address + "/refund", ("amount", "50"), ("document", "P4-B"), ("reason", "asked"))).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await Send(clerk, Address + "/return", ("date", "2026-03-02"), ("reason", "no funds"))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await Send(
            finance, Address + "/reverse-refund", ("withdrawal", "P4-B"), ("document", "P4-B2"), ("reason", "wrong account"))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await Send(
            clerk, Address + "/reverse-transfer", ("withdrawal", "P4-T"), ("document", "P4-T2"), ("reason", "theirs after all"))).StatusCode);
        Assert.Equal("750.00", (await server.Get("/receipts/P4-R")).Expect(200)["open"]);
        Assert.Equal(HttpStatusCode.SeeOther, (await Send(clerk, Address + "/on-account", ("reason", "for the next order"))).StatusCode);
        Assert.DoesNotContain("P4-R", await Text(clerk, "/cash?list=unapplied"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Send(clerk, Address + "/return", ("date", "soon"), ("reason", "no funds"))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await Send(clerk, Address + "/return", ("date", "2026-03-02"), ("reason", "no funds"))).StatusCode);
        Assert.Equal("returned", (await server.Get("/receipts/P4-R")).Expect(200)["status"]);
    }

    [Fact]
    public async Task Unapplied_money_names_the_orders_that_it_holds_up_and_what_they_come_to()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("P6", 500);
        await desk.Invoice("P6-1", "P6", 450, "2026-02-10");
        await Receipt(desk.Server, "P6-R", "P6", 440);
        await desk.Order("P6-O", "P6", 200);
        using var browser = await SignedIn(desk.Server, "alma6", "accountsReceivable");
        var list = await Text(browser, "/cash?list=unapplied");
        Assert.Matches(@"holds up \d+ order", list);
        Assert.Contains("/orders/P6-O", list, StringComparison.Ordinal);
        var page = await Text(browser, "/cash/receipts/P6-R");
        Assert.Matches("orders over .*200\\.00", page.ReplaceLineEndings(" "));
    }

    [Fact]
    public async Task Unapplied_money_is_paged_with_what_holds_most_up_in_front_and_then_by_day()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        foreach (var (payer, order) in new[] { ("P8", 200), ("P9", 220) })
        {
            await desk.Payer(payer, 500);
            await desk.Invoice($"{payer}-1", payer, 450, "2026-02-10");
            await Receipt(desk.Server, $"{payer}-R", payer, 440);
            await desk.Order($"{payer}-O", payer, order);
        }

        await desk.Payer("P10", 500);
        for (var at = 0; at < 55; at++)
            (await desk.Server.Post("/receipts", new
            {
                number = $"P10-R{at:00}", payer = "P10", date = new DateOnly(2026, 1, 1).AddDays(at / 2).ToString("O", null), currency = "EUR", amount = 10 + at, cleared = true,
            }, "alma:accountsReceivable")).Expect(200);
        using var browser = await SignedIn(desk.Server, "alma8", "accountsReceivable");
        var all = new List<string>();
        for (var page = 1; await Text(browser, $"/cash?list=unapplied&page={page}") is var list && Listed(list) is { Count: > 0 } numbers; page++)
        {
            Assert.Matches(@"\d+ receipts with money that has found no invoice", list);
            Assert.True(numbers.Count == 50 || all.Count >= 50);
            all.AddRange(numbers);
        }

        Assert.Equal(all.Count, all.Distinct().Count());
        Assert.True(all.IndexOf("P9-R") >= 0 && all.IndexOf("P9-R") < all.IndexOf("P8-R"));
        Assert.True(all.IndexOf("P8-R") < all.IndexOf("P10-R00"));
        Assert.Equal(Enumerable.Range(0, 55).Select(at => $"P10-R{at:00}"), all.Where(number => number.StartsWith("P10-", StringComparison.Ordinal)));

        static List<string> Listed(string page) => [.. Regex.Matches(page, "class=\"number\" href=\"/cash/receipts/([^\"]+)\"").Select(match => match.Groups[1].Value)];
    }

    [Fact]
    public async Task Who_sells_opens_none_of_it_and_who_reads_has_no_form()
    {
        var server = await Customers("P7");
        await Receipt(server, "P7-R", "P7", 10);
        using var seller = await SignedIn(server, "sal", "sales");
        foreach (var address in new[] { "/cash", "/cash/lines/X", "/cash/receipts/P7-R" })
            Assert.Equal(HttpStatusCode.Forbidden, (await seller.GetAsync(address)).StatusCode);
        Assert.DoesNotContain("href=\"/cash\"", await Text(seller, "/blocks"), StringComparison.Ordinal);
        using var reader = await SignedIn(server, "cora7", "creditAnalyst");
        Assert.Contains("href=\"/cash\"", await Text(reader, "/blocks"), StringComparison.Ordinal);
        var page = await Text(reader, "/cash/receipts/P7-R");
        Assert.DoesNotContain("action=\"/cash", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await Send(reader, "/cash/receipts/P7-R/match")).StatusCode);
    }

    /// <summary>The edition that a page carries in its form, as it is sent.</summary>
    static (string Name, string Value) Read(string page, string act = "confirm") =>
        ("edition", Regex.Match(page, act + "\".*?name=\"edition\" value=\"(?<edition>[^\"]+)\"", RegexOptions.Singleline).Groups["edition"].Value);

    static async Task<string> Line(RunningServer server, string account, long amount, string text, string name)
    {
        var statement = Written.Camt053([new BankStatement(
            StatementFormat.Camt053, account, Currency.EUR, "S1", null, 1, true, new Balance(0, Currency.EUR, Day), new Balance(amount, Currency.EUR, Day),
            [new BankEntry(1, Day, Day, amount, false, "E1", null, [new EntryPart(amount, Counterparty: name, Remittance: text)])], 0, [], 1)]);
        var taken = (await server.SendAsync(HttpMethod.Post, "/bank-statements", RunningServer.Raw(statement, "application/xml"), "alma:accountsReceivable")).Expect(200);
        return taken.Body.GetProperty("lines")[0].GetProperty("number").GetString()!;
    }

    async Task<RunningServer> Customers(params string[] numbers)
    {
        var server = await fixture.StartedAsync();
        foreach (var number in numbers)
            (await server.Put($"/customers/{number}", new { name = $"Customer {number}", country = "FR", currency = "EUR", paymentTerms = "NET30", riskClass = "B" })).Expect(200);
        return server;
    }

    static async Task Invoice(RunningServer server, string number, string customer, decimal amount) => (await server.Post(
        "/invoices", new { number, customer, date = "2026-01-15", dueDate = "2026-03-20", currency = "EUR", amount }, "bill:billing")).Expect(200);

    static async Task Receipt(RunningServer server, string number, string payer, decimal amount) => (await server.Post(
        "/receipts", new { number, payer, date = "2026-03-01", currency = "EUR", amount, cleared = true }, "alma:accountsReceivable")).Expect(200);

    static async Task<Browser> SignedIn(RunningServer server, string name, string role)
    {
        var browser = new Browser(server);
        await browser.SignInAsync((await server.Post("/api-keys", new { name, roles = new[] { role } })).Expect(201)["key"]!);
        return browser;
    }

    static async Task<string> Text(Browser browser, string path)
    {
        var text = await (await browser.GetAsync(path)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return text.Replace("&#xA0;", " ", StringComparison.Ordinal).Replace('\u00a0', ' ');
    }

    /// <summary>As the form of the page sends it, with its key and what was read.</summary>
    static async Task<HttpResponseMessage> Send(Browser browser, string address, params (string Name, string Value)[] fields)
    {
        var form = await PageForm.FindAsync(browser, address[..address.LastIndexOf('/')], address);
        var hidden = form?.Fields.Where(field => field.Key is "token" or "once" or "edition") ?? [new("token", await browser.TokenAsync("/account")), new("once", "1")];
        return await browser.SendAsync(
            address, hidden.Where(field => fields.All(own => own.Name != field.Key)).Concat(fields.Select(own => KeyValuePair.Create(own.Name, own.Value))));
    }
}
