using System.Numerics;
using System.Runtime.InteropServices;
using Aval.Kernel;

namespace Aval.Receivables.Rules;

/// <summary>Numbers payers as they come, each credit currency of one by itself, so that their figures can stand in arrays. Names are compared as the bytes they came in.</summary>
public sealed class PayerPlaces
{
    const ulong Odd = 0x9E3779B97F4A7C15;

    /// <summary>Half of a name's hash beside its place and one more; zero where nothing is. There are always twice as many as names.</summary>
    ulong[] slots = new ulong[1 << 12];
    int[] starts = new int[1 << 11];
    int[] currencies = new int[1 << 11];
    byte[] names = new byte[1 << 16];
    int last = -1;

    readonly HashSet<int> known = [];

    public int Count { get; private set; }

    /// <summary>All credit currencies there are, by their codes.</summary>
    public IReadOnlyCollection<int> Currencies => known;

    /// <summary>The payer's number, in UTF-8.</summary>
    public ReadOnlySpan<byte> NameOf(int place) => names.AsSpan(starts[place], starts[place + 1] - starts[place]);

    /// <summary>The credit currency as <see cref="CodeOf"/> has it; 0 where none is known.</summary>
    public int CurrencyOf(int place) => currencies[place];

    /// <summary>Three letters as one whole number.</summary>
    public static int CodeOf(ReadOnlySpan<byte> currency) => currency.IsEmpty ? 0 : (currency[0] << 16) | (currency[1] << 8) | currency[2];

    /// <summary>The currency of a code that is not 0.</summary>
    public static Currency Currency(int code) => Kernel.Currency.Of(string.Create(3, code, (text, three) =>
    {
        for (var i = 0; i < text.Length; i++) text[i] = (char)((three >> (16 - (8 * i))) & 0xFF);
    }));

    /// <summary>The place of a payer and a credit currency, a new one where they have none.</summary>
    public int Of(ReadOnlySpan<byte> payer, int currency)
    {
        // Documents of a payer often stand beside each other.
        if (last >= 0 && currencies[last] == currency && NameOf(last).SequenceEqual(payer)) return last;
        return last = Sought(payer, currency, out var slot, out var hash) is >= 0 and var there ? there : Added(payer, currency, slot, hash);
    }

    /// <summary>The place; −1 where they have none.</summary>
    public int Find(ReadOnlySpan<byte> payer, int currency) => Sought(payer, currency, out _, out _);

    int Sought(ReadOnlySpan<byte> payer, int currency, out int slot, out ulong hash)
    {
        hash = Hash(payer, currency);
        var mask = slots.Length - 1;
        for (slot = First(hash, mask); slots[slot] is not 0 and var found; slot = (slot + 1) & mask)
        {
            if (found >> 32 != hash >> 32) continue;
            var place = (int)(found & uint.MaxValue) - 1;
            if (currencies[place] == currency && NameOf(place).SequenceEqual(payer)) return place;
        }

        return -1;
    }

    int Added(ReadOnlySpan<byte> payer, int currency, int slot, ulong hash)
    {
        if (Count + 2 > starts.Length)
        {
            Array.Resize(ref starts, starts.Length * 2);
            Array.Resize(ref currencies, currencies.Length * 2);
        }

        var start = starts[Count];
        if (start + payer.Length > names.Length) Array.Resize(ref names, Math.Max(names.Length * 2, start + payer.Length));
        payer.CopyTo(names.AsSpan(start));
        (starts[Count + 1], currencies[Count]) = (start + payer.Length, currency);
        known.Add(currency);
        slots[slot] = (hash >> 32 << 32) | (uint)++Count;
        if (Count * 2 > slots.Length) Spread();
        return Count - 1;
    }

    void Spread()
    {
        slots = new ulong[slots.Length * 2];
        var mask = slots.Length - 1;
        for (var place = 0; place < Count; place++)
        {
            var hash = Hash(NameOf(place), currencies[place]);
            var slot = First(hash, mask);
            while (slots[slot] != 0) slot = (slot + 1) & mask;
            slots[slot] = (hash >> 32 << 32) | (uint)(place + 1);
        }
    }

    static int First(ulong hash, int mask) => (int)(hash & (ulong)mask);

    static ulong Hash(ReadOnlySpan<byte> name, int currency)
    {
        var hash = unchecked(((ulong)currency + (ulong)name.Length) * Odd);
        for (; name.Length >= sizeof(ulong); name = name[sizeof(ulong)..]) hash = Mixed(hash, MemoryMarshal.Read<ulong>(name));
        ulong rest = 0;
        foreach (var sign in name) rest = (rest << 8) | sign;
        return Mixed(hash, rest);
    }

    static ulong Mixed(ulong hash, ulong word)
    {
        var high = Math.BigMul(hash ^ word, Odd, out var low);
        return BitOperations.RotateLeft(high ^ low, 17);
    }
}
