using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;
using Microsoft.Extensions.Logging;

namespace Aval.Access;

/// <summary>The valid keys in memory, so that a call costs no look at the database.</summary>
/// <remarks>A key revoked on this node stops working at once, on another node within <see cref="Refresh"/>. A key made on another node works at
/// once: one that is not known is looked for in the database before it is refused, at most five looks a second, however many ask.</remarks>
public sealed class Keyring : Recurring
{
    public const string BootstrapName = "bootstrap";

    static readonly TimeSpan Refresh = TimeSpan.FromSeconds(2);
    static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);
    static readonly Actor Bootstrap = Actor.Key(BootstrapName, Roles.Administrator, Permission.AllRights);

    readonly Desk desk;
    readonly KeyUses uses;
    readonly TimeProvider clock;
    readonly Lock gate = new();
    byte[]? bootstrapHash;
    Task? nextLook;
    Known known = new(-1, DateOnly.MinValue, FrozenDictionary<string, (ApiKey, Actor)>.Empty);

    internal Keyring(Desk desk, KeyUses uses, ServerOptions options, ILogger<Keyring> log) : base(Refresh, log)
    {
        (this.desk, this.uses, clock) = (desk, uses, options.Clock);
        if (options.AdminKey is { } given) bootstrapHash = HashOf(given);
    }

    sealed record Known(long Sequence, DateOnly Today, FrozenDictionary<string, (ApiKey Key, Actor Actor)> ByHash);

    public async ValueTask<Actor?> FindAsync(string key, CancellationToken cancel)
    {
        if (IsBootstrap(HashOf(key))) return Bootstrap;
        return key.StartsWith(ApiKey.Prefix, StringComparison.Ordinal) ? await FindKnownAsync(ApiKey.HashOf(key), cancel) : null;
    }

    /// <summary>The actor of the key with this hash, which somebody presented before (<see cref="ApiKey.HashOf"/>); null when it is valid no more.</summary>
    public async ValueTask<Actor?> FindHashAsync(string hash, CancellationToken cancel) =>
        IsBootstrap(Convert.FromHexString(hash)) ? Bootstrap : await FindKnownAsync(hash, cancel);

    async ValueTask<Actor?> FindKnownAsync(string hash, CancellationToken cancel)
    {
        if (!known.ByHash.ContainsKey(hash)) await LookAsync().WaitAsync(cancel);
        if (!known.ByHash.TryGetValue(hash, out var found) || !found.Key.IsValidOn(known.Today, clock.GetUtcNow())) return null;
        uses.Note(found.Key.Id);
        return found.Actor;
    }

    /// <summary>Takes the keys from the company's facts, unless newer ones are known.</summary>
    public void Show(Facts company)
    {
        lock (gate)
        {
            if (company.Sequence < known.Sequence) return;
            if (company.Sequence == known.Sequence && company.Through == known.Today) return;
            var byHash = company.Get<AccessFacts>().Keys.Values.Where(key => key.RevokedAt is null)
                .ToFrozenDictionary(key => key.Hash, key => (key, key.ToActor()), StringComparer.Ordinal);
            known = new Known(company.Sequence, company.Through, byHash);
        }
    }

    /// <summary>Makes a bootstrap key for this run when the store has no keys and none was given; null when there is another way in.</summary>
    public string? MakeBootstrapKey()
    {
        if (bootstrapHash is not null || known.ByHash.Count > 0) return null;
        var made = ApiKey.NewSecret();
        bootstrapHash = HashOf(made);
        return made;
    }

    protected override string Purpose => "to read the keys again; those known stay valid";

    protected override async Task TurnAsync(CancellationToken cancel)
    {
        await LookAsync().WaitAsync(cancel);
        await TriedAsync("to write down when keys were used", uses.KeepAsync, cancel);
    }

    /// <summary>A look at the database that begins after this call; those who ask while it is being prepared share it.</summary>
    Task LookAsync()
    {
        lock (gate) return nextLook ??= NextLookAsync();

        async Task NextLookAsync()
        {
            await Task.Delay(BetweenLooks);
            lock (gate) nextLook = null;
            Show(await desk.CompanyAsync(CancellationToken.None));
        }
    }

    // In constant time over the hash: how much of a guess was right must not be measurable.
    bool IsBootstrap(byte[] presented) => bootstrapHash is { } hash && CryptographicOperations.FixedTimeEquals(presented, hash);

    static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
