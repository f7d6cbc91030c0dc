using System.Net;
using Aval.Tests.Infrastructure;
using Aval.Tests.Web;
using Aval.TimeMachine;

namespace Aval.Tests.TimeMachine;

public sealed class TrialPagesOnSqlite() : TrialPagesTests(null);

public sealed class TrialPagesOnPostgres(PostgresCluster cluster) : TrialPagesTests(cluster);

/// <summary>A draft tried on past orders from a page.</summary>
public abstract class TrialPagesTests(PostgresCluster? cluster)
{
    const string Trial = "/policy/trial";

    [Fact]
    public async Task A_draft_is_tried_from_a_page_and_its_result_read_filtered_and_taken_along()
    {
        var options = RunningServer.NewStore(cluster);
        using var ana = new Browser(null);
        var address = "";
        await using (var server = await RunningServer.StartAsync(options, keep: true))
        {
            await SimulationTests.LiveAsync(server);
            ana.Visit(server);
            await SignInAsync(server, ana, "ana", "creditAnalyst");
            (await server.Put("/customers/C1", new { name = "Best & Söhne" })).Expect(200);
            Assert.Contains("Nobody is drafting a policy", await TextAsync(ana, Trial), StringComparison.Ordinal);
            await SimulationTests.Draft(server, """{"basedOn": "standard", "rules": [{"rule": "orderTooLarge", "severity": "refer", "amount": 300}]}""");
            foreach (var (field, value) in new[] { ("to", "2001-01-01"), ("from", "soon"), ("within", "366"), ("within", "some") })
                Assert.Equal(HttpStatusCode.UnprocessableEntity, (await (await FormAsync(ana, Trial)).SendAsync((field, value))).Status);

            var gate = server.Get<OneAtATime>();
            Assert.True(gate.TryEnter());
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await (await FormAsync(ana, Trial)).SendAsync()).Status);
            gate.Leave();
            address = (await (await FormAsync(ana, Trial)).SendAsync(("from", "2026-03-01"), ("to", "2026-12-31"))).To!;
            var result = await DoneAsync(ana, address);
            Assert.Contains("Of 5 orders the draft would have held 4 where 1 were held. 3 orders would have gone another way.", result, StringComparison.Ordinal);
            Assert.Contains("1 · 400.00 EUR", result, StringComparison.Ordinal);
            Assert.Contains("2 · 1,200.00 EUR", result, StringComparison.Ordinal);
            foreach (var order in new[] { "A", "B", "E" }) Assert.Contains($"href=\"/orders/{order}\"", result, StringComparison.Ordinal);
            Assert.Contains("None of these orders matches this.", await TextAsync(ana, address + "&list=released"), StringComparison.Ordinal);
            var file = await ana.FileAsync(address);
            Assert.Equal("order date occasion customer customerNumber amount currency then draft findings", string.Join(' ', file[0].Keys));
            Assert.Equal(
                "A 2026-03-02 Best & Söhne C1 400.00 EUR released held",
                string.Join(' ', file[0].Where(cell => cell.Key is not ("occasion" or "findings")).Select(cell => cell.Value)));
            Assert.Equal("A B E", await ana.FileAsync(address, "order"));
            Assert.Equal("E B A", await ana.FileAsync(address + "&by=amount&descending=1", "order"));
            Assert.Equal("E B A", await ana.FileAsync(address + "&by=customer&descending=1", "order"));
            Assert.Equal(["B"], await ana.NamesAsync(address + "&q=c2"));
            Assert.Equal("A", await ana.FileAsync(address + "&q=söhne", "order"));
            Assert.Empty(await ana.FileAsync(address + "&list=released"));
            Assert.Contains("Best & Söhne", result, StringComparison.Ordinal);
            await ana.IsTakenAlongAsync(server, address + "&list=held", "customerService");
            Assert.Contains("1 held then, 4 under the draft", await TextAsync(ana, Trial), StringComparison.Ordinal);
            using var cora = new Browser(server);
            await SignInAsync(server, cora, "cora", "customerService");
            foreach (var page in new[] { Trial, address }) Assert.Equal(HttpStatusCode.Forbidden, (await cora.GetAsync(page)).StatusCode);
            foreach (var none in new[] { "draft=1&from=2026-03-01&to=2026-03-02", "draft=x", "draft=9999&from=2026-03-01&to=2026-03-02" })
                Assert.Equal(HttpStatusCode.NotFound, (await ana.GetAsync($"{Trial}/result?{none}")).StatusCode);
            // The draft goes on; what was tried stays what it was.
            await SimulationTests.Draft(server, """{"basedOn": "standard"}""");
            Assert.Contains("the draft has changed since", await TextAsync(ana, address), StringComparison.Ordinal);
        }

        await using var second = await RunningServer.StartAsync(options);
        ana.Visit(second);
        Assert.Contains("The result is not at hand any more", await TextAsync(ana, address), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await ana.GetAsync(address + "&as=csv")).StatusCode);
        var again = await PageForm.FindAsync(ana, address, address);
        Assert.Equal((HttpStatusCode.SeeOther, address), await again!.SendAsync() is var begun ? (begun.Status, begun.To!) : default);
        Assert.Contains("the draft would have held 4 where 1 were held", await DoneAsync(ana, address), StringComparison.Ordinal);
    }

    /// <summary>Looks again until it is done, as somebody without scripts does.</summary>
    static async Task<string> DoneAsync(Browser browser, string address)
    {
        for (var looks = 0; looks < 100; looks++)
        {
            var text = await TextAsync(browser, address);
            if (!text.Contains("<progress", StringComparison.Ordinal)) return text;
            Assert.Contains("Look again", text, StringComparison.Ordinal);
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException("the trial does not end");
    }

    static async Task<PageForm> FormAsync(Browser browser, string page) =>
        await PageForm.FindAsync(browser, page, page) ?? throw new InvalidOperationException($"{page} has no form");

    static async Task<string> TextAsync(Browser browser, string page) =>
        WebUtility.HtmlDecode(await (await browser.GetAsync(page)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Replace('\u00a0', ' ');

    static async Task SignInAsync(RunningServer server, Browser browser, string name, string role)
    {
        var key = (await server.Post("/api-keys", new { name = name + "-page", roles = new[] { role } })).Expect(201)["key"]!;
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.SignInAsync(key)).StatusCode);
    }
}
