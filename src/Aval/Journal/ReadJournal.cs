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
/// <param name="Body">All of it, as it stands in the chain: of names of people, contacts and free text only their number and a salted hash.</param>
/// <param name="Texts">The texts that the body refers to, by their numbers in it.</param>
/// <param name="Hash">SHA-256 over the hash before and the body's bytes, in hexadecimal.</param>
public sealed record JournalEntry(
    long Number, DateTimeOffset At, string Actor, string Command, DateOnly BusinessDate, string? Reason, JsonElement Body, IReadOnlyList<JournalText> Texts, string Hash);

/// <summary>A text that stands beside the chain.</summary>
/// <param name="Text">Null once it was erased. Of a field of several texts (a list of contacts) it is a JSON array of them.</param>
public sealed record JournalText(int Number, string? Text);

static class ReadJournal
{
    const int MostEntries = 500;

    internal static void Map(Api api) => api.Get<JournalAnswer>(
        "/journal", JournalPermissions.ReadJournal, "Reads the journal of a root, the oldest entry first.",
        query:
        [
            new("root", typeof(string), "The customer at the top of the group; by default the company's own journal."),
            new("cursor", typeof(string), "The next of the page before."),
            new("limit", typeof(int), $"Entries of a page, from 1 to {MostEntries}; by default 100."),
        ],
        problems: [KernelProblems.NotFound],
        read: async (request, cancel) =>
        {
            var root = request.Query<string>("root") ?? Facts.Company;
            var most = request.Query<int?>("limit") ?? 100;
            if (most is < 1 or > MostEntries) return KernelProblems.FieldInvalid.With($"limit must be from 1 to {MostEntries}.", "limit");
            var after = 0L;
            if (request.Query<string>("cursor") is { } cursor && !long.TryParse(cursor, System.Globalization.NumberStyles.None, null, out after))
                return KernelProblems.FieldInvalid.With("cursor must be what the page before gave as next.", "cursor");
            await using var reader = await request.Store.SnapshotAsync(cancel);
            if (await reader.RootAsync(root, cancel) is not { } row) return KernelProblems.NotFound.With($"{root} has no journal of its own.", "root");
            var format = new EntryFormat(request.Store.Composition);
            var entries = await reader.EntriesAsync(root, after, most, cancel);
            var last = entries.Count == 0 ? row.Sequence : entries[^1].Sequence;
            return new JournalAnswer(
                root, row.Sequence, [.. entries.Select(entry => Read(entry, format))],
                last < row.Sequence ? last.ToString(System.Globalization.CultureInfo.InvariantCulture) : null);
        });

    static JournalEntry Read(Entry entry, EntryFormat format)
    {
        using var document = JsonDocument.Parse(entry.Body);
        return new JournalEntry(
            entry.Sequence, entry.At, entry.Actor, entry.Command, entry.BusinessDate, format.Read(entry).Reason, document.RootElement.Clone(),
            [.. entry.Texts.Select(text => new JournalText(text.Ordinal, text.Text))], Convert.ToHexStringLower(entry.Hash));
    }
}
