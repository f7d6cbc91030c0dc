using System.Net;
using System.Text.Json;
using Aval.Tests.Decisions;
using Aval.Tests.Infrastructure;
using Aval.Tests.Web;

namespace Aval.Tests.Casework;

public sealed class ContextOnSqlite(SqliteServer fixture) : Context(fixture), IClassFixture<SqliteServer>;

public sealed class ContextOnPostgres(PostgresServer fixture) : Context(fixture), IClassFixture<PostgresServer>;

/// <summary>What Customer Service knows of a held order, and what the order is worth to us.</summary>
public abstract class Context(ServerFixture fixture)
{
    [Fact]
    public async Task The_card_tells_who_said_what_and_what_nobody_has_answered()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        var server = desk.Server;
        await desk.Payer("X1", 1_000);
        var block = await desk.Order("X1-1", "X1", 3_000);
        var empty = Card(await server.Get($"/blocks/{block}"));
        Assert.Equal((JsonValueKind.Null, 11), (empty.GetProperty("by").ValueKind, empty.GetProperty("unanswered").GetArrayLength()));
        (await server.Put($"/blocks/{block}/context", new { }, CreditDesk.Cora)).Expect(422, "field-invalid");
        (await server.Put($"/blocks/{block}/context", new { urgent = true }, CreditDesk.Cora)).Expect(422, "field-unknown");
        Assert.Equal("recurring", (await server.Put($"/blocks/{block}/context", new { recurring = "often" }, CreditDesk.Cora)).Expect(422, "field-invalid")["field"]);
        (await server.Put($"/blocks/{block}/context", new { recurring = true }, CreditDesk.Ana)).Expect(403, "not-permitted");
        (await server.Put("/blocks/none/context", new { recurring = true }, CreditDesk.Cora)).Expect(404, "block-unknown");

