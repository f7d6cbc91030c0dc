using Aval.Access.Rules;
using Aval.Kernel;
using Aval.Kernel.Web;

namespace Aval.Access;

/// <summary>Roles that should lie apart and that one user or key may have together.</summary>
/// <param name="Roles">All that they are to have: each pair among them that should lie apart is accepted.</param>
/// <param name="Key">True to accept a key of this name that decides by these roles, which an administrator then may make.</param>
public sealed record RoleConflictBody(IReadOnlyList<string> Roles, string Reason, bool Key = false);

/// <summary>The conflicts that were accepted.</summary>
public sealed record RoleConflictAnswer(string Name, IReadOnlyList<AcceptedConflictAnswer> Accepted);

/// <summary>Leadership lets a user or key have roles that should lie apart; the journal keeps why. The roles themselves an administrator gives.</summary>
public sealed record AcceptRoleConflict(string Holder, RoleConflictBody Asked) : Command
{
    internal static void Map(Api api) => api.Post<RoleConflictBody, RoleConflictAnswer>(
        "/users/{name}/role-conflicts", Permissions.AcceptRoleConflicts, "Accepts that a user or key of this name has roles that should lie apart.",
        (body, request) => new AcceptRoleConflict(request.Route("name"), body),
        (outcome, request) => new RoleConflictAnswer(request.Route("name"), [.. outcome.Rows.OfType<AcceptedConflict>().Select(AcceptedConflictAnswer.Of)]),
        [AccessProblems.OwnAccount]);

    public override string Name => "acceptRoleConflict";
    public override Subject Subject => Subject.Company;
    public override bool ChangesStructure => true;

    public override Problem? Refuse()
    {
        if (Numbers.Refuse("name", Holder) is { } problem) return problem;
        if (RoleNames.Refuse(Asked.Roles) is { } unknown) return unknown;
        if (string.IsNullOrWhiteSpace(Asked.Reason)) return KernelProblems.Invalid("reason", "must say why");
        return Pairs().Count > 0 ? null : KernelProblems.Invalid("roles", Asked.Key ? (Wording)"must hold one that decides" : "must hold two that should lie apart");
    }

    public override Problem? Decide(Case @case)
    {
        if (Own.Refuse(@case.Actor, Holder) is { } own) return own;
        @case.Reason = Asked.Reason;
        foreach (var (first, second) in Pairs())
            @case.Put(AcceptedConflict.Table, new AcceptedConflict(Holder, first, second, Asked.Reason, @case.Now, @case.Actor.Name));
        return null;
    }

    IReadOnlyList<(string First, string Second)> Pairs() =>
    [
        .. RoleConflicts.Of(RoleNames.Ordered(Asked.Roles)).Select(conflict => (conflict.First, conflict.Second)),
        .. Asked.Key ? DecidingKeys.Of(Asked.Roles, null, readOnly: false).Select(role => (DecidingKeys.Holder, role)) : [],
    ];
}
