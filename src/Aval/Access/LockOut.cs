using Aval.Kernel.Storage;

namespace Aval.Access;

/// <summary>How often somebody may try a name before it is locked for a while. Counted for every name that is typed, so that a lock tells nobody who exists.</summary>
sealed class LockOut(Store store, TimeProvider clock)
{
    public const int MostAttempts = 5;
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(15);

    /// <summary>Counts an attempt before it is looked at, so that many at once are no more guesses than one after the other.</summary>
    /// <returns>How long the name is still locked; null when the attempt may be looked at.</returns>
    public async Task<TimeSpan?> CountAsync(string name, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        // What has run out counts for nothing, and is not kept.
        await Statement.RunAsync(store, "DELETE FROM sign_in_attempt WHERE until <= @now", cancel, ("now", now.ToUnixTimeMilliseconds()));
        var (attempts, until) = (await Statement.ReadAsync(
            store,
            "INSERT INTO sign_in_attempt (name_hash, attempts, until) VALUES (@name, 1, @until) ON CONFLICT (name_hash) DO UPDATE "
            + "SET attempts = sign_in_attempt.attempts + 1, "
            + $"until = CASE WHEN sign_in_attempt.attempts < {MostAttempts} THEN excluded.until ELSE sign_in_attempt.until END RETURNING attempts, until",
            reader => (reader.GetInt64(0), reader.GetInt64(1)), cancel, ("name", HashOf(name)), ("until", (now + Lasts).ToUnixTimeMilliseconds())))[0];
        return attempts > MostAttempts ? DateTimeOffset.FromUnixTimeMilliseconds(until) - now : null;
    }

    /// <summary>Forgets the attempts: it was them, or an administrator has given them a new password.</summary>
    public Task ForgetAsync(string name, CancellationToken cancel) =>
        Statement.RunAsync(store, "DELETE FROM sign_in_attempt WHERE name_hash = @name", cancel, ("name", HashOf(name)));

    static string HashOf(string name) => ApiKey.HashOf(name.Trim().ToUpperInvariant());
}
