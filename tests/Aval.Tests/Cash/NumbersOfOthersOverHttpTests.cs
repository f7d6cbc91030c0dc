using System.Text.Json;
using Aval.Kernel;
using Aval.Statements.Rules;
using Aval.Tests.Infrastructure;
using Aval.Tests.Statements;

namespace Aval.Tests.Cash;

public sealed class NumbersOfOthersOnSqlite(SqliteServer fixture) : NumbersOfOthersOverHttpTests(fixture), IClassFixture<SqliteServer>;

public sealed class NumbersOfOthersOnPostgres(PostgresServer fixture) : NumbersOfOthersOverHttpTests(fixture), IClassFixture<PostgresServer>;

/// <summary>Money that names what is settled, what a branch owes, or what only looks like a number of ours. The business date is 2 March 2026.</summary>
public abstract class NumbersOfOthersOverHttpTests(ServerFixture fixture)
{
    const string Billing = "bill:billing";
    const string Clerk = "alma:accountsReceivable";
    static readonly DateOnly Day = new(2026, 3, 2);

    [Fact]
    public async Task Money_for_a_settled_invoice_pays_no_other_however_its_number_is_written()
    {
        var server = await Customers(("N1", null));
        await Invoice(server, "NB-1001", "N1", 100);
        await Receipt(server, "N1-R", "N1", 100, "NB-1001");
        Assert.Equal("posted", (await server.Post("/receipts/N1-R/match", new { }, Clerk)).Expect(200)["status"]);
        await Invoice(server, "NB-1002", "N1", 100);
        var texts = new[] { "payment NB-1001, thanks", "nb-1001", "NB 1001", "RE:NB-1001", "inv. nb1001 again", "invoice 1001", "(1001)" };
        for (var at = 0; at < texts.Length; at++)
        {
            await Receipt(server, $"N1-R{at}", "N1", 100, texts[at]);
            Assert.Equal($"{texts[at]}: proposed", $"{texts[at]}: {(await server.Post($"/receipts/N1-R{at}/match", new { }, Clerk)).Expect(200)["status"]}");
        }

        await Receipt(server, "N1-S", "N1", 100, "march");
        Assert.Equal("posted", (await server.Post("/receipts/N1-S/match", new { }, Clerk)).Expect(200)["status"]);
    }

    /// <summary>By the end of its number alone, where the amount is the same: the next invoice of a rent is not meant.</summary>
    [Fact]
    public async Task The_end_of_a_settled_number_pays_no_other_of_the_same_amount()
    {
        var server = await Customers(("N9", null));
        await Invoice(server, "RE-2031-00133", "N9", 100);
        await Receipt(server, "N9-R", "N9", 100, "Rechnung 133");
        Assert.Equal("posted", (await server.Post("/receipts/N9-R/match", new { }, Clerk)).Expect(200)["status"]);
        await Invoice(server, "RE-2031-00134", "N9", 100);
        await Receipt(server, "N9-S", "N9", 100, "Rechnung 133");
        Assert.Equal("proposed", (await server.Post("/receipts/N9-S/match", new { }, Clerk)).Expect(200)["status"]);
        Assert.Equal("100.00", (await server.Get("/invoices/RE-2031-00134")).Expect(200)["open"]);
    }

    [Fact]
    public async Task Two_payments_of_one_invoice_in_one_file_pay_it_once_and_no_other()
    {
        var server = await Customers(("N2", null));
        await Invoice(server, "ND-700101", "N2", 100);
        await Invoice(server, "ND-700102", "N2", 100);
        var file = await Send(server, "DE44500105175407324931", Line(10000, "ND-700101", "Customer N2", null), Line(10000, "nd700101 again", "Customer N2", null));
        Assert.Equal(["N2 remittanceText", "N2"], Told(file));
        Assert.Equal("100.00", (await server.Get("/invoices/ND-700102")).Expect(200)["open"]);
    }

