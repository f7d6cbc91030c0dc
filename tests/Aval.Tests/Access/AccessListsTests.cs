using System.Net;
using Aval.Access;
using Aval.Tests.Infrastructure;
using Aval.Tests.Web;

namespace Aval.Tests.Access;

public sealed class AccessListsOnSqlite(SqliteServer fixture) : AccessListsTests(fixture), IClassFixture<SqliteServer>;

public sealed class AccessListsOnPostgres(PostgresServer fixture) : AccessListsTests(fixture), IClassFixture<PostgresServer>;

/// <summary>The access log and the keys as lists.</summary>
public abstract class AccessListsTests(ServerFixture fixture)
{
    [Fact]
    public async Task The_access_log_is_ordered_filtered_paged_and_taken_along_whole()
    {
        var server = await fixture.StartedAsync();
        var log = server.Get<AccessLog>();
        for (var i = 0; i < 60; i++) await log.WriteAsync("person:Many", i % 20 == 0 ? AccessEvent.SignedOut : AccessEvent.Called, $"call {i * 37 % 60:00}", "10.0.0.1");
        using var admin = await ShownList.InRoleAsync(server, "administrator");
        const string Many = "/access-log?who=Many";
        Assert.Equal((50, 10, 0), ((await admin.NamesAsync(Many)).Count, (await admin.NamesAsync(Many + "&page=2")).Count, (await admin.NamesAsync(Many + "&page=3")).Count));
        Assert.Contains("51–60 of 60", await admin.TextAsync(Many + "&page=2"), StringComparison.Ordinal);
        var last = (await admin.FileAsync(Many)).Select(row => row["detail"]).ToList();
        Assert.Equal(60, last.Count);
        Assert.Equal(last.Order(StringComparer.Ordinal), (await admin.FileAsync(Many + "&by=detail")).Select(row => row["detail"]));
        Assert.Equal(last.OrderDescending(StringComparer.Ordinal), (await admin.FileAsync(Many + "&by=detail&descending=1")).Select(row => row["detail"]));
        Assert.Equal(last.AsEnumerable().Reverse(), (await admin.FileAsync(Many + "&by=when")).Select(row => row["detail"]));
        Assert.Equal("Signed out Signed out Signed out", await admin.FileAsync(Many + "&event=signedOut", "what"));
        Assert.Equal(60, (await admin.NamesAsync(Many + "&by=id%3BDROP")).Count + 10);
        Assert.Empty(await admin.FileAsync(Many + "&to=2020-01-01"));
        Assert.Equal("when who what detail address", string.Join(' ', (await admin.FileAsync(Many))[0].Keys));
        await admin.IsTakenAlongAsync(server, Many + "&event=signedOut", "sales");
    }

    [Fact]
    public async Task The_keys_are_ordered_by_numbers_and_days_filtered_and_taken_along_without_their_buttons()
    {
        var server = await fixture.StartedAsync();
        foreach (var (name, requests, expires) in new[] { ("ZQ-a", (int?)40, "2026-12-01"), ("ZQ-b", 5, null), ("ZQ-c", null, "2026-04-30"), ("ZQ-d", 300, "2027-01-01") })
            (await server.Post("/api-keys", new { name, roles = new[] { "sales" }, requestsPerSecond = requests, expires, readOnly = name == "ZQ-b" })).Expect(201);
        using var admin = await ShownList.InRoleAsync(server, "administrator");
        const string Ours = "/keys?q=zq-";
        Assert.Equal("ZQ-a ZQ-b ZQ-c ZQ-d", await admin.FileAsync(Ours, "name"));
        Assert.Equal("ZQ-b ZQ-a ZQ-d ZQ-c", await admin.FileAsync(Ours + "&by=requests", "name"));
        Assert.Equal("ZQ-d ZQ-a ZQ-b ZQ-c", await admin.FileAsync(Ours + "&by=requests&descending=1", "name"));
        Assert.Equal("ZQ-c ZQ-a ZQ-d ZQ-b", await admin.FileAsync(Ours + "&by=ends", "name"));
        Assert.StartsWith("ZQ-d", (await admin.NamesAsync(Ours + "&by=name&descending=1"))[0], StringComparison.Ordinal);
        var row = (await admin.FileAsync(Ours))[1];
        Assert.Equal(("Yes", "sales"), (row["readOnly"], row["roles"]));
        Assert.DoesNotContain("acts", row.Keys);
        Assert.Contains("/keys/ZQ-a/revoke", await admin.TextAsync(Ours), StringComparison.Ordinal);
        Assert.Contains("No key has this in its name.", await admin.TextAsync("/keys?q=none-such"), StringComparison.Ordinal);
        await admin.IsTakenAlongAsync(server, Ours, "sales");
    }

    [Theory]
    [InlineData("expires", "31.12.2026", "“Last day” must be a day")]
    [InlineData("expires", "03/04/2027", "“Last day” must be a day")]
    [InlineData("requests", "many", "“Requests a second” must be a whole number")]
    [InlineData("requests", "2.5", "“Requests a second” must be a whole number")]
    [InlineData("expires", "2026-12-31", null)]
    [InlineData("requests", "25", null)]
    public async Task A_key_whose_end_or_limit_cannot_be_read_is_not_made(string field, string typed, string? told)
    {
        var server = await fixture.StartedAsync();
        using var browser = new Browser(server);
        await browser.SignInAsync(RunningServer.AdminKey);
        var name = $"ZR-{field}-{typed.Length}";
        var form = await PageForm.FindAsync(browser, "/keys", "/keys");
        var (status, text, _) = await form!.SendAsync(("name", name), ("role", "sales"), (field, typed));
        Assert.Equal(told is null ? HttpStatusCode.OK : HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains(told ?? $"The key of {name}", text, StringComparison.Ordinal);
        Assert.Equal(told is null, (await server.Get("/api-keys")).Expect(200).Text.Contains(name, StringComparison.Ordinal));
    }
}
