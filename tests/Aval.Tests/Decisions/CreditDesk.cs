using System.Globalization;
using System.Text.Json;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Decisions;

/// <summary>A server with one payer after the other, as a credit desk works it: orders come in by the key, people decide.</summary>
sealed class CreditDesk(RunningServer server)
{
    public const string Ana = "ana:creditAnalyst", Mia = "mia:creditManager", Max = "max:creditManager", Lea = "lea:leadership", Cora = "cora:customerService";

    public RunningServer Server => server;

    public async Task Payer(string number, decimal limit, string riskClass = "B", bool purchaseOrder = false)
    {
        (await server.Put($"/customers/{number}", new
        {
            name = "Customer " + number, country = "FR", currency = "EUR", paymentTerms = "NET30", riskClass, salesOwner = "sam",
            billingAddress = new { line1 = "1 rue du Port", city = "Lyon", postalCode = "69002", country = "FR" },
            profile = new { purchaseOrderRequired = purchaseOrder },
        })).Expect(200);
        await Limit(number, limit);
    }

    public async Task Limit(string customer, decimal amount) => (await server.Post("/limits", new
    {
        customer, kind = "standing", limit = "amount", amount, currency = "EUR", validFrom = "2026-01-01", reason = "agreed",
    })).Expect(200);

    public async Task Invoice(string number, string customer, decimal amount, string due = "2026-05-25", string? order = null, string currency = "EUR")
    {
        var body = new Dictionary<string, object?>
        {
            ["number"] = number, ["customer"] = customer, ["date"] = order is null ? "2026-01-15" : "2026-03-02", ["dueDate"] = due, ["currency"] = currency, ["amount"] = amount,
        };
        if (order is not null) body["order"] = order;
        (await server.Post("/invoices", body)).Expect(200);
    }

    /// <summary>An order of one line; answers with its block, or an empty text when it is released.</summary>
    public async Task<string> Order(string number, string customer, decimal worth, int units = 1, string? by = null, string? enteredBy = null)
    {
        var reply = (await server.Post("/orders", Body(number, customer, worth, units, enteredBy: enteredBy), by)).Expect(200);
        return reply["block"] ?? "";
    }

    public async Task<ServerReply> Change(string number, string customer, decimal worth, int units = 1, string? purchaseOrder = null) =>
        (await server.Put($"/orders/{number}", Body(number, customer, worth, units, purchaseOrder))).Expect(200);

    /// <summary>The same order for so much, asked for by somebody.</summary>
    public async Task<ServerReply> Raise(string number, string customer, decimal worth, string by, string? enteredBy = null) =>
        (await server.Put($"/orders/{number}", Body(number, customer, worth, 1, enteredBy: enteredBy), by)).Expect(200);

    public Task<ServerReply> Get(string order) => server.Get($"/orders/{order}");

    public Task<ServerReply> Dispute(string number, string invoice, decimal amount, string owner = "quality") =>
        server.Post("/disputes", new { number, invoice, amount, reason = "quality", legitimacy = "unqualified", owner });

    /// <summary>Decides on the block as it stands, as whoever has just looked at it.</summary>
    public async Task<ServerReply> Decide(string block, string? decision, object? more = null, string? by = Mia, string? key = null) =>
        await server.Post($"/blocks/{block}/decisions", Filled(decision, more), by, key, await VersionOf(block));

    /// <summary>Null where there is no such block.</summary>
    public async Task<string?> VersionOf(string block) => (await server.Get($"/blocks/{block}")).Headers.ETag?.Tag;

    public static Dictionary<string, JsonElement> Filled(string? decision, object? more)
    {
        var body = more is null ? [] : JsonSerializer.SerializeToElement(more).EnumerateObject().ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal);
        if (decision is not null) body["decision"] = JsonSerializer.SerializeToElement(decision);
        body.TryAdd("reason", JsonSerializer.SerializeToElement("agreed with sales"));
        return body;
    }

    public async Task Pay(string number, string payer, string invoice, decimal amount, bool cleared = true)
    {
        (await server.Post("/receipts", new { number, payer, date = "2026-03-02", currency = "EUR", amount, cleared })).Expect(200);
        (await server.Post($"/receipts/{number}/allocations", new[] { new { invoice, amount } })).Expect(200);
    }

    public async Task Deposit(string number, string payer, string order, decimal amount, bool cleared = true) =>
        (await server.Post("/receipts", new { number, payer, date = "2026-03-02", currency = "EUR", amount, cleared, depositFor = order })).Expect(200);

    public async Task TakeBack(string receipt) => (await server.Post($"/receipts/{receipt}/return", new { date = "2026-03-02", reason = "recalled" })).Expect(200);

    public async Task Deliver(string order, decimal quantity) =>
        (await server.Post($"/orders/{order}/deliveries", new { date = "2026-03-02", lines = new[] { new { line = 1, quantity } } })).Expect(200);

    public async Task Clock(string today) => (await server.Post("/clock", new { today })).Expect(200);

    /// <summary>Status, claim and what holds it: <c>released 7000</c>, <c>held limit-exceeded</c>, <c>released 4000 limit-exceeded</c> for a part.</summary>
    public async Task<string> State(string order)
    {
        var reply = (await Get(order)).Expect(200);
        var claim = reply.Body.GetProperty("authorization");
        var findings = reply.Body.GetProperty("findings").EnumerateArray().Where(finding => finding.GetProperty("severity").GetString() is "refer" or "complete")
            .Select(finding => finding.GetProperty("code").GetString());
        var blocked = reply.Body.GetProperty("block").ValueKind == JsonValueKind.Null ? [] : findings;
        var claimed = claim.ValueKind == JsonValueKind.Null ? null : claim.GetProperty("amount").GetDecimal().ToString("0.##", CultureInfo.InvariantCulture);
        string?[] said = [reply["status"], claimed, .. blocked];
        return string.Join(' ', said.Where(word => word is not null));
    }

    public async Task<JsonElement> Decision(string block, int at = 0) => (await server.Get($"/blocks/{block}")).Expect(200).Body.GetProperty("decisions")[at];

    public async Task<string?> DecisionStatus(string block, int at = 0) => (await Decision(block, at)).GetProperty("status").GetString();

    static Dictionary<string, object> Body(string number, string customer, decimal worth, int units, string? purchaseOrder = null, string? enteredBy = null)
    {
        var body = new Dictionary<string, object>
        {
            ["number"] = number, ["customer"] = customer, ["currency"] = "EUR", ["orderDate"] = "2026-03-02", ["shipDate"] = "2026-03-02",
            ["lines"] = new[] { new { line = 1, item = "A-100", quantity = units, unitPrice = worth / units, taxRate = 0 } },
        };
        if (purchaseOrder is not null) body["purchaseOrder"] = purchaseOrder;
        if (enteredBy is not null) body["enteredBy"] = enteredBy;
        return body;
    }
}
