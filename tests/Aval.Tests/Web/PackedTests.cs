using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Aval.Tests.Infrastructure;
using Aval.Web;

namespace Aval.Tests.Web;

/// <summary>Assets and files of text are packed for who takes that; pages, which hold a secret, are not.</summary>
public sealed class PackedTests(SqliteServer fixture) : IClassFixture<SqliteServer>
{
    [Theory]
    [InlineData("gzip, deflate, br", true)]
    [InlineData("gzip;q=0.5", true)]
    [InlineData("*", true)]
    [InlineData("gzip;q=0, *", false)]
    [InlineData("br", false)]
    [InlineData(null, false)]
    public async Task An_asset_and_an_export_are_packed_for_who_takes_that_and_say_so(string? accepts, bool packed)
    {
        using var browser = await SignedInAsync();
        foreach (var address in new[] { WebFiles.Url("lib/tabler.min.css"), "/customers?as=csv" })
        {
            using var answer = await AskAsync(browser, address, accepts);
            Assert.Equal(packed ? ["gzip"] : [], answer.Content.Headers.ContentEncoding);
            Assert.Equal(["Accept-Encoding"], answer.Headers.Vary);
            using var plain = await AskAsync(browser, address, null);
            Assert.Equal(await BytesAsync(plain), await BytesAsync(answer));
        }
    }

    [Theory]
    [InlineData("/customers?as=xlsx")]
    [InlineData("/customers")]
    [InlineData("/")]
    [InlineData("/sign-in")]
    public async Task A_page_with_its_token_and_what_is_packed_already_are_sent_as_they_are(string address)
    {
        using var browser = await SignedInAsync();
        using var answer = await AskAsync(browser, address, "gzip, br");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(answer.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task Each_form_of_an_asset_has_its_own_tag_by_which_it_is_not_sent_again()
    {
        using var browser = await SignedInAsync();
        var address = WebFiles.Url("aval.js");
        using var packed = await AskAsync(browser, address, "gzip");
        using var plain = await AskAsync(browser, address, null);
        Assert.NotEqual(plain.Headers.ETag, packed.Headers.ETag);
        foreach (var (accepts, known, status) in new[]
        {
            ("gzip", packed.Headers.ETag, HttpStatusCode.NotModified), (null, plain.Headers.ETag, HttpStatusCode.NotModified),
            ("gzip", plain.Headers.ETag, HttpStatusCode.OK), (null, packed.Headers.ETag, HttpStatusCode.OK),
        })
        {
            using var again = await AskAsync(browser, address, accepts, known);
            Assert.Equal((status, accepts is null ? plain.Headers.ETag : packed.Headers.ETag), (again.StatusCode, again.Headers.ETag));
            Assert.Equal(["Accept-Encoding"], again.Headers.Vary);
        }
    }

    static Task<HttpResponseMessage> AskAsync(Browser browser, string address, string? accepts, EntityTagHeaderValue? known = null) => browser.AskAsync(
        HttpMethod.Get, address, null,
        [.. accepts is null ? [] : new[] { ("Accept-Encoding", accepts) }, .. known is null ? [] : new[] { ("If-None-Match", known.Tag) }]);

    static async Task<byte[]> BytesAsync(HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        using var read = new MemoryStream();
        await using var content = answer.Content.Headers.ContentEncoding.Contains("gzip") ? new GZipStream(body, CompressionMode.Decompress) : body;
        await content.CopyToAsync(read, TestContext.Current.CancellationToken);
        Assert.True(read.Length > 0);
        return read.ToArray();
    }

    async Task<Browser> SignedInAsync()
    {
        var server = await fixture.StartedAsync();
        (await server.Put("/customers/PK-1", new { name = "Packed", country = "DE", currency = "EUR", paymentTerms = "NET30" })).Expect(200);
        var browser = new Browser(server);
        await browser.SignInAsync((await server.Post("/api-keys", new { name = "pack-" + Guid.NewGuid().ToString("N"), roles = new[] { "creditAnalyst" } })).Expect(201)["key"]!);
        return browser;
    }
}
