using System.Security.Cryptography;
using Aval.Kernel.Storage;

namespace Aval.Access;

/// <summary>By what a session was opened.</summary>
public enum SessionKind { User, Key }

/// <summary>Somebody who is signed in.</summary>
/// <param name="Hash">Of the token, which only its holder knows.</param>
/// <param name="Holder">The user's name, or the hash of the key.</param>
/// <param name="Agent">What opened it, as it named itself.</param>
public sealed record Session(string Hash, SessionKind Kind, string Holder, DateTimeOffset OpenedAt, DateTimeOffset UsedAt, string Agent)
{
    /// <summary>Tells it apart in a list, and opens nothing.</summary>
    public string Id => Hash[..16];

    public DateTimeOffset EndsAt => OpenedAt + SessionStore.Longest;
}

/// <summary>The sessions, kept in the store as hashes of their tokens: every node knows them, and one that is ended is ended everywhere at once.</summary>
sealed class SessionStore(Store store, TimeProvider clock)
{
    public const string Prefix = "avals_";

    /// <summary>Without a call for so long it ends.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromHours(2);

    /// <summary>It ends after so long, however much it was used.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    const int LongestAgent = 200;

    /// <summary>A use is written down when the last one is so old.</summary>
    static readonly TimeSpan BetweenUses = TimeSpan.FromMinutes(1);

    const string Columns = "s.hash, s.kind, s.holder, s.opened_at, s.used_at, s.agent";

    /// <summary>Those that are neither too old nor unused for too long, and whose password is still the one that opened them.</summary>
    const string Valid =
        "FROM session s LEFT JOIN password p ON s.kind = 'user' AND p.name = s.holder "
        + "WHERE s.used_at > @idle AND s.opened_at > @longest AND (s.kind <> 'user' OR p.changed_at = s.secret_at)";

    /// <returns>The token, which is told once.</returns>
    public async Task<string> OpenAsync(SessionKind kind, string holder, KeptPassword? password, string agent, CancellationToken cancel)
    {
        var token = Prefix + System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        await Statement.RunAsync(store, "DELETE FROM session WHERE used_at <= @idle OR opened_at <= @longest", cancel, [.. Bounds()]);
        await Statement.RunAsync(
            store,
            "INSERT INTO session (hash, kind, holder, opened_at, used_at, secret_at, agent) VALUES (@hash, @kind, @holder, @now, @now, @secret, @agent)", cancel,
            ("hash", ApiKey.HashOf(token)), ("kind", Words.Of(kind)), ("holder", holder), ("now", now),
            ("secret", password?.ChangedAt.ToUnixTimeMilliseconds() ?? 0), ("agent", agent.Length > LongestAgent ? agent[..LongestAgent] : agent));
        return token;
    }

    /// <summary>The session of this token; null when there is none that holds.</summary>
    /// <param name="isUse">False for what a page asks by itself: that nobody looks at it must not keep it open.</param>
    public async Task<Session?> FindAsync(string token, CancellationToken cancel, bool isUse = true)
    {
        var found = await Statement.ReadAsync(store, $"SELECT {Columns} {Valid} AND s.hash = @hash", Read, cancel, [.. Bounds(), ("hash", ApiKey.HashOf(token))]);
        if (found is not [var session]) return null;
        var now = clock.GetUtcNow();
        if (isUse && now - session.UsedAt > BetweenUses)
            await Statement.RunAsync(
                store, "UPDATE session SET used_at = @now WHERE hash = @hash", cancel, ("now", now.ToUnixTimeMilliseconds()), ("hash", session.Hash));
        return session;
    }

    /// <summary>Those of a holder that hold, the last used first.</summary>
    public Task<IReadOnlyList<Session>> OfAsync(string holder, CancellationToken cancel) => Statement.ReadAsync(
        store, $"SELECT {Columns} {Valid} AND s.holder = @holder ORDER BY s.used_at DESC, s.hash", Read, cancel, [.. Bounds(), ("holder", holder)]);

    public Task EndAsync(string hash, CancellationToken cancel) => Statement.RunAsync(store, "DELETE FROM session WHERE hash = @hash", cancel, ("hash", hash));

    /// <returns>How many there were.</returns>
    public Task<int> EndAllAsync(string holder, CancellationToken cancel) =>
        Statement.RunAsync(store, "DELETE FROM session WHERE holder = @holder", cancel, ("holder", holder));

    /// <summary>Lets this one go on although its user has chosen another password: they did it here.</summary>
    public Task KeepAsync(string hash, KeptPassword password, CancellationToken cancel) => Statement.RunAsync(
        store, "UPDATE session SET secret_at = @secret WHERE hash = @hash", cancel,
        ("secret", password.ChangedAt.ToUnixTimeMilliseconds()), ("hash", hash));

    IEnumerable<(string, object?)> Bounds()
    {
        var now = clock.GetUtcNow();
        yield return ("idle", (now - Idle).ToUnixTimeMilliseconds());
        yield return ("longest", (now - Longest).ToUnixTimeMilliseconds());
    }

    static Session Read(System.Data.Common.DbDataReader reader) => new(
        reader.GetString(0), Words.Parse<SessionKind>(reader.GetString(1)), reader.GetString(2), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(3)),
        DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(4)), reader.GetString(5));
}
