namespace Aval.Kernel.Journal;

/// <summary>The texts beside the entries: each that a body refers to is there and is what was hashed, or is erased; and there are no others.</summary>
sealed class TextProof(Faults faults)
{
    const string Table = "entry_text";

    public long Erased { get; private set; }

    /// <param name="stored">How many texts stand beside which entry; those that are looked at are taken out.</param>
    public void Check(Entry entry, EntryContent content, Dictionary<long, long> stored)
    {
        stored.Remove(entry.Sequence, out var count);
        if (count > entry.TextCount) Fail(entry, "", $"{count} texts stand beside the entry, which has {entry.TextCount}.");
        foreach (var meant in content.Texts)
            switch (entry.Texts.FirstOrDefault(text => text.Ordinal == meant.Ordinal))
            {
                case null: Fail(entry, $"{meant.Ordinal}", "The text is missing."); break;
                case { IsErased: true }: Erased++; break;
                case { Salt: { } salt, Text: { } text } when PersonalText.HashOf(salt, text).AsSpan().SequenceEqual(meant.Hash): break;
                case { }: Fail(entry, $"{meant.Ordinal}", "The text is not the one that the entry was written with."); break;
            }
    }

    public void Unmeant(Dictionary<long, long> stored)
    {
        foreach (var (sequence, _) in stored) faults.Add(sequence, Table, null, "No entry keeps the texts that stand here.");
    }

    void Fail(Entry entry, string key, string what) => faults.Add(entry.Sequence, Table, key, what);
}
