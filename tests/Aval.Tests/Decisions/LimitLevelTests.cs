using System.Text.Json;
using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Kernel;
using Aval.Limits.Rules;
using Aval.Policies.Rules;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Decisions;

public sealed class LimitLevelsOnSqlite(SqliteServer fixture) : LimitLevelTests(fixture), IClassFixture<SqliteServer>;

public sealed class LimitLevelsOnPostgres(PostgresServer fixture) : LimitLevelTests(fixture), IClassFixture<PostgresServer>;

/// <summary>Whose limit a decision makes, in which currency, and that one customer's two limits are never taken for each other. One euro is 100 rupees or yen.</summary>
public abstract class LimitLevelTests(ServerFixture fixture)
{
    [Fact]
    public async Task A_group_of_another_currency_gets_its_limit_in_its_own()
    {
        var desk = await Desk();
        var number = 0;
        foreach (var row in Table.Rows("""
            group  holds    decision        amount   by               | answer              recorded
            EUR    10000    temporaryLimit  5000000  mia:creditManager | authority-exceeded  -
            EUR    10000    temporaryLimit  250001   mia:creditManager | authority-exceeded  -
            EUR    10000    temporaryLimit  12000    mia:creditManager | released            12000.00
            EUR    10000    correctLimit    12000    ana:creditAnalyst | released            12000.00
            EUR    10000    correctLimit    12001    ana:creditAnalyst | authority-exceeded  -
            JPY    1000000  temporaryLimit  1200000  mia:creditManager | released            1200000
            JPY    1000000  correctLimit    1199999  mia:creditManager | held                1199999
            JPY    1000000  correctLimit    1200000.5 mia:creditManager | field-invalid      -
            """))
        {
            var (top, payer) = ($"X{++number}", $"Y{number}");
            await Customer(desk, top, row["group"]);
            await Customer(desk, payer, "INR", top);
            await Limit(desk, payer, 50_000_000, "INR");
            await Limit(desk, top, row.Integer("holds"), row["group"], "group");
            var block = await desk.Order(payer + "-O", payer, 12_000, units: 12);
            var amount = decimal.Parse(row["amount"], System.Globalization.CultureInfo.InvariantCulture);
            var reply = await desk.Decide(block, row["decision"], new { amount, until = "2026-03-20", level = top }, row["by"]);
            Assert.Equal((row.Text, row["answer"]), (row.Text, reply.Status == 200 ? reply["status"] : reply.Code));
            var limits = (await desk.Server.Get($"/customers/{top}/limits")).Expect(200).Body;
            Assert.Equal((row.Text, row["recorded"] is "" or "-" ? 1 : 2), (row.Text, limits.GetArrayLength()));
            if (row["recorded"] is "" or "-") continue;
            Assert.Equal((row["recorded"], row["group"], "group"), (Text(limits[1], "amount"), Text(limits[1], "currency"), Text(limits[1], "level")));
            var said = reply.Body.GetProperty("decision");
            Assert.Equal((row["recorded"], row["group"], top, "group"), (Text(said, "amount"), Text(said, "amountCurrency"), Text(said, "level"), Text(said, "limitLevel")));
        }

        Assert.Equal("True", (await desk.Server.Get("/journal/verify")).Expect(200)["valid"]);
    }

    [Fact]
    public async Task The_option_of_a_group_of_another_currency_is_taken_as_it_reads()
    {
        var desk = await Desk();
        await Customer(desk, "OT", "EUR");
        await Customer(desk, "OP", "INR", "OT");
        await Limit(desk, "OP", 50_000_000, "INR");
        await Limit(desk, "OT", 10_000, "EUR", "group");
        var block = await desk.Order("OP-O", "OP", 12_000, units: 12);
        Assert.Equal("released", (await Take(desk, "OP-O", block, "temporaryLimit"))["status"]);
        Assert.Equal(("12000.00", "EUR", "group"), await Last(desk, "OT"));
    }

