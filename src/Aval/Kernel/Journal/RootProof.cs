using System.Buffers;
using System.Text.Json;
using Aval.Kernel.Storage;

namespace Aval.Kernel.Journal;

/// <summary>The proof of one root, entry by entry: the journal is read in pieces, and of the rows only the current ones are kept.</summary>
sealed class RootProof
{
    /// <summary>Entries read at a time: few, and of a very long journal a fortieth, since each piece also looks through the root's versions.</summary>
    const int FewestAtOnce = 500;
    const int MostAtOnce = 20_000;

    readonly Composition composition;
    readonly string root;
    readonly Head? taken;
    readonly EntryFormat format;
    readonly Faults faults;
    readonly MemberProof members;
    readonly TextProof texts;
    readonly Dictionary<(Table Table, string Key), StoredVersion> current = [];
    byte[] head = Entry.Genesis;
    long last;
    DateOnly? date;
    long claims;
    bool readable = true;

    /// <param name="taken">The root's head as the last checkpoint that names it has it; null when none does.</param>
    public RootProof(Composition composition, string root, Head? taken)
    {
        (this.composition, this.root, this.taken) = (composition, root, taken);
        (format, faults) = (new EntryFormat(composition), new Faults(root));
        (members, texts) = (new MemberProof(faults), new TextProof(faults));
    }

    public IReadOnlyList<Difference> Failures => faults.Found;
    public long Entries { get; private set; }
    public IReadOnlyList<(long Sequence, int Ordinal)> ErasedTexts => texts.Erased;

    /// <summary>What its entries say of claims; null when they cannot all be read.</summary>
    public SaidClaims? Claims => readable ? new SaidClaims(last, claims) : null;

    /// <param name="companyAsync">The company's facts in the reader's snapshot; null when they cannot be read.</param>
    public async Task RunAsync(StoreReader reader, Func<StoreReader, CancellationToken, Task<Facts?>> companyAsync, CancellationToken cancel)
    {
        var proofs = new ProofReader(composition, reader);
        try
        {
            var row = await reader.RootAsync(root, cancel);
            var atOnce = (int)Math.Clamp((row?.Sequence ?? 0) / 40, FewestAtOnce, MostAtOnce);
            await StreamAsync(reader, proofs, atOnce, cancel);
            await NothingBeyondAsync(proofs, cancel);
            if (last < taken?.Sequence) faults.Add(last, $"A checkpoint took entry {taken.Sequence} as the head; the last one is {last}.");
            CheckCurrent();
            if (readable) members.CheckEnd(await proofs.MembersAsync(root, cancel), last);
            if (row is null) faults.Add(last, "The root's own row is missing.");
            else new RootRowProof(composition, faults).Check(row, head, last, date, readable ? Replayed() : null, await companyAsync(reader, cancel));
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            readable = false;
            faults.Add(last, "A row cannot be read: " + e.Message);
        }
    }

    internal static bool IsUnreadable(Exception e) =>
        e is FormatException or InvalidCastException or KeyNotFoundException or JsonException or ArgumentException or OverflowException;

    async Task StreamAsync(StoreReader reader, ProofReader proofs, int atOnce, CancellationToken cancel)
    {
        while (true)
        {
            var entries = await reader.EntriesAsync(root, last, atOnce, cancel);
            if (entries.Count == 0) return;
            var stored = await VersionsAsync(proofs, last, entries[^1].Sequence, cancel);
            var beside = await proofs.TextCountsAsync(root, last, entries[^1].Sequence, cancel);
            var said = new List<ClaimRow>();
            foreach (var entry in entries)
            {
                Chain(entry);
                if (readable) Fold(entry, stored, beside, said);
                last = entry.Sequence;
                Entries++;
            }

            await CheckClaimsAsync(proofs, said, cancel);
            if (!readable) continue;
            texts.Unmeant(beside);
            foreach (var (key, version) in stored) faults.Add(key.From, key.Table, key.Key, $"No entry wrote the version that begins at {version.From}.");
        }
    }

    async Task<Dictionary<(Table Table, string Key, long From), StoredVersion>> VersionsAsync(ProofReader proofs, long after, long upTo, CancellationToken cancel)
    {
        var stored = new Dictionary<(Table, string, long), StoredVersion>();
        foreach (var table in composition.TablesInOrder)
            foreach (var version in await proofs.VersionsAsync(table, root, after, upTo, cancel))
                stored[(table, table.KeyOf(version.Row), version.From)] = version;
        return stored;
    }

    void Chain(Entry entry)
    {
        if (entry.Sequence != last + 1)
            faults.Add(last + 1, entry.Sequence == last + 2 ? $"Entry {last + 1} is missing." : $"Entries {last + 1} to {entry.Sequence - 1} are missing.");
        else if (!entry.PreviousHash.AsSpan().SequenceEqual(head)) faults.Add(entry.Sequence, "The previous hash is not that of the entry before.");
        if (!Entry.HashOf(entry.PreviousHash, entry.Body).AsSpan().SequenceEqual(entry.Hash)) faults.Add(entry.Sequence, "The hash is not that of the body.");
        if (entry.Sequence == taken?.Sequence && !entry.Hash.AsSpan().SequenceEqual(taken.Hash)) faults.Add(entry.Sequence, "The hash is not the one that a checkpoint took.");
        head = entry.Hash;
    }

