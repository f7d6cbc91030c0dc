using System.Net;
using Aval.Tests.Infrastructure;
using Aval.Tests.Web;

namespace Aval.Tests.Indicators;

/// <summary>The screens of the indicators, whose figures are counted once while nothing changes.</summary>
public sealed class IndicatorPagesTests(SqliteServer fixture) : IClassFixture<SqliteServer>
{
    [Fact]
    public async Task What_was_counted_is_shown_again_until_something_has_changed()
    {
        var server = await fixture.StartedAsync();
        using var browser = new Browser(server);
        var key = (await server.Post("/api-keys", new { name = "figures", roles = new[] { "leadership" } })).Expect(201)["key"]!;
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.SignInAsync(key)).StatusCode);
        await HeldAsync(server, "IP-1");
        var first = await ReadAsync(browser);
        Assert.Contains("IP-1", first, StringComparison.Ordinal);
        Assert.DoesNotContain("IP-2", await ReadAsync(browser), StringComparison.Ordinal);
        await HeldAsync(server, "IP-2");
        Assert.Contains("IP-2", await ReadAsync(browser), StringComparison.Ordinal);
    }

    static async Task<string> ReadAsync(Browser browser)
    {
        var answer = await browser.GetAsync("/indicators/amountBlocked");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Its customer has no limit.</summary>
    static async Task HeldAsync(RunningServer server, string number)
    {
        (await server.Put($"/customers/{number}-C", new { name = number, country = "DE", currency = "EUR", paymentTerms = "NET30" })).Expect(200);
        var lines = new[] { new { line = 1, item = "steel", quantity = 1, unitPrice = 100, taxRate = 0 } };
        Assert.Equal("held", (await server.Post("/orders", new { number, customer = number + "-C", currency = "EUR", orderDate = "2026-03-02", lines })).Expect(200)["status"]);
    }
}
