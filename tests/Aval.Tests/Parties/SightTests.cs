using System.Text.RegularExpressions;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Aval.Tests.Decisions;
using Aval.Tests.Infrastructure;
using Aval.Tests.Web;
using Aval.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Aval.Tests.Parties;

public sealed class SightOnSqlite(SqliteServer fixture) : SightTests(fixture), IClassFixture<SqliteServer>;

public sealed class SightOnPostgres(PostgresServer fixture) : SightTests(fixture), IClassFixture<PostgresServer>;

/// <summary>Who only sells sees their own customers: asked of every address and every page, so that a new one is asked too.</summary>
public abstract class SightTests(ServerFixture fixture)
{
    const string Sam = "sam:sales", Hidden = "HIDDEN", Seen = "SEEN";

    static readonly SemaphoreSlim Gate = new(1);

    /// <summary>What stands for a part of an address; one that is new here says with what it is asked.</summary>
    static readonly Dictionary<string, Func<Sold, string?>> Parts = new(StringComparer.Ordinal)
    {
        ["/customers/{number}"] = told => told.Number, ["/orders/{number}"] = told => told.Number + "-O", ["/blocks/{id}"] = told => told.Block,
        ["/work/{id}"] = told => told.Block, ["/invoices/{number}"] = told => told.Number + "-I", ["/receipts/{number}"] = told => told.Number + "-R",
        ["/credit-notes/{number}"] = told => told.Number + "-N", ["/write-offs/{number}"] = told => told.Number + "-W", ["/disputes/{number}"] = told => told.Number + "-D",
        ["/promises/{number}"] = told => told.Number + "-P", ["/credit-note-promises/{number}"] = told => told.Number + "-C",
        ["/guarantees/{number}"] = told => told.Number + "-G", ["/insurance-covers/{number}"] = told => told.Number + "-V", ["/measures/{number}"] = told => told.Number + "-M",
        ["/policy/versions/{version}"] = _ => null,
        ["/journal/{root}"] = told => told.Number, ["/refunds/{number}"] = told => told.Number + "-B", ["/transfers/{number}"] = told => told.Number + "-T",
        // Not about customers.
        ["/holidays/{country}"] = _ => null, ["/rates/{date}"] = _ => null, ["/policies/{version}"] = _ => null, ["/users/{name}"] = _ => null,
        ["/indicators/interface/{indicator}"] = _ => null, ["/help/{word}"] = _ => null, ["/panels/{panel}"] = _ => null,
        ["/indicators/{indicator}"] = _ => null, ["/reports/{name}"] = _ => null,
        ["/bank-accounts/{number}"] = _ => null, ["/statements/{number}"] = _ => null,
        ["/bank-lines/{number}"] = _ => null, ["/bank-statements/{number}"] = _ => null,
        // No rate changes between these invoices and their payments: LedgerOfMoneyThatGoesOnTests asks it of others' payments.
        ["/exchange-differences/{number}"] = _ => null,
        // Who only sells opens none of these pages.
        ["/cash/lines/{number}"] = _ => null, ["/cash/receipts/{number}"] = _ => null, ["/cash/credit-notes/{number}"] = _ => null,
    };

    /// <summary>Lists that tell of many customers: who sees them all finds both there.</summary>
    static readonly string[] Lists =
    [
        "/aging", "/blocks", "/commitments", "/credit-note-promises", "/decisions/outcomes", "/deferred-risks", "/disputes", "/work",
        "/indicators/interface/blockedOrdersByCause/rows", "//customers", "//orders", "//blocks", "//work", "//search?q=Customer", "//deferred-risks", "//outcomes",
        "//panels/freed-by", "//context-asked", "//orders?status=held",
        "/reports/aging", "/reports/open-items", "//reports/open-items", "//commitments", "//invoices", "//aging", "//disputes", "//dispute-board", "//promises",
    ];