    [Fact]
    public async Task A_customer_above_without_a_limit_can_be_given_one()
    {
        var desk = await Desk();
        await Customer(desk, "NT", "EUR");
        await Customer(desk, "NM", "EUR", "NT");
        await Customer(desk, "NP", "EUR", "NM");
        await Limit(desk, "NP", 10_000, "EUR");
        var block = await desk.Order("NP-O", "NP", 12_000, units: 12);
        foreach (var row in Table.Rows("""
            given                                        | answer        field
            {'level':'NX'}                               | field-invalid level
            {'level':'NM'}                               | field-invalid level
            {'level':'NT','limitLevel':'payer'}          | field-invalid limitLevel
            {'level':'NT'}                               | -             -
            {'level':'NP'}                               | -             -
            """))
        {
            var given = JsonSerializer.Deserialize<Dictionary<string, object>>(row["given"].Replace('\'', '"'))!;
            var reply = await desk.Decide(block, "temporaryLimit", new Dictionary<string, object>(given) { ["amount"] = 12_000, ["until"] = "2026-03-20" });
            Assert.Equal((row.Text, row["answer"].Trim('-'), row["field"].Trim('-')), (row.Text, reply.Code ?? "", reply["field"] ?? ""));
        }

        Assert.Equal(("12000.00", "EUR", "group"), await Last(desk, "NT"));
        Assert.Equal("released 12000", await desk.State("NP-O"));
    }

    [Fact]
    public async Task What_names_no_limit_means_the_one_that_stands_in_the_way()
    {
        var desk = await Desk();
        await Customer(desk, "WT", "EUR");
        await Customer(desk, "WP", "EUR", "WT");
        await Limit(desk, "WP", 50_000, "EUR");
        await Limit(desk, "WT", 10_000, "EUR", "group");
        var block = await desk.Order("WP-O", "WP", 12_000, units: 12);
        Assert.Equal("released", (await desk.Decide(block, "temporaryLimit", new { amount = 12_000, until = "2026-03-20" })).Expect(200)["status"]);
        Assert.Equal(("12000.00", "EUR", "group"), await Last(desk, "WT"));
    }

    [Fact]
    public async Task A_payer_at_the_top_of_its_group_has_two_limits_and_each_is_told_and_raised_by_itself()
    {
        var desk = await Desk();
        await Customer(desk, "TT", "EUR");
        await Limit(desk, "TT", 10_000, "EUR");
        await Limit(desk, "TT", 11_000, "EUR", "group");
        var block = await desk.Order("TT-O", "TT", 12_000, units: 12);
        var order = (await desk.Get("TT-O")).Expect(200).Body;
        Assert.Equal(["limit-exceeded payer 2000.00", "limit-exceeded group 1000.00"], order.GetProperty("findings").EnumerateArray()
            .Select(finding => $"{Text(finding, "code")} {Text(finding, "limitLevel")} {Text(finding, "amount")}"));
        Assert.Equal(["payer ", "group "], await Told(desk, block));

        var unsaid = await desk.Decide(block, "temporaryLimit", new { amount = 12_000, until = "2026-03-20", level = "TT" });
        Assert.Equal("limitLevel", unsaid.Expect(422, "parameter-missing")["field"]);
        (await desk.Decide(block, "temporaryLimit", new { amount = 12_000, until = "2026-03-20", level = "TT", limitLevel = "payer" })).Expect(200);
        Assert.Equal("held limit-exceeded", await desk.State("TT-O"));
        Assert.Equal(["payer 2026-03-02", "group "], await Told(desk, block));

        Assert.Equal("released", (await Take(desk, "TT-O", block, "temporaryLimit"))["status"]);
        Assert.Equal(("12000.00", "EUR", "group"), await Last(desk, "TT"));
    }

