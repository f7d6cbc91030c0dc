using System.Text.Json;
using Aval.Tests.Infrastructure;
using Aval.TimeMachine;

namespace Aval.Tests.TimeMachine;

public sealed class SimulationOnSqlite() : SimulationTests(null);

public sealed class SimulationOnPostgres(PostgresCluster cluster) : SimulationTests(cluster);

/// <summary>A draft tried on a past that can be followed by hand.</summary>
public abstract class SimulationTests(PostgresCluster? cluster)
{
    static readonly object Whole = new { from = "2026-03-01", to = "2026-12-31" };

    [Fact]
    public async Task A_draft_is_tried_on_the_orders_of_the_past()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        await LiveAsync(server);
        (await server.Post("/policies/draft/simulate", Whole)).Expect(409, "draft-missing");
        await Draft(server, """{"basedOn": "standard", "rules": [{"rule": "orderTooLarge", "severity": "refer", "amount": 300}]}""");

        var answer = (await server.Post("/policies/draft/simulate", Whole, "ana:creditAnalyst")).Expect(200);
        Assert.Equal(("5", "4", "1", "4"), (answer["orders"], answer["held"], answer["released"], answer["decisionsNeeded"]));
        Assert.Equal(("EUR", 21_600m, "3"), (answer["currency"], answer.Body.GetProperty("amountsDelayed").GetDecimal(), answer["changedTotal"]));
        Assert.Equal("""{"count":1,"amount":400.00,"orders":["A"]}""", answer["falseBlocks"]);
        Assert.Equal("""{"count":2,"amount":1200.00,"orders":["B","E"]}""", answer["lossesPrevented"]);
        var then = answer.Body.GetProperty("then");
        Assert.Equal((1, 4, 20_000m), (Int(then, "held"), Int(then, "released"), then.GetProperty("amountsDelayed").GetDecimal()));
        Assert.Equal(0, Int(then.GetProperty("falseBlocks"), "count"));
        Assert.Equal(
            ["A 2026-03-02 entry released held order-too-large", "B 2026-03-02 entry released held order-too-large", "E 2026-03-02 entry released held order-too-large"],
            answer.Body.GetProperty("changed").EnumerateArray().Select(Told));
        var tooLarge = answer.Body.GetProperty("byFinding").EnumerateArray().Single(found => found.GetProperty("code").GetString() == "order-too-large");
        Assert.Equal((0, 4), (Int(tooLarge, "then"), Int(tooLarge, "draft")));

        // In time is what the caller says it is: A was paid three days late.
        var strict = (await server.Post("/policies/draft/simulate", new { from = "2026-03-01", to = "2026-12-31", paidWithinDays = 2 })).Expect(200);
        Assert.Equal(0, Int(strict.Body.GetProperty("falseBlocks"), "count"));

