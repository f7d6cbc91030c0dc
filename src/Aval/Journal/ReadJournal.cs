using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Aval.Kernel;
using Aval.Kernel.Journal;
using Aval.Kernel.Web;

namespace Aval.Journal;

/// <summary>A page of a root's journal, the oldest entry first.</summary>
/// <param name="Sequence">Number of the root's last entry; 0 when it has none.</param>
/// <param name="Next">What to send as <c>cursor</c> for the entries that follow; null when there are none.</param>
public sealed record JournalAnswer(string Root, long Sequence, IReadOnlyList<JournalEntry> Entries, string? Next);

/// <summary>One act at a root.</summary>
/// <param name="At">The instant it was recorded, UTC.</param>
/// <param name="Actor">Who did it: <c>person:…</c>, <c>key:…</c> or <c>rule:…</c>.</param>
/// <param name="BusinessDate">The business date that held for it.</param>
/// <param name="Body">As it stands in the chain: of names of people, contacts and free text only their number and a salted hash. In place of a long list of a large
/// body stands <c>{"folded": n}</c>.</param>
/// <param name="Lists">The lists that were folded, with their counts; empty where the body is whole. <c>GET /journal/list</c> reads them.</param>
/// <param name="Texts">The texts that the body refers to, by their numbers in it.</param>
/// <param name="Hash">SHA-256 over the hash before and the body's bytes, in hexadecimal.</param>
public sealed record JournalEntry(
    long Number, DateTimeOffset At, string Actor, string Command, DateOnly BusinessDate, string? Reason, JsonElement Body, IReadOnlyDictionary<string, int> Lists,
    IReadOnlyList<JournalText> Texts, string Hash);

/// <summary>A page of one list of an entry, in the order in which it stands in the body.</summary>
/// <param name="Count">Items on all pages.</param>
/// <param name="Texts">The texts that the items refer to, by their numbers in them.</param>
/// <param name="Next">What to send as <c>cursor</c> for the items that follow; null when there are none.</param>
public sealed record JournalListAnswer(
    string Root, long Number, string List, IReadOnlyList<JsonElement> Items, int Count, IReadOnlyList<JournalText> Texts, string? Next);

/// <summary>A text that stands beside the chain.</summary>
/// <param name="Text">Null once it was erased. Of a field of several texts (a list of contacts) it is a JSON array of them.</param>
public sealed record JournalText(int Number, string? Text);

static class ReadJournal
{
    const int MostEntries = 500;

    /// <summary>A page ends early once its bodies have so many bytes: a first entry or item is told however large it is.</summary>
    const int MostBytes = 1_000_000;

    /// <summary>Entries read from the store at a time: what stands behind the end of a page is not read far.</summary>
    const int Stretch = 20;

    internal static void Map(Api api)
    {
        api.Get<JournalAnswer>(
            "/journal", JournalPermissions.ReadJournal, "Reads the journal of a root, the oldest entry first.", PageAsync,
            [
                new("root", typeof(string), "The customer at the top of the group; by default the company's own journal."),
                new("cursor", typeof(string), "The next of the page before."),
                new("limit", typeof(int), $"Entries of a page, from 1 to {MostEntries}; by default 100. A page of large ones has fewer."),
            ],
            [KernelProblems.NotFound]);
        api.Get<JournalListAnswer>(
            "/journal/list", JournalPermissions.ReadJournal, "Reads one list of an entry, as the rows that it wrote to one table, page by page.", ListAsync,
            [
                new("root", typeof(string), "The customer at the top of the group; by default the company's own journal."),
                new("entry", typeof(long), "The entry's number."), new("list", typeof(string), "One of the entry's lists: rows.sales_order, left.invoice, claims."),
                new("cursor", typeof(string), "The next of the page before."),
                new("limit", typeof(int), $"Items of a page, from 1 to {MostEntries}; by default 100. A page of large ones has fewer."),
            ],
            [KernelProblems.NotFound]);
    }

