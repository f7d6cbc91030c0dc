namespace Aval.Kernel;

/// <summary>Who does something: a person, a key of another system, or a rule of Aval itself.</summary>
/// <param name="Kind">Person, key or rule.</param>
/// <param name="Name">The name that the journal keeps; for a rule its code, as <c>due</c> or <c>autoRelease</c>.</param>
/// <param name="Roles">The roles it acts in (docs/permissions.md); empty for rules, which need no permission.</param>
public sealed record Actor(ActorKind Kind, string Name, IReadOnlySet<string> Roles)
{
    public static Actor Rule(string code) => new(ActorKind.Rule, code, EmptyRoles);
    public static Actor Key(string name, params IEnumerable<string> roles) => new(ActorKind.Key, name, roles.ToHashSet(StringComparer.Ordinal));

    /// <summary>The rights that it is narrowed to, of those that its roles have; null for all of them.</summary>
    public IReadOnlySet<string>? Rights { get; init; }

    /// <summary>It may look, and change nothing.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>How many requests a second it may send to the API; null for as many as the server allows everybody.</summary>
    public int? RequestsPerSecond { get; init; }

    /// <summary>Of a key who made it, and so may have it in hand; null of others, and of keys that the bootstrap key made.</summary>
    public string? MadeBy { get; init; }

    /// <summary>The names that may stand behind what it does: its own, and of a key whoever made it.</summary>
    public IReadOnlyList<string> Hands => MadeBy is { } maker ? [Name, maker] : [Name];

    /// <summary>Whether one person may stand behind this actor and these names: they are one, one made the other's key, or somebody made the keys of both.</summary>
    /// <param name="hands">Of another act (<see cref="Hands"/>), in any capitals.</param>
    public bool MayBe(IEnumerable<string?> hands) => hands.Any(hand => Hands.Contains(hand, StringComparer.OrdinalIgnoreCase));

    static readonly IReadOnlySet<string> EmptyRoles = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>As the journal writes it: <c>key:maria</c>, <c>rule:due</c>.</summary>
    public override string ToString() => Kind switch
    {
        ActorKind.Person => "person:" + Name,
        ActorKind.Key => "key:" + Name,
        ActorKind.Rule => "rule:" + Name,
    };
}

public enum ActorKind { Person, Key, Rule }
