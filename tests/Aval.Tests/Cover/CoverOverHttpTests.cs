using Aval.Tests.Infrastructure;

namespace Aval.Tests.Cover;

public sealed class CoverOnSqlite(SqliteServer fixture) : CoverOverHttpTests(fixture), IClassFixture<SqliteServer>;

public sealed class CoverOnPostgres(PostgresServer fixture) : CoverOverHttpTests(fixture), IClassFixture<PostgresServer>;

/// <summary>Guarantees and insurance as the credit desk records them, and what they do to exposure and orders. The business date is 2 March 2026.</summary>
public abstract class CoverOverHttpTests(ServerFixture fixture)
{
    const string Credit = "ana:creditAnalyst";

    [Fact]
    public async Task A_guarantee_lowers_what_we_retain_as_far_as_it_is_not_drawn_and_until_it_is_released()
    {
        var server = await Customer("CG1", limit: 10_000);
        await Invoice(server, "CG1", 9_000, "2026-02-10");
        (await server.Post("/guarantees", Guarantee("CG1-G", "CG1", 6_000), Credit)).Expect(200);
        await Stands(server, "CG1", "insured guaranteed headroom\n 0 6000 7000");

        var drawn = (await server.Post("/guarantees/CG1-G/draw", new { amount = 4_000, date = "2026-03-01", reason = "first demand" }, Credit)).Expect(200);
        Assert.Equal(("2000.00", 1), (drawn["left"], drawn.Body.GetProperty("drawings").GetArrayLength()));
        await Stands(server, "CG1", "guaranteed headroom\n 2000 3000");
        (await server.Post("/guarantees/CG1-G/draw", new { amount = 2_000.01m, date = "2026-03-01", reason = "second" }, Credit)).Expect(422, "drawing-exceeds-guarantee");
        foreach (var date in new[] { "2026-03-03", "2025-12-31" })
            Assert.Equal("date", (await server.Post("/guarantees/CG1-G/draw", new { amount = 1, date, reason = "?" }, Credit)).Expect(422, "field-invalid")["field"]);

        Assert.Equal("2026-03-02", (await server.Post("/guarantees/CG1-G/release", new { reason = "paid in full" }, Credit)).Expect(200)["releasedOn"]);
        await Stands(server, "CG1", "guaranteed headroom\n 0 1000");
        (await server.Post("/guarantees/CG1-G/release", new { reason = "again" }, Credit)).Expect(409, "guarantee-released");
        (await server.Post("/guarantees/CG1-G/draw", new { amount = 1, date = "2026-03-01", reason = "late" }, Credit)).Expect(409, "guarantee-released");
        Assert.Equal("2000.00", (await server.Get("/guarantees/CG1-G")).Expect(200)["left"]);
    }

    [Fact]
    public async Task The_insurer_comes_first_and_the_rows_add_up_to_the_figures()
    {
        var server = await Customer("CG2", limit: 10_000);
        await Invoice(server, "CG2", 5_000, "2026-01-15");
        await Invoice(server, "CG2", 3_000, "2026-02-20", "b");
        (await server.Post("/insurance-covers", Insurance("CG2-V", "CG2", 6_000), Credit)).Expect(200);
        (await server.Post("/guarantees", Guarantee("CG2-G", "CG2", 50_000), "mia:creditManager")).Expect(200);
        await Stands(server, "CG2", "gross decision insured guaranteed headroom\n 8000 8000 5400 2600 10000");
        foreach (var (term, sum) in new[] { ("insured", 5400m), ("guaranteed", 2600m) })
            Assert.Equal(sum, (await server.Get($"/customers/CG2/exposure/rows?term={term}")).Expect(200).Body.GetProperty("total").GetDecimal());

        var cut = (await server.Post("/insurance-covers/CG2-V/reduce", new { amount = 0, from = "2026-02-01", reason = "rating" }, Credit)).Expect(200);
        Assert.Equal(1, cut.Body.GetProperty("cuts").GetArrayLength());
        await Stands(server, "CG2", "insured guaranteed headroom\n 4500 3500 10000");
        var raised = await server.Post("/insurance-covers/CG2-V/reduce", new { amount = 1, reason = "no cut" }, Credit);
        Assert.Equal("amount", raised.Expect(422, "field-invalid")["field"]);
        var before = await server.Post("/insurance-covers/CG2-V/reduce", new { amount = 0, from = "2026-01-31", reason = "before" }, Credit);
        Assert.Equal("from", before.Expect(422, "field-invalid")["field"]);
    }

