using System.Text.Json;
using Aval.Checks.Rules;
using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Policies.Rules;
using Aval.Receivables.Rules;
using Aval.Tests.Decisions;
using Aval.Tests.Infrastructure;
using Aval.Tests.Web;

namespace Aval.Tests.Checks;

/// <summary>What comes of setting a finding aside. It was set aside on 2 March 2026, and is due on the 20th.</summary>
public sealed class DeferredRiskTests
{
    static readonly DateOnly SetAside = new(2026, 3, 2), Due = new(2026, 4, 1);

    [Fact]
    public void Each_thing_that_comes_on_an_invoice_since_is_told_with_its_day() => Table.Check("""
        invoiced    stage      settled     disputed  named  given  today       mended      | state     came
        -           -          -           -         -      -      2026-06-30  -           | owed      -
        -           -          -           -         -      -      2026-06-30  2026-03-10  | mended    -
        2026-03-05  -          2026-04-01  -         -      -      2026-06-30  -           | owed      -
        2026-03-05  -          -           -         -      -      2026-04-01  -           | owed      -
        2026-03-05  -          -           -         -      -      2026-04-02  -           | cameTrue  "latePayment I 2026-04-02 1000"
        2026-03-05  -          2026-04-02  -         -      -      2026-06-30  2026-03-10  | cameTrue  "latePayment I 2026-04-02 1000"
        2026-03-05  rejected   2026-04-01  -         -      -      2026-06-30  -           | cameTrue  "rejection I 2026-03-15 1000"
        2026-03-05  corrected  2026-04-01  -         -      -      2026-06-30  -           | cameTrue  "rejection I 2026-03-15 1000"
        2026-03-05  sent       2026-04-01  -         -      -      2026-06-30  -           | owed      -
        2026-03-05  -          2026-04-01  300       yes    -      2026-06-30  -           | cameTrue  "dispute D 2026-03-20 300 named"
        2026-03-05  -          2026-04-01  300       no     -      2026-06-30  -           | cameTrue  "dispute D 2026-03-20 300"
        2026-03-05  -          -           -         -      1000   2026-06-30  -           | cameTrue  "latePayment I 2026-04-02 1000, writeOff I 2026-05-01 1000"
        2026-03-01  -          -           300       yes    -      2026-06-30  -           | owed      -
        """, row =>
        {
            var waiver = new Waiver("O:1", "O", "C", "purchase-order-missing", "C", null, null, null, "it comes", "key:cora", SetAside, null)
            {
                Owner = OwnerFunction.CustomerService, DueOn = new DateOnly(2026, 3, 20), MendedOn = row.DateOrNone("mended"),
            };
            var settled = new List<SettledPart>();
            if (row.DateOrNone("settled") is { } on) settled.Add(new SettledPart(on, 1000_00, SettlementSource.Receipt));
            if (row.Has("given")) settled.Add(new SettledPart(new DateOnly(2026, 5, 1), 1000_00, SettlementSource.WriteOff));
            var stage = row.Has("stage") ? row.One<InvoiceStage>("stage") : (InvoiceStage?)null;
            OrderInvoice[] invoices = row.DateOrNone("invoiced") is { } date
                ? [new OrderInvoice("O", "I", "C", date, Due, Currency.EUR, 1000_00, settled, stage, stage is null ? null : new DateOnly(2026, 3, 15))]
                : [];
            Dispute[] disputes = row.Has("disputed")
                ?
                [
                    new Dispute(
                        "D", "I", "C", "C", Due, 300_00, 300_00, Currency.EUR, DisputeReason.Price, Legitimacy.Unqualified, OwnerFunction.Sales, null, DisputeStatus.Open,
                        new DateOnly(2026, 3, 20), null, null, null, null, row.Flag("named") ? "purchase-order-missing" : "price-deviates"),
                ]
                : [];
            var risk = DeferredRisk.Of(waiver, invoices, disputes, [], row.Date("today"));
            var came = string.Join(", ", risk.Consequences.Select(known =>
                $"{Aval.Kernel.Storage.Words.Of(known.Kind)} {known.Document} {known.On:yyyy-MM-dd} {known.Amount / 100}{(known.Named ? " named" : "")}"));
            Assert.Equal((row["state"], row["came"]), (Aval.Kernel.Storage.Words.Of(risk.State), came));
        });
}

