using Aval.Access;
using Aval.Kernel;
using Aval.Kernel.Journal;
using Aval.Kernel.Storage;
using Aval.Web;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Journal;

/// <param name="Customer">Whose journal, as it was typed.</param>
/// <param name="Filter">Its root is that of the customer.</param>
/// <param name="NeedsCustomer">The one who looks sees some customers alone, and has named none: or one they do not see.</param>
/// <param name="People">Whose names are offered.</param>
public sealed record FoundEntriesView(
    ListShown Shown, string? Customer, EntryFilter Filter, IReadOnlyList<EntryView> Entries, int Total, bool NeedsCustomer, bool MayVerify,
    IReadOnlyList<string> People);

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
        var filter = EntryPage.FilterOf(request, root);
        if (root is null && filter is { From: null, To: null }) filter = filter with { From = request.Today.AddDays(-UsualDays) };
        var shown = ListShown.Of(request, "journal", Path, ["customer", .. EntryPage.Filters], JournalSearch.Sorting.Names);
        if (shown.Form is not null) return EntryPage.File(request, shown, T("Journal"), sees ? filter : null, JournalSearch.Sorting);
        var (found, total) = sees ? await EntryPage.ReadAsync(request, shown, filter, JournalSearch.Sorting, cancel) : ([], 0);
        return PageAnswer.Of<FoundEntriesPage, FoundEntriesView>(T("Journal"), new FoundEntriesView(
            shown, customer, filter, found, total, request.Desk.IsNarrow && !sees, JournalPermissions.VerifyJournal.IsGrantedTo(request.Actor),
            EntryPage.PeopleOf(request)));
    });

    /// <summary>A customer's entries stand at the top of its group; the company's own have a name that no customer has.</summary>
    static async Task<string?> RootOfAsync(PageRequest request, string customer, CancellationToken cancel) =>
        customer == Facts.Company ? customer : await request.Desk.Directory.RootOfAsync(customer, cancel);
}

/// <summary>What the lists of entries have in common: their filters, a page of them, and all of them as a file.</summary>
static class EntryPage
{
    public static readonly string[] Filters = ["kind", "who", "from", "to"];

    public static EntryFilter FilterOf(PageRequest request, string? root) => new(
        root, request.Day("from"), request.Day("to"), request.Query("kind"), request.Query("who"), !CompanyJournal.IsFor(request.Actor));

    /// <summary>Whoever has or had a sign-in of their own; nobody where some customers alone are seen.</summary>
    public static IReadOnlyList<string> PeopleOf(PageRequest request) => request.Desk.IsNarrow
        ? []
        : [.. request.Company.Get<AccessFacts>().Users.Values.Select(user => user.Name).Order(StringComparer.OrdinalIgnoreCase)];

    public static async Task<(IReadOnlyList<EntryView> Found, int Total)> ReadAsync(
        PageRequest request, ListShown shown, EntryFilter filter, Sorting sorting, CancellationToken cancel)
    {
        await using var reader = await request.Store.LongSnapshotAsync(cancel);
        var (found, total) = await JournalSearch.PageAsync(reader, filter, sorting.Sql(shown.By, shown.Descending), shown.Skip, shown.Most, cancel);
        return ([.. found.Select(ShowJournal.View)], total);
    }

    /// <param name="filter">Null for no entry: the one who asks may see none of those.</param>
    public static PageAnswer File(PageRequest request, ListShown shown, string title, EntryFilter? filter, Sorting sorting)
    {
        return ListFile.OfEach(request, shown, title, EntryColumns.All, EachAsync);

        async IAsyncEnumerable<EntryView> EachAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
        {
            if (filter is null) yield break;
            await using var reader = await request.Store.LongSnapshotAsync(cancel);
            await foreach (var entry in JournalSearch.AllAsync(reader, filter, sorting.Sql(shown.By, shown.Descending), cancel)) yield return ShowJournal.View(entry);
        }
    }
}
