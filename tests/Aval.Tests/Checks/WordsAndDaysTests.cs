using Aval.Company;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Tests.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aval.Tests.Checks;

public sealed class WordsAndDaysOnSqlite() : WordsAndDaysTests(null);

public sealed class WordsAndDaysOnPostgres(PostgresCluster cluster) : WordsAndDaysTests(cluster);

/// <summary>Through HTTP: the days on which a payer pays, the word that it gives, and the day from which a policy holds. Today is Monday, 2 March 2026.</summary>
public abstract class WordsAndDaysTests(PostgresCluster? cluster)
{
    [Fact]
    public async Task A_payer_with_payment_runs_is_late_from_the_run_on_with_which_it_could_have_paid()
    {
        await using var server = await StartedAsync();
        (await server.Post("/invoices", Invoice("I-1", "2026-02-12"))).Expect(200);
        Assert.Equal(["overdue 18"], Told((await server.Post("/orders", Order("O-1"))).Expect(200)));
        (await server.Put("/customers/A", new { paymentRun = "wednesday" })).Expect(422, "field-invalid");
        Assert.Equal("paymentRun", (await server.Put("/customers/A", new { paymentRun = "WED" }, "cora:customerService")).Expect(403, "not-permitted")["field"]);
        Assert.Equal("WED", (await server.Put("/customers/A", new { paymentRun = "wed" })).Expect(200)["paymentRun"]);
        // It could have paid on 18 February, twelve days ago: the order that waited goes.
        Assert.Equal("released", (await server.Get("/orders/O-1")).Expect(200)["status"]);
        Assert.Equal("1000.00", (await server.Get("/customers/A/exposure")).Expect(200)["overdue"]);
        (await server.Post("/clock", new { today = "2026-03-05" })).Expect(200);
        Assert.Equal(["overdue 15"], Told((await server.Post("/orders", Order("O-2"))).Expect(200)));
        Assert.Equal("", (await server.Put("/customers/A", new { paymentRun = (string?)null })).Expect(200)["paymentRun"]);
        Assert.Equal(["overdue 21"], Told((await server.Post("/orders", Order("O-3"))).Expect(200)));
        Assert.Equal("True", (await server.Get("/journal/verify")).Expect(200)["valid"]);
    }

    [Fact]
    public async Task A_promise_for_2099_frees_no_order_and_a_near_one_does()
    {
        await using var server = await StartedAsync();
        (await server.Post("/invoices", Invoice("I-1", "2026-02-12"))).Expect(200);
        (await server.Post("/invoices", Invoice("I-2", "2026-02-12"))).Expect(200);
        (await server.Post("/promises", new { number = "P-far", customer = "A", invoices = new[] { "I-1" }, amount = 1000, date = "2099-12-31" })).Expect(200);
        Assert.Equal(["overdue 18", "promise-too-long 26967"], Told((await server.Post("/orders", Order("O-1"))).Expect(200)));
        (await server.Post("/promises", new { number = "P-near", customer = "A", invoices = new[] { "I-2" }, amount = 1000, date = "2026-04-30" })).Expect(200);
        var half = (await server.Get("/orders/O-1")).Expect(200).Body.GetProperty("findings")[0];
        Assert.Equal(("overdue", 1000m), (half.GetProperty("code").GetString(), half.GetProperty("amount").GetDecimal()));
        (await server.Put("/policies/draft", new
        {
            basedOn = "standard",
            rules = new[] { new { rule = "overdue", severity = "refer", minDays = 15, minAmount = 500, minSharePercent = 5, longestPromiseDays = 3650 } },
        }, "mia:creditManager")).Expect(200);
        // Under a draft that takes longer promises the same past is another.
        var simulated = (await server.Post("/policies/draft/simulate", new { from = "2026-03-01", to = "2026-12-31" })).Expect(200);
        Assert.Equal(("1", "0"), (simulated["held"], simulated["checksChanged"]));
        Assert.Equal("True", (await server.Get("/journal/verify")).Expect(200)["valid"]);
    }

