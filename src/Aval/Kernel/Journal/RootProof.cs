using System.Buffers;
using System.Text.Json;
using Aval.Kernel.Storage;

namespace Aval.Kernel.Journal;

/// <summary>The proof of one root, entry by entry: the journal is read in pieces, and of the rows only their versions' ends are kept.</summary>
sealed class RootProof(Composition composition, string root)
{
    const int MostFailures = 10;

    /// <summary>Entries read at a time: few, and of a very long journal a fortieth, since each piece also looks through the root's versions.</summary>
    const int FewestAtOnce = 500;
    const int MostAtOnce = 20_000;

    readonly EntryFormat format = new(composition);
    readonly List<Difference> failures = [];
    readonly Dictionary<(Table Table, string Key), StoredVersion> current = [];
    byte[] head = Entry.Genesis;
    long last;
    bool readable = true;

    public IReadOnlyList<Difference> Failures => failures;
    public long Entries { get; private set; }

    public async Task RunAsync(StoreReader reader, CancellationToken cancel)
    {
        try
        {
            var row = await reader.RootAsync(root, cancel);
            var atOnce = (int)Math.Clamp((row?.Sequence ?? 0) / 40, FewestAtOnce, MostAtOnce);
            await StreamAsync(reader, atOnce, cancel);
            await NothingBeyondAsync(reader, cancel);
            CheckEnd(row);
        }
        catch (Exception e) when (e is FormatException or InvalidCastException or KeyNotFoundException or JsonException or ArgumentException or OverflowException)
        {
            Fail(last, null, null, "A row cannot be read: " + e.Message);
        }
    }

    async Task StreamAsync(StoreReader reader, int atOnce, CancellationToken cancel)
    {
        while (true)
        {
            var entries = await reader.EntriesAsync(root, last, atOnce, cancel);
            if (entries.Count == 0) return;
            var stored = await VersionsAsync(reader, last, entries[^1].Sequence, cancel);
            foreach (var entry in entries)
            {
                Chain(entry);
                if (readable) Fold(entry, stored);
                last = entry.Sequence;
                Entries++;
            }

            if (!readable) continue;
            foreach (var (key, version) in stored) Fail(key.From, key.Table, key.Key, $"No entry wrote the version that begins at {version.From}.");
        }
    }

    async Task<Dictionary<(Table Table, string Key, long From), StoredVersion>> VersionsAsync(StoreReader reader, long after, long upTo, CancellationToken cancel)
    {
        var stored = new Dictionary<(Table, string, long), StoredVersion>();
        foreach (var table in composition.TablesInOrder)
            foreach (var version in await reader.VersionsAsync(table, root, after, upTo, cancel))
                stored[(table, table.KeyOf(version.Row), version.From)] = version;
        return stored;
    }

    void Chain(Entry entry)
    {
        if (entry.Sequence != last + 1)
            Fail(last + 1, null, null, entry.Sequence == last + 2 ? $"Entry {last + 1} is missing." : $"Entries {last + 1} to {entry.Sequence - 1} are missing.");
        else if (!entry.PreviousHash.AsSpan().SequenceEqual(head)) Fail(entry.Sequence, null, null, "The previous hash is not that of the entry before.");
        if (!Entry.HashOf(entry.PreviousHash, entry.Body).AsSpan().SequenceEqual(entry.Hash)) Fail(entry.Sequence, null, null, "The hash is not that of the body.");
        head = entry.Hash;
    }

    void Fold(Entry entry, Dictionary<(Table Table, string Key, long From), StoredVersion> stored)
    {
        EntryContent content;
        try
        {
            content = format.Read(entry.Body);
            if (!EntryFormat.Heads(entry)) Fail(entry.Sequence, null, null, "The columns beside the body do not repeat it.");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or FormatException or InvalidOperationException or ArgumentException)
        {
            readable = false;
            Fail(entry.Sequence, null, null, "The body cannot be read, so what follows at this root cannot be replayed: " + e.Message);
            return;
        }

        var left = content.Left.ToHashSet();
        foreach (var (table, key) in left) End(table, key, entry.Sequence);
        var written = new Dictionary<(Table Table, string Key), object>();
        foreach (var (table, row) in content.Rows) written[(table, table.KeyOf(row))] = row;
        foreach (var ((table, key), row) in written)
        {
            // What came and went within one entry leaves no version.
            if (left.Contains((table, key))) continue;
            End(table, key, entry.Sequence);
            if (stored.Remove((table, key, entry.Sequence), out var version)) Compare(table, key, row, version);
            else Fail(entry.Sequence, table, key, "The row that the entry wrote is missing.");
            current[(table, key)] = version ?? new StoredVersion(row, entry.Sequence, null, table.IsLive(row));
        }
    }

    /// <summary>The version before, if there was one, must have ended here.</summary>
    void End(Table table, string key, long sequence)
    {
        if (current.Remove((table, key), out var before) && before.To != sequence)
            Fail(sequence, table, key, $"The version that begins at {before.From} ends here by the journal, and {Ends(before.To)} in the table.");
    }

    void Compare(Table table, string key, object row, StoredVersion stored)
    {
        if (stored.Live != table.IsLive(row)) Fail(stored.From, table, key, $"The row is marked {(stored.Live ? "live" : "closed")}, which it is not.");
        var (expected, found) = (Canonical(table, row), Canonical(table, stored.Row));
        if (!expected.AsSpan().SequenceEqual(found))
            Fail(stored.From, table, key, $"The row differs from its entry: {Text(found)} where the entry says {Text(expected)}.");
    }

    async Task NothingBeyondAsync(StoreReader reader, CancellationToken cancel)
    {
        foreach (var (key, version) in await VersionsAsync(reader, last, long.MaxValue, cancel))
            Fail(version.From, key.Table, key.Key, "No entry wrote this version: it begins after the last one.");
        foreach (var (key, version) in await VersionsAsync(reader, long.MinValue, 0, cancel))
            Fail(version.From, key.Table, key.Key, "No entry wrote this version: it begins before the first one.");
    }

    void CheckEnd(RootRow? row)
    {
        if (readable)
            foreach (var ((table, key), version) in current)
                if (version.To is not null) Fail(last, table, key, $"The row is current by the journal, and {Ends(version.To)} in the table.");
        if (row is null) Fail(last, null, null, "The root's own row is missing.");
        else if (row.Sequence != last) Fail(last, null, null, $"The root's row says {row.Sequence} entries; the last one is {last}.");
        else if (!row.HeadHash.AsSpan().SequenceEqual(head)) Fail(last, null, null, "The head in the root's row is not the last entry's hash.");
    }

    static string Ends(long? to) => to is null ? "is current" : $"ends at {to}";

    static byte[] Canonical(Table table, object row)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, EntryFormat.Writing)) EntryFormat.WriteRow(json, table, row);
        return buffer.WrittenSpan.ToArray();
    }

    static string Text(byte[] json) => System.Text.Encoding.UTF8.GetString(json);

    void Fail(long sequence, Table? table, string? key, string what)
    {
        if (failures.Count < MostFailures) failures.Add(new Difference(root, sequence, table?.Name, key, what));
    }
}
