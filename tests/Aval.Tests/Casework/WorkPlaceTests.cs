using System.Net;
using System.Text.RegularExpressions;
using Aval.Casework;
using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Disputes;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Tests.Decisions;
using Aval.Tests.Infrastructure;
using Aval.Tests.Web;
using Aval.Web;
using Aval.Work.Rules;

namespace Aval.Tests.Casework;

/// <summary>A line of a work list leads to the page on which it is done, for whoever it is theirs to do.</summary>
public sealed class WorkPlaceTests(SqliteServer fixture) : IClassFixture<SqliteServer>
{
    /// <summary>S is the subject, O the order, B the block; the line is its own page.</summary>
    const string Places = """
        kind                  code                   owner               role               | place
        decide                decide                 credit              creditAnalyst      | /blocks/B
        decide                complete               masterData          masterData         | line
        confirm               release                creditManager       creditManager      | /blocks/B
        appeal                block                  creditManager       creditManager      | line
        challenge             limit                  credit              creditAnalyst      | line
        limitRequest          authority              credit              creditManager      | line
        guaranteeRequest      authority              credit              leadership         | line
        coverRequest          secondPerson           credit              creditManager      | line
        qualificationRequest  authority              credit              creditManager      | line
        riskClassRequest      authority              credit              creditManager      | line
        mend                  purchase-order-missing customerService     customerService    | /orders/O#complete
        mend                  terms-deviate          sales               sales              | /orders/O#complete
        mend                  limit-expired          credit              creditAnalyst      | line
        mend                  tax-id-invalid         masterData          masterData         | line
        defect                disputeToOwn           quality             quality            | /disputes/S
        defect                disputeToOwn           quality             leadership         | line
        defect                disputeToQualify       quality             quality            | /disputes/S
        defect                disputeToResolve       customerService     customerService    | /disputes/S
        defect                creditNoteToIssue      billing             billing            | /disputes/S
        defect                disputeReview          credit              creditAnalyst      | /disputes/S
        defect                companyFaultDispute    billing             billing            | /disputes/S
        defect                promisedCreditNote     billing             billing            | line
        defect                rejectedInvoice        billing             billing            | line
        defect                invoiceNotSent         billing             billing            | line
        defect                unbilledTooOld         billing             billing            | line
        defect                unappliedReceipt       accountsReceivable  accountsReceivable | /cash/receipts/S
        defect                unappliedReceipt       accountsReceivable  leadership         | line
        defect                unappliedReceipt       accountsReceivable  creditAnalyst      | /cash/receipts/S
        defect                invoiceNotSent         billing             creditAnalyst      | /invoices/S
        defect                unbilledTooOld         billing             creditAnalyst      | /orders/S
        guaranteeRequest      authority              credit              accountsReceivable | /customers/C
        """;

    [Fact]
    public void Each_kind_and_code_of_work_leads_to_the_page_that_has_a_form_for_it() => Assert.All(Table.Rows(Places), row =>
    {
        var order = row["kind"] == "guaranteeRequest" ? null : "O";
        var item = new WorkItem(
            "W", Words.Parse<WorkKind>(row["kind"]), row["code"], "S", row["owner"], "C", "B", order, 0, Currency.Of("EUR"), default, default, WorkStatus.Open);
        var place = row["place"] == "line" ? Links.Work("W") : row["place"];
        Assert.Equal((row.Text, place), (row.Text, WorkPlace.Of(item, Actor.Key("una", row["role"]))));
    });

    [Fact]
    public void No_kind_or_code_of_work_is_left_out()
    {
        var told = Table.Rows(Places).Select(row => (row["kind"], row["code"])).ToHashSet();
        Assert.All(Enum.GetValues<WorkKind>(), kind => Assert.Contains(told, known => known.Item1 == Words.Of(kind)));
        IEnumerable<string> defects = [.. DisputeSteps.All, DisputeReviews.Code, .. Enum.GetValues<DefectKind>().Select(Words.Of), "invoiceNotSent", "unbilledTooOld"];
        Assert.All(defects, code => Assert.Contains(("defect", code), told));
    }

    [Fact]
    public async Task Every_line_on_a_list_leads_to_a_page_with_a_form_that_does_it()
    {
        var desk = await CompanyAsync("LA");
        var kinds = new HashSet<string>();
        foreach (var role in new[] { "creditManager", "customerService", "accountsReceivable", "quality", "billing", "leadership" })
        {
            using var browser = await SignedInAsync(desk.Server, "wp" + role, role);
            foreach (Match line in Regex.Matches(await TextAsync(browser, "/work?owner=own"), "<a class=\"number\" href=\"(?<to>[^\"]+)\">", Plain, Patience))
            {
                var to = WebUtility.HtmlDecode(line.Groups["to"].Value);
                Assert.True(HasForm(await TextAsync(browser, to.Split('#')[0])), $"{role}: {to} has no form for it");
                kinds.Add(to.Split('/')[1]);
            }
        }

        Assert.Superset(new HashSet<string> { "work", "disputes", "blocks", "cash", "orders" }, kinds);
    }

