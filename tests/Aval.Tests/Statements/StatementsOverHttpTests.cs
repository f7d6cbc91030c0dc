using System.Text;
using System.Text.Json;
using Aval.Kernel;
using Aval.Statements.Rules;
using Aval.Tests.Infrastructure;
using Aval.Tests.Web;

namespace Aval.Tests.Statements;

public sealed class StatementsOnSqlite(SqliteServer fixture) : StatementsOverHttpTests(fixture), IClassFixture<SqliteServer>;

public sealed class StatementsOnPostgres(PostgresServer fixture) : StatementsOverHttpTests(fixture), IClassFixture<PostgresServer>;

/// <summary>Banks' files as accounts receivable send them. Each test has an account of its own.</summary>
public abstract class StatementsOverHttpTests(ServerFixture fixture)
{
    const string Receivable = "ada:accountsReceivable";

    [Fact]
    public async Task A_day_that_three_formats_tell_is_recorded_once()
    {
        var server = await fixture.StartedAsync();
        var statement = Of("FR7630006000011234567890189", 3) with { Format = StatementFormat.Camt053 };
        var intraday = await Send(server, Written.Camt052([statement with { Entries = statement.Entries[..1], Opening = null, Closing = null }]));
        Assert.Equal(1, intraday.GetProperty("lines").GetArrayLength());
        var evening = await Send(server, Written.Camt053([statement]));
        Assert.Equal((statement.Entries.Length - 1, 1), (evening.GetProperty("lines").GetArrayLength(), evening.GetProperty("duplicates").GetInt32()));
        var told = evening.GetProperty("statements")[0];
        Assert.Equal(("camt053", "agrees", "FR7630006000011234567890189-EUR"), (Text(told, "format"), Text(told, "balances"), Text(told, "account")));
        foreach (var again in new[] { Written.Camt053([statement]), Written.Camt053([statement], 8), Written.Mt940([statement]) })
        {
            var repeated = await Send(server, again);
            Assert.Equal((0, statement.Entries.Length), (repeated.GetProperty("lines").GetArrayLength(), repeated.GetProperty("duplicates").GetInt32()));
        }

        var lines = (await server.Get("/bank-lines?account=FR7630006000011234567890189-EUR")).Expect(200).Body.GetProperty("lines");
        Assert.Equal(statement.Entries.Sum(entry => entry.Amount), (long)(lines.EnumerateArray().Sum(line => line.GetProperty("amount").GetDecimal()) * 100));
        Assert.Equal(4, (await server.Get("/bank-statements?account=FR7630006000011234567890189-EUR")).Expect(200).Body.GetProperty("statements").GetArrayLength());
        Assert.Equal("FR7630006000011234567890189-EUR.1", (await server.Get("/bank-statements/FR7630006000011234567890189-EUR.1")).Expect(200)["number"]);
        await Verified(server);
    }

