using System.Data.Common;
using System.Text.Json;
using Aval.Kernel.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Aval.Kernel.Web;

/// <summary>What a load balancer asks, without a key: is the process alive, and can it do its work?</summary>
static class Health
{
    /// <summary>Commands that may wait before traffic should go to another node; the Desk itself refuses later.</summary>
    const int MostWaiting = 5_000;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void MapHealth(this IEndpointRouteBuilder routes, Desk desk, Store store, IHostApplicationLifetime lifetime)
    {
        routes.MapGet("/health/live", (RequestDelegate)(context => WriteAsync(context, 200, new("alive", null, null))));
        routes.MapGet("/health/ready", (RequestDelegate)(async context =>
        {
            var reachable = await IsReachableAsync(store, context.RequestAborted);
            var stopping = lifetime.ApplicationStopping.IsCancellationRequested;
            var ready = reachable && !stopping && desk.Depth < MostWaiting;
            var status = ready ? "ready" : stopping ? "stopping" : reachable ? "busy" : "unready";
            await WriteAsync(context, ready ? 200 : 503, new(status, reachable ? "reachable" : "unreachable", desk.Depth));
        }));
    }

    sealed record State(string Status, string? Database, int? Waiting);

    static async Task<bool> IsReachableAsync(Store store, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            await using var connection = await store.ConnectAsync(patience.Token);
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT count(*) FROM schema_file";
            return await command.ExecuteScalarAsync(patience.Token) is > 0L;
        }
        catch (Exception e) when (e is DbException or OperationCanceledException or TimeoutException)
        {
            return false;
        }
    }

    static async Task WriteAsync(HttpContext context, int status, State state)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.BodyWriter.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(state, Json.Options), context.RequestAborted);
    }
}
