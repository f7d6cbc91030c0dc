using System.Net;
using System.Text.RegularExpressions;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Web;

/// <summary>Cash, statements, reports, indicators, policy and journal speak the visitor's language alone.</summary>
public sealed class MoneyLanguagesTests(SqliteServer fixture) : IClassFixture<SqliteServer>
{
    static readonly Regex Script = new("<script.*?</script>|<style.*?</style>", RegexOptions.Singleline, TimeSpan.FromSeconds(5));

    /// <summary>What people have typed, which stays as it is: the reason of a version stands in quotes.</summary>
    static readonly Regex Typed = new("[“„«]\\s?<bdi>.*?</bdi>\\s?[”“»]", RegexOptions.Singleline, TimeSpan.FromSeconds(5));

    static readonly Regex Markup = new("<[^>]*>", RegexOptions.None, TimeSpan.FromSeconds(5));

    /// <summary>Words that neither French nor German has, and no English sentence is without for long.</summary>
    static readonly Regex English = new(
        @"\b(the|and|with|which|that|who|where|of|not|has|have|its|order|orders|invoice|money|amount|customer)\b",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));

    [Theory]
    [InlineData("de", "/cash?list=unapplied", "Zahlungseingänge", "Nicht zugeordnet")]
    [InlineData("fr", "/cash?list=unapplied", "encaissement", "Non lettré")]
    [InlineData("de", "/cash?list=credits", "Offene Gutschriften", "Gutschrift")]
    [InlineData("fr", "/cash?list=credits", "Avoirs ouverts", "avoir")]
    [InlineData("de", "/cash/receipts/ML-R", "Zahlungseingang ML-R", "Rechnungen wählen")]
    [InlineData("fr", "/cash/receipts/ML-R", "Encaissement ML-R", "Choisir ses factures")]
    [InlineData("de", "/bank-statements", "Kontoauszüge", "Dateien der Bank")]
    [InlineData("fr", "/bank-statements", "Relevés bancaires", "Fichiers de la banque")]
    [InlineData("de", "/reports", "Altersstruktur", "Offene Posten")]
    [InlineData("fr", "/reports", "Balance âgée", "Postes ouverts")]
    [InlineData("de", "/reports/open-items", "Tage überfällig", "Debitorenbuchhaltung")]
    [InlineData("fr", "/reports/open-items", "Jours de retard", "Comptabilité clients")]
    [InlineData("de", "/indicators", "Gesperrte Aufträge nach Ursache", "zuständig")]
    [InlineData("fr", "/indicators", "Commandes bloquées, par cause", "responsable")]
    [InlineData("de", "/policy", "Sperrregeln", "Ein Auftrag braucht eine Entscheidung, wenn")]
    [InlineData("fr", "/policy", "Règles de blocage", "Une commande demande une décision quand")]
    [InlineData("de", "/policy/setup", "Sieben Fragen", "Was darf von selbst weitergehen?")]
    [InlineData("fr", "/policy/setup", "Sept questions", "Qu\u2019est-ce qui peut partir de soi-même\u202f?")]
    [InlineData("de", "/policy/trial", "Entwurf an früheren Aufträgen erproben", "Früher erprobt")]
    [InlineData("fr", "/policy/trial", "Essayer le projet sur des commandes passées", "Déjà essayé")]
    [InlineData("de", "/journal", "Wer was wann und warum getan hat", "Eintrag")]
    [InlineData("fr", "/journal", "Qui a fait quoi, quand et pourquoi", "Entrée")]
    public async Task A_page_says_no_English_to_who_speaks_another_language(string language, string address, params string[] said)
    {
        var server = await fixture.StartedAsync();
        await FillAsync(server);
        using var browser = new Browser(server) { Language = language };
        var roles = new[] { "leadership", "creditManager", "accountsReceivable" };
        var key = (await server.Post("/api-keys", new { name = $"ml-{language}-{Guid.NewGuid():N}", roles })).Expect(201)["key"]!;
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.SignInAsync(key)).StatusCode);
        var answer = await browser.GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = Script.Replace(WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)), "");
        var text = Markup.Replace(Typed.Replace(page, " "), " ").Replace('\u00a0', ' ');
        foreach (var words in said) Assert.Contains(words, text, StringComparison.Ordinal);
        Assert.Equal([], English.Matches(text).Select(found => text[Math.Max(0, found.Index - 40)..Math.Min(text.Length, found.Index + 40)]));
    }

    /// <summary>A receipt without an invoice, an open invoice and an open credit note; put once, the rest is refused as known.</summary>
    static async Task FillAsync(RunningServer server)
    {
        await server.Put("/customers/ML", new { name = "Muster", country = "DE", currency = "EUR", paymentTerms = "NET30", riskClass = "B" });
        await server.Post(
            "/invoices", new { number = "ML-1", customer = "ML", date = "2026-01-15", dueDate = "2026-02-14", currency = "EUR", amount = 120 }, "bill:billing");
        await server.Post(
            "/receipts", new { number = "ML-R", payer = "ML", date = "2026-03-01", currency = "EUR", amount = 50, cleared = true }, "alma:accountsReceivable");
        await server.Post("/credit-notes", new { number = "ML-C", customer = "ML", date = "2026-02-20", currency = "EUR", amount = 90 });
    }
}
