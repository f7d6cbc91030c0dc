using System.Text.Json;
using Aval.Kernel;
using Aval.Policies;
using Aval.Statements;
using Aval.Statements.Rules;
using Aval.Tests.Infrastructure;
using Aval.Tests.Statements;

namespace Aval.Tests.Cash;

public sealed class LookAgainOnSqlite(SqliteServer fixture) : LookAgainTests(fixture), IClassFixture<SqliteServer>;

public sealed class LookAgainOnPostgres(PostgresServer fixture) : LookAgainTests(fixture), IClassFixture<PostgresServer>;

/// <summary>What is not known as paid at once is known later, by itself. The business date begins on 2 March 2026 and moves with the tests.</summary>
public abstract class LookAgainTests(ServerFixture fixture)
{
    const string Clerk = "alma:accountsReceivable";
    static CancellationToken Cancel => TestContext.Current.CancellationToken;
    static readonly DateOnly Day = new(2026, 3, 2);

    [Fact]
    public async Task What_an_interrupted_import_has_left_is_finished_when_the_file_is_sent_again_and_by_itself()
    {
        var server = await Customers("LA1");
        await Invoice(server, "LA1-100481", "LA1", 120);
        await Invoice(server, "LA1-100482", "LA1", 80);
        var sent = Text("DE02120300000000202051", Day, Line(12000, "invoice LA1-100481"));
        await Interrupted(server, sent);
        var left = Text("DE02120300000000202051", Day, Line(8000, "invoice LA1-100482"));
        await Interrupted(server, left);
        Assert.Equal("200.00", await Owed(server, "LA1"));

        var again = await Send(server, sent);
        Assert.Equal("LA1-100481", again.GetProperty("receipts")[0].GetProperty("allocations")[0].GetProperty("invoice").GetString());
        Assert.Equal(1, again.GetProperty("duplicates").GetInt32());
        Assert.Equal(JsonValueKind.Null, again.GetProperty("straightThroughRate").ValueKind);
        Assert.Equal("80.00", await Owed(server, "LA1"));
        Assert.Empty((await Send(server, sent)).GetProperty("receipts").EnumerateArray());
        await Tomorrow(server);
        Assert.Equal("0.00", await Owed(server, "LA1"));
        Assert.True((await server.Get("/journal/verify")).Expect(200).Body.GetProperty("valid").GetBoolean());
    }

    /// <summary>Told in the afternoon, booked on the next day under the bank's same reference, and told a third time by a format that has none.</summary>
    [Fact]
    public async Task Money_that_three_formats_tell_is_received_once()
    {
        var server = await Customers("LA9");
        await Invoice(server, "LA9-700481", "LA9", 255);
        BankStatement Told(StatementFormat format, DateOnly day, string? reference) => new(
            format, "DE89370400440532019999", Currency.EUR, $"LA9-{format}", null, 1, true, new Balance(0, Currency.EUR, day), new Balance(25500, Currency.EUR, day),
            [new BankEntry(1, day, day, 25500, false, reference, null, [new EntryPart(25500, Remittance: "LA9-700481")])], 0, [], 1);
        var (afternoon, booked) = (Day.AddDays(-4), Day.AddDays(-3));
        Assert.Single((await Send(server, Written.Camt052([Told(StatementFormat.Camt052, afternoon, "Z9")]))).GetProperty("receipts").EnumerateArray());
        Assert.Equal(1, (await Send(server, Written.Camt053([Told(StatementFormat.Camt053, booked, "Z9")]))).GetProperty("duplicates").GetInt32());
        Assert.Equal(1, (await Send(server, Written.Mt940([Told(StatementFormat.Mt940, booked, null)]))).GetProperty("duplicates").GetInt32());
        Assert.Empty((await server.Get("/reports/unapplied?payer=LA9")).Expect(200).Body.GetProperty("rows").EnumerateArray());
        Assert.True((await server.Get("/journal/verify")).Expect(200).Body.GetProperty("valid").GetBoolean());
    }

