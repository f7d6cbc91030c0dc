using System.Net;
using Aval.Tests.Decisions;
using Aval.Tests.Infrastructure;
using Aval.Tests.Web;

namespace Aval.Tests.Checks;

public sealed class ActsOnPagesOnSqlite(SqliteServer fixture) : ActsOnPagesTests(fixture), IClassFixture<SqliteServer>;

public sealed class ActsOnPagesOnPostgres(PostgresServer fixture) : ActsOnPagesTests(fixture), IClassFixture<PostgresServer>;

/// <summary>What the order manager and the collector do where they read of it, as a browser without scripts sends it.</summary>
public abstract class ActsOnPagesTests(ServerFixture fixture)
{
    [Fact]
    public async Task A_pick_is_released_after_one_more_check_and_then_all_that_is_left_may_go()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("AP", 10_000);
        await desk.Order("AP-1", "AP", 1_000, units: 4);
        await desk.Deliver("AP-1", 1);
        using var manager = await SignedInAsync(desk, "mika", "orderManager");
        using var seller = await SignedInAsync(desk, "sina", "customerService");
        Assert.DoesNotContain("id=\"send\"", await TextAsync(await seller.GetAsync("/orders/AP-1")), StringComparison.Ordinal);
        using var refused = await PostAsync(seller, "/orders/AP-1/pick");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("Release for picking", await TextAsync(await manager.GetAsync("/orders/AP-1")), StringComparison.Ordinal);
        Assert.Null(await PageForm.FindAsync(manager, "/orders/AP-1", "/orders/AP-1/ship"));
        Assert.Equal("/orders/AP-1", (await SendAsync(manager, "AP-1", "pick")).To);
        Assert.Contains("it may ship", await TextAsync(await manager.GetAsync("/orders/AP-1")), StringComparison.Ordinal);
        Assert.Equal("/orders/AP-1", (await SendAsync(manager, "AP-1", "ship")).To);
        Assert.Equal("delivered", (await desk.Get("AP-1"))["status"]);
        Assert.Equal("4", (await desk.Get("AP-1")).Body.GetProperty("lines")[0].GetProperty("delivered").ToString());
        using var unseen = await PostAsync(manager, "/orders/AP-1/pick");
        Assert.Equal(HttpStatusCode.PreconditionFailed, unseen.StatusCode);
        using var missing = await PostAsync(manager, "/orders/none-such/ship");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task A_pick_of_a_payer_that_was_put_on_hold_meanwhile_holds_the_order_instead()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("AQ", 10_000);
        await desk.Order("AQ-1", "AQ", 1_000);
        (await desk.Server.Post("/customers/AQ/hold", new { reason = "insolvency rumours" })).Expect(200);
        using var manager = await SignedInAsync(desk, "milo", "orderManager");
        await SendAsync(manager, "AQ-1", "pick");
        Assert.Equal("held", (await desk.Get("AQ-1"))["status"]);
        Assert.DoesNotContain("id=\"send\"", await TextAsync(await manager.GetAsync("/orders/AQ-1")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Goods_go_once_however_often_and_by_whom_the_same_form_is_sent()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("AT", 10_000);
        await desk.Order("AT-1", "AT", 1_000, units: 4);
        using var first = await SignedInAsync(desk, "maja", "orderManager");
        using var second = await SignedInAsync(desk, "marc", "orderManager");
        await SendAsync(first, "AT-1", "pick");
        var (mine, theirs) = (await FormAsync(first, "AT-1", "ship"), await FormAsync(second, "AT-1", "ship"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(at => (at % 2 == 0 ? mine : theirs).SendAsync()));
        Assert.Contains(answers, answer => answer.To == "/orders/AT-1");
        Assert.Contains(answers, answer => answer.Status == HttpStatusCode.PreconditionFailed && answer.Text.Contains("AT-1 is not as it was read", StringComparison.Ordinal));
        Assert.All(answers, answer => Assert.True(answer.Status is HttpStatusCode.SeeOther or HttpStatusCode.PreconditionFailed));
        await AssertDeliveredAsync(desk, "AT-1", "4");
        Assert.Single(answers.Where((_, at) => at % 2 == 0).Select(answer => answer.Status).Distinct());
    }

    [Fact]
    public async Task Nothing_ships_that_was_changed_after_it_was_seen_or_was_never_released_for_picking()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("AU", 10_000);
        await desk.Order("AU-1", "AU", 1_000, units: 4);
        using var manager = await SignedInAsync(desk, "mona", "orderManager");
        var pick = await FormAsync(manager, "AU-1", "pick");
        var edition = pick.Fields.Single(field => field.Key == "edition").Value;
        using var early = await manager.PostAsync("/orders/AU-1/ship", new() { ["token"] = await manager.TokenAsync("/"), ["edition"] = edition, ["left"] = "1 4" });
        Assert.Equal(HttpStatusCode.PreconditionFailed, early.StatusCode);
        await pick.SendAsync();
        var ship = await FormAsync(manager, "AU-1", "ship");
        await desk.Deliver("AU-1", 1);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await ship.SendAsync()).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await (await FormAsync(manager, "AU-1", "ship")).SendAsync(("left", "all"))).Status);
        await AssertDeliveredAsync(desk, "AU-1", "1");
    }

    [Fact]
    public async Task A_promise_is_taken_of_the_chosen_invoices_and_stands_on_the_list()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("AR", 10_000);
        await desk.Invoice("AR-1", "AR", 300, due: "2026-02-20");
        await desk.Invoice("AR-2", "AR", 500);
        using var collector = await SignedInAsync(desk, "cleo", "collector");
        using var service = await SignedInAsync(desk, "sven", "customerService");
        var page = await TextAsync(await collector.GetAsync("/customers/AR"));
        Assert.Contains("name=\"amount\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"300.00\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"promise\"", await TextAsync(await service.GetAsync("/customers/AR")), StringComparison.Ordinal);
        foreach (var (amount, date, invoices) in new[]
        {
            ("much", "2026-03-05", "AR-1"), ("300", "soon", "AR-1"), ("301", "2026-03-05", "AR-1"), ("300", "2026-01-05", "AR-1"), ("300", "2026-03-05", ""),
        })
        {
            using var refused = await PromiseAsync(collector, "AR-P0", amount, date, invoices);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        }

        using var done = await PromiseAsync(collector, "AR-P1", "700", "2026-03-05", "AR-1 AR-2");
        Assert.Equal("/customers/AR#matters", done.Headers.Location!.OriginalString);
        using var twice = await PromiseAsync(collector, "AR-P1", "700", "2026-03-05", "AR-1 AR-2");
        Assert.Equal(HttpStatusCode.SeeOther, twice.StatusCode);
        var list = await TextAsync(await collector.GetAsync("/promises?q=ar-p&state=open&to=2026-03-05"));
        Assert.Contains("AR-P1", list, StringComparison.Ordinal);
        Assert.Contains("700.00", list, StringComparison.Ordinal);
        Assert.DoesNotContain("AR-P1", await TextAsync(await collector.GetAsync("/promises?to=2026-03-04")), StringComparison.Ordinal);
        Assert.DoesNotContain("AR-P1", await TextAsync(await collector.GetAsync("/promises?state=kept")), StringComparison.Ordinal);
        Assert.Contains("AR-P1", await TextAsync(await collector.GetAsync("/promises?payer=customer+ar")), StringComparison.Ordinal);
        foreach (var order in new[] { "number", "payer", "made", "date", "state" })
            Assert.Contains("AR-P1", await TextAsync(await collector.GetAsync($"/promises?by={order}&descending=1")), StringComparison.Ordinal);
        Assert.Contains("AR-P1", await TextAsync(await collector.GetAsync("/promises?as=csv")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_that_is_called_new_is_read_like_any_other()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("AS", 10_000);
        await desk.Order("new", "AS", 1_000);
        using var browser = await SignedInAsync(desk, "nora", "customerService");
        Assert.Contains("Customer AS", await TextAsync(await browser.GetAsync("/orders/new")), StringComparison.Ordinal);
    }

    static async Task<HttpResponseMessage> PromiseAsync(Browser browser, string number, string amount, string date, string invoices) =>
        await browser.SendAsync("/customers/AR/promises",
        [
            new("token", await browser.TokenAsync("/")), new("promise", number), new("amount", amount), new("date", date),
            .. invoices.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(invoice => KeyValuePair.Create("invoice", invoice)),
        ]);

    static async Task AssertDeliveredAsync(CreditDesk desk, string order, string quantity)
    {
        var now = (await desk.Get(order)).Expect(200);
        Assert.Equal(quantity, now.Body.GetProperty("lines")[0].GetProperty("delivered").ToString());
        Assert.DoesNotContain("over-delivered", now.Text, StringComparison.Ordinal);
    }

    static async Task<PageForm> FormAsync(Browser browser, string order, string act) =>
        await PageForm.FindAsync(browser, $"/orders/{order}", $"/orders/{order}/{act}") ?? throw new InvalidOperationException($"{order} has no form {act}");

    static async Task<(HttpStatusCode Status, string Text, string? To)> SendAsync(Browser browser, string order, string act) =>
        await (await FormAsync(browser, order, act)).SendAsync();

    static async Task<HttpResponseMessage> PostAsync(Browser browser, string path) => await browser.PostAsync(path, new() { ["token"] = await browser.TokenAsync("/") });

    static async Task<Browser> SignedInAsync(CreditDesk desk, string name, string role)
    {
        var key = (await desk.Server.Post("/api-keys", new { name, roles = new[] { role } })).Expect(201)["key"]!;
        var browser = new Browser(desk.Server);
        await browser.SignInAsync(key);
        return browser;
    }

    static async Task<string> TextAsync(HttpResponseMessage reply) => WebUtility.HtmlDecode(await reply.Content.ReadAsStringAsync());
}
