using System.Net;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Statements.Rules;
using Aval.Tests.Infrastructure;
using Aval.Tests.Statements;
using Aval.Tests.Web;
using Aval.Web;
using Microsoft.AspNetCore.Routing;

namespace Aval.Tests.Cash;

public sealed class OnceOnSqlite(SqliteServer fixture) : OnceTests(fixture), IClassFixture<SqliteServer>;

public sealed class OnceOnPostgres(PostgresServer fixture) : OnceTests(fixture), IClassFixture<PostgresServer>;

/// <summary>Money is moved once, however often a form is sent and by however many. The business date is 2 March 2026.</summary>
public abstract class OnceTests(ServerFixture fixture)
{
    static readonly DateOnly Day = new(2026, 3, 1);

    /// <summary>Addresses of the same capabilities whose forms post nothing of their own.</summary>
    static readonly Dictionary<string, string> Others = new(StringComparer.Ordinal)
    {
        ["/cash/look-again"] = "each line that waits is asked anew, by a command of its own that a line in another state refuses",
        ["/cash/lessons/forget"] = "what payers are known by: no money",
        ["/bank-statements"] = "a file is known by its content, and a payment by its statement",
        ["/csv-mappings"] = "how files are read: no money",
        ["/csv-mappings/sample"] = "nothing is kept",
        ["/csv-mappings/try"] = "nothing is kept",
        ["/csv-mappings/{name}/remove"] = "how files are read: no money",
    };

    /// <summary>Every form: its address, what it is about, the entry that it makes, and what is typed. R is a receipt of 100, I and J are open invoices of 60, C a credit note of
    /// 50, D a dispute, L a bank line. What has a colon is done before.</summary>
    const string Forms = """
        address                                | role    | before   | entry              | typed
        /cash/receipts/{number}/match          | clerk   | -        | matchReceipt       | -
        /cash/receipts/{number}/confirm        | clerk   | twins    | confirmMatch       | candidate=1
        /cash/receipts/{number}/take-back      | clerk   | confirm  | undoMatch          | -
        /cash/receipts/{number}/undo           | clerk   | paid     | undoMatch          | reason=wrong
        /cash/receipts/{number}/allocations    | clerk   | -        | allocateReceipt    | invoice=#-I,amount=1.00
        /cash/receipts/{number}/on-account     | clerk   | -        | putOnAccount       | reason=later
        /cash/receipts/{number}/refund         | finance | -        | refundReceipt      | document=#-RF,amount=1,reason=asked
        /cash/receipts/{number}/transfer       | clerk   | -        | transferReceipt    | document=#-TR,amount=1,to=OTHER,reason=theirs
        /cash/receipts/{number}/deduction      | clerk   | -        | deductFromInvoice  | document=#-DD,invoice=#-I,paid=1,deducted=2
        /cash/receipts/{number}/write-off      | clerk   | -        | writeOff           | document=#-WO,invoice=#-I,amount=1,reason=trifle
        /cash/receipts/{number}/return         | clerk   | -        | returnReceipt      | reason=bounced
        /cash/receipts/{number}/reverse-refund | finance | refunded | reverseRefund      | document=#-RR,reason=wrong
        /cash/receipts/{number}/reverse-transfer | clerk | moved    | reverseTransfer    | document=#-RT,reason=wrong
        /cash/credit-notes/{number}/refund     | finance | -        | refundCreditNote   | document=#-CF,amount=1,reason=gone
        /cash/credit-notes/{number}/reverse-refund | finance | credited | reverseCreditRefund | document=#-CR,reason=wrong
        /cash/lines/{number}/receive           | clerk   | -        | receiveLine        | payer=#
        /cash/lines/{number}/ignore            | clerk   | -        | ignoreLine         | reason=ours
        /cash/lines/{number}/reopen            | clerk   | ignored  | reopenLine         | -
        /disputes                              | clerk   | -        | recordDispute      | number=#-DN,invoice=#-I,amount=1
        /disputes/{number}/change              | clerk   | -        | changeDispute      | -
        /disputes/{number}/evidence            | clerk   | -        | addEvidence        | text=a letter
        """;

