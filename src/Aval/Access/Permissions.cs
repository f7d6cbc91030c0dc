using Aval.Kernel;

namespace Aval.Access;

/// <summary>The rights there are, each with the roles that have it. Addresses name them; docs/permissions.md is written from both.</summary>
public static class Permissions
{
    /// <summary>Everyone reads what their role needs.</summary>
    public static readonly Permission Read = new("read", Roles.All);

    /// <summary>Makes, lists and revokes keys.</summary>
    public static readonly Permission MakeKeys = new("makeKeys", Roles.Administrator);

    /// <summary>Moves the business date of a server that was started with one.</summary>
    public static readonly Permission MoveClock = new("moveClock", Roles.Administrator);
}
