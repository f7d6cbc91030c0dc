using System.Globalization;
using System.Text.Json;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Decisions;

public sealed class DecisionKindsOnSqlite(SqliteServer fixture) : DecisionKindTests(fixture, null), IClassFixture<SqliteServer>;

public sealed class DecisionKindsOnPostgres(PostgresServer fixture, PostgresCluster cluster) : DecisionKindTests(fixture, cluster), IClassFixture<PostgresServer>;

/// <summary>What each kind of decision does to the block, the order and its claim. The limit is 10,000 and the order too large for it unless said otherwise.</summary>
public abstract class DecisionKindTests(ServerFixture fixture, PostgresCluster? cluster)
{
    [Fact]
    public async Task Each_kind_leaves_the_order_and_the_block_as_its_row_says()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        var failures = new List<string>();
        foreach (var row in Table.Rows("""
            number  decision          order   parameters                                                            | status  claim   block   effect
            K01     release           12000   {}                                                                    | released  12000   closed  true
            K02     release           12000   {'until':'2026-03-09'}                                                | released  12000   closed  true
            K03     releasePartially  12000   {'amount':4000}                                                       | released  4000    open    true
            K04     releasePartially  12000   {'lines':[{'line':1,'quantity':3}]}                                   | released  3000    open    true
            K05     reduceOrder       12000   {'amount':9500}                                                       | released  9000    closed  true
            K06     reduceOrder       12000   {'lines':[{'line':1,'quantity':10}]}                                  | released  10000   closed  true
            K07     reduceOrder       12000   {'amount':11000}                                                      | held      -       open    false
            K08     temporaryLimit    12000   {'amount':12000,'until':'2026-03-20'}                                 | released  12000   closed  true
            K09     temporaryLimit    12000   {'amount':11000,'until':'2026-03-20'}                                 | held      -       open    false
            K10     correctLimit      12000   {'amount':15000}                                                      | released  12000   closed  true
            K11     reviseTerms       9000    {'paymentTerms':'NET30'}                                              | released  9000    closed  true
            K12     escalate          12000   {'to':'leadership','question':'may_we?','until':'2026-03-05'}         | held      -       open    false
            K13     maintainBlock     12000   {'until':'2026-03-05','mustHappen':'they_answer'}                     | held      -       open    false
            K14     reviewDisputes    12000   {'disputes':['D-1'],'owner':'quality','until':'2026-03-05'}           | held      -       open    false
            K15     reject            12000   {}                                                                    | cancelled -       closed  false
            K16     requestDeposit    12000   {'percent':50,'until':'2026-03-20'}                                   | held      -       open    false
            K17     prepayment        12000   {'amount':12000,'until':'2026-03-20'}                                 | held      -       open    false
            K18     waitForPayment    12000   {'amount':500,'until':'2026-03-20'}                                   | held      -       open    false
            K19     requireGuarantee  12000   {'kind':'bankGuarantee','amount':2000,'until':'2026-03-20'}           | held      -       open    false
            K20     stagedInvoicing   12000   {'stages':[{'date':'2026-03-02','amount':7000},{'date':'2026-03-02','amount':5000}]} | released 7000 open true
            K21     stagedInvoicing   12000   {'stages':[{'date':'2026-03-09','amount':7000},{'date':'2026-03-09','amount':5000}]} | held - open false
            K22     releaseUnderCondition 12000 {'until':'2026-03-20','conditions':[{'kind':'amountCap','amount':10000}]} | held      -       open    false
            """))
            try
            {
                await Case(desk, row);
            }
            catch (Exception failure)
            {
                failures.Add($"{row.Text}\n{failure.Message}");
            }

