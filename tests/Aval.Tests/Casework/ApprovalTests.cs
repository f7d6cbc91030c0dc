using System.Text.Json;
using Aval.Tests.Access;
using Aval.Tests.Decisions;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Casework;

public sealed class ApprovalsOnSqlite(SqliteServer fixture) : ApprovalTests(fixture), IClassFixture<SqliteServer>;

public sealed class ApprovalsOnPostgres(PostgresServer fixture) : ApprovalTests(fixture), IClassFixture<PostgresServer>;

/// <summary>What frees headroom beyond its author's authority waits for another person and has no effect until then. An analyst may 25,000 of classes A to C, a manager
/// 250,000 and alone 100,000, leadership anything; quality decides nothing.</summary>
public abstract class ApprovalTests(ServerFixture fixture)
{
    const string Quinn = "quinn:quality";

    [Fact]
    public async Task A_guarantee_counts_against_the_authority_of_whoever_records_it_together_with_what_there_is()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("AG", 1_000);
        await desk.Payer("AD", 1_000, riskClass: "D");
        foreach (var row in Table.Rows("""
            path              customer by                 amount | status
            guarantees        AG       ana:creditAnalyst  15000  | approved
            guarantees        AG       ana:creditAnalyst  10001  | pendingApproval
            guarantees        AG       ana:creditAnalyst  10000  | approved
            insurance-covers  AG       ana:creditAnalyst  1      | pendingApproval
            insurance-covers  AG       mia:creditManager  10000  | approved
            guarantees        AG       mia:creditManager  70000  | pendingApproval
            guarantees        AD       ana:creditAnalyst  1      | pendingApproval
            guarantees        AD       mia:creditManager  1      | approved
            """))
        {
            var given = await Secure(desk, row["path"], $"{row["path"]}-{Guid.NewGuid():N}", row["customer"], row.Integer("amount"), row["by"]);
            Assert.Equal((row.Text, row["status"]), (row.Text, given.Expect(200)["status"]));
        }

