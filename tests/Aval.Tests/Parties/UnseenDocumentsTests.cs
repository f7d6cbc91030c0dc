using Aval.Checks;
using Aval.Tests.Decisions;
using Aval.Tests.Infrastructure;
using Aval.Tests.Web;

namespace Aval.Tests.Parties;

public sealed class UnseenDocumentsOnSqlite(SqliteServer fixture) : UnseenDocumentsTests(fixture), IClassFixture<SqliteServer>;

public sealed class UnseenDocumentsOnPostgres(PostgresServer fixture) : UnseenDocumentsTests(fixture), IClassFixture<PostgresServer>;

/// <summary>An order of one's own customer that is held by documents of others: a seller is told that there are such, and nothing of them.</summary>
public abstract class UnseenDocumentsTests(ServerFixture fixture)
{
    const string Sam = "sam:sales", All = "cora:customerService";

    [Fact]
    public async Task Of_the_payers_other_documents_a_seller_reads_that_they_hold_the_order_and_neither_number_nor_amount()
    {
        var server = await fixture.StartedAsync();
        var desk = new CreditDesk(server);
        foreach (var (number, payer, owner) in new[] { ("UQ", (string?)null, "tess"), ("UB1", "UQ", "sam"), ("UB2", "UQ", "tess") })
            await Customer(server, number, owner, payer);
        await desk.Limit("UQ", 1_000);
        await desk.Invoice("UQ-I2", "UB2", 437.19m);
        await desk.Invoice("UQ-I3", "UB2", 61.07m);
        foreach (var (number, amount) in new[] { ("UQ-R1", 400.11m), ("UQ-R2", 70.44m) })
            (await server.Post("/receipts", new { number, payer = "UQ", date = "2026-03-02", currency = "EUR", amount, cleared = true })).Expect(200);
        var block = await desk.Order("UB1-O", "UB1", 900);
        string[] others = ["UQ-I2", "UQ-I3", "UQ-R1", "UQ-R2", "UB2", "437.19", "61.07", "400.11", "70.44"];

        await Told(server, "/orders/UB1-O", ["UQ-R1", "400.11", "UQ-I2"], others);
        await Told(server, $"/blocks/{block}", ["UQ-R1", "UQ-I2"], others);
        await Told(server, "/work?customer=UB1", ["UQ-R1"], others);
        var asked = new
        {
            number = "UB1-N", customer = "UB1", currency = "EUR", orderDate = "2026-03-02", shipDate = "2026-03-02",
            lines = new[] { new { line = 1, item = "A-100", quantity = 1, unitPrice = 900, taxRate = 0 } },
        };
        Assert.Contains("UQ-R1", (await server.Post("/orders/check", asked, All)).Expect(200).Text, StringComparison.Ordinal);
        Plain("/orders/check", (await server.Post("/orders/check", asked, Sam)).Expect(200).Text, others);
        var line = (await server.Get("/work?customer=UB1&owner=accountsReceivable", Sam)).Expect(200).Body.GetProperty("work")[0];
        Assert.Equal((Unseen.Document, "unappliedReceipt"), (line.GetProperty("subject").GetString(), line.GetProperty("code").GetString()));
        await Told(server, $"/work/{line.GetProperty("id").GetString()}", ["UQ-R1"], others);

        (await desk.Decide(block, "waitForPayment", new { invoices = new[] { "UQ-I2" }, until = "2026-03-20", reason = "437.19 of UQ-I2 come first" })).Expect(200);
        await Told(server, $"/blocks/{block}", ["UQ-I2", "437.19"], others);
        await Told(server, "/commitments?customer=UB1", ["UQ-I2"], others);
        using var seller = new Browser(server);
        using var everybody = new Browser(server);
        await seller.SignInAsync((await server.Post("/api-keys", new { name = "sam", roles = new[] { "sales" } })).Expect(201)["key"]!);
        await everybody.SignInAsync((await server.Post("/api-keys", new { name = "sam", roles = new[] { "sales", "collector" } })).Expect(201)["key"]!);
        foreach (var (page, shown) in new[]
        {
            ("/orders/UB1-O", "UQ-R1"), ($"/blocks/{block}", "UQ-I2"), ("/commitments?customer=UB1", "UQ-I2"), ("/work?all=true", "UQ-R1"), ("/orders", ""),
        })
        {
            Assert.Contains(shown, await everybody.WrittenAsync(page), StringComparison.Ordinal);
            var told = await seller.WrittenAsync(page);
            if (shown.Length > 0) Assert.Contains("the payer that you do not see", told, StringComparison.Ordinal);
            Assert.All(others, other => Assert.False(told.Contains(other, StringComparison.Ordinal), $"{page} tells {other}: {told}"));
        }

        (await server.Post("/customers/UQ/measures", new { number = "UQ-M", kind = "orderCap", amount = 850, to = "2026-12-31", reason = "x" })).Expect(200);
        await desk.Order("UB1-2", "UB1", 900);
        await Told(server, "/orders/UB1-2", ["UQ-M"], [.. others, "UQ-M"]);
        Assert.Empty((await server.Get($"/blocks/{block}", Sam)).Expect(200).Body.GetProperty("like").EnumerateArray());
    }

