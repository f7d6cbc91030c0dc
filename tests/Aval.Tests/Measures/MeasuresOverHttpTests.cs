using Aval.Tests.Cover;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Measures;

public sealed class MeasuresOnSqlite(SqliteServer fixture) : MeasuresOverHttpTests(fixture), IClassFixture<SqliteServer>;

public sealed class MeasuresOnPostgres(PostgresServer fixture) : MeasuresOverHttpTests(fixture), IClassFixture<PostgresServer>;

/// <summary>Standing conditions as credit takes and ends them. The business date is 2 March 2026.</summary>
public abstract class MeasuresOverHttpTests(ServerFixture fixture)
{
    const string Credit = "max:creditManager";

    [Fact]
    public async Task A_measure_holds_orders_until_they_meet_it_or_it_is_ended()
    {
        var server = await Customer("MM1");
        var deposit = new { number = "MM1-D", kind = "depositPercent", percent = 40, to = "2026-12-31", reason = "late payer" };
        var taken = (await server.Post("/customers/MM1/measures", deposit, Credit)).Expect(200);
        Assert.Equal(("MM1", "2026-03-02", "40"), (taken["payer"], taken["from"], taken["percent"]));
        var held = (await server.Post("/orders", CoverOverHttpTests.Order("MM1-O", "MM1", 1_000))).Expect(200);
        Assert.Equal(("held", 400m), (held["status"], held.Body.GetProperty("findings")[0].GetProperty("amount").GetDecimal()));
        (await server.Post("/receipts", new { number = "MM1-R", payer = "MM1", date = "2026-03-02", currency = "EUR", amount = 400, depositFor = "MM1-O" })).Expect(200);
        Assert.Equal("released", (await server.Get("/orders/MM1-O"))["status"]);

        Assert.Equal("held", (await server.Post("/orders", CoverOverHttpTests.Order("MM1-P", "MM1", 1_000))).Expect(200)["status"]);
        Assert.Equal("2026-03-02", (await server.Post("/measures/MM1-D/end", new { reason = "pays on time again" }, Credit)).Expect(200)["endedOn"]);
        Assert.Equal("released", (await server.Get("/orders/MM1-P"))["status"]);
        (await server.Post("/measures/MM1-D/end", new { reason = "again" }, Credit)).Expect(409, "measure-ended");
        Assert.Equal("pays on time again", (await server.Get("/measures/MM1-D")).Expect(200)["endReason"]);
    }

    [Fact]
    public async Task A_measure_named_for_a_branch_lies_on_its_payer_and_moves_with_it()
    {
        var server = await Customer("MM2");
        (await server.Put("/customers/MM2b", CoverOverHttpTests.Body("MM2"))).Expect(200);
        Assert.Equal("MM2", (await server.Post("/customers/MM2b/measures", Cap("MM2-C", 500), Credit)).Expect(200)["payer"]);
        (await server.Put("/customers/MM2top", CoverOverHttpTests.Body(null))).Expect(200);
        (await server.Put("/customers/MM2", new { group = "MM2top" })).Expect(200);
        Assert.Equal("MM2-C", (await server.Get("/customers/MM2/measures")).Expect(200).Body[0].GetProperty("number").GetString());
        var held = (await server.Post("/orders", CoverOverHttpTests.Order("MM2-O", "MM2", 501))).Expect(200).Body.GetProperty("findings")[0];
        Assert.Equal(("order-too-large", "MM2-C"), (held.GetProperty("code").GetString(), held.GetProperty("subject").GetString()));
        Assert.Equal("True", (await server.Get("/journal/verify")).Expect(200)["valid"]);
    }

    [Fact]
    public async Task Only_credit_takes_measures_and_each_kind_has_its_own_value()
    {
        var server = await Customer("MM3");
        foreach (var role in new[] { "customerService", "accountsReceivable", "masterData", "sales" })
            (await server.Post("/customers/MM3/measures", Cap("MM3-C", 1), $"x{role}:{role}")).Expect(403, "not-permitted");
        (await server.Post("/customers/none/measures", Cap("MM3-C", 1))).Expect(404, "customer-unknown");
        (await server.Get("/customers/none/measures")).Expect(404, "customer-unknown");
        (await server.Get("/measures/none")).Expect(404, "measure-unknown");
        (await server.Post("/measures/none/end", new { reason = "?" })).Expect(404, "measure-unknown");
        (await server.Put("/customers/MM3b", CoverOverHttpTests.Body("MM3nobody"))).Expect(200);
        (await server.Post("/customers/MM3b/measures", Cap("MM3-C", 1))).Expect(422, "payer-missing");
        await Refused("percent", new { kind = "depositPercent", to = "2026-12-31" });
        await Refused("percent", new { kind = "depositPercent", percent = 0, to = "2026-12-31" });
        await Refused("amount", new { kind = "depositPercent", percent = 1, amount = 1, to = "2026-12-31" });
        await Refused("amount", new { kind = "exposureCap", to = "2026-12-31" });
        await Refused("amount", new { kind = "exposureCap", amount = -1, to = "2026-12-31" });
        await Refused("paymentTerms", new { kind = "termsAtMost", paymentTerms = "sometime", to = "2026-12-31" });
        await Refused("to", new { kind = "exposureCap", amount = 1, to = "2026-03-01" });

        async Task Refused(string field, object measure)
        {
            var body = System.Text.Json.JsonSerializer.SerializeToNode(measure)!.AsObject();
            body["number"] = "MM3-X";
            body["reason"] = "late payer";
            Assert.Equal(field, (await server.Post("/customers/MM3/measures", body)).Expect(422, "field-invalid")["field"]);
        }
    }

    static object Cap(string number, decimal amount) => new { number, kind = "orderCap", amount, to = "2026-12-31", reason = "new customer" };

    async Task<RunningServer> Customer(string number)
    {
        var server = await fixture.StartedAsync();
        (await server.Put($"/customers/{number}", CoverOverHttpTests.Body(null))).Expect(200);
        (await server.Post("/limits", CoverOverHttpTests.Limit(number, 10_000))).Expect(200);
        return server;
    }
}
