using System.Text.Json;
using Aval.Tests.Decisions;
using Aval.Tests.Infrastructure;
using Aval.Tests.Web;

namespace Aval.Tests.Outcomes;

public sealed class OutcomesOnSqlite() : OutcomesOverHttpTests(null);

public sealed class OutcomesOnPostgres(PostgresCluster cluster) : OutcomesOverHttpTests(cluster);

/// <summary>The ledger of decisions over HTTP, on a past that can be followed by hand. All was decided on 2 March 2026; limits are 10,000.</summary>
public abstract class OutcomesOverHttpTests(PostgresCluster? cluster)
{
    [Fact]
    public async Task Each_decision_is_followed_to_its_cash_and_the_sums_open_their_rows()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var desk = new CreditDesk(server);
        // A is released and pays in time; B is released in two parts and pays the second late; C is escalated, released, and disputes; D is rejected; E is billed and given up.
        foreach (var payer in new[] { "A", "B", "C", "D", "E" }) await desk.Payer(payer, 10_000);
        var blocks = new Dictionary<string, string>();
        foreach (var payer in new[] { "A", "B", "C", "D", "E" }) blocks[payer] = await desk.Order(payer + "-1", payer, 12_000, units: 12);
        (await desk.Decide(blocks["A"], "release", by: CreditDesk.Ana)).Expect(200);
        (await desk.Decide(blocks["B"], "releasePartially", new { amount = 5000 }, CreditDesk.Ana)).Expect(200);
        (await desk.Decide(blocks["C"], "escalate", new { to = "leadership", question = "may we?", until = "2026-03-20" }, CreditDesk.Ana)).Expect(200);
        (await desk.Decide(blocks["C"], "release", by: CreditDesk.Lea)).Expect(200);
        (await desk.Decide(blocks["D"], "reject")).Expect(200);
        (await desk.Decide(blocks["E"], "release")).Expect(200);
        await desk.Deliver("A-1", 12);
        await desk.Deliver("B-1", 5);
        await desk.Deliver("C-1", 12);
        await desk.Deliver("E-1", 12);
        await desk.Invoice("A-I", "A", 12_000, "2026-04-01", "A-1");
        await desk.Invoice("B-I", "B", 5000, "2026-04-01", "B-1");
        await desk.Invoice("C-I", "C", 12_000, "2026-04-01", "C-1");
        await desk.Invoice("E-I", "E", 12_000, "2026-04-01", "E-1");
        (await server.Post("/disputes", new { number = "D-1", invoice = "C-I", amount = 700, reason = "price", legitimacy = "unqualified", owner = "sales",
            date = "2026-03-02" })).Expect(200);
        await desk.Clock("2026-03-30");
        await Pay(server, "A", 12_000, "2026-03-30");
        await desk.Clock("2026-04-11");
        await Pay(server, "B", 5000, "2026-04-11");
        (await server.Post("/write-offs", new { number = "W", invoice = "E-I", date = "2026-04-11", amount = 12_000, reason = "insolvent" })).Expect(200);
        await desk.Clock("2026-06-15");

