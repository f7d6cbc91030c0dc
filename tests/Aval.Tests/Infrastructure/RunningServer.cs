using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aval.Tests.Infrastructure;

/// <summary>The real server in this process, on a free port and a store of its own, with a client that speaks like the scenarios do.</summary>
public sealed class RunningServer : IAsyncDisposable
{
    public const string AdminKey = "tests-admin-key-0123456789abcdef";

    readonly WebApplication app;
    readonly HttpClient client;
    readonly string? folder;
    readonly ConcurrentDictionary<string, Task<string>> keys = new(StringComparer.Ordinal);

    RunningServer(WebApplication app, ServerOptions options, string? folder)
    {
        (this.app, Options, this.folder) = (app, options, folder);
        client = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false })
        {
            BaseAddress = new Uri(app.Urls.First()), Timeout = TimeSpan.FromSeconds(60),
        };
    }

    public ServerOptions Options { get; }
    public Uri Address => client.BaseAddress!;
    public Desk Desk => app.Services.GetRequiredService<Desk>();
    public Store Store => app.Services.GetRequiredService<Store>();
    public T Get<T>() where T : notnull => app.Services.GetRequiredService<T>();
    public T? GetIfThere<T>() where T : class => app.Services.GetService<T>();

    /// <summary>Options for a new store: a temporary folder, or a database that does not exist yet. An empty date stands for the real one.</summary>
    public static ServerOptions NewStore(PostgresCluster? cluster, string today = "2026-03-02") => new(
        Directory.CreateTempSubdirectory("aval-server-").FullName, cluster?.UnusedDatabase(), ["http://127.0.0.1:0"],
        today.Length == 0 ? null : DateOnly.Parse(today, System.Globalization.CultureInfo.InvariantCulture), AdminKey, Currency.EUR)
    {
        // A machine that is starved for some seconds is no database that hangs; tests of one say less.
        Patience = TimeSpan.FromSeconds(60),
    };

    /// <summary>Starts a server. Its folder is removed with it unless <paramref name="keep"/> is set, for a second start on the same store.</summary>
    public static async Task<RunningServer> StartAsync(ServerOptions options, IReadOnlyList<ICapability>? more = null, bool keep = false)
    {
        var built = await AvalServer.BuildAsync(options, [.. Capabilities.All, .. more ?? []]);
        await built.StartAsync();
        return new RunningServer(built, options, keep ? null : options.Data);
    }

    public Task<ServerReply> Get(string path, string? by = null) => SendAsync(HttpMethod.Get, path, null, by);
    public Task<ServerReply> Delete(string path, string? by = null) => SendAsync(HttpMethod.Delete, path, null, by);

    public Task<ServerReply> Post(string path, object body, string? by = null, string? key = null, string? ifMatch = null) =>
        SendAsync(HttpMethod.Post, path, Json(body), by, key, ifMatch);

    public Task<ServerReply> Put(string path, object body, string? by = null, string? key = null, string? ifMatch = null) =>
        SendAsync(HttpMethod.Put, path, Json(body), by, key, ifMatch);

    public Task<ServerReply> Patch(string path, object body, string? by = null, string? key = null, string? ifMatch = null) =>
        SendAsync(HttpMethod.Patch, path, Json(body), by, key, ifMatch);

    /// <summary>Sends any content to an address below <c>/api/v1</c> (or a whole one that begins with <c>//</c>).</summary>
    /// <param name="by">Who: <c>cora:customerService</c> (roles joined by +) has a key made on first use; <c>nobody</c> sends none; what has no
    /// colon is a key itself; null is the bootstrap key.</param>
    /// <param name="ifMatch">The version that the sender saw.</param>
    public async Task<ServerReply> SendAsync(HttpMethod method, string path, HttpContent? content, string? by = null, string? key = null, string? ifMatch = null)
    {
        using var request = await RequestAsync(method, path, content, by);
        if (key is not null) request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        using var response = await client.SendAsync(request);
        var reply = await ServerReply.Of(response);
        if (reply.Code is { } code) AssertDeclared(method.Method, path, code);
        return reply;
    }

    /// <summary>The bytes of a file that is answered.</summary>
    public async Task<byte[]> BytesOf(string path, string? by = null)
    {
        using var request = await RequestAsync(HttpMethod.Get, path, null, by);
        using var response = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsByteArrayAsync();
    }

    /// <summary>The status of an answer that goes on for ever, of which nothing else is read.</summary>
    public async Task<HttpStatusCode> StatusOfStreamAsync(string path, string by)
    {
        using var request = await RequestAsync(HttpMethod.Get, path, null, by);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return response.StatusCode;
    }

    async Task<HttpRequestMessage> RequestAsync(HttpMethod method, string path, HttpContent? content, string? by)
    {
        var address = path.StartsWith("//", StringComparison.Ordinal) ? path[1..] : Api.Prefix + path;
        var asItStands = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        var uri = new Uri(Address.GetLeftPart(UriPartial.Authority) + address, asItStands);
        var request = new HttpRequestMessage(method, uri) { Content = content };
        if (await KeyOf(by) is { } bearer) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        return request;
    }

    public static HttpContent Raw(string text, string? mediaType = "application/json") => Raw(Encoding.UTF8.GetBytes(text), mediaType);

    public static HttpContent Raw(byte[] bytes, string? mediaType = "application/json")
    {
        var content = new ByteArrayContent(bytes);
        if (mediaType is not null) content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        return content;
    }

    /// <summary>As on a node that has just started: no party's root is known.</summary>
    public void ForgetRoots() => ((RootDirectory)Desk.Directory).ForgetAll();

    public async Task StopAsync() => await app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        if (folder is not null) await DeleteAsync(folder);
    }

    /// <summary>A file that is just being closed may appear once more while its folder is emptied.</summary>
    static async Task DeleteAsync(string folder)
    {
        for (var left = 20; ; left--)
            try
            {
                Directory.Delete(folder, recursive: true);
                return;
            }
            catch (IOException) when (left > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100));
            }
    }

    static HttpContent Json(object body) => Raw(JsonSerializer.SerializeToUtf8Bytes(body, Aval.Kernel.Json.Options));

    async Task<string?> KeyOf(string? by) => by switch
    {
        null => AdminKey,
        "nobody" => null,
        _ => await keys.GetOrAdd(by, async who =>
        {
            var parts = who.Split(':');
            if (parts.Length == 1) return who;
            var made = await Post("/api-keys", new { name = parts[0], roles = parts[1].Split('+') });
            return made.Expect(201).Body.GetProperty("key").GetString()!;
        }),
    };

    /// <summary>Whatever is refused must stand in the OpenAPI document of its address.</summary>
    void AssertDeclared(string method, string path, string code)
    {
        var sent = path.Split('?')[0].Split('/');
        var addresses = Api.Of(Get<Composition>()).Addresses
            .Where(address => address.Method == method && Matches(address.Path.Split('/'), sent)).ToList();
        if (addresses.Count > 0 && addresses.TrueForAll(address => address.AllProblems.All(problem => problem.Code != code)))
            Assert.Fail($"{addresses[0].Call} answered {code}, which it does not declare");
    }

    static bool Matches(string[] template, string[] sent) =>
        template.Length == sent.Length && template.Zip(sent).All(pair => pair.First == pair.Second || pair.First.StartsWith('{'));
}

