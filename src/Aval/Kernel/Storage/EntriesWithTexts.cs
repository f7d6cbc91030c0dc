using System.Data.Common;
using Aval.Kernel.Journal;

namespace Aval.Kernel.Storage;

/// <summary>Entries and the texts beside them.</summary>
static class EntriesWithTexts
{
    /// <summary>Both in one round trip: most entries that a node catches up with are orders, which have texts.</summary>
    /// <param name="entries">The statements, which are used up; so are <paramref name="texts"/>.</param>
    public static async Task<List<Entry>> ReadAsync(
        DbConnection connection, DbTransaction? transaction, DbCommand entries, DbCommand texts, Func<DbDataReader, Entry> read, CancellationToken cancel)
    {
        await using var batch = OneRoundTrip.Of(connection, transaction, [entries, texts]);
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        var found = new List<Entry>();
        while (await reader.ReadAsync(cancel)) found.Add(read(reader));
        await reader.NextResultAsync(cancel);
        return Joined(found, await ReadTextsAsync(reader, cancel));
    }

    public static List<Entry> Joined(List<Entry> entries, IReadOnlyList<(string Root, long Sequence, EntryText Text)> read)
    {
        var texts = read.ToLookup(text => (text.Root, text.Sequence), text => text.Text);
        return entries.ConvertAll(entry => entry.TextCount > 0 ? entry with { Texts = [.. texts[(entry.Root, entry.Sequence)]] } : entry);
    }

    /// <summary>Root, number, ordinal, salt and text.</summary>
    public static async Task<IReadOnlyList<(string Root, long Sequence, EntryText Text)>> ReadTextsAsync(DbDataReader reader, CancellationToken cancel)
    {
        var texts = new List<(string, long, EntryText)>();
        while (await reader.ReadAsync(cancel))
            texts.Add((reader.GetString(0), reader.GetInt64(1), new EntryText(
                reader.GetInt32(2), reader.IsDBNull(3) ? null : (byte[])reader.GetValue(3), reader.IsDBNull(4) ? null : reader.GetString(4))));
        return texts;
    }
}
