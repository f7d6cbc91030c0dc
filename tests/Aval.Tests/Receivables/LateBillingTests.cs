using Aval.Tests.Infrastructure;

namespace Aval.Tests.Receivables;

public sealed class LateBillingOnSqlite() : LateBillingTests(null);

public sealed class LateBillingOnPostgres(PostgresCluster cluster) : LateBillingTests(cluster);

/// <summary>What billing has not done in time is on its list. The business date is 2 March 2026; the usual policy lets invoices lie 5 days and deliveries 15.</summary>
public abstract class LateBillingTests(PostgresCluster? cluster)
{
    [Fact]
    public async Task What_is_not_sent_or_not_billed_in_time_is_work_for_billing_until_it_is()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        (await server.Put("/customers/C", new { name = "C", country = "FR", currency = "EUR", paymentTerms = "NET30", riskClass = "B" })).Expect(200);
        await Invoice("I-0", "2026-02-01");
        (await server.Post("/invoices/I-0/status", new { status = "sent", date = "2026-02-02" }, "bill:billing")).Expect(200);
        await Invoice("I-1", "2026-02-10");
        await Invoice("I-2", "2026-03-02");
        var lines = new[] { new { line = 1, item = "a", quantity = 10, unitPrice = 10, taxRate = 0 } };
        (await server.Post("/orders", new { number = "SO-1", customer = "C", currency = "EUR", orderDate = "2026-03-02", lines })).Expect(200);
        (await server.Post("/orders/SO-1/deliveries", new { date = "2026-03-02", lines = new[] { new { line = 1, quantity = 3 } } })).Expect(200);
        // Late when it was entered.
        Assert.Equal(["invoiceNotSent I-1 100.00 billing"], await Work());

        (await server.Post("/clock", new { today = "2026-03-07" })).Expect(200);
        Assert.Equal(["invoiceNotSent I-1 100.00 billing"], await Work());
        (await server.Post("/clock", new { today = "2026-03-08" })).Expect(200);
        Assert.Equal(["invoiceNotSent I-1 100.00 billing", "invoiceNotSent I-2 100.00 billing"], await Work());
        (await server.Post("/clock", new { today = "2026-03-31" })).Expect(200);
        Assert.Equal(["invoiceNotSent I-1 100.00 billing", "invoiceNotSent I-2 100.00 billing", "unbilledTooOld SO-1 30.00 billing"], await Work());
        (await server.Post("/invoices/I-1/status", new { status = "sent" }, "bill:billing")).Expect(200);
        var bill = new { number = "I-3", customer = "C", order = "SO-1", date = "2026-03-31", dueDate = "2026-04-30", currency = "EUR", amount = 30 };
        (await server.Post("/invoices", bill)).Expect(200);
        Assert.Equal(["invoiceNotSent I-2 100.00 billing"], await Work());
        (await server.Post("/credit-notes", new { number = "N", customer = "C", date = "2026-03-31", currency = "EUR", amount = 100, invoice = "I-2" })).Expect(200);
        Assert.Empty(await Work());
        Assert.True((await server.Get("/journal/verify")).Expect(200).Body.GetProperty("valid").GetBoolean());

        async Task Invoice(string number, string date) => (await server.Post(
            "/invoices", new { number, customer = "C", date, dueDate = "2026-04-10", currency = "EUR", amount = 100 }, "bill:billing")).Expect(200);

        async Task<IEnumerable<string>> Work() => (await server.Get("/work?limit=500")).Expect(200).Body.GetProperty("work").EnumerateArray()
            .Where(line => line.GetProperty("code").GetString() is "invoiceNotSent" or "unbilledTooOld")
            .Select(line => $"{line.GetProperty("code").GetString()} {line.GetProperty("subject").GetString()} {line.GetProperty("amount").GetRawText()} "
                + line.GetProperty("owner").GetString()).Order(StringComparer.Ordinal).ToList();
    }

    /// <summary>A held order's line about the same document is the same line, and policy may ask more, less, or nothing.</summary>
    [Fact]
    public async Task A_held_order_joins_the_line_of_its_document_and_another_policy_ends_it()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        (await server.Put("/customers/C", new { name = "C", country = "FR", currency = "EUR", paymentTerms = "NET30", riskClass = "B" })).Expect(200);
        (await server.Post("/limits", new { customer = "C", kind = "standing", limit = "unlimited", currency = "EUR", validFrom = "2026-01-01", reason = "new" })).Expect(200);
        foreach (var number in new[] { "I-0", "I-1" })
        {
            (await server.Post("/invoices", new { number, customer = "C", date = "2026-02-28", dueDate = "2026-04-10", currency = "EUR", amount = 100 })).Expect(200);
            if (number == "I-0") (await server.Post("/invoices/I-0/status", new { status = "sent" }, "bill:billing")).Expect(200);
        }

        Assert.Empty(await Lines());
        await Policy("refer");
        Assert.Empty(await Lines());
        var lines = new[] { new { line = 1, item = "a", quantity = 1, unitPrice = 10, taxRate = 0 } };
        (await server.Post("/orders", new { number = "SO-1", customer = "C", currency = "EUR", orderDate = "2026-03-02", lines })).Expect(200);
        Assert.Equal(["defect I-1 SO-1"], await Lines());
        (await server.Post("/clock", new { today = "2026-03-03" })).Expect(200);
        await Until("defect I-1 SO-1");
        (await server.Post("/orders/SO-1/cancel", new { reason = "not now" })).Expect(200);
        await Until("defect I-1 ");
        (await server.Post("/orders", new { number = "SO-2", customer = "C", currency = "EUR", orderDate = "2026-03-02", lines })).Expect(200);
        Assert.Equal(["defect I-1 SO-2"], await Lines());
        await Policy("off");
        await Until();

        // What a day or another policy brings is done behind the command.
        async Task Until(params string[] lines)
        {
            for (var waited = 0; !(await Lines()).SequenceEqual(lines) && waited < 200; waited++) await Task.Delay(50, TestContext.Current.CancellationToken);
            Assert.Equal(lines, await Lines());
        }

        async Task<IEnumerable<string>> Lines() => (await server.Get("/work?owner=billing&kind=defect")).Expect(200).Body.GetProperty("work").EnumerateArray().Select(line =>
            $"{line.GetProperty("kind").GetString()} {line.GetProperty("subject").GetString()} "
                + string.Join(' ', line.GetProperty("orders").EnumerateArray().Select(order => order.GetProperty("order").GetString()))).ToList();

        async Task Policy(string severity)
        {
            var rules = new[] { new { rule = "invoiceNotSent", severity, days = 1 } };
            (await server.Put("/policies/draft", new { basedOn = "standard", rules }, "mia:creditManager")).Expect(200);
            (await server.Post("/policies/draft/activate", new { reason = "sent at once" }, "lea:leadership")).Expect(200);
        }
    }
}
