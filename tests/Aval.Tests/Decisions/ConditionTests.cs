using System.Text.Json;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Decisions;

public sealed class ConditionsOnSqlite(SqliteServer fixture) : ConditionTests(fixture, null), IClassFixture<SqliteServer>;

public sealed class ConditionsOnPostgres(PostgresServer fixture, PostgresCluster cluster) : ConditionTests(fixture, cluster), IClassFixture<PostgresServer>;

/// <summary>Conditions are executed: facts meet them as they arrive, and what does not arrive in time is broken. The limit is 10,000.</summary>
public abstract class ConditionTests(ServerFixture fixture, PostgresCluster? cluster)
{
    [Fact]
    public async Task Each_condition_waits_for_its_fact_and_then_releases_the_order()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        foreach (var row in Table.Rows("""
            number  condition                                 arrives
            C01     {'kind':'invoicePaid','invoice':'C01-I'}  payment
            C02     {'kind':'depositReceived','amount':3000}  deposit
            C03     {'kind':'purchaseOrderReceived'}          number
            C04     {'kind':'limitApproved'}                  limit
            C05     {'kind':'amountCap','amount':11000}       less
            """))
            await Case(desk, row);
    }

    static async Task Case(CreditDesk desk, Row row)
    {
        var (number, order) = (row["number"], row["number"] + "-O");
        await desk.Payer(number, 10_000);
        await desk.Invoice(number + "-I", number, 3000);
        var block = await desk.Order(order, number, 12_000, units: 12);
        var conditions = new[] { JsonSerializer.Deserialize<JsonElement>(row["condition"].Replace('\'', '"')) };
        var decided = (await desk.Decide(block, "releaseUnderCondition", new { conditions, until = "2026-03-20" })).Expect(200);
        Assert.Equal(("held", "conditions", "True"), (decided["status"], decided["pending"], decided.Body.GetProperty("effect").GetProperty("mayReserve").ToString()));
        Assert.Equal("inForce", await desk.DecisionStatus(block));
        var worth = "12000";
        switch (row["arrives"])
        {
            case "payment":
                await desk.Pay(number + "-R", number, number + "-I", 3000);
                break;
            case "deposit":
                await desk.Deposit(number + "-R", number, order, 3000);
                break;
            case "number":
                await desk.Change(order, number, 12_000, units: 12, purchaseOrder: "PO-7");
                break;
            case "limit":
                await desk.Limit(number, 10_001);
                break;
            default:
                await desk.Change(order, number, 10_800, units: 12);
                worth = "10800";
                break;
        }

        Assert.Equal((row.Text, $"released {worth}"), (row.Text, await desk.State(order)));
        Assert.Equal("fulfilled", await desk.DecisionStatus(block));
        Assert.True((await desk.Decision(block)).GetProperty("conditions")[0].GetProperty("met").GetBoolean());
    }

    [Fact]
    public async Task Money_that_can_be_taken_back_a_part_and_a_write_off_do_not_meet_a_payment()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("M", 10_000);
        await desk.Invoice("M-I", "M", 5000);
        await desk.Invoice("M-J", "M", 4000);
        var block = await desk.Order("M-O", "M", 9000);
        (await desk.Decide(block, "waitForPayment", new { invoices = new[] { "M-I", "M-J" }, until = "2026-03-20" })).Expect(200);
        await desk.Pay("M-R1", "M", "M-I", 5000, cleared: false);
        Assert.Equal("held limit-exceeded", await desk.State("M-O"));
        await desk.Pay("M-R2", "M", "M-J", 3999);
        Assert.Equal("held limit-exceeded", await desk.State("M-O"));
        await desk.Pay("M-R3", "M", "M-J", 1);
        (await desk.Server.Post("/receipts/M-R1/clear", new { date = "2026-03-02" })).Expect(200);
        Assert.Equal("released 9000", await desk.State("M-O"));

        await desk.Payer("W", 10_000);
        await desk.Invoice("W-I", "W", 5000);
        var given = await desk.Order("W-O", "W", 9000);
        (await desk.Decide(given, "waitForPayment", new { invoices = new[] { "W-I" }, until = "2026-03-20" })).Expect(200);
        (await desk.Server.Post("/write-offs", new { number = "W-W", invoice = "W-I", date = "2026-03-02", amount = 5000, reason = "lost" })).Expect(200);
        Assert.Equal("inForce", await desk.DecisionStatus(given));
        Assert.StartsWith("held", await desk.State("W-O"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_payment_in_another_currency_and_an_order_of_events_of_its_own_meet_all_the_same()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("X", 10_000);
        (await desk.Server.Put("/rates/2026-01-01", new { @base = "EUR", rates = new Dictionary<string, decimal> { ["USD"] = 1.25m } })).Expect(200);
        await desk.Invoice("X-I", "X", 5000);
        var block = await desk.Order("X-O", "X", 9000);
        var conditions = new object[]
        {
            new { kind = "invoicePaid", invoice = "X-I" }, new { kind = "depositReceived", amount = 1000 }, new { kind = "validUntil", date = "2026-03-20" },
        };
        (await desk.Decide(block, "releaseUnderCondition", new { conditions, until = "2026-03-25" })).Expect(200);
        await desk.Deposit("X-D", "X", "X-O", 1000);
        Assert.Equal("held limit-exceeded", await desk.State("X-O"));
        (await desk.Server.Post("/receipts", new { number = "X-R", payer = "X", date = "2026-03-02", currency = "USD", amount = 6250 })).Expect(200);
        (await desk.Server.Post("/receipts/X-R/allocations", new[] { new { invoice = "X-I", amount = 5000 } })).Expect(200);
        Assert.Equal("released 9000", await desk.State("X-O"));
    }

    [Fact]
    public async Task A_return_breaks_what_it_had_met_before_and_after_the_release()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("R", 10_000);
        await desk.Invoice("R-I", "R", 5000);
        var block = await desk.Order("R-O", "R", 9000, units: 9);
        var conditions = new object[] { new { kind = "invoicePaid", invoice = "R-I" }, new { kind = "purchaseOrderReceived" } };
        (await desk.Decide(block, "releaseUnderCondition", new { conditions, until = "2026-03-20" })).Expect(200);
        await desk.Pay("R-R1", "R", "R-I", 5000);
        await desk.TakeBack("R-R1");
        await desk.Change("R-O", "R", 9000, units: 9, purchaseOrder: "PO-1");
        Assert.Equal("held limit-exceeded", await desk.State("R-O"));
        Assert.Equal("inForce", await desk.DecisionStatus(block));
        await desk.Pay("R-R2", "R", "R-I", 5000);
        Assert.Equal("released 9000", await desk.State("R-O"));
        await desk.Deliver("R-O", 4);
        await desk.TakeBack("R-R2");
        Assert.StartsWith("held ", await desk.State("R-O"), StringComparison.Ordinal);
        Assert.Contains("condition-broken", await desk.State("R-O"), StringComparison.Ordinal);
        Assert.Equal("broken", await desk.DecisionStatus(block));
        var exposure = (await desk.Server.Get("/customers/R/exposure")).Body;
        Assert.Equal((0m, 4000m), (exposure.GetProperty("openOrders").GetDecimal(), exposure.GetProperty("unbilled").GetDecimal()));
        var other = await desk.Order("R-P", "R", 10);
        Assert.Contains("condition-broken", await desk.State("R-P"), StringComparison.Ordinal);
        Assert.NotEqual("", other);
    }

    [Fact]
    public async Task A_returned_deposit_breaks_its_release()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("D", 10_000);
        var block = await desk.Order("D-O", "D", 12_000);
        (await desk.Decide(block, "requestDeposit", new { amount = 2000, until = "2026-03-20" })).Expect(200);
        await desk.Deposit("D-R", "D", "D-O", 2000);
        Assert.Equal("released 12000", await desk.State("D-O"));
        await desk.TakeBack("D-R");
        Assert.Equal("held condition-broken limit-exceeded", await desk.State("D-O"));
        Assert.Equal("broken", await desk.DecisionStatus(block));
    }

    [Fact]
    public async Task The_day_after_its_date_a_decision_is_broken_for_the_payer_until_it_is_met_late_or_decided_on()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var desk = new CreditDesk(server);
        foreach (var payer in new[] { "L", "N", "O" })
        {
            await desk.Payer(payer, 10_000);
            await desk.Invoice(payer + "-I", payer, 5000, due: "2026-08-25");
        }

        var late = await desk.Order("L-1", "L", 9000);
        var decided = await desk.Order("N-1", "N", 9000);
        var left = await desk.Order("O-1", "O", 9000);
        foreach (var (block, invoice) in new[] { (late, "L-I"), (decided, "N-I"), (left, "O-I") })
            (await desk.Decide(block, "waitForPayment", new { invoices = new[] { invoice }, until = "2026-03-20" })).Expect(200);
        await desk.Clock("2026-03-20");
        Assert.Equal("held limit-exceeded", await desk.State("L-1"));
        Assert.Equal("inForce", await desk.DecisionStatus(late));
        await desk.Clock("2026-03-21");
        Assert.Equal("held condition-broken limit-exceeded", await desk.State("L-1"));
        Assert.Equal(("broken", "creditManager"), (await desk.DecisionStatus(late), (await server.Get($"/blocks/{late}"))["owner"]));
        await desk.Order("L-2", "L", 10);
        Assert.Equal("held condition-broken", await desk.State("L-2"));

        (await server.Post("/receipts", new { number = "L-R", payer = "L", date = "2026-03-21", currency = "EUR", amount = 5000 })).Expect(200);
        (await server.Post("/receipts/L-R/allocations", new[] { new { invoice = "L-I", amount = 5000 } })).Expect(200);
        Assert.Equal(("released 9000", "released 10"), (await desk.State("L-1"), await desk.State("L-2")));

        (await desk.Decide(decided, "release")).Expect(200);
        Assert.Equal("released 9000", await desk.State("N-1"));
        await desk.Order("O-2", "O", 10);
        Assert.Equal("held condition-broken", await desk.State("O-2"));
        await desk.Clock("2026-06-19");
        Assert.Equal("held condition-broken", await desk.State("O-2"));
        await desk.Clock("2026-06-20");
        await desk.Order("O-3", "O", 10);
        Assert.Equal("released 10", await desk.State("O-3"));
    }

    [Fact]
    public async Task At_its_date_a_decision_escalates_stays_on_the_list_or_rejects_as_it_said()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var desk = new CreditDesk(server);
        await desk.Payer("A", 10_000);
        var blocks = new Dictionary<string, string>();
        foreach (var act in new[] { "escalate", "maintainBlock", "reject" })
        {
            blocks[act] = await desk.Order(act, "A", 12_000);
            (await desk.Decide(blocks[act], "requestDeposit", new { amount = 2000, until = "2026-03-10", atExpiry = act })).Expect(200);
        }

        Assert.Equal(3, (await server.Get("/commitments?customer=A&from=2026-03-10&to=2026-03-10")).Body.GetProperty("commitments").GetArrayLength());
        Assert.Equal(0, (await server.Get("/commitments?to=2026-03-09")).Body.GetProperty("commitments").GetArrayLength());
        await desk.Clock("2026-03-11");
        Assert.Equal("held condition-broken limit-exceeded", await desk.State("escalate"));
        Assert.Equal("held condition-broken limit-exceeded", await desk.State("maintainBlock"));
        Assert.Equal("cancelled", await desk.State("reject"));
        Assert.Equal("creditManager", (await server.Get($"/blocks/{blocks["escalate"]}"))["owner"]);
        Assert.Equal("credit", (await server.Get($"/blocks/{blocks["maintainBlock"]}"))["owner"]);
        Assert.Equal(0, (await server.Get("/commitments")).Body.GetProperty("commitments").GetArrayLength());
    }

    [Fact]
    public async Task A_decision_goes_along_when_its_payer_joins_a_group()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("H", 10_000);
        await desk.Payer("H-TOP", 90_000);
        await desk.Invoice("H-I", "H", 5000);
        var block = await desk.Order("H-1", "H", 9000);
        var conditions = new object[] { new { kind = "invoicePaid", invoice = "H-I" }, new { kind = "limitApproved" } };
        (await desk.Decide(block, "releaseUnderCondition", new { conditions, until = "2026-03-20" })).Expect(200);
        (await desk.Server.Put("/customers/H", new { group = "H-TOP" })).Expect(200);
        Assert.Equal("inForce", await desk.DecisionStatus(block));
        await desk.Pay("H-R", "H", "H-I", 5000);
        Assert.StartsWith("held", await desk.State("H-1"), StringComparison.Ordinal);
        await desk.Limit("H", 10_001);
        Assert.Equal("released 9000", await desk.State("H-1"));
        Assert.Equal("fulfilled", await desk.DecisionStatus(block));
        Assert.Equal("True", (await desk.Server.Get("/journal/verify")).Expect(200)["valid"]);
    }

    [Fact]
    public async Task An_invoice_that_goes_to_another_root_is_not_paid_whoever_stays_behind()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        // The sister whose invoice is waited for leaves the group; then the one who waits does.
        foreach (var (name, leaves) in new[] { ("LA", "LA-SIS"), ("LB", "LB") })
        {
            await desk.Payer(name + "-TOP", 90_000);
            foreach (var member in new[] { name, name + "-SIS" })
            {
                await desk.Payer(member, 10_000);
                (await desk.Server.Put("/customers/" + member, new { group = name + "-TOP" })).Expect(200);
            }

            await desk.Invoice(name + "-I", name + "-SIS", 900);
            await desk.Invoice(name + "-P", name + "-SIS", 100);
            var block = await desk.Order(name + "-1", name, 12_000);
            (await desk.Decide(block, "waitForPayment", new { invoices = new[] { name + "-I", name + "-P" }, until = "2026-03-20" })).Expect(200);
            await desk.Pay(name + "-R", name + "-SIS", name + "-P", 100);
            (await desk.Server.Put("/customers/" + leaves, new { group = (string?)null })).Expect(200);
            Assert.Equal((leaves, "inForce"), (leaves, await desk.DecisionStatus(block)));
            Assert.StartsWith("held", await desk.State(name + "-1"), StringComparison.Ordinal);
            var met = (await desk.Decision(block)).GetProperty("conditions").EnumerateArray().Select(condition => condition.GetProperty("met").GetBoolean());
            Assert.Equal([false, true], met);
            (await desk.Server.Put("/customers/" + leaves, new { group = name + "-TOP" })).Expect(200);
            await desk.Pay(name + "-S", name + "-SIS", name + "-I", 900);
            Assert.Equal((leaves, "released 12000"), (leaves, await desk.State(name + "-1")));
        }
    }

    [Fact]
    public async Task An_invoice_that_is_credited_is_no_longer_asked_for()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("CN", 10_000);
        await desk.Invoice("CN-I", "CN", 5000);
        var block = await desk.Order("CN-1", "CN", 9000);
        (await desk.Decide(block, "waitForPayment", new { invoices = new[] { "CN-I" }, until = "2026-03-20" })).Expect(200);
        (await desk.Server.Post("/credit-notes", new { number = "CN-C", customer = "CN", invoice = "CN-I", date = "2026-03-02", currency = "EUR", amount = 2000 })).Expect(200);
        Assert.Equal("inForce", await desk.DecisionStatus(block));
        await desk.Pay("CN-R", "CN", "CN-I", 1000);
        Assert.Equal("inForce", await desk.DecisionStatus(block));
        (await desk.Server.Post("/credit-notes", new { number = "CN-D", customer = "CN", invoice = "CN-I", date = "2026-03-02", currency = "EUR", amount = 2000 })).Expect(200);
        Assert.Equal(("fulfilled", "released 9000"), (await desk.DecisionStatus(block), await desk.State("CN-1")));
    }

    [Fact]
    public async Task A_guarantee_of_whoever_paid_before_meets_nothing_once_another_pays()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("GP", 10_000);
        await desk.Payer("GP-NEW", 10_000);
        var block = await desk.Order("GP-1", "GP", 12_000);
        (await desk.Decide(block, "requireGuarantee", new { kind = "bankGuarantee", amount = 2000, until = "2026-03-20" })).Expect(200);
        (await desk.Server.Put("/customers/GP", new { payer = "GP-NEW" })).Expect(200);
        (await desk.Server.Post("/guarantees", new
        {
            number = "GP-G", customer = "GP", kind = "bankGuarantee", issuer = "Bank", currency = "EUR", amount = 2000, validFrom = "2026-01-01", validTo = "2027-01-01",
        })).Expect(200);
        Assert.Equal("inForce", await desk.DecisionStatus(block));
        Assert.StartsWith("held", await desk.State("GP-1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_decision_only_what_has_not_come_yet_is_a_commitment()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("CM", 10_000);
        await desk.Invoice("CM-I", "CM", 5000);
        var block = await desk.Order("CM-1", "CM", 9000);
        var conditions = new object[] { new { kind = "invoicePaid", invoice = "CM-I" }, new { kind = "purchaseOrderReceived" } };
        (await desk.Decide(block, "releaseUnderCondition", new { conditions, until = "2026-03-20" })).Expect(200);
        async Task<string[]> Awaited() => [.. (await desk.Server.Get("/commitments?customer=CM")).Expect(200).Body.GetProperty("commitments").EnumerateArray()
            .Select(commitment => commitment.GetProperty("kind").GetString()!)];
        Assert.Equal(["invoicePaid", "purchaseOrderReceived"], await Awaited());
        await desk.Pay("CM-R", "CM", "CM-I", 5000);
        Assert.Equal(["purchaseOrderReceived"], await Awaited());
    }

    [Fact]
    public async Task A_purchase_order_that_is_to_come_is_no_exception_and_one_of_the_wrong_form_is()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("Y", 10_000);
        (await desk.Server.Put("/customers/Y", new { profile = new { purchaseOrderRequired = true, purchaseOrderPattern = "PO-[0-9]+" } })).Expect(200);
        var block = await desk.Order("Y-1", "Y", 9000);
        var conditions = new object[] { new { kind = "purchaseOrderReceived" } };
        (await desk.Decide(block, "releaseUnderCondition", new { conditions, until = "2026-03-20" }, CreditDesk.Cora)).Expect(200);
        await desk.Change("Y-1", "Y", 9000, purchaseOrder: "wrong");
        Assert.Equal("held purchase-order-malformed", await desk.State("Y-1"));
        await desk.Change("Y-1", "Y", 9000, purchaseOrder: "PO-7");
        Assert.Equal("released 9000", await desk.State("Y-1"));
    }

    [Fact]
    public async Task The_rule_that_releases_names_the_decision_and_the_journal_verifies()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var desk = new CreditDesk(server);
        await desk.Payer("J", 10_000);
        await desk.Invoice("J-I", "J", 5000);
        var block = await desk.Order("J-1", "J", 9000);
        var decided = (await desk.Decide(block, "waitForPayment", new { invoices = new[] { "J-I" }, until = "2026-03-20" })).Expect(200);
        await desk.Pay("J-R", "J", "J-I", 5000);
        var journal = (await server.Get("/journal?root=J")).Expect(200).Text;
        Assert.Contains("rule:decisions", journal, StringComparison.Ordinal);
        Assert.Contains($"decision {decided.Body.GetProperty("decision").GetProperty("id").GetString()}: all its conditions hold", journal, StringComparison.Ordinal);
        Assert.Equal("True", (await server.Get("/journal/verify")).Expect(200)["valid"]);
    }
}