public sealed class DeferredRisksOnSqlite() : DeferredRisksOverHttpTests(null);

public sealed class DeferredRisksOnPostgres(PostgresCluster cluster) : DeferredRisksOverHttpTests(cluster);

/// <summary>Deferred risks over HTTP: a dated debt with an owner, and the way back from what came of it.</summary>
public abstract class DeferredRisksOverHttpTests(PostgresCluster? cluster)
{
    [Fact]
    public async Task What_is_set_aside_is_owed_until_it_is_mended_and_what_comes_of_it_leads_back()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var desk = new CreditDesk(server);
        await desk.Payer("P", 10_000, purchaseOrder: true);
        foreach (var (order, due) in new[] { ("P-1", "2026-03-10"), ("P-2", (string?)null), ("P-3", "2026-03-05") })
        {
            Assert.NotEqual("", await desk.Order(order, "P", 1000));
            (await server.Post($"/orders/{order}/waive", due is null
                ? new { finding = "purchase-order-missing", reason = "it comes by post" }
                : new { finding = "purchase-order-missing", reason = "it comes by post", due }, CreditDesk.Cora)).Expect(200);
            Assert.Equal("released 1000", await desk.State(order));
        }

        // P-3 passes its limit besides, and is decided on.
        await desk.Change("P-3", "P", 15_000);
        var block = (await desk.Get("P-3"))["block"]!;
        (await desk.Decide(block, "release")).Expect(200);
        Assert.Equal(["P-3 2026-03-05 owed", "P-1 2026-03-10 owed", "P-2 2026-04-01 owed"], await Told(server, "owed=true"));
        Assert.Equal(["P-3 2026-03-05 owed"], await Told(server, "due=2026-03-09"));
        Assert.Equal(3, (await Told(server, "owner=customerService&customer=P")).Count);
        Assert.Empty(await Told(server, "owner=credit"));
        var first = (await server.Get("/deferred-risks?limit=2")).Expect(200);
        Assert.Equal(["P-2 2026-04-01 owed"], await Told(server, "limit=2&cursor=" + first["next"]));

        await desk.Change("P-1", "P", 1000, purchaseOrder: "PO-1");
        Assert.Equal(["P-3 2026-03-05 owed", "P-2 2026-04-01 owed"], await Told(server, "owed=true"));
        Assert.Equal(["P-1 2026-03-10 mended"], await Told(server, "owed=false"));
        await desk.Deliver("P-3", 1);
        await desk.Invoice("P-I", "P", 15_000, "2026-04-01", "P-3");
        (await server.Post("/disputes", new
        {
            number = "P-D", invoice = "P-I", amount = 500, reason = "documentation", legitimacy = "unqualified", owner = "customerService", preventedBy = "purchase-order-missing",
        })).Expect(200);
        await desk.Clock("2026-04-02");
        foreach (var way in new[] { "dispute=P-D", "invoice=P-I", "order=P-3" })
        {
            var risk = Assert.Single((await server.Get("/deferred-risks?" + way)).Expect(200).Body.GetProperty("deferredRisks").EnumerateArray());
            Assert.Equal(("cameTrue", "key:cora", true), (risk.GetProperty("state").GetString(), risk.GetProperty("by").GetString(), risk.GetProperty("late").GetBoolean()));
            Assert.Equal(
                ["dispute P-D 500 True", "latePayment P-I 15000 False"],
                risk.GetProperty("consequences").EnumerateArray()
                    .Select(came => $"{came.GetProperty("kind")} {came.GetProperty("document")} {came.GetProperty("amount").GetDecimal():0} {came.GetProperty("named")}"));
            Assert.Equal(block, Assert.Single(risk.GetProperty("decisions").EnumerateArray()).GetProperty("block").GetString());
        }

