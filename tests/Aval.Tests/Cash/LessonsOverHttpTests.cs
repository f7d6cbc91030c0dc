using System.Text.Json;
using Aval.Kernel;
using Aval.Statements.Rules;
using Aval.Tests.Infrastructure;
using Aval.Tests.Statements;
using Aval.Tests.Web;

namespace Aval.Tests.Cash;

public sealed class LessonsOnSqlite(SqliteServer fixture) : LessonsOverHttpTests(fixture), IClassFixture<SqliteServer>;

public sealed class LessonsOnPostgres(PostgresServer fixture) : LessonsOverHttpTests(fixture), IClassFixture<PostgresServer>;

/// <summary>What people say of money is learned, and a correction takes it back. The business date is 2 March 2026.</summary>
public abstract class LessonsOverHttpTests(ServerFixture fixture)
{
    const string Clerk = "alma:accountsReceivable";
    static readonly DateOnly Day = new(2026, 3, 2);

    [Fact]
    public async Task A_transfer_to_the_right_payer_is_matched_there_takes_the_wrong_lesson_back_and_teaches_the_right_payer()
    {
        var server = await Start("M1", "M2");
        await Invoices(server, ("MM-940001", "M1", 640), ("MM-940003", "M1", 333), ("MM-940002", "M2", 640.50m), ("MM-940004", "M2", 333));
        var line = await Wait(server, "DE75512108001245126199", Line(64000, "Zahlung Kd 556677", "zz", "DE75512108001245126777"));
        (await server.Post($"/bank-lines/{line}/receive", new { payer = "M2" }, Clerk)).Expect(200);
        Assert.Equal(["account DE75512108001245126777", "name ZZ", "word 556677"], await Known(server, "M2"));
        (await server.Post("/transfers", new { number = "TR-M", receipt = Uri.UnescapeDataString(line), to = "M1", reason = "theirs" }, Clerk)).Expect(200);
        var matched = (await server.Get("/receipts/TR-M/match", Clerk)).Expect(200);
        Assert.Equal(("posted", "exactAmount"), (matched["status"], matched["rule"]));
        Assert.Empty(await Known(server, "M2"));
        Assert.Equal(["account DE75512108001245126777", "name ZZ", "word 556677"], await Known(server, "M1"));

        var next = await Send(server, "DE75512108001245126199", Line(33300, "?", "q", "DE75512108001245126777"));
        Assert.Equal(["M1 333.00 posted"], Told(next));
        Assert.True((await server.Get("/journal/verify")).Expect(200).Body.GetProperty("valid").GetBoolean());
    }

    [Fact]
    public async Task A_transfer_that_is_taken_back_gives_the_lesson_back_and_a_part_of_the_money_teaches_nothing()
    {
        var server = await Start("M3", "M4");
        await Invoices(server, ("MN-1", "M3", 999), ("MN-2", "M4", 999));
        var line = await Wait(server, "DE02120300000000202051", Line(50000, "Zahlung", "yy", "GB29NWBK60161331926819"));
        (await server.Post($"/bank-lines/{line}/receive", new { payer = "M3" }, Clerk)).Expect(200);
        var receipt = Uri.UnescapeDataString(line);
        (await server.Post("/transfers", new { number = "TR-N1", receipt, to = "M4", amount = 100, reason = "a part" }, Clerk)).Expect(200);
        Assert.Equal(["account GB29NWBK60161331926819", "name YY"], await Known(server, "M3"));
        Assert.Empty(await Known(server, "M4"));
        (await server.Post("/transfers/TR-N1/reversals", new { number = "TR-N1-back", reason = "all of it" }, Clerk)).Expect(200);
        (await server.Post("/transfers", new { number = "TR-N2", receipt, to = "M4", reason = "all" }, Clerk)).Expect(200);
        Assert.Empty(await Known(server, "M3"));
        (await server.Post("/transfers/TR-N2/reversals", new { number = "TR-N2-back", reason = "no" }, Clerk)).Expect(200);
        Assert.Equal(["account GB29NWBK60161331926819", "name YY"], await Known(server, "M3"));
        Assert.Empty(await Known(server, "M4"));
    }