        if (failures.Count > 0) Assert.Fail(string.Join("\n\n", failures));
    }

    static async Task Case(CreditDesk desk, Row row)
    {
        var number = row["number"];
        await desk.Payer(number, 10_000);
        if (row["decision"] == "waitForPayment") await desk.Invoice(number + "-I", number, 1500);
        var worth = decimal.Parse(row["order"], null);
        if (row["decision"] == "reviseTerms")
        {
            (await desk.Server.Post("/orders", new
            {
                number = number + "-O", customer = number, currency = "EUR", orderDate = "2026-03-02", paymentTerms = "NET90",
                lines = new[] { new { line = 1, item = "A", quantity = 9, unitPrice = 1000, taxRate = 0 } },
            })).Expect(200);
        }
        else
        {
            await desk.Order(number + "-O", number, worth, units: 12);
        }

        if (row["decision"] == "reviewDisputes")
        {
            await desk.Invoice(number + "-I", number, 10);
            (await desk.Dispute("D-1", number + "-I", 10)).Expect(200);
        }

        var block = (await desk.Get(number + "-O"))["block"]!;
        var reply = (await desk.Decide(block, row["decision"], JsonSerializer.Deserialize<JsonElement>(row["parameters"].Replace('\'', '"')))).Expect(200);
        var order = (await desk.Get(number + "-O")).Body;
        var claim = order.GetProperty("authorization") is { ValueKind: JsonValueKind.Object } claimed ? $"{claimed.GetProperty("amount").GetDecimal():0}" : "";
        var after = (await desk.Server.Get($"/blocks/{block}")).Expect(200);
        var ships = reply.Body.GetProperty("effect").GetProperty("mayShip").GetBoolean() ? "true" : "false";
        Assert.Equal(
            (row["status"], row["claim"].Trim('-'), row["block"], row["effect"]),
            (reply["status"], claim, after["status"], ships));
        Assert.Equal(order.GetProperty("status").GetString(), reply["status"]);
        Assert.Equal(row["decision"], after.Body.GetProperty("decisions")[0].GetProperty("decision").GetString());
        if (row["number"] == "K02") Assert.Equal("2026-03-09", order.GetProperty("authorization").GetProperty("expires").GetString());
    }

    [Fact]
    public async Task Disputes_that_are_to_be_reviewed_have_the_owner_and_the_day_that_were_decided()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("RD", 10_000);
        await desk.Invoice("RD-I", "RD", 2000);
        (await desk.Dispute("RD-D", "RD-I", 500, owner: "sales")).Expect(200);
        var block = await desk.Order("RD-1", "RD", 12_000);
        (await desk.Decide(block, "reviewDisputes", new { disputes = new[] { "RD-D" }, owner = "quality", until = "2026-03-03" })).Expect(200);
        var dispute = (await desk.Server.Get("/disputes/RD-D")).Expect(200);
        Assert.Equal("quality", dispute["owner"]);
        Assert.Equal("2026-03-03", dispute.Body.GetProperty("clock").GetProperty("dueOn").GetString());
        Assert.Equal("quality", (await desk.Server.Get($"/blocks/{block}"))["owner"]);
        (await desk.Server.Patch("/disputes/RD-D", new { status = "closed" })).Expect(200);
        var ended = await desk.Decide(block, "reviewDisputes", new { disputes = new[] { "RD-D" }, owner = "quality", until = "2026-03-03" });
        Assert.Equal("disputes[0]", ended.Expect(422, "field-invalid")["field"]);
    }

    [Fact]
    public async Task A_guarantee_that_is_required_is_met_by_its_kind_alone()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("GK", 10_000);
        var block = await desk.Order("GK-O", "GK", 12_000);
        (await desk.Decide(block, "requireGuarantee", new { kind = "zzz", amount = 2000, until = "2026-03-20" })).Expect(422, "field-invalid");
        (await desk.Decide(block, "requireGuarantee", new { kind = "bankGuarantee", amount = 2000, until = "2026-03-20" })).Expect(200);
        async Task Secure(string number, string kind) => (await desk.Server.Post("/guarantees", new
        {
            number, customer = "GK", kind, amount = 2000, currency = "EUR", validFrom = "2026-01-01", validTo = "2026-12-31",
        })).Expect(200);
        await Secure("GK-1", "parentGuarantee");
        Assert.Equal("inForce", await desk.DecisionStatus(block));
        Assert.Equal("bankGuarantee", (await desk.Decision(block)).GetProperty("conditions")[0].GetProperty("guarantee").GetString());
        await Secure("GK-2", "bankGuarantee");
        Assert.Equal(("fulfilled", "released 12000"), (await desk.DecisionStatus(block), await desk.State("GK-O")));
    }

    [Fact]
    public async Task While_a_decision_has_a_day_of_its_own_its_block_has_no_deadline_beside_it()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("DU", 10_000);
        var block = await desk.Order("DU-O", "DU", 12_000, units: 12);
        var stages = new[] { new { date = "2026-03-02", amount = 7000 }, new { date = "2026-03-09", amount = 5000 } };
        (await desk.Decide(block, "stagedInvoicing", new { stages })).Expect(200);
        var told = (await desk.Server.Get($"/blocks/{block}")).Expect(200);
        Assert.Equal(("open", "", ""), (told["status"], told["dueAt"], told["dueOn"]));
    }

    [Fact]
    public async Task A_part_by_lines_is_these_lines_and_quantities_and_no_others()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("PL", 1_000);
        var block = (await desk.Server.Post("/orders", new
        {
            number = "PL-O", customer = "PL", currency = "EUR", orderDate = "2026-03-02", shipDate = "2026-03-02",
            lines = new[] { 1, 2 }.Select(line => new { line, item = "A", quantity = 5, unitPrice = 300, taxRate = 0 }),
        })).Expect(200)["block"]!;
        object Of(int line, int quantity) => new { line, quantity };
        async Task<string> Deliver(int line, int quantity) => string.Join(' ', (await desk.Server.Post(
            "/orders/PL-O/deliveries", new { date = "2026-03-02", lines = new[] { Of(line, quantity) } })).Expect(200).Body.GetProperty("incidents").EnumerateArray());
        static string Lines(JsonElement of) =>
            string.Join(' ', of.GetProperty("lines").EnumerateArray().Select(line => $"{line.GetProperty("line")}x{line.GetProperty("quantity").GetDecimal():0}"));
        (await desk.Decide(block, "releasePartially", new { amount = 5, lines = new[] { Of(1, 3) } })).Expect(422, "field-invalid");
        var decided = (await desk.Decide(block, "releasePartially", new { lines = new[] { Of(1, 3) } })).Expect(200);
        Assert.Equal(("1x3", "released 900 limit-exceeded"), (Lines(decided.Body.GetProperty("effect")), await desk.State("PL-O")));

        Assert.Equal("1x3", Lines((await desk.Server.Post("/orders/PL-O/pick-release", new { })).Expect(200).Body.GetProperty("authorization")));
        Assert.Equal("delivered-while-held", await Deliver(2, 1));
        // What left of another line takes nothing from what was released.
        Assert.Equal(("900.00", "300.00"), await Buckets(desk, "PL"));
        Assert.Equal("", await Deliver(1, 2));
        Assert.Equal("1x1", Lines((await desk.Get("PL-O")).Body.GetProperty("authorization")));
        Assert.Equal("", await Deliver(1, 1));
        Assert.Equal("delivered-while-held", await Deliver(1, 1));
    }

    [Fact]
    public async Task A_part_goes_and_a_later_release_lets_the_rest_go()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("P1", 10_000);
        var block = await desk.Order("P1-O", "P1", 12_000, units: 12);
        (await desk.Decide(block, "releasePartially", new { amount = 4000 }, CreditDesk.Ana)).Expect(200);
        Assert.Equal("released 4000 limit-exceeded", await desk.State("P1-O"));
        Assert.Equal("4000.00", (await desk.Server.Get("/customers/P1/exposure"))["openOrders"]);
        await desk.Deliver("P1-O", 3);
        Assert.Equal(("1000.00", "3000.00"), await Buckets(desk, "P1"));
        var late = (await desk.Server.Post("/orders/P1-O/deliveries", new { date = "2026-03-02", lines = new[] { new { line = 1, quantity = 2 } } })).Expect(200);
        Assert.Equal("delivered-while-held", late.Body.GetProperty("incidents")[0].GetString());
        (await desk.Decide(block, "release")).Expect(200);
        Assert.Equal("released 7000", await desk.State("P1-O"));
        Assert.Equal(("replaced", "fulfilled"), (await desk.DecisionStatus(block), await desk.DecisionStatus(block, 1)));
    }

    [Fact]
    public async Task A_later_check_proposes_the_rest_of_a_part_and_another_decision_releases_it()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("P2", 10_000);
        await desk.Invoice("P2-I", "P2", 5000);
        var block = await desk.Order("P2-O", "P2", 9000, units: 9);
        (await desk.Decide(block, "releasePartially", new { amount = 4000 }, CreditDesk.Ana)).Expect(200);
        await desk.Pay("P2-R", "P2", "P2-I", 5000);
        Assert.Equal("released 4000", await desk.State("P2-O"));
        (await desk.Server.Post("/orders/P2-O/pick-release", new { })).Expect(200);
        Assert.Equal("released 4000", await desk.State("P2-O"));
        Assert.Equal("True", (await desk.Server.Get($"/blocks/{block}"))["wouldPass"]);
        (await desk.Decide(block, "release", by: CreditDesk.Ana)).Expect(200);
        Assert.Equal("released 9000", await desk.State("P2-O"));
        Assert.Equal("replaced", await desk.DecisionStatus(block));
    }

    [Fact]
    public async Task Stages_go_one_after_the_other_as_each_is_paid()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("S1", 5000);
        var block = await desk.Order("S1-O", "S1", 12_000, units: 12);
        var stages = new[] { new { date = "2026-03-02", amount = 5000 }, new { date = "2026-03-02", amount = 5000 }, new { date = "2026-03-02", amount = 2000 } };
        (await desk.Decide(block, "stagedInvoicing", new { stages }, CreditDesk.Ana)).Expect(200);
        Assert.Equal("released 5000 limit-exceeded", await desk.State("S1-O"));
        await desk.Deliver("S1-O", 5);
        await desk.Invoice("S1-1", "S1", 5000, order: "S1-O");
        Assert.Equal("released 5000 limit-exceeded", await desk.State("S1-O"));
        await desk.Pay("S1-R1", "S1", "S1-1", 4999);
        Assert.Equal("released 5000 limit-exceeded", await desk.State("S1-O"));
        await desk.Pay("S1-R2", "S1", "S1-1", 1);
        Assert.Equal("released 5000 limit-exceeded", await desk.State("S1-O"));
        Assert.Equal(2, (await desk.Decision(block)).GetProperty("stagesReleased").GetInt32());
        await desk.Deliver("S1-O", 5);
        await desk.Invoice("S1-2", "S1", 5000, order: "S1-O");
        await desk.Pay("S1-R3", "S1", "S1-2", 5000);
        Assert.Equal("released 2000", await desk.State("S1-O"));
        Assert.Equal("fulfilled", await desk.DecisionStatus(block));
    }

    [Fact]
    public async Task What_is_escalated_or_maintained_comes_back_on_the_day_after_its_date_and_is_not_released()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var desk = new CreditDesk(server);
        await desk.Payer("E", 10_000);
        var asked = await desk.Order("E-1", "E", 12_000);
        var kept = await desk.Order("E-2", "E", 13_000);
        (await desk.Decide(asked, "escalate", new { to = "creditManager", question = "may we?", until = "2026-03-05" }, CreditDesk.Ana)).Expect(200);
        (await desk.Decide(kept, "maintainBlock", new { until = "2026-03-05", mustHappen = "they answer" }, CreditDesk.Ana)).Expect(200);
        Assert.Equal(("creditManager", ""), await OwnerAndDue(desk, asked, due: false));
        Assert.Equal(("credit", ""), await OwnerAndDue(desk, kept));
        await desk.Limit("E", 50_000);
        Assert.StartsWith("held", await desk.State("E-2"), StringComparison.Ordinal);
        await desk.Limit("E", 10_000);
        await desk.Clock("2026-03-06");
        Assert.Equal(("lapsed", "lapsed"), (await desk.DecisionStatus(asked), await desk.DecisionStatus(kept)));
        Assert.Equal("leadership", (await server.Get($"/blocks/{asked}"))["owner"]);
        Assert.Equal("credit", (await server.Get($"/blocks/{kept}"))["owner"]);
        Assert.Equal("held limit-exceeded", await desk.State("E-2"));
    }

    [Fact]
    public async Task A_block_that_nobody_decides_in_its_time_goes_up_the_path()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var desk = new CreditDesk(server);
        await desk.Payer("C", 10_000);
        var block = await desk.Order("C-1", "C", 12_000);
        Assert.Equal("credit", (await server.Get($"/blocks/{block}"))["owner"]);
        Assert.Single((await server.Get("/blocks?owner=credit&due=2026-03-04")).Body.GetProperty("blocks").EnumerateArray());
        Assert.Empty((await server.Get("/blocks?owner=leadership")).Body.GetProperty("blocks").EnumerateArray());
        await desk.Clock("2026-03-30");
        Assert.Equal(("leadership", ""), await OwnerAndDue(desk, block));
        Assert.Equal("held limit-exceeded", await desk.State("C-1"));
        // Nobody is left above: it is late until somebody decides, and not hidden among what waits.
        var late = (await server.Get("/work?owner=leadership&late=true")).Expect(200).Body.GetProperty("work").EnumerateArray().ToList();
        var item = late.Single(item => item.GetProperty("id").GetString() == block);
        Assert.Equal("late", item.GetProperty("clock").GetString());
        Assert.NotNull(item.GetProperty("dueAt").GetString());
        (await desk.Decide(block, "waitForPayment", new { until = "2026-04-20", amount = 2_000 })).Expect(200);
        Assert.Equal("waits", (await server.Get($"/work/{block}")).Expect(200)["clock"]);
    }

    [Fact]
    public async Task The_policys_own_path_says_who_has_it_next()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var desk = new CreditDesk(server);
        var escalation = new[] { new { afterHours = 2, to = "creditAnalyst" }, new { afterHours = 80, to = "creditManager" } };
        (await server.Put("/policies/draft", new { basedOn = "standard", escalation }, CreditDesk.Mia)).Expect(200);
        (await server.Post("/policies/draft/activate", new { reason = "our own path" }, CreditDesk.Lea)).Expect(200);
        await desk.Payer("EP", 10_000);
        var block = await desk.Order("EP-1", "EP", 12_000);
        var (_, due) = await OwnerAndDue(desk, block);
        await desk.Clock(DayAfter(due!));
        var (owner, next) = await OwnerAndDue(desk, block);
        // Ten working days from the opening on.
        Assert.Equal(("creditAnalyst", true), (owner, string.CompareOrdinal(next, "2026-03-13") >= 0));
        await desk.Clock(DayAfter(next!));
        Assert.Equal("creditManager", (await OwnerAndDue(desk, block)).Item1);
        await desk.Clock("2026-06-30");
        Assert.Equal("creditManager", (await OwnerAndDue(desk, block)).Item1);
        Assert.Equal("held limit-exceeded", await desk.State("EP-1"));
    }

    static string DayAfter(string day) => DateOnly.Parse(day, CultureInfo.InvariantCulture).AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static async Task<(string?, string?)> OwnerAndDue(CreditDesk desk, string block, bool due = true)
    {
        var reply = (await desk.Server.Get($"/blocks/{block}")).Expect(200);
        return (reply["owner"], due ? reply["dueOn"] : "");
    }

    static async Task<(string?, string?)> Buckets(CreditDesk desk, string customer)
    {
        var exposure = await desk.Server.Get($"/customers/{customer}/exposure");
        return (exposure["openOrders"], exposure["unbilled"]);
    }
}
