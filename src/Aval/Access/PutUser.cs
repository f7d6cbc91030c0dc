using Aval.Access.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;

namespace Aval.Access;

/// <summary>Who a user is, and their roles. What is not sent is taken away.</summary>
/// <param name="Roles">One or more of the roles of docs/permissions.md; those that should lie apart only where leadership has accepted it, and
/// those that decide once leadership has accepted them: until then they wait in <c>pendingRoles</c> and give nothing.</param>
public sealed record UserBody(IReadOnlyList<string> Roles, string? FullName = null, string? Email = null);

/// <summary>Enters a user or changes their roles. A new one has no password: an administrator gives one, or they come by single sign-on.</summary>
public sealed record PutUser(string User, UserBody Asked) : Command
{
    const int Longest = 200;

    internal static void Map(Api api) => api.Put<UserBody, UserAnswer>(
        "/users/{name}", Permissions.ManageUsers, "Enters a user, or changes their roles; a role that decides waits for leadership.",
        (body, request) => new PutUser(request.Route("name"), body), UserAnswer.OfAsync, [AccessProblems.OwnAccount, AccessProblems.RolesConflict]);

    public override string Name => "putUser";
    public override Subject Subject => Subject.Company;
    public override bool ChangesStructure => true;
    public override bool AlwaysLeavesEntry => false;

    public override Problem? Refuse()
    {
        if (Numbers.Refuse("name", User) is { } problem) return problem;
        if (string.Equals(User, Keyring.BootstrapName, StringComparison.OrdinalIgnoreCase))
            return KernelProblems.FieldInvalid.With($"name must not be {Keyring.BootstrapName}, which is the bootstrap key's.", "name");
        if (Asked.FullName?.Length > Longest) return KernelProblems.Invalid("fullName", $"must be at most {Longest} characters long");
        if (Asked.Email is { } email && (email.Length > Longest || email.IndexOf('@', StringComparison.Ordinal) < 1 || email.Any(char.IsWhiteSpace)))
            return KernelProblems.Invalid("email", "must be an address as maria@example.com");
        return RoleNames.Refuse(Asked.Roles);
    }

    public override Problem? Decide(Case @case)
    {
        var facts = @case.Facts.Get<AccessFacts>();
        var known = facts.User(User);
        if (Own.Refuse(@case.Actor, User) is { } own) return own;
        if (known is null && facts.Keys.Values.FirstOrDefault(key => string.Equals(key.Name, User, StringComparison.OrdinalIgnoreCase)) is { } key)
            return KernelProblems.FieldInvalid.With($"name must not be {key.Name}, which is a key's.", "name");
        var roles = RoleNames.Ordered(Asked.Roles);
        if (RoleNames.RefuseConflicts(facts, User, roles) is { } conflict) return conflict;
        // Whoever gives a role that decides could decide by it, under that name: it takes two.
        List<string> pending = facts.SetsUp(@case.Actor) ? [] : roles.Where(role => DecidingKeys.Roles.Contains(role) && known?.Roles.Contains(role) != true).ToList();
        var before = known ?? new User(User, [], null, null, @case.Now, @case.Actor.Name, null, null);
        var entered = before with
        {
            Roles = [.. roles.Except(pending)], PendingRoles = pending, FullName = Asked.FullName, Email = Asked.Email, AskedBy = Hands(@case.Actor, before, pending),
        };
        if (known is null || known with { Roles = entered.Roles, PendingRoles = pending } != entered || !known.Roles.SequenceEqual(entered.Roles)
            || !known.PendingRoles.SequenceEqual(pending))
            @case.Put(Access.User.Table, entered);
        return null;
    }

    /// <summary>Who asked for what waits already has a hand in it still.</summary>
    static string? Hands(Actor actor, User before, List<string> pending)
    {
        if (pending.Count == 0) return null;
        var known = before.PendingRoles.Count > 0 ? before.AskedBy?.Split('\n') ?? [] : [];
        return string.Join('\n', known.Concat(actor.Hands).Distinct(StringComparer.OrdinalIgnoreCase));
    }
}

/// <summary>Nobody changes their own rights, whichever capitals they write their name in.</summary>
static class Own
{
    public static Problem? Refuse(Actor actor, string user) => actor.Kind == ActorKind.Person && string.Equals(actor.Name, user, StringComparison.OrdinalIgnoreCase)
        ? AccessProblems.OwnAccount.With($"{actor.Name} is the caller.", "name")
        : null;
}
