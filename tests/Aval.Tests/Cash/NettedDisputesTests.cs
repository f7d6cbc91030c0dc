using Aval.Tests.Infrastructure;

namespace Aval.Tests.Cash;

public sealed class NettedDisputesOnSqlite(SqliteServer fixture) : NettedDisputesTests(fixture), IClassFixture<SqliteServer>;

public sealed class NettedDisputesOnPostgres(PostgresServer fixture) : NettedDisputesTests(fixture), IClassFixture<PostgresServer>;

/// <summary>A match that nets a credit note clears the dispute that waited for it, and its undoing brings it back.</summary>
public abstract class NettedDisputesTests(ServerFixture fixture)
{
    [Fact]
    public async Task A_dispute_that_a_netted_credit_note_has_closed_stands_again_when_the_match_is_undone()
    {
        var server = await fixture.StartedAsync();
        (await server.Put("/customers/DA", new { name = "DA", country = "DE", currency = "EUR", paymentTerms = "NET30", riskClass = "B" })).Expect(200);
        (await server.Post("/invoices", new { number = "DA-1001", customer = "DA", date = "2026-01-10", dueDate = "2026-02-10", currency = "EUR", amount = 1000 })).Expect(200);
        (await server.Post("/disputes", new
        {
            number = "DA-D", invoice = "DA-1001", amount = 100, reason = "quality", owner = "quality", legitimacy = "companyFault",
        })).Expect(200);
        (await server.Patch("/disputes/DA-D", new { status = "creditNoteDue" })).Expect(200);
        (await server.Post("/credit-notes", new { number = "DA-5005", customer = "DA", date = "2026-03-02", currency = "EUR", amount = 100 })).Expect(200);
        const string Said = "DA-1001 less DA-5005";
        (await server.Post("/receipts", new { number = "DA-R", payer = "DA", date = "2026-03-02", currency = "EUR", amount = 900, reference = Said })).Expect(200);
        var (before, steps) = (await Figures(server), await Steps(server));
        foreach (var reason in new[] { "meant otherwise", "again" })
        {
            Assert.Equal("posted", (await server.Post("/receipts/DA-R/match", new { })).Expect(200)["status"]);
            Assert.Equal("closed", (await server.Get("/disputes/DA-D")).Expect(200)["status"]);
            (await server.Post("/receipts/DA-R/match/undo", new { reason })).Expect(200);
            var again = (await server.Get("/disputes/DA-D")).Expect(200);
            Assert.Equal(("creditNoteDue", "100.00", "100.00"), (again["status"], again["amount"], again["original"]));
            Assert.Equal((before, steps), (await Figures(server), await Steps(server)));
        }

        Assert.True((await server.Get("/journal/verify")).Expect(200).Body.GetProperty("valid").GetBoolean());
    }

    /// <summary>What is to be done about the dispute: what, by whom, by when.</summary>
    static async Task<string> Steps(RunningServer server) => string.Join('|',
        (await server.Get("/work?limit=500")).Expect(200).Body.GetProperty("work").EnumerateArray().Where(line => line.GetProperty("subject").GetString() == "DA-D")
            .Select(line => $"{line.GetProperty("code").GetString()} {line.GetProperty("owner").GetString()} {line.GetProperty("dueOn").GetString()}"));

    static async Task<(string?, string?, string?)> Figures(RunningServer server)
    {
        var exposure = (await server.Get("/customers/DA/exposure")).Expect(200);
        return (exposure["disputed"], exposure["decision"], exposure["leftOut"]);
    }
}
