using System.Globalization;
using Aval.Kernel;
using Aval.Kernel.Storage;

namespace Aval.Access;

/// <summary>What is kept of a user beside the journal.</summary>
/// <param name="PasswordChangedAt">When the password was set; the password itself is kept as a hash alone, and told to nobody.</param>
/// <param name="Preferences">What they have chosen for themselves, by name.</param>
/// <param name="Calls">What the access log tells of them.</param>
public sealed record UserTrace(
    DateTimeOffset? PasswordChangedAt, IReadOnlyList<UserSession> Sessions, IReadOnlyDictionary<string, string> Preferences, IReadOnlyList<AccessEntry> Calls);

/// <param name="Agent">The browser or program, as it named itself.</param>
public sealed record UserSession(DateTimeOffset OpenedAt, DateTimeOffset UsedAt, string Agent);

/// <summary>Passwords, sessions, preferences and the access log of one user: told as a whole, and forgotten as a whole but for the log, which only grows.</summary>
public sealed class UserTraces(Store store)
{
    /// <summary>Lines of the access log younger than this cannot be taken out: the database refuses it, whoever asks.</summary>
    public const int LogMonths = 12;

    public async Task<UserTrace> ReadAsync(string name, CancellationToken cancel)
    {
        var changed = await Statement.ReadAsync(
            store, "SELECT changed_at FROM password WHERE name = @name", reader => DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(0)), cancel, ("name", name));
        var sessions = await Statement.ReadAsync(
            store, "SELECT opened_at, used_at, agent FROM session WHERE kind = 'user' AND holder = @name ORDER BY opened_at, hash",
            reader => new UserSession(
                DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(0)), DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(1)), reader.GetString(2)),
            cancel, ("name", name));
        var preferences = await Statement.ReadAsync(
            store, "SELECT name, value FROM preference WHERE holder = @holder ORDER BY name", reader => KeyValuePair.Create(reader.GetString(0), reader.GetString(1)),
            cancel, ("holder", HolderOf(name)));
        return new UserTrace(
            changed is [var at] ? at : null, sessions, new Dictionary<string, string>(preferences, StringComparer.Ordinal),
            await new AccessLog(store, TimeProvider.System).ReadAsync(new AccessAsked(null, null, HolderOf(name)), null, int.MaxValue, cancel));
    }

    /// <summary>They are signed out and have no password any more.</summary>
    public async Task ForgetAsync(string name, CancellationToken cancel)
    {
        await Statement.RunAsync(store, "DELETE FROM session WHERE kind = 'user' AND holder = @name", cancel, ("name", name));
        await Statement.RunAsync(store, "DELETE FROM password WHERE name = @name", cancel, ("name", name));
        await Statement.RunAsync(store, "DELETE FROM preference WHERE holder = @holder", cancel, ("holder", HolderOf(name)));
        await new LockOut(store, TimeProvider.System).ForgetAsync(name, cancel);
    }

    /// <summary>Takes lines of the access log out that are older than so many months, at least <see cref="LogMonths"/>.</summary>
    /// <returns>How many.</returns>
    public Task<int> ForgetLogAsync(DateTimeOffset now, int months, CancellationToken cancel) => Statement.RunAsync(
        store, "DELETE FROM access_log WHERE id < @before", cancel,
        ("before", now.AddMonths(-Math.Max(months, LogMonths)).AddDays(-1).ToUnixTimeMilliseconds().ToString("x12", CultureInfo.InvariantCulture)));

    static string HolderOf(string name) => $"person:{name}";
}
