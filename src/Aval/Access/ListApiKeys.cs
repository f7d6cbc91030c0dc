using Aval.Kernel.Web;

namespace Aval.Access;

/// <summary>The keys that have not been revoked, by name.</summary>
public sealed record ApiKeysAnswer(IReadOnlyList<ListedApiKey> Keys);

/// <summary>A key as an administrator sees it: never the key itself.</summary>
public sealed record ListedApiKey(string Name, IReadOnlyList<string> Roles, DateOnly? Expires, DateTimeOffset CreatedAt, string CreatedBy);

static class ListApiKeys
{
    internal static void Map(Api api) => api.Get<ApiKeysAnswer>(
        "/api-keys", Permissions.MakeKeys, "Lists the keys that have not been revoked.", async (request, cancel) =>
        {
            var company = await request.Desk.CompanyAsync(cancel);
            return new ApiKeysAnswer([.. company.Get<ApiKeys>().ById.Values
                .OrderBy(key => key.Name, StringComparer.Ordinal).ThenBy(key => key.Id, StringComparer.Ordinal)
                .Select(key => new ListedApiKey(key.Name, key.Roles, key.Expires, key.CreatedAt, key.CreatedBy))]);
        });
}