    [Fact]
    public async Task Pages_that_come_in_files_of_their_own_say_which_page_is_missing_or_does_not_join()
    {
        var server = await fixture.StartedAsync();
        static string Page(string number, string opening, string amount, string closing) =>
            $":20:A\n:25:4455667788\n:28C:{number}\n:60{opening}\n:61:2603020302C{amount},00NTRFNONREF\n:86:page {number}\n:62{closing}\n-\n";
        async Task<string> Warned(string text) => Text((await Send(server, text)).GetProperty("statements")[0], "warnings");

        Assert.Equal("page 5/1 is missing before page 5/2, which begins with 15.00 EUR", await Warned(Page("5/2", "M:C260302EUR15,00", "2", "F:C260302EUR17,00")));
        Assert.Equal("", await Warned(Page("6/1", "F:C260302EUR10,00", "3", "M:C260302EUR13,00")));
        Assert.Equal("page 6/1 ended with 13.00 EUR, page 6/2 begins with 14.00 EUR", await Warned(Page("6/2", "M:C260302EUR14,00", "4", "M:C260302EUR18,00")));
        Assert.Equal("", await Warned(Page("6/3", "M:C260302EUR18,00", "7", "F:C260302EUR25,00")));
        var apart = Page("8/1", "F:C260302EUR10,00", "1", "M:C260302EUR11,00") + Page("8/2", "M:C260302EUR12,00", "1", "F:C260302EUR13,00");
        (await server.SendAsync(HttpMethod.Post, "/bank-statements", RunningServer.Raw(apart, null), Receivable)).Expect(422, "statement-unbalanced");
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_or_does_not_balance_changes_nothing()
    {
        var server = await fixture.StartedAsync();
        var statement = Of("DE89370400440532013000", 5);
        var text = Written.Mt940([statement, statement with { Number = "402", Id = "T2" }]);
        var broken = text.Insert(text.LastIndexOf(":61:", StringComparison.Ordinal) + 4, "x");
        var refused = (await server.SendAsync(HttpMethod.Post, "/bank-statements?file=march.sta", RunningServer.Raw(broken, null), Receivable)).Expect(422, "statement-unreadable");
        Assert.Contains($"march.sta: line {broken[..broken.LastIndexOf(":61:", StringComparison.Ordinal)].Count(letter => letter == '\n') + 1}: :61:",
            refused["detail"], StringComparison.Ordinal);
        var wrong = Written.Mt940([statement with { Closing = statement.Closing! with { Minor = statement.Closing.Minor + 1 } }]);
        (await server.SendAsync(HttpMethod.Post, "/bank-statements", RunningServer.Raw(wrong, null), Receivable)).Expect(422, "statement-unbalanced");
        (await server.SendAsync(HttpMethod.Post, "/bank-statements", RunningServer.Raw("", null), Receivable)).Expect(422, "statement-unreadable");
        (await server.Get("/bank-accounts/DE89370400440532013000-EUR")).Expect(404, "bank-account-unknown");
        (await server.SendAsync(HttpMethod.Post, "/bank-statements?balances=maybe", RunningServer.Raw(text, null), Receivable)).Expect(422, "field-invalid");
        (await server.SendAsync(HttpMethod.Post, "/bank-statements", RunningServer.Raw(text, null), "sam:sales")).Expect(403, "not-permitted");

        var taken = (await server.SendAsync(HttpMethod.Post, "/bank-statements?balances=accept", RunningServer.Raw(wrong, null), Receivable))
            .Expect(200).Body.GetProperty("statements")[0];
        Assert.Equal("differs", Text(taken, "balances"));
        Assert.Contains("closing balance", Text(taken, "differences"), StringComparison.Ordinal);
        (await server.Get("/bank-accounts")).Expect(200);
        (await server.Get("/bank-statements", "sam:sales")).Expect(403, "not-permitted");
        (await server.Get("/bank-statements/none.1")).Expect(404, "statement-unknown");
        (await server.Get("/bank-lines?limit=0")).Expect(422, "field-invalid");
        await Verified(server);
    }

    [Fact]
    public async Task Files_sent_as_a_form_are_taken_together_or_not_at_all()
    {
        var server = await fixture.StartedAsync();
        using var form = new MultipartFormDataContent();
        form.Add(RunningServer.Raw(Written.Camt053([Of("GB33BUKB20201555555555", 1)]), "application/xml"), "files", "one.xml");
        form.Add(RunningServer.Raw("no statement", "text/plain"), "files", "two.txt");
        var refused = (await server.SendAsync(HttpMethod.Post, "/bank-statements", form, Receivable)).Expect(422, "statement-unreadable");
        Assert.Contains("two.txt", refused["detail"], StringComparison.Ordinal);
        (await server.Get("/bank-accounts/GB33BUKB20201555555555-EUR")).Expect(404, "bank-account-unknown");

        using var good = new MultipartFormDataContent { { RunningServer.Raw(Written.Camt053([Of("GB33BUKB20201555555555", 1)]), "application/xml"), "files", "one.xml" } };
        var taken = (await server.SendAsync(HttpMethod.Post, "/bank-statements", good, Receivable)).Expect(200).Body.GetProperty("statements")[0];
        Assert.Equal("one.xml", Text(taken, "file"));
        (await server.SendAsync(HttpMethod.Post, "/bank-statements", RunningServer.Raw("no parts", "multipart/form-data; boundary=x"), Receivable)).Expect(422, "field-invalid");
    }

    [Fact]
    public async Task A_line_that_concerns_no_customer_is_ignored_and_may_be_reopened()
    {
        var server = await fixture.StartedAsync();
        var imported = await Send(server, Written.Camt053([Of("NL91ABNA0417164300", 7)]));
        var line = imported.GetProperty("lines").EnumerateArray().First(line => Text(line, "state") == "new");
        var address = $"/bank-lines/{Text(line, "number")}";
        Assert.Equal("new", (await server.Get(address)).Expect(200)["state"]);
        (await server.Post(address + "/ignore", new { reason = " " }, Receivable)).Expect(422, "field-invalid");
        Assert.Equal("ignored", (await server.Post(address + "/ignore", new { reason = "interest" }, Receivable)).Expect(200)["state"]);
        (await server.Post(address + "/ignore", new { reason = "interest" }, Receivable)).Expect(409, "bank-line-settled");
        Assert.Equal("new", (await server.Post(address + "/reopen", new { }, Receivable)).Expect(200)["state"]);
        (await server.Post("/bank-lines/NL91ABNA0417164300-EUR.1/ignore", new { reason = "none" }, Receivable)).Expect(404, "bank-line-unknown");
        Assert.Equal("House bank",
            (await server.Put("/bank-accounts/NL91ABNA0417164300-EUR", new { name = "House bank", alsoKnownAs = new[] { "4711-0815" } }, Receivable)).Expect(200)["name"]);
        await Send(server, Written.Mt940([Of("47110815", 8)]));
        (await server.Get("/bank-accounts/47110815-EUR")).Expect(404, "bank-account-unknown");
        await Verified(server);
    }

    /// <summary>Nobody can pay in it any more, so no line of it waits for a payer.</summary>
    [Fact]
    public async Task An_account_in_a_currency_that_is_no_longer_in_use_is_read_and_nothing_of_it_waits()
    {
        var server = await fixture.StartedAsync();
        var statement = Of("DE02500105170137075030", 4);
        var mark = Currency.Of("DEM");
        var old = statement with { Currency = mark, Opening = statement.Opening! with { Currency = mark }, Closing = statement.Closing! with { Currency = mark } };
        var taken = await Send(server, Written.Mt940([old]));
        Assert.Equal(("agrees", "DE02500105170137075030-DEM"), (Text(taken.GetProperty("statements")[0], "balances"), Text(taken.GetProperty("statements")[0], "account")));
        var lines = (await server.Get("/bank-lines?account=DE02500105170137075030-DEM")).Expect(200).Body.GetProperty("lines").EnumerateArray().ToList();
        Assert.Equal(statement.Entries.Sum(entry => entry.Amount), (long)(lines.Sum(line => line.GetProperty("amount").GetDecimal()) * 100));
        Assert.All(lines, line => Assert.Equal(line.GetProperty("amount").GetDecimal() > 0 ? "ignored" : "outgoing", Text(line, "state")));
        var coming = lines.First(line => Text(line, "state") == "ignored");
        Assert.Equal("DEM is no longer in use", Text(coming, "reason"));
        (await server.Post($"/bank-lines/{Text(coming, "number")}/reopen", new { }, Receivable)).Expect(409, "bank-line-settled");
        Assert.Equal(0, (await Send(server, Written.Mt940([old with { Number = "77" }]))).GetProperty("lines").GetArrayLength());
        (await server.Post("/orders", new
        {
            number = "DEM-1", customer = "C", currency = "DEM", orderDate = "2026-03-02", lines = new[] { new { line = 1, item = "a", quantity = 1, unitPrice = 5, taxRate = 0 } },
        })).Expect(422, "field-invalid");
        await Verified(server);
    }

    [Fact]
    public async Task CSV_is_read_by_the_mapping_whose_columns_it_has()
    {
        var server = await fixture.StartedAsync();
        object Mapping(string decimals) => new
        {
            columns = new[]
            {
                new { header = "Booked", holds = "bookingDate" }, new { header = "Valued", holds = "valueDate" }, new { header = "Amount", holds = "amount" },
                new { header = "Balance", holds = "balance" }, new { header = "Text", holds = "remittance" }, new { header = "Name", holds = "counterparty" },
            },
            dateForm = "dd.MM.yyyy", account = "CSV-BANK-1", currency = "EUR", @decimal = decimals,
        };
        var statement = Of("CSVBANK1", 11);
        (await server.SendAsync(HttpMethod.Post, "/bank-statements", RunningServer.Raw(Written.Csv(statement), "text/csv"), Receivable)).Expect(422, "statement-unreadable");
        (await server.Put("/csv-mappings/house", Mapping(";"), Receivable)).Expect(422, "field-invalid");
        (await server.Put(
            "/csv-mappings/house", new { columns = new[] { new { header = "A", holds = "amount" } }, dateForm = "dd.MM.yyyy" }, Receivable)).Expect(422, "field-invalid");
        (await server.Put("/csv-mappings/house", Mapping(","), Receivable)).Expect(200);
        var taken = (await server.SendAsync(HttpMethod.Post, "/bank-statements", RunningServer.Raw(Written.Csv(statement), "text/csv"), Receivable)).Expect(200).Body;
        Assert.Equal((statement.Entries.Length, "agrees"), (taken.GetProperty("lines").GetArrayLength(), Text(taken.GetProperty("statements")[0], "balances")));
        (await server.SendAsync(HttpMethod.Post, "/bank-statements?mapping=other", RunningServer.Raw("x", null), Receivable)).Expect(404, "csv-mapping-unknown");
        (await server.Delete("/csv-mappings/house", Receivable)).Expect(200);
        (await server.Delete("/csv-mappings/house", Receivable)).Expect(404, "csv-mapping-unknown");
        Assert.Equal(0, (await server.Get("/csv-mappings")).Expect(200).Body.GetArrayLength());
    }

    [Fact]
    public async Task The_same_file_sent_by_many_at_once_is_recorded_once()
    {
        var server = await fixture.StartedAsync();
        var statement = Of("BE68539007547034", 13);
        var files = new[] { Written.Camt053([statement]), Written.Camt053([statement], 8), Written.Mt940([statement]) };
        var answers = await Task.WhenAll(Enumerable.Range(0, 9).Select(at => Send(server, files[at % 3])));
        Assert.Equal(statement.Entries.Length, answers.Sum(answer => answer.GetProperty("lines").GetArrayLength()));
        var lines = (await server.Get("/bank-lines?account=BE68539007547034-EUR")).Expect(200).Body.GetProperty("lines");
        Assert.Equal(statement.Entries.Length, lines.GetArrayLength());
        await Verified(server);
    }

    [Fact]
    public async Task The_screens_list_statements_and_show_one_with_its_lines_and_its_check()
    {
        var server = await fixture.StartedAsync();
        var taken = (await Send(server, Written.Camt053([Of("AT611904300234573201", 17)]))).GetProperty("statements")[0];
        var key = (await server.Post("/api-keys", new { name = "ada", roles = new[] { "accountsReceivable" } })).Expect(201).Body.GetProperty("key").GetString()!;
        using var browser = new Browser(server);
        await browser.SignInAsync(key);
        var list = await (await browser.GetAsync("/bank-statements")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains(Text(taken, "number"), list, StringComparison.Ordinal);
        Assert.Contains("multipart/form-data", list, StringComparison.Ordinal);
        var one = await (await browser.GetAsync("/bank-statements/" + Text(taken, "number"))).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Balances agree", one, StringComparison.Ordinal);
        Assert.Contains("Payments that the statement brought", one, StringComparison.Ordinal);
        Assert.Equal(404, (int)(await browser.GetAsync("/bank-statements/none.1")).StatusCode);
    }

    [Fact]
    public async Task The_lines_of_a_statement_are_ordered_filtered_and_taken_along()
    {
        var server = await fixture.StartedAsync();
        var day = new DateOnly(2026, 3, 1);
        (long Amount, string? Name, string Text)[] told = [(90_00, "Zeta", "Re 1"), (1_000_00, "alpha", "for <b>2</b>"), (-5_00, null, "fees"), (20_50, "Beta", "100 % of 3")];
        var statement = new BankStatement(
            StatementFormat.Camt053, "AT021100000000012345", Currency.EUR, "S1", null, 1, true, new Balance(0, Currency.EUR, day),
            new Balance(told.Sum(one => one.Amount), Currency.EUR, day),
            [.. told.Select((one, at) => new BankEntry(
                at + 1, day.AddDays(-at % 2), day, one.Amount, false, $"E{at}", null, [new EntryPart(one.Amount, Counterparty: one.Name, Remittance: one.Text)]))], 0, [], 1);
        var address = "/bank-statements/" + Text((await Send(server, Written.Camt053([statement]))).GetProperty("statements")[0], "number");
        using var ada = await ShownList.InRoleAsync(server, "accountsReceivable");
        Assert.Equal("-5.00 20.50 90.00 1000.00", await ada.FileAsync(address + "?by=amount", "amount"));
        Assert.Equal("1000.00 90.00 20.50 -5.00", await ada.FileAsync(address + "?by=amount&descending=1", "amount"));
        Assert.Equal("1000.00 20.50 90.00 -5.00", await ada.FileAsync(address + "?by=counterparty", "amount"));
        Assert.Equal("2026-03-01 2026-03-01 2026-02-28 2026-02-28", await ada.FileAsync(address, "day"));
        Assert.Equal("20.50", await ada.FileAsync(address + "?q=100+%25", "amount"));
        Assert.Equal("-5.00", await ada.FileAsync(address + "?state=outgoing", "amount"));
        Assert.Equal(["1 Mar 2026", "28 Feb 2026"], (await ada.NamesAsync(address + "?by=day&descending=1")).Distinct());
        Assert.Contains("No payment of it matches this.", await ada.TextAsync(address + "?q=none-such"), StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;2", await (await ada.GetAsync(address)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await ada.IsTakenAlongAsync(server, address, "sales");
    }

    /// <summary>A statement in euros of an account of the test's own.</summary>
    static BankStatement Of(string account, int seed)
    {
        var any = new AnyStatement(seed);
        var statement = any.Next(StatementFormat.Camt053);
        while (statement.Currency.Code != "EUR" || statement.Entries.Length < 3 || statement.Entries.All(entry => entry.Amount < 0)) statement = any.Next(StatementFormat.Camt053);
        return statement with { Account = account };
    }

    static async Task<JsonElement> Send(RunningServer server, string file) =>
        (await server.SendAsync(HttpMethod.Post, "/bank-statements", RunningServer.Raw(Encoding.UTF8.GetBytes(file), "application/octet-stream"), Receivable)).Expect(200).Body;

    static string Text(JsonElement element, string name) => element.GetProperty(name).ToString();

    static async Task Verified(RunningServer server)
    {
        var verified = (await server.Get("/journal/verify")).Expect(200);
        Assert.True(verified.Body.GetProperty("valid").GetBoolean(), verified.Text);
    }
}
