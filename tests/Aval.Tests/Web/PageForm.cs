using System.Net;
using System.Text.RegularExpressions;

namespace Aval.Tests.Web;

/// <summary>A form as it stands on a page: its fields with what is in them, to be sent back with some of them changed.</summary>
sealed class PageForm
{
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    readonly List<KeyValuePair<string, string>> fields = [];
    readonly Browser browser;
    readonly string action;

    PageForm(Browser browser, string action) => (this.browser, this.action) = (browser, action);

    public IReadOnlyList<KeyValuePair<string, string>> Fields => fields;

    /// <summary>The form with this action on this page; null where the page has none.</summary>
    public static async Task<PageForm?> FindAsync(Browser browser, string page, string action)
    {
        var text = await (await browser.GetAsync(page)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        foreach (Match form in Regex.Matches(text, "<form (?<head>[^>]*)>(?<body>.*?)</form>", RegexOptions.Singleline, Soon))
        {
            var head = Attributes(form.Groups["head"].Value);
            if (head.GetValueOrDefault("action") != action || head.GetValueOrDefault("method") != "post") continue;
            var found = new PageForm(browser, action);
            found.Read(form.Groups["body"].Value);
            return found;
        }

        return null;
    }

    /// <summary>Sends it with these fields in place of its own; an empty text stands for a field that was emptied, null for one that was taken off the page.</summary>
    public async Task<(HttpStatusCode Status, string Text, string? To)> SendAsync(params (string Name, string? Value)[] changed)
    {
        var sent = fields.Where(field => changed.All(one => one.Name != field.Key))
            .Concat(changed.Where(one => one.Value is not null).Select(one => KeyValuePair.Create(one.Name, one.Value!)));
        var answer = await browser.SendAsync(action, sent);
        return (answer.StatusCode, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)), answer.Headers.Location?.OriginalString);
    }

    void Read(string body)
    {
        foreach (Match field in Regex.Matches(body, "<(?<tag>input|select|textarea) (?<head>[^>]*)>(?:(?<content>.*?)</\\k<tag>>)?", RegexOptions.Singleline, Soon))
        {
            var head = Attributes(field.Groups["head"].Value);
            if (!head.TryGetValue("name", out var name)) continue;
            if (head.GetValueOrDefault("type") is "checkbox" or "radio" && !head.ContainsKey("checked")) continue;
            fields.Add(KeyValuePair.Create(name, field.Groups["tag"].Value switch
            {
                "select" => Chosen(body[field.Index..]),
                "textarea" => WebUtility.HtmlDecode(field.Groups["content"].Value),
                _ => head.GetValueOrDefault("value") ?? "",
            }));
        }
    }

    static string Chosen(string select)
    {
        var options = Regex.Matches(select[..select.IndexOf("</select>", StringComparison.Ordinal)], "<option(?<head>[^>]*)>", RegexOptions.None, Soon)
            .Select(option => Attributes(option.Groups["head"].Value)).ToList();
        return (options.Find(option => option.ContainsKey("selected")) ?? options[0]).GetValueOrDefault("value") ?? "";
    }

    static Dictionary<string, string> Attributes(string head) =>
        Regex.Matches(head, "(?<name>[\\w-]+)(?:=\"(?<value>[^\"]*)\")?", RegexOptions.None, Soon).DistinctBy(one => one.Groups["name"].Value)
            .ToDictionary(one => one.Groups["name"].Value, one => WebUtility.HtmlDecode(one.Groups["value"].Value), StringComparer.Ordinal);
}
