using Aval.Kernel.Journal;
using Aval.Kernel.Web;

namespace Aval.Journal;

/// <summary>Whether the journal is whole, and the tables are what it tells.</summary>
/// <param name="Entries">Entries that were read.</param>
/// <param name="ErasedTexts">Names of people, contacts and free texts that were erased: of them only the hash is left.</param>
/// <param name="Failures">The first differences; empty when it is valid.</param>
public sealed record VerificationAnswer(bool Valid, long Entries, long Roots, long ErasedTexts, IReadOnlyList<Difference> Failures);

static class VerifyJournal
{
    internal static void Map(Api api) => api.Get<VerificationAnswer>(
        "/journal/verify", JournalPermissions.VerifyJournal, "Proves every chain of the journal, and that the tables are what it tells.", async (request, cancel) =>
        {
            var (valid, roots, entries, erased, failures) = await new Verification(request.Store).RunAsync(null, cancel);
            return new VerificationAnswer(valid, entries, roots, erased, failures);
        });
}
