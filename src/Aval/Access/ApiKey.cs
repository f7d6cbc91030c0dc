using System.Security.Cryptography;
using System.Text;
using Aval.Kernel;
using Aval.Kernel.Storage;

namespace Aval.Access;

/// <summary>A key of another system or person. The key itself is shown once, when it is made; only its hash is kept.</summary>
/// <param name="Name">The name under which its holder acts; several keys may share it (the old and the new one of a change).</param>
/// <param name="Hash">SHA-256 of the key, in hexadecimal. The key has 256 random bits, so no salt or slow hash is needed.</param>
/// <param name="Expires">The last business date on which it is valid; null for none.</param>
/// <param name="Rights">The rights that it is narrowed to, of those its roles have; null for all of them.</param>
/// <param name="Maker">Who stood behind the key that made it, where a key made it that somebody had made; null else.</param>
/// <param name="RequestsPerSecond">How many requests it may send to the API; null for as many as the server allows everybody.</param>
/// <param name="RetiresAt">The instant from which it is valid no more, since another has taken its place; null for none.</param>
public sealed record ApiKey(
    string Id, string Name, string Hash, IReadOnlyList<string> Roles, DateOnly? Expires, DateTimeOffset CreatedAt, string CreatedBy,
    DateTimeOffset? RevokedAt, string? RevokedBy, IReadOnlyList<string>? Rights = null, bool ReadOnly = false, DateTimeOffset? RetiresAt = null,
    string? Maker = null, int? RequestsPerSecond = null)
{
    public const string Prefix = "aval_";

    /// <summary>A new key, 256 bits of the machine's randomness.</summary>
    public static string NewSecret() => Prefix + System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    public bool IsValidOn(DateOnly today, DateTimeOffset now) => RevokedAt is null && !(today > Expires) && !(now >= RetiresAt);

    public Actor ToActor() => Actor.Key(Name, Roles) with
    {
        Rights = Rights?.ToHashSet(StringComparer.Ordinal), IsReadOnly = ReadOnly, MadeBy = Maker ?? (CreatedBy == Keyring.BootstrapName ? null : CreatedBy),
        RequestsPerSecond = RequestsPerSecond,
    };

    public static readonly Table<ApiKey> Table = new(
        "api_key",
        [
            ("id", ColumnKind.Text, key => key.Id),
            ("name", ColumnKind.Text, key => key.Name),
            ("hash", ColumnKind.Text, key => key.Hash),
            ("roles", ColumnKind.Text, key => string.Join(' ', key.Roles)),
            ("expires", ColumnKind.Date, key => key.Expires),
            ("created_at", ColumnKind.Instant, key => key.CreatedAt),
            ("created_by", ColumnKind.Text, key => key.CreatedBy),
            ("revoked_at", ColumnKind.Instant, key => key.RevokedAt),
            ("revoked_by", ColumnKind.Text, key => key.RevokedBy),
            ("rights", ColumnKind.Text, key => key.Rights is { } rights ? string.Join(' ', rights) : null),
            ("read_only", ColumnKind.Flag, key => key.ReadOnly ? true : null),
            ("retires_at", ColumnKind.Instant, key => key.RetiresAt),
            ("maker", ColumnKind.Text, key => key.Maker),
            ("requests_per_second", ColumnKind.Whole, key => (long?)key.RequestsPerSecond),
        ],
        party: null,
        read: v => new ApiKey(
            v.Text(), v.Text(), v.Text(), v.Text().Split(' '), v.DateOrNull(), v.Instant(), v.Text(), v.InstantOrNull(), v.TextOrNull(), v.TextOrNull()?.Split(' '),
            v.FlagOrNull() == true, v.InstantOrNull(), v.TextOrNull(), (int?)v.WholeOrNull()),
        live: key => key.RevokedAt is null);
}
