using Aval.Tests.Decisions;
using Aval.Tests.Infrastructure;
using Aval.Tests.Web;

namespace Aval.Tests.Checks;

public sealed class HeldListOnSqlite() : HeldListTests(null);

public sealed class HeldListOnPostgres(PostgresCluster cluster) : HeldListTests(cluster);

/// <summary>What the list of held orders says of amounts: the same on its page, in its file and on the home.</summary>
public abstract class HeldListTests(PostgresCluster? cluster)
{
    [Fact]
    public async Task An_order_exceeds_its_limit_by_as_much_in_the_file_as_on_the_page()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var desk = new CreditDesk(server);
        await desk.Payer("HE", 1_000);
        await desk.Order("HE-1", "HE", 3_000);
        await desk.Invoice("HE-I", "HE", 500);
        using var browser = await ShownList.InRoleAsync(server, "creditManager");
        Assert.Contains("2,500.00 EUR", (await browser.FileAsync("/blocks"))[0]["why"].Replace('\u00a0', ' '), StringComparison.Ordinal);
        Assert.Contains("2,500.00 EUR", await browser.TextAsync("/blocks"), StringComparison.Ordinal);
        Assert.Contains("2,500.00 EUR", await browser.TextAsync("/orders/HE-1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Held_orders_without_a_rate_are_counted_and_told_to_be_missing_from_the_amount_wherever_that_stands()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var desk = new CreditDesk(server);
        await desk.Payer("HR", 1_000);
        await desk.Order("HR-1", "HR", 3_000);
        (await server.Put("/customers/HS", new
        {
            name = "Customer HS", country = "CH", currency = "CHF", paymentTerms = "NET30",
            billingAddress = new { line1 = "Weg 1", city = "Bern", postalCode = "3000", country = "CH" },
        })).Expect(200);
        (await server.Post("/orders", new
        {
            number = "HS-1", customer = "HS", currency = "CHF", orderDate = "2026-03-02", lines = new[] { new { line = 1, item = "A", quantity = 1, unitPrice = 70, taxRate = 0 } },
        })).Expect(200);
        using var lea = await ShownList.InRoleAsync(server, "leadership");
        const string Told = "2 orders; the amount of 1 is missing, since no rate is known";
        Assert.Contains(Told, await lea.TextAsync("/blocks"), StringComparison.Ordinal);
        Assert.Contains("without 1 order that has no rate", await lea.TextAsync("/blocks"), StringComparison.Ordinal);
        Assert.Contains(Told, await lea.TextAsync("/panels/glance"), StringComparison.Ordinal);
        Assert.Contains("1 order; the amount of 1 is missing, since no rate is known", await lea.TextAsync("/panels/causes"), StringComparison.Ordinal);
        // What the filter leaves out is not told to be missing.
        Assert.DoesNotContain("the amount of", await lea.TextAsync("/blocks?cause=customerRisk"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_lists_the_held_orders_that_they_have_entered_themselves()
    {
        await using var server = await RunningServer.StartAsync(RunningServer.NewStore(cluster));
        var desk = new CreditDesk(server);
        await desk.Payer("HO", 1_000);
        await desk.Order("HO-1", "HO", 3_000, enteredBy: "olga");
        await desk.Order("HO-2", "HO", 4_000, enteredBy: "otto");
        using var browser = new Browser(server);
        await browser.SignInAsync((await server.Post("/api-keys", new { name = "olga", roles = new[] { "customerService" } })).Expect(201)["key"]!);
        Assert.Equal("HO-1", await browser.FileAsync("/blocks?entered=me", "number"));
        Assert.Contains("1 order", await browser.TextAsync("/blocks?entered=me"), StringComparison.Ordinal);
        Assert.Equal("HO-1 HO-2", await browser.FileAsync("/blocks?by=number", "number"));
    }
}
