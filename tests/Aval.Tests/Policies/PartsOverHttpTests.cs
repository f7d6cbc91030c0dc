using Aval.Tests.Infrastructure;

namespace Aval.Tests.Policies;

public sealed class PartsOnSqlite() : PartsOverHttpTests(null);

public sealed class PartsOnPostgres(PostgresCluster cluster) : PartsOverHttpTests(cluster);

/// <summary>Through HTTP: what the parts of a policy do that are no rules.</summary>
public abstract class PartsOverHttpTests(PostgresCluster? cluster)
{
    const string Manager = "mia:creditManager";

    [Fact]
    public async Task A_field_is_verified_by_whoever_policy_names_and_a_new_value_anew()
    {
        await using var server = await StartedAsync("""{"basedOn": "standard"}""");
        Assert.Equal(("unverified", "masterData"), await Field(server, "vatId"));
        Assert.Equal("field", (await server.Post("/customers/A/data", new { field = "vatId", act = "verify" }, "cora:customerService")).Expect(403, "not-permitted")["field"]);
        Assert.Equal("field", (await server.Post("/customers/A/data", new { field = "shoe", act = "verify" })).Expect(422, "field-invalid")["field"]);
        Assert.Equal("field", (await server.Post("/customers/A/data", new { field = "group", act = "verify" })).Expect(422, "field-invalid")["field"]);
        (await server.Post("/customers/B/data", new { field = "vatId", act = "verify" })).Expect(404, "customer-unknown");
        (await server.Get("/customers/B/data")).Expect(404, "customer-unknown");
        (await server.Post("/customers/A/data", new { field = "vatId", act = "verify" }, "max:masterData")).Expect(200);
        Assert.Equal(("verified", ""), await Field(server, "vatId"));
        (await server.Post("/customers/A/data", new { field = "vatId", act = "flag", note = "VIES says no" }, "bill:billing")).Expect(200);
        Assert.Equal(("flagged", "customerService"), await Field(server, "vatId"));
        (await server.Put("/customers/A", new { vatId = "DE136695976" })).Expect(200);
        Assert.Equal(("unverified", "masterData"), await Field(server, "vatId"));
        (await server.Post("/customers/A/data", new { field = "limit", act = "verify" }, Manager)).Expect(200);
        (await server.Post("/clock", new { today = "2027-03-03" })).Expect(200);
        Assert.Equal(("stale", "creditManager"), await Field(server, "limit"));
        await Limit(server, 5_000);
        Assert.Equal(("unverified", "creditManager"), await Field(server, "limit"));
        Assert.Equal("True", (await server.Get("/journal/verify")).Expect(200)["valid"]);
    }

    [Fact]
    public async Task A_dispute_says_what_is_to_be_done_next_and_who_hears_of_it()
    {
        await using var server = await StartedAsync("""
            {"basedOn": "standard", "disputes":
                {"ownWithinDays": 1, "qualifyWithinDays": 2, "resolveWithinDays": 30, "creditNoteWithinDays": 3, "tacticalRejectedPercent": 50, "escalateTo": "leadership"}}
            """);
        (await server.Post("/invoices", new { number = "I", customer = "A", date = "2026-02-10", dueDate = "2026-03-10", currency = "EUR", amount = 500 })).Expect(200);
        var dispute = new { number = "D", invoice = "I", amount = 100, reason = "price", legitimacy = "unqualified", owner = "quality" };
        var raised = (await server.Post("/disputes", dispute)).Expect(200);
        Assert.Equal("""{"step":"own","dueOn":"2026-03-03","daysLate":0,"escalateTo":null}""", raised.Body.GetProperty("clock").GetRawText());
        (await server.Post("/clock", new { today = "2026-03-05" })).Expect(200);
        var late = (await server.Get("/disputes/D")).Expect(200).Body.GetProperty("clock").GetRawText();
        Assert.Equal("""{"step":"own","dueOn":"2026-03-03","daysLate":2,"escalateTo":"leadership"}""", late);
        var owned = (await server.Patch("/disputes/D", new { person = "Quinn" })).Expect(200);
        Assert.Equal("qualify", owned.Body.GetProperty("clock").GetProperty("step").GetString());
        (await server.Patch("/disputes/D", new { legitimacy = "customerFault" })).Expect(200);
        Assert.Equal("resolve", (await server.Get("/disputes")).Expect(200).Body.GetProperty("disputes")[0].GetProperty("clock").GetProperty("step").GetString());
        Assert.Equal("", (await server.Patch("/disputes/D", new { status = "rejected" })).Expect(200)["clock"]);
    }

