using System.Text.Json;
using Aval.Tests.Decisions;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Casework;

public sealed class FixLaterOnSqlite() : FixLaterTests(null);

public sealed class FixLaterOnPostgres(PostgresCluster cluster) : FixLaterTests(cluster);

/// <summary>What is told of an order that goes although something was found: by policy, since only our own defects hold it, or by a person.</summary>
public abstract class FixLaterTests(PostgresCluster? cluster)
{
    [Fact]
    public async Task An_order_that_goes_though_our_part_is_not_done_is_confirmed_and_our_part_lies_on_its_list_until_it_is()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var desk = new CreditDesk(server);
        await Policy(server, new { basedOn = "standard", internalDefect = new { act = "releaseAndFix", upTo = 1000 } });
        await desk.Payer("F1", 10_000);
        await desk.Invoice("F1-I", "F1", 9_900, due: "2026-01-31");
        (await server.Post("/receipts", new { number = "F1-R", payer = "F1", date = "2026-02-27", currency = "EUR", amount = 9_900 })).Expect(200);
        foreach (var order in new[] { "F1-1", "F1-2" }) await desk.Order(order, "F1", 1_000);
        var told = (await server.Get("/orders/F1-1")).Expect(200);
        Assert.Equal("released", told["status"]);
        Assert.Equal("F1-R", Assert.Single(told.Body.GetProperty("defects").EnumerateArray()).GetProperty("document").GetString());
        Assert.Empty(told.Body.GetProperty("options").EnumerateArray());
        var texts = told.Body.GetProperty("texts");
        Assert.Equal("Thank you: your order F1-1 is confirmed.", texts.GetProperty("customer").GetString());
        Assert.StartsWith("Order F1-1 is released. It is not the customer's fault: Receipt F1-R", texts.GetProperty("internal").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("Order F1-1 is released. It is not the customer's fault: Receipt F1-R", texts.GetProperty("customerService").GetString(), StringComparison.Ordinal);

        var line = Assert.Single(await Work(server));
        Assert.Equal(
            ("defect", "unappliedReceipt", "F1-R", "accountsReceivable", 2),
            (Text(line, "kind"), Text(line, "code"), Text(line, "subject"), Text(line, "owner"), line.GetProperty("heldUp").GetInt32()));
        Assert.NotNull(Text(line, "dueOn"));
        // The same order checked again is no second line; a part of the money applied leaves the rest to do.
        (await server.Post("/orders/F1-1/pick-release", new { })).Expect(200);
        (await server.Post("/receipts/F1-R/allocations", new[] { new { invoice = "F1-I", amount = 5_000 } })).Expect(200);
        Assert.Equal(2, Assert.Single(await Work(server)).GetProperty("heldUp").GetInt32());
        (await server.Post("/receipts/F1-R/allocations", new[] { new { invoice = "F1-I", amount = 4_900 } })).Expect(200);
        Assert.Empty(await Work(server));
        Assert.Empty((await server.Get("/orders/F1-1")).Expect(200).Body.GetProperty("defects").EnumerateArray());
        Assert.True((await server.Get("/journal/verify")).Expect(200).Body.GetProperty("valid").GetBoolean());
    }

    [Fact]
    public async Task Each_kind_of_defect_leaves_the_list_when_it_is_mended()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var desk = new CreditDesk(server);
        await Policy(server, new { basedOn = "standard", excludeDisputes = Array.Empty<string>(), internalDefect = new { act = "releaseAndFix" } });
        foreach (var payer in new[] { "FC", "FD", "FP", "FJ" })
        {
            await desk.Payer(payer, 10_000);
            await desk.Invoice(payer + "-I", payer, 9_900, due: payer == "FJ" ? "2026-01-31" : "2026-05-25");
        }

        foreach (var payer in new[] { "FC", "FD" })
            (await server.Post("/disputes", new
            {
                number = payer + "-D", invoice = payer + "-I", amount = 5_000, reason = "price", legitimacy = "companyFault", owner = "quality",
            })).Expect(200);
        (await server.Patch("/disputes/FC-D", new { status = "creditNoteDue" })).Expect(200);
        (await server.Post("/credit-note-promises", new
        {
            number = "FP-P", customer = "FP", invoice = "FP-I", amount = 5_000, reason = "damaged", owner = "billing", dueBy = "2026-03-30",
        })).Expect(200);
        (await server.Post("/invoices/FJ-I/status", new { status = "rejected", date = "2026-02-25", reason = "wrong", fault = "company" })).Expect(200);
        foreach (var payer in new[] { "FC", "FD", "FP" }) Assert.Equal("", await desk.Order(payer + "-1", payer, 1_000));
        Assert.Equal("", await desk.Order("FJ-1", "FJ", 50));
        Assert.Equal(["companyFaultDispute FC-D", "companyFaultDispute FD-D", "promisedCreditNote FP-P", "rejectedInvoice FJ-I"], await Defects());
        (await server.Patch("/disputes/FD-D", new { legitimacy = "customerFault" })).Expect(200);
        foreach (var payer in new[] { "FC", "FP" })
            (await server.Post("/credit-notes", new
            {
                number = payer + "-N", customer = payer, date = "2026-03-02", currency = "EUR", amount = 5_000, invoice = payer + "-I",
            })).Expect(200);
        (await server.Post("/invoices/FJ-I/status", new { status = "corrected", reason = "put right" })).Expect(200);
        Assert.Empty(await Defects());