    [Fact]
    public async Task Orders_enter_the_wider_horizon_of_a_version_on_the_day_from_which_it_holds()
    {
        await using var server = await StartedAsync();
        (await server.Post("/orders", Order("O-1", ship: "2026-04-20"))).Expect(200);
        (await server.Post("/orders", Order("O-2", worth: 20_000, ship: "2026-04-20"))).Expect(200);
        Assert.Equal("released", (await server.Get("/orders/O-2")).Expect(200)["status"]);
        (await server.Put("/policies/draft", new { basedOn = "standard", horizonDays = 60 }, "mia:creditManager")).Expect(200);
        (await server.Post("/policies/draft/activate", new { reason = "look further", effectiveFrom = "2026-03-06" }, "lea:leadership")).Expect(200);
        (await server.Post("/clock", new { today = "2026-03-05" })).Expect(200);
        Assert.Equal("released", (await server.Get("/orders/O-2")).Expect(200)["status"]);
        (await server.Post("/clock", new { today = "2026-03-06" })).Expect(200);
        // Nobody has touched the customer, and its figures have not been asked for.
        var blocks = (await server.Get("/blocks?status=open")).Expect(200).Body.GetProperty("blocks").EnumerateArray().Select(block => block.GetProperty("order").GetString());
        Assert.Equal(["O-2"], blocks);
        Assert.Equal("100.00", (await server.Get("/customers/A/exposure")).Expect(200)["openOrders"]);
        Assert.Equal("True", (await server.Get("/journal/verify")).Expect(200)["valid"]);
    }

    [Fact]
    public async Task A_wider_horizon_is_followed_to_every_customer_once_and_the_journal_is_whole_before_and_after()
    {
        await using var server = await StartedAsync();
        (await server.Post("/orders", Order("O-1", worth: 20_000, ship: "2026-04-20"))).Expect(200);
        (await server.Put("/policies/draft", new { basedOn = "standard", horizonDays = 60 }, "mia:creditManager")).Expect(200);
        (await server.Post("/policies/draft/activate", new { reason = "look further" }, "lea:leadership")).Expect(200);
        Assert.Equal("2026-03-21", await NextDueAsync());
        Assert.Equal("True", (await server.Get("/journal/verify")).Expect(200)["valid"]);
        Assert.Equal("1", (await server.Post("/clock", new { today = "2026-03-02" })).Expect(200)["rootsRun"]);
        Assert.NotEqual("2026-03-21", await NextDueAsync());
        Assert.Equal("True", (await server.Get("/journal/verify")).Expect(200)["valid"]);
        Assert.Equal("0", (await server.Post("/clock", new { today = "2026-03-02" })).Expect(200)["rootsRun"]);
        Assert.Equal("O-1", Assert.Single((await server.Get("/blocks?status=open")).Expect(200).Body.GetProperty("blocks").EnumerateArray()).GetProperty("order").GetString());

        async Task<string> NextDueAsync()
        {
            await using var reader = await server.Store.SnapshotAsync(TestContext.Current.CancellationToken);
            return $"{(await reader.RootAsync("A", TestContext.Current.CancellationToken))!.NextDue:yyyy-MM-dd}";
        }
    }

    [Fact]
    public async Task A_wider_horizon_holds_for_the_next_decision_of_its_first_day_though_nobody_has_been_there()
    {
        await using var server = await StartedAsync();
        (await server.Post("/orders", Order("O-1", worth: 6_000, ship: "2026-04-20"))).Expect(200);
        (await server.Put("/policies/draft", new { basedOn = "standard", horizonDays = 60 }, "mia:creditManager")).Expect(200);
        (await server.Post("/policies/draft/activate", new { reason = "look further" }, "lea:leadership")).Expect(200);
        Assert.Equal("6000.00", (await server.Get("/customers/A/exposure")).Expect(200)["openOrders"]);
        Assert.Equal("held", (await server.Post("/orders", Order("O-2", worth: 5_000))).Expect(200)["status"]);
        Assert.Equal("released", (await server.Post("/orders", Order("O-3", worth: 4_000))).Expect(200)["status"]);
        var entries = await EntriesAsync();
        // The day was open once; it is asked again in vain.
        Assert.Equal("held", (await server.Post("/orders", Order("O-4", worth: 5_000))).Expect(200)["status"]);
        Assert.Equal(entries + 1, await EntriesAsync());
        Assert.Equal("True", (await server.Get("/journal/verify")).Expect(200)["valid"]);

        Task<long> EntriesAsync() => EntriesOfAAsync(server);
    }