    [Fact]
    public async Task Of_a_groups_other_members_a_seller_reads_that_they_hold_the_order_and_neither_number_nor_amount()
    {
        var server = await fixture.StartedAsync();
        var desk = new CreditDesk(server);
        foreach (var (number, group, owner) in new[] { ("UTOP", (string?)null, "tess"), ("UONE", "UTOP", "sam"), ("USIS", "UTOP", "tess") })
            await Customer(server, number, owner, group: group);
        foreach (var (customer, amount, level) in new[] { ("UTOP", 1_000, "group"), ("UONE", 5_000, "payer"), ("USIS", 5_000, "payer") })
            (await server.Post("/limits", new
            {
                customer, kind = "standing", limit = "amount", amount, currency = "EUR", validFrom = "2026-01-01", reason = "agreed", level,
            })).Expect(200);
        await desk.Invoice("UG-I2", "USIS", 437.19m);
        await desk.Invoice("UG-I3", "USIS", 61.07m);
        var block = await desk.Order("UONE-O", "UONE", 900);
        string[] others = ["UG-I2", "UG-I3", "USIS", "437.19", "61.07"];
        await Told(server, "/orders/UONE-O", ["UG-I2", "USIS"], others);
        await Told(server, $"/blocks/{block}", ["UG-I2", "USIS"], others);
    }

    /// <summary>Whoever sees everything reads these; the seller none of the others, and that there are such.</summary>
    static async Task Told(RunningServer server, string address, string[] shown, string[] others)
    {
        var all = (await server.Get(address, All)).Expect(200).Text;
        Assert.All(shown, one => Assert.True(all.Contains(one, StringComparison.Ordinal), $"{address} does not tell {one}: {all}"));
        Plain(address, (await server.Get(address, Sam)).Expect(200).Text, others);
    }

    static void Plain(string address, string told, string[] others)
    {
        Assert.All(others, other => Assert.False(told.Contains(other, StringComparison.Ordinal), $"{address} tells {other}: {told}"));
        Assert.True(told.Contains("of the payer that you do not see", StringComparison.Ordinal), $"{address} does not say that there are others: {told}");
    }

    static async Task Customer(RunningServer server, string number, string salesOwner, string? payer = null, string? group = null) =>
        (await server.Put($"/customers/{number}", new
        {
            name = "Company " + number, country = "FR", currency = "EUR", paymentTerms = "NET30", riskClass = "B", payer, group, salesOwner,
            billingAddress = new { line1 = "1 rue du Port", city = "Lyon", postalCode = "69002", country = "FR" },
        })).Expect(200);
}
