using Aval.Kernel;
using Aval.Kernel.Storage;

namespace Aval.Access;

/// <summary>A person with an account. Their password, if they have one, stands in <c>Passwords.cs</c>; others come by single sign-on.</summary>
/// <param name="Name">Under which they sign in and the journal keeps what they did; the same whatever its capitals.</param>
/// <param name="DisabledAt">Since when they may not come in; null while they may.</param>
public sealed record User(
    string Name, IReadOnlyList<string> Roles, string? FullName, string? Email, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset? DisabledAt, string? DisabledBy)
{
    public bool IsEnabled => DisabledAt is null;

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
        ],
        party: _ => Facts.Company,
        read: v => new User(
            v.Text(), v.Text().Split(' '), v.TextOrNull(), v.TextOrNull(), v.Instant(), v.Text(), v.InstantOrNull(), v.TextOrNull()),
        personal: [new("full_name"), new("email")]);
}
