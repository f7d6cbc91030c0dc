using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Aval.Tests.Web;

/// <summary>A small collector of OTLP over HTTP on a free port: what was sent to each address, as it came.</summary>
sealed class Collector : IAsyncDisposable
{
    readonly WebApplication app;
    readonly ConcurrentQueue<(string Path, byte[] Body)> received = [];

    Collector()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            received.Enqueue((context.Request.Path.Value!, body.ToArray()));
        });
    }

    public Uri Address => new(app.Urls.First());

    /// <summary>Texts of protocol buffers stand as they are between their lengths.</summary>
    public string Received(string path) => string.Concat(received.Where(sent => sent.Path == path).Select(sent => Encoding.UTF8.GetString(sent.Body)));

    public string All => string.Concat(received.Select(sent => Encoding.UTF8.GetString(sent.Body)));

    public static async Task<Collector> StartAsync()
    {
        var collector = new Collector();
        await collector.app.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