    [Fact]
    public async Task No_address_shows_a_seller_anything_of_others_customers()
    {
        var (server, own, foreign) = await CompanyAsync();
        var asked = 0;
        foreach (var address in Api.Of(server.Get<Composition>()).Addresses.Where(address => address is { Method: "GET", IsStream: false }))
        {
            var path = address.Path;
            if (PartOf(path) is not { } part)
            {
                Nothing(path, await server.Get(path, Sam));
                continue;
            }

            if (part.Value(foreign) is not { } hidden || part.Value(own) is not { } seen) continue;
            var reply = await server.Get(part.Fill(hidden), Sam);
            Assert.True(reply.Status == 404, $"{path} of others: {reply.Status} {reply.Text}");
            Assert.Equal(Plain(await server.Get(part.Fill("none-such"), Sam), "none-such"), Plain(reply, hidden));
            var mine = await server.Get(part.Fill(seen), Sam);
            Assert.True(mine.Status == 200, $"{path} of one's own: {mine.Status} {mine.Text}");
            Nothing(path, mine);
            asked++;
        }

        Assert.True(asked > 25, $"only {asked} addresses were asked");
        Assert.Contains($"\"customer\":\"{Seen}\"", (await server.Get("/work", Sam)).Expect(200).Text, StringComparison.Ordinal);
        Assert.Contains($"\"{Seen}-O\"", (await server.Get("/blocks", Sam)).Expect(200).Text, StringComparison.Ordinal);
        Assert.Equal("[]", (await server.Get($"/work?customer={Hidden}", Sam)).Expect(200).Body.GetProperty("work").GetRawText());
    }

    [Fact]
    public async Task No_page_shows_a_seller_anything_of_others_customers()
    {
        var (server, own, foreign) = await CompanyAsync();
        using var browser = new Browser(server);
        await browser.SignInAsync((await server.Post("/api-keys", new { name = "SAM", roles = new[] { "sales" } })).Expect(201)["key"]!);
        var pages = server.Get<EndpointDataSource>().Endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<PageAddress>()).OfType<PageAddress>()
            .Where(page => page is { Method: "GET", IsStream: false }).ToList();
        var asked = 0;
        foreach (var page in pages)
        {
            var part = PartOf(page.Path);
            if (part is null) Assert.DoesNotContain(Hidden, await browser.WrittenAsync(page.Path), StringComparison.Ordinal);
            if (part?.Value(foreign) is not { } hidden || part.Value(own) is not { } seen) continue;
            var text = await browser.WrittenAsync(part.Fill(hidden));
            // A page that no seller opens tells the same of everybody.
            if (text.Contains("Your role does not open this page", StringComparison.Ordinal))
            {
                Assert.Contains("Your role does not open this page", await browser.WrittenAsync(part.Fill(seen)), StringComparison.Ordinal);
                continue;
            }

            Assert.True(!text.Contains("Customer " + Hidden, StringComparison.Ordinal) && text.Contains("There is no", StringComparison.Ordinal)
                || text.Contains("has no", StringComparison.Ordinal), $"{page.Path} of others: {text}");
            Assert.DoesNotContain(Hidden, await browser.WrittenAsync(part.Fill(seen)), StringComparison.Ordinal);
            asked++;
        }

