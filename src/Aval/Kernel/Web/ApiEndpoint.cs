using System.Globalization;
using Aval.Kernel.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Aval.Kernel.Web;

/// <summary>What happens at every address, in this order: the key (401), how often it comes (429), the permission (403), the request itself (4xx), then the use case.</summary>
sealed class ApiEndpoint(Address address, ApiHost host, Func<ApiRequest, Task> handle)
{
    const string Scheme = "Bearer ";

    public async Task AnswerAsync(HttpContext context)
    {
        try
        {
            if (await AdmitAsync(context) is { } request) await handle(request);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
        }
        catch (Exception e)
        {
            await FailAsync(context, e, host.Log);
        }
    }

    /// <summary>Answers what went wrong; an answer that has begun is broken off.</summary>
    public static async Task FailAsync(HttpContext context, Exception failure, ILogger log)
    {
        var problem = ProblemOf(context, failure, log);
        if (context.Response.HasStarted) context.Abort();
        else await ProblemAnswer.WriteAsync(context, problem);
    }

    /// <summary>What went wrong, without saying how: the log knows more under the same trace id.</summary>
    public static Problem ProblemOf(HttpContext context, Exception failure, ILogger log)
    {
        var problem = failure switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
                KernelProblems.BodyTooLarge.With("The body is longer than this address takes."),
            BadHttpRequestException => KernelProblems.JsonMalformed.With("The request broke off or is not HTTP."),
            _ when Store.IsOfTheStore(failure) => KernelProblems.StoreUnavailable.With("The database did not answer."),
            _ => KernelProblems.Internal.With($"The log has the cause under the trace id {context.TraceIdentifier}."),
        };
        if (problem.Kind.Status >= 500)
            log.LogError(
                Store.Trace(failure), "{Method} {Path} failed ({Trace}): {Reason}", context.Request.Method, context.Request.Path.Value, context.TraceIdentifier, failure.Message);
        return problem;
    }

    async ValueTask<ApiRequest?> AdmitAsync(HttpContext context)
    {
        if ((await ActorAsync(context) ?? (address.Permission.IsOpen ? Actor.Rule("nobody") : null)) is not { } actor)
        {
            Telemetry.Stranger("keyUnknown");
            await ProblemAnswer.WriteAsync(context, KernelProblems.KeyUnknown.With("The request carries no key that is known and valid."));
            return null;
        }

        context.Features.Set(actor);
        if (host.Rates.Wait(actor) is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            await ProblemAnswer.WriteAsync(context, KernelProblems.RateLimited.With($"{actor.Name} sends more requests a second than it may; nothing was changed."));
            return null;
        }

        if (!address.Permission.IsGrantedTo(actor))
        {
            await ProblemAnswer.WriteAsync(context, KernelProblems.NotPermitted.With(
                $"{address.Call} needs the right {address.Permission.Code}, which have: {string.Join(", ", address.Permission.Roles)}."));
            return null;
        }

        if (actor.IsReadOnly && address.Method != "GET" && !address.Permission.IsOpen)
        {
            await ProblemAnswer.WriteAsync(context, KernelProblems.NotPermitted.With($"{actor.Name} may read only."));
            return null;
        }

        var request = new ApiRequest(context, host, address, actor);
        if (request.Admit() is not { } problem) return request;
        await ProblemAnswer.WriteAsync(context, problem);
        return null;
    }

    /// <summary>What the caller shows as its key; null when it shows none.</summary>
    internal static string? KeyOf(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : null;

    /// <summary>The header alone counts: a browser sends cookies by itself, so they prove nothing here.</summary>
    async ValueTask<Actor?> ActorAsync(HttpContext context)
    {
        return KeyOf(context.Request) is { } key ? await host.Keys.FindAsync(key, context.RequestAborted) : null;
    }
}
