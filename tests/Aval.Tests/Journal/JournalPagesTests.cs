using System.Net;
using Aval.Tests.Infrastructure;
using Aval.Tests.TimeMachine;
using Aval.Tests.Web;
using Dapper;

namespace Aval.Tests.Journal;

public sealed class JournalPagesOnSqlite() : JournalPagesTests(null);

public sealed class JournalPagesOnPostgres(PostgresCluster cluster) : JournalPagesTests(cluster);

/// <summary>The journal for people: found, read entry by entry, and proved when somebody asks.</summary>
public abstract class JournalPagesTests(PostgresCluster? cluster)
{
    [Fact]
    public async Task Entries_are_found_by_customer_kind_person_and_day()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        await SimulationTests.LiveAsync(server);
        using var ben = await SignedInAsync(server, "ben", "creditAnalyst");
        async Task<int> CountAsync(string query) => (await ben.NamesAsync("/journal" + query)).Count;
        Assert.Equal(5, await CountAsync("?kind=enterOrder&from=2026-03-01"));
        Assert.Equal(2, await CountAsync("?kind=enterOrder&customer=C1"));
        Assert.Equal(5, await CountAsync("?kind=enterOrder&to=2026-03-02"));
        Assert.Equal(0, await CountAsync("?kind=enterOrder&from=2026-03-03"));
        Assert.Equal(0, await CountAsync("?kind=enterOrder"));
        Assert.Equal(0, await CountAsync("?kind=enterOrder&from=2026-03-01&who=nobody"));
        // Part of a name is enough, whatever its capitals; what kind of actor it is, is no part of it.
        foreach (var name in new[] { "bootstrap", "BOOT", "strap" }) Assert.Equal(5, await CountAsync("?kind=enterOrder&from=2026-03-01&who=" + name));
        foreach (var none in new[] { "key:", "key:boot", "b_ot", "%25" }) Assert.Equal(0, await CountAsync("?kind=enterOrder&from=2026-03-01&who=" + none));
        (await server.Put("/users/Ute", new { roles = new[] { "collector" } })).Expect(200);
        foreach (var page in new[] { "/journal", "/journal/C1" }) Assert.Contains("<option value=\"Ute\"></option>", await TextAsync(ben, page), StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync("?customer=C9"));
        Assert.Contains("Amount written off</strong>", await TextAsync(ben, "/journal?customer=C3&kind=writeOff"), StringComparison.OrdinalIgnoreCase);
        // Who only sells names a customer of theirs; the others are not there.
        (await server.Put("/customers/SEEN", new { name = "Seen", country = "DE", currency = "EUR", paymentTerms = "NET30", salesOwner = "sam-page" })).Expect(200);
        using var sam = await SignedInAsync(server, "sam", "sales");
        Assert.DoesNotContain("<option value=\"Ute\"", await TextAsync(sam, "/journal/SEEN"), StringComparison.Ordinal);
        foreach (var none in new[] { "/journal", "/journal?customer=C1", "/journal?kind=enterOrder&from=2026-01-01", "/journal?customer=%40company" })
            Assert.Contains("Name one of your customers", await TextAsync(sam, none), StringComparison.Ordinal);
        Assert.Contains("/journal/SEEN/1", await TextAsync(sam, "/journal?customer=SEEN"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await sam.GetAsync("/journal/SEEN/proof")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await sam.GetAsync("/journal/C1/1")).StatusCode);
    }

    [Fact]
    public async Task Entries_are_ordered_and_taken_along_by_those_who_see_them()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        await SimulationTests.LiveAsync(server);
        using var ben = await SignedInAsync(server, "ben", "creditAnalyst");
        const string Orders = "/journal?kind=enterOrder&from=2026-03-01";
        var file = await ben.FileAsync(Orders + "&by=entry");
        Assert.Equal("C1 C1 C2 C3 C3", string.Join(' ', file.Select(row => row["entry"].Split(' ')[0])));
        Assert.Equal("C3 C3 C2 C1 C1", string.Join(' ', (await ben.FileAsync(Orders + "&by=entry&descending=1", "entry")).Split(' ').Where((_, at) => at % 2 == 0)));
        Assert.Equal(await ben.NamesAsync(Orders), (await ben.FileAsync(Orders)).Select(row => row["entry"]));
        Assert.Equal(("2026-03-02", "Order entered"), (file[3]["when"], file[3]["what"]));
        Assert.Contains(file, row => row["documents"] == "order D, held; block of D, open; work item, open");
        Assert.Equal("insolvent", (await ben.FileAsync("/journal?customer=C3&kind=writeOff"))[0]["reason"]);
        await ben.IsTakenAlongAsync(server, Orders, null);

        // Of one root along its chain, whatever the way.
        var chain = await ben.NamesAsync("/journal/C1");
        Assert.Equal(chain.Select((_, at) => $"C1 {chain.Count - at}"), chain);
        Assert.Equal(chain.Reverse(), await ben.NamesAsync("/journal/C1?by=entry"));
        Assert.Equal(chain, (await ben.FileAsync("/journal/C1")).Select(row => row["entry"]));
        Assert.Equal(2, (await ben.FileAsync("/journal/C1?kind=enterOrder")).Count);
        // A day is told once, in the company's time; what was recorded on another says when.
        var told = await ben.TextAsync("/journal/C1");
        Assert.DoesNotContain("UTC", told[told.IndexOf("<tbody", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Contains("recorded ", told, StringComparison.Ordinal);

        // Who only sells takes along what they see, and the company's own journal stays with those who may read it.
        (await server.Put("/customers/SEEN", new { name = "Seen", country = "DE", currency = "EUR", paymentTerms = "NET30", salesOwner = "sam-page" })).Expect(200);
        using var sam = await SignedInAsync(server, "sam", "sales");
        Assert.DoesNotContain("<option value=\"Ute\"", await TextAsync(sam, "/journal/SEEN"), StringComparison.Ordinal);
        foreach (var none in new[] { "/journal", "/journal?customer=C1", Orders }) Assert.Empty(await sam.FileAsync(none));
        Assert.Equal("SEEN 1", await sam.FileAsync("/journal?customer=SEEN", "entry"));
        Assert.Equal(HttpStatusCode.NotFound, (await sam.GetAsync("/journal/C1?as=csv")).StatusCode);
        using var cole = await SignedInAsync(server, "cole", "collector");
        Assert.Equal(HttpStatusCode.Forbidden, (await cole.GetAsync("/journal/@company?as=csv")).StatusCode);
        Assert.DoesNotContain(await cole.FileAsync("/journal?from=0001-01-01"), row => row["entry"].StartsWith("company", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_decision_is_told_with_what_was_known_what_was_decided_and_what_became_of_it()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        await SimulationTests.LiveAsync(server);
        var block = (await server.Get("/orders/D")).Expect(200)["block"];
        (await server.Post($"/blocks/{block}/decisions", new { decision = "release", reason = "<i>agreed</i> with them", basis = "the file" }, "lea:leadership")).Expect(200);
        (await server.Post("/invoices", new { number = "ID", customer = "C3", order = "D", date = "2026-07-01", dueDate = "2026-07-01", currency = "EUR", amount = 20_000 }))
            .Expect(200);
        (await server.Post("/clock", new { today = "2026-07-09" })).Expect(200);
        using var ben = await SignedInAsync(server, "ben", "creditAnalyst");
        var found = await TextAsync(ben, "/journal?kind=decideBlock&customer=C3");
        var address = System.Text.RegularExpressions.Regex.Match(found, "/journal/C3/\\d+").Value;
        var raw = await (await ben.GetAsync(address)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("&lt;i&gt;agreed", raw, StringComparison.Ordinal);
        var entry = WebUtility.HtmlDecode(raw);
        foreach (var said in new[]
        {
            "Decision taken", "What was decided about order", "What was known then of order", "The order would exceed the limit of C3",
            "the check says the same.", "Something of what it let go is owed past its due date.", "The entry as it is kept", "Its hash",
        })
            Assert.True(entry.Contains(said, StringComparison.Ordinal), $"“{said}” is not told");
        // What was entered is told the same way, and asked again says the same, whatever has happened since.
        var order = System.Text.RegularExpressions.Regex.Match(await TextAsync(ben, "/journal?kind=enterOrder&customer=C1"), "/journal/C1/\\d+").Value;
        Assert.Contains("the check says the same.", await TextAsync(ben, order), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_companys_own_journal_is_for_those_who_may_read_its_users()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        await SimulationTests.LiveAsync(server);
        using var cole = await SignedInAsync(server, "cole", "collector");
        using var lea = await SignedInAsync(server, "lea", "leadership");
        foreach (var address in new[] { "/journal/@company", "/journal/@company/1", "/journal?customer=@company" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await cole.GetAsync(address)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await lea.GetAsync(address)).StatusCode);
        }

        Assert.DoesNotContain("company/1", await TextAsync(cole, "/journal?from=0001-01-01&kind=startStore"), StringComparison.Ordinal);
        Assert.Contains("company/1", await TextAsync(lea, "/journal?from=0001-01-01&kind=startStore"), StringComparison.Ordinal);
        foreach (var call in new[] { "/journal", "/journal?root=@company", "/journal/list?root=@company&entry=1&list=claims" })
            (await server.Get(call, "cole:collector")).Expect(403, "not-permitted");
        (await server.Get("/journal?root=C1", "cole:collector")).Expect(200);
    }

    [Fact]
    public async Task The_chain_of_a_root_is_proved_on_request_and_says_where_it_was_tampered_with()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        await SimulationTests.LiveAsync(server);
        using var ben = await SignedInAsync(server, "ben", "creditAnalyst");
        Assert.Contains("The chain is whole", await TextAsync(ben, "/journal/C1/proof"), StringComparison.Ordinal);
        Assert.Contains("The chain is whole", await TextAsync(ben, "/journal/@company/proof"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await ben.GetAsync("/journal/C9/proof")).StatusCode);
        await using (var connection = await server.Store.ConnectAsync(CancellationToken.None))
            await connection.ExecuteAsync("UPDATE journal SET actor = 'person:Eve', body = previous_hash WHERE root = 'C1' AND sequence = 3");
        var broken = await TextAsync(ben, "/journal/C1/proof");
        Assert.Contains("The chain does not prove", broken, StringComparison.Ordinal);
        Assert.Contains("href=\"/journal/C1/3\"", broken, StringComparison.Ordinal);
        Assert.Contains("The hash is not that of the body.", broken, StringComparison.Ordinal);
        Assert.Contains("The chain is whole", await TextAsync(ben, "/journal/C2/proof"), StringComparison.Ordinal);
    }

    static async Task<string> TextAsync(Browser browser, string page) =>
        WebUtility.HtmlDecode(await (await browser.GetAsync(page)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

    static async Task<Browser> SignedInAsync(RunningServer server, string name, string role)
    {
        var key = (await server.Post("/api-keys", new { name = name + "-page", roles = new[] { role } })).Expect(201)["key"]!;
        var browser = new Browser(server);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.SignInAsync(key)).StatusCode);
        return browser;
    }
}