/// <summary>What the server answered.</summary>
public sealed record ServerReply(int Status, string Text, HttpResponseHeaders Headers, MediaTypeHeaderValue? Type)
{
    static readonly JsonElement Nothing = JsonDocument.Parse("null").RootElement;

    public JsonElement Body => Type?.MediaType is "application/json" or "application/problem+json" ? JsonDocument.Parse(Text).RootElement : Nothing;

    /// <summary>The problem's code; null for an accepted call.</summary>
    public string? Code => Status >= 400 ? this["code"] : null;

    /// <summary>Of a top-level field, its text; of a problem, <c>detail</c> or <c>field</c> too.</summary>
    public string? this[string field] =>
        Body is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty(field, out var value) ? value.ToString() : null;

    public ServerReply Expect(int status, string? code = null)
    {
        if (Status != status || Code != code) Assert.Fail($"expected {status} {code}, got {Status}: {Text}");
        return this;
    }

    public static async Task<ServerReply> Of(HttpResponseMessage response) =>
        new((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers, response.Content.Headers.ContentType);
}

/// <summary>One server on a new store for all tests of a class. Take it as a constructor parameter; the subclass says on which database.</summary>
public abstract class ServerFixture(PostgresCluster? cluster) : IAsyncDisposable
{
    readonly SemaphoreSlim gate = new(1);
    RunningServer? server;

    /// <summary>The server, started by the first test that asks.</summary>
    public async Task<RunningServer> StartedAsync()
    {
        await gate.WaitAsync();
        try
        {
            return server ??= await RunningServer.StartAsync(RunningServer.NewStore(cluster), More);
        }
        finally
        {
            gate.Release();
        }
    }

    protected virtual IReadOnlyList<ICapability> More => [];

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
        gate.Dispose();
        GC.SuppressFinalize(this);
    }
}

public class SqliteServer() : ServerFixture(null);

public class PostgresServer(PostgresCluster cluster) : ServerFixture(cluster);
