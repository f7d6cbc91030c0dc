using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Aval.Kernel;
using Aval.Kernel.Storage;

namespace Aval.Access;

/// <summary>A key of another system or person. The key itself is shown once, when it is made; only its hash is kept.</summary>
/// <param name="Name">The name under which its holder acts; several keys may share it (the old and the new one of a change).</param>
/// <param name="Hash">SHA-256 of the key, in hexadecimal. The key has 256 random bits, so no salt or slow hash is needed.</param>
/// <param name="Expires">The last business date on which it is valid; null for none.</param>
public sealed record ApiKey(
    string Id, string Name, string Hash, IReadOnlyList<string> Roles, DateOnly? Expires, DateTimeOffset CreatedAt, string CreatedBy,
    DateTimeOffset? RevokedAt, string? RevokedBy)
{
    public const string Prefix = "aval_";

    /// <summary>A new key, 256 bits of the machine's randomness.</summary>
    public static string NewSecret() => Prefix + System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    public bool IsValidOn(DateOnly today) => RevokedAt is null && !(today > Expires);

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
        ],
        party: _ => Facts.Company,
        read: values => new ApiKey(
            values.Text(), values.Text(), values.Text(), values.Text().Split(' '), values.DateOrNull(), values.Instant(), values.Text(),
            values.InstantOrNull(), values.TextOrNull()),
        live: key => key.RevokedAt is null);
}

/// <summary>The keys that have not been revoked, by id.</summary>
public sealed record ApiKeys(ImmutableDictionary<string, ApiKey> ById) : IFactsSlice
{
    public static readonly ApiKeys None = new(ImmutableDictionary.Create<string, ApiKey>(StringComparer.Ordinal));

    /// <summary>The keys of one holder.</summary>
    public IEnumerable<ApiKey> Of(string name) => ById.Values.Where(key => key.Name == name);

    public IFactsSlice With(object row) => row is ApiKey key ? new ApiKeys(ById.SetItem(key.Id, key)) : this;
    public IFactsSlice Without(object row) => row is ApiKey key ? new ApiKeys(ById.Remove(key.Id)) : this;
    public object? Find(Type row, string key) => row == typeof(ApiKey) ? ById.GetValueOrDefault(key) : null;
    public IEnumerable<object> RowsOf(string party) => [];
}