        async Task<IEnumerable<string>> Defects() => (await Work(server)).Where(line => Text(line, "code") is "companyFaultDispute" or "promisedCreditNote" or "rejectedInvoice")
            .Select(line => $"{Text(line, "code")} {Text(line, "subject")}").Order(StringComparer.Ordinal).ToList();
    }

    [Fact]
    public async Task What_a_person_has_let_go_is_confirmed_and_what_was_cancelled_is_not_held()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var desk = new CreditDesk(server);
        await desk.Payer("HR", 10);
        var block = await desk.Order("HR-1", "HR", 100);
        (await desk.Decide(block, "release", new { reason = "known for years" })).Expect(200);
        Assert.Equal("Order HR-1 is released.", await Service("HR-1"));
        Assert.Equal("Thank you: your order HR-1 is confirmed.", (await server.Get("/orders/HR-1")).Expect(200).Body.GetProperty("texts").GetProperty("customer").GetString());
        await desk.Order("HR-2", "HR", 100);
        Assert.StartsWith("Order HR-2 is held.", await Service("HR-2"), StringComparison.Ordinal);
        (await server.Post("/orders/HR-2/cancel", new { reason = "too late" })).Expect(200);
        Assert.Equal("Order HR-2 is cancelled.", await Service("HR-2"));

        async Task<string?> Service(string order) => (await server.Get($"/orders/{order}")).Expect(200).Body.GetProperty("texts").GetProperty("customerService").GetString();
    }

    /// <summary>Y2 owes, its sister Y1 owes nothing: who ordered is not asked for what another owes.</summary>
    [Fact]
    public async Task Nobody_is_asked_to_pay_what_another_of_its_group_owes()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var desk = new CreditDesk(server);
        await Policy(server, new
        {
            basedOn = "standard", rules = new[] { new { rule = "overdue", severity = "refer", minDays = 15, minAmount = 500, minSharePercent = 5, level = "group" } },
        });
        foreach (var payer in new[] { "YT", "Y1", "Y2" }) await desk.Payer(payer, 10_000);
        foreach (var payer in new[] { "Y1", "Y2" }) (await server.Put($"/customers/{payer}", new { group = "YT" })).Expect(200);
        await desk.Invoice("Y2-I", "Y2", 1_000, due: "2026-01-29");
        var block = await desk.Order("Y1-1", "Y1", 100);
        var texts = (await desk.Get("Y1-1")).Expect(200).Body.GetProperty("texts");
        Assert.Equal("Thank you for your order Y1-1. We are still looking into it and will come back to you shortly.", texts.GetProperty("customer").GetString());
        Assert.Contains("The group of YT is overdue", texts.GetProperty("internal").GetString(), StringComparison.Ordinal);
        await desk.Order("Y2-1", "Y2", 100);
        Assert.Contains(
            "Some of your invoices are past due", (await desk.Get("Y2-1")).Expect(200).Body.GetProperty("texts").GetProperty("customer").GetString(), StringComparison.Ordinal);

        // A wait for the sister's payment says nothing of it to who waits.
        var waits = await desk.Decide(block, "waitForPayment", new { reason = "they promised", invoices = new[] { "Y2-I" }, until = "2026-03-20" });
        Assert.DoesNotContain("Y2", waits.Expect(200).Body.GetProperty("decision").GetProperty("texts").GetProperty("customer").GetString(), StringComparison.Ordinal);
    }

    static async Task Policy(RunningServer server, object draft)
    {
        (await server.Put("/policies/draft", draft, CreditDesk.Mia)).Expect(200);
        (await server.Post("/policies/draft/activate", new { reason = "as agreed" }, CreditDesk.Lea)).Expect(200);
    }

    static async Task<List<JsonElement>> Work(RunningServer server) =>
        [.. (await server.Get("/work?kind=defect&limit=100")).Expect(200).Body.GetProperty("work").EnumerateArray()];

    static string? Text(JsonElement body, string field) => body.GetProperty(field).GetString();
}
