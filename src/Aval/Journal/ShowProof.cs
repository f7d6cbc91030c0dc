using Aval.Kernel.Journal;
using Aval.Web;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Journal;

public sealed record ProofView(string Root, Verified Proof);

/// <summary>Proves the chain of one root when somebody asks, and says in words what was proved.</summary>
static class ShowProof
{
    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapPage("/journal/{root}/proof", JournalPermissions.VerifyJournal, async (request, cancel) =>
    {
        var root = request.Route("root");
        await using (var reader = await request.Store.SnapshotAsync(cancel))
            if (!await request.Desk.SeesRootAsync(root, cancel) || await reader.RootAsync(root, cancel) is not { Sequence: > 0 })
                return PageAnswer.Missing(T("{0} has no journal of its own.", root));
        return PageAnswer.Of<ProofPage, ProofView>(T("Chain of {0}", root), new ProofView(root, await new Verification(request.Store).OfRootAsync(root, cancel)));
    });

    public static string To(string root) => Links.Journal(root) + "/proof";
}