    [Fact]
    public async Task Of_a_payer_at_the_top_the_money_of_its_group_makes_room_in_the_groups_limit()
    {
        var desk = await Desk();
        await Customer(desk, "ST", "EUR");
        await Customer(desk, "SS", "EUR", "ST");
        await Limit(desk, "ST", 20_000, "EUR");
        await Limit(desk, "ST", 10_000, "EUR", "group");
        await desk.Invoice("SS-I", "SS", 5000);
        await desk.Order("ST-O", "ST", 8000, units: 8);
        var options = (await desk.Get("ST-O")).Expect(200).Body.GetProperty("options").EnumerateArray();
        Assert.Contains(options, option => Text(option, "action") == "waitForPayment" && option.GetProperty("invoices")[0].GetString() == "SS-I");
    }

    [Fact]
    public async Task A_line_named_twice_is_refused_and_nothing_changes()
    {
        var desk = await Desk();
        await desk.Payer("L", 10_000);
        var block = await desk.Order("L-O", "L", 12_000, units: 12);
        var lines = new[] { new { line = 1, quantity = 10 }, new { line = 1, quantity = 10 } };
        foreach (var kind in new[] { "reduceOrder", "releasePartially" })
            Assert.Equal("lines[1].line", (await desk.Decide(block, kind, new { lines })).Expect(422, "field-invalid")["field"]);
        Assert.Equal("held limit-exceeded", await desk.State("L-O"));
        Assert.Equal("True", (await desk.Server.Get("/journal/verify")).Expect(200)["valid"]);
    }

    [Fact]
    public async Task Nobody_confirms_what_has_grown_older_than_the_first_person_saw()
    {
        var desk = await Desk();
        await desk.Payer("D", 500_000);
        await Owes("D-1", "2026-01-16");
        var block = await desk.Order("D-O", "D", 120_000);
        var pending = (await desk.Decide(block, "release")).Expect(200);
        var address = $"/blocks/{block}/decisions/{pending.Body.GetProperty("decision").GetProperty("id").GetString()}/confirm";
        await desk.Pay("D-R", "D", "D-1", 5000);
        await Owes("D-2", "2026-01-01");
        (await desk.Server.Post(address, new { }, CreditDesk.Max)).Expect(412, "version-stale");
        await Owes("D-3", "2026-01-16");
        await desk.Pay("D-R2", "D", "D-2", 5000);
        (await desk.Server.Post(address, new { }, CreditDesk.Max)).Expect(200);

        async Task Owes(string number, string dueDate) =>
            (await desk.Server.Post("/invoices", new { number, customer = "D", date = "2025-12-01", dueDate, currency = "EUR", amount = 5000 })).Expect(200);
    }

    [Fact]
    public async Task An_approved_limit_that_is_no_higher_meets_no_condition()
    {
        var desk = await Desk();
        await desk.Payer("A", 10_000);
        var block = await desk.Order("A-O", "A", 12_000);
        (await desk.Decide(block, "releaseUnderCondition", new { conditions = new[] { new { kind = "limitApproved" } }, until = "2026-03-20" })).Expect(200);
        foreach (var amount in new[] { 9000, 10_000 })
        {
            await desk.Limit("A", amount);
            Assert.Equal((amount, "held limit-exceeded", "inForce"), (amount, await desk.State("A-O"), await desk.DecisionStatus(block)));
        }

        await desk.Limit("A", 10_001);
        Assert.Equal(("released 12000", "fulfilled"), (await desk.State("A-O"), await desk.DecisionStatus(block)));
    }

