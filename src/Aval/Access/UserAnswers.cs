using Aval.Kernel;
using Aval.Kernel.Web;

namespace Aval.Access;

/// <summary>How a user proves who they are.</summary>
public enum SignsInBy
{
    Password,
    /// <summary>A password that an administrator gave and that was not changed yet.</summary>
    OneTimePassword,
    /// <summary>No password: by the identity provider alone.</summary>
    SingleSignOn,
}

/// <summary>The users, by name.</summary>
public sealed record UsersAnswer(IReadOnlyList<UserAnswer> Users);

/// <summary>A user as an administrator sees them.</summary>
/// <param name="PendingRoles">Roles that decide and wait for leadership: they give nothing yet.</param>
/// <param name="DisabledAt">Since when they may not come in; null while they may.</param>
/// <param name="AcceptedConflicts">Roles that should lie apart and that leadership has accepted for them.</param>
public sealed record UserAnswer(
    string Name, IReadOnlyList<string> Roles, string? FullName, string? Email, SignsInBy SignsInBy, DateTimeOffset CreatedAt, string CreatedBy,
    DateTimeOffset? DisabledAt, IReadOnlyList<AcceptedConflictAnswer> AcceptedConflicts, IReadOnlyList<string> PendingRoles)
{
    /// <param name="passwords">Who has a password, and whether it is for one time.</param>
    public static UserAnswer Of(User user, AccessFacts facts, IReadOnlyDictionary<string, bool> passwords) => new(
        user.Name, user.Roles, user.FullName, user.Email,
        !passwords.TryGetValue(user.Name, out var oneTime) ? SignsInBy.SingleSignOn : oneTime ? SignsInBy.OneTimePassword : SignsInBy.Password,
        user.CreatedAt, user.CreatedBy, user.DisabledAt,
        [.. facts.Accepted.Values.Where(conflict => string.Equals(conflict.Holder, user.Name, StringComparison.OrdinalIgnoreCase))
            .OrderBy(conflict => conflict.Id, StringComparer.Ordinal).Select(AcceptedConflictAnswer.Of)], user.PendingRoles);

    /// <summary>As it stands after a command.</summary>
    internal static async Task<Answered<UserAnswer>> OfAsync(Outcome outcome, ApiRequest request, CancellationToken cancel)
    {
        var company = await request.Desk.CompanyAsync(cancel);
        return Of(outcome.Row<User>() ?? company.Get<AccessFacts>().User(request.Route("name"))!, company.Get<AccessFacts>(), await request.Get<Passwords>().AllAsync(cancel));
    }
}

/// <param name="Roles">The two that should lie apart.</param>
public sealed record AcceptedConflictAnswer(IReadOnlyList<string> Roles, string Reason, DateTimeOffset AcceptedAt, string AcceptedBy)
{
    public static AcceptedConflictAnswer Of(AcceptedConflict conflict) => new([conflict.First, conflict.Second], conflict.Reason, conflict.AcceptedAt, conflict.AcceptedBy);
}

/// <summary>Reads who there is.</summary>
static class ReadUsers
{
    internal static void Map(Api api)
    {
        api.Get<UsersAnswer>("/users", Permissions.ReadUsers, "Lists the users, those who are disabled among them.", async (request, cancel) =>
        {
            var facts = (await request.Desk.CompanyAsync(cancel)).Get<AccessFacts>();
            var passwords = await request.Get<Passwords>().AllAsync(cancel);
            return new UsersAnswer([.. facts.Users.Values.OrderBy(user => user.Name, StringComparer.OrdinalIgnoreCase).Select(user => UserAnswer.Of(user, facts, passwords))]);
        });
        api.Get<UserAnswer>(
            "/users/{name}", Permissions.ReadUsers, "Reads one user.", async (request, cancel) =>
            {
                var facts = (await request.Desk.CompanyAsync(cancel)).Get<AccessFacts>();
                return facts.User(request.Route("name")) is { } user
                    ? UserAnswer.Of(user, facts, await request.Get<Passwords>().AllAsync(cancel))
                    : AccessProblems.UserUnknown.With($"There is no user {request.Route("name")}.", "name");
            },
            problems: [AccessProblems.UserUnknown]);
    }
}