        // What is over before it begins to count frees nothing.
        Assert.Equal("approved", (await Secure(desk, "guarantees", "AG-OLD", "AG", 900_000, CreditDesk.Ana, "2026-03-01")).Expect(200)["status"]);
    }

    [Fact]
    public async Task A_guarantee_that_waits_secures_nothing_until_another_person_has_approved_it()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        var server = desk.Server;
        await desk.Payer("AW", 1_000);
        var block = await desk.Order("AW-1", "AW", 40_000);
        (await desk.Decide(block, "requireGuarantee", new { kind = "bankGuarantee", amount = 60_000, until = "2026-03-20" }, CreditDesk.Lea)).Expect(200);
        (await Secure(desk, "guarantees", "AW-G", "AW", 60_000, CreditDesk.Ana)).Expect(200);
        Assert.Equal(("pendingApproval", "held limit-exceeded"), ((await server.Get("/guarantees/AW-G")).Expect(200)["status"], await desk.State("AW-1")));
        Assert.Equal(0m, (await server.Get("/customers/AW/exposure")).Expect(200).Body.GetProperty("guaranteed").GetDecimal());
        foreach (var act in new[] { "draw", "release" })
            (await server.Post($"/guarantees/AW-G/{act}", act == "draw" ? new { amount = 1, date = "2026-03-02", reason = "x" } : new { reason = "x" }, CreditDesk.Mia))
                .Expect(409, "security-not-approved");

        var line = await Line(desk, "guaranteeRequest", "AW");
        Assert.Equal(("ana", 60_000m, "AW-G"), (line.GetProperty("askedBy").GetString(), line.GetProperty("amount").GetDecimal(), line.GetProperty("subject").GetString()));
        Assert.NotEqual(JsonValueKind.Null, line.GetProperty("dueOn").ValueKind);
        (await server.Post("/guarantees/AW-G/approve", new { }, "sam:sales")).Expect(403, "not-permitted");
        (await server.Post("/guarantees/AW-G/approve", new { }, CreditDesk.Ana)).Expect(403, "approval-same-person");
        var beyond = (await server.Post("/guarantees/AW-G/approve", new { }, "abe:creditAnalyst")).Expect(403, "approval-authority-exceeded");
        Assert.Contains("creditManager", beyond["detail"], StringComparison.Ordinal);
        Assert.Equal("approved", (await server.Post("/guarantees/AW-G/approve", new { reason = "seen" }, CreditDesk.Mia)).Expect(200)["status"]);
        Assert.Equal("released 40000", await desk.State("AW-1"));
        (await server.Post("/guarantees/AW-G/approve", new { }, CreditDesk.Mia)).Expect(409, "approval-not-pending");
        (await server.Post("/guarantees/none/approve", new { }, CreditDesk.Mia)).Expect(404, "guarantee-unknown");
        Assert.Equal("seen", (await server.Get($"/work/{line.GetProperty("id").GetString()}")).Expect(200)["answer"]);
        Assert.Contains("approveGuarantee", (await server.Get("/journal?root=AW&limit=500")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Above_the_bound_two_approve_neither_of_whom_asked_and_a_refused_cover_insures_nothing()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        var server = desk.Server;
        await desk.Payer("AC", 1_000);
        (await Secure(desk, "insurance-covers", "AC-V", "AC", 150_000, CreditDesk.Mia)).Expect(200);
        (await server.Post("/insurance-covers/AC-V/approve", new { }, CreditDesk.Mia)).Expect(403, "approval-same-person");
        (await server.Post("/insurance-covers/AC-V/reduce", new { amount = 1, reason = "x" }, CreditDesk.Mia)).Expect(409, "security-not-approved");
        (await server.Post("/insurance-covers/AC-V/notifications", new { date = "2026-03-02" }, CreditDesk.Mia)).Expect(409, "security-not-approved");
        Assert.Equal("approved", (await server.Post("/insurance-covers/AC-V/approve", new { }, CreditDesk.Max)).Expect(200)["status"]);

        (await Secure(desk, "guarantees", "AC-G", "AC", 90_000, "abe:creditAnalyst")).Expect(200);
        Assert.Equal("pendingApproval", (await server.Post("/guarantees/AC-G/approve", new { }, CreditDesk.Mia)).Expect(200)["status"]);
        (await server.Post("/guarantees/AC-G/approve", new { }, CreditDesk.Mia)).Expect(403, "approval-same-person");
        Assert.Equal("approved", (await server.Post("/guarantees/AC-G/approve", new { }, CreditDesk.Max)).Expect(200)["status"]);

        await desk.Payer("AR", 1_000);
        (await Secure(desk, "insurance-covers", "AR-V", "AR", 40_000, CreditDesk.Ana)).Expect(200);
        (await server.Post("/insurance-covers/AR-V/refuse", new { reason = " " }, CreditDesk.Mia)).Expect(422, "field-invalid");
        Assert.Equal("refused", (await server.Post("/insurance-covers/AR-V/refuse", new { reason = "wrong insurer" }, CreditDesk.Mia)).Expect(200)["status"]);
        (await server.Post("/insurance-covers/AR-V/refuse", new { reason = "again" }, CreditDesk.Mia)).Expect(409, "approval-not-pending");
        await desk.Order("AR-1", "AR", 2_000);
        Assert.Equal("held limit-exceeded", await desk.State("AR-1"));
        Assert.Equal("refused", (await server.Get("/customers/AR/insurance-covers")).Expect(200).Body[0].GetProperty("status").GetString());
        Assert.Equal("True", (await server.Get("/journal/verify")).Expect(200)["valid"]);
    }

    [Fact]
    public async Task Our_own_fault_is_proposed_by_quality_and_frees_nothing_until_credit_approves_it()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        var server = desk.Server;
        await desk.Payer("AQ", 10_000);
        await desk.Invoice("AQ-I", "AQ", 9_000);
        (await desk.Dispute("AQ-D", "AQ-I", 4_000)).Expect(200);
        await desk.Order("AQ-1", "AQ", 4_000);
        Assert.Equal("status", (await server.Patch("/disputes/AQ-D", new { legitimacy = "companyFault", status = "rejected" }, Quinn)).Expect(422, "field-invalid")["field"]);
        var proposed = (await server.Patch("/disputes/AQ-D", new { legitimacy = "companyFault", status = "qualified", note = "two pallets" }, Quinn)).Expect(200);
        Assert.Equal(("unqualified", "companyFault", "open", ""), (proposed["legitimacy"], proposed["proposedLegitimacy"], proposed["status"], proposed["qualifiedOn"]));
        Assert.Equal("held limit-exceeded", await desk.State("AQ-1"));
        Assert.Equal("AQ-D", (await Line(desk, "qualificationRequest", "AQ")).GetProperty("subject").GetString());
        (await server.Post("/disputes/AQ-D/approve-qualification", new { }, Quinn)).Expect(403, "not-permitted");
        var approved = (await server.Post("/disputes/AQ-D/approve-qualification", new { reason = "photographs" }, CreditDesk.Ana)).Expect(200);
        Assert.Equal(("companyFault", "", "qualified"), (approved["legitimacy"], approved["proposedLegitimacy"], approved["status"]));
        Assert.Equal("released 4000", await desk.State("AQ-1"));
        (await server.Post("/disputes/AQ-D/approve-qualification", new { }, CreditDesk.Ana)).Expect(409, "approval-not-pending");
        (await server.Post("/disputes/none/approve-qualification", new { }, CreditDesk.Ana)).Expect(404, "dispute-unknown");

        // What takes the fault from us frees nothing, and needs nobody else.
        Assert.Equal("customerFault", (await server.Patch("/disputes/AQ-D", new { legitimacy = "customerFault" }, Quinn)).Expect(200)["legitimacy"]);
    }

    [Fact]
    public async Task An_analyst_qualifies_as_far_as_their_authority_reaches_over_the_whole_invoice()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        var server = desk.Server;
        await desk.Payer("AA", 10_000);
        await desk.Invoice("AA-I", "AA", 60_000);
        object Dispute(string number, decimal amount) => new { number, invoice = "AA-I", amount, reason = "quality", legitimacy = "companyFault", owner = "quality" };
        Assert.Equal("companyFault", (await server.Post("/disputes", Dispute("AA-1", 20_000), CreditDesk.Ana)).Expect(200)["legitimacy"]);
        var second = (await server.Post("/disputes", Dispute("AA-2", 10_000), CreditDesk.Ana)).Expect(200);
        Assert.Equal(("unqualified", "companyFault"), (second["legitimacy"], second["proposedLegitimacy"]));
        var more = (await server.Patch("/disputes/AA-1", new { amount = 26_000 }, CreditDesk.Ana)).Expect(200);
        Assert.Equal(("companyFault", "companyFault", "20000.00", "26000.00"), (more["legitimacy"], more["proposedLegitimacy"], more["amount"], more["proposedAmount"]));
        (await server.Post("/disputes/AA-2/approve-qualification", new { }, CreditDesk.Ana)).Expect(403, "approval-same-person");
        (await server.Post("/disputes/AA-2/approve-qualification", new { }, "abe:creditAnalyst")).Expect(403, "approval-authority-exceeded");
        (await server.Post("/disputes/AA-2/refuse-qualification", new { reason = "" }, CreditDesk.Mia)).Expect(422, "field-invalid");
        var refused = (await server.Post("/disputes/AA-2/refuse-qualification", new { reason = "no proof" }, CreditDesk.Mia)).Expect(200);
        Assert.Equal(("unqualified", ""), (refused["legitimacy"], refused["proposedLegitimacy"]));

        (await server.Post("/disputes/AA-1/approve-qualification", new { }, CreditDesk.Ana)).Expect(403, "approval-same-person");
        var raised = (await server.Post("/disputes/AA-1/approve-qualification", new { }, CreditDesk.Mia)).Expect(200);
        Assert.Equal(("26000.00", "", ""), (raised["amount"], raised["proposedAmount"], raised["proposedLegitimacy"]));
        (await server.Patch("/disputes/AA-1", new { amount = 27_000 }, CreditDesk.Ana)).Expect(200);
        var less = (await server.Post("/disputes/AA-1/refuse-qualification", new { reason = "enough" }, CreditDesk.Mia)).Expect(200);
        Assert.Equal(("26000.00", "", ""), (less["amount"], less["proposedAmount"], less["proposedLegitimacy"]));
        (await server.Patch("/disputes/AA-1", new { amount = 28_000 }, CreditDesk.Ana)).Expect(200);
        Assert.Equal(("5000.00", ""), await Withdrawn(5_000));
        (await server.Patch("/disputes/AA-1", new { amount = 26_000 }, CreditDesk.Mia)).Expect(200);

        // What is proposed leaves the list when the dispute ends, or somebody with the authority says it.
        (await server.Patch("/disputes/AA-2", new { legitimacy = "companyFault" }, Quinn)).Expect(200);
        (await server.Patch("/disputes/AA-2", new { legitimacy = "companyFault" }, CreditDesk.Mia)).Expect(200);
        Assert.Empty((await server.Get("/work?kind=qualificationRequest&customer=AA")).Expect(200).Body.GetProperty("work").EnumerateArray());

        async Task<(string?, string?)> Withdrawn(int amount)
        {
            var changed = (await server.Patch("/disputes/AA-1", new { amount }, CreditDesk.Ana)).Expect(200);
            return (changed["amount"], changed["proposedAmount"]);
        }
    }

    [Fact]
    public async Task Many_disputes_of_one_payer_are_measured_together_whatever_their_invoices()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        var server = desk.Server;
        await desk.Payer("AS", 10_000);
        for (var at = 1; at <= 4; at++)
        {
            await desk.Invoice($"AS-I{at}", "AS", 15_000);
            var said = await server.Post("/disputes", new
            {
                number = $"AS-{at}", invoice = $"AS-I{at}", amount = at == 1 ? 15_000 : 11_000, reason = "quality", legitimacy = "companyFault", owner = "quality",
            }, CreditDesk.Ana);
            Assert.Equal(at == 1 ? "companyFault" : "unqualified", said.Expect(200)["legitimacy"]);
        }

        // What is settled frees nothing more.
        await desk.Pay("AS-R", "AS", "AS-I1", 15_000);
        Assert.Equal("companyFault", (await server.Patch("/disputes/AS-2", new { legitimacy = "companyFault" }, CreditDesk.Ana)).Expect(200)["legitimacy"]);
    }

    [Fact]
    public async Task A_better_risk_class_waits_where_the_limit_under_it_is_beyond_ones_authority()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        var server = desk.Server;
        await desk.Payer("RS", 20_000);
        Assert.Equal("A", (await server.Put("/customers/RS", new { riskClass = "A" }, CreditDesk.Ana)).Expect(200)["riskClass"]);
        await desk.Payer("RB", 60_000, riskClass: "C");
        var proposed = (await server.Put("/customers/RB", new { riskClass = "A", segment = "retail" }, CreditDesk.Ana)).Expect(200);
        Assert.Equal(("C", "A", "retail"), (proposed["riskClass"], proposed["proposedRiskClass"], proposed["segment"]));
        var line = await Line(desk, "riskClassRequest", "RB");
        Assert.Equal(("ana", 60_000m), (line.GetProperty("askedBy").GetString(), line.GetProperty("amount").GetDecimal()));
        (await server.Post("/customers/RB/approve-risk-class", new { }, CreditDesk.Ana)).Expect(403, "approval-same-person");
        (await server.Post("/customers/RB/approve-risk-class", new { }, "abe:creditAnalyst")).Expect(403, "approval-authority-exceeded");
        var approved = (await server.Post("/customers/RB/approve-risk-class", new { }, CreditDesk.Mia)).Expect(200);
        Assert.Equal(("A", ""), (approved["riskClass"], approved["proposedRiskClass"]));
        (await server.Post("/customers/RB/refuse-risk-class", new { reason = "x" }, CreditDesk.Mia)).Expect(409, "approval-not-pending");
        (await server.Post("/customers/none/refuse-risk-class", new { reason = "x" }, CreditDesk.Mia)).Expect(404, "customer-unknown");

        // A worse one takes nobody's authority; out of a class that is none of theirs an analyst lifts nobody.
        Assert.Equal("E", (await server.Put("/customers/RB", new { riskClass = "E" }, CreditDesk.Ana)).Expect(200)["riskClass"]);
        await desk.Payer("RE", 100, riskClass: "E");
        Assert.Equal("E", (await server.Put("/customers/RE", new { riskClass = "B" }, CreditDesk.Ana)).Expect(200)["riskClass"]);
        (await server.Post("/customers/RE/refuse-risk-class", new { reason = " " }, CreditDesk.Mia)).Expect(422, "field-invalid");
        Assert.Equal("", (await server.Post("/customers/RE/refuse-risk-class", new { reason = "no accounts" }, CreditDesk.Mia)).Expect(200)["proposedRiskClass"]);
        Assert.Equal("E", (await server.Get("/customers/RE")).Expect(200)["riskClass"]);
    }

    [Fact]
    public async Task Keys_of_one_hand_are_one_person_to_limits_guarantees_and_policies()
    {
        var server = await fixture.StartedAsync();
        var desk = new CreditDesk(server);
        await desk.Payer("KH", 1_000);
        var olga = await server.UserAsync("Olga H", "administrator");
        var keys = new Dictionary<string, string>();
        foreach (var (name, role) in new[] { ("first hand", "creditManager"), ("other hand", "creditManager"), ("head hand", "leadership") })
        {
            (await server.Post($"/users/{Uri.EscapeDataString(name)}/role-conflicts",
                new { roles = new[] { role }, reason = "by night", key = true }, "lena:leadership")).Expect(200);
            keys[name] = (await server.Post("/api-keys", new { name, roles = new[] { role } }, by: olga)).Expect(201)["key"]!;
        }

        var limit = (await server.Post("/limits", new
        {
            customer = "KH", kind = "standing", limit = "amount", amount = 150_000, currency = "EUR", validFrom = "2026-03-02", reason = "x",
        }, keys["first hand"])).Expect(200)["id"];
        (await server.Post($"/limits/{limit}/approve", new { }, keys["other hand"])).Expect(403, "limit-same-person");
        Assert.Equal("approved", (await server.Post($"/limits/{limit}/approve", new { }, CreditDesk.Mia)).Expect(200)["status"]);
        (await Secure(desk, "guarantees", "KH-G", "KH", 150_000, keys["first hand"])).Expect(200);
        (await server.Post("/guarantees/KH-G/approve", new { }, keys["other hand"])).Expect(403, "approval-same-person");

        (await server.Put("/policies/draft", new { basedOn = "standard", horizonDays = 20 }, keys["first hand"])).Expect(200);
        (await server.Post("/policies/draft/activate", new { reason = "x" }, keys["head hand"])).Expect(403, "same-person");
    }

    static async Task<JsonElement> Line(CreditDesk desk, string kind, string customer) =>
        (await desk.Server.Get($"/work?owner=credit&kind={kind}&customer={customer}", CreditDesk.Mia)).Expect(200).Body.GetProperty("work")[0];

    static Task<ServerReply> Secure(CreditDesk desk, string path, string number, string customer, int amount, string by, string validTo = "2026-12-31")
    {
        var body = new Dictionary<string, object>
        {
            ["number"] = number, ["customer"] = customer, ["kind"] = path == "guarantees" ? "bankGuarantee" : "named", ["amount"] = amount, ["currency"] = "EUR",
            ["validFrom"] = "2026-01-01", ["validTo"] = validTo,
        };
        if (path != "guarantees")
        {
            body["percent"] = 100;
            body["maximumExtensionDays"] = 60;
        }

        return desk.Server.Post($"/{path}", body, by);
    }
}