    void Fold(Entry entry, Dictionary<(Table Table, string Key, long From), StoredVersion> stored, Dictionary<long, long> beside, List<ClaimRow> said)
    {
        EntryContent content;
        try
        {
            content = format.Read(entry);
            if (!EntryFormat.Heads(entry)) faults.Add(entry.Sequence, "The columns beside the body do not repeat it.");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or FormatException or InvalidOperationException or ArgumentException)
        {
            readable = false;
            faults.Add(entry.Sequence, "The body cannot be read, so what follows at this root cannot be replayed: " + e.Message);
            return;
        }

        date = content.Clock ?? entry.BusinessDate;
        said.AddRange(content.Claims);
        members.Fold(entry, content);
        texts.Check(entry, content, beside);
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
            else faults.Add(entry.Sequence, table, key, "The row that the entry wrote is missing.");
            current[(table, key)] = new StoredVersion(row, entry.Sequence, version?.To, table.IsLive(row));
        }
    }

    /// <summary>The version before, if there was one, must have ended here.</summary>
    void End(Table table, string key, long sequence)
    {
        if (current.Remove((table, key), out var before) && before.To != sequence)
            faults.Add(sequence, table, key, $"The version that begins at {before.From} ends here by the journal, and {Ends(before.To)} in the table.");
    }

    void Compare(Table table, string key, object row, StoredVersion stored)
    {
        if (stored.Live != table.IsLive(row)) faults.Add(stored.From, table, key, $"The row is marked {(stored.Live ? "live" : "closed")}, which it is not.");
        var (expected, found) = (Canonical(table, row), Canonical(table, stored.Row));
        if (!expected.AsSpan().SequenceEqual(found))
            faults.Add(stored.From, table, key, $"The row differs from its entry: {Text(found)} where the entry says {Text(expected)}.");
    }

    /// <summary>Every claim that the entries say is there, as they say it.</summary>
    async Task CheckClaimsAsync(ProofReader proofs, List<ClaimRow> said, CancellationToken cancel)
    {
        if (said.Count == 0) return;
        claims += said.Count;
        var stored = (await proofs.ClaimsAsync([.. said.Select(claim => (claim.Scope, claim.Number))], cancel)).ToDictionary(claim => (claim.Scope, claim.Number));
        foreach (var claim in said)
        {
            var fault = stored.GetValueOrDefault((claim.Scope, claim.Number)) switch
            {
                null => "The claim that the entry made is missing.",
                var found when (found.Root, found.Sequence) != (claim.Root, claim.Sequence) => $"The claim leads to entry {found.Sequence} of {found.Root}.",
                var found when found.Party != claim.Party => $"The claim belongs to '{found.Party}', and by the entry to '{claim.Party}'.",
                var found when !found.ContentHash.AsSpan().SequenceEqual(claim.ContentHash) => "The claim's content is not what the entry says.",
                _ => null,
            };
            if (fault is not null) faults.Add(claim.Sequence, ClaimProof.Table, ClaimProof.Key(claim), fault);
        }
    }

    async Task NothingBeyondAsync(ProofReader proofs, CancellationToken cancel)
    {
        foreach (var (key, version) in await VersionsAsync(proofs, last, long.MaxValue, cancel))
            faults.Add(version.From, key.Table, key.Key, "No entry wrote this version: it begins after the last one.");
        foreach (var (key, version) in await VersionsAsync(proofs, long.MinValue, 0, cancel))
            faults.Add(version.From, key.Table, key.Key, "No entry wrote this version: it begins before the first one.");
        texts.Unmeant(await proofs.TextCountsAsync(root, last, long.MaxValue, cancel));
        texts.Unmeant(await proofs.TextCountsAsync(root, long.MinValue, 0, cancel));
    }

    void CheckCurrent()
    {
        if (!readable) return;
        foreach (var ((table, key), version) in current)
            if (version.To is not null) faults.Add(last, table, key, $"The row is current by the journal, and {Ends(version.To)} in the table.");
    }

    Facts Replayed()
    {
        var facts = composition.Empty(root) with { Sequence = last, Through = date ?? DateOnly.MinValue };
        foreach (var version in current.Values)
            if (version.Live) facts = facts.With(version.Row);
        return facts;
    }

    static string Ends(long? to) => to is null ? "is current" : $"ends at {to}";

    static byte[] Canonical(Table table, object row)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, EntryFormat.Writing)) RowFormat.Write(json, table, row);
        return buffer.WrittenSpan.ToArray();
    }

    static string Text(byte[] json) => System.Text.Encoding.UTF8.GetString(json);
}