        const string period = "from=2026-03-01&to=2026-03-31";
        var all = (await server.Get($"/decisions/outcomes?{period}")).Expect(200).Body;
        var told = all.GetProperty("outcomes").EnumerateArray().Select(Told).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(
            [
                "A-1 release creditAnalyst customerRisk paidInTime 12000 late 0 after 0/0/0 disputed 0 given up 0 goods 2026-03-02",
                "B-1 releasePartially creditAnalyst customerRisk paidLate 5000 late 10 after 5000/0/0 disputed 0 given up 0 goods 2026-03-02",
                "C-1 escalate creditAnalyst customerRisk superseded 0 late - after 0/0/0 disputed 0 given up 0 goods ",
                "C-1 release leadership customerRisk disputed 12000 late 75 after 12000/12000/12000 disputed 700 given up 0 goods 2026-03-02",
                "D-1 reject creditManager customerRisk nothingBilled 0 late - after 0/0/0 disputed 0 given up 0 goods ",
                "E-1 release creditManager customerRisk writtenOff 12000 late 10 after 12000/0/0 disputed 0 given up 12000 goods 2026-03-02",
            ],
            told);
        using (var browser = new Browser(server))
        {
            await browser.SignInAsync(RunningServer.AdminKey);
            foreach (var (query, orders) in new[]
            {
                ("&by=order&kind=release", "A-1 C-1 E-1"), ("&by=order&descending=1&kind=release", "E-1 C-1 A-1"), ("&customer=B", "B-1"), ("&kind=reject", "D-1"),
                ("&customer=none", ""),
            })
            {
                var csv = await Text(browser, $"/outcomes?{period}{query}&as=csv");
                var lines = csv.TrimStart('\ufeff').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
                Assert.Equal((query, orders), (query, string.Join(' ', lines.Skip(1).Select(line => line.Split(',')[0]))));
                var page = await Text(browser, $"/outcomes?{period}{query}");
                Assert.Equal(
                    orders.Length > 0,
                    page.Contains("<table role=\"table\" class=\"list stack\">", StringComparison.Ordinal) && page.Contains("data-label=\"Turned out\"", StringComparison.Ordinal));
            }
        }


        var pages = new List<string>();
        for (string? cursor = null; ;)
        {
            var page = (await server.Get($"/decisions/outcomes?{period}&limit=2{(cursor is null ? "" : "&cursor=" + cursor)}")).Expect(200).Body;
            pages.AddRange(page.GetProperty("outcomes").EnumerateArray().Select(Told));
            if ((cursor = page.GetProperty("next").GetString()) is null) break;
        }

