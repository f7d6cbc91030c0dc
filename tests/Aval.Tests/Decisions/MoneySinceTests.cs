using System.Text.Json;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Decisions;

public sealed class MoneySinceOnSqlite(SqliteServer fixture) : MoneySinceTests(fixture), IClassFixture<SqliteServer>;

public sealed class MoneySinceOnPostgres(PostgresServer fixture) : MoneySinceTests(fixture), IClassFixture<PostgresServer>;

/// <summary>What a decision waits for is the money that comes after it: neither what was there, nor a debt that went another way.</summary>
public abstract class MoneySinceTests(ServerFixture fixture)
{
    [Fact]
    public async Task A_deposit_that_was_there_does_not_count_to_the_one_that_is_asked_for()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("D", 0);
        var block = await desk.Order("D-O", "D", 10_000);
        await desk.Deposit("D-R1", "D", "D-O", 4000);
        (await desk.Decide(block, "prepayment", new { amount = 6000, until = "2026-03-20" })).Expect(200);
        await desk.Deposit("D-R2", "D", "D-O", 2000);
        Assert.Equal(("held limit-exceeded", "inForce"), (await desk.State("D-O"), await desk.DecisionStatus(block)));
        await desk.Deposit("D-R3", "D", "D-O", 4000);
        Assert.Equal("fulfilled", await desk.DecisionStatus(block));
        Assert.StartsWith("released", await desk.State("D-O"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deposit_counts_in_full_though_an_older_invoice_of_the_order_takes_a_part_of_it()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("E", 10_000);
        var block = await desk.Order("E-O", "E", 15_000, units: 15);
        (await desk.Decide(block, "releasePartially", new { amount = 5000 })).Expect(200);
        await desk.Deliver("E-O", 5);
        await desk.Invoice("E-1", "E", 5000, order: "E-O");
        (await desk.Decide(block, "requestDeposit", new { amount = 10_000, until = "2026-03-20" })).Expect(200);
        await desk.Deposit("E-R", "E", "E-O", 10_000);
        Assert.Equal("fulfilled", await desk.DecisionStatus(block, 1));
        Assert.Equal("released 10000", await desk.State("E-O"));
    }

    [Fact]
    public async Task Neither_a_credit_note_pays_a_sum_nor_does_a_new_invoice_hide_what_was_paid()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        foreach (var payer in new[] { "N", "O" })
        {
            await desk.Payer(payer, 10_000);
            await desk.Invoice(payer + "-I", payer, 5000);
        }

        var credited = await desk.Order("N-O", "N", 8000);
        var paid = await desk.Order("O-O", "O", 8000);
        foreach (var block in new[] { credited, paid }) (await desk.Decide(block, "waitForPayment", new { amount = 3000, until = "2026-03-20" })).Expect(200);
        (await desk.Server.Post("/credit-notes", new { number = "N-C", customer = "N", invoice = "N-I", date = "2026-03-02", currency = "EUR", amount = 3000 })).Expect(200);
        Assert.Equal("inForce", await desk.DecisionStatus(credited));
        await desk.Invoice("O-J", "O", 500);
        await desk.Pay("O-R", "O", "O-I", 3000);
        Assert.Equal("fulfilled", await desk.DecisionStatus(paid));
    }

