using System.Text.Json;
using Aval.Checks.Rules;
using Aval.Decisions.Rules;
using Aval.Kernel.Storage;
using Aval.Limits.Rules;
using Aval.Policies.Rules;
using Aval.Tests.Infrastructure;
using Aval.Web;

namespace Aval.Tests.Web;

/// <summary>Every word that an order can be held by, and every decision about it, is explained to whoever reads it.</summary>
public sealed class ExplanationsTests(SqliteServer fixture) : IClassFixture<SqliteServer>
{
    [Fact]
    public void Every_finding_rule_cause_decision_and_limit_is_explained_once()
    {
        using var standard = JsonDocument.Parse(Repository.Read("src/Aval/Policies/Presets/standard.json"));
        string[] words =
        [
            .. FindingKinds.All.Select(kind => kind.Code), .. standard.RootElement.GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("rule").GetString()!),
            .. Said<Cause>(), .. Said<Triage>(), .. Said<DecisionKind>(), .. Said<LimitKind>(),
        ];
        Assert.DoesNotContain(words, word => Explanations.Find(word) is null);
        foreach (var tongue in Tongue.All)
            Assert.Equal(Explanations.In(Tongue.English).Select(one => string.Join(' ', one.Names)), Explanations.In(tongue).Select(one => string.Join(' ', one.Names)));
        Assert.All(Tongue.All.SelectMany(Explanations.In), one => Assert.NotEmpty(one.Paragraphs));
        Assert.Empty(Explanations.All.SelectMany(one => one.Names).Except([.. words, "headroom", "exposure"]));
    }

    [Fact]
    public async Task An_explanation_has_a_page_with_links_to_others_and_an_unknown_word_has_none()
    {
        using var browser = new Browser(await fixture.StartedAsync());
        await browser.SignInAsync(RunningServer.AdminKey);
        var page = await TextAsync(browser, "/help/limit-exceeded");
        Assert.Contains("<a href=\"/help/headroom\">headroom</a>", page, StringComparison.Ordinal);
        Assert.Contains("<h1>Limit exceeded</h1>", page, StringComparison.Ordinal);
        Assert.Contains("<h1>Limit exceeded</h1>", await TextAsync(browser, "/help/limit"), StringComparison.Ordinal);
        Assert.All(Tongue.All.SelectMany(Explanations.In).SelectMany(one => one.Paragraphs), text => Assert.DoesNotContain("](#)", text, StringComparison.Ordinal));
        Assert.Contains("href=\"/help/order-unusual\"", await TextAsync(browser, "/help"), StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await browser.GetAsync("/help/none-such")).StatusCode);
    }

    [Fact]
    public void A_text_is_taken_apart_by_its_headings()
    {
        var parsed = Explanations.Parse("# Words\n\nHead.\n\n## one, first\n\nIt is so.\n\nIt ends so.\n\n## two\n\nOther.\n").ToList();
        Assert.Equal(["one first: 2", "two: 1"], parsed.Select(one => $"{string.Join(' ', one.Names)}: {one.Paragraphs.Count}"));
    }

    static IEnumerable<string> Said<TWord>() where TWord : struct, Enum => Enum.GetValues<TWord>().Select(word => Words.Of(word));

    static async Task<string> TextAsync(Browser browser, string path) => await (await browser.GetAsync(path)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
