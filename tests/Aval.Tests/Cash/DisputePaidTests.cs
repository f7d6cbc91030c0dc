using System.Globalization;
using Aval.Cash.Rules;
using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Policies.Rules;
using Aval.Tests.Infrastructure;
using FsCheck;
using FsCheck.Fluent;

namespace Aval.Tests.Cash;

public sealed class DisputesPaidOnSqlite(SqliteServer fixture) : DisputePaidTests(fixture), IClassFixture<SqliteServer>;

public sealed class DisputesPaidOnPostgres(PostgresServer fixture) : DisputePaidTests(fixture), IClassFixture<PostgresServer>;

/// <summary>Money that names a dispute. The business date is 2 March 2026.</summary>
public abstract class DisputePaidTests(ServerFixture fixture)
{
    const string Clerk = "alma:accountsReceivable";

    [Fact]
    public async Task A_payment_that_names_a_dispute_settles_it_and_taking_it_back_restores_it()
    {
        var server = await Start("E1");
        (await server.Patch("/disputes/E1-CLAIM7", new { legitimacy = "customerFault", status = "inProgress", person = "Ann" })).Expect(200);
        var before = await Dispute(server, "E1-CLAIM7");
        Assert.Equal("inProgress 200.00", before);
        await Money(server, "E1-R", "E1", 200, "our claim E1-CLAIM7, with thanks");
        var match = (await server.Post("/receipts/E1-R/match", new { }, Clerk)).Expect(200).Body;
        Assert.Equal(("posted", "remittanceText"), (match.GetProperty("status").GetString(), match.GetProperty("rule").GetString()));
        Assert.Equal("E1-CLAIM7", match.GetProperty("allocations")[0].GetProperty("dispute").GetString());
        Assert.Equal("E1-CLAIM7", (await server.Get("/receipts/E1-R/allocations")).Expect(200).Body[0].GetProperty("dispute").GetString());
        Assert.Equal("closed 200.00", await Dispute(server, "E1-CLAIM7"));
        Assert.Equal(("800.00", 0), await Invoice(server, "E1-1"));
        Assert.DoesNotContain("E1-CLAIM7", (await server.Get("/work?customer=E1")).Expect(200).Text, StringComparison.Ordinal);

        (await server.Post("/receipts/E1-R/match/undo", new { reason = "another claim" }, Clerk)).Expect(200);
        Assert.Equal(before, await Dispute(server, "E1-CLAIM7"));
        Assert.Equal(("1000.00", 1), await Invoice(server, "E1-1"));
        Assert.Contains("E1-CLAIM7", (await server.Get("/work?customer=E1")).Expect(200).Text, StringComparison.Ordinal);
        Assert.True((await server.Get("/journal/verify")).Expect(200).Body.GetProperty("valid").GetBoolean());
    }

    [Fact]
    public async Task A_person_says_which_dispute_a_payment_settles_and_no_more_of_it_than_it_is_about()
    {
        var server = await Start("E2");
        await Money(server, "E2-R", "E2", 500, "thanks");
        Assert.Equal("[0].dispute", await Refused(new { invoice = "E2-1", amount = 50, dispute = "E2-NONE" }));
        Assert.Equal("[0].amount", await Refused(new { invoice = "E2-1", amount = 201, dispute = "E2-CLAIM7" }));
        Assert.Equal("[1].dispute", await Refused(new { invoice = "E2-1", amount = 10, dispute = "E2-CLAIM7" }, new { invoice = "E2-1", amount = 10, dispute = "E2-CLAIM7" }));
        (await server.Post("/receipts/E2-R/allocations", new[] { new { invoice = "E2-1", amount = 50, dispute = "E2-CLAIM7" } }, Clerk)).Expect(200);
        Assert.Equal("open 150.00", await Dispute(server, "E2-CLAIM7"));
        (await server.Post("/receipts/E2-R/allocations", new[] { new { invoice = "E2-1", amount = 150, dispute = "E2-CLAIM7" } }, Clerk)).Expect(200);
        Assert.Equal("closed 150.00", await Dispute(server, "E2-CLAIM7"));
        Assert.Equal("[0].dispute", await Refused(new { invoice = "E2-1", amount = 50, dispute = "E2-CLAIM7" }));
        (await server.Post("/receipts/E2-R/match/undo", new { reason = "it had bounced" }, Clerk)).Expect(200);
        Assert.Equal("open 200.00", await Dispute(server, "E2-CLAIM7"));
        Assert.Equal(("1000.00", 1), await Invoice(server, "E2-1"));
        // One that was rejected by a person stays so, whatever money goes back.
        (await server.Post("/receipts/E2-R/allocations", new[] { new { invoice = "E2-1", amount = 50, dispute = "E2-CLAIM7" } }, Clerk)).Expect(200);
        (await server.Patch("/disputes/E2-CLAIM7", new { status = "rejected" })).Expect(200);
        (await server.Post("/receipts/E2-R/match/undo", new { reason = "no" }, Clerk)).Expect(200);
        Assert.Equal("rejected 150.00", await Dispute(server, "E2-CLAIM7"));
        Assert.True((await server.Get("/journal/verify")).Expect(200).Body.GetProperty("valid").GetBoolean());

        async Task<string?> Refused(params object[] parts) => (await server.Post("/receipts/E2-R/allocations", parts, Clerk)).Expect(422, "field-invalid")["field"];
    }