    static async Task<Answered<JournalAnswer>> PageAsync(ApiRequest request, CancellationToken cancel)
    {
        var place = PlaceOf(request);
        if (place.Problem is { } refusal) return refusal;
        var (root, after, most) = place.Value;
        await using var reader = await request.Store.SnapshotAsync(cancel);
        if (!await request.Desk.SeesRootAsync(root, cancel) || await reader.RootAsync(root, cancel) is not { } row)
            return KernelProblems.NotFound.With($"{root} has no journal of its own.", "root");
        var (told, bytes, last) = (new List<JournalEntry>(), 0, after);
        while (told.Count < most && bytes < MostBytes && await reader.EntriesAsync(root, last, Math.Min(Stretch, most - told.Count), cancel) is { Count: > 0 } entries)
            foreach (var entry in entries)
            {
                var body = FoldedBody.Of(entry);
                bytes += body.Length;
                if (told.Count > 0 && bytes > MostBytes) break;
                told.Add(Told(entry, body));
                last = entry.Sequence;
            }

        return new JournalAnswer(root, row.Sequence, told, told.Count > 0 && last < row.Sequence ? last.ToString(CultureInfo.InvariantCulture) : null);
    }

    static async Task<Answered<JournalListAnswer>> ListAsync(ApiRequest request, CancellationToken cancel)
    {
        var place = PlaceOf(request);
        if (place.Problem is { } refusal) return refusal;
        var (root, after, most) = place.Value;
        if (request.Query<string>("list") is not { } list) return KernelProblems.Invalid("list", "is required");
        await using var reader = await request.Store.SnapshotAsync(cancel);
        if (!await request.Desk.SeesRootAsync(root, cancel) || await reader.EntryAsync(root, request.Query<long>("entry"), cancel) is not { } entry)
            return KernelProblems.NotFound.With($"{root} has no entry of this number.", "entry");
        using var body = JsonDocument.Parse(entry.Body);
        if (FoldedBody.ListAt(body.RootElement, list) is not { } items) return KernelProblems.NotFound.With($"entry {entry.Sequence} of {root} has no list {list}.", "list");
        var (told, bytes, count) = (new List<JsonElement>(), 0, 0);
        foreach (var item in items)
        {
            if (count++ < after || told.Count == most || bytes > MostBytes) continue;
            bytes += JsonMarshal.GetRawUtf8Value(item).Length;
            if (told.Count == 0 || bytes <= MostBytes) told.Add(item.Clone());
        }

        return new JournalListAnswer(
            root, entry.Sequence, list, told, count, Texts(FoldedBody.TextsOf(entry, told)),
            after + told.Count < count && told.Count > 0 ? (after + told.Count).ToString(CultureInfo.InvariantCulture) : null);
    }

    /// <summary>Root, what the page comes after, and how much it may have.</summary>
    static Answered<(string Root, long After, int Most)> PlaceOf(ApiRequest request)
    {
        var most = request.Query<int?>("limit") ?? 100;
        if (most is < 1 or > MostEntries) return KernelProblems.Invalid("limit", $"must be from 1 to {MostEntries}");
        var after = 0L;
        if (request.Query<string>("cursor") is { } cursor && !long.TryParse(cursor, NumberStyles.None, null, out after))
            return KernelProblems.Invalid("cursor", "must be what the page before gave as next");
        var root = request.Query<string>("root") ?? Facts.Company;
        return CompanyJournal.RefusalOf(request.Actor, root) is { } refused ? refused : (root, after, most);
    }

    static JournalEntry Told(Entry entry, FoldedBody body) => new(
        entry.Sequence, entry.At, entry.Actor, entry.Command, entry.BusinessDate, EntryFormat.ReasonOf(body.Json, entry), body.Json,
        body.Lists.ToDictionary(list => list.Path, list => list.Count, StringComparer.Ordinal), Texts(body.Texts), Convert.ToHexStringLower(entry.Hash));

    static IReadOnlyList<JournalText> Texts(IReadOnlyList<EntryText> texts) => [.. texts.Select(text => new JournalText(text.Ordinal, text.Text))];
}
