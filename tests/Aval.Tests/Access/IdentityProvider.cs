using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Aval.Tests.Access;

/// <summary>An identity provider on this machine: it signs tokens and shows its public keys.</summary>
sealed class IdentityProvider : IAsyncDisposable
{
    public const string Issuer = "https://id.example.com", Audience = "aval";

    readonly WebApplication app;
    readonly Dictionary<string, SecurityKey> keys = new(StringComparer.Ordinal);
    int asked;

    IdentityProvider(WebApplication app) => this.app = app;

    /// <summary>How often its keys were read.</summary>
    public int Asked => asked;
    public bool IsDown { get; set; }
    public string Address => app.Urls.First() + "/keys";

    public static async Task<IdentityProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var provider = new IdentityProvider(builder.Build());
        provider.app.Run(context =>
        {
            Interlocked.Increment(ref provider.asked);
            if (provider.IsDown) context.Response.StatusCode = 503;
            return provider.IsDown ? Task.CompletedTask : context.Response.WriteAsync(provider.Keys());
        });
        await provider.app.StartAsync();
        return provider;
    }

    /// <summary>A new pair of keys under this id.</summary>
    public void Make(string id, string algorithm)
    {
        // Both live as long as the tests do, as the keys of a provider live as long as it.
        keys[id] = algorithm == SecurityAlgorithms.RsaSha256
            ? new RsaSecurityKey(RSA.Create(2048)) { KeyId = id }
            : new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = id };
    }

    /// <summary>A token as it signs it; the changes replace or (null) take away claims.</summary>
    public string Token(DateTimeOffset now, string id, string algorithm, params (string Claim, object? Value)[] changes)
    {
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["iss"] = Issuer, ["aud"] = Audience, ["sub"] = "u-1", ["preferred_username"] = "Clara Novak", ["groups"] = new[] { "credit", "staff" },
            ["iat"] = now.ToUnixTimeSeconds(), ["nbf"] = now.ToUnixTimeSeconds(), ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(),
        };
        foreach (var (claim, value) in changes)
            if (value is null) claims.Remove(claim);
            else claims[claim] = value;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            JsonSerializer.Serialize(claims), new SigningCredentials(keys[id], algorithm));
    }

    /// <summary>A token whose head says what it likes, signed with a text that everybody knows, or not at all.</summary>
    public static string Forged(DateTimeOffset now, string algorithm, string? id, byte[] secret)
    {
        var head = Base64UrlEncoder.Encode(JsonSerializer.Serialize(new { alg = algorithm, typ = "JWT", kid = id }));
        var body = Base64UrlEncoder.Encode(JsonSerializer.Serialize(new
        {
            iss = Issuer, aud = Audience, preferred_username = "Clara Novak", groups = new[] { "credit" }, exp = now.AddMinutes(5).ToUnixTimeSeconds(),
        }));
        var signature = algorithm == "HS256" ? Base64UrlEncoder.Encode(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes($"{head}.{body}"))) : "";
        return $"{head}.{body}.{signature}";
    }

    /// <summary>What it shows, which everybody can read.</summary>
    public string Keys() => JsonSerializer.Serialize(new { keys = keys.Values.Select(Public).ToList() });

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    static Dictionary<string, string> Public(SecurityKey key)
    {
        if (key is RsaSecurityKey rsa)
        {
            var part = rsa.Rsa.ExportParameters(false);
            return new() { ["kty"] = "RSA", ["use"] = "sig", ["kid"] = rsa.KeyId, ["n"] = Base64UrlEncoder.Encode(part.Modulus), ["e"] = Base64UrlEncoder.Encode(part.Exponent) };
        }

        var curve = ((ECDsaSecurityKey)key).ECDsa.ExportParameters(false);
        return new()
        {
            ["kty"] = "EC", ["crv"] = "P-256", ["use"] = "sig", ["kid"] = key.KeyId, ["x"] = Base64UrlEncoder.Encode(curve.Q.X), ["y"] = Base64UrlEncoder.Encode(curve.Q.Y),
        };
    }
}
