using System.Net;
using Aval.Tests.Infrastructure;
using Aval.Tests.Web;

namespace Aval.Tests.Indicators;

public sealed class IndicatorPagesOnSqlite(SqliteServer fixture) : IndicatorPagesTests(fixture), IClassFixture<SqliteServer>;

public sealed class IndicatorPagesOnPostgres(PostgresServer fixture) : IndicatorPagesTests(fixture), IClassFixture<PostgresServer>;

/// <summary>The screens of the indicators, whose figures are counted once while nothing changes.</summary>
public abstract class IndicatorPagesTests(ServerFixture fixture)
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

    [Fact]
    public async Task What_a_figure_counts_is_ordered_filtered_and_taken_along_by_those_who_see_it()
    {
        var server = await fixture.StartedAsync();
        using var lea = await ShownList.InRoleAsync(server, "leadership");
        foreach (var (number, amount) in new[] { ("IQ-1", 90), ("IQ-2", 1000), ("IQ-3", 5) }) await HeldAsync(server, number, amount, number == "IQ-2" ? "sue-rows" : null);
        const string List = "/indicators/amountBlocked?q=IQ-";
        Assert.Equal("IQ-1 IQ-2 IQ-3", string.Join(' ', (await lea.FileAsync(List + "&by=order", "order")).Split(' ')));
        Assert.Equal("IQ-3 IQ-1 IQ-2", await lea.FileAsync(List + "&by=amount", "order"));
        Assert.Equal("IQ-2 IQ-1 IQ-3", await lea.FileAsync(List + "&by=amount&descending=1", "order"));
        Assert.Equal(["IQ-3", "IQ-2", "IQ-1"], await lea.NamesAsync(List + "&by=customer&descending=1"));
        Assert.Equal("Named IQ-1", (await lea.FileAsync("/indicators/amountBlocked?q=iq-1-c"))[0]["customer"]);
        Assert.Equal(("90.00", "EUR"), (await lea.FileAsync(List + "&by=order"))[0] is var row ? (row["amount"], row["currency"]) : default);
        Assert.Empty(await lea.FileAsync(List + "&to=2026-01-01"));
        Assert.Contains("Nothing that it counts matches this.", await lea.TextAsync("/indicators/amountBlocked?q=none-such"), StringComparison.Ordinal);
        await lea.IsTakenAlongAsync(server, List, null);
        using var sue = new Browser(server);
        await sue.SignInAsync((await server.Post("/api-keys", new { name = "sue-rows", roles = new[] { "sales" } })).Expect(201)["key"]!);
        Assert.Equal("IQ-2", await sue.FileAsync(List, "order"));
        Assert.Equal("IQ-2", await sue.FileAsync(List + "&by=customer", "order"));
    }

    [Fact]
    public async Task A_delivery_of_what_was_held_leads_to_the_entry_that_recorded_it()
    {
        var server = await fixture.StartedAsync();
        await HeldAsync(server, "IW:1", 100);
        var lines = new { date = "2026-03-02", lines = new[] { new { line = 1, quantity = 1 } } };
        (await server.Post("/orders/IW:1/deliveries", lines)).Expect(200);
        using var lea = await ShownList.InRoleAsync(server, "leadership");
        var told = (await lea.FileAsync("/indicators/deliveriesWhileHeld?q=IW:1"))[0]["entry"];
        Assert.Matches("^entry [0-9]+ of IW:1-C$", told);
        var page = await lea.TextAsync("/indicators/deliveriesWhileHeld?q=IW:1");
        Assert.DoesNotContain("delivered-while-held", page, StringComparison.Ordinal);
        var address = System.Text.RegularExpressions.Regex.Match(page, "/journal/IW%3A1-C/[0-9]+").Value;
        Assert.Contains("Delivery recorded", await lea.TextAsync(address), StringComparison.Ordinal);
    }

    static async Task<string> ReadAsync(Browser browser)
    {
        var answer = await browser.GetAsync("/indicators/amountBlocked");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Its customer has no limit.</summary>
    static async Task HeldAsync(RunningServer server, string number, int unitPrice = 100, string? salesOwner = null)
    {
        (await server.Put($"/customers/{number}-C", new { name = "Named " + number, country = "DE", currency = "EUR", paymentTerms = "NET30", salesOwner })).Expect(200);
        var lines = new[] { new { line = 1, item = "steel", quantity = 1, unitPrice, taxRate = 0 } };
        Assert.Equal("held", (await server.Post("/orders", new { number, customer = number + "-C", currency = "EUR", orderDate = "2026-03-02", lines })).Expect(200)["status"]);
    }
}
