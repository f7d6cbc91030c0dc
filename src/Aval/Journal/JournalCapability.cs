using Aval.Kernel;
using Aval.Kernel.Web;
using Microsoft.AspNetCore.Routing;

namespace Aval.Journal;

/// <summary>The journal for people who read: what was done at a root, by whom and why.</summary>
public sealed class JournalCapability : ICapability
{
    public string Name => "Journal";

    public void Map(Api api)
    {
        ReadJournal.Map(api);
        VerifyJournal.Map(api);
        EraseFromJournal.Map(api);
    }

    public void MapPages(IEndpointRouteBuilder pages) => ShowJournal.MapPages(pages);
}
