using System.Net;
using Aval.Tests.Infrastructure;
using Aval.Tests.Web;

namespace Aval.Tests.Decisions;

public sealed class WhatIfOnSqlite(SqliteServer fixture) : WhatIfTests(fixture), IClassFixture<SqliteServer>;

public sealed class WhatIfOnPostgres(PostgresServer fixture) : WhatIfTests(fixture), IClassFixture<PostgresServer>;

/// <summary>The bench of a block: the check answers what is imagined, and nothing comes of it.</summary>
public abstract class WhatIfTests(ServerFixture fixture)
{
    /// <summary>A limit of 10,000, of which an invoice of 9,000 and one of 500 take up all but 500; an order of 3,000.</summary>
    const string Imagined = """
        as it stands                                  held       2,500.00 EUR too much
        amount=400                                    passes     100.00 EUR stay free
        amount=500.00                                 passes     0.00 EUR stay free
        amount=500.01                                 held       0.01 EUR too much
        amount=4000                                   held       3,500.00 EUR too much
        deposit=2499.99                               held       0.01 EUR too much
        deposit=2500                                  passes     0.00 EUR stay free
        paid=WI-I                                     passes     6,500.00 EUR stay free
        paid=WI-J                                     held       2,000.00 EUR too much
        paid=WI-J&deposit=1000&amount=2000            passes     0.00 EUR stay free
        paid=of-nobody                                held       2,500.00 EUR too much
        ship=2026-12-01                               passes     500.00 EUR stay free
        """;