    [Fact]
    public async Task An_invoice_that_comes_later_than_its_money_is_paid_by_itself()
    {
        var server = await Customers("LA2");
        (await server.Post("/receipts", new { number = "LA2-R", payer = "LA2", date = "2026-03-02", currency = "EUR", amount = 60, reference = "ZUK-880002" }, Clerk)).Expect(200);
        (await server.Post("/receipts", new { number = "LA2-Q", payer = "LA2", date = "2026-03-02", currency = "EUR", amount = 61, reference = "ZUK-880003" }, Clerk)).Expect(200);
        Assert.Equal("unexplained", (await server.Post("/receipts/LA2-R/match", new { }, Clerk)).Expect(200)["status"]);
        var file = await Send(server, Text("DE75512108001245126199", Day, Line(6200, "thanks for LATER-990001")));
        var line = file.GetProperty("lines")[0].GetProperty("number").GetString()!;
        await Invoice(server, "ZUK-880002", "LA2", 60);
        await Invoice(server, "ZUK-880003", "LA2", 61);
        await Invoice(server, "LATER-990001", "LA2", 62);
        await Tomorrow(server);
        var matched = (await server.Get("/receipts/LA2-R/match")).Expect(200);
        Assert.Equal(("posted", "remittanceText", "0.00"), (matched["status"], matched["rule"], matched["unapplied"]));
        Assert.Equal("matched", await State(server, line));
        // Of what nobody has asked to be matched nothing is said.
        Assert.Equal(JsonValueKind.Null, (await server.Get("/receipts/LA2-Q/match")).Expect(200).Body.GetProperty("status").ValueKind);
        Assert.Equal("61.00", await Owed(server, "LA2"));
    }

    [Fact]
    public async Task A_line_dated_ahead_is_received_when_its_day_has_come()
    {
        var server = await Customers("LA3");
        await Invoice(server, "LA3-300001", "LA3", 33);
        var ahead = (await server.Desk.CompanyAsync(Cancel)).Through.AddDays(2);
        var file = await Send(server, Text("NL91ABNA0417164300", ahead, Line(3300, "LA3-300001")));
        var line = file.GetProperty("lines")[0].GetProperty("number").GetString()!;
        await Tomorrow(server);
        Assert.Equal("new", await State(server, line));
        await Tomorrow(server);
        Assert.Equal("matched", await State(server, line));
        Assert.Equal("0.00", await Owed(server, "LA3"));
    }

    [Fact]
    public async Task However_many_lines_wait_each_is_looked_at_again()
    {
        var server = await Customers("LA4");
        var old = await Send(server, Text("FR7630001007941234567890185", Day.AddDays(-1), Line(12345, "QXA-991234")));
        await Send(server, Text("FR7630001007941234567890185", Day, [.. Enumerable.Range(1, 620).Select(at => Line(at, "?"))]));
        await Invoice(server, "QXA-991234", "LA4", 123.45m);
        Assert.True((await server.Post("/bank-lines/match", new { }, Clerk)).Expect(200).Body.GetProperty("waiting").GetInt32() >= 620);
        Assert.Equal("matched", await State(server, old.GetProperty("lines")[0].GetProperty("number").GetString()!));
    }

    [Fact]
    public async Task Who_no_longer_may_have_paid_a_line_is_no_longer_proposed()
    {
        var server = await Customers("LA5");
        await Invoice(server, "LA5-1", "LA5", 7717.77m);
        var file = await Send(server, Text("BE68539007547034", Day, Line(771777, "?")));
        var line = file.GetProperty("lines")[0].GetProperty("number").GetString()!;
        Assert.Equal("proposed", await State(server, line));
        Assert.Equal(1, (await server.Get("/customers/LA5/unassigned-money", Clerk)).Expect(200).Body.GetArrayLength());
        (await server.Post("/write-offs", new { number = "LA5-W", invoice = "LA5-1", date = "2026-03-02", amount = 7717.77m, reason = "tests" })).Expect(200);
        (await server.Post("/bank-lines/match", new { }, Clerk)).Expect(200);
        Assert.Equal("new", await State(server, line));
        Assert.Equal(0, (await server.Get($"/bank-lines/{Uri.EscapeDataString(line)}/payers", Clerk)).Expect(200).Body.GetArrayLength());
        Assert.Equal(0, (await server.Get("/customers/LA5/unassigned-money", Clerk)).Expect(200).Body.GetArrayLength());
    }

