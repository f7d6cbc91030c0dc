using System.Net;
using System.Text.RegularExpressions;
using Aval.Kernel;
using Aval.Tests.Decisions;
using Aval.Tests.Infrastructure;
using Aval.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Aval.Tests.Web;

public sealed class FormAgainOnSqlite(SqliteServer fixture) : FormAgainTests(fixture), IClassFixture<SqliteServer>;

public sealed class FormAgainOnPostgres(PostgresServer fixture) : FormAgainTests(fixture), IClassFixture<PostgresServer>;

/// <summary>A refused form stands on its page again: with what was typed, and the field that is meant marked, named by its label and focused.</summary>
public abstract class FormAgainTests(ServerFixture fixture)
{
    [Theory]
    [InlineData("en", "“Amount, EUR” must be a number.", "Must be a number.")]
    [InlineData("de", "«Betrag, EUR» muss eine Zahl sein.", "Muss eine Zahl sein.")]
    [InlineData("fr", "«Montant, EUR» doit être un nombre.", "Doit être un nombre.")]
    public async Task A_refused_promise_keeps_what_was_typed(string language, string told, string beside)
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        var payer = "FA" + language;
        await desk.Payer(payer, 10_000);
        await desk.Invoice(payer + "-1", payer, 500);
        await desk.Invoice(payer + "-2", payer, 700);
        using var browser = await SignedInAsync(desk.Server, language);
        var form = await FormAsync(browser, $"/customers/{payer}", $"/customers/{payer}/promises");
        var (status, page, _) = await form.SendAsync(("amount", "lots"), ("date", "2026-03-30"), ("contact", "Ms <b>Lee</b>"), ("invoice", payer + "-2"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains(told, Of("role=\"alert\"(?![^>]* hidden)[^>]*>(.*?)</p>", page), StringComparison.Ordinal);
        Assert.Equal($"<bdi>{beside}</bdi>", Of("id=\"promise-amount-fault\">(.*?)</span>", page));
        Assert.Matches("<input[^>]*id=\"promise-amount\"[^>]*value=\"lots\"[^>]*autofocus[^>]*aria-invalid=\"true\"[^>]*aria-describedby=\"promise-amount-fault\"", page);
        Assert.Contains("value=\"2026-03-30\"", page, StringComparison.Ordinal);
        Assert.Contains("value=\"Ms <b>Lee</b>\"", page, StringComparison.Ordinal);
        var chosen = Regex.Matches(page, "name=\"invoice\"[^>]*value=\"(?<one>[^\"]*)\" checked", RegexOptions.None, TimeSpan.FromSeconds(1));
        Assert.Equal([payer + "-2"], chosen.Select(one => one.Groups["one"].Value));
    }

    [Fact]
    public async Task A_refused_form_leads_nobody_away_from_its_page()
    {
        var desk = new CreditDesk(await fixture.StartedAsync());
        await desk.Payer("FB", 100);
        await desk.Invoice("FB-1", "FB", 500);
        using var browser = await SignedInAsync(desk.Server, "en");
        var (status, page, _) = await (await FormAsync(browser, "/disputes", "/disputes")).SendAsync(
            ("number", "FB-D"), ("invoice", "FB-1"), ("amount", "1.2.3"), ("reason", "quality"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Matches("<details[^>]*id=\"record\"[^>]* open", page);
        Assert.Contains("<option value=\"quality\" selected>", page, StringComparison.Ordinal);
        Assert.Contains("“Amount” must be a number.", page, StringComparison.Ordinal);
        (status, page, _) = await (await FormAsync(browser, "/disputes", "/disputes")).SendAsync(("number", "FB-D"), ("invoice", "FB-1"), ("amount", "9999"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("Dispute at most what is open of the invoice", page, StringComparison.Ordinal);
        var block = await desk.Order("FB-O", "FB", 1_000);
        foreach (var (address, from) in new[] { ($"/blocks/{block}/appeal", $"/blocks/{block}"), ("/customers/FB/limit-challenge", "/customers/FB") })
        {
            using var answer = await browser.PostAsync(address, new() { ["token"] = await browser.TokenAsync("/account"), ["reason"] = " " });
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Equal((address, HttpStatusCode.UnprocessableEntity), (address, answer.StatusCode));
            Assert.Contains($"name=\"return\" value=\"{from}\"", text, StringComparison.Ordinal);
            Assert.Contains("must not be empty", text, StringComparison.Ordinal);
            Assert.DoesNotContain("<section class=\"message\">", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_kind_of_field_stands_again_as_it_was_sent()
    {
        const string Page = """
            <main id="content"><p role="alert"><bdi data-why>old</bdi></p>
            <form action="/other" method="post"><input name="a" value="x"></form>
            <details><summary>Fold</summary><form action="/act" method="post"><input type="hidden" name="edition" value="7">
            <label for="a">First <b>one</b></label><input id="a" name="a" value="&quot;" class="form-control">
            <label>Second<input type="checkbox" name="b" value="1"></label><input type="checkbox" name="b" value="2" checked>
            <input type="radio" name="c" value="yes" checked><input type="radio" name="c" value="no">
            <select name="d"><option value="1" selected>One</option><option value="2">Two</option></select>
            <textarea name="e" aria-describedby="hint">before</textarea><input type="password" name="f" value="">
            <fieldset><legend>Row 1</legend><label>Many<input name="g" data-field="amount" value=""></label></fieldset>
            <fieldset><legend>Row 2</legend><label>Many<input name="g" data-field="amount" value=""></label></fieldset></form></details></main>
            """;
        var typed = new FormCollection(new Dictionary<string, StringValues>
        {
            ["a"] = "<1>", ["b"] = "1", ["c"] = "no", ["d"] = "2", ["e"] = "a\nb & c", ["f"] = "secret", ["g"] = new StringValues(["3", "4"]),
        });
        var shown = FormAgain.Shown(Page, new SentBack("/act?x=1", typed, KernelProblems.Invalid("rows[1].amount", "must be above zero")));
        Assert.Contains("<bdi data-why>“Row 2: Many” must be above zero.</bdi>", shown, StringComparison.Ordinal);
        Assert.Contains("<form action=\"/other\" method=\"post\"><input name=\"a\" value=\"x\"></form>", shown, StringComparison.Ordinal);
        foreach (var part in new[]
        {
            "<details open>", "<input type=\"hidden\" name=\"edition\" value=\"7\">",
            "name=\"a\" value=\"&lt;1&gt;\"", "name=\"b\" value=\"1\" checked>", "name=\"b\" value=\"2\">",
            "value=\"yes\">", "value=\"no\" checked>", "<option value=\"1\">One", "<option value=\"2\" selected>Two", ">\na\nb &amp; c</textarea>", "name=\"f\" value=\"\">",
            "data-field=\"amount\" value=\"3\">", "value=\"4\" autofocus aria-invalid=\"true\"", "id=\"g-fault\"><bdi>Must be above zero.</bdi>",
        })
            Assert.True(shown.Contains(part, StringComparison.Ordinal), $"{part}\n{shown}");
        var placeless = FormAgain.Shown(Page, new SentBack("/nowhere", typed, KernelProblems.Invalid("rows[1].amount", "must be above zero")));
        Assert.Contains("<bdi data-why>Must be above zero.</bdi>", placeless, StringComparison.Ordinal);
    }

    static string Of(string pattern, string page) => Regex.Match(page, pattern, RegexOptions.Singleline, TimeSpan.FromSeconds(1)).Groups[1].Value;

    static async Task<PageForm> FormAsync(Browser browser, string page, string action) =>
        await PageForm.FindAsync(browser, page, action) ?? throw new InvalidOperationException($"{page} has no form {action}");

    static async Task<Browser> SignedInAsync(RunningServer server, string language)
    {
        var browser = new Browser(server) { Language = language };
        await browser.SignInAsync(RunningServer.AdminKey);
        return browser;
    }
}
