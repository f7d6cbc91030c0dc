using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

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
        var body = Bytes(problem, context.TraceIdentifier);
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>The problem as JSON, with the code, the field where one is meant, and the trace id under which the log knows the call.</summary>
    public static byte[] Bytes(Problem problem, string trace)
    {
        Telemetry.Refused(problem.Code);
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Json.Options.Encoder });
        json.WriteStartObject();
        json.WriteString("type", "/problems/" + problem.Code);
        json.WriteString("title", problem.Kind.Title);
        json.WriteNumber("status", problem.Kind.Status);
        json.WriteString("detail", problem.Detail);
        json.WriteString("code", problem.Code);
        if (problem.Field is not null) json.WriteString("field", problem.Field);
        json.WriteString("trace", trace);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
