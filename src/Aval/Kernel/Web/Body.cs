using System.Buffers;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;

namespace Aval.Kernel.Web;

/// <summary>Takes the body off the wire, within its bound and of the declared type.</summary>
static class Body
{
    /// <summary>Reads the whole body and binds the idempotency key to it.</summary>
    public static async Task<Answered<T>> ReadAsync<T>(ApiRequest request, Func<ReadOnlySequence<byte>, Answered<T>> parse)
    {
        if (Admit(request) is { } problem) return problem;
        var reader = request.Context.Request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(request.Cancel);
            if (result.Buffer.Length > request.Address.Body!.MostBytes)
            {
                reader.AdvanceTo(result.Buffer.End);
                return TooLarge(request.Address.Body);
            }

            if (!result.IsCompleted)
            {
                reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
                continue;
            }

            var read = parse(result.Buffer);
            reader.AdvanceTo(result.Buffer.End);
            if (read.Problem is null) request.Bind(read.Value);
            return read;
        }
    }

    public static Answered<T> Json<T>(ReadOnlySequence<byte> body)
    {
        if (body.IsEmpty && typeof(T) == typeof(Nothing)) return (T)(object)new Nothing();
        return BodyReader.Read<T>(body.IsSingleSegment ? body.First : body.ToArray());
    }

    /// <summary>Refuses a type the address does not take, and a length that the caller itself calls too large.</summary>
    public static Problem? Admit(ApiRequest request)
    {
        var shape = request.Address.Body!;
        var sent = request.Context.Request;
        if (!Takes(shape, sent.ContentType))
            return KernelProblems.MediaTypeUnsupported.With($"This address takes {string.Join(", ", shape.MediaTypes)}, not {sent.ContentType}.");
        return sent.ContentLength > shape.MostBytes ? TooLarge(shape) : null;
    }

    static Problem TooLarge(BodyShape shape) => KernelProblems.BodyTooLarge.With($"The body may have {shape.MostBytes} bytes.");

    static bool Takes(BodyShape shape, string? contentType)
    {
        if (string.IsNullOrEmpty(contentType) || contentType == shape.MediaTypes[0] || shape.MediaTypes.Contains("*/*")) return true;
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type)) return false;
        var inUtf8 = type.CharSet is not { } charSet || charSet.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase);
        if (shape.Kind != BodyKind.File && !inUtf8) return false;
        return shape.MediaTypes.Contains(type.MediaType, StringComparer.OrdinalIgnoreCase);
    }
}

/// <summary>Puts an answer on the wire.</summary>
static class Reply
{
    public static async Task WriteAsync<T>(ApiRequest request, Answered<T> answer)
    {
        if (answer.Problem is { } problem)
        {
            await ProblemAnswer.WriteAsync(request.Context, problem);
            return;
        }

        var response = request.Context.Response;
        var bytes = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(answer.Value, Kernel.Json.Options);
        response.StatusCode = request.Address.Status;
        response.ContentType = "application/json";
        response.ContentLength = bytes.Length;
        await response.BodyWriter.WriteAsync(bytes, request.Cancel);
    }
}
