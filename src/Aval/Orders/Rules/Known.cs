using Aval.Parties.Rules;

namespace Aval.Orders.Rules;

/// <summary>The few things that somebody keeps to, as hashes with how many orders had each. Who has had more than <see cref="Most"/> keeps to none.</summary>
public sealed class Known
{
    /// <summary>Who orders more different things than these will order yet another one.</summary>
    public const int Most = 16;

    /// <summary>Fewer orders with something do not tell that somebody keeps to it.</summary>
    const int Fewest = 12;

    public static readonly Known None = new([], varied: false);

    readonly (uint Hash, int Count)[] seen;
    readonly bool varied;

    Known((uint Hash, int Count)[] seen, bool varied) => (this.seen, this.varied, Tells) = (seen, varied, !varied && seen.Sum(known => known.Count) >= Fewest);

    /// <summary>Whether enough was seen to call anything strange.</summary>
    public bool Tells { get; }

    public bool IsStrange(uint hash)
    {
        if (!Tells) return false;
        foreach (var known in seen)
            if (known.Hash == hash) return false;
        return true;
    }

    public Known With(IEnumerable<uint> hashes)
    {
        if (varied) return this;
        var counts = seen.ToDictionary(known => known.Hash, known => known.Count);
        foreach (var hash in hashes) counts[hash] = counts.GetValueOrDefault(hash) + 1;
        return counts.Count > Most ? new Known([], varied: true) : Of(counts);
    }

    public Known Without(IEnumerable<uint> hashes)
    {
        if (varied) return this;
        var counts = seen.ToDictionary(known => known.Hash, known => known.Count);
        foreach (var hash in hashes)
            if (counts.TryGetValue(hash, out var count) && count > 1) counts[hash] = count - 1;
            else counts.Remove(hash);
        return Of(counts);
    }

    /// <summary>Hash and count by turns; a zero alone where there were too many, null where there is nothing.</summary>
    public long[]? Written() => varied ? [0] : seen.Length == 0 ? null : [.. seen.SelectMany(known => new long[] { known.Hash, known.Count })];

    public static Known Read(long[]? written) => written switch
    {
        null => None,
        [0] => new Known([], varied: true),
        _ => new Known([.. written.Chunk(2).Select(pair => ((uint)pair[0], (int)pair[1]))], varied: false),
    };

    public static uint HashOf(PostalAddress place) => HashOf($"{place.Line1}\n{place.PostalCode}\n{place.City}\n{place.Country}");

    /// <summary>FNV-1a over the letters and digits in capitals: the same on every machine, and however a street is punctuated.</summary>
    public static uint HashOf(string text)
    {
        var hash = 2166136261u;
        foreach (var letter in text)
            if (char.IsLetterOrDigit(letter)) hash = unchecked((hash ^ char.ToUpperInvariant(letter)) * 16777619u);
        return hash;
    }

    static Known Of(Dictionary<uint, int> counts) => new([.. counts.OrderBy(known => known.Key).Select(known => (known.Key, known.Value))], varied: false);
}