        Assert.Equal(told, pages.Order(StringComparer.Ordinal));
        foreach (var row in Table.Rows("""
            filter                | decisions
            kind=release          | 3
            role=creditAnalyst    | 3
            role=leadership       | 1
            by=mia                | 2
            cause=customerRisk    | 6
            cause=internalDefect  | 0
            customer=C            | 2
            exceptional=true      | 3
            """))
            Assert.Equal((row.Text, row.Integer("decisions")), (row.Text,
                (await server.Get($"/decisions/outcomes?{period}&{row["filter"]}")).Expect(200).Body.GetProperty("outcomes").GetArrayLength()));
        await SumsOpenTheirRows(server, period);
    }

    static async Task SumsOpenTheirRows(RunningServer server, string period)
    {
        var sums = (await server.Get($"/decisions/outcomes/summary?{period}")).Expect(200).Body;
        var all = sums.GetProperty("all");
        // Due are 41,000: 12,000 in time. Late: 12,000 by 0, 5,000 by 10, 12,000 by 75, 12,000 by 10 days.
        Assert.Equal(
            (6, 4, 41_000m, 29.3m, 26.1m), (all.GetProperty("decisions").GetInt32(), all.GetProperty("billed").GetInt32(), Number(all, "dueAmount"),
                Number(all, "paidInTimePercent"), Number(all, "daysLate")));
        Assert.Equal((12_000m, 700m, 12_000m), (Number(all, "overdue"), Number(all, "disputed"), Number(all, "writtenOff")));
        Assert.Equal((29_000m, 12_000m, 12_000m), (Number(all, "after30"), Number(all, "after60"), Number(all, "after90")));
        foreach (var (list, field) in new[] { ("byKind", "kind"), ("byRole", "role"), ("byCause", "cause") })
        {
            var groups = sums.GetProperty(list).EnumerateArray().ToList();
            Assert.Equal(6, groups.Sum(group => group.GetProperty("decisions").GetInt32()));
            foreach (var group in groups)
            {
                var opened = (await server.Get($"/decisions/outcomes?{period}&{field}={group.GetProperty("name")}")).Expect(200);
                var rows = opened.Body.GetProperty("outcomes").EnumerateArray().ToList();
                Assert.Equal(group.GetProperty("decisions").GetInt32(), rows.Count);
                Assert.Equal(Number(group, "billedAmount"), rows.Sum(row => Number(row, "billed")));
                Assert.Equal(Number(group, "after30"), rows.Sum(row => Number(row, "after30")));
            }
        }
    }

    [Fact]
    public async Task What_cannot_be_asked_is_refused_by_name()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        foreach (var row in Table.Rows("""
            query                          | code
            from=2026-03-02&to=2026-03-01  | field-invalid
            from=2010-03-02&to=2026-03-01  | field-invalid
            limit=0                        | field-invalid
            limit=501                      | field-invalid
            cursor=x                       | field-invalid
            kind=moon                      | field-invalid
            cause=moon                     | field-invalid
            colour=red                     | field-unknown
            """)) (await server.Get("/decisions/outcomes?" + row["query"])).Expect(422, row["code"]);
        (await server.Get("/decisions/outcomes/summary?from=2026-03-02&to=2026-03-01")).Expect(422, "field-invalid");
        (await server.Get("/decisions/outcomes", by: "nobody")).Expect(401, "key-unknown");
    }

    [Fact]
    public async Task A_block_shows_how_like_cases_were_decided_and_what_came_of_them()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var desk = new CreditDesk(server);
        foreach (var (payer, limit, riskClass) in new[] { ("A", 10_000, "B"), ("B", 10_000, "C"), ("C", 1000, "B"), ("Z", 10_000, "B") }) await desk.Payer(payer, limit, riskClass);
        foreach (var (payer, worth) in new[] { ("A", 12_000m), ("B", 12_500m), ("C", 90_000m) })
            (await desk.Decide(await desk.Order(payer + "-1", payer, worth), payer == "B" ? "reject" : "release", by: CreditDesk.Lea)).Expect(200);
        var asked = await desk.Order("Z-1", "Z", 12_000);
        var like = (await server.Get($"/blocks/{asked}")).Expect(200).Body.GetProperty("like").EnumerateArray().ToList();
        Assert.Equal(["A-1 release", "B-1 reject", "C-1 release"], like.Select(known => $"{known.GetProperty("order")} {known.GetProperty("kind")}"));
        var nearest = like[0];
        Assert.Equal((0m, 12_000m, 2000m, "B", "customerRisk"), (Number(nearest, "distance"), Number(nearest, "amount"), Number(nearest, "overrun"),
            nearest.GetProperty("riskClass").GetString(),
            nearest.GetProperty("cause").GetString()));
        Assert.Equal("nothingBilled", nearest.GetProperty("turnout").GetString());
        var closed = (await desk.Get("A-1")).Body;
        Assert.Equal("released", closed.GetProperty("status").GetString());
        var own = (await server.Get($"/blocks/{(await server.Get("/blocks?customer=A")).Body.GetProperty("blocks")[0].GetProperty("id").GetString()}")).Expect(200).Body;
        Assert.DoesNotContain(own.GetProperty("like").EnumerateArray(), known => known.GetProperty("order").GetString() == "A-1");
        Assert.Equal(2, own.GetProperty("like").GetArrayLength());
    }

    static string Told(JsonElement outcome) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{outcome.GetProperty("order")} {outcome.GetProperty("kind")} {outcome.GetProperty("role")} {outcome.GetProperty("cause")} {outcome.GetProperty("turnout")} "
        + $"{Number(outcome, "billed"):0} late {(outcome.GetProperty("daysLate").ValueKind == JsonValueKind.Null ? "-" : $"{Number(outcome, "daysLate"):0.#}")} "
        + $"after {Number(outcome, "after30"):0}/{Number(outcome, "after60"):0}/{Number(outcome, "after90"):0} disputed {Number(outcome, "disputed"):0} "
        + $"given up {Number(outcome, "writtenOff"):0} goods {string.Join(' ', outcome.GetProperty("deliveries").EnumerateArray())}");

    static async Task<string> Text(Browser browser, string path) =>
        await (await browser.GetAsync(path)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    static async Task Pay(RunningServer server, string payer, decimal amount, string date)
    {
        (await server.Post("/receipts", new { number = payer + "-R", payer, date, currency = "EUR", amount })).Expect(200);
        (await server.Post($"/receipts/{payer}-R/allocations", new[] { new { invoice = payer + "-I", amount } })).Expect(200);
    }

    static decimal Number(JsonElement body, string field) => body.GetProperty(field) is { ValueKind: JsonValueKind.Number } number ? number.GetDecimal() : 0;
}
