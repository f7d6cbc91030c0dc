using Aval.Access;
using Aval.Kernel;

namespace Aval.Journal;

/// <summary>The company's own journal tells of users, their roles and their keys: it is for those who may read them where they stand.</summary>
static class CompanyJournal
{
    public static bool IsFor(Actor actor) => Permissions.ReadUsers.IsGrantedTo(actor);

    /// <returns>Why somebody may not read the journal of this root; null where nothing but their sight of customers decides.</returns>
    public static Problem? RefusalOf(Actor actor, string root) => root != Facts.Company || IsFor(actor)
        ? null
        : KernelProblems.NotPermitted.With($"The company’s own journal is for those who may read its users: {string.Join(", ", Permissions.ReadUsers.Roles)}.");
}