    [Fact]
    public async Task A_head_office_pays_what_it_names_of_its_branches_and_its_account_stays_its_own()
    {
        const string account = "FR7630006000011234567890189";
        var server = await Customers(("NHQ", null), ("NBA", "NHQ"), ("NBB", "NHQ"));
        await Invoice(server, "NBA-900001", "NBA", 100);
        await Invoice(server, "NBB-900002", "NBB", 200);
        await Invoice(server, "NBA-900003", "NBA", 50);
        await Invoice(server, "NHQ-900004", "NHQ", 70);
        var file = await Send(
            server, "DE12500105170648489890", Line(30000, "invoices NBA-900001 NBB-900002", "Customer NHQ", account), Line(5000, "NBA-900003", "Somebody", account),
            Line(7000, "thanks", "Somebody", account));
        Assert.Equal(["NHQ remittanceText", "NHQ remittanceText", "NHQ exactAmount"], Told(file));
        foreach (var number in new[] { "NBA-900001", "NBB-900002", "NBA-900003", "NHQ-900004" })
            Assert.Equal("settled", (await server.Get($"/invoices/{number}")).Expect(200)["status"]);

        await Invoice(server, "NBA-900005", "NBA", 33);
        await Receipt(server, "NHQ-R", "NHQ", 33, null);
        Assert.Equal("proposed", (await server.Post("/receipts/NHQ-R/match", new { }, Clerk)).Expect(200)["status"]);
        Assert.Equal("33.00", (await server.Get("/invoices/NBA-900005")).Expect(200)["open"]);
        await Receipt(server, "NBB-R", "NBB", 33, "NBA-900005");
        Assert.Equal("unexplained", (await server.Post("/receipts/NBB-R/match", new { }, Clerk)).Expect(200)["status"]);
        (await server.Post("/receipts/NHQ-R/match/confirm", new { candidate = 1, documents = new[] { "NBA-900005" } }, Clerk)).Expect(200);
        Assert.Equal("settled", (await server.Get("/invoices/NBA-900005")).Expect(200)["status"]);
        var number1 = file.GetProperty("lines")[0].GetProperty("number").GetString()!;
        (await server.Post($"/receipts/{Uri.EscapeDataString(number1)}/match/undo", new { reason = "to see" }, Clerk)).Expect(200);
        Assert.Equal("200.00", (await server.Get("/invoices/NBB-900002")).Expect(200)["open"]);
        Assert.True((await server.Get("/journal/verify")).Expect(200).Body.GetProperty("valid").GetBoolean());
    }

    [Fact]
    public async Task A_strangers_digits_are_proposed_and_never_posted()
    {
        var server = await Customers(("N5", null));
        await Invoice(server, "ZZ-5123457", "N5", 1000);
        var file = await Send(server, "DE75512108001245126177", Line(6100, "WLA-5123457", "Fremd", null), Line(1200, "Mandat 5123457", "Fremd", null));
        Assert.Empty(Told(file));
        Assert.Equal(["proposed", "proposed"], file.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("state").GetString()));
    }

    async Task<RunningServer> Customers(params (string Number, string? Group)[] customers)
    {
        var server = await fixture.StartedAsync();
        foreach (var (number, group) in customers)
            (await server.Put($"/customers/{number}", new
            {
                name = $"Customer {number}", country = "FR", currency = "EUR", paymentTerms = "NET30", riskClass = "B", group,
            })).Expect(200);
        return server;
    }

    static async Task Invoice(RunningServer server, string number, string customer, decimal amount) => (await server.Post(
        "/invoices", new { number, customer, date = "2026-01-15", dueDate = "2026-03-20", currency = "EUR", amount }, Billing)).Expect(200);

    static async Task Receipt(RunningServer server, string number, string payer, decimal amount, string? reference) => (await server.Post(
        "/receipts", new { number, payer, date = "2026-03-01", currency = "EUR", amount, reference }, Clerk)).Expect(200);

    static EntryPart Line(long amount, string text, string name, string? account) => new(amount, CounterpartyAccount: account, Counterparty: name, Remittance: text);

    static async Task<JsonElement> Send(RunningServer server, string account, params EntryPart[] parts)
    {
        var text = Written.Camt053([new BankStatement(
            StatementFormat.Camt053, account, Currency.EUR, $"S{parts[0].Amount}", null, 1, true, new Balance(0, Currency.EUR, Day),
            new Balance(parts.Sum(part => part.Amount), Currency.EUR, Day),
            [.. parts.Select((part, at) => new BankEntry(1, Day, Day, part.Amount, false, $"E{parts[0].Amount}-{at}", null, [part]))], 0, [], 1)]);
        return (await server.SendAsync(HttpMethod.Post, "/bank-statements", RunningServer.Raw(text, "application/xml"), Clerk)).Expect(200).Body;
    }

    static IEnumerable<string> Told(JsonElement file) => file.GetProperty("receipts").EnumerateArray().Select(receipt =>
        $"{receipt.GetProperty("payer").GetString()} {(receipt.TryGetProperty("rule", out var rule) ? rule.GetString() : "")}".Trim());
}
