using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aval.Kernel.Web;

/// <summary>A span for each call of the API and each page, named by its address as it was declared: never by what somebody has asked for.</summary>
static class Tracing
{
    public static Task TraceAsync(HttpContext context, RequestDelegate next) =>
        Telemetry.Spans.HasListeners() && context.GetEndpoint() is RouteEndpoint endpoint && !context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal)
            ? TraceAsync(context, endpoint.RoutePattern.RawText ?? "", next)
            : next(context);

    static async Task TraceAsync(HttpContext context, string route, RequestDelegate next)
    {
        var headers = context.Request.Headers;
        var caller = ActivityContext.TryParse(headers.TraceParent, headers.TraceState, isRemote: true, out var remote) ? remote : default;
        // The server has a span of its own that nobody records; what hangs under it would not be recorded either.
        Activity.Current = null;
        using var span = Telemetry.Spans.StartActivity($"{context.Request.Method} {route}", ActivityKind.Server, caller);
        try
        {
            await next(context);
        }
        finally
        {
            span?.SetTag("http.request.method", context.Request.Method).SetTag("http.route", route)
                .SetTag("http.response.status_code", context.Response.StatusCode).SetTag("aval.trace", context.TraceIdentifier);
            if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError) span?.SetStatus(ActivityStatusCode.Error);
        }
    }
}
