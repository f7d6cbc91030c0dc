using Aval.Access;
using Aval.Kernel;

namespace Aval.Journal;

static class JournalPermissions
{
    /// <summary>Reads the journal and proves it.</summary>
    internal static readonly Permission ReadJournal = new("readJournal", Roles.All);

    /// <summary>Erases texts of persons; who decides about orders has no part in it.</summary>
    internal static readonly Permission EraseTexts = new("eraseTexts", Roles.Administrator, Roles.Leadership);
}