    [Fact]
    public async Task What_time_heals_is_looked_at_no_more_on_the_first_day_of_a_wider_horizon_than_on_any_other()
    {
        await using var server = await StartedAsync();
        // New for thirty days, the last of which was yesterday.
        (await server.Put("/customers/A", new { customerSince = "2026-01-31" })).Expect(200);
        (await server.Post("/orders", Order("O-1", ship: "2026-04-20"))).Expect(200);
        (await server.Put("/policies/draft", new
        {
            basedOn = "standard", horizonDays = 60,
            rules = new[] { new { rule = "orderTooLarge", severity = "refer", amount = 1000, newCustomers = new { amount = 500, days = 30 } } },
        }, "mia:creditManager")).Expect(200);
        (await server.Post("/policies/draft/activate", new { reason = "look further" }, "lea:leadership")).Expect(200);
        foreach (var number in new[] { "O-2", "O-3" }) Assert.Equal("held", (await server.Post("/orders", Order(number, worth: 2_000))).Expect(200)["status"]);
        var entries = await EntriesOfAAsync(server);
        Assert.Equal("released", (await server.Post("/orders", Order("O-4"))).Expect(200)["status"]);
        (await server.Post("/orders", Order("O-4", worth: 90))).Expect(409, "key-reused");
        Assert.Equal(entries + 1, await EntriesOfAAsync(server));
        var block = (await server.Get("/orders/O-2")).Expect(200)["block"];
        var read = (await server.Get($"/blocks/{block}")).Expect(200).Headers.ETag!.Tag;
        Assert.Equal(read, (await server.Get($"/blocks/{block}")).Expect(200).Headers.ETag!.Tag);
        (await server.Post($"/blocks/{block}/decisions", new { decision = "reject", reason = "too large for a new customer" }, "mia:creditManager", ifMatch: read)).Expect(200);
        Assert.Equal("True", (await server.Get("/journal/verify")).Expect(200)["valid"]);
    }

    [Theory]
    [InlineData(5, null)]
    [InlineData(5, "2026-03-03")]
    [InlineData(null, null)]
    [InlineData(null, "2026-03-03")]
    public async Task An_invoice_not_sent_is_late_by_the_version_of_the_day_whatever_the_one_before_said(int? before, string? from)
    {
        await using var server = await StartedAsync();
        // Of a payer whose invoices somebody follows.
        (await server.Post("/invoices", Invoice("I-0", "2026-06-01"))).Expect(200);
        (await server.Post("/invoices/I-0/status", new { status = "sent", date = "2026-01-11" })).Expect(200);
        await FollowAsync(before, null);
        (await server.Post("/invoices", Invoice("I-1", "2026-06-01", "2026-03-02"))).Expect(200);
        await FollowAsync(1, from);
        foreach (var day in new[] { "2026-03-02", "2026-03-03", "2026-03-04" })
        {
            (await server.Post("/clock", new { today = day })).Expect(200);
            Assert.Equal("True", (await server.Get("/journal/verify")).Expect(200)["valid"]);
        }

        var work = (await server.Get("/work?owner=billing&kind=defect")).Expect(200).Body.GetProperty("work");
        Assert.Contains("I-1", Assert.Single(work.EnumerateArray()).ToString(), StringComparison.Ordinal);

        async Task FollowAsync(int? days, string? effectiveFrom)
        {
            var rules = new[] { new { rule = "invoiceNotSent", severity = days is null ? "off" : "refer", days = days ?? 1 } };
            (await server.Put("/policies/draft", new { basedOn = "standard", rules }, "mia:creditManager")).Expect(200);
            (await server.Post("/policies/draft/activate", new { reason = "follow", effectiveFrom }, "lea:leadership")).Expect(200);
            (await server.Post("/clock", new { today = "2026-03-02" })).Expect(200);
        }
    }

