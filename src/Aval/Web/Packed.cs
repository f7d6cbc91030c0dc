using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Aval.Web;

/// <summary>What is sent by gzip: assets and files of text, never a page. A page holds its form's token beside what somebody else may have put there, and its packed
/// length would tell of both.</summary>
static class Packed
{
    public const string Encoding = "gzip";

    /// <summary>Whether the answer may be packed, by what the request says of encodings.</summary>
    public static bool IsTaken(HttpRequest request)
    {
        var told = request.GetTypedHeaders().AcceptEncoding;
        var named = told.FirstOrDefault(one => one.Value.Equals(Encoding, StringComparison.OrdinalIgnoreCase)) ?? told.FirstOrDefault(one => one.Value == "*");
        return named is not null && named.Quality is null or > 0;
    }

    /// <summary>Sends a file, packed where it is text and whoever asks takes that. It is made while it is sent, so nobody knows its length.</summary>
    public static async Task SendAsync(HttpContext context, PageFile file)
    {
        var (body, response, cancel) = (context.Response.Body, context.Response, context.RequestAborted);
        var isText = file.Type.StartsWith("text/", StringComparison.Ordinal);
        if (isText) response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (!isText || !IsTaken(context.Request))
        {
            await file.WriteAsync(body, cancel);
            return;
        }

        response.Headers.ContentEncoding = Encoding;
        await using var packed = new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true);
        await file.WriteAsync(packed, cancel);
    }
}
