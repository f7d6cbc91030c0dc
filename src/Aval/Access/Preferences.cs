using System.Collections.Immutable;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Web;

namespace Aval.Access;

/// <summary>What people and keys have chosen for themselves. It is kept beside the journal: a choice of columns is no business of those who read it.</summary>
sealed class Preferences(Store store) : IPreferences
{
    public async Task<Preferred> OfAsync(Actor actor, CancellationToken cancel)
    {
        var found = await Statement.ReadAsync(
            store, "SELECT name, value FROM preference WHERE holder = @holder ORDER BY name", reader => KeyValuePair.Create(reader.GetString(0), reader.GetString(1)),
            cancel, ("holder", actor.ToString()));
        return found.Count == 0 ? Preferred.Nothing : new Preferred(found.ToImmutableDictionary(StringComparer.Ordinal));
    }

    public Task KeepAsync(Actor actor, string name, string? value, CancellationToken cancel) => value is null
        ? Statement.RunAsync(store, "DELETE FROM preference WHERE holder = @holder AND name = @name", cancel, ("holder", actor.ToString()), ("name", name))
        : Statement.RunAsync(
            store,
            "INSERT INTO preference (holder, name, value) VALUES (@holder, @name, @value) ON CONFLICT (holder, name) DO UPDATE SET value = excluded.value", cancel,
            ("holder", actor.ToString()), ("name", name), ("value", value));
}
