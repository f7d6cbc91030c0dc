using Aval.Kernel;
using Aval.Kernel.Journal;
using Aval.Web;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Journal;

/// <param name="Customer">Whose journal, as it was typed.</param>
/// <param name="Filter">Its root is that of the customer.</param>
/// <param name="More">There are entries behind these.</param>
/// <param name="NeedsCustomer">The one who looks sees some customers alone, and has named none: or one they do not see.</param>
public sealed record FoundEntriesView(string? Customer, EntryFilter Filter, IReadOnlyList<EntryView> Entries, bool More, int Page, bool NeedsCustomer, bool MayVerify);

/// <summary>Finds entries of all journals by customer, kind, person and day, the last first.</summary>
static class FindEntries
{
    public const string Path = "/journal";

    /// <summary>Where nobody says more: a week.</summary>
    const int UsualDays = 6;

    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapPage(Path, JournalPermissions.ReadJournal, async (request, cancel) =>
    {
        var customer = request.Query("customer");
        var root = customer is null ? null : await RootOfAsync(request, customer, cancel);
        if (root is not null && !request.Desk.IsNarrow && CompanyJournal.RefusalOf(request.Actor, root) is { } refused) return PageAnswer.Of(refused);
        var sees = root is not null ? await request.Desk.SeesRootAsync(root, cancel) : customer is null && !request.Desk.IsNarrow;
        var (from, to) = (request.Day("from"), request.Day("to"));
        if (root is null && from is null && to is null) from = request.Today.AddDays(-UsualDays);
        var filter = new EntryFilter(root, from, to, request.Query("kind"), request.Query("by"), !CompanyJournal.IsFor(request.Actor));
        IReadOnlyList<Entry> found = [];
        if (sees)
        {
            await using var reader = await request.Store.SnapshotAsync(cancel);
            found = await JournalSearch.PageAsync(reader, filter, (request.PageNumber - 1) * Pager.PageSize, Pager.PageSize + 1, cancel);
        }

        return PageAnswer.Of<FoundEntriesPage, FoundEntriesView>(T("Journal"), new FoundEntriesView(
            customer, filter, [.. found.Take(Pager.PageSize).Select(ShowJournal.View)], found.Count > Pager.PageSize, request.PageNumber,
            request.Desk.IsNarrow && !sees, JournalPermissions.VerifyJournal.IsGrantedTo(request.Actor)));
    });

    /// <summary>A customer's entries stand at the top of its group; the company's own have a name that no customer has.</summary>
    static async Task<string?> RootOfAsync(PageRequest request, string customer, CancellationToken cancel) =>
        customer == Facts.Company ? customer : await request.Desk.Directory.RootOfAsync(customer, cancel);
}
