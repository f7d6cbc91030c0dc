using Aval.Kernel;
using Aval.Kernel.Web;

namespace Aval.Access;

/// <summary>Leadership accepts or refuses the roles that decide and that an administrator has asked for. Accepted, they are the user's from the next call on.</summary>
public sealed record AcceptRoles(string User, bool Accepts, AccessReason Why) : Command
{
    internal static void Map(Api api)
    {
        api.Post<AccessReason, UserAnswer>(
            "/users/{name}/pending-roles/accept", Permissions.AcceptRoleConflicts, "Accepts the roles that decide and that an administrator has asked for.",
            (body, request) => new AcceptRoles(request.Route("name"), true, body), UserAnswer.OfAsync,
            [AccessProblems.UserUnknown, AccessProblems.OwnAccount, AccessProblems.RolesNotPending, AccessProblems.SecondPersonNeeded, AccessProblems.RolesConflict]);
        api.Post<AccessReason, UserAnswer>(
            "/users/{name}/pending-roles/refuse", Permissions.AcceptRoleConflicts, "Refuses the roles that an administrator has asked for, with the reason.",
            (body, request) => new AcceptRoles(request.Route("name"), false, body), UserAnswer.OfAsync,
            [AccessProblems.UserUnknown, AccessProblems.OwnAccount, AccessProblems.RolesNotPending]);
    }

    public override string Name => Accepts ? "acceptRoles" : "refuseRoles";
    public override Subject Subject => Subject.Company;
    public override bool ChangesStructure => true;
    public override Problem? Refuse() => AccessReason.Refuse(Why);

    public override Problem? Decide(Case @case)
    {
        var facts = @case.Facts.Get<AccessFacts>();
        if (facts.User(User) is not { } user) return AccessProblems.UserUnknown.With($"There is no user {User}.", "name");
        if (Own.Refuse(@case.Actor, User) is { } own) return own;
        if (user.PendingRoles.Count == 0) return AccessProblems.RolesNotPending.With($"No roles wait for {user.Name}.");
        @case.Reason = Why.Reason;
        if (Accepts)
        {
            if (SecondPerson.Refuse(facts, @case.Actor, user, user.AskedBy) is { } same) return same;
            var roles = RoleNames.Ordered([.. user.Roles, .. user.PendingRoles]);
            if (RoleNames.RefuseConflicts(facts, user.Name, roles) is { } conflict) return conflict;
            @case.Put(Access.User.Table, user with { Roles = roles, PendingRoles = [], AskedBy = null });
            return null;
        }

        @case.Put(Access.User.Table, user with { PendingRoles = [], AskedBy = null });
        return null;
    }
}

/// <summary>Nobody alone lets in who decides.</summary>
static class SecondPerson
{
    /// <summary>Refuses with <c>access-same-person</c> who asked for it, a key of theirs, and the bootstrap key where somebody else leads the company.</summary>
    /// <param name="hands">Of those who asked, one a line.</param>
    public static Problem? Refuse(AccessFacts facts, Actor actor, User user, string? hands)
    {
        if (actor.MayBe((hands ?? "").Split('\n'))) return AccessProblems.SecondPersonNeeded.With($"{actor.Name} asked for it, or has a key of one who did in hand.");
        return actor.Roles.Contains(Permission.AllRights) && facts.HasLeadership(user.Name)
            ? AccessProblems.SecondPersonNeeded.With("The bootstrap key stands for leadership only while nobody leads the company.")
            : null;
    }
}
