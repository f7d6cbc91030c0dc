using Aval.Tests.Decisions;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Company;

public sealed class CalendarOnSqlite() : CalendarOverHttp(null);

public sealed class CalendarOnPostgres(PostgresCluster cluster) : CalendarOverHttp(cluster);

/// <summary>The company's calendar is said once, and every deadline counts by it.</summary>
public abstract class CalendarOverHttp(PostgresCluster? cluster)
{
    [Fact]
    public async Task Deadlines_leave_out_what_the_calendar_leaves_out()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var desk = new CreditDesk(server);
        Assert.Equal("09:00", (await server.Get("/company/calendar")).Expect(200)["opens"]);
        (await server.Put("/company/calendar", new { opens = "08:00", closes = "16:00", country = "FR" }, "jonas:masterData")).Expect(200);
        Assert.Equal(11, (await server.Get("/holidays/FR/2026")).Expect(200).Body.GetProperty("days").GetArrayLength());
        // A whole week off: Tuesday the third to Monday the ninth of March.
        var days = Enumerable.Range(2, 8).Select(day => new { date = $"2026-03-{day:00}", name = "inventory" });
        var entered = (await server.Put("/holidays/FR/2026", new { days }, "jonas:masterData")).Expect(200);
        Assert.Equal(("True", 8), (entered["entered"], entered.Body.GetProperty("days").GetArrayLength()));
        await desk.Payer("H", 1_000);
        var block = await desk.Order("H-1", "H", 3_000);
        Assert.Equal("2026-03-10T12:00:00+00:00", (await server.Get($"/blocks/{block}"))["dueAt"]);
        Assert.Equal("False", (await server.Get("/holidays/FR/2027")).Expect(200)["entered"]);
        Assert.Empty((await server.Get("/holidays/JP/2026")).Expect(200).Body.GetProperty("days").EnumerateArray());
        Assert.Equal("True", (await server.Get("/journal/verify")).Expect(200)["valid"]);
    }

    [Fact]
    public async Task What_is_no_calendar_is_refused_by_its_field()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        foreach (var (body, field) in new (object, string)[]
        {
            (new { opens = "9", closes = "17:00" }, "opens"), (new { opens = "09:00", closes = "08:00" }, "closes"), (new { opens = "09:00", closes = "25:00" }, "closes"),
            (new { opens = "09:00", closes = "17:00", workdays = Array.Empty<string>() }, "workdays"),
            (new { opens = "09:00", closes = "17:00", country = "France" }, "country"),
            (new { opens = "09:00", closes = "17:00", workdays = new[] { "someday" } }, "workdays[0]"),
        })
            Assert.Equal(field, (await server.Put("/company/calendar", body)).Expect(422, "field-invalid")["field"]);
        foreach (var (path, days, field) in new (string, object, string)[]
        {
            ("/holidays/fr/2026", Array.Empty<object>(), "country"), ("/holidays/FR/26", Array.Empty<object>(), "year"),
            ("/holidays/FR/2026", new[] { new { date = "2027-01-01", name = "x" } }, "days[0].date"),
            ("/holidays/FR/2026", new[] { new { date = "2026-01-01", name = "" } }, "days[0].name"),
            ("/holidays/FR/2026", new[] { new { date = "2026-01-01", name = "x" }, new { date = "2026-01-01", name = "y" } }, "days[1].date"),
        })
            Assert.Equal(field, (await server.Put(path, new { days })).Expect(422, "field-invalid")["field"]);
        (await server.Put("/company/calendar", new { opens = "09:00", closes = "17:00" }, "ana:creditAnalyst")).Expect(403, "not-permitted");
        Assert.Equal("09:00", (await server.Get("/company/calendar")).Expect(200)["opens"]);
    }
}
