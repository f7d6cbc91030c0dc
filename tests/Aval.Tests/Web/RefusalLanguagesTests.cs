using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Aval.Kernel;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Web;

/// <summary>What is refused is said in the language of whoever asked; the code stays the same.</summary>
public sealed class RefusalLanguagesTests(SqliteServer fixture) : IClassFixture<SqliteServer>
{
    [Theory]
    [InlineData(null, "en", "There is no such receipt", "Receipt R-404 is not known.")]
    [InlineData("en-GB, de;q=0.5", "en", "There is no such receipt", "Receipt R-404 is not known.")]
    [InlineData("de-AT, en;q=0.5", "de", "Es gibt keinen solchen Zahlungseingang", "Zahlungseingang R-404 ist nicht bekannt.")]
    [InlineData("nl, fr;q=0.8", "fr", "Il n’y a pas un tel encaissement", "L’encaissement R-404 n’est pas connu.")]
    [InlineData("xx", "en", "There is no such receipt", "Receipt R-404 is not known.")]
    public async Task The_api_says_a_refusal_as_its_caller_prefers(string? accepts, string language, string title, string detail)
    {
        var server = await fixture.StartedAsync();
        using var client = new HttpClient { BaseAddress = server.Address };
        using var asked = new HttpRequestMessage(HttpMethod.Get, "/api/v1/receipts/R-404");
        asked.Headers.Authorization = new AuthenticationHeaderValue("Bearer", RunningServer.AdminKey);
        if (accepts is not null) asked.Headers.TryAddWithoutValidation("Accept-Language", accepts);
        using var answer = await client.SendAsync(asked, TestContext.Current.CancellationToken);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(
            ("receipt-unknown", title, detail),
            (problem.GetProperty("code").GetString(), problem.GetProperty("title").GetString(), problem.GetProperty("detail").GetString()));
        Assert.Equal(language == "en" ? [] : [language], answer.Content.Headers.ContentLanguage);
        Assert.Contains("Accept-Language", answer.Headers.Vary);
    }

    [Theory]
    [InlineData("de", "Ein Feld fehlt oder hat keinen gültigen Wert", "«Name» darf höchstens 64 Zeichen lang sein.")]
    [InlineData("fr", "Un champ manque ou n’a pas de valeur valable", "«Nom» doit avoir au plus 64 caractères.")]
    public void A_rule_of_a_field_is_said_as_a_whole(string language, string title, string detail)
    {
        var problem = Numbers.Refuse("name", new string('n', 65))!;
        Assert.Equal("name must be at most 64 characters long.", problem.Detail);
        Assert.Equal((title, detail), In(language, () => (Aval.Web.Refused.Title(problem), Aval.Web.Refused.Detail(problem))));
    }

    [Fact]
    public void Days_and_amounts_are_said_as_the_language_has_them_and_a_field_is_left_out_beside_itself()
    {
        var date = KernelProblems.Invalid("date", $"must not be after the business date {new DateOnly(2026, 3, 2):yyyy-MM-dd}");
        Assert.Equal("Darf nicht nach dem Buchungsdatum 2. März 2026 liegen.", In("de", () => Aval.Web.Refused.Why(date)));
        Assert.Equal("Must not be after the business date 2 Mar 2026.", Aval.Web.Refused.Why(date));
        var left = KernelProblems.FieldInvalid.With($"Guarantee {"G-1"} has {Money.Of(1234.5m, Currency.Of("EUR"))} left, less than {2000}.");
        Assert.Equal("Von Sicherheit G-1 sind 1.234,50\u00a0EUR übrig, weniger als 2000.", In("de", () => Aval.Web.Refused.Detail(left)));
    }

    static T In<T>(string language, Func<T> said)
    {
        Aval.Web.Tongue.Current = Aval.Web.Tongue.Of(language)!;
        try
        {
            return said();
        }
        finally
        {
            Aval.Web.Tongue.Current = Aval.Web.Tongue.English;
        }
    }
}
