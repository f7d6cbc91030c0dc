namespace Aval.Kernel;

/// <summary>The right to one kind of act. Whoever has none of its roles is refused with <c>not-permitted</c>; there is no act without one.</summary>
/// <param name="Code">As docs/permissions.md names it: <c>enterOrders</c>.</param>
/// <param name="Roles">Who has it. The bootstrap key has all rights (rights, not authority).</param>
public sealed record Permission(string Code, params IReadOnlyList<string> Roles)
{
    public bool IsGrantedTo(Actor actor) => 
        actor.Kind == ActorKind.Rule || Roles.Any(actor.Roles.Contains) || actor.Roles.Contains(AllRights) || (Roles.Contains(EveryRole) && actor.Roles.Count > 0);

    /// <summary>Whoever has any role.</summary>
    public const string EveryRole = "every role";

    /// <summary>Held by the bootstrap key alone.</summary>
    public const string AllRights = "*";
}
