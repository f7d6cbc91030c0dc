namespace Aval.Kernel;

/// <summary>The right to one kind of act. Whoever has none of its roles is refused with <c>not-permitted</c>; there is no act without one.</summary>
/// <param name="Code">As docs/permissions.md names it: <c>enterOrders</c>.</param>
/// <param name="Roles">Who has it. The bootstrap key has all rights (rights, not authority).</param>
public sealed record Permission(string Code, params IReadOnlyList<string> Roles)
{
    /// <summary>Every use of it, and every refusal, stands in the access log.</summary>
    public bool IsLogged { get; init; }

    /// <summary>It needs no key: for what one calls to get one.</summary>
    public bool IsOpen => Roles.Contains(Anybody);

    public bool IsGrantedTo(Actor actor) => actor.Kind == ActorKind.Rule || IsOpen || (IsOfRoles(actor) && actor.Rights?.Contains(Code) != false);

    bool IsOfRoles(Actor actor) =>
        Roles.Any(actor.Roles.Contains) || actor.Roles.Contains(AllRights) || (Roles.Contains(EveryRole) && actor.Roles.Count > 0);

    /// <summary>Whoever asks, without a key. There is no reason for it beside signing in.</summary>
    public const string Anybody = "anybody";

    /// <summary>Whoever has any role.</summary>
    public const string EveryRole = "every role";

    /// <summary>Held by the bootstrap key alone.</summary>
    public const string AllRights = "*";
}
