using Aval.Kernel;

namespace Aval.Access;

/// <summary>The rights there are, each with the roles that have it. Addresses name them; docs/permissions.md is written from both.</summary>
public static class Permissions
{
    /// <summary>Everyone reads what their role needs.</summary>
    public static readonly Permission Read = new("read", Roles.All);

    /// <summary>Asks who one is before it is known.</summary>
    public static readonly Permission SignIn = new("signIn", Permission.Anybody);

    /// <summary>Everyone keeps their own password, sessions and deputies; an administrator those of others.</summary>
    public static readonly Permission KeepAccount = new("keepAccount", Roles.All) { IsLogged = true };

    /// <summary>Reads who there is and their roles.</summary>
    public static readonly Permission ReadUsers = new("readUsers", Roles.Administrator, Roles.Leadership) { IsLogged = true };

    /// <summary>Enters users, gives them roles and passwords, and ends their access.</summary>
    public static readonly Permission ManageUsers = new("manageUsers", Roles.Administrator) { IsLogged = true };

    /// <summary>Lets somebody have roles that should lie apart.</summary>
    public static readonly Permission AcceptRoleConflicts = new("acceptRoleConflicts", Roles.Leadership) { IsLogged = true };

    /// <summary>Makes, lists and revokes keys.</summary>
    public static readonly Permission MakeKeys = new("makeKeys", Roles.Administrator) { IsLogged = true };

    /// <summary>Reads who came in and what they administered.</summary>
    public static readonly Permission ReadAccessLog = new("readAccessLog", Roles.Administrator, Roles.Leadership) { IsLogged = true };

    /// <summary>Moves the business date of a server that was started with one.</summary>
    public static readonly Permission MoveClock = new("moveClock", Roles.Administrator) { IsLogged = true };
}