        (await server.Put($"/blocks/{block}/context", new { recurring = true, depositAnnounced = false }, CreditDesk.Cora)).Expect(200);
        (await server.Put($"/blocks/{block}/context", new { recurring = true, depositAnnounced = true, whyItMatters = "their line stands still" }, "sam:sales")).Expect(200);
        var card = Card(await server.Get($"/blocks/{block}"));
        Assert.Equal(("sam", "their line stands still"), (card.GetProperty("by").GetString(), card.GetProperty("said").GetProperty("whyItMatters").GetString()));
        Assert.Equal(
            [
                "urgency", "partialDeliveryPossible", "purchaseOrderOnItsWay", "termsChanged", "portalImposed", "forDifferentEntity", "previousInvoiceBlocked",
                "disputeBeingResolved",
            ],
            card.GetProperty("unanswered").EnumerateArray().Select(question => question.GetString()));
        Assert.Equal(["sam", "cora"], card.GetProperty("history").EnumerateArray().Select(filled => filled.GetProperty("by").GetString()));
        Assert.False(card.GetProperty("history")[1].GetProperty("said").GetProperty("depositAnnounced").GetBoolean());
        Assert.Equal("held limit-exceeded", await desk.State("X1-1"));
        (await desk.Decide(block, "reject")).Expect(200);
        (await server.Put($"/blocks/{block}/context", new { recurring = false }, CreditDesk.Cora)).Expect(409, "block-closed");
        Assert.Equal("sam", Card(await server.Get($"/blocks/{block}")).GetProperty("by").GetString());
        Assert.Equal("True", (await server.Get("/journal/verify")).Expect(200)["valid"]);
    }

    [Fact]
    public async Task What_came_with_the_order_answers_until_the_card_is_filled()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("X2", 1_000);
        var block = (await desk.Server.Post("/orders", new
        {
            number = "X2-1", customer = "X2", currency = "EUR", orderDate = "2026-03-02", enteredBy = "Rosa", context = new { urgency = "by Friday", recurring = true },
            lines = new[] { new { line = 1, item = "A", quantity = 1, unitPrice = 3_000, taxRate = 0 } },
        })).Expect(200)["block"];
        var card = Card(await desk.Server.Get($"/blocks/{block}"));
        Assert.Equal(("Rosa", "by Friday"), (card.GetProperty("by").GetString(), card.GetProperty("said").GetProperty("urgency").GetString()));
        Assert.Equal(9, card.GetProperty("unanswered").GetArrayLength());
    }

    [Fact]
    public async Task The_margin_is_told_where_costs_are_known_with_what_it_is_on_the_risk_that_is_added()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("X3", 1_000);
        foreach (var row in Table.Rows("""
            number  cost  second | amount  known  perAdded
            X3-1      60       - | 400     1      0.3333
            X3-2     120       - | -200    1      -0.1667
            X3-3       -       - | -       -      -
            X3-4      60      no | 400     1      0.1667
            """))
        {
            var line = new Dictionary<string, object> { ["line"] = 1, ["item"] = "A", ["quantity"] = 10, ["unitPrice"] = 100, ["taxRate"] = 20 };
            if (row["cost"] is { Length: > 0 } cost and not "-") line["unitCost"] = decimal.Parse(cost, System.Globalization.CultureInfo.InvariantCulture);
            var lines = new List<object> { line };
            if (row["second"] == "no") lines.Add(new { line = 2, item = "B", quantity = 10, unitPrice = 100, taxRate = 20 });
            var order = new { number = row["number"], customer = "X3", currency = "EUR", orderDate = "2026-03-02", lines };
            var block = (await desk.Server.Post("/orders", order)).Expect(200)["block"];
            var margin = (await desk.Server.Get($"/blocks/{block}")).Expect(200).Body.GetProperty("margin");
            var told = margin.ValueKind == JsonValueKind.Null ? ("", "", "") : (Figure(margin, "amount"), Figure(margin, "linesKnown"), Figure(margin, "perAddedExposure"));
            Assert.Equal((row.Text, row["amount"].Trim('-') is "" ? "" : row["amount"]), (row.Text, told.Item1));
            if (told.Item1.Length > 0) Assert.Equal((row["known"], row["perAdded"]), (told.Item2, told.Item3));
        }
    }

    [Fact]
    public async Task The_card_is_filled_on_the_page_and_Credit_sees_what_is_not_answered()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("X4", 1_000);
        var block = await desk.Order("X4-1", "X4", 3_000);
        using var service = await SignedIn(desk, "rosa" + Guid.NewGuid(), "customerService");
        var page = await Text(await service.GetAsync($"/blocks/{block}"));
        Assert.Contains("name=\"partialDeliveryPossible\"", page, StringComparison.Ordinal);
        var form = new Dictionary<string, string> { ["token"] = await service.TokenAsync(), ["urgency"] = "by Friday <now>", ["recurring"] = "no" };
        Assert.Equal(HttpStatusCode.SeeOther, (await service.PostAsync($"/blocks/{block}/context", form)).StatusCode);
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await service.PostAsync($"/blocks/{block}/context", new Dictionary<string, string> { ["token"] = await service.TokenAsync() })).StatusCode);
        using var credit = await SignedIn(desk, "clara" + Guid.NewGuid(), "creditManager");
        page = await Text(await credit.GetAsync($"/blocks/{block}"));
        Assert.Contains("by Friday &lt;now&gt;", page, StringComparison.Ordinal);
        Assert.Equal(9, page.Split("not answered</span>").Length - 1);
        Assert.DoesNotContain("name=\"partialDeliveryPossible\"", page, StringComparison.Ordinal);
    }

    static JsonElement Card(ServerReply reply) => reply.Expect(200).Body.GetProperty("context");

    static string Figure(JsonElement margin, string field) => margin.GetProperty(field).GetDecimal().ToString("0.####", System.Globalization.CultureInfo.InvariantCulture);

    static async Task<Browser> SignedIn(CreditDesk desk, string name, string role)
    {
        var browser = new Browser(desk.Server);
        await browser.SignInAsync((await desk.Server.Post("/api-keys", new { name, roles = new[] { role } })).Expect(201)["key"]!);
        return browser;
    }

    static Task<string> Text(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
