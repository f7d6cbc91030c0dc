using Aval.Tests.Infrastructure;

namespace Aval.Tests.Disputes;

public sealed class EvidenceOnSqlite(SqliteServer fixture) : EvidenceTests(fixture), IClassFixture<SqliteServer>;

public sealed class EvidenceOnPostgres(PostgresServer fixture) : EvidenceTests(fixture), IClassFixture<PostgresServer>;

/// <summary>A dispute's log of evidence. The business date is 2 March 2026.</summary>
public abstract class EvidenceTests(ServerFixture fixture)
{
    const string Service = "cora:customerService";
    const string Credit = "carl:creditAnalyst";

    [Fact]
    public async Task Evidence_is_entered_one_after_the_other_and_stays_as_it_is()
    {
        var server = await fixture.StartedAsync();
        (await server.Put("/customers/D9", new { name = "D9", country = "FR", currency = "EUR", paymentTerms = "NET30", riskClass = "B" })).Expect(200);
        (await server.Post("/invoices", new { number = "D9-I", customer = "D9", date = "2026-01-10", dueDate = "2026-02-10", currency = "EUR", amount = 1000 })).Expect(200);
        (await server.Post(
            "/disputes", new { number = "D9-D", invoice = "D9-I", amount = 400, reason = "price", legitimacy = "unqualified", owner = "billing" }, Service)).Expect(200);
        var digest = new string('A', 64);
        var first = (await server.Post("/disputes/D9-D/evidence", new { text = " the pictures ", reference = "https://files/1", digest }, Service)).Expect(200);
        Assert.Equal(("the pictures", "https://files/1", "cora", "2026-03-02", digest.ToLowerInvariant()),
            (first["text"], first["reference"], first["by"], first["date"], first["digest"]));
        (await server.Post("/disputes/D9-D/evidence", new { text = "the delivery note says otherwise" }, Credit)).Expect(200);
        (await server.Patch("/disputes/D9-D", new { status = "rejected", evidence = "in the post" }, Credit)).Expect(200);
        (await server.Post("/disputes/D9-D/evidence", new { text = "what came later" }, Service)).Expect(200);
        Assert.Equal(
            ["cora: the pictures", "carl: the delivery note says otherwise", "cora: what came later"],
            (await server.Get("/disputes/D9-D/evidence")).Expect(200).Body.EnumerateArray()
                .Select(one => $"{one.GetProperty("by").GetString()}: {one.GetProperty("text").GetString()}"));
        Assert.Equal("in the post", (await server.Get("/disputes/D9-D")).Expect(200)["evidence"]);
        foreach (var (body, field) in new (object, string)[] { (new { text = " " }, "text"), (new { text = "x", digest = "12" }, "digest"), (new { }, "text") })
            Assert.Equal(field, (await server.Post("/disputes/D9-D/evidence", body, Service)).Expect(422, "field-invalid")["field"]);
        (await server.Post("/disputes/D9-D/evidence", new { text = "x" }, "finn:finance")).Expect(403, "not-permitted");
        (await server.Post("/disputes/none/evidence", new { text = "x" }, Service)).Expect(404, "dispute-unknown");
        (await server.Get("/disputes/none/evidence")).Expect(404, "dispute-unknown");
    }
}
