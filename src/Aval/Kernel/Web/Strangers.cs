using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Logging;

namespace Aval.Kernel.Web;

/// <summary>Stands before everything: whatever finds no address, or fails outside one, is answered in the words of the catalogue.</summary>
public static class Strangers
{
    public static async Task AnswerAsync(HttpContext context, RequestDelegate next, ILogger log)
    {
        try
        {
            await next(context);
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested)
        {
            await ApiEndpoint.FailAsync(context, e, log);
            return;
        }

        if (context.Response.HasStarted || !context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)) return;
        var response = context.Response;
        var at = $"{context.Request.Method} {context.Request.Path.Value}";
        if (response.StatusCode == StatusCodes.Status404NotFound)
            await ProblemAnswer.WriteAsync(context, KernelProblems.NotFound.With($"There is no address {at}."));
        else if (response.StatusCode == StatusCodes.Status405MethodNotAllowed)
            await ProblemAnswer.WriteAsync(context, KernelProblems.MethodNotAllowed.With($"{at} is not taken, only {response.Headers.Allow}."));
    }
}