    [Fact]
    public async Task An_order_needs_headroom_only_for_what_nobody_else_bears()
    {
        var server = await Customer("CG3", limit: 1_000);
        (await server.Post("/insurance-covers", Insurance("CG3-V", "CG3", 20_000), Credit)).Expect(200);
        Assert.Equal(("released", 1_000m), Seen((await server.Post("/orders", Order("CG3-A", "CG3", 10_000))).Expect(200)));
        Assert.Equal(("held", 2_000m), Seen((await server.Post("/orders", Order("CG3-B", "CG3", 10_000))).Expect(200)));
        await Stands(server, "CG3", "openOrders insured headroom\n 10000 9000 0");

        // A guarantee is what the block waited for: the order goes by itself.
        (await server.Post("/guarantees", Guarantee("CG3-G", "CG3", 1_000), Credit)).Expect(200);
        Assert.Equal("released", (await server.Get("/orders/CG3-B"))["status"]);
        await Stands(server, "CG3", "openOrders insured guaranteed headroom\n 20000 18000 1000 0");

        static (string?, decimal) Seen(ServerReply order) => (order["status"], order.Body.GetProperty("exposure").GetProperty("afterOrder").GetDecimal());
    }

    [Fact]
    public async Task What_is_recorded_for_a_branch_secures_its_payer_and_moves_with_it()
    {
        var server = await Customer("CG4", limit: 1_000);
        (await server.Put("/customers/CG4b", Body("CG4"))).Expect(200);
        await Invoice(server, "CG4", 1_000, "2026-02-10");
        Assert.Equal("CG4", (await server.Post("/guarantees", Guarantee("CG4-G", "CG4b", 300), Credit)).Expect(200)["payer"]);
        (await server.Post("/insurance-covers", Insurance("CG4-V", "CG4b", 100), Credit)).Expect(200);
        (await server.Put("/customers/CG4top", Body(null))).Expect(200);
        (await server.Put("/customers/CG4", new { group = "CG4top" })).Expect(200);
        await Stands(server, "CG4b", "insured guaranteed\n 90 300");
        Assert.Equal("CG4", (await server.Get("/guarantees/CG4-G")).Expect(200)["payer"]);
        Assert.Equal("CG4-V", (await server.Get("/customers/CG4b/insurance-covers")).Expect(200).Body[0].GetProperty("number").GetString());
        Assert.Equal("CG4-G", (await server.Get("/customers/CG4/guarantees")).Expect(200).Body[0].GetProperty("number").GetString());
        Assert.Equal("True", (await server.Get("/journal/verify")).Expect(200)["valid"]);
    }

    [Fact]
    public async Task Only_credit_records_cover_and_wrong_fields_are_named()
    {
        var server = await Customer("CG5", limit: 1_000);
        foreach (var role in new[] { "customerService", "accountsReceivable", "masterData", "sales", "leadership" })
        {
            (await server.Post("/guarantees", Guarantee("CG5-G", "CG5", 1), $"x{role}:{role}")).Expect(403, "not-permitted");
            (await server.Post("/insurance-covers", Insurance("CG5-V", "CG5", 1), $"x{role}:{role}")).Expect(403, "not-permitted");
        }

        (await server.Post("/guarantees", Guarantee("CG5-G", "none", 1))).Expect(404, "customer-unknown");
        (await server.Get("/guarantees/none")).Expect(404, "guarantee-unknown");
        (await server.Get("/customers/none/guarantees")).Expect(404, "customer-unknown");
        (await server.Get("/customers/none/insurance-covers")).Expect(404, "customer-unknown");
        (await server.Get("/insurance-covers/none")).Expect(404, "cover-unknown");
        (await server.Post("/insurance-covers/none/reduce", new { amount = 0, reason = "?" })).Expect(404, "cover-unknown");
        (await server.Put("/customers/CG5b", Body("CG5nobody"))).Expect(200);
        (await server.Post("/guarantees", Guarantee("CG5-G", "CG5b", 1))).Expect(422, "payer-missing");
        (await server.Post("/insurance-covers", new
        {
            number = "CG5-V", customer = "CG5", kind = "named", amount = 1, currency = "CHF", validTo = "2026-12-31", percent = 90, maximumExtensionDays = 60,
        })).Expect(422, "rate-missing");
        var ended = await server.Post("/guarantees", new { number = "CG5-G", customer = "CG5", kind = "escrow", amount = 1, currency = "EUR", validTo = "2026-03-01" });
        Assert.Equal("validTo", ended.Expect(422, "field-invalid")["field"]);
        foreach (var (percent, days, field) in new[] { (0m, 60, "percent"), (100.5m, 60, "percent"), (90m, -1, "maximumExtensionDays") })
            Assert.Equal(field, (await server.Post("/insurance-covers", new
            {
                number = "CG5-V", customer = "CG5", kind = "named", amount = 1, currency = "EUR", validTo = "2026-12-31", percent, maximumExtensionDays = days,
            })).Expect(422, "field-invalid")["field"]);
        Assert.Equal("reason", (await server.Post("/guarantees/CG5-G/release", new { reason = " " })).Expect(422, "field-invalid")["field"]);
        (await server.Post("/guarantees", Guarantee("CG5-G", "CG5", 2))).Expect(200);
        (await server.Post("/guarantees", Guarantee("CG5-G", "CG5", 2))).Expect(200);
        (await server.Post("/guarantees", Guarantee("CG5-G", "CG5", 3))).Expect(409, "key-reused");
    }

