using System.Text.Json;
using Aval.Kernel;
using Aval.Statements.Rules;
using Aval.Tests.Infrastructure;
using Aval.Tests.Statements;

namespace Aval.Tests.Cash;

public sealed class BankLinesOnSqlite(SqliteServer fixture) : BankLinesOverHttpTests(fixture), IClassFixture<SqliteServer>;

public sealed class BankLinesOnPostgres(PostgresServer fixture) : BankLinesOverHttpTests(fixture), IClassFixture<PostgresServer>;

/// <summary>Bank lines on their way to invoices. The business date is 2 March 2026.</summary>
public abstract class BankLinesOverHttpTests(ServerFixture fixture)
{
    const string Billing = "bill:billing";
    const string Clerk = "alma:accountsReceivable";
    static readonly DateOnly Day = new(2026, 3, 2);

    [Fact]
    public async Task A_line_finds_its_payer_by_reference_then_by_account_then_by_name_and_else_waits()
    {
        var server = await fixture.StartedAsync();
        await Customers(server, "B1", "B2");
        await Invoice(server, "B1-100482", "B1", 120);
        await Invoice(server, "B1-100483", "B1", 80);
        await Invoice(server, "B2-100484", "B2", 55);
        var file = await Send(
            server, "DE02120300000000202051",
            Line(12000, "invoice B1-100482", "Somebody", "FR7630006000011234567890189"), Line(8000, "thanks", "Somebody else", "FR76 3000 6000 0112 3456 7890 189"),
            Line(5500, "for march", "Customer B2, SARL", null), Line(999, "refund?", "Nobody", null));

        Assert.Equal(["B1 120.00 remittanceText", "B1 80.00 exactAmount", "B2 55.00 exactAmount"], Told(file.GetProperty("receipts")));
        Assert.Equal(0.75m, file.GetProperty("straightThroughRate").GetDecimal());
        Assert.Equal(["matched", "matched", "matched", "new"], file.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("state").GetString()));
        foreach (var customer in new[] { "B1", "B2" }) Assert.Equal("0.00", (await server.Get($"/customers/{customer}/exposure")).Expect(200)["receivables"]);
    }

    [Fact]
    public async Task A_person_says_who_paid_and_the_same_account_is_known_the_next_time()
    {
        var server = await fixture.StartedAsync();
        await Customers(server, "B3", "B3-other");
        await Invoice(server, "B3-1", "B3", 40);
        await Invoice(server, "B3-2", "B3", 41);
        var first = await Send(server, "DE75512108001245126199", Line(4000, "?", "Unheard of", "GB29NWBK60161331926819"));
        Assert.Empty(first.GetProperty("receipts").EnumerateArray());
        var number = first.GetProperty("lines")[0].GetProperty("number").GetString()!;
        var address = "/bank-lines/" + Uri.EscapeDataString(number) + "/receive";
        Assert.Equal("customer-unknown", (await server.Post(address, new { payer = "B3-none" }, Clerk)).Code);
        Assert.Equal("not-permitted", (await server.Post(address, new { payer = "B3" }, Billing)).Code);
        var received = (await server.Post(address, new { payer = "B3" }, Clerk)).Expect(200);
        Assert.Equal(("B3", "posted", "exactAmount"), (received["payer"], received["status"], received["rule"]));
        Assert.Equal(received.Text, (await server.Post(address, new { payer = "B3" }, Clerk)).Expect(200).Text);
        Assert.Equal("key-reused", (await server.Post(address, new { payer = "B3-other" }, Clerk)).Code);
        Assert.Equal("bank-line-unknown", (await server.Post("/bank-lines/none.1/receive", new { payer = "B3" }, Clerk)).Code);

        var second = await Send(server, "DE75512108001245126199", Line(4100, "?", "Unheard of", "GB29NWBK60161331926819"));
        Assert.Equal(["B3 41.00 exactAmount"], Told(second.GetProperty("receipts")));
        Assert.True((await server.Get("/journal/verify")).Expect(200).Body.GetProperty("valid").GetBoolean());
    }

    [Fact]
    public async Task Money_that_may_be_of_several_is_proposed_to_each_and_shown_on_the_order_it_might_free()
    {
        var server = await fixture.StartedAsync();
        foreach (var number in new[] { "B7", "B8" })
            (await server.Put($"/customers/{number}", new
            {
                name = "Hansen Brothers", country = "FR", currency = "EUR", paymentTerms = "NET30", riskClass = "B",
            })).Expect(200);
        await Invoice(server, "B7-700123", "B7", 1200);
        (await server.Post("/limits", new
        {
            customer = "B7", kind = "standing", limit = "amount", currency = "EUR", amount = 1200, validFrom = "2026-01-01", reason = "tests",
        })).Expect(200);
        var checkedOrder = (await server.Post("/orders", Cover.CoverOverHttpTests.Order("B7-O", "B7", 500))).Expect(200);

        var file = await Send(
            server, "FR7630001007941234567890185", Line(120000, "thank you", "Hansen Brothers SARL", null), Line(43210, "?", "Nobody at all", null),
            Line(77, "invoice 700999", "Somebody", null));
        Assert.Empty(file.GetProperty("receipts").EnumerateArray());
        Assert.Equal(["proposed", "new", "new"], file.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("state").GetString()));
        var number1 = file.GetProperty("lines")[0].GetProperty("number").GetString()!;
        var payers = $"/bank-lines/{Uri.EscapeDataString(number1)}/payers";
        Assert.Equal(["B7 name,amount False", "B8 name False"], Payers((await server.Get(payers, Clerk)).Expect(200).Body));
        Assert.Equal("bank-line-unknown", (await server.Get("/bank-lines/none.1/payers", Clerk)).Code);
        var money = (await server.Get("/customers/B7/unassigned-money", Clerk)).Expect(200).Body;
        Assert.Equal(("1200.00", 1), (money[0].GetProperty("amount").GetRawText(), money[0].GetProperty("others").GetInt32()));
        Assert.Equal("customer-unknown", (await server.Get("/customers/none/unassigned-money", Clerk)).Code);
        var block = checkedOrder.Body.GetProperty("block").GetString()!;
        var shown = (await server.Get($"/blocks/{block}")).Expect(200).Body.GetProperty("unassigned");
        Assert.Equal(number1, shown[0].GetProperty("line").GetString());

        await Invoice(server, "B8-700999", "B8", 0.77m);
        Assert.Equal("not-permitted", (await server.Post("/bank-lines/match", new { }, Billing)).Code);
        (await server.Post("/bank-lines/match", new { }, Clerk)).Expect(200);
        (await server.Get($"/receipts/{Uri.EscapeDataString(file.GetProperty("lines")[2].GetProperty("number").GetString()!)}", Clerk)).Expect(200);
        (await server.Post($"/bank-lines/{Uri.EscapeDataString(number1)}/receive", new { payer = "B7" }, Clerk)).Expect(200);
        Assert.Equal(["B7  True", "B8 name False"], Payers((await server.Get(payers, Clerk)).Expect(200).Body));
        Assert.Equal(0, (await server.Get("/customers/B8/unassigned-money", Clerk)).Expect(200).Body.GetArrayLength());
        Assert.True((await server.Get("/journal/verify")).Expect(200).Body.GetProperty("valid").GetBoolean());
    }

    static IEnumerable<string> Payers(JsonElement payers) => payers.EnumerateArray().Select(payer =>
        $"{payer.GetProperty("payer").GetString()} {string.Join(',', payer.GetProperty("evidence").EnumerateArray().Select(of => of.GetString()))} "
        + payer.GetProperty("found").GetBoolean()).Order(StringComparer.Ordinal);

    [Fact]
    public async Task The_same_file_at_the_same_time_from_eight_senders_makes_one_receipt_a_line()
    {
        var server = await fixture.StartedAsync();
        await Customers(server, "B4");
        for (var at = 1; at <= 5; at++) await Invoice(server, $"B4-{100000 + at}", "B4", at * 10);
        var text = Text("NL91ABNA0417164300", [.. Enumerable.Range(1, 5).Select(at => Line(at * 1000, $"invoice B4-{100000 + at}", "x", null))]);
        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            server.SendAsync(HttpMethod.Post, "/bank-statements", RunningServer.Raw(text, "application/xml"), Clerk)));
        Assert.All(replies, reply => reply.Expect(200));
        Assert.Equal("0.00", (await server.Get("/customers/B4/exposure")).Expect(200)["receivables"]);
        Assert.Equal("0.00", (await server.Get("/customers/B4/exposure")).Expect(200)["unapplied"]);
        // Who sends what another one is still taking helps with it.
        var receipts = replies.SelectMany(reply => reply.Body.GetProperty("receipts").EnumerateArray());
        Assert.Equal(5, receipts.Select(receipt => receipt.GetProperty("number").GetString()).Distinct().Count());
    }

    static EntryPart Line(long amount, string text, string name, string? account) =>
        new(amount, CounterpartyAccount: account?.Replace(" ", "", StringComparison.Ordinal), Counterparty: name, Remittance: text);

    static string Text(string account, params EntryPart[] parts) => Written.Camt053([new BankStatement(
        StatementFormat.Camt053, account, Currency.EUR, $"S{parts[0].Amount}", null, 1, true, new Balance(0, Currency.EUR, Day),
        new Balance(parts.Sum(part => part.Amount), Currency.EUR, Day),
        [.. parts.Select((part, at) => new BankEntry(1, Day, Day, part.Amount, false, $"E{parts[0].Amount}-{at}", null, [part]))], 0, [], 1)]);

    static async Task<JsonElement> Send(RunningServer server, string account, params EntryPart[] parts) =>
        (await server.SendAsync(HttpMethod.Post, "/bank-statements", RunningServer.Raw(Text(account, parts), "application/xml"), Clerk)).Expect(200).Body;

    static async Task Customers(RunningServer server, params string[] numbers)
    {
        foreach (var number in numbers)
            (await server.Put($"/customers/{number}", new { name = $"Customer {number}", country = "FR", currency = "EUR", paymentTerms = "NET30", riskClass = "B" })).Expect(200);
    }

    static async Task Invoice(RunningServer server, string number, string customer, decimal amount) => (await server.Post(
        "/invoices", new { number, customer, date = "2026-01-15", dueDate = "2026-03-20", currency = "EUR", amount }, Billing)).Expect(200);

    static IEnumerable<string> Told(JsonElement receipts) => receipts.EnumerateArray().Select(receipt =>
        $"{receipt.GetProperty("payer").GetString()} {receipt.GetProperty("amount").GetRawText()} {receipt.GetProperty("rule").GetString()}");
}
