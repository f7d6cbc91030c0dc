using System.Text.Json;
using Aval.Access;
using Aval.Blocks;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Decisions;

public sealed class WhoMayDecideOnSqlite(SqliteServer fixture) : WhoMayDecideTests(fixture), IClassFixture<SqliteServer>;

public sealed class WhoMayDecideOnPostgres(PostgresServer fixture) : WhoMayDecideTests(fixture), IClassFixture<PostgresServer>;

/// <summary>Rights, authority, and how decisions are refused. The limit is 10,000.</summary>
public abstract class WhoMayDecideTests(ServerFixture fixture)
{
    [Fact]
    public async Task Only_who_has_the_right_decides_and_confirms()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("T", 10_000);
        foreach (var role in Roles.All)
        {
            var block = await desk.Order("T-" + role, "T", 12_000);
            var may = DecisionPermissions.DecideBlocks.Roles.Contains(role);
            var held = await desk.Decide(block, "maintainBlock", new { until = "2026-03-20", mustHappen = "they answer" }, $"r{role}:{role}");
            Assert.Equal((role, may ? 200 : 403, may ? null : "not-permitted"), (role, held.Status, held.Code));
            var confirmed = await desk.Server.Post($"/blocks/{block}/decisions/none/confirm", new { }, $"r{role}:{role}");
            Assert.Equal((role, may ? "decision-unknown" : "not-permitted"), (role, confirmed.Code));
        }
    }

    [Fact]
    public async Task What_somebody_has_decided_is_replaced_only_within_the_authority_for_the_whole_order_or_by_themselves()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("ST", 10_000);
        await desk.Invoice("ST-I", "ST", 5_000);
        var block = await desk.Order("ST-1", "ST", 20_000);
        var maintain = new { until = "2026-03-20", mustHappen = "they answer" };
        (await desk.Decide(block, "maintainBlock", maintain)).Expect(200);
        var refused = (await desk.Decide(block, "requestDeposit", new { amount = 20_000, until = "2026-03-20" }, CreditDesk.Cora)).Expect(403, "decision-stands");
        Assert.Contains("mia decided maintainBlock", refused["detail"], StringComparison.Ordinal);
        (await desk.Decide(block, "maintainBlock", maintain, CreditDesk.Ana)).Expect(403, "decision-stands");
        Assert.Equal("inForce", await desk.DecisionStatus(block));
        (await desk.Decide(block, "maintainBlock", maintain, CreditDesk.Max)).Expect(200);
        (await desk.Decide(block, "requestDeposit", new { amount = 20_000, until = "2026-03-20" }, CreditDesk.Max)).Expect(200);
        var small = await desk.Order("ST-2", "ST", 9_000);
        (await desk.Decide(small, "maintainBlock", maintain, CreditDesk.Cora)).Expect(200);
        (await desk.Decide(small, "maintainBlock", new { until = "2026-03-21", mustHappen = "they write" }, CreditDesk.Cora)).Expect(200);
    }

    [Fact]
    public async Task Of_two_that_stand_ones_own_opens_no_way_past_the_other()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("TW", 150_000);
        var maintain = new { until = "2026-03-20", mustHappen = "they answer" };
        // Their ids are hashes: of several pairs one's own comes last in some.
        for (var at = 1; at <= 6; at++)
        {
            var block = await desk.Order($"TW-{at}", "TW", 160_000);
            (await desk.Decide(block, "maintainBlock", maintain, CreditDesk.Ana)).Expect(200);
            (await desk.Decide(block, "release")).Expect(200);
            var refused = (await desk.Decide(block, "maintainBlock", maintain, CreditDesk.Ana)).Expect(403, "decision-stands");
            Assert.Contains("mia decided release", refused["detail"], StringComparison.Ordinal);
            Assert.Equal(("inForce", "awaitingConfirmation"), (await desk.DecisionStatus(block), await desk.DecisionStatus(block, 1)));
        }
    }

    [Fact]
    public async Task Who_comes_too_late_is_told_what_was_decided_though_it_is_done()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("TL", 10_000);
        var block = await desk.Order("TL-1", "TL", 20_000);
        var seen = await desk.VersionOf(block);
        (await desk.Decide(block, "temporaryLimit", new { amount = 12_000, until = "2026-03-20" })).Expect(200);
        Assert.Equal("fulfilled", await desk.DecisionStatus(block));
        var stale = (await Seen(desk, block, seen!, CreditDesk.Max)).Expect(412, "version-stale");
        Assert.Contains("mia decided temporaryLimit on 2026-03-02; holding it now: limit-exceeded", stale["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_only_waits_comes_up_again_within_ninety_days()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("UF", 10_000);
        await desk.Invoice("UF-I", "UF", 5_000);
        (await desk.Dispute("UF-D", "UF-I", 1_000)).Expect(200);
        var block = await desk.Order("UF-1", "UF", 12_000);
        foreach (var (decision, more) in new (string, Func<string, object>)[]
        {
            ("maintainBlock", until => new { until, mustHappen = "they answer" }), ("waitForPayment", until => new { until, invoices = new[] { "UF-I" } }),
            ("reviewDisputes", until => new { until, disputes = new[] { "UF-D" }, owner = "quality" }),
            ("escalate", until => new { until, to = "credit", question = "may we?" }), ("requestDeposit", until => new { until, amount = 10_000 }),
            ("prepayment", until => new { until, percent = 100 }), ("requireGuarantee", until => new { until, kind = "bankGuarantee", amount = 10_000 }),
            ("releaseUnderCondition", until => new { until, conditions = new[] { new { kind = "amountCap", amount = 5_000 } } }),
            ("releasePartially", until => new { until, amount = 1_000 }),
        })
        {
            Assert.Equal("until", (await desk.Decide(block, decision, more("2026-06-01"), CreditDesk.Lea)).Expect(422, "until-too-far")["field"]);
            (await desk.Decide(block, decision, more("2026-05-31"), CreditDesk.Lea)).Expect(200);
        }

        var stages = new[] { new { date = "2026-06-01", amount = 12_000 } };
        Assert.Equal("stages[0].date", (await desk.Decide(block, "stagedInvoicing", new { stages }, CreditDesk.Lea)).Expect(422, "until-too-far")["field"]);
    }

    [Fact]
    public async Task The_right_is_enough_where_the_check_passes_under_the_decision()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("U", 10_000);
        await desk.Invoice("U-I", "U", 5000);
        var block = await desk.Order("U-1", "U", 9000, units: 9, by: "olga:orderManager");
        (await desk.Decide(block, "release", by: CreditDesk.Cora)).Expect(403, "authority-exceeded");
        (await desk.Decide(block, "release", by: null)).Expect(403, "authority-exceeded");
        (await desk.Decide(block, "releasePartially", new { amount = 5001 }, CreditDesk.Cora)).Expect(403, "authority-exceeded");
        var growing = new[] { new { date = "2026-03-02", amount = 1000 }, new { date = "2026-03-02", amount = 8000 } };
        (await desk.Decide(block, "stagedInvoicing", new { stages = growing }, CreditDesk.Cora)).Expect(403, "authority-exceeded");
        (await desk.Decide(block, "requestDeposit", new { amount = 3999, until = "2026-03-20" }, CreditDesk.Cora)).Expect(403, "authority-exceeded");
        (await desk.Decide(block, "requestDeposit", new { amount = 4000, until = "2026-03-20" }, CreditDesk.Cora)).Expect(200);
        (await desk.Decide(block, "waitForPayment", new { invoices = new[] { "U-I" }, until = "2026-03-20" }, CreditDesk.Cora)).Expect(200);
        (await desk.Decide(block, "releasePartially", new { amount = 5000 }, CreditDesk.Cora)).Expect(200);
        var wide = (await desk.Decide(block, "release", by: "two:customerService+creditManager")).Expect(200);
        Assert.True(wide.Body.GetProperty("decision").GetProperty("exceptional").GetBoolean());
    }

    [Fact]
    public async Task A_limit_made_by_a_decision_needs_authority_for_its_amount()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("V", 10_000);
        var block = await desk.Order("V-1", "V", 12_000);
        (await desk.Decide(block, "correctLimit", new { amount = 12_001 }, CreditDesk.Ana)).Expect(403, "authority-exceeded");
        (await desk.Decide(block, "temporaryLimit", new { amount = 300_000, until = "2026-03-20" })).Expect(403, "authority-exceeded");
        Assert.Equal("secondPerson", (await desk.Decide(block, "correctLimit", new { amount = 150_000 })).Expect(200)["pending"]);
        Assert.StartsWith("held", await desk.State("V-1"), StringComparison.Ordinal);
        Assert.Equal("released", (await desk.Decide(block, "correctLimit", new { amount = 12_000 }, CreditDesk.Ana)).Expect(200)["status"]);
    }

    [Fact]
    public async Task A_limit_where_none_was_is_beyond_any_percentage()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("VN", 10_000);
        (await desk.Server.Post("/limits", new
        {
            customer = "VN", kind = "standing", limit = "none", currency = "EUR", validFrom = "2026-03-02", reason = "taken back",
        })).Expect(200);
        var block = await desk.Order("VN-1", "VN", 5_000);
        (await desk.Decide(block, "correctLimit", new { amount = 6_000 }, CreditDesk.Ana)).Expect(403, "authority-exceeded");
        (await desk.Decide(block, "temporaryLimit", new { amount = 6_000, until = "2026-03-20" }, CreditDesk.Ana)).Expect(403, "authority-exceeded");
        Assert.Equal("released", (await desk.Decide(block, "correctLimit", new { amount = 6_000 })).Expect(200)["status"]);
    }

    [Fact]
    public async Task Nobody_decides_on_an_order_they_entered_and_nobody_confirms_themselves()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("N", 150_000);
        var own = await desk.Order("N-1", "N", 160_000, by: CreditDesk.Mia);
        (await desk.Decide(own, "release")).Expect(403, "own-order");
        var carried = await desk.Order("N-2", "N", 160_000, enteredBy: "Mia");
        (await desk.Decide(carried, "maintainBlock", new { until = "2026-03-20", mustHappen = "x" })).Expect(403, "own-order");
        var lent = await desk.Order("N-3", "N", 160_000, by: CreditDesk.Mia, enteredBy: "somebody");
        (await desk.Decide(lent, "release")).Expect(403, "own-order");

        var pending = (await desk.Decide(own, "release", by: CreditDesk.Max)).Expect(200);
        Assert.Equal(("held", "secondPerson"), (pending["status"], pending["pending"]));
        var address = $"/blocks/{own}/decisions/{pending.Body.GetProperty("decision").GetProperty("id").GetString()}/confirm";
        (await desk.Server.Post(address, new { }, CreditDesk.Max)).Expect(403, "same-person");
        (await desk.Server.Post(address, new { }, CreditDesk.Mia)).Expect(403, "own-order");
        (await desk.Server.Post(address, new { }, CreditDesk.Ana)).Expect(403, "authority-exceeded");
        Assert.Equal("released", (await desk.Server.Post(address, new { }, "moe:creditManager", key: "once")).Expect(200)["status"]);
        Assert.Equal("released", (await desk.Server.Post(address, new { }, "moe:creditManager", key: "once")).Expect(200)["status"]);
        (await desk.Server.Post(address, new { }, "moe:creditManager")).Expect(409, "block-closed");
    }

    [Fact]
    public async Task Whose_order_it_is_no_change_takes_away_and_who_asks_for_more_does_not_let_it_pass()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("W", 10_000);
        var own = await desk.Order("W-1", "W", 12_000, by: "vera:creditManager");
        Assert.Equal("vera", (await desk.Raise("W-1", "W", 12_000, "vera:creditManager", "somebody"))["enteredBy"]);
        (await desk.Decide(own, "release", by: "vera:creditManager")).Expect(403, "own-order");
        (await desk.Decide(own, "release")).Expect(200);

        await desk.Payer("X", 10_000);
        Assert.Equal("", await desk.Order("X-1", "X", 100));
        var raised = (await desk.Raise("X-1", "X", 60_000, "vera:creditManager"))["block"]!;
        (await desk.Decide(raised, "release", by: "vera:creditManager")).Expect(403, "own-order");
        (await desk.Raise("X-1", "X", 61_000, "shop:orderManager", "Max")).Expect(200);
        (await desk.Decide(raised, "release", by: CreditDesk.Max)).Expect(403, "own-order");
        (await desk.Raise("X-1", "X", 50_000, CreditDesk.Mia)).Expect(200);
        (await desk.Decide(raised, "release")).Expect(200);
    }

    [Fact]
    public async Task What_has_grown_since_the_first_person_decided_is_not_confirmed()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("G", 150_000);
        var block = await desk.Order("G-1", "G", 160_000);
        var pending = (await desk.Decide(block, "release")).Expect(200).Body.GetProperty("decision").GetProperty("id").GetString();
        await desk.Invoice("G-I", "G", 20_000);
        (await desk.Server.Post($"/blocks/{block}/decisions/{pending}/confirm", new { }, CreditDesk.Max)).Expect(412, "version-stale");
        var lead = (await desk.Decide(block, "release", by: CreditDesk.Lea)).Expect(200);
        Assert.Equal(("released", ""), (lead["status"], lead["pending"]));
        var waits = await desk.Order("G-2", "G", 160_000);
        var maintained = (await desk.Decide(waits, "maintainBlock", new { until = "2026-03-20", mustHappen = "x" })).Expect(200);
        var kept = maintained.Body.GetProperty("decision").GetProperty("id").GetString();
        (await desk.Server.Post($"/blocks/{waits}/decisions/{kept}/confirm", new { }, CreditDesk.Max)).Expect(409, "decision-not-pending");
    }

    [Fact]
    public async Task Of_two_people_who_decide_at_once_one_wins_and_the_other_learns_what_changed()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("B", 10_000);
        var block = await desk.Order("B-1", "B", 12_000);
        var seen = (await desk.Server.Get($"/blocks/{block}")).Headers.ETag!.Tag;
        var both = await Task.WhenAll(new[] { CreditDesk.Mia, CreditDesk.Max }.Select(by => Seen(desk, block, seen, by)));
        Assert.Equal([200, 412], both.Select(reply => reply.Status).Order());
        var lost = both.Single(reply => reply.Status == 412).Expect(412, "version-stale")["detail"];
        Assert.Matches("closed by key:m(ia|ax) on 2026-03-02; decision .+ of 2026-03-02 released it", lost);
        (await desk.Decide(block, "release")).Expect(409, "block-closed");
        (await desk.Decide("none", "release")).Expect(404, "block-unknown");
    }

    [Fact]
    public async Task What_another_person_has_decided_is_replaced_only_by_who_has_seen_it()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("BL", 10_000);
        var block = await desk.Order("BL-1", "BL", 12_000);
        var address = $"/blocks/{block}/decisions";
        (await desk.Decide(block, "requestDeposit", new { percent = 50, until = "2026-03-20" })).Expect(200);
        var blind = (await desk.Server.Post(address, CreditDesk.Filled("release", null), CreditDesk.Max)).Expect(412, "version-stale");
        Assert.Contains("mia decided requestDeposit on 2026-03-02", blind["detail"], StringComparison.Ordinal);
        (await desk.Server.Post(address + "/preview", CreditDesk.Filled("release", null), CreditDesk.Max)).Expect(412, "version-stale");
        Assert.Equal("inForce", await desk.DecisionStatus(block));
        (await desk.Server.Post(address, CreditDesk.Filled("maintainBlock", new { until = "2026-03-05", mustHappen = "they answer" }), CreditDesk.Mia)).Expect(200);
        (await desk.Server.Post(address, CreditDesk.Filled("release", null), CreditDesk.Max, ifMatch: await desk.VersionOf(block))).Expect(200);
    }

    [Fact]
    public async Task An_option_is_taken_by_its_number_while_it_is_what_it_was()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("O", 10_000);
        var block = await desk.Order("O-1", "O", 12_000, units: 12);
        var options = (await desk.Get("O-1")).Body.GetProperty("options").EnumerateArray().Select(option => option.GetProperty("action").GetString()).ToList();
        var partial = options.IndexOf("partialRelease") + 1;
        (await desk.Decide(block, null, new { option = options.Count + 1 })).Expect(409, "option-stale");
        (await desk.Decide(block, null, new { option = partial, expect = new { action = "partialRelease", amount = 9999 } })).Expect(409, "option-stale");
        (await desk.Decide(block, null, new { option = partial, expect = new { action = "deposit" } })).Expect(409, "option-stale");
        var taken = (await desk.Decide(block, null, new { option = partial, expect = new { action = "partialRelease", amount = 10_000 } }, CreditDesk.Cora, "k")).Expect(200);
        Assert.Equal(("released", "releasePartially"), (taken["status"], taken.Body.GetProperty("decision").GetProperty("decision").GetString()));
        var again = (await desk.Decide(block, null, new { option = partial, expect = new { action = "partialRelease", amount = 10_000 } }, CreditDesk.Cora, "k")).Expect(200);
        Assert.Equal(taken.Body.GetProperty("decision").GetProperty("id").GetString(), again.Body.GetProperty("decision").GetProperty("id").GetString());
        Assert.Equal("released 10000 limit-exceeded", await desk.State("O-1"));
    }

    [Fact]
    public async Task Every_option_can_be_taken()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        var taken = new HashSet<string?>();
        for (var at = 1; at <= 12; at++)
        {
            await desk.Payer($"Q{at}", 10_000);
            await desk.Invoice($"Q{at}-I", $"Q{at}", 4000, due: "2026-03-25");
            (await desk.Server.Post("/receipts", new { number = $"Q{at}-R", payer = $"Q{at}", date = "2026-03-02", currency = "EUR", amount = 100 })).Expect(200);
            var block = await desk.Order($"Q{at}-O", $"Q{at}", 9000, units: 9);
            var options = (await desk.Get($"Q{at}-O")).Body.GetProperty("options");
            if (at > options.GetArrayLength()) break;
            taken.Add(Decided(options[at - 1]));
            (await desk.Decide(block, null, new { option = at })).Expect(200);
        }

        Assert.Superset(new HashSet<string?> { "waitForPayment", "deposit", "partialRelease", "reduceOrder", "temporaryLimit", "stagedInvoicing" }, taken);
    }

    /// <summary>The receipt goes to its owner whatever is decided: what is decided is what comes after it.</summary>
    static string? Decided(System.Text.Json.JsonElement option) =>
        option.TryGetProperty("and", out var and) && and.ValueKind == System.Text.Json.JsonValueKind.Object ? Decided(and) : option.GetProperty("action").GetString();

    [Fact]
    public async Task A_stop_that_overrides_releases_is_mended_and_not_released()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        (await desk.Server.Put("/customers/S", new { name = "S", country = "FR", currency = "EUR", paymentTerms = "NET30", payer = "S-NOBODY" })).Expect(200);
        var block = await desk.Order("S-1", "S", 100);
        (await desk.Decide(block, "release", by: CreditDesk.Lea)).Expect(409, "release-overridden");
    }

    [Fact]
    public async Task A_decision_without_its_kind_or_its_parameters_is_none()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("Z", 10_000);
        var block = await desk.Order("Z-1", "Z", 12_000);
        Assert.Equal("decision", (await desk.Decide(block, null)).Expect(422, "parameter-missing")["field"]);
    }

    [Fact]
    public async Task Every_decision_names_the_first_parameter_it_lacks()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("M", 10_000);
        await desk.Invoice("M-D", "M", 100);
        var block = await desk.Order("M-1", "M", 12_000, units: 12);
        foreach (var row in Table.Rows("""
            decision               given                                                                              | code              field
            -                      {}                                                                                 | parameter-missing decision
            release                {'reason':''}                                                                      | parameter-missing reason
            reject                 {'reason':''}                                                                      | parameter-missing reason
            releasePartially       {}                                                                                 | parameter-missing amount
            releaseUnderCondition  {}                                                                                 | parameter-missing conditions
            releaseUnderCondition  {'conditions':[{'kind':'limitApproved'}]}                                          | parameter-missing until
            releaseUnderCondition  {'conditions':[{'kind':'invoicePaid'}],'until':'2026-03-20'}                       | parameter-missing conditions[0].invoice
            releaseUnderCondition  {'conditions':[{'kind':'amountCap'}],'until':'2026-03-20'}                         | parameter-missing conditions[0].amount
            releaseUnderCondition  {'conditions':[{'kind':'disputesQualified'}],'until':'2026-03-20'}                 | parameter-missing conditions[0].olderThan
            releaseUnderCondition  {'conditions':[{'kind':'validUntil'}]}                                             | parameter-missing conditions[0].date
            requestDeposit         {}                                                                                 | parameter-missing amount
            requestDeposit         {'percent':10}                                                                     | parameter-missing until
            prepayment             {'until':'2026-03-20'}                                                             | parameter-missing amount
            waitForPayment         {'until':'2026-03-20'}                                                             | parameter-missing invoices
            requireGuarantee       {'amount':5,'until':'2026-03-20'}                                                  | parameter-missing kind
            reduceOrder            {}                                                                                 | parameter-missing amount
            temporaryLimit         {'amount':5}                                                                       | parameter-missing until
            correctLimit           {}                                                                                 | parameter-missing amount
            stagedInvoicing        {}                                                                                 | parameter-missing stages
            reviseTerms            {}                                                                                 | parameter-missing paymentTerms
            reviewDisputes         {'disputes':['D'],'until':'2026-03-20'}                                            | parameter-missing owner
            escalate               {'to':'leadership','until':'2026-03-20'}                                           | parameter-missing question
            maintainBlock          {'until':'2026-03-20'}                                                             | parameter-missing mustHappen
            reviewDisputes         {'disputes':['D'],'owner':'quality','until':'2026-03-20'}                          | field-invalid     disputes[0]
            reviewDisputes         {'disputes':['D'],'owner':'somebody','until':'2026-03-20'}                         | field-invalid     owner
            escalate               {'to':'the_board','question':'so?','until':'2026-03-20'}                           | field-invalid     to
            escalate               {'to':'finance','question':'so?','until':'2026-03-20'}                             | field-invalid     to
            releasePartially       {'amount':12000.01}                                                                | field-invalid     amount
            releasePartially       {'amount':1.005}                                                                   | field-invalid     amount
            releasePartially       {'amount':-1}                                                                      | field-invalid     amount
            releasePartially       {'lines':[{'line':2,'quantity':1}]}                                                | field-invalid     lines[0].line
            releasePartially       {'lines':[{'line':1,'quantity':13}]}                                               | field-invalid     lines[0].quantity
            requestDeposit         {'percent':101,'until':'2026-03-20'}                                               | field-invalid     percent
            requestDeposit         {'amount':5,'until':'2026-03-01'}                                                  | field-invalid     until
            waitForPayment         {'invoices':['NONE'],'until':'2026-03-20'}                                         | field-invalid     invoices[0]
            stagedInvoicing        {'stages':[{'date':'2026-03-02','amount':5}]}                                      | field-invalid     stages
            reviseTerms            {'paymentTerms':'WHENEVER'}                                                        | field-invalid     paymentTerms
            correctLimit           {'amount':5,'level':'K1'}                                                          | field-invalid     level
            release                {'option':1}                                                                       | field-invalid     option
            release                {'expect':{'action':'deposit'}}                                                    | field-invalid     expect
            """))
        {
            var reply = await desk.Decide(block, row["decision"] is "" or "-" ? null : row["decision"], JsonSerializer.Deserialize<JsonElement>(row["given"].Replace('\'', '"')));
            Assert.Equal((row.Text, row["code"], row["field"]), (row.Text, reply.Code, reply["field"]));
        }

        Assert.Equal("held limit-exceeded", await desk.State("M-1"));
        Assert.Equal(0, (await desk.Server.Get($"/blocks/{block}")).Body.GetProperty("decisions").GetArrayLength());
    }

    static async Task<ServerReply> Seen(CreditDesk desk, string block, string version, string by)
    {
        using var content = RunningServer.Raw(JsonSerializer.SerializeToUtf8Bytes(CreditDesk.Filled("release", null)));
        return await desk.Server.SendAsync(HttpMethod.Post, $"/blocks/{block}/decisions", content, by, ifMatch: version);
    }
}
