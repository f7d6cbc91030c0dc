using System.Text.Json;
using Aval.Access.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Aval.Access;

/// <summary>Tokens of a configured identity provider (JWT): who they are of, once their signature, issuer, audience and times hold.</summary>
sealed class SingleSignOn : IDisposable
{
    /// <summary>Public-key signatures alone: neither none, nor a secret that the checking side would share.</summary>
    static readonly string[] Algorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.EcdsaSha256];

    const int LongestToken = 16 * 1024;

    /// <summary>Of one subject: a client that goes on asking with its token is told of once.</summary>
    internal static readonly TimeSpan BetweenLines = TimeSpan.FromHours(1);

    static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = LongestToken };

    readonly SignOnSettings? settings;
    readonly IssuerKeys? keys;
    readonly Desk desk;
    readonly AccessLog log;
    readonly TimeProvider clock;

    public SingleSignOn(ServerOptions options, Desk desk, AccessLog log, ILogger<SingleSignOn> told)
    {
        (this.desk, this.log, clock) = (desk, log, options.Clock);
        if (options.SingleSignOn is not { } file) return;
        settings = SignOnSettings.Read(file);
        keys = new IssuerKeys(settings, clock, told);
    }

    /// <summary>Whom the token is of; null for anything that is no valid token, or gives no role here.</summary>
    public async ValueTask<Actor?> FindAsync(string token, CancellationToken cancel)
    {
        if (settings is null || token.Length > LongestToken || await ReadAsync(token, cancel) is not { } read) return null;
        var (actor, fault) = ActorOf(read, (await desk.CompanyAsync(cancel)).Get<AccessFacts>());
        if (fault is not null && log.IsNews($"{read.Subject}: {fault}", BetweenLines)) await log.WriteAsync(AccessLog.Nobody, AccessEvent.TokenRefused, $"{read.Subject}: {fault}");
        return actor;
    }

    public void Dispose() => keys?.Dispose();

    /// <summary>The token, once it is proved to be the provider's, for us, and of now.</summary>
    async Task<JsonWebToken?> ReadAsync(string token, CancellationToken cancel)
    {
        if (!Handler.CanReadToken(token)) return null;
        try
        {
            var claimed = Handler.ReadJsonWebToken(token);
            if (!Algorithms.Contains(claimed.Alg) || string.IsNullOrEmpty(claimed.Kid) || await keys!.FindAsync(claimed.Kid, cancel) is not { } key) return null;
            var result = await Handler.ValidateTokenAsync(claimed, new TokenValidationParameters
            {
                ValidAlgorithms = Algorithms, ValidIssuer = settings!.Issuer, ValidAudience = settings.Audience, IssuerSigningKey = key, LifetimeValidator = IsOfNow,
            });
            return result.IsValid ? claimed : null;
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException or FormatException or JsonException)
        {
            return null;
        }
    }

    bool IsOfNow(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var (now, skew) = (clock.GetUtcNow().UtcDateTime, TimeSpan.FromSeconds(settings!.ClockSkewSeconds));
        return expires is { } end && now < end + skew && !(now < notBefore - skew);
    }

    (Actor? Actor, string? Fault) ActorOf(JsonWebToken token, AccessFacts facts)
    {
        if (!token.TryGetPayloadValue<string>(settings!.NameClaim, out var name) || Numbers.Refuse("name", name) is not null || name == Keyring.BootstrapName)
            return (null, $"no name in {settings.NameClaim}");
        var user = facts.User(name);
        if (user is { IsEnabled: false }) return (null, $"{user.Name} is disabled");
        var roles = settings.Roles is { } map
            ? [.. Roles.All.Where(WordsAt(token, settings.RoleClaim).Select(word => map.GetValueOrDefault(word)).Contains)]
            : user?.Roles ?? [];
        if (roles.Count == 0) return (null, $"{name} has no role here");
        if (facts.ConflictsOf(name, roles) is [var conflict, ..]) return (null, $"{name} would be {conflict.First} and {conflict.Second}: {conflict.Why}");
        return (new Actor(ActorKind.Person, user?.Name ?? name, roles.ToHashSet(StringComparer.Ordinal)), null);
    }

    /// <summary>The words of a claim: one, a list of them, or several with blanks between; empty where there is none.</summary>
    static string[] WordsAt(JsonWebToken token, string claim)
    {
        using var payload = JsonDocument.Parse(Base64UrlEncoder.Decode(token.EncodedPayload));
        var at = payload.RootElement;
        if (!at.TryGetProperty(claim, out var value))
        {
            foreach (var step in claim.Split('.'))
                if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(step, out at)) return [];
            value = at;
        }

        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            JsonValueKind.Array => [.. value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)],
            _ => [],
        };
    }
}
