using System.Globalization;
using System.Text.Json;
using Aval.Casework;
using Aval.Tests.Decisions;
using Aval.Tests.Infrastructure;
using Aval.Work;

namespace Aval.Tests.Casework;

public sealed class WorkListsOnSqlite(SqliteServer fixture) : WorkLists(fixture, null), IClassFixture<SqliteServer>;

public sealed class WorkListsOnPostgres(PostgresServer fixture, PostgresCluster cluster) : WorkLists(fixture, cluster), IClassFixture<PostgresServer>;

/// <summary>What lies on whose list because orders are held, and what people do with it.</summary>
public abstract class WorkLists(ServerFixture fixture, PostgresCluster? cluster)
{
    const string Otto = "otto:accountsReceivable", Sam = "sam:sales", Bill = "bill:billing";

    [Fact]
    public async Task A_receipt_that_waits_lies_once_on_the_list_of_receivables_with_all_that_it_holds_up_until_it_is_applied()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("W1", 10_000);
        await desk.Invoice("W1-I", "W1", 9_000);
        (await desk.Server.Post("/receipts", new { number = "W1-R", payer = "W1", date = "2026-03-02", currency = "EUR", amount = 9_000 })).Expect(200);
        var first = await desk.Order("W1-1", "W1", 3_000);
        await desk.Order("W1-2", "W1", 4_000);
        var line = Assert.Single(await Lines(desk, "accountsReceivable", "W1"));
        Assert.Equal(
            ("defect", "unappliedReceipt", "W1-R", 2, 7_000m),
            (Text(line, "kind"), Text(line, "code"), Text(line, "subject"), line.GetProperty("heldUp").GetInt32(), line.GetProperty("amount").GetDecimal()));
        Assert.Contains(Text(line, "clock"), new[] { "running", "dueToday" });
        Assert.Equal(["W1-1", "W1-2"], line.GetProperty("orders").EnumerateArray().Select(order => Text(order, "order")!).Order(StringComparer.Ordinal));
        Assert.Equal(2, (await Lines(desk, "credit", "W1")).Count(credit => Text(credit, "kind") == "decide"));
        Assert.Contains(
            (await desk.Server.Get($"/blocks/{first}")).Expect(200).Body.GetProperty("work").EnumerateArray(), work => Text(work, "subject") == "W1-R");