    [Fact]
    public async Task Money_that_has_not_cleared_settles_no_dispute_until_it_has()
    {
        var server = await Start("E3");
        (await server.Post("/receipts", new { number = "E3-R", payer = "E3", date = "2026-03-01", currency = "EUR", amount = 200, cleared = false }, Clerk)).Expect(200);
        (await server.Post("/receipts/E3-R/allocations", new[] { new { invoice = "E3-1", amount = 200, dispute = "E3-CLAIM7" } }, Clerk)).Expect(200);
        Assert.Equal("open 200.00", await Dispute(server, "E3-CLAIM7"));
        (await server.Post("/receipts/E3-R/clear", new { date = "2026-03-02" }, Clerk)).Expect(200);
        Assert.Equal("closed 200.00", await Dispute(server, "E3-CLAIM7"));
        (await server.Post("/receipts/E3-R/return", new { date = "2026-03-02", reason = "no funds" }, Clerk)).Expect(200);
        Assert.Equal("open 200.00", await Dispute(server, "E3-CLAIM7"));
        Assert.True((await server.Get("/journal/verify")).Expect(200).Body.GetProperty("valid").GetBoolean());
    }

    static async Task<(string?, int)> Invoice(RunningServer server, string number)
    {
        var invoice = (await server.Get($"/invoices/{number}")).Expect(200);
        return (invoice["open"], invoice.Body.GetProperty("parts").GetArrayLength());
    }

    static async Task<string> Dispute(RunningServer server, string number)
    {
        var dispute = (await server.Get($"/disputes/{number}")).Expect(200);
        return $"{dispute["status"]} {dispute["amount"]}";
    }

    static async Task Money(RunningServer server, string number, string payer, decimal amount, string reference) =>
        (await server.Post("/receipts", new { number, payer, date = "2026-03-01", currency = "EUR", amount, reference }, Clerk)).Expect(200);

    async Task<RunningServer> Start(string customer)
    {
        var server = await fixture.StartedAsync();
        (await server.Put($"/customers/{customer}", new { name = customer, country = "FR", currency = "EUR", paymentTerms = "NET30", riskClass = "B" })).Expect(200);
        (await server.Post("/invoices", new { number = customer + "-1", customer, date = "2026-01-15", dueDate = "2026-03-20", currency = "EUR", amount = 1000 })).Expect(200);
        (await server.Post("/disputes", new
        {
            number = customer + "-CLAIM7", invoice = customer + "-1", amount = 200, reason = "quality", legitimacy = "unqualified", owner = "quality", date = "2026-02-01",
        })).Expect(200);
        return server;
    }
}

