using Aval.Access;
using Aval.Kernel;
using Aval.Kernel.Journal;
using Aval.Kernel.Storage;
using Aval.Kernel.Web;

namespace Aval.Persons;

/// <summary>Whose data is meant.</summary>
/// <param name="Name">A user's name, or a name or address as it was written, at least three characters; capitals make no difference.</param>
public sealed record PersonBody(string Name)
{
    const int Shortest = 3;

    /// <summary>Null where the name is long enough to mean somebody.</summary>
    public static Problem? Refuse(string name) => name.Trim().Length < Shortest ? KernelProblems.Invalid("name", $"must have at least {Shortest} characters") : null;
}

/// <summary>All that is stored about a person.</summary>
/// <param name="User">Their account as it is now; null for one who is no user.</param>
/// <param name="Account">What is kept of a user beside the journal.</param>
/// <param name="Acts">What they have done: every entry of the journal that names them as the actor.</param>
/// <param name="Texts">Names, contacts and free texts beside the journal that name them. Of a field of several texts it is the array of them all.</param>
/// <param name="Rows">Columns of rows, closed and replaced ones too, that name them: whom a decision, an order or a contact is of.</param>
public sealed record PersonAnswer(
    string Name, PersonUser? User, UserTrace? Account, IReadOnlyList<NamedAct> Acts, IReadOnlyList<NamedText> Texts, IReadOnlyList<NamedColumn> Rows);

/// <param name="Keys">Names of the keys that they have made and that are not revoked.</param>
public sealed record PersonUser(
    string Name, IReadOnlyList<string> Roles, string? FullName, string? Email, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset? DisabledAt, IReadOnlyList<string> Keys);

/// <summary>Tells a person what is kept of them: their account, what they did, and where they are named.</summary>
public static class ExportPerson
{
    internal static void Map(Api api) => api.Post<PersonBody, PersonAnswer>(
        "/person-exports", PersonPermissions.ExportPersons, "Tells all that is stored about a person.",
        async (body, request, cancel) => PersonBody.Refuse(body.Name) is { } problem ? problem : await ReadAsync(request.Desk.Everything, body.Name.Trim(), cancel));

    /// <summary>A walk through the whole store, in one snapshot but for what stands outside the journal.</summary>
    public static async Task<PersonAnswer> ReadAsync(Store store, string name, CancellationToken cancel)
    {
        await using var reader = await store.Whole.SnapshotAsync(cancel);
        var search = new PersonSearch(store.Composition, reader);
        var access = await reader.RootAsync(Facts.Company, cancel) is { } row ? (await reader.LoadAsync([row], cancel))[0].Get<AccessFacts>() : AccessFacts.None;
        var user = access.Person(name);
        return new PersonAnswer(
            name,
            user is null ? null : new PersonUser(
                user.Name, user.Roles, user.FullName, user.Email, user.CreatedAt, user.CreatedBy, user.DisabledAt,
                [.. access.Keys.Values.Where(key => key.CreatedBy == user.Name).Select(key => key.Name).Distinct().Order(StringComparer.Ordinal)]),
            user is null ? null : await new UserTraces(store.Whole).ReadAsync(user.Name, cancel),
            await search.ActsAsync($"person:{user?.Name ?? name}", cancel),
            await search.TextsAsync(name, cancel).ToListAsync(cancel),
            await search.ColumnsAsync(name, cancel).ToListAsync(cancel));
    }
}
