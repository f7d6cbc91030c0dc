using System.Text.Json;
using Aval.Checks.Rules;
using Aval.Policies.Rules;
using Aval.Tests.Cover;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Checks;

/// <summary>A finding that somebody has set aside, as the check sees it. The day is 31 March 2026.</summary>
public sealed class WaiverTests
{
    static readonly Finding Missing = new("discount-undocumented", Severity.Complete, OwnerFunction.Sales, "discountUndocumented", "C1", 100_00, Days: 5, Subject: "1");
    static readonly Waiver Ours = new("SO-1:1", "SO-1", "C1", Missing.Code, "C1", "1", 100_00, 5, "the manager has agreed", "key:cora", Situation.Today, null);

    [Fact]
    public void It_holds_no_more_while_it_is_the_same_and_again_when_it_grows_or_is_another() => Table.Check("""
        severity  level  subject  amount  days  on          until       | waived
        complete  C1     1        100        5  2026-03-31  -           | yes
        complete  C1     1        99         5  2026-03-31  -           | yes
        complete  C1     1        100.01     5  2026-03-31  -           | no
        complete  C1     1,2      100        5  2026-03-31  -           | no
        complete  C2     1        100        5  2026-03-31  -           | no
        complete  C1     1        100        8  2026-04-03  -           | yes
        complete  C1     1        100        9  2026-04-03  -           | no
        complete  C1     1        100        5  2026-04-03  2026-04-03  | yes
        complete  C1     1        100        5  2026-04-04  2026-04-03  | no
        refer     C1     1        100        5  2026-03-31  -           | no
        """, row =>
        {
            var now = Missing with
            {
                Severity = row.One<Severity>("severity"), Level = row["level"], Subject = row["subject"], Amount = (long)(row.Number("amount") * 100), Days = row.Integer("days"),
            };
            var seen = Waiver.Applied([now], [Ours with { Until = row.DateOrNone("until") }], row.Date("on"))[0];
            Assert.Equal((row.Flag("waived"), !row.Flag("waived")), (seen.Waived is not null, seen.Blocks));
        });

    [Fact]
    public void What_no_rule_can_switch_off_nobody_sets_aside()
    {
        var expired = new Finding("authorization-expired", Severity.Complete, OwnerFunction.CustomerService, null);
        Assert.Null(Waiver.Applied([expired], [Of(expired.Code, null)], Situation.Today)[0].Waived);
    }

    [Fact]
    public void An_order_passes_when_all_that_held_it_is_set_aside()
    {
        var incomplete = new Situation { Customer = Situation.C1 with { BillingAddress = null } };
        Assert.Equal(Triage.Complete, incomplete.Check().Triage);
        var waived = (incomplete with { Waivers = [Of("billing-address-incomplete", "C1")] }).Check();
        Assert.True(waived.Passes);
        Assert.Null(waived.Cause);
        Assert.Equal("key:cora", waived.One("billing-address-incomplete").Waived!.By);
    }

    static Waiver Of(string code, string? level) => new("SO-1:1", "SO-1", "C1", code, level, null, null, null, "collects it", "key:cora", Situation.Today, null);
}

public sealed class WaiversOnSqlite(SqliteServer fixture) : WaiversOverHttpTests(fixture), IClassFixture<SqliteServer>;

public sealed class WaiversOnPostgres(PostgresServer fixture) : WaiversOverHttpTests(fixture), IClassFixture<PostgresServer>;

/// <summary>Setting findings aside over HTTP. The business date is 2 March 2026.</summary>
public abstract class WaiversOverHttpTests(ServerFixture fixture)
{
    const string Service = "cora:customerService";

