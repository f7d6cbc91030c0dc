using Aval.Kernel.Web;

namespace Aval.Access;

/// <summary>The keys that have not been revoked, by name.</summary>
public sealed record ApiKeysAnswer(IReadOnlyList<ListedApiKey> Keys);

/// <summary>A key as an administrator sees it: never the key itself.</summary>
/// <param name="Rights">The rights that it is narrowed to; null for all that its roles have.</param>
/// <param name="RetiresAt">The instant from which it is valid no more, since another has taken its place; null for none.</param>
/// <param name="RequestsPerSecond">How many requests it may send, at each node; null for as many as the server allows everybody.</param>
/// <param name="LastUsed">To the minute; null for one that was never used.</param>
public sealed record ListedApiKey(
    string Name, IReadOnlyList<string> Roles, DateOnly? Expires, DateTimeOffset CreatedAt, string CreatedBy, IReadOnlyList<string>? Rights, bool ReadOnly,
    DateTimeOffset? RetiresAt, DateTimeOffset? LastUsed, int? RequestsPerSecond);

static class ListApiKeys
{
    internal static void Map(Api api) => api.Get<ApiKeysAnswer>(
        "/api-keys", Permissions.MakeKeys, "Lists the keys that have not been revoked, and when each was last used.", async (request, cancel) =>
            new ApiKeysAnswer(Of((await request.Desk.CompanyAsync(cancel)).Get<AccessFacts>(), await request.Get<KeyUses>().AllAsync(cancel))));

    public static IReadOnlyList<ListedApiKey> Of(AccessFacts facts, IReadOnlyDictionary<string, DateTimeOffset> uses) =>
    [
        .. facts.Keys.Values.OrderBy(key => key.Name, StringComparer.Ordinal).ThenBy(key => key.Id, StringComparer.Ordinal).Select(key => new ListedApiKey(
            key.Name, key.Roles, key.Expires, key.CreatedAt, key.CreatedBy, key.Rights, key.ReadOnly, key.RetiresAt,
            uses.TryGetValue(key.Id, out var used) ? used : null, key.RequestsPerSecond)),
    ];
}