        Assert.Equal("cameTrue", (await server.Get($"/blocks/{block}")).Body.GetProperty("deferred")[0].GetProperty("state").GetString());
        using var browser = new Browser(server);
        await browser.SignInAsync((await server.Post("/api-keys", new { name = "lena", roles = new[] { "leadership" } })).Expect(201)["key"]!);
        foreach (var page in new[] { "/deferred-risks", $"/blocks/{block}" })
            Assert.Contains("this would have prevented it", await Page(browser, page), StringComparison.Ordinal);
        foreach (var (query, orders) in new[]
        {
            ("", "P-3 P-2"), ("?by=due&descending=1", "P-2 P-3"), ("?by=order", "P-2 P-3"), ("?owed=false", "P-1"), ("?owner=credit", ""), ("?due=2026-03-09&customer=P", "P-3"),
        })
        {
            var csv = (await Page(browser, $"/deferred-risks{(query.Length == 0 ? "?" : query + "&")}as=csv")).TrimStart('\ufeff')
                .Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(("finding", "order"), (csv[0].Split(',')[0], csv[0].Split(',')[1]));
            Assert.Equal((query, orders), (query, string.Join(' ', csv.Skip(1).Select(line => line.Split(',')[1]))));
            foreach (var order in orders.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                Assert.Contains($"href=\"/orders/{order}\"", await Page(browser, "/deferred-risks" + query), StringComparison.Ordinal);
        }

        Assert.Contains("2 findings set aside and to be mended", await Page(browser, "/customers/P"), StringComparison.Ordinal);
        Assert.Equal("True", (await server.Get("/journal/verify")).Expect(200)["valid"]);
    }

    [Fact]
    public async Task What_was_mended_is_owed_again_when_a_check_finds_it_again()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var desk = new CreditDesk(server);
        await desk.Payer("A", 10_000);
        async Task Address(string? city) =>
            (await server.Put("/customers/A", new { billingAddress = new { line1 = "1 rue du Port", city, postalCode = "69002", country = "FR" } })).Expect(200);
        await Address(null);
        await desk.Order("A-1", "A", 1000);
        (await server.Post("/orders/A-1/waive", new { finding = "billing-address-incomplete", reason = "asked for" }, "mada:masterData+customerService")).Expect(200);
        Assert.Equal(["A-1 2026-04-01 owed"], await Told(server, ""));
        await Address("Lyon");
        await desk.Change("A-1", "A", 1100);
        Assert.Equal(["A-1 2026-04-01 mended"], await Told(server, ""));
        await Address(null);
        await desk.Change("A-1", "A", 1200);
        Assert.Equal(["A-1 2026-04-01 owed"], await Told(server, ""));
    }

    [Fact]
    public async Task What_cannot_be_asked_is_refused_by_name()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var desk = new CreditDesk(server);
        await desk.Payer("P", 10_000, purchaseOrder: true);
        await desk.Order("P-1", "P", 1000);
        (await server.Post("/orders/P-1/waive", new { finding = "purchase-order-missing", reason = "later", due = "2026-03-01" }, CreditDesk.Cora)).Expect(422, "field-invalid");
        Assert.Equal("held purchase-order-missing", await desk.State("P-1"));
        foreach (var row in Table.Rows("""
            query         status  code
            limit=0       422     field-invalid
            cursor=x      422     field-invalid
            owner=moon    422     field-invalid
            colour=red    422     field-unknown
            dispute=none  404     dispute-unknown
            invoice=none  404     invoice-unknown
            """)) (await server.Get("/deferred-risks?" + row["query"])).Expect(row.Integer("status"), row["code"]);
        (await server.Get("/deferred-risks", by: "nobody")).Expect(401, "key-unknown");
    }

    static async Task<List<string>> Told(RunningServer server, string query) =>
        [.. (await server.Get("/deferred-risks?" + query)).Expect(200).Body.GetProperty("deferredRisks").EnumerateArray().Select(Line)];

    static string Line(JsonElement risk) => $"{risk.GetProperty("order")} {risk.GetProperty("due")} {risk.GetProperty("state")}";

    static async Task<string> Page(Browser browser, string path) =>
        await (await browser.GetAsync(path)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
