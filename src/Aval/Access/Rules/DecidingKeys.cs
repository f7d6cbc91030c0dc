namespace Aval.Access.Rules;

/// <summary>Keys that would decide. Who makes a key has it in hand: an administrator could decide through one, under any name.</summary>
public static class DecidingKeys
{
    /// <summary>In an accepted conflict, what lies apart from the deciding role.</summary>
    public const string Holder = "apiKey";

    /// <summary>The rights that decide about money and about others' rights.</summary>
    public static IReadOnlyList<string> Rights { get; } =
        ["decideBlocks", "activatePolicy", "acceptRoleConflicts", "recordLimits", "approveHeadroom", "recordGuarantees", "recordCovers"];

    /// <summary>The roles that have one of them.</summary>
    public static IReadOnlyList<string> Roles { get; } = [Access.Roles.CustomerService, Access.Roles.CreditAnalyst, Access.Roles.CreditManager, Access.Roles.Leadership];

    /// <summary>Those of the roles by which the key would decide; none where it only looks, or is narrowed to rights that decide nothing.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyCollection<string> roles, IReadOnlyCollection<string>? rights, bool readOnly) =>
        readOnly || (rights is not null && !Rights.Any(rights.Contains)) ? [] : [.. Roles.Where(roles.Contains)];
}
