using System.Text.Json;
using Aval.Kernel.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Aval.Kernel.Web;

/// <summary>What a load balancer asks, without a key: is the process alive, and can it do its work? And who leads, for whoever watches.</summary>
static class Health
{
    /// <summary>Commands that may wait before traffic should go to another node; the Desk itself refuses later.</summary>
    const int MostWaiting = 5_000;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void MapHealth(this IEndpointRouteBuilder routes, Desk desk, Store store, Leader leader, ScheduledWork work, IHostApplicationLifetime lifetime)
    {
        routes.MapGet("/health/live", (RequestDelegate)(context => WriteAsync(context, 200, new("alive", null, null, null, null, null))));
        // Who asks while the one before is still waiting waits with it: a database that hangs is not asked by ever more connections.
        Task<bool>? asking = null;
        routes.MapGet("/health/ready", (RequestDelegate)(async context =>
        {
            var asked = Volatile.Read(ref asking);
            if (asked is null or { IsCompleted: true }) Volatile.Write(ref asking, asked = store.IsCurrentAsync(CancellationToken.None));
            var current = await InTimeAsync(asked, context.RequestAborted);
            var waiting = desk.Depth;
            var status = lifetime.ApplicationStopping.IsCancellationRequested ? "stopping" : current != true ? "unready" : waiting < MostWaiting ? "ready" : "busy";
            var state = new State(
                status, current is null ? "unreachable" : "reachable", current switch { true => "current", false => "behind", null => null }, waiting, leader.Leads, work.Now);
            await WriteAsync(context, status == "ready" ? 200 : 503, state);
        }));
    }

    /// <param name="Schema">Whether every schema file of this version has been applied; null when nobody could be asked.</param>
    /// <param name="Leader">Whether this node does what is done once among all.</param>
    /// <param name="Work">What it is doing of that, and how far; nothing most of the time.</param>
    sealed record State(string Status, string? Database, string? Schema, int? Waiting, bool? Leader, IReadOnlyList<WorkSoFar>? Work);

    /// <summary>Null when the store does not answer.</summary>
    /// <remarks>The driver hears nothing of the end of this wait: it would ask the database to stop, and keep a thread waiting for one that hangs.</remarks>
    static async Task<bool?> InTimeAsync(Task<bool> asked, CancellationToken cancel)
    {
        try
        {
            return await asked.WaitAsync(Patience, cancel);
        }
        catch (Exception e) when (Store.IsOfTheStore(e) || e is OperationCanceledException)
        {
            return null;
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
