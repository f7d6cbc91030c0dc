using Aval.Tests.Decisions;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Parties;

public sealed class FreedHeadroomOnSqlite(SqliteServer fixture) : FreedHeadroomTests(fixture), IClassFixture<SqliteServer>;

public sealed class FreedHeadroomOnPostgres(PostgresServer fixture) : FreedHeadroomTests(fixture), IClassFixture<PostgresServer>;

/// <summary>Acts beside limits that let more be owed count against the authority of whoever does them: an analyst may 25,000, a manager alone 100,000, leadership
/// anything.</summary>
public abstract class FreedHeadroomTests(ServerFixture fixture)
{
    /// <summary>Each leaves an order of 90,000 held until somebody does the act, with 100,000 to be freed but what the group leaves.</summary>
    [Fact]
    public async Task What_frees_more_than_ones_authority_is_refused_and_changes_nothing()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        foreach (var row in Table.Rows("""
            act      | ana                         mia
            group    | approval-authority-exceeded -
            payer    | approval-authority-exceeded -
            terms    | approval-authority-exceeded -
            measure  | approval-authority-exceeded -
            unhold   | approval-authority-exceeded -
            """))
        {
            var own = "FH-" + row["act"];
            await Stands(desk, own, 100_000, row["act"]);
            await desk.Order(own + "-1", own, 90_000);
            var held = await desk.State(own + "-1");
            Assert.StartsWith("held", held, StringComparison.Ordinal);
            var refused = (await Act(desk, own, row["act"], CreditDesk.Ana)).Expect(403, row["ana"]);
            Assert.Contains("creditManager, leadership", refused["detail"], StringComparison.Ordinal);
            Assert.Equal((row.Text, held), (row.Text, await desk.State(own + "-1")));
            (await Act(desk, own, row["act"], CreditDesk.Mia)).Expect(200);
            Assert.Equal((row.Text, "released 90000"), (row.Text, await desk.State(own + "-1")));
        }
    }

    [Fact]
    public async Task What_is_within_ones_authority_is_done_and_beyond_the_bound_for_two_leadership_does_it()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        foreach (var act in new[] { "group", "payer", "terms", "measure", "unhold" })
        {
            await Stands(desk, "FS-" + act, 25_000, act);
            (await Act(desk, "FS-" + act, act, CreditDesk.Ana)).Expect(200);
            await Stands(desk, "FL-" + act, 200_000, act);
            var refused = (await Act(desk, "FL-" + act, act, CreditDesk.Mia)).Expect(403, "approval-authority-exceeded");
            Assert.EndsWith("it may be done by: leadership.", refused["detail"], StringComparison.Ordinal);
            (await Act(desk, "FL-" + act, act, CreditDesk.Lea)).Expect(200);
        }
    }

    [Fact]
    public async Task What_frees_nothing_needs_nobody_and_neither_does_a_customer_that_nothing_stands_with()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        var server = desk.Server;
        await desk.Payer("FN-HQ", 900_000);
        (await server.Put("/customers/FN-new", New(null, null))).Expect(200);
        (await server.Put("/customers/FN-new", new { payer = "FN-HQ" }, "mara:masterData")).Expect(200);
        await Stands(desk, "FN", 900_000, "group");
        (await server.Put("/customers/FN", new { paymentTerms = "NET14" }, CreditDesk.Ana)).Expect(200);
        (await server.Post("/customers/FN/hold", new { reason = "rumours" }, CreditDesk.Ana)).Expect(200);
        (await server.Post("/customers/FN/measures", new { number = "FN-M", kind = "orderCap", amount = 5_000, to = "2026-12-31", reason = "late" })).Expect(200);
        // On a held account the end of a measure lets nobody owe more, nor does another group.
        (await server.Post("/measures/FN-M/end", new { reason = "held anyway" }, CreditDesk.Ana)).Expect(200);
        (await server.Put("/customers/FN", new { group = (string?)null }, CreditDesk.Ana)).Expect(200);
        (await server.Post("/customers/FN/unhold", new { reason = "settled" }, CreditDesk.Ana)).Expect(403, "approval-authority-exceeded");
        (await server.Post("/customers/FN/unhold", new { reason = "settled" })).Expect(200);
    }

    /// <summary>Who leaves a group leaves its limit to the others.</summary>
    [Fact]
    public async Task What_a_group_has_more_once_a_debtor_leaves_it_counts_too()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        (await desk.Server.Put("/customers/FT-G", New(null, null))).Expect(200);
        await GroupLimit(desk, "FT-G", 100_000);
        foreach (var number in new[] { "FT-A", "FT-B" })
        {
            (await desk.Server.Put($"/customers/{number}", New(null, "FT-G"))).Expect(200);
            await desk.Limit(number, number == "FT-A" ? 1_000 : 100_000);
        }

        await desk.Invoice("FT-A-I", "FT-A", 60_000);
        await desk.Order("FT-B-1", "FT-B", 90_000);
        (await desk.Server.Put("/customers/FT-A", new { group = (string?)null }, CreditDesk.Ana)).Expect(403, "approval-authority-exceeded");
        Assert.Equal("held limit-exceeded", await desk.State("FT-B-1"));
        (await desk.Server.Put("/customers/FT-A", new { group = (string?)null }, CreditDesk.Mia)).Expect(200);
        Assert.Equal("released 90000", await desk.State("FT-B-1"));
    }

    static async Task Stands(CreditDesk desk, string own, decimal limit, string act)
    {
        var server = desk.Server;
        if (act == "group")
        {
            (await server.Put($"/customers/{own}-G", New(null, null))).Expect(200);
            await GroupLimit(desk, own + "-G", limit / 10);
        }

        if (act == "payer") await desk.Payer(own + "-HQ", limit);
        (await server.Put($"/customers/{own}", New(act == "terms" ? "PREPAID" : null, act == "group" ? own + "-G" : null))).Expect(200);
        await desk.Limit(own, act == "payer" ? 1 : limit);
        if (act == "measure")
            (await server.Post($"/customers/{own}/measures", new { number = own + "-M", kind = "orderCap", amount = 1, to = "2026-12-31", reason = "late" })).Expect(200);
        if (act == "unhold") (await server.Post($"/customers/{own}/hold", new { reason = "rumours" }, CreditDesk.Ana)).Expect(200);
    }

    static Task<ServerReply> Act(CreditDesk desk, string own, string act, string by) => act switch
    {
        "group" => desk.Server.Put($"/customers/{own}", new { group = (string?)null }, by),
        "payer" => desk.Server.Put($"/customers/{own}", new { payer = own + "-HQ" }, by),
        "terms" => desk.Server.Put($"/customers/{own}", new { paymentTerms = "NET30" }, by),
        "measure" => desk.Server.Post($"/measures/{own}-M/end", new { reason = "pays well" }, by),
        _ => desk.Server.Post($"/customers/{own}/unhold", new { reason = "untrue" }, by),
    };

    static async Task GroupLimit(CreditDesk desk, string customer, decimal amount) => (await desk.Server.Post("/limits", new
    {
        customer, level = "group", kind = "standing", limit = "amount", amount, currency = "EUR", validFrom = "2026-01-01", reason = "agreed",
    })).Expect(200);

    static object New(string? terms, string? group) => new
    {
        name = "A customer", country = "FR", currency = "EUR", paymentTerms = terms ?? "NET30", riskClass = "B", group,
        billingAddress = new { line1 = "1 rue du Port", city = "Lyon", postalCode = "69002", country = "FR" },
    };
}