    [Fact]
    public async Task All_customers_are_followed_page_by_page_and_whoever_was_is_not_again()
    {
        await using var server = await StartedAsync();
        foreach (var number in new[] { "B", "C", "D", "E" })
            (await server.Put($"/customers/{number}", new { name = number, country = "DE", currency = "EUR", paymentTerms = "NET30", riskClass = "B" })).Expect(200);
        var due = new DueRoots(server.Desk, server.Store, TimeProvider.System, server.Get<ScheduledWork>(), NullLogger<DueRoots>.Instance) { RootsAtOnce = 2 };
        var today = new DateOnly(2026, 3, 2);
        Assert.Equal(0, await due.RunAsync(today, TestContext.Current.CancellationToken));
        await WidenAsync(50);
        Assert.Equal(5, await due.RunAsync(today, TestContext.Current.CancellationToken));
        Assert.Equal(0, await due.RunAsync(today, TestContext.Current.CancellationToken));

        // A node that dies after three of them leaves two.
        await WidenAsync(60);
        await using (var reader = await server.Store.SnapshotAsync(TestContext.Current.CancellationToken))
        {
            var nearer = await reader.DatesNearerAsync(TestContext.Current.CancellationToken);
            var roots = await reader.DueRootsAsync(null, TestContext.Current.CancellationToken);
            Assert.Equal(5, roots.Count);
            await server.Store.FollowedAsync(nearer!, roots[2], TestContext.Current.CancellationToken);
        }

        Assert.Equal(2, await due.RunAsync(today, TestContext.Current.CancellationToken));
        Assert.Equal(0, await due.RunAsync(today, TestContext.Current.CancellationToken));

        async Task WidenAsync(int horizonDays)
        {
            (await server.Put("/policies/draft", new { basedOn = "standard", horizonDays }, "mia:creditManager")).Expect(200);
            (await server.Post("/policies/draft/activate", new { reason = "look further" }, "lea:leadership")).Expect(200);
        }
    }

    [Fact]
    public async Task Whoever_could_not_be_looked_at_is_due_until_they_are()
    {
        await using var server = await StartedAsync();
        var due = server.Get<DueRoots>();
        var today = new DateOnly(2026, 3, 2);
        Assert.Equal(0, await due.RunAsync(today, TestContext.Current.CancellationToken));
        await server.Store.LookOnAsync(["A"], today, TestContext.Current.CancellationToken);
        Assert.Equal(1, await due.RunAsync(today, TestContext.Current.CancellationToken));
        Assert.Equal(0, await due.RunAsync(today, TestContext.Current.CancellationToken));
    }

    static async Task<long> EntriesOfAAsync(RunningServer server)
    {
        await using var reader = await server.Store.SnapshotAsync(TestContext.Current.CancellationToken);
        return (await reader.RootAsync("A", TestContext.Current.CancellationToken))!.Sequence;
    }

    async Task<RunningServer> StartedAsync()
    {
        var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        (await server.Put("/customers/A", new
        {
            name = "A customer", country = "DE", currency = "EUR", paymentTerms = "NET30", riskClass = "B",
            billingAddress = new { line1 = "Am Markt 1", city = "Bonn", postalCode = "53111", country = "DE" },
        })).Expect(200);
        (await server.Post("/limits", new
        {
            customer = "A", kind = "standing", limit = "amount", amount = 10_000, currency = "EUR", validFrom = "2026-01-01", reason = "reviewed",
        })).Expect(200);
        return server;
    }

    static IEnumerable<string> Told(ServerReply reply) => reply.Body.GetProperty("findings").EnumerateArray()
        .Select(found => $"{found.GetProperty("code").GetString()} {found.GetProperty("days")}");

    static object Invoice(string number, string due, string date = "2026-01-10") =>
        new { number, customer = "A", date, dueDate = due, currency = "EUR", amount = 1000 };

    static object Order(string number, decimal worth = 100, string? ship = null) => new
    {
        number, customer = "A", currency = "EUR", orderDate = "2026-03-02", shipDate = ship,
        lines = new[] { new { line = 1, item = "steel", quantity = 1, unitPrice = worth, taxRate = 0 } },
    };
}
