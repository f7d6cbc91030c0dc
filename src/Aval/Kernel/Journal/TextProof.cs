using Aval.Kernel.Storage;

namespace Aval.Kernel.Journal;

/// <summary>That every text which is erased was said to be, by an entry of whichever root: rows and texts that are only made to look so are found out.</summary>
static class ErasureProof
{
    /// <param name="erased">Texts that were found erased.</param>
    public static async Task<IReadOnlyList<Difference>> RunAsync(
        StoreReader reader, Composition composition, IReadOnlyCollection<(string Root, long Sequence, int Ordinal)> erased, CancellationToken cancel)
    {
        if (erased.Count == 0) return [];
        var format = new EntryFormat(composition);
        var said = new HashSet<(string Root, long Sequence, int Ordinal)>();
        foreach (var root in await reader.RootsAsync(cancel))
            await foreach (var entry in new ProofReader(composition, reader).EntriesOfAsync(root, [EraseTexts.Verb], cancel))
                foreach (var text in format.ResultOf<SaidErased>(entry)?.Erased ?? []) said.Add((text.Root, text.Sequence, text.Ordinal));
        return [.. erased.Where(text => !said.Contains(text)).Select(text => new Difference(
            text.Root, text.Sequence, TextProof.Table, $"{text.Ordinal}", "The text is erased, and no entry says that it was."))];
    }
}

/// <summary>The texts beside the entries: each that a body refers to is there and is what was hashed, or is erased; and there are no others.</summary>
sealed class TextProof(Faults faults)
{
    public const string Table = "entry_text";

    /// <summary>Entry and number of each text that is erased.</summary>
    public List<(long Sequence, int Ordinal)> Erased { get; } = [];

    /// <param name="stored">How many texts stand beside which entry; those that are looked at are taken out.</param>
    public void Check(Entry entry, EntryContent content, Dictionary<long, long> stored)
    {
        stored.Remove(entry.Sequence, out var count);
        if (count > entry.TextCount) Fail(entry, "", $"{count} texts stand beside the entry, which has {entry.TextCount}.");
        foreach (var meant in content.Texts)
            switch (entry.Texts.FirstOrDefault(text => text.Ordinal == meant.Ordinal))
            {
                case null: Fail(entry, $"{meant.Ordinal}", "The text is missing."); break;
                case { IsErased: true }: Erased.Add((entry.Sequence, meant.Ordinal)); break;
                case { Salt: { } salt, Text: { } text } when PersonalText.HashOf(salt, text).AsSpan().SequenceEqual(meant.Hash): break;
                case { }: Fail(entry, $"{meant.Ordinal}", "The text is not the one that the entry was written with."); break;
            }
    }

    public void Unmeant(IEnumerable<KeyValuePair<long, long>> stored)
    {
        foreach (var (sequence, _) in stored) faults.Add(sequence, Table, null, "No entry keeps the texts that stand here.");
    }

    void Fail(Entry entry, string key, string what) => faults.Add(entry.Sequence, Table, key, what);
}
