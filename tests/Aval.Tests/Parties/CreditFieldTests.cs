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
            paymentTerms  NET60       | masterData,credit                           credit              credit
            customerSince 2020-01-01  | customerService,masterData,credit           credit              credit
            paymentRun    TUE,THU     | customerService,masterData,credit           credit              credit
            segment       retail      | customerService,masterData,credit           masterData,credit   credit
            country       FR          | customerService,masterData,credit           masterData,credit   credit
            name          Another     | customerService,masterData,credit           customerService,masterData,credit customerService,masterData,credit
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
                await Sets(role, fresh, Whole(row, role), row["new"], row);
                await Sets(role, empty, new JsonObject { [row["field"]] = row["value"] }, row["empty"], row);
                await Sets(role, standing, new JsonObject { [row["field"]] = row["value"] }, row["standing"], row);
            }

        static JsonObject Whole(Row row, string role)
        {
            var body = new JsonObject { ["name"] = "A customer", ["country"] = "DE", ["currency"] = "EUR" };
            if (role != "customerService") body["paymentTerms"] = "NET30";
            body[row["field"]] = row["value"];
            return body;
        }

        async Task Sets(string role, string number, JsonObject body, string allowed, Row row)
        {
            string[] roles = allowed.Replace("credit", "creditAnalyst,creditManager,leadership", StringComparison.Ordinal).Split(',');
            var reply = await server.Put($"/customers/{number}", body, $"cf{role}:{role}");
            Assert.True((roles.Contains(role) ? null : "not-permitted") == reply.Code, $"{role} on {number}: {reply.Text}\n{row}");
        }

        async Task Known(string number) =>
            (await server.Put($"/customers/{number}", new { name = "A customer", country = "DE", currency = "EUR", paymentTerms = "NET30", riskClass = "B" })).Expect(200);
    }

    /// <summary>Who may not agree terms need not state them, and states none that grant credit.</summary>
    [Fact]
    public async Task Whom_customer_service_enters_pays_in_advance_until_somebody_agrees_terms()
    {
        var server = await fixture.StartedAsync();
        object New(string? paymentTerms) => new { name = "A customer", country = "DE", currency = "EUR", paymentTerms };
        var entered = await server.Put("/customers/CT1", new { name = "A customer", country = "DE", currency = "EUR" }, "cora:customerService");
        Assert.Equal("PREPAID", entered.Expect(200)["paymentTerms"]);
        Assert.Equal("paymentTerms", (await server.Put("/customers/CT2", New("NET14"), "cora:customerService")).Expect(403, "not-permitted")["field"]);
        (await server.Get("/customers/CT2")).Expect(404, "customer-unknown");
        (await server.Put("/customers/CT2", New("PREPAID"), "cora:customerService")).Expect(200);
        (await server.Put("/customers/CT1", new { paymentTerms = "NET30" }, "ana:creditAnalyst")).Expect(200);
        foreach (var key in new[] { "mara:masterData", "ana:creditAnalyst" })
            Assert.Equal("paymentTerms", (await server.Put("/customers/CT3", new { name = "A", country = "DE", currency = "EUR" }, key)).Expect(422, "field-invalid")["field"]);
    }

    /// <summary>Acts beside the customer's own fields that free headroom or say whose debt is held against it. Every other role is refused, and nothing changes.</summary>
    [Fact]
    public async Task Each_act_that_frees_headroom_has_those_who_may_do_it()
    {
        var server = await fixture.StartedAsync();
        var at = 0;
        foreach (var row in Table.Rows("""
            act            verb   address              | allowed
            limit          POST   limits               | leadership,credit
            guarantee      POST   guarantees           | credit
            cover          POST   insurance-covers     | credit
            measure        POST   customers/C/measures | leadership,credit
            reason         POST   measures/M/end       | leadership,credit
            reason         POST   customers/C/hold     | leadership,credit
            reason         POST   customers/C/unhold   | leadership,credit
            dunning        POST   customers/C/dunning-level | collector,credit
            companyFault   POST   disputes             | quality,credit
            customerFault  POST   disputes             | quality,credit
            qualified      PATCH  disputes/D           | quality,credit
            rejected       PATCH  disputes/D           | quality,credit
            promise        POST   promises             | collector,accountsReceivable
            writeOff       POST   write-offs           | accountsReceivable,finance
            """))
            foreach (var role in Aval.Access.Roles.All)
            {
                var own = $"CA{++at}-";
                await Stands(own);
                var entries = await Entries(own);
                var address = string.Join('/', row["address"].Split('/').Select(part => part.Length == 1 ? own + part : part));
                var content = RunningServer.Raw(System.Text.Json.JsonSerializer.Serialize(Body(row["act"], own)));
                var reply = await server.SendAsync(new HttpMethod(row["verb"]), "/" + address, content, $"ca{role}:{role}", own + "key");
                string[] roles = row["allowed"].Replace("credit", "creditAnalyst,creditManager", StringComparison.Ordinal).Split(',');
                Assert.True((roles.Contains(role) ? null : "not-permitted") == reply.Code, $"{role}: {reply.Text}\n{row}");
                if (reply.Code is not null) Assert.Equal(entries, await Entries(own));
            }

        async Task Stands(string own)
        {
            (await server.Put($"/customers/{own}C", new { name = "A customer", country = "DE", currency = "EUR", paymentTerms = "NET30", salesOwner = "casales" })).Expect(200);
            (await server.Post("/invoices", new
            {
                number = own + "I", customer = own + "C", date = "2026-02-10", dueDate = "2026-03-10", currency = "EUR", amount = 10,
            })).Expect(200);
            (await server.Post("/disputes", Disputed(own + "D", own, "unqualified"))).Expect(200);
            (await server.Post($"/customers/{own}C/measures", new { number = own + "M", kind = "orderCap", amount = 5, to = "2026-12-31", reason = "r" })).Expect(200);
        }

        async Task<int> Entries(string own) => (await server.Get($"/journal?root={own}C")).Expect(200).Body.GetProperty("entries").GetArrayLength();
    }

    static object Body(string act, string own) => act switch
    {
        "limit" => new { customer = own + "C", kind = "standing", limit = "amount", amount = 1, currency = "EUR", validFrom = "2026-01-01", reason = "r" },
        "guarantee" => new { number = own + "N", customer = own + "C", kind = "bankGuarantee", amount = 10, currency = "EUR", validTo = "2026-12-31" },
        "cover" => new
        {
            number = own + "N", customer = own + "C", kind = "named", percent = 90, maximumExtensionDays = 60, amount = 10, currency = "EUR", validFrom = "2026-03-01",
            validTo = "2026-12-31",
        },
        "measure" => new { number = own + "N", kind = "orderCap", amount = 5, to = "2026-12-31", reason = "r" },
        "reason" => new { reason = "r" },
        "dunning" => new { level = 0, reason = "r" },
        "companyFault" or "customerFault" => Disputed(own + "N", own, act),
        "qualified" => new { legitimacy = "companyFault" },
        "rejected" => new { status = "rejected" },
        "promise" => new { number = own + "N", customer = own + "C", invoices = new[] { own + "I" }, amount = 1, date = "2026-03-20" },
        "writeOff" => new { number = own + "N", invoice = own + "I", date = "2026-03-02", amount = 1, reason = "r" },
        _ => throw new ArgumentOutOfRangeException(nameof(act), act, "no such act"),
    };

    static object Disputed(string number, string own, string legitimacy) => new { number, invoice = own + "I", amount = 2, reason = "price", legitimacy, owner = "quality" };

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