    [Fact]
    public async Task Two_payers_of_one_account_are_told_apart_by_no_account_until_a_person_forgets_one()
    {
        var server = await Start("M5", "M6");
        await Invoices(server, ("MO-900001", "M5", 11), ("MO-900002", "M6", 12), ("MO-900003", "M5", 13));
        const string Account = "FR7630006000011234567890189", Ours = "NL91ABNA0417164300";
        foreach (var (amount, payer) in new[] { (1100, "M5"), (1200, "M6") })
        {
            var line = payer == "M5" ? await Wait(server, Ours, Line(amount, "?", "", Account)) : Uri.EscapeDataString(
                (await Send(server, Ours, Line(amount, "MO-900002", "", Account))).GetProperty("lines")[0].GetProperty("number").GetString()!);
            if (payer == "M5") (await server.Post($"/bank-lines/{line}/receive", new { payer }, Clerk)).Expect(200);
        }

        Assert.Empty(Told(await Send(server, Ours, Line(1300, "?", "", Account))));
        object forget = new { payer = "M6", kind = "account", text = Account, reason = "the branch has its own" };
        Assert.Equal("not-permitted", (await server.Post("/payer-lessons/forget", forget, "bill:billing")).Code);
        (await server.Post("/payer-lessons/forget", forget, Clerk)).Expect(200);
        Assert.Equal("lesson-unknown", (await server.Post("/payer-lessons/forget", forget, Clerk)).Code);
        Assert.Equal("field-invalid", (await server.Post("/payer-lessons/forget", new { payer = "M5", kind = "account", text = Account, reason = "" }, Clerk)).Code);
        Assert.Empty(await Known(server, "M6"));
        (await server.Post("/bank-lines/match", new { }, Clerk)).Expect(200);
        Assert.Equal("0.00", (await server.Get("/invoices/MO-900003")).Expect(200)["open"]);
    }

    [Fact]
    public async Task A_word_that_a_person_has_confirmed_finds_the_payer_from_another_account()
    {
        var server = await Start("M7");
        await Invoices(server, ("MP-1", "M7", 21), ("MP-2", "M7", 22));
        var line = await Wait(server, "DE75512108001245126199", Line(2100, "Kd-Nr. 778899 maerz", "a", null));
        (await server.Post($"/bank-lines/{line}/receive", new { payer = "M7" }, Clerk)).Expect(200);
        var next = await Send(server, "DE75512108001245126199", Line(2200, "april, unsere Nr 778899", "b", "DE02120300000000202051"));
        Assert.Equal(["M7 22.00 posted"], Told(next));
        var payers = (await server.Get($"/bank-lines/{Uri.EscapeDataString(next.GetProperty("lines")[0].GetProperty("number").GetString()!)}/payers", Clerk)).Expect(200).Body;
        Assert.Equal("alias", payers[0].GetProperty("evidence")[0].GetString());
    }

    [Fact]
    public async Task The_form_of_a_confirmed_number_tells_the_next_invoice_and_is_forgotten_when_that_was_wrong()
    {
        var server = await Start("M8");
        await Invoices(server, ("INV-880101", "M8", 50), ("INV-880102", "M8", 50), ("INV-880203", "M8", 70), ("INV-880204", "M8", 70));
        await Invoices(server, ("INV-880305", "M8", 90), ("INV-880306", "M8", 90));
        await Receive(server, "M8-R1", "M8", 50, "4500880102");
        var proposed = (await server.Post("/receipts/M8-R1/match", new { }, Clerk)).Expect(200).Body.GetProperty("candidates").EnumerateArray().ToList();
        var meant = 1 + proposed.FindIndex(of => of.GetProperty("allocations")[0].GetProperty("invoice").GetString() == "INV-880102");
        (await server.Post("/receipts/M8-R1/match/confirm", new { candidate = meant, documents = new[] { "INV-880102" } }, Clerk)).Expect(200);
        Assert.Equal(["numberForm 4500###### = INV-######"], await Known(server, "M8"));
        await Receive(server, "M8-R2", "M8", 70, "4500880204");
        var read = (await server.Post("/receipts/M8-R2/match", new { }, Clerk)).Expect(200);
        Assert.Equal(("posted", "remittanceText", "INV-880204"), (read["status"], read["rule"], read["evidence"]));

        (await server.Post("/receipts/M8-R2/match/undo", new { reason = "meant otherwise" }, Clerk)).Expect(200);
        Assert.Empty(await Known(server, "M8"));
        await Receive(server, "M8-R3", "M8", 90, "4500880306");
        Assert.Equal("proposed", (await server.Post("/receipts/M8-R3/match", new { }, Clerk)).Expect(200)["status"]);
        (await server.Post("/receipts/M8-R3/allocations", new[] { new { invoice = "INV-880306", amount = 90 } }, Clerk)).Expect(200);
        Assert.Equal(["numberForm 4500###### = INV-######"], await Known(server, "M8"));
    }

