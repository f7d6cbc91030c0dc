using Aval.Tests.Infrastructure;

namespace Aval.Tests.Policies;

/// <summary>Policy versions through HTTP: drafted, compared, activated for a later day, and named by what they find.</summary>
public abstract class PoliciesOverHttpTests(PostgresCluster? cluster)
{
    [Fact]
    public async Task A_version_waits_for_its_day_and_then_its_scope_is_named_by_what_it_finds()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var billingAddress = new { line1 = "1 rue du Port", city = "Lyon", postalCode = "69001", country = "FR" };
        (await server.Put("/customers/C1", new { name = "One", country = "FR", currency = "EUR", paymentTerms = "NET30", riskClass = "B", billingAddress })).Expect(200);
        (await server.Post("/limits", new
        {
            customer = "C1", kind = "standing", limit = "amount", amount = 1_000_000, currency = "EUR", validFrom = "2026-01-01", reason = "reviewed",
        })).Expect(200);
        (await server.Get("/policies/draft/compare/current")).Expect(409, "draft-missing");
        var changes = new
        {
            basedOn = "standard",
            rules = new object[]
            {
                new { rule = "orderTooLarge", severity = "refer", amount = 500, scope = new { customer = "C1" } },
                new { rule = "orderTooLarge", severity = "refer", amount = 5, scope = new { country = "FR" } },
            },
        };
        var boundless = await server.Put("/policies/draft", new { basedOn = "standard", delegation = new[] { new { role = "creditManager" } } }, "mia:creditManager");
        Assert.Equal("delegation[0]", boundless.Expect(422, "field-invalid")["field"]);
        var nobody = await server.Put("/policies/draft", new { basedOn = "standard", delegation = Array.Empty<object>() }, "mia:creditManager");
        Assert.Equal("delegation", nobody.Expect(422, "field-invalid")["field"]);
        var draft = (await server.Put("/policies/draft", changes, "mia:creditManager")).Expect(200);
        Assert.Equal(250_000, draft.Body.GetProperty("arbitration").GetProperty("amountAbove").GetInt32());
        var compared = (await server.Get("/policies/1/compare/draft")).Expect(200);
        var differences = compared.Body.GetProperty("differences").EnumerateArray().ToList();
        Assert.Equal(("1", "draft"), (compared["from"], compared["to"]));
        Assert.Equal(2, differences.Count(found => found.GetProperty("parameter").GetString() == ""));
        Assert.Contains(differences, found => found.GetProperty("parameter").GetString() == "amount" && found.GetProperty("to").GetInt32() == 5);
        var first = differences[0];
        Assert.Equal("C1", first.GetProperty("scope").GetProperty("customer").GetString());
        Assert.Equal("The rule orderTooLarge is set for customer C1.", first.GetProperty("sentence").GetString());
        (await server.Get("/policies/1/compare/7")).Expect(404, "policy-unknown");

        Assert.Equal("effectiveFrom", (await server.Post(
            "/policies/draft/activate", new { reason = "spring", effectiveFrom = "2026-03-01" }, "lea:leadership")).Expect(422, "field-invalid")["field"]);
        var active = (await server.Post("/policies/draft/activate", new { reason = "spring", effectiveFrom = "2026-03-05" }, "lea:leadership")).Expect(200);
        Assert.Equal(("2", "2026-03-05"), (active["version"], active["effective"]));
        Assert.Equal("1", (await server.Get("/policies/current")).Expect(200)["version"]);
        var early = (await Order(server, "O-1")).Expect(200);
        Assert.True(early["status"] == "released", early.Text);

        (await server.Post("/clock", new { today = "2026-03-05" })).Expect(200);
        Assert.Equal("2", (await server.Get("/policies/current")).Expect(200)["version"]);
        var held = (await Order(server, "O-2")).Expect(200);
        Assert.Equal(("held", "2"), (held["status"], held["policyVersion"]));
        // Of the two settings the customer's is asked, and the answer says so, now and when it is read again.
        foreach (var answer in new[] { held, (await server.Get("/orders/O-2")).Expect(200) })
        {
            var finding = answer.Body.GetProperty("findings").EnumerateArray().Single(found => found.GetProperty("code").GetString() == "order-too-large");
            Assert.Equal("""{"customer":"C1"}""", finding.GetProperty("scope").GetRawText());
        }

        (await server.Put("/customers/C2", new { name = "Two", country = "FR", currency = "EUR", paymentTerms = "NET30" })).Expect(200);
        var others = (await Order(server, "O-3", "C2")).Expect(200).Body.GetProperty("findings").EnumerateArray()
            .ToDictionary(found => found.GetProperty("code").GetString()!, found => found.GetProperty("scope").GetRawText());
        Assert.Equal(("""{"country":"FR"}""", "null"), (others["order-too-large"], others["limit-not-set"]));
        var states = (await server.Get("/policies")).Expect(200).Body.EnumerateArray().Select(line => line.GetProperty("state").GetString());
        Assert.Equal(["past", "holds"], states);
        Assert.Equal("True", (await server.Get("/journal/verify")).Expect(200)["valid"]);
    }

    static Task<ServerReply> Order(RunningServer server, string number, string customer = "C1") => server.Post("/orders", new
    {
        number, customer, currency = "EUR", orderDate = "2026-03-02", purchaseOrder = number,
        lines = new[] { new { line = 1, item = "steel", quantity = 10, unitPrice = 60, taxRate = 0 } },
    });
}

public sealed class PoliciesOnSqlite() : PoliciesOverHttpTests(null);

public sealed class PoliciesOnPostgres(PostgresCluster cluster) : PoliciesOverHttpTests(cluster);
