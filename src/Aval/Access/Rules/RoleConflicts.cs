namespace Aval.Access.Rules;

/// <summary>Two roles that one person should not have together, and what would come of it.</summary>
public sealed record RoleConflict(string First, string Second, string Why);

/// <summary>Separation of duties: which roles lie apart. What a single person does with one order is looked at when they do it.</summary>
public static class RoleConflicts
{
    static readonly string[] Enter = [Roles.OrderManager, Roles.CustomerService, Roles.Sales];
    static readonly string[] Decide = [Roles.CreditAnalyst, Roles.CreditManager, Roles.Leadership];

    static readonly (string[] First, string[] Second, string Why)[] Apart =
    [
        (Enter, Decide, "who enters orders would release them"),
        ([Roles.MasterData], Decide, "who keeps customers would set their limits"),
        (Enter, [Roles.Billing], "who enters orders would credit them"),
        ([Roles.AccountsReceivable], [Roles.Finance], "who takes receipts would write off what is missing"),
        ([Roles.Administrator], Decide, "who gives rights would decide by them"),
    ];

    /// <summary>The pairs among these roles that lie apart; empty when none do.</summary>
    public static IReadOnlyList<RoleConflict> Of(IReadOnlyCollection<string> roles) =>
    [
        .. from pair in Apart
           from first in pair.First
           where roles.Contains(first)
           from second in pair.Second
           where roles.Contains(second)
           select new RoleConflict(first, second, pair.Why),
    ];
}
