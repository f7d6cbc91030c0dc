using System.Text.Json.Nodes;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Parties;

/// <summary>Who may set what of a customer: every role on every credit-relevant field.</summary>
public sealed class CreditFieldTests(SqliteServer fixture) : IClassFixture<SqliteServer>
{
    /// <summary>With a new customer, with one that nothing stands with, and with one that has a limit: who may give it the field.</summary>
    [Fact]
    public async Task Each_field_has_those_who_may_set_it()
    {
        var server = await fixture.StartedAsync();
        await Known("CFtop");
        var at = 0;
        foreach (var row in Table.Rows("""
            field         value       | new                                         empty               standing
            payer         CFtop       | masterData,credit                           masterData,credit   credit
            group         CFtop       | masterData,credit                           masterData,credit   credit
            riskClass     C           | credit                                      credit              credit
            nextReview    2026-06-30  | credit                                      credit              credit
            paymentTerms  NET60       | customerService,masterData,credit           credit              credit
            customerSince 2020-01-01  | customerService,masterData,credit           credit              credit
            paymentRun    TUE,THU     | customerService,masterData,credit           credit              credit
            segment       retail      | customerService,masterData,credit           customerService,masterData,credit customerService,masterData,credit
            """))
            foreach (var role in Aval.Access.Roles.All)
            {
                var (fresh, empty, standing) = ($"CF{++at}n", $"CF{at}e", $"CF{at}s");
                await Known(empty);
                await Known(standing);
                (await server.Post("/limits", new
                {
                    customer = standing, kind = "standing", limit = "amount", amount = 1, currency = "EUR", validFrom = "2026-01-01", reason = "first",
                })).Expect(200);
                await Sets(role, fresh, Whole(row), row["new"], row);
                await Sets(role, empty, new JsonObject { [row["field"]] = row["value"] }, row["empty"], row);
                await Sets(role, standing, new JsonObject { [row["field"]] = row["value"] }, row["standing"], row);
            }

        static JsonObject Whole(Row row) => new()
        {
            ["name"] = "A customer", ["country"] = "DE", ["currency"] = "EUR", ["paymentTerms"] = "NET30", [row["field"]] = row["value"],
        };

        async Task Sets(string role, string number, JsonObject body, string allowed, Row row)
        {
            string[] roles = allowed.Replace("credit", "creditAnalyst,creditManager", StringComparison.Ordinal).Split(',');
            var reply = await server.Put($"/customers/{number}", body, $"cf{role}:{role}");
            Assert.True((roles.Contains(role) ? null : "not-permitted") == reply.Code, $"{role} on {number}: {reply.Text}\n{row}");
        }

        async Task Known(string number) =>
            (await server.Put($"/customers/{number}", new { name = "A customer", country = "DE", currency = "EUR", paymentTerms = "NET30" })).Expect(200);
    }

    [Fact]
    public async Task What_stands_below_a_customer_stands_with_it()
    {
        var server = await fixture.StartedAsync();
        foreach (var number in new[] { "CG1", "CG2", "CG3" })
            (await server.Put($"/customers/{number}", new { name = "A customer", country = "DE", currency = "EUR", paymentTerms = "NET30" })).Expect(200);
        (await server.Put("/customers/CG1", new { group = "CG2" }, "mara:masterData")).Expect(200);
        (await server.Post("/invoices", new { number = "CG1-I", customer = "CG1", date = "2026-02-10", dueDate = "2026-03-10", currency = "EUR", amount = 10 })).Expect(200);
        Assert.Equal("group", (await server.Put("/customers/CG2", new { group = "CG3" }, "mara:masterData")).Expect(403, "not-permitted")["field"]);
        (await server.Put("/customers/CG2", new { group = "CG3" }, "ana:creditAnalyst")).Expect(200);
    }
}
