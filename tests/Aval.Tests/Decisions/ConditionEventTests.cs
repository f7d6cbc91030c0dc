using System.Globalization;
using System.Text.Json;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Decisions;

public sealed class ConditionEventsOnSqlite() : ConditionEventTests(null);

public sealed class ConditionEventsOnPostgres(PostgresCluster cluster) : ConditionEventTests(cluster);

/// <summary>Each kind of condition, event by event, until the order goes or the day after its date comes. Limits are 10,000; one USD is 0.8 EUR.</summary>
/// <remarks>A payer owes 3,000 on one invoice and orders 12 units of 1,000; a dispute of 100 on that invoice stands unqualified where the row says so.</remarks>
public abstract class ConditionEventTests(PostgresCluster? cluster)
{
    static readonly Dictionary<string, string> Conditions = new(StringComparer.Ordinal)
    {
        ["paid"] = """{"kind":"invoicePaid","invoice":"#-I"}""",
        ["deposit"] = """{"kind":"depositReceived","amount":5000}""",
        ["order number"] = """{"kind":"purchaseOrderReceived"}""",
        ["guarantee"] = """{"kind":"guaranteeRegistered","amount":5000}""",
        ["qualified"] = """{"kind":"disputesQualified","olderThan":5}""",
        ["limit"] = """{"kind":"limitApproved"}""",
        ["cap"] = """{"kind":"amountCap","amount":11000}""",
        ["valid"] = """{"kind":"validUntil","date":"2026-03-20"}""",
    };

    [Fact]
    public async Task Facts_meet_conditions_as_they_come_and_the_day_after_the_date_breaks_what_is_open()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var desk = new CreditDesk(server);
        (await server.Put("/rates/2026-01-01", new { @base = "EUR", rates = new Dictionary<string, decimal> { ["USD"] = 1.25m } })).Expect(200);
        var rows = Table.Rows("""
            conditions           events                              | states                                   late
            paid                 "pay 2999, pay 1"                   | "waits, released"                        released
            paid                 "payUSD 3750"                       | released                                 released
            paid                 "uncleared 3000"                    | waits                                    broken
            paid                 "pay 2999"                          | waits                                    broken
            paid                 "deposit 5000"                      | waits                                    broken
            paid                 -                                   | -                                        broken
            deposit              "deposit 4999, deposit 1"           | "waits, released"                        released
            deposit              "depositUSD 6250"                   | released                                 released
            deposit              "pay 3000"                          | waits                                    broken
            deposit              "elsewhere 5000"                    | waits                                    broken
            "order number"       "number PO-1"                       | released                                 released
            "order number"       "deposit 5000"                      | waits                                    broken
            guarantee            "guarantee 4999, guarantee 1"       | "waits, released"                        released
            guarantee            "guaranteeUSD 6250"                 | released                                 released
            guarantee            "pay 3000"                          | waits                                    broken
            qualified            "qualify -"                         | released                                 released
            qualified            "pay 2000"                          | waits                                    broken
            limit                "limit 10001"                       | released                                 released
            limit                "deposit 5000"                      | waits                                    broken
            cap                  "less 11500, less 11000"            | "waits, released"                        released
            paid,deposit         "pay 3000, deposit 5000"            | "waits, released"                        released
            paid,deposit         "deposit 5000, pay 3000"            | "waits, released"                        released
            "paid,order number"  "number PO-1, pay 2000, pay 1000"   | "waits, waits, released"                 released
            paid,valid           "pay 3000"                          | released                                 ended
            paid,valid           "pay 2999"                          | waits                                    broken
            valid                -                                   | -                                        ended
            """);
        var failures = new List<string>();
        for (var at = 0; at < rows.Count; at++)
        {
            var (row, payer, states) = (rows[at], $"E{at:00}", new List<string>());
            var block = await DecidedAsync(desk, payer, row["conditions"]);
            foreach (var told in row["events"].Split(", ", StringSplitOptions.RemoveEmptyEntries))
            {
                await HappensAsync(desk, payer, told, states.Count);
                states.Add(await StateAsync(desk, payer, block));
            }

            if (row["states"] != string.Join(", ", states)) failures.Add($"{row.Text}: {string.Join(", ", states)}");
            // What was let go is let go once: the same facts coming again change nothing.
            if (states.LastOrDefault() == "released") Assert.Equal("fulfilled", await desk.DecisionStatus(block));
        }

        Assert.Equal([], failures);
        var open = rows.Select((row, at) => (Payer: $"E{at:00}", row)).Where(known => known.row["late"] == "broken").Select(known => known.Payer).ToList();
        var commitments = (await server.Get("/commitments?from=2026-03-20&to=2026-03-20&limit=500")).Expect(200).Body.GetProperty("commitments").EnumerateArray().ToList();
        Assert.Equal(open, commitments.Select(known => known.GetProperty("customer").GetString()!).Distinct().Order(StringComparer.Ordinal));
        await desk.Clock("2026-03-20");
        foreach (var payer in open) Assert.Equal((payer, "waits"), (payer, await StateAsync(desk, payer, await BlockAsync(desk, payer))));
        await desk.Clock("2026-03-21");
        for (var at = 0; at < rows.Count; at++)
        {
            var state = await StateAsync(desk, $"E{at:00}", await BlockAsync(desk, $"E{at:00}"));
            if (rows[at]["late"] != state) failures.Add($"{rows[at].Text} the day after: {state}");
        }

