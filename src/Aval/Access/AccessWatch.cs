using System.Globalization;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Aval.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aval.Access;

/// <summary>Writes into the access log what was called under a right that is logged, whether it was done or refused.</summary>
static class AccessWatch
{
    /// <summary>Of one call by nobody from one place: it costs no key to repeat it.</summary>
    static readonly TimeSpan BetweenLines = TimeSpan.FromMinutes(1);

    public static Task WatchAsync(HttpContext context, RequestDelegate next, ILogger log)
    {
        var metadata = context.GetEndpoint()?.Metadata;
        var right = metadata?.GetMetadata<Address>()?.Permission ?? metadata?.GetMetadata<PageAddress>()?.Permission;
        // Before the answer leaves, so that whoever has it finds it in the log.
        if (right is { IsLogged: true }) context.Response.OnStarting(() => WriteAsync(context, log));
        return next(context);
    }

    static async Task WriteAsync(HttpContext context, ILogger log)
    {
        var who = context.Features.Get<Actor>()?.ToString() ?? AccessLog.Nobody;
        try
        {
            var detail = string.Create(CultureInfo.InvariantCulture, $"{context.Request.Method} {context.Request.Path.Value} {context.Response.StatusCode}");
            var lines = context.RequestServices.GetRequiredService<AccessLog>();
            if (who == AccessLog.Nobody && !lines.IsNews($"{context.Connection.RemoteIpAddress} {detail}", BetweenLines)) return;
            await lines.WriteAsync(context, who, AccessEvent.Called, detail);
        }
        catch (Exception e) when (Store.IsOfTheStore(e))
        {
            log.LogError(e, "{Actor} called {Method} {Path}, which the access log lacks", who, context.Request.Method, context.Request.Path.Value);
        }
    }
}
