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
    readonly Action<long> read;
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
    /// <param name="read">Told how many entries were read of late.</param>
    public RootProof(Composition composition, string root, Head? taken, Action<long> read)
    {
        (this.composition, this.root, this.taken, this.read) = (composition, root, taken, read);
        (format, faults) = (new EntryFormat(composition), new Faults(root));
        (members, texts) = (new MemberProof(faults), new TextProof(faults));
    }

    public IReadOnlyList<Difference> Failures => faults.Found;
    public long Entries { get; private set; }
    public IReadOnlyList<(long Sequence, int Ordinal)> ErasedTexts => texts.Erased;

    /// <summary>What its entries say of claims; null when they cannot all be read.</summary>
    public SaidClaims? Claims => readable ? new SaidClaims(last, claims) : null;

    /// <param name="companyAsync">The company in the reader's snapshot; null when its facts cannot be read.</param>
    public async Task RunAsync(StoreReader reader, Func<StoreReader, CancellationToken, Task<SeenCompany?>> companyAsync, CancellationToken cancel)
    {
        var proofs = new ProofReader(composition, reader);
        try
        {
            var row = await reader.RootAsync(root, cancel);
            var atOnce = (int)Math.Clamp((row?.Sequence ?? 0) / 40, FewestAtOnce, MostAtOnce);
            await StreamAsync(reader, proofs, atOnce, cancel);
            if (last < taken?.Sequence) faults.Add(last, $"A checkpoint took entry {taken.Sequence} as the head; the last one is {last}.");
            CheckCurrent();
            if (readable) members.CheckEnd(await proofs.MembersAsync(root, cancel), last);
            if (row is null) faults.Add(last, "The root's own row is missing.");
            else new RootRowProof(composition).Check(faults, row, head, last, date, readable ? Replayed() : null, await companyAsync(reader, cancel));
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
        for (var (after, ended) = (long.MinValue, false); !ended;)
        {
            var entries = await reader.EntriesAsync(root, last, atOnce, cancel);
            ended = entries.Count < atOnce;
            // The first piece and the last look beyond their entries, too: what nobody wrote stands there.
            var upTo = ended ? long.MaxValue : entries[^1].Sequence;
            var stored = await VersionsAsync(proofs, after, upTo, cancel);
            var beside = await proofs.TextCountsAsync(root, after, upTo, cancel);
            after = upTo;
            var said = new List<ClaimRow>();
            foreach (var entry in entries)
            {
                Chain(entry);
                if (readable) Fold(entry, stored, beside, said);
                last = entry.Sequence;
                Entries++;
            }

            await CheckClaimsAsync(proofs, said, cancel);
            read(entries.Count);
            texts.Unmeant(beside.Where(text => readable || IsBeyond(text.Key)));
            foreach (var (key, _) in stored)
                if (readable || IsBeyond(key.From)) faults.Add(key.From, key.Table, key.Key, Unwritten(key.From));
        }
    }

    bool IsBeyond(long sequence) => sequence < 1 || sequence > last;

    string Unwritten(long from) => from < 1
        ? "No entry wrote this version: it begins before the first one."
        : from > last ? "No entry wrote this version: it begins after the last one." : $"No entry wrote the version that begins at {from}.";

    async Task<Dictionary<(Table Table, string Key, long From), StoredVersion>> VersionsAsync(ProofReader proofs, long after, long upTo, CancellationToken cancel)
    {
        var stored = new Dictionary<(Table, string, long), StoredVersion>();
        foreach (var table in composition.TablesInOrder)
            foreach (var version in await proofs.VersionsAsync(table, root, after, upTo, cancel))
                stored[(table, version.Key, version.From)] = version;
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
            (content, var heads) = format.Prove(entry);
            if (!heads) faults.Add(entry.Sequence, "The columns beside the body do not repeat it.");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or FormatException or InvalidOperationException or ArgumentException)
        {
            readable = false;
            faults.Add(entry.Sequence, "The body cannot be read, so what follows at this root cannot be replayed: " + e.Message);
            return;
        }

        date = content.Clock ?? entry.BusinessDate;
        said.AddRange(content.Claims);
        members.Fold(entry.Sequence, content.Parted, content.Joined);
        texts.Check(entry, content, beside);
        var left = content.Left.ToHashSet();
        foreach (var (table, key) in left) End(table, key, entry.Sequence);
        // Of a row that one entry wrote several times the last holds.
        var written = new Dictionary<(Table Table, string Key), object?[]>(content.Written.Count);
        foreach (var (table, values) in content.Written) written[(table, (string)values[0]!)] = values;
        foreach (var ((table, key), values) in written)
        {
            // What came and went within one entry leaves no version.
            if (left.Contains((table, key))) continue;
            End(table, key, entry.Sequence);
            var row = new StoredVersion(table, values, entry.Sequence, null, true);
            row = row with { Live = !table.MayBeClosed || table.IsLive(row.Row) };
            if (stored.Remove((table, key, entry.Sequence), out var version)) Compare(row, version);
            else faults.Add(entry.Sequence, table, key, "The row that the entry wrote is missing.");
            current[(table, key)] = row with { To = version?.To };
        }
    }

    /// <summary>The version before, if there was one, must have ended here.</summary>
    void End(Table table, string key, long sequence)
    {
        if (current.Remove((table, key), out var before) && before.To != sequence)
            faults.Add(sequence, table, key, $"The version that begins at {before.From} ends here by the journal, and {Ends(before.To)} in the table.");
    }

    void Compare(StoredVersion said, StoredVersion stored)
    {
        var (table, key) = (said.Table, said.Key);
        if (stored.Live != said.Live) faults.Add(stored.From, table, key, $"The row is marked {(stored.Live ? "live" : "closed")}, which it is not.");
        if (said.Values.AsSpan().SequenceEqual(stored.Values)) return;
        // Two ways to write one row are no difference.
        var (expected, found) = (Canonical(table, said.Row), Canonical(table, stored.Row));
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
