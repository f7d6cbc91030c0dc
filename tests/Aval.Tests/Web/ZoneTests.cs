using System.Globalization;
using System.Net;
using Aval.Tests.Decisions;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Web;

/// <summary>Instants are told, and days are meant, as the company's clocks have them: on pages and in files.</summary>
public sealed class ZoneTests(PostgresCluster cluster)
{
    /// <summary>The clock stands at 22:40 UTC on 2 March 2026: in Los Angeles it is 14:40 of that day, in Auckland 11:40 of the next.</summary>
    static readonly DateTimeOffset Now = new(2026, 3, 2, 22, 40, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("America/Los_Angeles", "2 Mar 2026 14:40", "2026-03-02", false)]
    [InlineData("Pacific/Auckland", "3 Mar 2026 11:40", "2026-03-03", true)]
    [InlineData("UTC", "2 Mar 2026 22:40", "2026-03-02", false)]
    public async Task Every_instant_is_told_in_the_company_s_time_zone(string zone, string now, string today, bool onPostgres)
    {
        var options = RunningServer.NewStore(onPostgres ? cluster : null, today: "") with { Clock = new SetClock(), TimeZone = zone };
        await using var server = await RunningServer.StartAsync(options);
        var desk = new CreditDesk(server);
        await desk.Payer("ZO", 100);
        await desk.Invoice("ZO-I", "ZO", 90);
        var block = await desk.Order("ZO-1", "ZO", 1_000);
        (await desk.Dispute("ZO-D", "ZO-I", 10)).Expect(200);
        (await server.Post("/disputes/ZO-D/evidence", new { text = "a letter" }, "rosa:customerService")).Expect(200);
        using var browser = new Browser(server);
        await browser.SignInAsync(RunningServer.AdminKey);

        var there = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var told = (await server.Get($"/blocks/{block}")).Expect(200);
        var due = DateTimeOffset.Parse(told["dueAt"]!, CultureInfo.InvariantCulture);
        var local = TimeZoneInfo.ConvertTime(due, there).DateTime;
        Assert.Equal(told["dueOn"], local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        var deadline = local.ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture);
        var elsewhere = due.UtcDateTime.ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture);
        foreach (var page in new[] { $"/blocks/{block}", "/work?owner=all" })
        {
            var text = await TextAsync(browser, page);
            Assert.Contains(deadline, text, StringComparison.Ordinal);
            if (elsewhere != deadline) Assert.DoesNotContain(elsewhere, text, StringComparison.Ordinal);
        }

        // The day under which it is listed.
        Assert.Contains(told["dueOn"]!, await TextAsync(browser, "/work?owner=all&as=csv"), StringComparison.Ordinal);
        foreach (var page in new[] { "/disputes/ZO-D", "/journal?as=csv", "/access-log", "/access-log?as=csv", "/keys?as=csv&column=made" })
            Assert.True((await TextAsync(browser, page)).Contains(now, StringComparison.Ordinal), $"{page} does not say {now}");
        Assert.Contains(now[^5..], await TextAsync(browser, "/journal"), StringComparison.Ordinal);

        // A day is one of the company's.
        Assert.Contains(now, await TextAsync(browser, $"/access-log?from={today}&to={today}"), StringComparison.Ordinal);
        foreach (var other in new[] { DateOnly.Parse(today, CultureInfo.InvariantCulture).AddDays(1), DateOnly.Parse(today, CultureInfo.InvariantCulture).AddDays(-1) })
            Assert.DoesNotContain(now, await TextAsync(browser, $"/access-log?from={other:yyyy-MM-dd}&to={other:yyyy-MM-dd}"), StringComparison.Ordinal);
        foreach (var (from, to) in new[] { ("0001-01-01", "9999-12-31"), ("9999-12-31", "0001-01-01") })
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"/access-log?from={from}&to={to}")).StatusCode);
    }

    static async Task<string> TextAsync(Browser browser, string path) =>
        WebUtility.HtmlDecode(await (await browser.GetAsync(path)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

    sealed class SetClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