    [Fact]
    public async Task A_guarantee_that_waits_is_approved_where_the_home_page_leads_and_on_the_customers_page_and_nowhere_by_its_author()
    {
        var desk = await CompanyAsync("LB");
        using var manager = await SignedInAsync(desk.Server, "wpmia", "creditManager");
        var work = (await desk.Server.Get("/work?kind=guaranteeRequest&customer=LB", "wpmia:creditManager")).Expect(200).Body.GetProperty("work")[0].GetProperty("id").GetString();
        Assert.Contains($"href=\"/work/{work}\"", await TextAsync(manager, "/work?kind=guaranteeRequest&owner=all"), StringComparison.Ordinal);
        Assert.Contains($"/work/{work}/approval", await TextAsync(manager, $"/work/{work}"), StringComparison.Ordinal);
        Assert.Contains($"/work/{work}/approval", await TextAsync(manager, "/customers/LB"), StringComparison.Ordinal);
        using var author = await SignedInAsync(desk.Server, "ana", "creditAnalyst");
        Assert.DoesNotContain($"/work/{work}/approval", await TextAsync(author, "/customers/LB"), StringComparison.Ordinal);
        Assert.Contains("somebody else answers", await TextAsync(author, $"/work/{work}"), StringComparison.Ordinal);
        var form = await PageForm.FindAsync(manager, "/customers/LB", $"/work/{work}/approval");
        var (status, _, to) = await form!.SendAsync(("outcome", "approved"), ("reason", "the bank is known"));
        Assert.Equal((HttpStatusCode.SeeOther, "/customers/LB"), (status, to));
        Assert.DoesNotContain("Waits for approval", await TextAsync(manager, "/customers/LB"), StringComparison.Ordinal);
        Assert.Contains("It is done", await TextAsync(manager, $"/work/{work}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await manager.GetAsync(Links.Work("none-such"))).StatusCode);
    }

    [Fact]
    public async Task A_dispute_is_a_link_where_its_number_stands()
    {
        var desk = await CompanyAsync("LC");
        using var browser = await SignedInAsync(desk.Server, "wpcora", "creditAnalyst");
        foreach (var path in new[] { "/invoices/LC-I", "/customers/LC", "/orders/LC-1" })
            Assert.Contains("href=\"/disputes/LC-D\"", await TextAsync(browser, path), StringComparison.Ordinal);
    }

    const RegexOptions Plain = RegexOptions.ExplicitCapture;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    static bool HasForm(string page) => Regex.IsMatch(
        page,
        "action=\"/(work/[^/\"]+/(answer|limit|approval|hand-over)|disputes/[^/\"]+/change|blocks/[^/\"]+/decisions[^\"]*|orders/[^/\"]+/complete"
            + "|cash/receipts/[^/\"]+/[^\"]+)\"",
        Plain, Patience);

    /// <summary>A payer with something of each kind to do.</summary>
    async Task<CreditDesk> CompanyAsync(string payer)
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer(payer, 10_000, purchaseOrder: true);
        await desk.Invoice($"{payer}-I", payer, 9_000);
        (await desk.Dispute($"{payer}-D", $"{payer}-I", 500)).Expect(200);
        (await desk.Server.Post("/receipts", new { number = $"{payer}-R", payer, date = "2026-03-02", currency = "EUR", amount = 8_000 })).Expect(200);
        var block = await desk.Order($"{payer}-1", payer, 3_000);
        (await desk.Server.Post($"/customers/{payer}/limit-challenge", new { reason = "they doubled" }, CreditDesk.Cora)).Expect(200);
        (await desk.Server.Post($"/blocks/{block}/appeal", new { reason = "a new market" }, "sam:sales")).Expect(200);
        (await desk.Server.Post("/guarantees", new
        {
            number = $"{payer}-G", customer = payer, kind = "bankGuarantee", amount = 60_000, currency = "EUR", validFrom = "2026-01-01", validTo = "2026-12-31",
        }, CreditDesk.Ana)).Expect(200);
        return desk;
    }

    static async Task<Browser> SignedInAsync(RunningServer server, string name, params string[] roles)
    {
        var browser = new Browser(server);
        await browser.SignInAsync((await server.Post("/api-keys", new { name, roles })).Expect(201)["key"]!);
        return browser;
    }

    static async Task<string> TextAsync(Browser browser, string path) =>
        await (await browser.GetAsync(path)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