    [Fact]
    public async Task No_stage_goes_because_the_one_before_was_written_off_or_credited()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        foreach (var (payer, path, body) in new (string, string, object)[]
        {
            ("W", "/write-offs", new { number = "W-W", invoice = "W-1", date = "2026-03-02", amount = 6000, reason = "lost" }),
            ("C", "/credit-notes", new { number = "C-C", customer = "C", invoice = "C-1", date = "2026-03-02", currency = "EUR", amount = 6000 }),
        })
        {
            await desk.Payer(payer, 10_000);
            var block = await desk.Order(payer + "-O", payer, 12_000, units: 12);
            (await desk.Decide(block, "stagedInvoicing", new
            {
                stages = new[] { new { date = "2026-03-02", amount = 6000 }, new { date = "2026-03-02", amount = 6000 } },
            })).Expect(200);
            await desk.Deliver(payer + "-O", 6);
            await desk.Invoice(payer + "-1", payer, 6000, order: payer + "-O");
            (await desk.Server.Post(path, body)).Expect(200);
            Assert.Equal((payer, 1), (payer, (await desk.Decision(block)).GetProperty("stagesReleased").GetInt32()));
        }
    }

    [Fact]
    public async Task The_stages_of_an_option_hold_whole_units_and_all_of_them_go_and_each_is_a_commitment()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("U", 6_000);
        var block = await desk.Order("U-O", "U", 12_000, units: 3);
        var options = (await desk.Server.Get("/orders/U-O")).Expect(200).Body.GetProperty("options").EnumerateArray().ToList();
        var staged = options.FindIndex(option => option.GetProperty("action").GetString() == "stagedInvoicing");
        Assert.Equal([4000m, 4000m, 4000m], options[staged].GetProperty("stages").EnumerateArray().Select(stage => stage.GetProperty("amount").GetDecimal()));
        var stages = Enumerable.Repeat(new { date = "2026-03-02", amount = 4000 }, 3).ToArray();
        (await desk.Decide(block, "stagedInvoicing", new { stages })).Expect(200);
        for (var unit = 1; unit <= 3; unit++)
        {
            var commitments = (await desk.Server.Get("/commitments?customer=U")).Expect(200).Body.GetProperty("commitments").EnumerateArray().ToList();
            Assert.Equal(unit < 3 ? 1 : 0, commitments.Count);
            if (unit < 3) Assert.Equal(4000m, commitments[0].GetProperty("amount").GetDecimal());
            await desk.Deliver("U-O", 1);
            await desk.Invoice($"U-{unit}", "U", 4000, order: "U-O");
            await desk.Pay($"U-R{unit}", "U", $"U-{unit}", 4000);
        }

        Assert.Equal("fulfilled", await desk.DecisionStatus(block));
    }

    [Fact]
    public async Task Stages_that_do_not_end_between_units_go_on_once_no_further_unit_fits()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("V", 6_000);
        var block = await desk.Order("V-O", "V", 12_000, units: 3);
        (await desk.Decide(block, "stagedInvoicing", new
            {
                stages = new[] { new { date = "2026-03-02", amount = 6000 }, new { date = "2026-03-02", amount = 6000 } },
            })).Expect(200);
        await desk.Deliver("V-O", 1);
        await desk.Invoice("V-1", "V", 4000, order: "V-O");
        Assert.Equal(1, (await desk.Decision(block)).GetProperty("stagesReleased").GetInt32());
        await desk.Pay("V-R", "V", "V-1", 4000);
        Assert.Equal(2, (await desk.Decision(block)).GetProperty("stagesReleased").GetInt32());
    }

    [Fact]
    public async Task A_release_under_what_holds_already_or_a_day_alone_is_exceptional()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        var failures = new List<string>();
        foreach (var row in Table.Rows("""
            payer  conditions                                                                        | exceptional
            X1     [{'kind':'validUntil','date':'2026-03-20'}]                                       | True
            X2     [{'kind':'disputesQualified','olderThan':0}]                                      | True
            X3     [{'kind':'amountCap','amount':12000}]                                             | True
            X4     [{'kind':'validUntil','date':'2026-03-20'},{'kind':'purchaseOrderReceived'}]      | False
            X5     [{'kind':'disputesQualified','olderThan':0},{'kind':'depositReceived','amount':1}] | False
            """))
        {
            await desk.Payer(row["payer"], 10_000);
            var block = await desk.Order(row["payer"] + "-O", row["payer"], 12_000);
            var conditions = JsonSerializer.Deserialize<JsonElement>(row["conditions"].Replace('\'', '"'));
            var decided = (await desk.Decide(block, "releaseUnderCondition", new { conditions, until = "2026-03-20" })).Expect(200);
            var counted = (await desk.Server.Get($"/customers/{row["payer"]}/exceptional-releases")).Expect(200)["inWindow"];
            var said = decided.Body.GetProperty("decision").GetProperty("exceptional").ToString();
            if (said != row["exceptional"] || counted != (said == "True" ? "1" : "0")) failures.Add($"{row.Text}: {said}, counted {counted}");
        }

        Assert.Empty(failures);
    }
}
