using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Aval.Kernel;
using Aval.Kernel.Web;

namespace Aval.Bench;

/// <summary>The main screens as people of their roles open them: time to the first byte, what the page weighs, and what a first visit loads with it.</summary>
/// <remarks>Against a server of the demonstration, or against one that it starts on a store, which gets the demonstration's people by that.
/// One request after the other; the first two of each page are not counted.</remarks>
sealed partial class PagesBench(TextWriter output, Uri server, int requests, bool inside)
{
    const int Unmeasured = 2;
    const string Manager = "Clara Novak";

    readonly Dictionary<string, HttpClient> people = new(StringComparer.Ordinal);

    /// <param name="place">Where a demonstration is served, the folder of a store, or the connection string of one.</param>
    /// <param name="many">A customer with many open items.</param>
    public static async Task RunAsync(TextWriter output, string place, int requests, string many)
    {
        if (place.StartsWith("http", StringComparison.Ordinal))
        {
            await new PagesBench(output, new Uri(place), requests, inside: false).AllAsync(many);
            return;
        }

        var database = place.Contains('=', StringComparison.Ordinal) ? place : null;
        await using var app = await AvalServer.BuildAsync(new ServerOptions(place, database, ["http://127.0.0.1:0"], null, null, Currency.EUR) { Demo = true });
        await app.StartAsync();
        await new PagesBench(output, new Uri(app.Urls.First()), requests, inside: true).AllAsync(many);
        await app.StopAsync();
    }

    async Task AllAsync(string many)
    {
        output.WriteLine($"{requests} requests a page; load average {await File.ReadAllTextAsync("/proc/loadavg")}");
        output.WriteLine("| page | as | status | KB | first byte: least | median | p95 | processor | first visit, KB |\n|---|---|---|---|---|---|---|---|---|");
        foreach (var person in new[] { "Clara Novak", "Ben Adler", "Rosa Lindqvist", "Omar Haddad", "Ines Moreau", "Jonas Petri", "Helena Voss", "Ada Brandt" })
            await MeasureAsync("/", person);
        foreach (var list in new[] { "/blocks", "/work", "/work?owner=all", "/orders", "/customers", "/invoices", "/aging", "/commitments" }) await MeasureAsync(list);
        foreach (var list in new[] { "/incidents", "/deferred-risks", "/outcomes" }) await MeasureAsync(list);
        await MeasureAsync(await FirstAsync("/panels/decide", "/blocks/[0-9a-z-]{20,}"));
        await MeasureAsync(await FirstAsync("/orders", "/orders/SO-[^\"/?]+"));
        await MeasureAsync("/new-order", "Rosa Lindqvist");
        await MeasureAsync(await FirstAsync("/customers?page=2", "/customers/C[0-9]+"));
        await MeasureAsync("/customers/" + many);
        await MeasureAsync($"/customers/{many}/exposure");
        await MeasureAsync(await FirstAsync("/invoices", "/invoices/[^\"/?]+"));
        foreach (var money in new[] { "/cash", "/bank-statements", "/cash?list=unapplied" }) await MeasureAsync(money, "Omar Haddad");
        await MeasureAsync(await FirstAsync("/bank-statements", "/bank-statements/[^\"/?]+", "Omar Haddad"), "Omar Haddad");
        foreach (var told in new[] { "/indicators", "/reports", "/reports/aging", "/reports/open-items", "/reports/dso", "/policy", "/journal" })
            await MeasureAsync(told, "Helena Voss");
        foreach (var text in new[] { "C1000", "stede", many, "IN-10003-" }) await MeasureAsync("/search?q=" + text);
        await MeasureAsync("/users", "Ada Brandt");
        await MeasureAsync("/help");
    }

    async Task MeasureAsync(string? path, string person = Manager)
    {
        if (path is null) return;
        var client = await AsAsync(person);
        var times = new double[requests];
        var busy = TimeSpan.Zero;
        var (status, bytes, html) = (HttpStatusCode.OK, 0L, "");
        for (var request = -Unmeasured; request < requests; request++)
        {
            if (request == 0) busy = Environment.CpuUsage.TotalTime;
            var started = Stopwatch.GetTimestamp();
            using var answer = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
            if (request >= 0) times[request] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            html = await answer.Content.ReadAsStringAsync();
            (status, bytes) = (answer.StatusCode, System.Text.Encoding.UTF8.GetByteCount(html));
        }

        // Ours alone, and little moved by other work on the machine; of a server elsewhere it says nothing.
        var processor = inside ? ((Environment.CpuUsage.TotalTime - busy).TotalMilliseconds / requests).ToString("0.0", CultureInfo.InvariantCulture) : "–";
        Array.Sort(times);
        var visit = bytes + await AssetsAsync(client, html);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {path} | {person} | {(int)status} | {bytes / 1024.0:0} | {times[0]:0} | "
            + $"{times[requests / 2]:0} | {times[(requests * 95 + 99) / 100 - 1]:0} | {processor} | {visit / 1024.0:0} |"));
    }

    async Task<HttpClient> AsAsync(string person)
    {
        if (people.TryGetValue(person, out var known)) return known;
        var client = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = server, Timeout = TimeSpan.FromMinutes(5) };
        var token = Token().Match(await client.GetStringAsync("/sign-in")).Groups["told"].Value;
        using var form = new FormUrlEncodedContent([new("token", token), new("return", "/help"), new("person", person)]);
        using var answer = await client.PostAsync("/sign-in", form);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{person} may not sign in: {answer.StatusCode}; is it a demonstration?");
        people.Add(person, client);
        return client;
    }

    /// <summary>The first address of this form on a page; null where the page has none.</summary>
    async Task<string?> FirstAsync(string page, string form, string person = Manager)
    {
        var html = await (await AsAsync(person)).GetStringAsync(page);
        var found = Regex.Match(html, $"href=\"(?<told>{form})\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));
        return found.Success ? WebUtility.HtmlDecode(found.Groups["told"].Value) : null;
    }

    /// <summary>The bytes on the wire of all that a browser fetches for the page the first time: styles, scripts, pictures, and of the fonts the Latin one.</summary>
    static async Task<long> AssetsAsync(HttpClient client, string html)
    {
        var addresses = Linked().Matches(html).Select(link => WebUtility.HtmlDecode(link.Groups["told"].Value))
            .Where(link => link.StartsWith("/assets/", StringComparison.Ordinal));
        var bytes = 0L;
        foreach (var address in addresses.ToHashSet(StringComparer.Ordinal))
        {
            bytes += await TransferredAsync(client, address);
            if (!address.EndsWith("/inter/wght.css", StringComparison.Ordinal)) continue;
            foreach (Match font in LatinFont().Matches(await client.GetStringAsync(address)))
                bytes += await TransferredAsync(client, new Uri(new Uri("http://aval" + address), font.Groups["told"].Value).AbsolutePath);
        }

        return bytes;
    }

    static async Task<long> TransferredAsync(HttpClient client, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Accept-Encoding", "gzip, deflate, br");
        using var answer = await client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadAsByteArrayAsync()).Length;
    }

    [GeneratedRegex("name=\"token\" value=\"(?<told>[^\"]*)\"", RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Token();

    [GeneratedRegex("(href|src)=\"(?<told>[^\"]*)\"", RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Linked();

    [GeneratedRegex(@"url\((?<told>[^)]*-latin-wght-normal\.woff2)\)", RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex LatinFont();
}
