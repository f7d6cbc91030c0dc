using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Aval.Kernel.Web;

/// <summary>The one mapper from refusals to RFC 9457 problems.</summary>
public static class ProblemAnswer
{
    public const string MediaType = "application/problem+json";

    /// <summary>Writes the problem as the whole answer. Does nothing when an answer has already begun.</summary>
    public static async Task WriteAsync(HttpContext context, Problem problem)
    {
        var response = context.Response;
        if (response.HasStarted) return;
        response.StatusCode = problem.Kind.Status;
        response.ContentType = MediaType;
        if (problem.Kind == KernelProblems.KeyUnknown) response.Headers.WWWAuthenticate = "Bearer";
        if (problem.Kind == KernelProblems.Busy) response.Headers.RetryAfter = "1";
        if (problem.Kind == KernelProblems.StoreUnavailable) response.Headers.RetryAfter = "2";
        if (TongueOf(context, problem) is { } said) response.Headers.ContentLanguage = said.Language;
        response.Headers.Append("Vary", "Accept-Language");
        var body = Bytes(problem, context);
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>The problem as JSON, with the code, the field where one is meant, and the trace id under which the log knows the call.</summary>
    /// <remarks>In English, unless the caller's <c>Accept-Language</c> prefers another language of ours; the code is the same in all.</remarks>
    public static byte[] Bytes(Problem problem, HttpContext context)
    {
        Telemetry.Refused(problem.Code);
        var said = TongueOf(context, problem);
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Json.Options.Encoder });
        json.WriteStartObject();
        json.WriteString("type", "/problems/" + problem.Code);
        json.WriteString("title", said?.Title ?? problem.Kind.Title);
        json.WriteNumber("status", problem.Kind.Status);
        json.WriteString("detail", said?.Detail ?? problem.Detail);
        json.WriteString("code", problem.Code);
        if (problem.Field is not null) json.WriteString("field", problem.Field);
        json.WriteString("trace", context.TraceIdentifier);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    static SaidProblem? TongueOf(HttpContext context, Problem problem) => context.RequestServices?.GetService<IProblemTongues>()?.Of(problem, context.Request);
}
