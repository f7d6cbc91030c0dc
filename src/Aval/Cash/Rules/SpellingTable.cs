using System.Numerics;

namespace Aval.Cash.Rules;

/// <summary>From the hash of a spelling to the documents so spelled. Made for a million documents asked half a million times a second.</summary>
/// <remarks>Open addressing, with a filter in front of it that fits a processor's cache: most numbers in a bank's text are none of ours, and are turned away there.</remarks>
sealed class SpellingTable
{
    const int FilterBitsPerKey = 8;
    const int End = -1;

    /// <summary>So many documents may share an end by accident.</summary>
    const byte MostOfTail = 8;

    readonly ulong[] keys;
    readonly int[] first;
    readonly ulong[] filter;
    readonly int[] documents;
    readonly Spelling[] spellings;
    readonly int[] next;
    readonly byte[] tails;
    int count;

    /// <param name="capacity">The most entries that will be added.</param>
    public SpellingTable(int capacity)
    {
        var slots = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, capacity + (capacity / 2)));
        keys = new ulong[slots];
        first = new int[slots];
        filter = new ulong[BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, (long)capacity * FilterBitsPerKey / 64))];
        documents = new int[capacity];
        spellings = new Spelling[capacity];
        next = new int[capacity];
        tails = new byte[slots];
    }

    /// <summary>Of one document's spellings that hash alike the first counts; those of one document are added together.</summary>
    /// <remarks>An end that many numbers have in common, as the year of <c>FV/0123/2026</c>, tells none of them and is dropped.</remarks>
    public void Add(ulong key, int document, Spelling spelling)
    {
        var slot = SlotOf(key);
        var entry = keys[slot] == 0 ? End : first[slot];
        if (entry != End && documents[entry] == document) return;
        keys[slot] = key;
        if (spelling == Rules.Spelling.Tail)
        {
            if (tails[slot] == MostOfTail) first[slot] = WithoutTails(entry);
            if (tails[slot] > MostOfTail || ++tails[slot] > MostOfTail) return;
        }

        filter[FilterWord(key)] |= 1UL << (int)(key >> 58);
        documents[count] = document;
        spellings[count] = spelling;
        next[count] = entry;
        first[slot] = count++;
    }

    public bool MayHave(ulong key) => (filter[FilterWord(key)] & (1UL << (int)(key >> 58))) != 0;

    /// <summary>The first of the entries under this key, or below zero.</summary>
    public int First(ulong key)
    {
        if (key == 0 || !MayHave(key)) return End;
        var slot = SlotOf(key);
        return keys[slot] == 0 ? End : first[slot];
    }

    public int Next(int entry) => next[entry];

    public int Document(int entry) => documents[entry];

    public Spelling Spelling(int entry) => spellings[entry];

    /// <summary>The chain from this entry on, without those that only end so.</summary>
    int WithoutTails(int entry)
    {
        while (entry != End && spellings[entry] == Rules.Spelling.Tail) entry = next[entry];
        for (var at = entry; at != End; at = next[at])
            while (next[at] != End && spellings[next[at]] == Rules.Spelling.Tail) next[at] = next[next[at]];
        return entry;
    }

    int FilterWord(ulong key) => (int)((key >> 32) & (ulong)(filter.Length - 1));

    int SlotOf(ulong key)
    {
        var mask = keys.Length - 1;
        var slot = (int)((key >> 1) & (ulong)mask);
        while (keys[slot] != 0 && keys[slot] != key) slot = (slot + 1) & mask;
        return slot;
    }
}