        Assert.Equal([], failures);
        foreach (var payer in open)
        {
            var block = (await server.Get($"/blocks/{await BlockAsync(desk, payer)}")).Expect(200);
            Assert.Equal((payer, "creditManager"), (payer, block["owner"]));
        }

        Assert.Empty((await server.Get("/commitments?to=2026-03-31")).Body.GetProperty("commitments").EnumerateArray());
        Assert.Equal("True", (await server.Get("/journal/verify")).Expect(200)["valid"]);
    }

    [Fact]
    public async Task What_had_left_before_money_went_back_stays_gone_and_the_rest_is_held()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var desk = new CreditDesk(server);
        var block = await DecidedAsync(desk, "L", "deposit");
        await desk.Deposit("L-1", "L", "L-O", 5000);
        Assert.Equal("released", await StateAsync(desk, "L", block));
        await desk.Deliver("L-O", 5);
        await desk.TakeBack("L-1");
        Assert.Equal("broken", await StateAsync(desk, "L", block));
        var exposure = (await server.Get("/customers/L/exposure")).Body;
        Assert.Equal((0m, 5000m), (exposure.GetProperty("openOrders").GetDecimal(), exposure.GetProperty("unbilled").GetDecimal()));
        var line = (await desk.Get("L-O")).Body.GetProperty("lines")[0];
        Assert.Equal((12m, 5m), (line.GetProperty("quantity").GetDecimal(), line.GetProperty("delivered").GetDecimal()));
    }

    static async Task<string> DecidedAsync(CreditDesk desk, string payer, string conditions)
    {
        await desk.Payer(payer, 10_000);
        await desk.Invoice(payer + "-I", payer, 3000);
        if (conditions == "qualified")
            (await desk.Server.Post("/disputes", new
            {
                number = payer + "-D", invoice = payer + "-I", amount = 100, reason = "price", legitimacy = "unqualified", owner = "sales", date = "2026-02-01",
            })).Expect(200);
        var block = await desk.Order(payer + "-O", payer, 12_000, units: 12);
        var wanted = conditions.Split(',').Select(name => JsonSerializer.Deserialize<JsonElement>(Conditions[name].Replace("#", payer, StringComparison.Ordinal))).ToList();
        (await desk.Decide(block, "releaseUnderCondition", new { conditions = wanted, until = "2026-03-20" })).Expect(200);
        return block;
    }

    static async Task HappensAsync(CreditDesk desk, string payer, string told, int at)
    {
        var (what, figure) = (told.Split(' ')[0], told.Split(' ')[1]);
        var amount = decimal.TryParse(figure, CultureInfo.InvariantCulture, out var number) ? number : 0;
        var (receipt, guarantee) = ($"{payer}-R{at}", $"{payer}-G{at}");
        switch (what)
        {
            case "pay" or "uncleared":
                await desk.Pay(receipt, payer, payer + "-I", amount, cleared: what == "pay");
                break;
            case "payUSD":
                (await desk.Server.Post("/receipts", new { number = receipt, payer, date = "2026-03-02", currency = "USD", amount })).Expect(200);
                (await desk.Server.Post($"/receipts/{receipt}/allocations", new[] { new { invoice = payer + "-I", amount = 3000 } })).Expect(200);
                break;
            case "deposit":
                await desk.Deposit(receipt, payer, payer + "-O", amount);
                break;
            case "depositUSD":
                (await desk.Server.Post("/receipts", new { number = receipt, payer, date = "2026-03-02", currency = "USD", amount, depositFor = payer + "-O" })).Expect(200);
                break;
            case "elsewhere":
                await desk.Order(payer + "-P", payer, 20_000);
                await desk.Deposit(receipt, payer, payer + "-P", amount);
                break;
            case "number":
                await desk.Change(payer + "-O", payer, 12_000, units: 12, purchaseOrder: figure);
                break;
            case "guarantee" or "guaranteeUSD":
                (await desk.Server.Post("/guarantees", new
                {
                    number = guarantee, customer = payer, kind = "bankGuarantee", issuer = "a bank", amount, currency = what == "guarantee" ? "EUR" : "USD",
                        validFrom = "2026-01-01",
                    validTo = "2026-12-31",
                })).Expect(200);
                break;
            case "qualify":
                (await desk.Server.Patch($"/disputes/{payer}-D", new { legitimacy = "customerFault" })).Expect(200);
                break;
            case "limit":
                await desk.Limit(payer, amount);
                break;
            case "less":
                await desk.Change(payer + "-O", payer, amount, units: 10);
                break;
            default:
                throw new FormatException(told);
        }
    }

    static async Task<string> BlockAsync(CreditDesk desk, string payer) =>
        (await desk.Server.Get($"/blocks?customer={payer}&limit=1")).Expect(200).Body.GetProperty("blocks")[0].GetProperty("id").GetString()!;

    /// <summary>Released and fulfilled, waiting and held, broken and held, or held again since the day until which the release was valid has passed.</summary>
    static async Task<string> StateAsync(CreditDesk desk, string payer, string block)
    {
        var (order, decision) = ((await desk.State(payer + "-O")), await desk.DecisionStatus(block));
        return (order.Split(' ')[0], decision) switch
        {
            ("released", "fulfilled") => "released",
            ("held", "fulfilled") when order.Contains("authorization-expired", StringComparison.Ordinal) => "ended",
            ("held", "inForce") => "waits",
            ("held", "broken") when order.Contains("condition-broken", StringComparison.Ordinal) => "broken",
            _ => $"{order} ({decision})",
        };
    }
}
