using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Aval.Access;
using Aval.Kernel;
using Aval.Kernel.Journal;
using Aval.Web;
using Microsoft.AspNetCore.Routing;
using static Aval.Web.Translated;

namespace Aval.Journal;

/// <param name="Filter">It has a root.</param>
/// <param name="Total">Entries on all pages.</param>
/// <param name="People">Whose names are offered.</param>
public sealed record JournalView(ListShown Shown, EntryFilter Filter, IReadOnlyList<EntryView> Entries, int Total, bool MayVerify, IReadOnlyList<string> People);

/// <param name="Reason">What the one who acted gave as a reason; null when they gave none.</param>
/// <param name="Documents">Those that it wrote, in words.</param>
public sealed record EntryView(Entry Entry, string? Reason, IReadOnlyList<string> Documents);

/// <summary>A list of an entry as it is kept.</summary>
/// <param name="Items">Those that are on the page, of which <paramref name="Count"/> are on all. Indented.</param>
/// <param name="Texts">The texts that they refer to by number; one that was erased says so.</param>
public sealed record KeptListView(
    string Root, long Number, string List, IReadOnlyList<string> Items, int Count, int Page, IReadOnlyList<(int Number, string Text)> Texts);

/// <summary>Shows the journal of a root, the last entry first.</summary>
static class ShowJournal
{
    // Razor encodes what it writes; names in other alphabets stay readable.
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static void MapPages(IEndpointRouteBuilder pages)
    {
        FindEntries.MapPages(pages);
        pages.MapPage("/journal/{root}", Permissions.Read, PageAsync);
        pages.MapPage("/journal/{root}/{entry}", Permissions.Read, KeptAsync);
        ShowProof.MapPages(pages);
    }

    static async Task<PageAnswer> PageAsync(PageRequest request, CancellationToken cancel)
    {
        var root = request.Route("root");
        if (CompanyJournal.RefusalOf(request.Actor, root) is { } refused) return PageAnswer.Of(refused);
        await using (var reader = await request.Store.SnapshotAsync(cancel))
            if (!await request.Desk.SeesRootAsync(root, cancel) || await reader.RootAsync(root, cancel) is not { Sequence: > 0 })
                return PageAnswer.Missing(T("{0} has no journal of its own.", root));
        var filter = EntryPage.FilterOf(request, root);
        var shown = ListShown.Of(request, "entries", Links.Journal(root), EntryPage.Filters, JournalSearch.SortingOfRoot.Names);
        if (shown.Form is not null) return EntryPage.File(request, shown, Heading(root), filter, JournalSearch.SortingOfRoot);
        var (found, total) = await EntryPage.ReadAsync(request, shown, filter, JournalSearch.SortingOfRoot, cancel);
        return PageAnswer.Of<JournalPage, JournalView>(
            Heading(root), new JournalView(
                shown, filter, found, total, JournalPermissions.VerifyJournal.IsGrantedTo(request.Actor), EntryPage.PeopleOf(request)));
    }

    public static string Heading(string root) => root == Facts.Company ? T("Journal of the company") : T("Journal of {0}", root);

    static async Task<PageAnswer> KeptAsync(PageRequest request, CancellationToken cancel)
    {
        var (root, list) = (request.Route("root"), request.Query("list"));
        if (CompanyJournal.RefusalOf(request.Actor, root) is { } refused) return PageAnswer.Of(refused);
        await using var reader = await request.Store.SnapshotAsync(cancel);
        if (!long.TryParse(request.Route("entry"), NumberStyles.None, null, out var number) || !await request.Desk.SeesRootAsync(root, cancel)
            || await reader.EntryAsync(root, number, cancel) is not { } entry)
            return PageAnswer.Missing(T("{0} has no entry {1}.", root, request.Route("entry")));
        if (list is null) return await ShowEntry.PageAsync(request, reader, entry, cancel);
        using var body = JsonDocument.Parse(entry.Body);
        if (FoldedBody.ListAt(body.RootElement, list)?.ToList() is not { } items) return PageAnswer.Missing(T("Entry {0} of {1} has no such list.", number, root));
        var page = items.Skip((request.PageNumber - 1) * Pager.PageSize).Take(Pager.PageSize).ToList();
        return PageAnswer.Of<KeptListPage, KeptListView>(T("Entry {0} of {1}", number, root), new KeptListView(
            root, number, list, [.. page.Select(Shown)], items.Count, request.PageNumber, Texts(FoldedBody.TextsOf(entry, page))));
    }

    internal static EntryView View(Entry entry)
    {
        using var body = JsonDocument.Parse(entry.Body);
        return new EntryView(entry, EntryFormat.ReasonOf(body.RootElement, entry), [.. EntryWords.DocumentsOf(body.RootElement)]);
    }

    internal static string Shown(JsonElement json) => JsonSerializer.Serialize(json, Indented);

    internal static IReadOnlyList<(int Number, string Text)> Texts(IReadOnlyList<EntryText> texts) => [.. texts.Select(text => (text.Ordinal, text.Text ?? PersonalText.Erased))];
}
