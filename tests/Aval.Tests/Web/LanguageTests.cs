using System.Net;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Web;

/// <summary>In which language a page comes: what its visitor has chosen, else what the browser asks for, else English.</summary>
public abstract class LanguageTests(ServerFixture fixture)
{
    [Theory]
    [InlineData(null, "en", "Sign in")]
    [InlineData("de-CH,de;q=0.9,en;q=0.8", "de", "Anmelden")]
    [InlineData("nl,fr;q=0.5,de;q=0.4", "fr", "Se connecter")]
    [InlineData("nl", "en", "Sign in")]
    [InlineData("de;q=0,fr", "fr", "Se connecter")]
    [InlineData("*", "en", "Sign in")]
    [InlineData("<script>,;q=x", "en", "Sign in")]
    public async Task A_stranger_is_answered_as_the_browser_asks(string? asked, string code, string said)
    {
        using var browser = new Browser(await fixture.StartedAsync()) { Language = asked };
        var page = await TextAsync(browser, "/sign-in");
        Assert.Contains($"<html lang=\"{code}\"", page, StringComparison.Ordinal);
        Assert.Contains($"<h1>{said}</h1>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_somebody_chooses_is_kept_with_them_and_holds_in_every_browser()
    {
        var server = await fixture.StartedAsync();
        var key = (await server.Post("/api-keys", new { name = "greta", roles = new[] { "creditAnalyst" } })).Expect(201)["key"]!;
        using (var browser = new Browser(server))
        {
            await browser.SignInAsync(key);
            Assert.Contains("<h1>Orders</h1>", await TextAsync(browser, "/orders"), StringComparison.Ordinal);
            var chosen = await browser.PostAsync("/language", new() { ["token"] = await browser.TokenAsync("/orders"), ["language"] = "de", ["return"] = "/orders?status=held" });
            Assert.Equal((HttpStatusCode.SeeOther, "/orders?status=held"), (chosen.StatusCode, chosen.Headers.Location!.OriginalString));
            Assert.Contains("<h1>Auftr&#xE4;ge</h1>", await TextAsync(browser, "/orders"), StringComparison.Ordinal);
        }

        using var other = new Browser(server) { Language = "fr" };
        await other.SignInAsync(key);
        Assert.Contains("<html lang=\"de\"", await TextAsync(other, "/customers"), StringComparison.Ordinal);
        Assert.Contains("<html lang=\"de\"", await TextAsync(other, "/no-such-page"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_signing_in_the_choice_stays_in_the_browser_and_one_that_is_none_changes_nothing()
    {
        using var browser = new Browser(await fixture.StartedAsync()) { Language = "de" };
        foreach (var (language, code) in new[] { ("xx", "de"), ("fr", "fr"), ("", "fr"), ("en", "en") })
        {
            await browser.PostAsync("/language", new() { ["token"] = await browser.TokenAsync(), ["language"] = language, ["return"] = "//elsewhere.example" });
            Assert.Contains($"<html lang=\"{code}\"", await TextAsync(browser, "/sign-in"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Keys_can_be_switched_off_by_whoever_has_no_use_for_them()
    {
        var server = await fixture.StartedAsync();
        using var browser = new Browser(server);
        await browser.SignInAsync((await server.Post("/api-keys", new { name = "otto", roles = new[] { "sales" } })).Expect(201)["key"]!);
        Assert.DoesNotContain("data-keys", await TextAsync(browser, "/orders"), StringComparison.Ordinal);
        await browser.PostAsync("/account/keys", new() { ["token"] = await browser.TokenAsync("/account"), ["keys"] = "off" });
        Assert.Contains("data-keys=\"off\"", await TextAsync(browser, "/orders"), StringComparison.Ordinal);
        await browser.PostAsync("/account/keys", new() { ["token"] = await browser.TokenAsync("/account"), ["keys"] = "on" });
        Assert.DoesNotContain("data-keys", await TextAsync(browser, "/orders"), StringComparison.Ordinal);
    }

    static async Task<string> TextAsync(Browser browser, string path) => await (await browser.GetAsync(path)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}

public sealed class LanguageOnSqlite(SqliteServer fixture) : LanguageTests(fixture), IClassFixture<SqliteServer>;

public sealed class LanguageOnPostgres(PostgresServer fixture) : LanguageTests(fixture), IClassFixture<PostgresServer>;
