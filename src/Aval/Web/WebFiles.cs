using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Aval.Web;

/// <summary>The scripts, styles, fonts and icons of the screens, as they were built into the assembly.</summary>
/// <remarks>Their addresses carry a version made of all their bytes, so a browser may keep them for ever and an update is seen at once.</remarks>
static class WebFiles
{
    const string Folder = "wwwroot/";
    const string Forever = "public, max-age=31536000, immutable";

    static readonly FrozenDictionary<string, Asset> All = typeof(WebFiles).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Folder.Length..].Replace('\\', '/'), name => new Asset(Bytes(name), TypeOf(name)), StringComparer.Ordinal);

    static readonly string Version = Hash([.. All.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => pair.Value.Hash)]);

    /// <summary>Where a browser finds the asset.</summary>
    public static string Url(string name) => All.ContainsKey(name) ? $"/assets/{Version}/{name}" : throw new ArgumentException($"there is no asset {name}", nameof(name));

    /// <summary>The asset as text, to be written into a page.</summary>
    public static string Text(string name) => System.Text.Encoding.UTF8.GetString(All[name].Content);

    public static void MapAssets(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/assets/{version}/{**name}", ["GET", "HEAD"], (RequestDelegate)AnswerAsync);

    static async Task AnswerAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (!All.TryGetValue((string)request.RouteValues["name"]!, out var asset))
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        // A page of an older version may still be open: it gets what there is now, and does not keep it.
        response.Headers.CacheControl = (string?)request.RouteValues["version"] == Version ? Forever : "no-cache";
        if (asset.Packed.Value is not null) response.Headers.Vary = HeaderNames.AcceptEncoding;
        var packed = Packed.IsTaken(request) ? asset.Packed.Value : null;
        // What is packed is another form of the same, and has a tag of its own.
        var tag = packed is null ? $"\"{asset.Hash}\"" : $"\"{asset.Hash}-{Packed.Encoding}\"";
        response.Headers.ETag = tag;
        if (request.GetTypedHeaders().IfNoneMatch.Any(known => known.Tag == tag || known.Tag == "*"))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        if (packed is not null) response.Headers.ContentEncoding = Packed.Encoding;
        var body = packed ?? asset.Content;
        response.ContentType = asset.Type;
        response.ContentLength = body.Length;
        if (HttpMethods.IsGet(request.Method)) await response.BodyWriter.WriteAsync(body, context.RequestAborted);
    }

    sealed record Asset(byte[] Content, string Type)
    {
        public string Hash { get; } = WebFiles.Hash(Content);

        /// <summary>The same by gzip, made when first asked for; null where that would gain nothing.</summary>
        public Lazy<byte[]?> Packed { get; } = new(() => Type.StartsWith("font/", StringComparison.Ordinal) ? null : Pack(Content));
    }

    static byte[] Pack(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize)) gzip.Write(content);
        return packed.ToArray();
    }

    static byte[] Bytes(string resource)
    {
        using var stream = typeof(WebFiles).Assembly.GetManifestResourceStream(resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    static string Hash(ReadOnlySpan<char> text) => Hash(System.Text.Encoding.UTF8.GetBytes(text.ToArray()));
    static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes))[..16];

    static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".woff2" => "font/woff2",
        var other => throw new InvalidOperationException($"no media type is known for {other}"),
    };
}
