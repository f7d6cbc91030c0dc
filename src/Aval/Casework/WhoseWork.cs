using Aval.Access;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Policies.Rules;
using Aval.Work.Rules;

namespace Aval.Casework;

/// <summary>Which roles work on whose list.</summary>
public static class WhoseWork
{
    /// <summary>Whose lists there are: functions, and roles to which something can go up.</summary>
    public static IReadOnlyList<string> Owners { get; } =
        [.. Enum.GetValues<OwnerFunction>().Select(Words.Of), .. Roles.All.Where(role => !Words.TryParse<OwnerFunction>(role, out _))];

    /// <summary>The roles that work on an owner's list; a role works on its own.</summary>
    public static IReadOnlyList<string> RolesOf(string owner) => Words.TryParse<OwnerFunction>(owner, out var function)
        ? function switch
        {
            OwnerFunction.CustomerService => [Roles.CustomerService, Roles.OrderManager],
            OwnerFunction.Credit => [Roles.CreditAnalyst, Roles.CreditManager],
            OwnerFunction.AccountsReceivable => [Roles.AccountsReceivable, Roles.Collector],
            OwnerFunction.Billing => [Roles.Billing],
            OwnerFunction.Quality => [Roles.Quality],
            OwnerFunction.Sales => [Roles.Sales],
            OwnerFunction.MasterData => [Roles.MasterData],
        }
        : [owner];

    /// <summary>The lists that somebody works on first: of their functions, and of their roles.</summary>
    public static IReadOnlyList<string> OwnersOf(Actor actor) => [.. Owners.Where(owner => RolesOf(owner).Any(actor.Roles.Contains))];

    /// <summary>Whether it is theirs to handle: on their list, told to them because it is late, or they lead the company.</summary>
    public static bool IsOf(WorkItem item, Actor actor) => !IsOwnDecision(item, actor) && IsOnTheirs(item, actor);

    /// <summary>They decided it: another person confirms it.</summary>
    public static bool IsOwnDecision(WorkItem item, Actor actor) =>
        item.Kind == WorkKind.Confirm && string.Equals(item.AskedBy, actor.Name, StringComparison.OrdinalIgnoreCase);

    static bool IsOnTheirs(WorkItem item, Actor actor) => actor.Roles.Contains(Roles.Leadership) || actor.Roles.Contains(Permission.AllRights)
        || RolesOf(item.Owner).Any(actor.Roles.Contains) || (item.EscalatedTo is { } told && RolesOf(told).Any(actor.Roles.Contains));
}