    [Fact]
    public async Task What_is_set_aside_stays_listed_with_who_and_why_and_the_order_goes()
    {
        var server = await Customer("WV1");
        var block = (await server.Post("/orders", Order("WV1-O", "WV1"))).Expect(200)["block"];
        var done = (await server.Post("/orders/WV1-O/waive", new { finding = "purchase-order-missing", reason = "comes by post" }, Service)).Expect(200);
        Assert.Equal(("released", "accept"), (done["status"], done["triage"]));
        var waived = Assert.Single(done.Body.GetProperty("findings").EnumerateArray(), finding => Text(finding, "code") == "purchase-order-missing").GetProperty("waived");
        Assert.Equal(("key:cora", "comes by post", "2026-03-02"), (Text(waived, "by"), Text(waived, "reason"), Text(waived, "at")));

        var record = (await server.Get($"/blocks/{block}")).Expect(200);
        Assert.Equal("closed", record["status"]);
        Assert.Equal("waiver of key:cora", Text(record.Body.GetProperty("findings")[0], "clearedBy"));
        var entries = (await server.Get("/journal?root=WV1")).Expect(200).Text;
        Assert.Contains("comes by post", entries, StringComparison.Ordinal);
        Assert.Contains("waiveFinding", entries, StringComparison.Ordinal);

        // A later check finds it set aside still, also once the customer has moved below a group.
        (await server.Put("/customers/WV1top", CoverOverHttpTests.Body(null))).Expect(200);
        (await server.Put("/customers/WV1", new { group = "WV1top" })).Expect(200);
        Assert.Equal("released", (await server.Post("/orders/WV1-O/pick-release", new { })).Expect(200)["status"]);
        Assert.Equal("True", (await server.Get("/journal/verify")).Expect(200)["valid"]);
    }

    [Fact]
    public async Task What_needs_a_decision_is_not_set_aside_and_everybody_answers_for_their_own()
    {
        var server = await Customer("WV2");
        (await server.Post("/orders", Order("WV2-O", "WV2", 20_000))).Expect(200);
        (await Waive("limit-exceeded", "ana:creditAnalyst")).Expect(409, "finding-not-waivable");
        (await Waive("purchase-order-missing", "ana:creditAnalyst")).Expect(403, "not-permitted");
        (await Waive("purchase-order-missing", "col:collector")).Expect(403, "not-permitted");
        (await Waive("buyer-reference-missing", Service)).Expect(404, "finding-unknown");
        (await server.Post("/orders/none/waive", new { finding = "overdue", reason = "?" })).Expect(404, "order-unknown");
        Assert.Equal("reason", (await server.Post("/orders/WV2-O/waive", new { finding = "overdue", reason = "" })).Expect(422, "field-invalid")["field"]);
        var over = await server.Post("/orders/WV2-O/waive", new { finding = "purchase-order-missing", reason = "?", until = "2026-03-01" }, Service);
        Assert.Equal("until", over.Expect(422, "field-invalid")["field"]);
        var left = (await Waive("purchase-order-missing", Service)).Expect(200);
        Assert.Equal(("held", "arbitrate"), (left["status"], left["triage"]));
        (await Waive("purchase-order-missing", Service)).Expect(404, "finding-unknown");

        Task<ServerReply> Waive(string finding, string by) => server.Post("/orders/WV2-O/waive", new { finding, reason = "agreed on the phone" }, by);
    }

    [Fact]
    public async Task What_comes_back_as_something_else_holds_again()
    {
        var server = await Customer("WV3");
        (await server.Post("/orders", Order("WV3-O", "WV3", 100, "12-345"))).Expect(200);
        var typed = await server.Post("/orders/WV3-O/waive", new { finding = "purchase-order-malformed", reason = "typed from the fax" }, Service);
        Assert.Equal("released", typed.Expect(200)["status"]);
        Assert.Equal("held", (await server.Put("/orders/WV3-O", Order("WV3-O", "WV3", 200, "99-999"))).Expect(200)["status"]);
        Assert.Equal("released", (await server.Put("/orders/WV3-O", Order("WV3-O", "WV3", 200, "12-345"))).Expect(200)["status"]);
    }

    static string? Text(JsonElement json, string field) => json.GetProperty(field).GetString();

    static object Order(string number, string customer, decimal worth = 100, string? purchaseOrder = null) => new
    {
        number, customer, currency = "EUR", orderDate = "2026-03-01", purchaseOrder,
        lines = new[] { new { line = 1, item = "A", quantity = 1, unitPrice = worth, taxRate = 0 } },
    };

    async Task<RunningServer> Customer(string number)
    {
        var server = await fixture.StartedAsync();
        (await server.Put($"/customers/{number}", CoverOverHttpTests.Body(null))).Expect(200);
        (await server.Put($"/customers/{number}", new { profile = new { purchaseOrderRequired = true, purchaseOrderPattern = "PO-[0-9]+" } })).Expect(200);
        (await server.Post("/limits", CoverOverHttpTests.Limit(number, 10_000))).Expect(200);
        return server;
    }
}
