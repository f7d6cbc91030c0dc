using Aval.Kernel;
using Aval.Kernel.Web;

namespace Aval.Access;

/// <param name="Reason">Why, as the journal keeps it.</param>
public sealed record AccessReason(string Reason)
{
    internal static Problem? Refuse(AccessReason body) => string.IsNullOrWhiteSpace(body.Reason) ? KernelProblems.Invalid("reason", "must say why") : null;
}

/// <summary>Ends a user's access, or gives it back: their sessions and tokens open nothing from the next call on.</summary>
public sealed record DisableUser(string User, AccessReason Why, bool Disabled) : Command
{
    internal static void Map(Api api)
    {
        api.Post<AccessReason, UserAnswer>(
            "/users/{name}/disable", Permissions.ManageUsers, "Ends a user's access at once.",
            (body, request) => new DisableUser(request.Route("name"), body, true), UserAnswer.OfAsync, [AccessProblems.UserUnknown, AccessProblems.OwnAccount]);
        api.Post<AccessReason, UserAnswer>(
            "/users/{name}/enable", Permissions.ManageUsers, "Gives a user access again.",
            (body, request) => new DisableUser(request.Route("name"), body, false), UserAnswer.OfAsync,
            [AccessProblems.UserUnknown, AccessProblems.OwnAccount, AccessProblems.RolesConflict]);
    }

    public override string Name => Disabled ? "disableUser" : "enableUser";
    public override Subject Subject => Subject.Company;
    public override bool ChangesStructure => true;
    public override bool AlwaysLeavesEntry => false;
    public override Problem? Refuse() => AccessReason.Refuse(Why);

    public override Problem? Decide(Case @case)
    {
        var facts = @case.Facts.Get<AccessFacts>();
        if (facts.User(User) is not { } user) return AccessProblems.UserUnknown.With($"There is no user {User}.", "name");
        if (Own.Refuse(@case.Actor, User) is { } own) return own;
        if (user.IsEnabled != Disabled) return null;
        if (!Disabled && RoleNames.RefuseConflicts(facts, user.Name, user.Roles) is { } conflict) return conflict;
        @case.Reason = Why.Reason;
        @case.Put(Access.User.Table, user with { DisabledAt = Disabled ? @case.Now : null, DisabledBy = Disabled ? @case.Actor.Name : null });
        return null;
    }
}