    [Fact]
    public async Task What_is_large_is_weighed_together_and_exceptions_are_counted_and_bounded()
    {
        await using var server = await StartedAsync("""
            {"basedOn": "standard", "arbitration": {"amountAbove": 5000, "between": ["creditManager", "sales"]},
             "exceptions": {"upTo": 9000, "mostPerPayer": 1, "windowDays": 30, "counterpart": true, "reviewWithinDays": 7, "beyond": "refuse"}}
            """);
        var (first, second, large) = (await Held(server, "O-1", 4000), await Held(server, "O-2", 4500), await Held(server, "O-3", 9500));
        Assert.Equal("", (await server.Get($"/blocks/{first}")).Expect(200)["weighing"]);
        Assert.Equal(
            """{"between":["creditManager","sales"],"because":["amountAbove"]}""", (await server.Get($"/blocks/{large}")).Expect(200).Body.GetProperty("weighing").GetRawText());

        object Release(string? counterpart) => new { decision = "release", reason = "good customer", counterpart };
        Assert.Equal("counterpart", (await server.Post($"/blocks/{first}/decisions", Release(null), Manager)).Expect(422, "parameter-missing")["field"]);
        (await server.Post($"/blocks/{large}/decisions", Release("pays in May"), Manager)).Expect(422, "exception-refused");
        (await server.Post($"/blocks/{first}/decisions", Release("pays in May"), Manager)).Expect(200);
        var refused = (await server.Post($"/blocks/{second}/decisions", Release("pays in May"), Manager)).Expect(422, "exception-refused");
        Assert.Contains("mostPerPayer", refused.Text, StringComparison.Ordinal);
        var told = (await server.Get("/customers/A/exceptional-releases")).Expect(200);
        Assert.Equal(("A", "1", "1", "30"), (told["payer"], told["inWindow"], told["mostInWindow"], told["windowDays"]));
        var release = told.Body.GetProperty("releases")[0];
        Assert.Equal(("O-1", "2026-03-09"), (release.GetProperty("order").GetString(), release.GetProperty("reviewBy").GetString()));
        (await server.Get("/customers/B/exceptional-releases")).Expect(404, "customer-unknown");
        (await server.Post("/clock", new { today = "2026-04-02" })).Expect(200);
        (await server.Post($"/blocks/{second}/decisions", Release("pays in June"), Manager)).Expect(200);
        Assert.Equal("1", (await server.Get("/customers/A/exceptional-releases")).Expect(200)["inWindow"]);
        Assert.Equal("True", (await server.Get("/journal/verify")).Expect(200)["valid"]);
    }

    [Fact]
    public async Task As_usual_an_exception_beyond_its_conditions_is_taken_and_remembered_as_such()
    {
        await using var server = await StartedAsync("""{"basedOn": "standard"}""");
        var block = await Held(server, "O-1", 4000);
        (await server.Post($"/blocks/{block}/decisions", new { decision = "release", reason = "good customer" }, Manager)).Expect(200);
        var released = (await server.Get("/customers/A/exceptional-releases")).Expect(200).Body.GetProperty("releases")[0];
        Assert.Equal("""["counterpart"]""", released.GetProperty("beyond").GetRawText());
    }

    async Task<RunningServer> StartedAsync(string draft)
    {
        var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        (await server.SendAsync(HttpMethod.Put, "/policies/draft", RunningServer.Raw(draft), Manager)).Expect(200);
        (await server.Post("/policies/draft/activate", new { reason = "parts" }, "lea:leadership")).Expect(200);
        (await server.Put("/customers/A", new
        {
            name = "A customer", country = "DE", currency = "EUR", paymentTerms = "NET30", riskClass = "B", vatId = "DE129273398",
            billingAddress = new { line1 = "Am Markt 1", city = "Bonn", postalCode = "53111", country = "DE" },
        })).Expect(200);
        await Limit(server, 1_000);
        return server;
    }

    static async Task Limit(RunningServer server, decimal amount) => (await server.Post("/limits", new
    {
        customer = "A", kind = "standing", limit = "amount", amount, currency = "EUR", validFrom = "2026-01-01", reason = "reviewed",
    })).Expect(200);

    static async Task<(string?, string?)> Field(RunningServer server, string name)
    {
        var field = (await server.Get("/customers/A/data")).Expect(200).Body.GetProperty("fields").EnumerateArray().Single(one => one.GetProperty("field").GetString() == name);
        return (field.GetProperty("state").GetString(), field.GetProperty("asks").GetString() ?? "");
    }

    static async Task<string> Held(RunningServer server, string number, decimal worth)
    {
        var order = (await server.Post("/orders", new
        {
            number, customer = "A", currency = "EUR", orderDate = "2026-03-02", lines = new[] { new { line = 1, item = "steel", quantity = 1, unitPrice = worth, taxRate = 0 } },
        }, "cora:customerService")).Expect(200);
        Assert.Equal("held", order["status"]);
        return order["block"]!;
    }
}
