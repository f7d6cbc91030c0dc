using Aval.Kernel;

namespace Aval.Access;

/// <summary>The pages about people and keys that this actor may open.</summary>
/// <param name="MayManage">They may change users, not only look.</param>
public sealed record AccessPlaces(bool Users, bool MayManage, bool Keys, bool Log)
{
    public static AccessPlaces Of(Actor actor) => new(
        Permissions.ReadUsers.IsGrantedTo(actor), Permissions.ManageUsers.IsGrantedTo(actor) && !actor.IsReadOnly, Permissions.MakeKeys.IsGrantedTo(actor),
        Permissions.ReadAccessLog.IsGrantedTo(actor));
}