        var cursor = (string?)null;
        var pages = new List<string>();
        do
        {
            var page = (await server.Post("/policies/draft/simulate", new { from = "2026-03-01", to = "2026-12-31", limit = 2, after = cursor })).Expect(200);
            pages.Add(string.Concat(page.Body.GetProperty("changed").EnumerateArray().Select(order => order.GetProperty("order").GetString())));
            cursor = page.Body.GetProperty("next").GetString();
        }
        while (cursor is not null);
        Assert.Equal(["AB", "E"], pages);
        Assert.Equal("0", (await server.Post("/policies/draft/simulate", new { from = "2026-03-03", to = "2026-12-31" })).Expect(200)["orders"]);
    }

    [Fact]
    public async Task A_draft_may_release_what_was_held()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        await LiveAsync(server);
        await Draft(server, """{"basedOn": "standard", "rules": [{"rule": "limit", "severity": "warn"}]}""");
        var answer = (await server.Post("/policies/draft/simulate", Whole)).Expect(200);
        Assert.Equal(("0", "5", "0"), (answer["held"], answer["released"], answer["amountsDelayed"]));
        Assert.Equal(["D 2026-03-02 entry held released limit-exceeded"], answer.Body.GetProperty("changed").EnumerateArray().Select(Told));
    }

    [Fact]
    public async Task One_simulation_runs_at_a_time_and_what_cannot_be_asked_is_refused()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        await Draft(server, """{"basedOn": "standard"}""");
        var gate = server.Get<OneAtATime>();
        Assert.True(gate.TryEnter());
        (await server.Post("/policies/draft/simulate", Whole)).Expect(503, "busy");
        gate.Leave();
        (await server.Post("/policies/draft/simulate", Whole)).Expect(200);

        foreach (var (field, body) in new (string, object)[]
        {
            ("to", new { from = "2026-03-02", to = "2026-03-01" }), ("limit", new { from = "2026-03-01", to = "2026-03-01", limit = 0 }),
            ("limit", new { from = "2026-03-01", to = "2026-03-01", limit = 10_001 }), ("paidWithinDays", new { from = "2026-03-01", to = "2026-03-01", paidWithinDays = 366 }),
            ("after", new { from = "2026-03-01", to = "2026-03-01", after = "A" }),
        })
            Assert.Equal(field, (await server.Post("/policies/draft/simulate", body)).Expect(422, "field-invalid")["field"]);
        (await server.Post("/policies/draft/simulate", Whole, "cora:customerService")).Expect(403, "not-permitted");
    }

    [Fact]
    public async Task It_stops_when_its_caller_goes()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        await LiveAsync(server);
        using var gone = new CancellationTokenSource();
        var plan = new TrialPlan(Aval.Policies.Rules.Standard.Policy, new DateOnly(2026, 3, 1), new DateOnly(2026, 12, 31), 10, 10);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new Machine(server.Store, plan).RunAsync(1, new Leaves(gone), gone.Token));
    }

    [Fact]
    public async Task What_a_person_let_pass_by_name_the_same_policy_lets_pass_too()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        await LiveAsync(server);
        (await server.Post("/invoices", new { number = "IP", customer = "C2", date = "2026-07-01", dueDate = "2026-08-01", currency = "EUR", amount = 100 })).Expect(200);
        var promise = new { number = "P", customer = "C2", amount = 100, date = "2026-07-02", invoices = new[] { "IP" } };
        (await server.Post("/promises", promise, "kim:collector")).Expect(200);
        (await server.Post("/clock", new { today = "2026-07-06" })).Expect(200);
        var held = (await server.Post("/orders", new
        {
            number = "F", customer = "C2", currency = "EUR", orderDate = "2026-07-06",
            lines = new[] { new { line = 1, item = "steel", quantity = 1, unitPrice = 50, taxRate = 0 } },
        })).Expect(200);
        Assert.Contains("promise-broken", held.Text, StringComparison.Ordinal);
        (await server.Post($"/blocks/{held["block"]}/decisions", new { decision = "release", reason = "they called", basis = "the file" }, "lea:leadership")).Expect(200);
        await Draft(server, """{"basedOn": "standard"}""");
        var answer = (await server.Post("/policies/draft/simulate", Whole)).Expect(200);
        Assert.Equal(("0", "0"), (answer["checksChanged"], answer["checksFindingElse"]));
    }

    /// <summary>A is paid three days late, B never; C is small, D passes the limit, E is written off.</summary>
    internal static async Task LiveAsync(RunningServer server)
    {
        var billingAddress = new { line1 = "1 Road", city = "Town", postalCode = "12345", country = "DE" };
        foreach (var number in new[] { "C1", "C2", "C3" })
        {
            var customer = new { name = number, country = "DE", currency = "EUR", paymentTerms = "NET30", riskClass = "A", billingAddress };
            (await server.Put($"/customers/{number}", customer)).Expect(200);
            (await server.Post("/limits", new
            {
                customer = number, kind = "standing", limit = "amount", amount = 10_000, currency = "EUR", validFrom = "2026-01-01", reason = "reviewed",
            })).Expect(200);
        }

        foreach (var (number, customer, price) in new[] { ("A", "C1", 400), ("B", "C2", 500), ("C", "C1", 200), ("D", "C3", 20_000), ("E", "C3", 700) })
            Assert.Equal(number == "D" ? "held" : "released", (await server.Post("/orders", new
            {
                number, customer, currency = "EUR", orderDate = "2026-03-02", lines = new[] { new { line = 1, item = "steel", quantity = 1, unitPrice = price, taxRate = 0 } },
            })).Expect(200)["status"]);
        foreach (var (order, customer, amount) in new[] { ("A", "C1", 400), ("B", "C2", 500), ("E", "C3", 700) })
            (await server.Post("/invoices", new { number = "I" + order, customer, order, date = "2026-03-02", dueDate = "2026-03-12", currency = "EUR", amount })).Expect(200);
        (await server.Post("/clock", new { today = "2026-03-15" })).Expect(200);
        (await server.Post("/receipts", new { number = "RA", payer = "C1", date = "2026-03-15", currency = "EUR", amount = 400 })).Expect(200);
        (await server.Post("/receipts/RA/allocations", new[] { new { invoice = "IA", amount = 400 } })).Expect(200);
        (await server.Post("/write-offs", new { number = "W", invoice = "IE", date = "2026-03-15", amount = 700, reason = "insolvent" })).Expect(200);
        (await server.Post("/clock", new { today = "2026-07-01" })).Expect(200);
    }

    internal static async Task Draft(RunningServer server, string changes) =>
        (await server.Put("/policies/draft", JsonDocument.Parse(changes).RootElement, "mia:creditManager")).Expect(200);

    static string Told(JsonElement order)
    {
        var words = new[] { "order", "date", "occasion", "from", "to" }.Select(field => order.GetProperty(field).GetString());
        return string.Join(' ', words.Concat(order.GetProperty("findings").EnumerateArray().Select(found => found.GetProperty("code").GetString())));
    }

    static int Int(JsonElement body, string field) => body.GetProperty(field).GetInt32();

    /// <summary>Goes away as soon as it hears of it.</summary>
    sealed class Leaves(CancellationTokenSource gone) : IProgress<TrialProgress>
    {
        public void Report(TrialProgress value) => gone.Cancel();
    }
}
