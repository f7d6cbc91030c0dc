using Aval.Kernel;
using Aval.Kernel.Storage;

namespace Aval.Access;

/// <summary>A person with an account. Their password, if they have one, stands in <c>Passwords.cs</c>; others come by single sign-on.</summary>
/// <param name="Name">Under which they sign in and the journal keeps what they did; the same whatever its capitals.</param>
/// <param name="DisabledAt">Since when they may not come in; null while they may.</param>
public sealed record User(
    string Name, IReadOnlyList<string> Roles, string? FullName, string? Email, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset? DisabledAt, string? DisabledBy)
{
    /// <summary>Roles that decide and that an administrator has asked for: leadership accepts them, until then they give nothing.</summary>
    public IReadOnlyList<string> PendingRoles { get; init; } = [];

    /// <summary>All who have had a hand in asking for them, one a line; null where none are asked for.</summary>
    public string? AskedBy { get; init; }

    public bool IsEnabled => DisabledAt is null;

    /// <summary>Whether they decide, or would once leadership has accepted it: nobody alone comes in under their name.</summary>
    public bool Decides => Rules.DecidingKeys.Roles.Any(role => Roles.Contains(role) || PendingRoles.Contains(role));

    public Actor ToActor() => new(ActorKind.Person, Name, Roles.ToHashSet(StringComparer.Ordinal));

    public static readonly Table<User> Table = new(
        "user_account",
        [
            ("name", ColumnKind.Text, user => user.Name),
            ("roles", ColumnKind.Text, user => string.Join(' ', user.Roles)),
            ("full_name", ColumnKind.Text, user => user.FullName),
            ("email", ColumnKind.Text, user => user.Email),
            ("created_at", ColumnKind.Instant, user => user.CreatedAt),
            ("created_by", ColumnKind.Text, user => user.CreatedBy),
            ("disabled_at", ColumnKind.Instant, user => user.DisabledAt),
            ("disabled_by", ColumnKind.Text, user => user.DisabledBy),
            ("pending_roles", ColumnKind.Text, user => user.PendingRoles.Count == 0 ? null : string.Join(' ', user.PendingRoles)),
            ("roles_asked_by", ColumnKind.Text, user => user.AskedBy),
        ],
        party: null,
        read: v => new User(
            v.Text(), v.Text().Split(' ', StringSplitOptions.RemoveEmptyEntries), v.TextOrNull(), v.TextOrNull(), v.Instant(), v.Text(), v.InstantOrNull(), v.TextOrNull())
        {
            PendingRoles = v.TextOrNull()?.Split(' ') ?? [], AskedBy = v.TextOrNull(),
        },
        personal: [new("full_name"), new("email")]);
}