    [Fact]
    public async Task Every_form_that_moves_money_posts_once_however_often_and_by_however_many_it_is_sent()
    {
        var server = await fixture.StartedAsync();
        await Customer(server, "OTHER");
        using var clerk = await SignedIn(server, "once-clerk", "accountsReceivable");
        using var clerkToo = await SignedIn(server, "once-clerk-too", "accountsReceivable");
        using var finance = await SignedIn(server, "once-finance", "finance");
        using var financeToo = await SignedIn(server, "once-finance-too", "finance");
        var faults = new List<string>();
        foreach (var (at, row) in Rows().Index())
        {
            var (own, other) = row.Role == "finance" ? (finance, financeToo) : (clerk, clerkToo);
            var number = $"ON{at:00}";
            var (page, action) = await PrepareAsync(server, own, number, row);
            var typed = row.Typed.Select(field => (field.Name, (string?)field.Value.Replace("#", number, StringComparison.Ordinal))).ToArray();
            var form = await PageForm.FindAsync(own, page, action);
            var late = await PageForm.FindAsync(other, page, action);
            if (form is null)
            {
                faults.Add($"{row.Address} has no form");
                continue;
            }

            var before = await EntriesAsync(server, row.Entry, number);
            var sent = await Task.WhenAll(form.SendAsync(typed), form.SendAsync(typed), form.SendAsync(typed));
            sent = [.. sent, await form.SendAsync(typed)];
            if (sent.Any(answer => answer.Status != HttpStatusCode.SeeOther) || sent.Select(answer => answer.To?.Split('?')[0]).Distinct().Count() != 1)
                faults.Add($"{row.Address} answers {string.Join(", ", sent.Select(answer => $"{answer.Status} {answer.To}"))}");
            if (late is not null && late.Fields.Any(field => field.Key == "edition"))
                await late.SendAsync([.. typed.Select(field => field.Name == "document" ? (field.Name, field.Item2 + "-X") : field)]);
            if (await EntriesAsync(server, row.Entry, number) - before is not 1 and var made) faults.Add($"{row.Address} made {made} entries");
        }

        Assert.Empty(faults);
    }

    [Fact]
    public async Task A_form_that_moves_money_is_refused_without_its_key_or_what_was_read()
    {
        var server = await fixture.StartedAsync();
        await Customer(server, "OTHER");
        using var clerk = await SignedIn(server, "bare-clerk", "accountsReceivable");
        using var finance = await SignedIn(server, "bare-finance", "finance");
        foreach (var (at, row) in Rows().Index())
        {
            var (own, number) = (row.Role == "finance" ? finance : clerk, $"OB{at:00}");
            var (page, action) = await PrepareAsync(server, own, number, row);
            var typed = row.Typed.Select(field => (field.Name, (string?)field.Value.Replace("#", number, StringComparison.Ordinal))).ToArray();
            var form = (await PageForm.FindAsync(own, page, action))!;
            var before = await EntriesAsync(server, row.Entry, number);
            foreach (var missing in form.Fields.Select(field => field.Key).Where(name => name is "once" or "edition").Distinct())
                Assert.Equal((row.Address, missing, HttpStatusCode.UnprocessableEntity), (row.Address, missing, (await form.SendAsync([.. typed, (missing, null)])).Status));
            Assert.Equal(before, await EntriesAsync(server, row.Entry, number));
        }
    }

