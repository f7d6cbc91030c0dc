using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace Aval.Access;

/// <summary>The public keys of an identity provider: kept for an hour, and read again when a token names one that is not known.</summary>
sealed class IssuerKeys(SignOnSettings settings, TimeProvider clock, ILogger log) : IDisposable
{
    /// <summary>A provider that is asked too often by tokens that name invented keys would be ours to have brought down.</summary>
    public static readonly TimeSpan BetweenReads = TimeSpan.FromSeconds(10);

    static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);
    const int MostBytes = 256 * 1024;

    readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = TimeSpan.FromSeconds(5), MaxResponseContentBufferSize = MostBytes,
    };

    readonly SemaphoreSlim gate = new(1);
    Dictionary<string, SecurityKey> known = new(StringComparer.Ordinal);
    DateTimeOffset readAt = DateTimeOffset.MinValue;
    DateTimeOffset triedAt = DateTimeOffset.MinValue;

    /// <summary>The key of this id; null when the provider has none.</summary>
    public async Task<SecurityKey?> FindAsync(string id, CancellationToken cancel)
    {
        if (IsMissing(id)) await ReadAgainAsync(id, cancel);
        return known.GetValueOrDefault(id);
    }

    public void Dispose()
    {
        client.Dispose();
        gate.Dispose();
    }

    bool IsMissing(string id) => !known.ContainsKey(id) || clock.GetUtcNow() - readAt > KeptFor;

    async Task ReadAgainAsync(string id, CancellationToken cancel)
    {
        await gate.WaitAsync(cancel);
        try
        {
            var now = clock.GetUtcNow();
            if (!IsMissing(id) || now - triedAt < BetweenReads) return;
            triedAt = now;
            var set = new JsonWebKeySet(settings.IsAddress ? await client.GetStringAsync(settings.Keys, cancel) : await File.ReadAllTextAsync(settings.Keys, cancel));
            // A secret shared with the provider would let whoever may check a token make one.
            known = set.GetSigningKeys().Where(key => key is not SymmetricSecurityKey && key.KeyId is { Length: > 0 })
                .GroupBy(key => key.KeyId, StringComparer.Ordinal).ToDictionary(keys => keys.Key, keys => keys.First(), StringComparer.Ordinal);
            readAt = now;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or ArgumentException or UnauthorizedAccessException
                                  || (e is TaskCanceledException && !cancel.IsCancellationRequested))
        {
            log.LogWarning(e, "The identity provider's keys could not be read; those known stay valid");
        }
        finally
        {
            gate.Release();
        }
    }
}
