using System.Collections.Immutable;
using Aval.Access.Rules;
using Aval.Kernel;

namespace Aval.Access;

/// <summary>Who may come in: users by name, whatever its capitals; keys that have not been revoked; deputies; and the conflicts of roles that are accepted.</summary>
public sealed record AccessFacts(
    ImmutableDictionary<string, ApiKey> Keys, ImmutableDictionary<string, User> Users, ImmutableDictionary<string, Deputy> Deputies,
    ImmutableDictionary<string, AcceptedConflict> Accepted) : IFactsSlice
{
    public static readonly AccessFacts None = new(
        ImmutableDictionary.Create<string, ApiKey>(StringComparer.Ordinal), ImmutableDictionary.Create<string, User>(StringComparer.OrdinalIgnoreCase),
        ImmutableDictionary.Create<string, Deputy>(StringComparer.Ordinal), ImmutableDictionary.Create<string, AcceptedConflict>(StringComparer.Ordinal));

    /// <summary>The keys of one holder.</summary>
    public IEnumerable<ApiKey> KeysOf(string name) => Keys.Values.Where(key => key.Name == name);

    public User? User(string name) => Users.GetValueOrDefault(name);

    /// <summary>The user of this name, or the only one whose full name or mail address it is, however capitals are written.</summary>
    public User? Person(string name)
    {
        return User(name) ?? (Users.Values.Where(user => Is(user.FullName) || Is(user.Email)).Take(2).ToList() is [var only] ? only : null);

        bool Is(string? told) => string.Equals(told, name, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Who may sign in and whose full name or mail address has this text in it, or who is called so; null when nobody.</summary>
    public User? AtWork(string text)
    {
        return Users.Values.FirstOrDefault(user => user.IsEnabled && (user.Name.Equals(text, StringComparison.OrdinalIgnoreCase) || Has(user.FullName) || Has(user.Email)));

        bool Has(string? told) => told?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;
    }

    /// <summary>Whether somebody else than this one may come in and leads the company.</summary>
    public bool HasLeadership(string? but = null) => Users.Values.Any(
        user => user.IsEnabled && user.Roles.Contains(Roles.Leadership) && !string.Equals(user.Name, but, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether who decides needs nobody else to let them in: Aval itself, and the bootstrap key while nobody (else) leads the company.</summary>
    public bool SetsUp(Actor actor, string? but = null) => actor.Kind == ActorKind.Rule || (actor.Roles.Contains(Permission.AllRights) && !HasLeadership(but));

    /// <summary>Those with whose authority this one may decide on the day, by name; whoever may not come in lends none.</summary>
    public IEnumerable<User> LendersTo(string name, DateOnly today) =>
        from deputy in Deputies.Values
        where deputy.HoldsOn(today) && string.Equals(deputy.Name, name, StringComparison.OrdinalIgnoreCase)
        orderby deputy.Person, deputy.Id
        let person = User(deputy.Person)
        where person is { IsEnabled: true }
        select person;

    /// <summary>The conflicts among these roles that nobody has accepted for this holder.</summary>
    public IReadOnlyList<RoleConflict> ConflictsOf(string holder, IReadOnlyCollection<string> roles) =>
        [.. RoleConflicts.Of(roles).Where(conflict => !Accepted.ContainsKey(AcceptedConflict.IdOf(holder, conflict.First, conflict.Second)))];

    public IFactsSlice With(object row) => row switch
    {
        ApiKey key => this with { Keys = Keys.SetItem(key.Id, key) },
        User user => this with { Users = Users.SetItem(user.Name, user) },
        Deputy deputy => this with { Deputies = Deputies.SetItem(deputy.Id, deputy) },
        AcceptedConflict conflict => this with { Accepted = Accepted.SetItem(conflict.Id, conflict) },
        _ => this,
    };

    public IFactsSlice Without(object row) => row switch
    {
        ApiKey key => this with { Keys = Keys.Remove(key.Id) },
        User user => this with { Users = Users.Remove(user.Name) },
        Deputy deputy => this with { Deputies = Deputies.Remove(deputy.Id) },
        AcceptedConflict conflict => this with { Accepted = Accepted.Remove(conflict.Id) },
        _ => this,
    };

    public object? Find(Type row, string key) =>
        row == typeof(ApiKey) ? Keys.GetValueOrDefault(key)
        : row == typeof(User) ? User(key)
        : row == typeof(Deputy) ? Deputies.GetValueOrDefault(key)
        : row == typeof(AcceptedConflict) ? Accepted.GetValueOrDefault(key)
        : null;

    public IEnumerable<object> RowsOf(string party) => [];
}