    [Fact]
    public async Task The_bench_answers_what_is_imagined_by_the_real_check()
    {
        var (desk, block) = await CaseAsync("WI");
        using var browser = await SignedInAsync(desk, "wim", "creditManager");
        foreach (var row in Imagined.Split('\n'))
        {
            var (asked, verdict, room) = (row[..46].Trim(), row[46..57].Trim(), row[57..].Trim());
            var page = await TextAsync(await browser.GetAsync($"/blocks/{block}/what-if" + (asked == "as it stands" ? "" : "?" + asked)));
            var answer = page[page.IndexOf("id=\"bench-answer\"", StringComparison.Ordinal)..];
            Assert.True(answer.Contains(room, StringComparison.Ordinal), $"{asked}: {answer}");
            Assert.True(verdict == "passes" == answer.Contains("would pass", StringComparison.Ordinal), $"{asked}: {answer}");
            Assert.Equal(verdict == "held", answer.Contains("would exceed", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Whatever_is_imagined_nothing_is_decided_reserved_or_recorded()
    {
        var (desk, block) = await CaseAsync("WN");
        using var browser = await SignedInAsync(desk, "wanda", "creditManager");
        async Task<string> StandsAsync() => $"{await desk.State("WN-1")} {await desk.VersionOf(block)} {(await desk.Server.Get("/customers/WN/exposure")).Text} "
            + (await desk.Server.Get("/journal?root=WN")).Text;
        var before = await StandsAsync();
        foreach (var asked in new[] { "amount=1", "deposit=3000", "paid=WN-I&paid=WN-J", "ship=2027-01-01", "amount=1&deposit=1&ship=2026-03-05&paid=WN-I" })
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"/blocks/{block}/what-if?{asked}")).StatusCode);
        Assert.Equal(before, await StandsAsync());
        (await desk.Server.Get("/invoices/WN-I")).Expect(200);
        Assert.Equal("held limit-exceeded", await desk.State("WN-1"));
    }

    [Fact]
    public async Task What_cannot_be_read_is_told_and_what_was_typed_stays()
    {
        var (desk, block) = await CaseAsync("WF");
        using var browser = await SignedInAsync(desk, "wilma", "creditManager");
        foreach (var (asked, told) in new[]
        {
            ("amount=much", "The amount must be an amount above zero in EUR."), ("amount=0", "The amount must be"), ("amount=-5", "The amount must be"),
            ("amount=1.234", "The amount must be"), ("deposit=-1", "The deposit must be zero or an amount in EUR."), ("ship=tomorrow", "The ship date must be a day."),
            ("amount=99999999999999999999999999999999", "The amount must be"), ("amount=%3Cb%3E", "The amount must be"), ("paid=none", "As it stands it is held."),
        })
        {
            var answer = await browser.GetAsync($"/blocks/{block}/what-if?{asked}");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var sent = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True(sent.Contains(told, StringComparison.Ordinal), $"{asked}: {sent}");
            Assert.DoesNotContain("<b>", sent, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await browser.GetAsync($"/blocks/{block}/what-if?paid=%00")).StatusCode);

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/blocks/none/what-if")).StatusCode);
        (await desk.Decide(block, "release")).Expect(200);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/blocks/{block}/what-if")).StatusCode);
    }

    [Fact]
    public async Task A_seller_tries_their_own_customers_and_imagines_no_invoice_that_they_do_not_see()
    {
        var (desk, block) = await CaseAsync("WS");
        await desk.Payer("WSB", 0);
        (await desk.Server.Put("/customers/WSB", new { payer = "WS", salesOwner = "selma" })).Expect(200);
        (await desk.Server.Put("/customers/WS", new { salesOwner = "somebody else" })).Expect(200);
        var branch = await desk.Order("WSB-1", "WSB", 3_000);
        using var seller = await SignedInAsync(desk, "selma", "sales");
        Assert.Equal(HttpStatusCode.NotFound, (await seller.GetAsync($"/blocks/{block}/what-if")).StatusCode);
        var page = await TextAsync(await seller.GetAsync($"/blocks/{branch}/what-if?paid=WS-I"));
        Assert.DoesNotContain("WS-I", page[page.IndexOf("<main", StringComparison.Ordinal)..page.IndexOf("</main>", StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.Contains("As it stands it is held.", page, StringComparison.Ordinal);
        var whole = await TextAsync(await seller.GetAsync($"/blocks/{branch}"));
        Assert.Contains("id=\"bench-answer\"", whole, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"option\"", whole, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"decision\"", whole, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_tells_the_verdict_first_then_two_readings_and_what_each_option_comes_to()
    {
        var (desk, block) = await CaseAsync("WV");
        using var browser = await SignedInAsync(desk, "vera", "creditManager");
        var page = await TextAsync(await browser.GetAsync($"/blocks/{block}"));
        var places = new[]
        {
            "aria-label=\"Verdict\"", "The order would exceed the limit of WV by 2,500.00 EUR.", "The first way out:", "id=\"service\"", "What is missing?", "What is compliant?",
            "What is exceptional?", "What is urgent?", "What can be corrected?", "What must be arbitrated?", "id=\"credit\"", "2,500.00 EUR too much", "id=\"options\"",
            "Wait until invoice WV-I of 9,000.00 EUR is paid", "Then 6,500.00 EUR of the limit of WV stay free.", "id=\"bench\"", "id=\"decide\"", "id=\"decisions\"",
            "id=\"exposure\"", "id=\"found\"", "id=\"history\"", "For the customer",
        };
        var at = 0;
        foreach (var place in places)
        {
            at = page.IndexOf(place, at, StringComparison.Ordinal);
            Assert.True(at >= 0, $"{place} does not follow: {page}");
        }
    }

    [Fact]
    public async Task What_is_our_own_error_is_told_as_such_and_not_laid_on_the_customer()
    {
        var (desk, block) = await CaseAsync("WO");
        (await desk.Server.Post("/receipts", new { number = "WO-R", payer = "WO", date = "2026-02-20", currency = "EUR", amount = 9000, cleared = true })).Expect(200);
        using var browser = await SignedInAsync(desk, "olga", "creditManager");
        var page = await TextAsync(await browser.GetAsync($"/blocks/{block}"));
        var verdict = page[page.IndexOf("aria-label=\"Verdict\"", StringComparison.Ordinal)..page.IndexOf("id=\"service\"", StringComparison.Ordinal)];
        Assert.Contains("Not the customer’s fault: ", verdict, StringComparison.Ordinal);
        Assert.Contains("WO-R", verdict, StringComparison.Ordinal);
    }

    async Task<(CreditDesk Desk, string Block)> CaseAsync(string number)
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer(number, 10_000);
        await desk.Invoice(number + "-I", number, 9_000);
        await desk.Invoice(number + "-J", number, 500, due: "2026-06-01");
        return (desk, await desk.Order(number + "-1", number, 3_000, units: 3));
    }

    static async Task<Browser> SignedInAsync(CreditDesk desk, string name, string role)
    {
        var key = (await desk.Server.Post("/api-keys", new { name, roles = new[] { role } })).Expect(201)["key"]!;
        var browser = new Browser(desk.Server);
        await browser.SignInAsync(key);
        return browser;
    }

    static async Task<string> TextAsync(HttpResponseMessage answer) =>
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Replace('\u00A0', ' ');
}
