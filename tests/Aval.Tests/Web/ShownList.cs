using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Web;

/// <summary>A list as a browser has it: the rows of a page, and all of them as a file.</summary>
static class ShownList
{
    static readonly Regex Names = new("""<th [^>]*scope="row"[^>]*>(?<name>.*?)</th>""", RegexOptions.Singleline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));
    static readonly Regex Tags = new("<[^>]*>", RegexOptions.None, TimeSpan.FromSeconds(5));

    /// <summary>What names each row of the page, in order.</summary>
    public static async Task<IReadOnlyList<string>> NamesAsync(this Browser browser, string address)
    {
        var page = await browser.TextAsync(address);
        var list = page.LastIndexOf("class=\"list stack\"", StringComparison.Ordinal);
        return list < 0 ? [] : [.. Names.Matches(page[list..]).Select(row => Tags.Replace(row.Groups["name"].Value, "").Trim())];
    }

    /// <summary>The rows of the file, by the names of its columns.</summary>
    public static async Task<IReadOnlyList<Dictionary<string, string>>> FileAsync(this Browser browser, string address)
    {
        using var answer = await browser.GetAsync(address + (address.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "as=csv");
        Assert.Equal((HttpStatusCode.OK, "no-store"), (answer.StatusCode, answer.Headers.CacheControl?.ToString()));
        var lines = Records((await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).TrimStart('\ufeff'));
        return [.. lines.Skip(1).Select(line => lines[0].Zip(line).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal))];
    }

    /// <summary>A column of the file, in the order of its rows.</summary>
    public static async Task<string> FileAsync(this Browser browser, string address, string column) =>
        string.Join(' ', (await browser.FileAsync(address)).Select(row => row[column]));

    public static async Task<string> TextAsync(this Browser browser, string address) =>
        WebUtility.HtmlDecode(await (await browser.GetAsync(address)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Replace('\u00a0', ' ');

    /// <summary>The file has as many rows as the list says, the workbook opens, who lacks the right gets neither, and a stranger is sent to sign in.</summary>
    /// <param name="lacks">A role without the right; null where every role has it.</param>
    public static async Task IsTakenAlongAsync(this Browser browser, RunningServer server, string address, string? lacks)
    {
        var join = address.Contains('?', StringComparison.Ordinal) ? "&" : "?";
        var shown = await browser.NamesAsync(address);
        Assert.Equal(shown.Count, (await browser.FileAsync(address)).Count);
        await using (var book = await (await browser.GetAsync(address + join + "as=xlsx")).Content.ReadAsStreamAsync(TestContext.Current.CancellationToken))
        {
            using var zip = new System.IO.Compression.ZipArchive(book);
            using var sheet = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open());
            Assert.True(Regex.Count(await sheet.ReadToEndAsync(TestContext.Current.CancellationToken), "<row ", RegexOptions.None, TimeSpan.FromSeconds(5)) > shown.Count);
        }

        if (lacks is not null)
        {
            using var other = await InRoleAsync(server, lacks);
            Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync(address + join + "as=csv")).StatusCode);
        }

        using var stranger = new Browser(server);
        var sent = await stranger.GetAsync(address + join + "as=csv");
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        Assert.StartsWith("/sign-in", sent.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    /// <summary>Signs in with a new key of this role.</summary>
    public static async Task<Browser> InRoleAsync(RunningServer server, string role)
    {
        var browser = new Browser(server);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.SignInAsync(await KeyAsync(server, role))).StatusCode);
        return browser;
    }

    static async Task<string> KeyAsync(RunningServer server, string role) =>
        (await server.Post("/api-keys", new { name = role + Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture)[..8], roles = new[] { role } })).Expect(201)["key"]!;

    static List<List<string>> Records(string text)
    {
        var (records, record, field, quoted) = (new List<List<string>>(), new List<string>(), new StringBuilder(), false);
        for (var at = 0; at < text.Length; at++)
            if (quoted && text[at] == '"' && at + 1 < text.Length && text[at + 1] == '"') field.Append(text[at++]);
            else if (text[at] == '"') quoted = !quoted;
            else if (!quoted && text[at] is ',' or '\n' && !quoted)
            {
                record.Add(field.ToString().TrimEnd('\r'));
                field.Clear();
                if (text[at] == ',') continue;
                records.Add(record);
                record = [];
            }
            else field.Append(text[at]);
        return records;
    }
}