        Assert.True(asked >= 8, $"only {asked} pages were asked");
    }

    [Fact]
    public async Task Whoever_sees_all_finds_them_in_the_lists_that_a_seller_is_kept_from()
    {
        var (server, _, _) = await CompanyAsync();
        using var seller = new Browser(server);
        using var everybody = new Browser(server);
        await seller.SignInAsync((await server.Post("/api-keys", new { name = "sam", roles = new[] { "sales" } })).Expect(201)["key"]!);
        await everybody.SignInAsync((await server.Post("/api-keys", new { name = "sam", roles = new[] { "sales", "collector" } })).Expect(201)["key"]!);
        foreach (var list in Lists)
        {
            var (all, theirs) = list.StartsWith("//", StringComparison.Ordinal)
                ? (await everybody.WrittenAsync(list[1..]), await seller.WrittenAsync(list[1..]))
                : ((await server.Get(list, "both:sales+collector")).Expect(200).Text, (await server.Get(list, Sam)).Expect(200).Text);
            Assert.True(all.Contains(Hidden, StringComparison.Ordinal) && all.Contains(Seen, StringComparison.Ordinal), $"{list} shows not all: {all}");
            Assert.True(!theirs.Contains(Hidden, StringComparison.Ordinal) && theirs.Contains(Seen, StringComparison.Ordinal), $"{list} for a seller: {theirs}");
        }
    }

    [Fact]
    public async Task A_seller_acts_for_their_own_customers_alone()
    {
        var (server, own, foreign) = await CompanyAsync();
        var desk = new CreditDesk(server);
        (await server.Post("/orders", Order(Hidden + "-2", Hidden), Sam)).Expect(404, "customer-unknown");
        (await server.Post("/orders/check", Order(Hidden + "-2", Hidden), Sam)).Expect(404, "customer-unknown");
        (await server.Put($"/orders/{Hidden}-O", Order(Hidden + "-O", Hidden), Sam)).Expect(404, "customer-unknown");
        (await server.Post("/orders", Order(Seen + "-2", Seen), Sam)).Expect(200);
        var line = $$"""
            {"number":"L-1","customer":"{{Hidden}}","currency":"EUR","orderDate":"2026-03-02","lines":[{"line":1,"item":"A","quantity":1,"unitPrice":1,"taxRate":0}]}
            """;
        var lines = await server.SendAsync(HttpMethod.Post, "/orders/batch", RunningServer.Raw(line, "application/x-ndjson"), Sam);
        Assert.Contains("customer-unknown", lines.Text, StringComparison.Ordinal);
        (await server.Post($"/blocks/{foreign.Block}/appeal", new { reason = "they always pay" }, Sam)).Expect(404, "block-unknown");
        (await server.Put($"/blocks/{foreign.Block}/context", new { recurring = true }, Sam)).Expect(404, "block-unknown");
        (await server.Post($"/blocks/{own.Block}/appeal", new { reason = "they always pay" }, Sam)).Expect(200);
        (await server.Post($"/orders/{Hidden}-O/waive", new { finding = "purchase-order-missing", reason = "x" }, Sam)).Expect(404, "order-unknown");
        (await server.Post($"/work/{foreign.Block}/claim", new { }, Sam)).Expect(404, "work-unknown");
        (await server.Post("/disputes", new { number = "X", invoice = Hidden + "-I", amount = 1, reason = "price", legitimacy = "unqualified", owner = "sales" }, Sam))
            .Expect(404, "invoice-unknown");
        (await server.Post("/limit-requests", new
        {
            customer = Hidden, kind = "standing", limit = "amount", amount = 5_000, currency = "EUR", validFrom = "2026-03-02", reason = "x",
        }, Sam)).Expect(404, "customer-unknown");
        Assert.StartsWith("held", await desk.State(Hidden + "-O"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_row_stands_in_the_column_by_which_it_is_hidden()
    {
        var (server, _, _) = await CompanyAsync();
        await using var reader = await server.Store.SnapshotAsync(TestContext.Current.CancellationToken);
        var filled = 0;
        foreach (var table in server.Get<Composition>().TablesInOrder)
        {
            await using var command = reader.Command($"SELECT {table.ColumnList} FROM {table.Name}");
            foreach (var row in await reader.RowsAsync(command, table, TestContext.Current.CancellationToken))
            {
                filled++;
                var at = table.Columns.Select(column => column.Name).ToList().IndexOf(table.PartyColumn ?? "");
                Assert.True(at < 0 ? table.PartyOf(row).StartsWith('@') : (string?)table.ValueOf(row, at) == table.PartyOf(row), $"{table.Name}: {row}");
            }
        }

        Assert.True(filled > 50);
    }

    [Fact]
    public async Task Who_sells_to_a_customer_is_kept_until_it_is_cleared()
    {
        var (server, _, _) = await CompanyAsync();
        var customer = new { name = "S", country = "FR", currency = "EUR", paymentTerms = "NET30", salesOwner = " Sam " };
        Assert.Equal("Sam", (await server.Put("/customers/SO", customer)).Expect(200)["salesOwner"]);
        Assert.Equal("Sam", (await server.Put("/customers/SO", new { name = "S2" }, "cora:customerService")).Expect(200)["salesOwner"]);
        (await server.Get("/customers/SO", Sam)).Expect(200);
        (await server.Put("/customers/SO", new { salesOwner = "" })).Expect(422, "field-invalid");
        (await server.Put("/customers/SO", new { salesOwner = new string('x', 101) })).Expect(422, "field-invalid");
        (await server.Put("/customers/SO", new { salesOwner = "Tess" }, Sam)).Expect(403, "not-permitted");
        Assert.Equal("", (await server.Put("/customers/SO", new { salesOwner = (string?)null }, "moe:masterData")).Expect(200)["salesOwner"]);
        (await server.Get("/customers/SO", Sam)).Expect(404, "customer-unknown");
        Assert.Contains("salesOwner", (await server.Get("/journal?root=SO")).Expect(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_group_a_seller_sees_their_members_and_the_journal_only_when_all_are_theirs()
    {
        var (server, _, _) = await CompanyAsync();
        foreach (var (number, group, owner) in new[] { ("GTOP", (string?)null, "tess"), ("GONE", "GTOP", "sam"), ("GTWO", "GTOP", "tess") })
            (await server.Put($"/customers/{number}", new
            {
                name = "Company " + number, country = "FR", currency = "EUR", paymentTerms = "NET30", group, salesOwner = owner,
            })).Expect(200);
        (await server.Get("/customers/GONE", Sam)).Expect(200);
        (await server.Get("/customers/GTWO", Sam)).Expect(404, "customer-unknown");
        (await server.Get("/journal?root=GTOP", Sam)).Expect(404, "not-found");
        (await server.Get("/journal?root=GTOP", "tess:sales")).Expect(404, "not-found");
        (await server.Get("/journal", Sam)).Expect(403, "not-permitted");
        using var browser = new Browser(server);
        await browser.SignInAsync((await server.Post("/api-keys", new { name = "sam", roles = new[] { "sales" } })).Expect(201)["key"]!);
        var page = await browser.WrittenAsync("/customers/GONE");
        Assert.Contains("Company GONE", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Company GT", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_payer_who_is_somebody_elses_a_seller_is_told_sums_and_no_documents()
    {
        var (server, _, _) = await CompanyAsync();
        var desk = new CreditDesk(server);
        await desk.Payer("HQ", 5_000);
        foreach (var (number, owner) in new[] { ("HQ", "tess"), ("BR1", "sam"), ("BR2", "tess") })
            (await server.Put($"/customers/{number}", new
            {
                name = "Company " + number, country = "FR", currency = "EUR", paymentTerms = "NET30", payer = number == "HQ" ? null : "HQ", salesOwner = owner,
            })).Expect(200);
        await desk.Invoice("HQ-I1", "BR1", 100);
        await desk.Invoice("HQ-I2", "BR2", 200);
        (await server.Post("/customers/HQ/measures", new { number = "HQ-M", kind = "orderCap", amount = 50_000, to = "2026-12-31", reason = "x" })).Expect(200);
        var rows = (await server.Get("/customers/BR1/exposure/rows", Sam)).Expect(200);
        Assert.Contains("HQ-I1", rows.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("HQ-I2", rows.Text, StringComparison.Ordinal);
        Assert.Equal(300m, rows.Body.GetProperty("totals").GetProperty("receivables").GetDecimal());
        Assert.Equal("300.00", (await server.Get("/customers/BR1/aging", Sam)).Expect(200)["total"]);
        using var browser = new Browser(server);
        await browser.SignInAsync((await server.Post("/api-keys", new { name = "sam", roles = new[] { "sales" } })).Expect(201)["key"]!);
        foreach (var path in new[] { "/customers/BR1", "/customers/BR1/invoices", "/customers/BR1/orders", "/customers/BR1/timeline", "/customers/BR1/exposure?term=receivables" })
        {
            var page = await browser.WrittenAsync(path);
            Assert.DoesNotContain("Company HQ", page, StringComparison.Ordinal);
            Assert.DoesNotContain("HQ-I2", page, StringComparison.Ordinal);
            Assert.DoesNotContain("BR2", page, StringComparison.Ordinal);
        }

        foreach (var list in new[] { "measures", "guarantees", "insurance-covers", "promises", "exceptional-releases" })
            Assert.DoesNotContain("HQ-M", (await server.Get($"/customers/BR1/{list}", Sam)).Expect(200).Text, StringComparison.Ordinal);
    }

    /// <param name="Number">Of the customer; its documents begin with it.</param>
    sealed record Sold(string Number, string Block);

    sealed record Part(string Path, string Template, Func<Sold, string?> Value)
    {
        public string Fill(string value) => Template.StartsWith("/journal", StringComparison.Ordinal) || !Template.EndsWith('}')
            ? Filled(Path, value) : Filled(Path.Replace(Template, Template[..Template.LastIndexOf('{')] + Uri.EscapeDataString(value), StringComparison.Ordinal), value);

        static string Filled(string path, string value) =>
            Regex.Replace(Regex.Replace(path, @"\{root\}", value, RegexOptions.None, TimeSpan.FromSeconds(1)), @"\{\w+\}", "1", RegexOptions.None, TimeSpan.FromSeconds(1));
    }

    /// <summary>Null for an address without parts.</summary>
    static Part? PartOf(string path)
    {
        var at = path.IndexOf('}', StringComparison.Ordinal);
        if (at < 0) return null;
        var template = path[..(at + 1)];
        return Parts.TryGetValue(template, out var value)
            ? new Part(path, template, value)
            : throw new InvalidOperationException($"{path} is new: say in Parts which customer's {template} it is asked with, or that it is about none");
    }

    static void Nothing(string path, ServerReply reply) =>
        Assert.False(reply.Text.Contains(Hidden, StringComparison.Ordinal), $"{path} tells a seller of others' customers: {reply.Text}");

    static string Plain(ServerReply reply, string asked) =>
        Regex.Replace(reply.Text.Replace(asked, "…", StringComparison.Ordinal), "\"trace\":\"[^\"]*\"", "", RegexOptions.None, TimeSpan.FromSeconds(1));

    static object Order(string number, string customer) => new
    {
        number, customer, currency = "EUR", orderDate = "2026-03-02", lines = new[] { new { line = 1, item = "A-100", quantity = 1, unitPrice = 1, taxRate = 0 } },
    };

    /// <summary>Two customers with one of everything, each sold to by somebody else.</summary>
    async Task<(RunningServer Server, Sold Own, Sold Foreign)> CompanyAsync()
    {
        var server = await fixture.StartedAsync();
        await Gate.WaitAsync();
        try
        {
            if ((await server.Get("/customers/OTHER")).Status == 404) await new CreditDesk(server).Payer("OTHER", 500);
            (await server.Put("/customers/OTHER", new { salesOwner = "Uma" })).Expect(200);
            return (server, await CaseAsync(server, Seen, "Sam"), await CaseAsync(server, Hidden, "Tess"));
        }
        finally
        {
            Gate.Release();
        }
    }

    static async Task<Sold> CaseAsync(RunningServer server, string number, string owner)
    {
        if ((await server.Get($"/orders/{number}-O")) is { Status: 200 } known) return new Sold(number, known["block"]!);
        var desk = new CreditDesk(server);
        await desk.Payer(number, 500, purchaseOrder: true);
        (await server.Put($"/customers/{number}", new { salesOwner = owner })).Expect(200);
        await desk.Invoice(number + "-I", number, 300, "2026-02-10");
        await desk.Invoice(number + "-J", number, 300, "2026-02-10");
        (await server.Post("/receipts", new { number = number + "-R", payer = number, date = "2026-03-02", currency = "EUR", amount = 20, cleared = true })).Expect(200);
        await server.Post($"/receipts/{number}-R/match", new { });
        (await server.Post("/receipts", new { number = number + "-Q", payer = number, date = "2026-03-02", currency = "EUR", amount = 30, cleared = true })).Expect(200);
        (await server.Post("/refunds", new { number = number + "-B", receipt = number + "-Q", amount = 10, reason = "paid twice" })).Expect(200);
        (await server.Post("/transfers", new { number = number + "-T", receipt = number + "-Q", to = "OTHER", amount = 5, reason = "the branch's" })).Expect(200);
        (await server.Post("/credit-notes", new
        {
            number = number + "-N", customer = number, date = "2026-03-02", currency = "EUR", amount = 10, invoice = number + "-I",
        })).Expect(200);
        (await server.Post("/write-offs", new { number = number + "-W", invoice = number + "-I", date = "2026-03-02", amount = 1, reason = "cents" })).Expect(200);
        (await desk.Dispute(number + "-D", number + "-I", 50)).Expect(200);
        (await server.Post("/promises", new
        {
            number = number + "-P", customer = number, invoices = new[] { number + "-J" }, amount = 100, date = "2026-03-20", made = "2026-03-02",
        })).Expect(200);
        (await server.Post("/credit-note-promises", new
        {
            number = number + "-C", customer = number, invoice = number + "-J", amount = 5, reason = "price", owner = "billing", dueBy = "2026-03-20",
        })).Expect(200);
        (await server.Post("/guarantees", new
        {
            number = number + "-G", customer = number, kind = "bankGuarantee", amount = 10, currency = "EUR", validTo = "2026-12-31",
        })).Expect(200);
        (await server.Post("/insurance-covers", new
        {
            number = number + "-V", customer = number, kind = "named", amount = 10, currency = "EUR", percent = 90, maximumExtensionDays = 60, validTo = "2026-12-31",
        })).Expect(200);
        (await server.Post($"/customers/{number}/measures", new { number = number + "-M", kind = "orderCap", amount = 5, to = "2026-12-31", reason = "x" })).Expect(200);
        var block = await desk.Order(number + "-O", number, 900);
        (await server.Post($"/orders/{number}-O/waive", new { finding = "purchase-order-missing", reason = "known to us", due = "2026-03-20" }, CreditDesk.Cora)).Expect(200);
        (await desk.Decide(block, "waitForPayment", new { invoices = new[] { number + "-J" }, until = "2026-03-20" })).Expect(200);
        return new Sold(number, block);
    }
}
