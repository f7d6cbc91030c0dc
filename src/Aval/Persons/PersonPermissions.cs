using Aval.Access;
using Aval.Kernel;

namespace Aval.Persons;

static class PersonPermissions
{
    /// <summary>Tells what is stored about a person.</summary>
    internal static readonly Permission ExportPersons = new("exportPersons", Roles.Administrator, Roles.Leadership) { IsLogged = true };

    /// <summary>Erases what is stored about a person; who decides about orders has no part in it.</summary>
    internal static readonly Permission ErasePersons = new("erasePersons", Roles.Administrator, Roles.Leadership) { IsLogged = true };
}