        (await desk.Server.Post("/receipts/W1-R/allocations", new[] { new { invoice = "W1-I", amount = 9_000 } })).Expect(200);
        Assert.Equal(("released 3000", "released 4000"), (await desk.State("W1-1"), await desk.State("W1-2")));
        Assert.Empty(await Lines(desk, "accountsReceivable", "W1"));
        Assert.Empty(await Lines(desk, "credit", "W1"));
        Assert.Equal("done", (await desk.Server.Get($"/work/{Text(line, "id")}")).Expect(200)["status"]);
    }

    [Fact]
    public async Task A_second_receipt_and_the_first_one_applied_change_the_list_though_cause_and_findings_stay()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("WD", 10_000);
        await desk.Invoice("WD-I", "WD", 9_000);
        await desk.Invoice("WD-J", "WD", 9_000);
        await Receipt(desk, "WD-R", "WD", 3_000);
        var block = await desk.Order("WD-1", "WD", 3_000);
        Assert.Equal("mixed", (await desk.Server.Get($"/blocks/{block}"))["cause"]);
        Assert.Equal(["defect unappliedReceipt WD-R"], await Receivables());
        await Receipt(desk, "WD-S", "WD", 3_000);
        Assert.Equal(["defect unappliedReceipt WD-R", "defect unappliedReceipt WD-S"], await Receivables());
        (await desk.Server.Post("/receipts/WD-R/allocations", new[] { new { invoice = "WD-I", amount = 3_000 } })).Expect(200);
        Assert.Equal(("mixed", "held limit-exceeded"), ((await desk.Server.Get($"/blocks/{block}"))["cause"], await desk.State("WD-1")));
        Assert.Equal(["defect unappliedReceipt WD-S"], await Receivables());

        async Task<IEnumerable<string>> Receivables() => (await Lines(desk, "accountsReceivable", "WD")).Select(Said).Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task While_a_decision_stands_a_new_defect_of_ours_is_told_and_listed_and_the_decision_stays()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("WS", 10_000);
        await desk.Invoice("WS-I", "WS", 9_000);
        var block = await desk.Order("WS-1", "WS", 3_000);
        (await desk.Decide(block, "maintainBlock", new { until = "2026-03-20", mustHappen = "they pay" })).Expect(200);
        Assert.Equal("customerRisk", (await desk.Server.Get($"/blocks/{block}"))["cause"]);
        await Receipt(desk, "WS-R", "WS", 9_000);
        var told = (await desk.Server.Get($"/blocks/{block}")).Expect(200);
        Assert.Equal(("internalDefect", "internalDefect", ""), (told["cause"], (await desk.Get("WS-1"))["cause"], told["dueOn"]));
        Assert.Equal(["defect unappliedReceipt WS-R"], (await Lines(desk, "accountsReceivable", "WS")).Select(Said));
        (await desk.Server.Post("/receipts/WS-R/allocations", new[] { new { invoice = "WS-I", amount = 9_000 } })).Expect(200);
        Assert.Equal(("inForce", "held"), (await desk.DecisionStatus(block), await desk.State("WS-1")));
        Assert.Equal("True", (await desk.Server.Get($"/blocks/{block}"))["wouldPass"]);
    }

    static async Task Receipt(CreditDesk desk, string number, string payer, decimal amount) =>
        (await desk.Server.Post("/receipts", new { number, payer, date = "2026-03-02", currency = "EUR", amount })).Expect(200);

    [Fact]
    public async Task What_another_function_must_complete_lies_on_its_own_list_beside_the_decision()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("W2", 1_000, purchaseOrder: true);
        await desk.Order("W2-1", "W2", 3_000);
        await desk.Order("W2-2", "W2", 500);
        Assert.Equal(
            ["decide complete W2-2", "mend purchase-order-missing W2-1"], (await Lines(desk, "customerService", "W2")).Select(Said).Order(StringComparer.Ordinal));
        Assert.Equal(["decide arbitrate W2-1"], (await Lines(desk, "credit", "W2")).Select(Said));
        await desk.Change("W2-1", "W2", 3_000, purchaseOrder: "4500001");
        Assert.Equal(["decide complete W2-2"], (await Lines(desk, "customerService", "W2")).Select(Said));
        await desk.Change("W2-2", "W2", 500, purchaseOrder: "4500002");
        Assert.Empty(await Lines(desk, "customerService", "W2"));
    }

    /// <summary>Not with the one that had it for what is gone; but where somebody has decided, it stays.</summary>
    [Fact]
    public async Task A_block_goes_to_whoever_must_decide_now_with_time_of_its_own_until_somebody_has_decided()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("W10", 1_000, purchaseOrder: true);
        var block = await desk.Order("W10-1", "W10", 500);
        Assert.Equal(["decide complete W10-1"], (await Lines(desk, "customerService", "W10")).Select(Said));
        (await desk.Server.Post("/customers/W10/hold", new { reason = "under review" }, CreditDesk.Ana)).Expect(200);
        Assert.Equal(["mend purchase-order-missing W10-1"], (await Lines(desk, "customerService", "W10")).Select(Said));
        var line = Assert.Single(await Lines(desk, "credit", "W10"));
        Assert.Equal("decide arbitrate W10-1", Said(line));
        Assert.Equal("credit", (await desk.Server.Get($"/blocks/{block}")).Expect(200)["owner"]);

        (await desk.Decide(block, "maintainBlock", new { until = "2026-03-20", mustHappen = "the review" })).Expect(200);
        (await desk.Server.Post("/customers/W10/unhold", new { reason = "looked at" }, CreditDesk.Mia)).Expect(200);
        Assert.Equal("credit", (await desk.Server.Get($"/blocks/{block}")).Expect(200)["owner"]);
    }

    /// <summary>A policy that takes a finding for graver tells so on the block that it holds already.</summary>
    [Fact]
    public async Task A_policy_that_changes_how_grave_a_finding_is_changes_it_on_the_block()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var desk = new CreditDesk(server);
        await desk.Payer("W11", 1_000, purchaseOrder: true);
        var block = await desk.Order("W11-1", "W11", 500);
        Assert.Equal(("complete", "customerService"), await Told());
        var graver = new[] { new { rule = "purchaseOrderMissing", severity = "refer" } };
        (await server.Put("/policies/draft", new { basedOn = "standard", rules = graver }, CreditDesk.Mia)).Expect(200);
        (await server.Post("/policies/draft/activate", new { reason = "agreed" }, CreditDesk.Lea)).Expect(200);
        for (var tries = 0; tries < 100 && (await Told()).Triage != "arbitrate"; tries++) await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.Equal(("arbitrate", "customerService"), await Told());
        Assert.Equal("refer", (await server.Get($"/blocks/{block}")).Expect(200).Body.GetProperty("findings")[0].GetProperty("severity").GetString());
        Assert.Equal(["decide arbitrate W11-1"], (await Lines(desk, "customerService", "W11")).Select(Said));

        async Task<(string? Triage, string? Owner)> Told() => (await server.Get($"/blocks/{block}")).Expect(200) is var told ? (told["triage"], told["owner"]) : default;
    }

    [Fact]
    public async Task A_line_is_taken_handed_over_and_put_off_with_reasons_and_comes_back_by_itself_while_its_clock_goes_on()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var desk = new CreditDesk(server);
        await desk.Payer("W3", 1_000);
        var block = await desk.Order("W3-1", "W3", 3_000);
        Assert.Equal("ana", (await server.Post($"/work/{block}/claim", new { }, CreditDesk.Ana)).Expect(200)["person"]);
        (await server.Post($"/work/{block}/claim", new { }, CreditDesk.Mia)).Expect(409, "work-taken");
        (await server.Post($"/work/{block}/claim", new { }, Otto)).Expect(403, "not-permitted");
        (await server.Post($"/work/{"none"}/claim", new { }, CreditDesk.Ana)).Expect(404, "work-unknown");

        foreach (var (until, reason, field) in new[] { ("2026-03-01", "on the phone", "until"), ("2026-09-01", "on the phone", "until"), ("2026-03-03", " ", "reason") })
            Assert.Equal(field, (await server.Post($"/work/{block}/snooze", new { until, reason }, CreditDesk.Ana)).Expect(422, "field-invalid")["field"]);
        var off = (await server.Post($"/work/{block}/snooze", new { until = "2026-03-03", reason = "they call back" }, CreditDesk.Ana)).Expect(200);
        Assert.Equal(("2026-03-03", "they call back"), (off["snoozedUntil"], off["note"]));
        Assert.Empty(await Lines(desk, "credit", "W3"));
        Assert.Single((await server.Get("/work?owner=credit&snoozed=true")).Expect(200).Body.GetProperty("work").EnumerateArray());
        var due = off["dueAt"];
        await desk.Clock(DayAfter(off["dueOn"]));
        // Nobody decided in time: put off or not, it went up.
        var late = Assert.Single(await Lines(desk, "creditManager", "W3"));
        Assert.Equal(("creditManager", null), (Text(late, "owner"), Text(late, "person")));
        Assert.NotEqual(due, Text(late, "dueAt"));

        Assert.Equal("to", (await server.Post($"/work/{block}/hand-over", new { to = "anybody", reason = "x" }, CreditDesk.Mia)).Expect(422, "field-invalid")["field"]);
        foreach (var to in new[] { "finance", "administrator" })
            Assert.Equal("to", (await server.Post($"/work/{block}/hand-over", new { to, reason = "x" }, CreditDesk.Mia)).Expect(422, "field-invalid")["field"]);
        Assert.All(Desks.Takers, to => Assert.Contains(WhoseWork.RolesOf(to), WorkPermissions.Handle.Roles.Contains));
        await server.Get("/me", CreditDesk.Lea);
        await server.Get("/me", Otto);
        foreach (var (to, person) in new[] { ("leadership", "Nobody-Here"), ("leadership", "otto"), ("leadership", "mia"), ("credit", "otto") })
            Assert.Equal("person", (await server.Post($"/work/{block}/hand-over", new { to, person, reason = "x" }, CreditDesk.Mia)).Expect(422, "taker-unfit")["field"]);
        var given = (await server.Post($"/work/{block}/hand-over", new { to = "leadership", person = "Lea", reason = "too large for me" }, CreditDesk.Mia)).Expect(200);
        Assert.Equal(("leadership", "lea", "too large for me"), (given["owner"], given["person"], given["note"]));
        Assert.Equal("leadership", (await server.Get($"/blocks/{block}"))["owner"]);
        (await desk.Decide(block, "release", by: CreditDesk.Lea)).Expect(200);
        (await server.Post($"/work/{block}/claim", new { }, CreditDesk.Lea)).Expect(409, "work-done");
        Assert.Equal("True", (await server.Get("/journal/verify")).Expect(200)["valid"]);
    }

    [Fact]
    public async Task A_line_is_handed_to_a_seller_of_that_customer_alone()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("X19", 1_000);
        var block = await desk.Order("X19-1", "X19", 3_000);
        await desk.Server.Get("/me", Sam);
        await desk.Server.Get("/me", "tess:sales");
        object To(string person) => new { to = "sales", person, reason = "ask them" };
        Assert.Equal("person", (await desk.Server.Post($"/work/{block}/hand-over", To("tess"), CreditDesk.Mia)).Expect(422, "taker-unfit")["field"]);
        Assert.Equal("sam", (await desk.Server.Post($"/work/{block}/hand-over", To("Sam"), CreditDesk.Mia)).Expect(200)["person"]);
    }

    [Fact]
    public async Task Who_has_taken_a_line_has_it_whatever_the_capitals_of_their_name()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("X20", 1_000);
        var block = await desk.Order("X20-1", "X20", 3_000);
        (await desk.Server.Post($"/work/{block}/claim", new { }, CreditDesk.Ana)).Expect(200);
        (await desk.Server.Post($"/work/{block}/claim", new { }, CreditDesk.Mia)).Expect(409, "work-taken");
        (await desk.Server.Post($"/work/{block}/claim", new { }, "ANA:creditAnalyst")).Expect(200);
    }

    [Fact]
    public async Task What_is_late_is_told_up_the_path_and_stays_with_whoever_can_mend_it()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var desk = new CreditDesk(server);
        await desk.Payer("W4", 1_000, purchaseOrder: true);
        await desk.Order("W4-1", "W4", 3_000);
        await desk.Clock(DayAfter(Text(Assert.Single(await Lines(desk, "customerService", "W4")), "dueOn")));
        var told = Assert.Single(await Lines(desk, "creditManager", "W4"), line => Text(line, "kind") == "mend");
        Assert.Equal(("customerService", "creditManager", "late"), (Text(told, "owner"), Text(told, "escalatedTo"), Text(told, "clock")));
        Assert.Contains((await server.Get("/work?owner=customerService&late=true")).Body.GetProperty("work").EnumerateArray(), line => Text(line, "subject") == "W4-1");
        await desk.Clock("2026-04-30");
        Assert.Equal("held limit-exceeded purchase-order-missing", await desk.State("W4-1"));
        Assert.Equal("leadership", Text(Assert.Single(await Lines(desk, "customerService", "W4")), "escalatedTo"));
    }

    [Fact]
    public async Task The_lists_are_counted_with_ages_and_the_money_held_up_each_order_once()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var desk = new CreditDesk(server);
        await desk.Payer("W5", 1_000, purchaseOrder: true);
        await desk.Invoice("W5-I", "W5", 900);
        (await server.Post("/receipts", new { number = "W5-R", payer = "W5", date = "2026-03-02", currency = "EUR", amount = 900 })).Expect(200);
        await desk.Order("W5-1", "W5", 600);
        await desk.Order("W5-2", "W5", 2_000);
        var lists = (await server.Get("/work-lists")).Expect(200).Body.GetProperty("lists").EnumerateArray().ToDictionary(list => Text(list, "owner")!);
        Assert.Equal(["accountsReceivable", "credit", "customerService"], lists.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(
            (2, 2_600m, 0, "2026-03-02"),
            (lists["credit"].GetProperty("lines").GetInt32(), lists["credit"].GetProperty("amount").GetDecimal(), lists["credit"].GetProperty("ageDays").GetInt32(),
                Text(lists["credit"], "oldest")));
        Assert.Equal((2, 2), (lists["customerService"].GetProperty("lines").GetInt32(), lists["customerService"].GetProperty("heldUp").GetInt32()));
        // Pages fit together.
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = (await server.Get($"/work?limit=2{(cursor is null ? "" : "&cursor=" + cursor)}")).Expect(200);
            seen.AddRange(page.Body.GetProperty("work").EnumerateArray().Select(line => Text(line, "id")!));
            cursor = page["next"] is { Length: > 0 } next ? next : null;
        }
        while (cursor is not null);
        Assert.Equal(lists.Values.Sum(list => list.GetProperty("lines").GetInt32()), seen.Distinct().Count());
        Assert.Equal(seen.Count, seen.Distinct().Count());
        foreach (var (query, field) in new[] { ("limit=0", "limit"), ("owner=anybody", "owner"), ("cursor=x", "cursor"), ("kind=none", "kind"), ("late=perhaps", "late") })
            Assert.Equal(field, (await server.Get("/work?" + query)).Expect(422, "field-invalid")["field"]);
        (await server.Get("/work?colour=red")).Expect(422, "field-unknown");
    }

    [Fact]
    public async Task Customer_Service_challenges_a_limit_and_sales_appeals_once_and_both_are_answered_with_a_reason()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        var server = desk.Server;
        await desk.Payer("W6", 1_000);
        var block = await desk.Order("W6-1", "W6", 3_000);
        (await server.Post("/customers/W6/limit-challenge", new { reason = "they doubled" }, Sam)).Expect(403, "not-permitted");
        (await server.Post("/customers/none/limit-challenge", new { reason = "they doubled" }, CreditDesk.Cora)).Expect(404, "customer-unknown");
        (await server.Post("/customers/W6/limit-challenge", new { reason = "" }, CreditDesk.Cora)).Expect(422, "field-invalid");
        var challenge = (await server.Post("/customers/W6/limit-challenge", new { reason = "they doubled" }, CreditDesk.Cora)).Expect(200);
        (await server.Post("/customers/W6/limit-challenge", new { reason = "again" }, CreditDesk.Cora)).Expect(409, "challenge-open");
        Assert.Equal(("challenge", "credit", "cora", "they doubled"), (challenge["kind"], challenge["owner"], challenge["askedBy"], challenge["question"]));
        Assert.NotEmpty(challenge["dueAt"]!);

        (await server.Post($"/blocks/{block}/appeal", new { reason = "a new market" }, CreditDesk.Cora)).Expect(403, "not-permitted");
        (await server.Post("/blocks/none/appeal", new { reason = "a new market" }, Sam)).Expect(404, "block-unknown");
        var appeal = (await server.Post($"/blocks/{block}/appeal", new { reason = "a new market" }, Sam)).Expect(200);
        Assert.Equal(("appeal", "creditManager", "W6-1"), (appeal["kind"], appeal["owner"], appeal["subject"]));

        (await server.Post($"/work/{block}/answer", new { answer = "no", upheld = false }, CreditDesk.Ana)).Expect(409, "work-no-question");
        (await server.Post($"/work/{appeal["id"]}/answer", new { answer = "no", upheld = false }, CreditDesk.Ana)).Expect(403, "not-permitted");
        (await server.Post($"/work/{appeal["id"]}/answer", new { answer = " ", upheld = false }, CreditDesk.Mia)).Expect(422, "field-invalid");
        var answered = (await server.Post($"/work/{appeal["id"]}/answer", new { answer = "ask for a deposit", upheld = false }, CreditDesk.Mia)).Expect(200);
        Assert.Equal(("done", "refused", "ask for a deposit"), (answered["status"], answered["code"], answered["answer"]));
        (await server.Post($"/blocks/{block}/appeal", new { reason = "once more" }, Sam)).Expect(409, "appeal-made");
        Assert.Equal("upheld", (await server.Post($"/work/{challenge["id"]}/answer", new { answer = "reviewed", upheld = true }, CreditDesk.Ana)).Expect(200)["code"]);
        (await server.Post("/customers/W6/limit-challenge", new { reason = "again" }, CreditDesk.Cora)).Expect(200);
        (await desk.Decide(block, "reject")).Expect(200);
        (await server.Post($"/blocks/{block}/appeal", new { reason = "late" }, Sam)).Expect(409, "block-closed");
    }

    [Fact]
    public async Task Many_orders_held_by_one_receipt_are_one_line_that_one_person_takes()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("W7", 1_000);
        await desk.Invoice("W7-I", "W7", 1_000);
        (await desk.Server.Post("/receipts", new { number = "W7-R", payer = "W7", date = "2026-03-02", currency = "EUR", amount = 1_000 })).Expect(200);
        await desk.Order("W7-1", "W7", 100);
        var line = Text(Assert.Single(await Lines(desk, "accountsReceivable", "W7")), "id")!;
        (await desk.Server.Post($"/work/{line}/claim", new { }, Otto)).Expect(200);
        for (var order = 2; order <= 25; order++) await desk.Order(string.Create(CultureInfo.InvariantCulture, $"W7-{order}"), "W7", 10);
        var one = Assert.Single(await Lines(desk, "accountsReceivable", "W7"));
        Assert.Equal(("otto", 25, 20), (Text(one, "person"), one.GetProperty("heldUp").GetInt32(), one.GetProperty("orders").GetArrayLength()));
        (await desk.Server.Post($"/work/{line}/hand-over", new { to = "billing", reason = "the invoice is wrong" }, Otto)).Expect(200);
        await desk.Order("W7-26", "W7", 10);
        Assert.Equal(26, Assert.Single(await Lines(desk, "billing", "W7")).GetProperty("heldUp").GetInt32());
        (await desk.Server.Post($"/work/{line}/claim", new { }, Otto)).Expect(403, "not-permitted");
        (await desk.Server.Post($"/work/{line}/claim", new { }, Bill)).Expect(200);
    }

    [Fact]
    public async Task A_challenge_shows_the_orders_that_the_limit_holds()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("W8", 1_000);
        await desk.Order("W8-1", "W8", 3_000);
        await desk.Order("W8-2", "W8", 2_000);
        var asked = (await desk.Server.Post("/customers/W8/limit-challenge", new { reason = "they grow" }, CreditDesk.Cora)).Expect(200);
        Assert.Equal(("2", "5000.00", 2), (asked["heldUp"], asked["amount"], asked.Body.GetProperty("orders").GetArrayLength()));
        var listed = (await desk.Server.Get("/work?kind=challenge&customer=W8")).Expect(200).Body.GetProperty("work")[0];
        Assert.Equal(2, listed.GetProperty("heldUp").GetInt32());
    }

    [Fact]
    public async Task A_dispute_that_is_to_be_reviewed_lies_on_its_owners_list_until_it_is_qualified()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("W9", 1_000);
        await desk.Invoice("W9-I", "W9", 500);
        (await desk.Dispute("W9-D", "W9-I", 100, "billing")).Expect(200);
        var block = await desk.Order("W9-1", "W9", 3_000);
        (await desk.Decide(block, "reviewDisputes", new { disputes = new[] { "W9-D" }, owner = "quality", until = "2026-03-20" })).Expect(200);
        var line = Assert.Single(await Lines(desk, "quality", "W9"), one => Text(one, "code") == "disputeReview");
        Assert.Equal(("defect", "W9-D", "2026-03-20", 1), (Text(line, "kind"), Text(line, "subject"), Text(line, "dueOn"), line.GetProperty("heldUp").GetInt32()));
        (await desk.Server.Patch("/disputes/W9-D", new { legitimacy = "customerFault" }, "quinn:quality")).Expect(200);
        Assert.DoesNotContain(await Lines(desk, "quality", "W9"), one => Text(one, "code") == "disputeReview");
    }

    static string DayAfter(string? day) => DateOnly.Parse(day!, CultureInfo.InvariantCulture).AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static string Said(JsonElement line) => $"{Text(line, "kind")} {Text(line, "code")} {Text(line, "subject")}";

    static string? Text(JsonElement line, string field) => line.GetProperty(field).GetString();

    static async Task<IReadOnlyList<JsonElement>> Lines(CreditDesk desk, string owner, string customer) =>
        [.. (await desk.Server.Get($"/work?owner={owner}&customer={customer}")).Expect(200).Body.GetProperty("work").EnumerateArray()];
}
