using Aval.Kernel;
using Aval.Kernel.Web;

namespace Aval.Access;

/// <summary>Who a user is, and their roles. What is not sent is taken away.</summary>
/// <param name="Roles">One or more of the roles of docs/permissions.md; those that should lie apart only where leadership has accepted it.</param>
public sealed record UserBody(IReadOnlyList<string> Roles, string? FullName = null, string? Email = null);

/// <summary>Enters a user or changes their roles. A new one has no password: an administrator gives one, or they come by single sign-on.</summary>
public sealed record PutUser(string User, UserBody Asked) : Command
{
    const int Longest = 200;

    internal static void Map(Api api) => api.Put<UserBody, UserAnswer>(
        "/users/{name}", Permissions.ManageUsers, "Enters a user, or changes their roles.",
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
        var entered = known is null
            ? new User(User, roles, Asked.FullName, Asked.Email, @case.Now, @case.Actor.Name, null, null)
            : known with { Roles = roles, FullName = Asked.FullName, Email = Asked.Email };
        if (known is null || known with { Roles = roles } != entered || !known.Roles.SequenceEqual(roles)) @case.Put(Access.User.Table, entered);
        return null;
    }
}

/// <summary>Nobody changes their own rights, whichever capitals they write their name in.</summary>
static class Own
{
    public static Problem? Refuse(Actor actor, string user) => actor.Kind == ActorKind.Person && string.Equals(actor.Name, user, StringComparison.OrdinalIgnoreCase)
        ? AccessProblems.OwnAccount.With($"{actor.Name} is the caller.", "name")
        : null;
}
