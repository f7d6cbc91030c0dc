using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Aval.Tests.Infrastructure;
using Aval.Web;

namespace Aval.Tests.Web;

/// <summary>A browser as far as the server knows it: it keeps cookies and sends forms.</summary>
sealed class Browser : IDisposable
{
    readonly CookieContainer cookies = new();
    readonly HttpClient client;
    Uri? address;

    /// <summary>What it asks for as <c>Accept-Language</c>.</summary>
    public string? Language
    {
        set
        {
            client.DefaultRequestHeaders.Remove("Accept-Language");
            if (value is not null) client.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Language", value);
        }
    }

    public Browser(RunningServer? server)
    {
        client = new HttpClient(new SocketsHttpHandler { UseProxy = false, CookieContainer = cookies, AllowAutoRedirect = false });
        if (server is not null) Visit(server);
    }

    /// <summary>Goes on at this server; the cookies stay, which know a host by its name alone.</summary>
    public void Visit(RunningServer server) => address = server.Address;

    public Task<HttpResponseMessage> GetAsync(string path, EntityTagHeaderValue? known = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address!, path));
        if (known is not null) request.Headers.IfNoneMatch.Add(known);
        return client.SendAsync(request);
    }

    /// <summary>The page without the sealed tokens of its forms, in which any few letters stand some time.</summary>
    public async Task<string> WrittenAsync(string path) => Regex.Replace(
        await (await GetAsync(path)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken), "name=\"token\" value=\"[^\"]*\"", "",
        RegexOptions.None, TimeSpan.FromSeconds(5));

    /// <summary>Follows a stream: comes back with its head.</summary>
    public Task<HttpResponseMessage> FollowAsync(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address!, path));
        request.Headers.Accept.Add(new("text/event-stream"));
        return client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>Asks as a part of a page does when there is news.</summary>
    public Task<HttpResponseMessage> GetByItselfAsync(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address!, path));
        request.Headers.Add(Swap.ByItself, "yes");
        return client.SendAsync(request);
    }

    public Task<HttpResponseMessage> PostAsync(string path, Dictionary<string, string> fields) => SendAsync(path, fields);

    /// <summary>Sends a form in which a field may stand several times.</summary>
    public async Task<HttpResponseMessage> SendAsync(string path, IEnumerable<KeyValuePair<string, string>> fields)
    {
        using var form = new FormUrlEncodedContent(fields);
        return await client.PostAsync(new Uri(address!, path), form);
    }

    /// <summary>Asks in a way of its own.</summary>
    public Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, HttpContent? body = null, params IEnumerable<(string Name, string Value)> headers)
    {
        var request = new HttpRequestMessage(method, new Uri(address!, path)) { Content = body };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return client.SendAsync(request);
    }

    public async Task<HttpResponseMessage> SignInAsync(string key) => await PostAsync("/sign-in", new() { ["token"] = await TokenAsync(), ["key"] = key });

    /// <summary>What the forms of a page send along.</summary>
    public async Task<string> TokenAsync(string path = "/sign-in")
    {
        var page = await client.GetStringAsync(new Uri(address!, path));
        return Regex.Match(page, "name=\"token\" value=\"(?<token>[^\"]+)\"", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups["token"].Value;
    }

    public void Dispose() => client.Dispose();
}
