using Aval.Tests.Infrastructure;

namespace Aval.Tests.Checks;

public sealed class ToldTodayOnSqlite() : ToldTodayTests(null);

public sealed class ToldTodayOnPostgres(PostgresCluster cluster) : ToldTodayTests(cluster);

/// <summary>A held order tells what holds it now, not what held it once; and the same content is the same however its numbers are written.</summary>
public abstract class ToldTodayTests(PostgresCluster? cluster)
{
    [Fact]
    public async Task Amounts_cause_and_days_of_a_held_order_are_those_of_today()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        await Customer(server);
        (await server.Post("/invoices", new { number = "I-1", customer = "A", date = "2025-11-10", dueDate = "2025-12-10", currency = "EUR", amount = 9000 })).Expect(200);
        var order = new
        {
            number = "S-1", customer = "A", currency = "EUR", orderDate = "2026-01-05", lines = new[] { new { line = 1, item = "X", quantity = 1, unitPrice = 4000, taxRate = 0 } },
        };
        Assert.Equal("held", (await server.Post("/orders", order)).Expect(200)["status"]);
        await TellsAsync(server, "9000.00", "customerRisk");

        (await server.Post("/receipts", new { number = "R-1", payer = "A", date = "2026-01-02", currency = "EUR", amount = 2000 })).Expect(200);
        await TellsAsync(server, "9000.00", "mixed");
        (await server.Post("/receipts/R-1/allocations", new[] { new { invoice = "I-1", amount = 2000 } })).Expect(200);
        var days = await TellsAsync(server, "7000.00", "customerRisk");
        (await server.Post("/clock", new { today = "2026-03-05" })).Expect(200);
        Assert.Equal(days + 3, await TellsAsync(server, "7000.00", "customerRisk"));
    }

    [Fact]
    public async Task A_promise_kept_with_money_that_we_have_not_applied_is_no_fault_of_the_payer()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        await Customer(server);
        (await server.Post("/invoices", new { number = "I-1", customer = "A", date = "2026-01-10", dueDate = "2026-02-28", currency = "EUR", amount = 4000 })).Expect(200);
        (await server.Post("/promises", new { number = "P-1", customer = "A", invoices = new[] { "I-1" }, amount = 4000, date = "2026-03-04" })).Expect(200);
        (await server.Post("/receipts", new { number = "R-1", payer = "A", date = "2026-03-02", currency = "EUR", amount = 4000, reference = "I-1" })).Expect(200);
        (await server.Post("/clock", new { today = "2026-03-06" })).Expect(200);
        var answer = (await server.Post("/orders", new
        {
            number = "S-1", customer = "A", currency = "EUR", orderDate = "2026-03-06", lines = new[] { new { line = 1, item = "X", quantity = 1, unitPrice = 100, taxRate = 0 } },
        })).Expect(200);
        Assert.Equal(("held", "internalDefect"), (answer["status"], answer["cause"]));
        Assert.Equal("R-1", answer.Body.GetProperty("defects")[0].GetProperty("document").GetString());
        Assert.Equal("promise-broken", Assert.Single(answer.Body.GetProperty("findings").EnumerateArray(), finding => finding.GetProperty("severity").GetString() == "refer")
            .GetProperty("code").GetString());
    }

    [Fact]
    public async Task Five_and_five_point_zero_are_one_content()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        await Customer(server);
        object Invoice(decimal amount) => new { number = "I-1", customer = "A", date = "2026-01-02", dueDate = "2026-02-10", currency = "EUR", amount };
        (await server.Post("/invoices", Invoice(5))).Expect(200);
        (await server.Post("/invoices", Invoice(5.0m))).Expect(200);
        (await server.Post("/invoices", Invoice(5.00m))).Expect(200);
        (await server.Post("/invoices", Invoice(5.01m))).Expect(409, "key-reused");
        Assert.Equal("5.00", (await server.Get("/customers/A/exposure"))["receivables"]);
    }

    static async Task Customer(RunningServer server)
    {
        (await server.Put("/customers/A", new
        {
            name = "A", country = "FR", currency = "EUR", paymentTerms = "NET30", riskClass = "B",
            billingAddress = new { line1 = "1 rue du Port", city = "Lyon", postalCode = "69002", country = "FR" },
        })).Expect(200);
        (await server.Post("/limits", new { customer = "A", kind = "standing", limit = "unlimited", currency = "EUR", validFrom = "2025-01-01", reason = "opening" })).Expect(200);
    }

    /// <summary>The overdue amount and the cause that the order's own address tells; and the days that it tells.</summary>
    static async Task<int> TellsAsync(RunningServer server, string amount, string cause)
    {
        var answer = (await server.Get("/orders/S-1")).Expect(200).Body;
        var overdue = answer.GetProperty("findings").EnumerateArray().Single(finding => finding.GetProperty("code").GetString() == "overdue");
        Assert.Equal((amount, cause), (overdue.GetProperty("amount").GetRawText(), answer.GetProperty("cause").GetString()));
        Assert.Equal(overdue.GetProperty("days").GetInt32(), answer.GetProperty("findings").EnumerateArray().Max(finding => finding.GetProperty("days").GetInt32()));
        return overdue.GetProperty("days").GetInt32();
    }
}
