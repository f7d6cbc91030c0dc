using System.Net;
using System.Text.RegularExpressions;
using Aval.Tests.Decisions;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Web;

/// <summary>The pages on which orders are decided, read by who speaks French or German: no English is left on them.</summary>
public sealed class DeskLanguageTests(SqliteServer fixture) : IClassFixture<SqliteServer>
{
    /// <summary>Words that only English has, whatever the sentence.</summary>
    static readonly Regex English = new(
        @"\b(the|of|is|are|and|not|with|this|that|what|who|would|held|release|released|order|orders|customer|exposure|overdue|day|days|decide|decided|by|until|since)\b",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));

    static readonly Regex Markup = new(
        @"<head>.*?</head>|<script.*?</script>|<bdi.*?</bdi>|<[^>]+>", RegexOptions.Singleline, TimeSpan.FromSeconds(5));

    [Theory]
    [InlineData("de", "DE", "Entscheidung über Auftrag", "Gesperrte Aufträge", "Überfällig")]
    [InlineData("fr", "FR", "Décision sur la commande", "Commandes bloquées", "Échu")]
    public async Task A_held_order_its_block_and_the_lists_around_it_say_no_English(string code, string mark, string decision, string held, string overdue)
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer(mark, 10_000, purchaseOrder: true);
        await desk.Invoice(mark + "-I", mark, 3_000, due: "2026-02-01");
        var (first, second) = (await desk.Order(mark + "-1", mark, 12_000, units: 12), await desk.Order(mark + "-2", mark, 15_000, units: 3));
        (await desk.Decide(second, "requestDeposit", new { percent = 25, until = "2026-03-20", reason = "Ok" })).Expect(200);
        using var browser = new Browser(desk.Server) { Language = code };
        await browser.SignInAsync((await desk.Server.Post("/api-keys", new { name = "Nora " + mark, roles = new[] { "creditManager" } })).Expect(201)["key"]!);
        string[] pages =
        [
            $"/blocks/{first}", $"/blocks/{first}?decision=releaseUnderCondition", $"/blocks/{first}?decision=escalate", $"/blocks/{first}/what-if?amount=9000",
            $"/blocks/{second}", "/blocks", $"/orders/{mark}-1", $"/orders/{mark}-2", "/commitments", "/outcomes", "/deferred-risks",
        ];
        var left = new List<string>();
        foreach (var address in pages)
            if (EnglishIn(await TextAsync(browser, address)) is { Length: > 0 } english) left.Add($"{address}: {english}");
        Assert.True(left.Count == 0, string.Join('\n', left));

        var block = await TextAsync(browser, $"/blocks/{first}");
        Assert.Contains(decision, block, StringComparison.Ordinal);
        Assert.Contains($"<dt>{overdue}</dt>", block, StringComparison.Ordinal);
        Assert.Contains($"<h1>{held}</h1>", await TextAsync(browser, "/blocks"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("de", "Was die Prüfung antworten würde")]
    [InlineData("fr", "Ce que répondrait le contrôle")]
    public async Task An_order_is_entered_without_a_word_of_English(string code, string answer)
    {
        var server = await fixture.StartedAsync();
        using var browser = new Browser(server) { Language = code };
        await browser.SignInAsync((await server.Post("/api-keys", new { name = "Olga " + code, roles = new[] { "customerService" } })).Expect(201)["key"]!);
        var page = await TextAsync(browser, "/new-order");
        Assert.Contains(answer, page, StringComparison.Ordinal);
        Assert.True(EnglishIn(page).Length == 0, EnglishIn(page));
    }

    [Fact]
    public async Task What_the_customer_is_told_stays_in_the_customers_language()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("LYON", 10_000);
        var block = await desk.Order("LYON-1", "LYON", 12_000);
        using var browser = new Browser(desk.Server) { Language = "de" };
        await browser.SignInAsync((await desk.Server.Post("/api-keys", new { name = "Paula", roles = new[] { "creditManager" } })).Expect(201)["key"]!);
        foreach (var address in new[] { $"/blocks/{block}", "/orders/LYON-1" })
        {
            var page = await TextAsync(browser, address);
            Assert.Contains("<bdi lang=\"fr\">Merci pour votre commande LYON-1.", page, StringComparison.Ordinal);
            Assert.Contains("Der Auftrag LYON-1 ist angehalten.", page, StringComparison.Ordinal);
        }
    }

    /// <summary>All English words that are left once names, codes and what others wrote are taken out; empty when none is.</summary>
    static string EnglishIn(string page)
    {
        var said = Markup.Replace(page, " ").Replace("Customer FR", "", StringComparison.Ordinal).Replace("Customer DE", "", StringComparison.Ordinal);
        return string.Join(" … ", English.Matches(said).Select(word => said[Math.Max(0, word.Index - 40)..Math.Min(said.Length, word.Index + 40)].ReplaceLineEndings(" ").Trim()));
    }

    static async Task<string> TextAsync(Browser browser, string path) =>
        WebUtility.HtmlDecode(await (await browser.GetAsync(path)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
}