public sealed class NamedDisputesTests
{
    /// <summary>Open invoices <c>number=amount</c>, disputes <c>number:invoice=amount</c>. The outcome names parts of disputes with a colon; what is only proposed has a
    /// question mark; none leaves it to the other rules.</summary>
    [Fact]
    public void A_named_dispute_is_paid_or_explains_what_was_left_off() => Table.Check("""
        open               | disputes                  | paid | text                          | outcome
        "I-1=1000 I-2=200" | "D-7:I-1=200"             | 200  | "claim D-7"                   | I-1:D-7=200
        "I-1=1000 I-2=200" | "D-7:I-1=200"             | 800  | "I-1 without claim D-7"       | I-1=800
        "I-1=1000 I-2=300" | "D-7:I-1=200"             | 1000 | "I-1 and d7"                  | I-1:D-7=200 I-1=800
        "I-1=1000 I-2=300" | "D-7:I-1=200"             | 500  | "I-2 with claim D-7"          | I-1:D-7=200 I-2=300
        "I-1=1000 I-2=300" | "D-7:I-1=200"             | 1100 | "I-1, I-2 less D-7"           | I-1=800 I-2=300
        "I-1=1000 I-2=300" | "D-7:I-1=200"             | 300  | "I-2, D-7 still open"         | I-2=300
        "I-1=1000 I-2=300" | "D-7:I-1=500"             | 500  | "D-7"                         | ? I-1:D-7=500 / I-1=500
        "I-1=1000 I-2=300" | "D-7:I-1=200 D-8:I-2=50"  | 250  | "D-7 D-8"                     | I-1:D-7=200 I-2:D-8=50
        "I-1=1000 I-2=300" | "D-7:I-1=200 D-8:I-1=50"  | 750  | "I-1 but not D-7 nor D-8"     | I-1=750
        "I-1=1000 I-2=300" | "D-7:I-1=200"             | 150  | "D-7"                         | ? I-1:D-7=150
        "I-1=1000 I-2=300" | "D-7:I-1=200"             | 777  | "D-7"                         | none
        "I-1=1000 I-2=300" | "D-7:I-1=200"             | 200  | "I-1"                         | none
        "I-1=1000 I-2=300" | "7:I-1=200"               | 200  | "march 7"                     | none
        "I-1=1000 I-2=200" | "I-2:I-1=200"             | 200  | "I-2"                         | none
        """, row =>
    {
        var open = row.Words("open").Select(one => one.Split('=')).ToDictionary(
            one => one[0], one => new OpenDocument(one[0], "P", new(2026, 1, 15), new(2026, 3, 20), long.Parse(one[1], CultureInfo.InvariantCulture)), StringComparer.Ordinal);
        var disputes = row.Words("disputes").Select(one => one.Split(':', '='))
            .Select(one => new DisputedPart(one[0], open[one[1]], long.Parse(one[2], CultureInfo.InvariantCulture))).ToList();
        var paid = new Remittance(long.Parse(row["paid"], CultureInfo.InvariantCulture), new(2026, 3, 2), [], row["text"]);
        var matching = NamedDisputes.Of(paid, disputes, () => OpenDocuments.Of(open.Values), MatchSettings.Strict);
        Assert.Equal(row["outcome"], matching switch
        {
            null => "none",
            { Post: { } post } => Said(post),
            _ => "? " + string.Join(" / ", matching.Candidates.Select(Said)),
        });
    });

    static string Said(Match match) => string.Join(' ', match.Parts.Select(part => $"{part.Document.Number}{(part.Dispute is { } dispute ? ":" + dispute : "")}={part.Amount}"));

    /// <summary>Whatever parts of it payments have settled, in whatever order they are taken back.</summary>
    [Fact]
    public void Taking_back_all_payments_of_a_dispute_restores_it() => Prop.ForAll(
        Gen.Choose(1, 400).ArrayOf().Where(parts => parts.Length > 0).ToArbitrary(), Gen.Choose(0, 10_000).ToArbitrary(), (parts, order) =>
    {
        var before = new Dispute(
            "D", "I", "P", "P", new(2026, 3, 1), parts.Sum(), parts.Sum(), Currency.EUR, DisputeReason.Price, Legitimacy.CustomerFault, OwnerFunction.Quality, "Ann",
            DisputeStatus.InProgress, new(2026, 3, 1), new(2026, 3, 1), null, null, null, null);
        var settled = parts.Aggregate(before, (dispute, part) => dispute.Paid(part, new(2026, 3, 2)));
        Assert.False(settled.Stands);
        Assert.Equal(before, parts.OrderBy(part => (part * 7919) ^ order).Aggregate(settled, (dispute, part) => dispute.Unpaid(part)));
    }).Holds();

    [Fact]
    public void Taking_back_payments_and_credit_notes_in_any_order_restores_the_dispute_that_they_settled() => Prop.ForAll(
        Gen.Choose(1, 400).ArrayOf().Where(parts => parts.Length > 0).ToArbitrary(), Gen.Choose(0, 10_000).ToArbitrary(), (amounts, order) =>
    {
        var parts = amounts.Select((amount, at) => (Amount: amount, Credit: (order >> (at % 8)) % 2 == 0 ? $"creditNote:N-{at}:I" : null)).ToList();
        var before = new Dispute(
            "D", "I", "P", "P", new(2026, 3, 1), amounts.Sum(), amounts.Sum(), Currency.EUR, DisputeReason.Price, Legitimacy.CompanyFault, OwnerFunction.Quality, "Ann",
            DisputeStatus.CreditNoteDue, new(2026, 3, 1), new(2026, 3, 1), null, null, null, null);
        var settled = parts.Aggregate(before, (dispute, part) =>
            part.Credit is { } credit ? dispute.Credited(part.Amount, new(2026, 3, 2), credit) : dispute.Paid(part.Amount, new(2026, 3, 2)));
        Assert.Equal((DisputeStatus.Closed, false), (settled.Status, settled.Stands));
        var back = parts.OrderBy(part => (part.Amount * 7919) ^ order)
            .Aggregate(settled, (dispute, part) => part.Credit is { } credit ? dispute.Uncredited(credit) : dispute.Unpaid(part.Amount));
        Assert.Equal(before, back);
    }).Holds();
}