    [Fact]
    public async Task What_was_learned_is_listed_ordered_filtered_and_taken_along()
    {
        var server = await Start("MQ1", "MQ2");
        await Invoices(server, ("MQ-1", "MQ1", 901), ("MQ-2", "MQ2", 902));
        foreach (var (payer, amount, text, account) in new[]
        {
            ("MQ1", 90100, "Kd-Nr. 665511 maerz", "DE02100500000054540402"), ("MQ2", 90200, "Kd-Nr. 774411 maerz", "DE02300209000106531065"),
        })
        {
            var line = await Wait(server, "DE75512108001245126199", Line(amount, text, payer + " Trading", account));
            (await server.Post($"/bank-lines/{line}/receive", new { payer }, Clerk)).Expect(200);
        }

        using var clerk = await ShownList.InRoleAsync(server, "accountsReceivable");
        const string List = "/cash/lessons?payer=MQ";
        var all = await clerk.FileAsync(List);
        Assert.Equal(await Known(server, "MQ1"), all.Where(row => row["payer"] == "Customer MQ1").Select(Said).Order(StringComparer.Ordinal));
        Assert.Equal(await Known(server, "MQ2"), all.Where(row => row["payer"] == "Customer MQ2").Select(Said).Order(StringComparer.Ordinal));
        var payers = (await clerk.FileAsync(List + "&by=payer&descending=1")).Select(row => row["payer"]).ToList();
        Assert.Equal(all.Select(row => row["payer"]).OrderDescending(StringComparer.Ordinal), payers);
        Assert.Equal("MQ1 TRADING MQ2 TRADING", await clerk.FileAsync(List + "&kind=name&by=text", "text"));
        Assert.Equal("MQ2 TRADING MQ1 TRADING", await clerk.FileAsync(List + "&kind=name&by=text&descending=1", "text"));
        Assert.Equal("DE02300209000106531065", await clerk.FileAsync(List + "&q=106531", "text"));
        Assert.Equal("Customer MQ1", (await clerk.FileAsync("/cash/lessons?payer=MQ1"))[0]["payer"]);
        Assert.Contains("action=\"/cash/lessons/forget\"", await clerk.TextAsync(List), StringComparison.Ordinal);
        using var billing = await ShownList.InRoleAsync(server, "creditAnalyst");
        Assert.DoesNotContain("/cash/lessons/forget", await billing.TextAsync(List), StringComparison.Ordinal);
        await clerk.IsTakenAlongAsync(server, List, "sales");

        string Said(Dictionary<string, string> row) => $"{(row["kind"] == "word that it writes" ? "word" : row["kind"])} {row["text"]}";
    }

    static async Task<IEnumerable<string>> Known(RunningServer server, string payer) => (await server.Get($"/payer-lessons?payer={payer}", Clerk)).Expect(200).Body
        .GetProperty("lessons").EnumerateArray().Select(of => $"{of.GetProperty("kind").GetString()} {of.GetProperty("text").GetString()}").Order(StringComparer.Ordinal);

    async Task<RunningServer> Start(params string[] customers)
    {
        var server = await fixture.StartedAsync();
        foreach (var number in customers)
            (await server.Put($"/customers/{number}", new { name = $"Customer {number}", country = "FR", currency = "EUR", paymentTerms = "NET30", riskClass = "B" })).Expect(200);
        return server;
    }

    static async Task Invoices(RunningServer server, params (string Number, string Customer, decimal Amount)[] invoices)
    {
        foreach (var (number, customer, amount) in invoices)
            (await server.Post("/invoices", new { number, customer, date = "2026-01-15", dueDate = "2026-03-20", currency = "EUR", amount }, "bill:billing")).Expect(200);
    }

    static async Task Receive(RunningServer server, string number, string payer, decimal amount, string reference) =>
        (await server.Post("/receipts", new { number, payer, date = "2026-03-01", currency = "EUR", amount, reference }, Clerk)).Expect(200);

    static EntryPart Line(long amount, string text, string name, string? account) =>
        new(amount, CounterpartyAccount: account, Counterparty: name.Length == 0 ? null : name, Remittance: text);

    /// <summary>The number of a line whose payer is not known, as an address has it.</summary>
    static async Task<string> Wait(RunningServer server, string account, EntryPart part)
    {
        var file = await Send(server, account, part);
        Assert.Empty(Told(file));
        return Uri.EscapeDataString(file.GetProperty("lines")[0].GetProperty("number").GetString()!);
    }

    static async Task<JsonElement> Send(RunningServer server, string account, EntryPart part)
    {
        var text = Written.Camt053([new BankStatement(
            StatementFormat.Camt053, account, Currency.EUR, $"S{part.Amount}", null, 1, true, new Balance(0, Currency.EUR, Day), new Balance(part.Amount, Currency.EUR, Day),
            [new BankEntry(1, Day, Day, part.Amount, false, $"E{part.Amount}", null, [part])], 0, [], 1)]);
        return (await server.SendAsync(HttpMethod.Post, "/bank-statements", RunningServer.Raw(text, "application/xml"), Clerk)).Expect(200).Body;
    }

    static IEnumerable<string> Told(JsonElement file) => file.GetProperty("receipts").EnumerateArray().Select(receipt =>
        $"{receipt.GetProperty("payer").GetString()} {receipt.GetProperty("amount").GetRawText()} {receipt.GetProperty("status").GetString()}");
}
