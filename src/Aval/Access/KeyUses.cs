using System.Collections.Concurrent;
using Aval.Kernel.Storage;

namespace Aval.Access;

/// <summary>When each key was last used: noted in memory at every call, written down some seconds later, to the minute.</summary>
sealed class KeyUses(Store store, TimeProvider clock)
{
    const long Minute = 60_000;

    readonly ConcurrentDictionary<string, long> noted = new(StringComparer.Ordinal);
    readonly Dictionary<string, long> kept = new(StringComparer.Ordinal);

    public void Note(string id) => noted[id] = clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Writes down what was noted and is a minute past what was written before. By one caller at a time.</summary>
    public async Task KeepAsync(CancellationToken cancel)
    {
        foreach (var (id, at) in noted)
        {
            if (kept.TryGetValue(id, out var before) && at - before < Minute) continue;
            await Statement.RunAsync(
                store,
                "INSERT INTO key_use (id, used_at) VALUES (@id, @at) ON CONFLICT (id) DO UPDATE SET used_at = excluded.used_at WHERE excluded.used_at > key_use.used_at",
                cancel, ("id", id), ("at", at));
            kept[id] = at;
        }
    }

    /// <summary>The last use of every key that was used, those of this node to the second.</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> AllAsync(CancellationToken cancel)
    {
        var all = (await Statement.ReadAsync(store, "SELECT id, used_at FROM key_use", reader => (Id: reader.GetString(0), At: reader.GetInt64(1)), cancel))
            .ToDictionary(use => use.Id, use => use.At, StringComparer.Ordinal);
        foreach (var (id, at) in noted)
            if (at > all.GetValueOrDefault(id)) all[id] = at;
        return all.ToDictionary(use => use.Key, use => DateTimeOffset.FromUnixTimeMilliseconds(use.Value), StringComparer.Ordinal);
    }
}
