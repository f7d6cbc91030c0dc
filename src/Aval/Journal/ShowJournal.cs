using System.Text.Encodings.Web;
using System.Text.Json;
using Aval.Access;
using Aval.Kernel;
using Aval.Kernel.Journal;
using Aval.Web;
using Microsoft.AspNetCore.Routing;

namespace Aval.Journal;

/// <param name="Total">Entries on all pages.</param>
public sealed record JournalView(string Root, IReadOnlyList<EntryView> Entries, int Total, int Page);

/// <param name="Reason">What the one who acted gave as a reason; null when they gave none.</param>
/// <param name="Rows">What it wrote: how many rows of which table.</param>
/// <param name="Body">The whole body, indented.</param>
/// <param name="Texts">The texts that the body refers to by number; one that was erased says so.</param>
public sealed record EntryView(Entry Entry, string? Reason, IReadOnlyList<(string Table, int Count)> Rows, string Body, IReadOnlyList<(int Number, string Text)> Texts);

/// <summary>Shows the journal of a root, the last entry first.</summary>
static class ShowJournal
{
    // Razor encodes what it writes; names in other alphabets stay readable.
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static void MapPages(IEndpointRouteBuilder pages) => pages.MapPage("/journal/{root}", Permissions.Read, async (request, cancel) =>
    {
        var root = request.Route("root");
        await using var reader = await request.Store.SnapshotAsync(cancel);
        if (await reader.RootAsync(root, cancel) is not { Sequence: > 0 } row) return PageAnswer.Missing($"{root} has no journal of its own.");
        var last = Math.Max(0, row.Sequence - ((long)(request.PageNumber - 1) * Pager.PageSize));
        var first = Math.Max(0, last - Pager.PageSize);
        var format = new EntryFormat(request.Store.Composition);
        var entries = last == first ? [] : await reader.EntriesAsync(root, first, (int)(last - first), cancel);
        return PageAnswer.Of<JournalPage, JournalView>(
            $"Journal of {root}", new JournalView(root, [.. entries.Reverse().Select(entry => View(entry, format))], (int)row.Sequence, request.PageNumber));
    });

    static EntryView View(Entry entry, EntryFormat format)
    {
        using var body = JsonDocument.Parse(entry.Body);
        var content = format.Read(entry);
        return new EntryView(
            entry,
            content.Reason,
            [.. content.Rows.GroupBy(row => row.Table.Name).Select(table => (table.Key, table.Count()))],
            JsonSerializer.Serialize(body.RootElement, Indented),
            [.. entry.Texts.Select(text => (text.Ordinal, text.Text ?? PersonalText.Erased))]);
    }
}