    [Fact]
    public async Task Every_form_of_these_capabilities_is_done_once_or_says_why_it_posts_nothing()
    {
        var server = await fixture.StartedAsync();
        var forms = server.Get<EndpointDataSource>().Endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<PageAddress>()).OfType<PageAddress>()
            .Where(page => page.Method == "POST" && new[] { "/cash", "/disputes", "/bank-statements", "/csv-mappings", "/invoices", "/aging" }
                .Any(part => page.Path.StartsWith(part, StringComparison.Ordinal))).ToList();
        Assert.Equal(forms.Where(form => form.IsOnce).Select(form => form.Path).Order(), Rows().Select(row => row.Address).Order());
        Assert.Equal(forms.Where(form => !form.IsOnce).Select(form => form.Path).Order(), Others.Keys.Order());
    }

    sealed record Row(string Address, string Role, string Before, string Entry, (string Name, string Value)[] Typed);

    static IEnumerable<Row> Rows() => Forms.Split('\n').Skip(1).Select(line => line.Split('|').Select(cell => cell.Trim()).ToArray()).Select(cells => new Row(
        cells[0], cells[1], cells[2], cells[3], cells[4] == "-" ? [] : [.. cells[4].Split(',').Select(field => (field.Split('=')[0], field.Split('=')[1]))]));

    /// <summary>Makes what the form is about; the page on which it stands, and its action.</summary>
    static async Task<(string Page, string Action)> PrepareAsync(RunningServer server, Browser own, string number, Row row)
    {
        await Customer(server, number);
        var (invoice, to) = (number + "-I", row.Address.Split('/')[1..]);
        foreach (var one in new[] { invoice, number + "-J" })
            (await server.Post("/invoices", new { number = one, customer = number, date = "2026-01-15", dueDate = "2026-03-20", currency = "EUR", amount = 60 },
                "bill:billing")).Expect(200);
        if (row.Address.StartsWith("/disputes", StringComparison.Ordinal))
        {
            if (to.Length == 1) return ("/disputes", "/disputes");
            (await server.Post("/disputes", new
            {
                number = number + "-D", invoice, amount = 5, reason = "price", legitimacy = "unqualified", owner = "sales",
            }, "rosa:customerService")).Expect(200);
            return ($"/disputes/{number}-D", $"/disputes/{number}-D/{to[^1]}");
        }

        if (to[1] == "lines")
        {
            var line = await Line(server, number);
            var at = "/cash/lines/" + Uri.EscapeDataString(line);
            if (row.Before == "ignored")
                Assert.Equal(HttpStatusCode.SeeOther, (await (await PageForm.FindAsync(own, at, at + "/ignore"))!.SendAsync(("reason", "x"))).Status);
            return (at, $"{at}/{to[^1]}");
        }

        if (to[1] == "credit-notes")
        {
            (await server.Post("/credit-notes", new { number = number + "-C", customer = number, date = "2026-02-20", currency = "EUR", amount = 50 })).Expect(200);
            var at = $"/cash/credit-notes/{number}-C";
            if (row.Before == "credited")
                (await server.Post("/refunds", new { number = number + "-RF", amount = 1, reason = "x", creditNote = number + "-C" }, "fritz:finance")).Expect(200);
            return (at, $"{at}/{to[^1]}");
        }

        var twins = row.Before is "twins" or "confirm";
        (await server.Post("/receipts", new
        {
            number = number + "-R", payer = number, date = "2026-03-01", currency = "EUR", amount = twins ? 60 : 100, cleared = true,
        }, "alma:accountsReceivable")).Expect(200);
        var receipt = $"/cash/receipts/{number}-R";
        var page = receipt;
        if (twins) await (await PageForm.FindAsync(own, receipt, receipt + "/match"))!.SendAsync();
        if (row.Before == "confirm") page = (await (await PageForm.FindAsync(own, receipt, receipt + "/confirm"))!.SendAsync(("candidate", "1"))).To!;
        if (row.Before == "paid") (await server.Post($"/receipts/{number}-R/allocations", new[] { new { invoice, amount = 5 } })).Expect(200);
        if (row.Before == "refunded")
            (await server.Post("/refunds", new { number = number + "-RF", amount = 1, reason = "x", receipt = number + "-R" }, "fritz:finance")).Expect(200);
        if (row.Before == "moved")
            (await server.Post(
                "/transfers", new { number = number + "-TR", receipt = number + "-R", to = "OTHER", reason = "x", amount = 1 }, "alma:accountsReceivable")).Expect(200);
        return (page, $"{receipt}/{to[^1]}");
    }

    static async Task<string> Line(RunningServer server, string number)
    {
        var statement = Written.Camt053([new BankStatement(
            StatementFormat.Camt053, "DE02120300000000202051", Currency.EUR, number, null, 1, true, new Balance(0, Currency.EUR, Day), new Balance(7_77, Currency.EUR, Day),
            [new BankEntry(1, Day, Day, 7_77, false, number, null, [new EntryPart(7_77, Counterparty: "Nobody " + number, Remittance: "thanks " + number)])], 0, [], 1)]);
        var taken = (await server.SendAsync(HttpMethod.Post, "/bank-statements", RunningServer.Raw(statement, "application/xml"), "alma:accountsReceivable")).Expect(200);
        return taken.Body.GetProperty("lines")[0].GetProperty("number").GetString()!;
    }

    static async Task Customer(RunningServer server, string number) => (await server.Put(
        $"/customers/{number}", new { name = $"Customer {number}", country = "FR", currency = "EUR", paymentTerms = "NET30", riskClass = "B" })).Expect(200);

    /// <summary>How often the journal of the payer has such an act, or that of our bank account: what crosses roots stands once in each.</summary>
    static async Task<long> EntriesAsync(RunningServer server, string act, string root)
    {
        await using var reader = await server.Get<Store>().SnapshotAsync(TestContext.Current.CancellationToken);
        await using var command = reader.Command("SELECT COUNT(*) FROM journal WHERE command = @act AND (root = @root OR command IN ('ignoreLine', 'reopenLine'))");
        StoreReader.Add(command, "root", root);
        StoreReader.Add(command, "act", act);
        return Convert.ToInt64(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken), System.Globalization.CultureInfo.InvariantCulture);
    }

    static async Task<Browser> SignedIn(RunningServer server, string name, string role)
    {
        var browser = new Browser(server);
        await browser.SignInAsync((await server.Post("/api-keys", new { name, roles = new[] { role } })).Expect(201)["key"]!);
        return browser;
    }
}
