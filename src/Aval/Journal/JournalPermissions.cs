using Aval.Access;
using Aval.Kernel;

namespace Aval.Journal;

static class JournalPermissions
{
    /// <summary>Reads the journal.</summary>
    internal static readonly Permission ReadJournal = new("readJournal", Roles.All);

    /// <summary>Proves all of it: for whoever may see all of it.</summary>
    internal static readonly Permission VerifyJournal = new("verifyJournal", [.. Roles.All.Where(role => role != Roles.Sales)]);

    /// <summary>Erases texts of persons; who decides about orders has no part in it.</summary>
    internal static readonly Permission EraseTexts = new("eraseTexts", Roles.Administrator, Roles.Leadership);
}