    [Fact]
    public async Task Money_that_the_bank_takes_back_finds_the_receipt_that_it_came_with()
    {
        var server = await Customers("LA6");
        foreach (var at in new[] { 1, 2, 3 }) await Invoice(server, $"LA6-60000{at}", "LA6", 400 + at);
        const string Account = "ES9121000418450200051332";
        var came = await Send(server, Text(
            Account, Day, [.. Enumerable.Range(1, 3).Select(at => Line(40000 + (at * 100), $"LA6-60000{at}") with { EndToEnd = $"E2E-60000{at}" })]));
        var receipts = came.GetProperty("receipts").EnumerateArray().Select(receipt => receipt.GetProperty("number").GetString()!).ToList();
        Assert.Equal("0.00", await Owed(server, "LA6"));
        (await server.Post($"/receipts/{Uri.EscapeDataString(receipts[1])}/return", new { date = "2026-03-02", reason = "told by telephone" }, Clerk)).Expect(200);

        var back = await Send(server, Text(
            Account, Day, Line(-40100, "no funds") with { EndToEnd = "E2E-600001" }, Line(-40200, "no funds") with { EndToEnd = "E2E-600002" }, Line(-40300, "no funds")));
        Assert.Equal("returned", (await server.Get($"/receipts/{Uri.EscapeDataString(receipts[0])}")).Expect(200)["status"]);
        Assert.Equal("803.00", await Owed(server, "LA6"));
        Assert.Equal(["matched", "matched", "proposed"], back.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("state").GetString()));
        var waits = back.GetProperty("lines")[2].GetProperty("number").GetString()!;
        Assert.Equal("LA6", (await server.Get($"/bank-lines/{Uri.EscapeDataString(waits)}/payers", Clerk)).Expect(200).Body[0].GetProperty("payer").GetString());
        Assert.Empty((await Send(server, Text(Account, Day, Line(-40100, "no funds") with { EndToEnd = "E2E-600001" }))).GetProperty("lines").EnumerateArray());
        Assert.True((await server.Get("/journal/verify")).Expect(200).Body.GetProperty("valid").GetBoolean());
    }

    /// <summary>Records a file as the first half of its call does: nobody looks for payers.</summary>
    static async Task Interrupted(RunningServer server, string text)
    {
        var import = new StatementImport(server.Store, (command, _) => server.Desk.SubmitAsync(command, Actor.Rule("import")));
        var company = await server.Desk.CompanyAsync(Cancel);
        Assert.Null((await import.RunAsync([new BankFile("f", System.Text.Encoding.UTF8.GetBytes(text))], company, null, acceptDifferences: false, Cancel)).Problem);
    }

    static async Task Tomorrow(RunningServer server) =>
        (await server.Post("/clock", new { today = $"{(await server.Desk.CompanyAsync(Cancel)).Through.AddDays(1):yyyy-MM-dd}" })).Expect(200);

    static async Task<string> Owed(RunningServer server, string customer) => (string)(await server.Get($"/customers/{customer}/exposure")).Expect(200)["receivables"]!;

    static async Task<string?> State(RunningServer server, string line) =>
        (await new StatementsQuery(server.Store).LineAsync(line, Cancel)) is { } found ? Aval.Kernel.Storage.Words.Of(found.State) : null;

    static EntryPart Line(long amount, string text) => new(amount, Counterparty: "Somebody", Remittance: text);

    static string Text(string account, DateOnly day, params EntryPart[] parts) => Written.Camt053([new BankStatement(
        StatementFormat.Camt053, account, Currency.EUR, $"S{parts[0].Amount}", null, 1, true, new Balance(0, Currency.EUR, day),
        new Balance(parts.Sum(part => part.Amount), Currency.EUR, day),
        [.. parts.Select((part, at) => new BankEntry(1, day, day, part.Amount, part.Amount < 0, Reference(parts[0], at), null, [part]))], 0, [], 1)]);

    /// <summary>The bank numbers what it takes back anew.</summary>
    static string Reference(EntryPart first, int at) => $"E{(first.Amount < 0 ? "R" : "")}{Math.Abs(first.Amount)}-{at}";

    static async Task<JsonElement> Send(RunningServer server, string text) =>
        (await server.SendAsync(HttpMethod.Post, "/bank-statements", RunningServer.Raw(text, "application/xml"), Clerk)).Expect(200).Body;

    async Task<RunningServer> Customers(params string[] numbers)
    {
        var server = await fixture.StartedAsync();
        foreach (var number in numbers)
            (await server.Put($"/customers/{number}", new { name = $"Customer {number}", country = "FR", currency = "EUR", paymentTerms = "NET30", riskClass = "B" })).Expect(200);
        return server;
    }

    static async Task Invoice(RunningServer server, string number, string customer, decimal amount) => (await server.Post(
        "/invoices", new { number, customer, date = "2026-01-15", dueDate = "2026-03-20", currency = "EUR", amount }, "bill:billing")).Expect(200);
}
