using System.Security.Cryptography;
using Aval.Kernel.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Aval.Access;

/// <summary>What is kept of a password.</summary>
/// <param name="OneTime">Whoever signs in with it must choose another first.</param>
public sealed record KeptPassword(string Hash, DateTimeOffset ChangedAt, bool OneTime);

/// <summary>The passwords of users: kept as the framework's slow, salted hashes, in the store and never in the journal.</summary>
sealed class Passwords(Store store, TimeProvider clock) : IDisposable
{
    // PBKDF2 with HMAC-SHA512, as many rounds as OWASP's cheat sheet on storing passwords asks for.
    static readonly PasswordHasher<string> Hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = 210_000 }));

    /// <summary>Checked for whoever is unknown, so that it takes as long as for a user.</summary>
    static readonly Lazy<string> Nobodys = new(() => Hasher.HashPassword("", NewSecret()));

    // A hash takes a tenth of a second of a core: whoever guesses at many at once must not take the machine from those who work.
    readonly SemaphoreSlim atOnce = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>A password to be changed at the first sign-in: 100 random bits, readable over a telephone.</summary>
    public static string NewSecret() => string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 5)));

    public async Task<KeptPassword?> OfAsync(string name, CancellationToken cancel)
    {
        var kept = await Statement.ReadAsync(
            store, "SELECT hash, changed_at, one_time FROM password WHERE name = @name",
            reader => new KeptPassword(reader.GetString(0), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(1)), reader.GetInt64(2) != 0), cancel, ("name", name));
        return kept is [var one] ? one : null;
    }

    /// <summary>The names of those who have one, and whether it is for one time.</summary>
    public async Task<IReadOnlyDictionary<string, bool>> AllAsync(CancellationToken cancel) =>
        (await Statement.ReadAsync(store, "SELECT name, one_time FROM password", reader => (Name: reader.GetString(0), OneTime: reader.GetInt64(1) != 0), cancel))
        .ToDictionary(kept => kept.Name, kept => kept.OneTime, StringComparer.OrdinalIgnoreCase);

    /// <summary>Sets it; every session that another one opened ends by that.</summary>
    public async Task<KeptPassword> SetAsync(string name, string password, bool oneTime, CancellationToken cancel)
    {
        var hash = await SlowlyAsync(() => Hasher.HashPassword(name, password), cancel);
        return await KeepAsync(name, hash, oneTime, cancel);
    }

    /// <summary>The same password for several, hashed once: for a demonstration, where everybody knows it.</summary>
    public async Task SetAllAsync(IEnumerable<string> names, string password, CancellationToken cancel)
    {
        var hash = Hasher.HashPassword("", password);
        foreach (var name in names) await KeepAsync(name, hash, oneTime: false, cancel);
    }

    /// <summary>True when it is the password that is kept; for a user without one it takes as long and is false.</summary>
    public async Task<bool> IsRightAsync(KeptPassword? kept, string password, CancellationToken cancel)
    {
        var result = await SlowlyAsync(() => Hasher.VerifyHashedPassword("", kept?.Hash ?? Nobodys.Value, password), cancel);
        return kept is not null && result != PasswordVerificationResult.Failed;
    }

    public void Dispose() => atOnce.Dispose();

    async Task<KeptPassword> KeepAsync(string name, string hash, bool oneTime, CancellationToken cancel)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        await Statement.RunAsync(
            store,
            "INSERT INTO password (name, hash, changed_at, one_time) VALUES (@name, @hash, @now, @oneTime) ON CONFLICT (name) DO UPDATE "
            + "SET hash = excluded.hash, one_time = excluded.one_time, "
            + "changed_at = CASE WHEN excluded.changed_at > password.changed_at THEN excluded.changed_at ELSE password.changed_at + 1 END",
            cancel, ("name", name), ("hash", hash), ("now", now), ("oneTime", oneTime ? 1L : 0L));
        return (await OfAsync(name, cancel))!;
    }

    async Task<T> SlowlyAsync<T>(Func<T> hash, CancellationToken cancel)
    {
        await atOnce.WaitAsync(cancel);
        try
        {
            return await Task.Run(hash, cancel);
        }
        finally
        {
            atOnce.Release();
        }
    }
}