    [Fact]
    public async Task A_limit_approved_since_that_is_no_higher_but_lets_the_order_pass_meets_the_condition()
    {
        var desk = await Desk();
        await desk.Payer("B", 10_000);
        await desk.Invoice("B-I", "B", 4000);
        var block = await desk.Order("B-O", "B", 9000);
        (await desk.Decide(block, "releaseUnderCondition", new { conditions = new[] { new { kind = "limitApproved" } }, until = "2026-03-20" })).Expect(200);
        await desk.Pay("B-R", "B", "B-I", 4000);
        Assert.Equal("inForce", await desk.DecisionStatus(block));
        await desk.Limit("B", 8000);
        Assert.Equal("inForce", await desk.DecisionStatus(block));
        await desk.Limit("B", 9500);
        Assert.Equal(("released 9000", "fulfilled"), (await desk.State("B-O"), await desk.DecisionStatus(block)));
    }

    [Fact]
    public async Task A_group_limit_is_called_one_in_every_language()
    {
        var desk = await Desk();
        await Customer(desk, "GL-T", "EUR");
        await Customer(desk, "GL", "EUR", "GL-T");
        await Limit(desk, "GL", 90_000, "EUR");
        await Limit(desk, "GL-T", 1000, "EUR", "group");
        await desk.Order("GL-O", "GL", 3000);
        var text = (await desk.Get("GL-O")).Expect(200).Text;
        Assert.Contains("The order would exceed the group limit of GL-T by", text, StringComparison.Ordinal);
        foreach (var (language, said) in new[] { (Language.French, "la limite du groupe GL-T"), (Language.German, "das Gruppenlimit von GL-T") })
            Assert.Contains(
                said, FindingText.Sentence(
                    new Finding("limit-exceeded", Severity.Refer, OwnerFunction.Credit, "limit", "GL-T", 1, Currency.EUR, LimitLevel: LimitLevel.Group), language),
                StringComparison.Ordinal);
    }

    async Task<CreditDesk> Desk()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        var rates = new Dictionary<string, decimal> { ["INR"] = 100, ["JPY"] = 100 };
        (await desk.Server.Put("/rates/2026-01-01", new { @base = "EUR", rates })).Expect(200);
        return desk;
    }

    static async Task Customer(CreditDesk desk, string number, string currency, string? group = null) => (await desk.Server.Put($"/customers/{number}", new
    {
        name = "Customer " + number, country = "FR", currency, paymentTerms = "NET30", riskClass = "B", group,
        billingAddress = new { line1 = "1 rue du Port", city = "Lyon", postalCode = "69002", country = "FR" },
    })).Expect(200);

    static async Task Limit(CreditDesk desk, string customer, decimal amount, string currency, string level = "payer") => (await desk.Server.Post("/limits", new
    {
        customer, kind = "standing", limit = "amount", amount, currency, level, validFrom = "2026-01-01", reason = "agreed",
    })).Expect(200);

    static async Task<ServerReply> Take(CreditDesk desk, string order, string block, string action)
    {
        var options = (await desk.Get(order)).Expect(200).Body.GetProperty("options").EnumerateArray().ToList();
        var at = options.FindIndex(option => Text(option, "action") == action && option.GetProperty("and").ValueKind == JsonValueKind.Null);
        return (await desk.Decide(block, null, new { option = at + 1, expect = new { action, amount = options[at].GetProperty("amount").GetDecimal() } })).Expect(200);
    }

    static async Task<(string? Amount, string? Currency, string? Level)> Last(CreditDesk desk, string customer)
    {
        var limit = (await desk.Server.Get($"/customers/{customer}/limits")).Expect(200).Body.EnumerateArray().Last();
        return (Text(limit, "amount"), Text(limit, "currency"), Text(limit, "level"));
    }

    /// <summary>The limits on the block's record, and the day on which each was cleared.</summary>
    static async Task<IReadOnlyList<string>> Told(CreditDesk desk, string block) =>
        [.. (await desk.Server.Get($"/blocks/{block}")).Expect(200).Body.GetProperty("findings").EnumerateArray()
            .Select(finding => $"{Text(finding, "limitLevel")} {Text(finding, "cleared")}")];

    static string? Text(JsonElement element, string field) =>
        !element.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();
}