    internal static object Guarantee(string number, string customer, decimal amount) => new
    {
        number, customer, kind = "bankGuarantee", amount, currency = "EUR", validFrom = "2026-01-01", validTo = "2026-12-31", issuer = "First Bank",
    };

    internal static object Insurance(string number, string customer, decimal amount) => new
    {
        number, customer, kind = "named", amount, currency = "EUR", percent = 90, maximumExtensionDays = 60, validFrom = "2026-01-01", validTo = "2026-12-31",
    };

    internal static object Body(string? payer) => new
    {
        name = "A customer", country = "DE", currency = "EUR", paymentTerms = "NET30", riskClass = "B", payer,
        billingAddress = new { line1 = "Am Hafen 1", city = "Kiel", postalCode = "24103", country = "DE" },
    };

    internal static object Limit(string customer, decimal amount) => new
    {
        customer, kind = "standing", limit = "amount", amount, currency = "EUR", validFrom = "2026-01-01", reason = "agreed",
    };

    internal static object Order(string number, string customer, decimal worth) => new
    {
        number, customer, currency = "EUR", orderDate = "2026-03-01", lines = new[] { new { line = 1, item = "A", quantity = 1, unitPrice = worth, taxRate = 0 } },
    };

    static async Task Invoice(RunningServer server, string customer, decimal amount, string date, string suffix = "a") =>
        (await server.Post("/invoices", new { number = $"{customer}-I{suffix}", customer, date, dueDate = "2026-04-15", currency = "EUR", amount })).Expect(200);

    async Task<RunningServer> Customer(string number, decimal limit)
    {
        var server = await fixture.StartedAsync();
        (await server.Put($"/customers/{number}", Body(null))).Expect(200);
        (await server.Post("/limits", Limit(number, limit))).Expect(200);
        return server;
    }

    /// <summary>The figures of the customer's payer: names, then what they must be.</summary>
    internal static async Task Stands(RunningServer server, string customer, string table)
    {
        var exposure = (await server.Get($"/customers/{customer}/exposure")).Expect(200).Body;
        var row = Assert.Single(Table.Rows(table));
        foreach (var name in table.Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            Assert.True(row.Number(name) == exposure.GetProperty(name).GetDecimal(), $"{name} is {exposure.GetProperty(name)} in {exposure}");
    }
}

/// <summary>What days do to cover: nobody has to come by.</summary>
public class CoverDaysTests
{
    [Fact]
    public async Task A_guarantee_secures_from_its_first_day_to_its_last_and_its_end_is_recorded()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(null));
        (await server.Put("/customers/D1", CoverOverHttpTests.Body(null))).Expect(200);
        (await server.Post("/limits", CoverOverHttpTests.Limit("D1", 10))).Expect(200);
        (await server.Post("/guarantees", new
        {
            number = "D1-G", customer = "D1", kind = "escrow", amount = 5_000, currency = "EUR", validFrom = "2026-03-05", validTo = "2026-03-07",
        })).Expect(200);
        Assert.Equal("held", (await server.Post("/orders", CoverOverHttpTests.Order("D1-O", "D1", 1_000))).Expect(200)["status"]);
        // The block's time to be decided has passed: it went to the next who may.
        await On("2026-03-04", "held", 0, 1);
        await On("2026-03-05", "released", 1_000, 1);
        await On("2026-03-07", "released", 1_000, 0);
        await On("2026-03-08", "released", 0, 1);
        await On("2026-03-09", "released", 0, 0);

        async Task On(string today, string status, decimal guaranteed, int rootsRun)
        {
            Assert.Equal($"{rootsRun}", (await server.Post("/clock", new { today })).Expect(200)["rootsRun"]);
            for (var tries = 0; tries < 50 && (await server.Get("/orders/D1-O"))["status"] != status; tries++)
                await Task.Delay(100, TestContext.Current.CancellationToken);
            Assert.Equal(status, (await server.Get("/orders/D1-O"))["status"]);
            await CoverOverHttpTests.Stands(server, "D1", $"guaranteed\n {guaranteed}");
        }
    }
}
