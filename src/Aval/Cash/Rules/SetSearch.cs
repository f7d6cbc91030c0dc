using System.Collections.Immutable;
using System.Numerics;

namespace Aval.Cash.Rules;

/// <summary>What the search for sets of a sum has found.</summary>
/// <param name="Sets">At most two, each the places of its amounts in ascending order: two are enough to know that it is ambiguous.</param>
/// <param name="Tried">How many sets were looked at, directly or not.</param>
/// <param name="GaveUp">True when some were not.</param>
public readonly record struct FoundSets(ImmutableArray<ImmutableArray<int>> Sets, double Tried, bool GaveUp);

/// <summary>Looks for the sets of two or more amounts that sum to a target. Its work is bounded: some hundred thousand steps however many amounts there are.</summary>
/// <remarks>Up to <see cref="AllSetsUpTo"/> amounts every set is tried, by two halves that meet (Horowitz and Sahni 1974). Beyond, those that payers mean: two or
/// three documents, all but one or two, and runs of documents that follow each other by due date.</remarks>
public static class SetSearch
{
    public const int AllSetsUpTo = 24;
    const int TriplesUpTo = 400;
    const int Enough = 2;

    /// <summary>About how many sums are looked up among so many amounts: what a search costs, for whoever must bound it.</summary>
    public static long Steps(int amounts) => amounts <= AllSetsUpTo ? 2L << ((amounts + 1) / 2) : amounts <= TriplesUpTo ? (long)amounts * amounts / 2 : 8L * amounts;

    public static FoundSets Find(ReadOnlySpan<long> amounts, long target)
    {
        var sets = new List<ImmutableArray<int>>();
        if (amounts.Length <= AllSetsUpTo)
        {
            Halves(amounts, target, sets);
            return new FoundSets([.. sets], Math.Pow(2, amounts.Length), GaveUp: false);
        }

        var all = 0L;
        foreach (var amount in amounts) all += amount;
        var places = Places(amounts);
        var tried = Pairs(amounts, places, target, sets);
        tried += AllButFew(amounts, places, all - target, sets);
        tried += Runs(amounts, target, sets);
        if (amounts.Length <= TriplesUpTo) tried += Triples(amounts, places, target, sets);
        return new FoundSets([.. sets], tried, GaveUp: true);
    }

    static void Halves(ReadOnlySpan<long> amounts, long target, List<ImmutableArray<int>> sets)
    {
        var half = amounts.Length / 2;
        var left = Sums(amounts[..half]);
        var right = Sums(amounts[half..]);
        var byLeft = new Dictionary<long, List<int>>();
        for (var mask = 0; mask < left.Length; mask++)
        {
            if (!byLeft.TryGetValue(left[mask], out var masks)) byLeft[left[mask]] = masks = [];
            if (masks.Count <= Enough) masks.Add(mask);
        }

        for (var mask = 0; mask < right.Length && sets.Count < Enough; mask++)
        {
            if (!byLeft.TryGetValue(target - right[mask], out var fitting)) continue;
            foreach (var other in fitting) Add(sets, Bits((long)mask << half | (uint)other));
        }
    }

    static long[] Sums(ReadOnlySpan<long> amounts)
    {
        var sums = new long[1 << amounts.Length];
        for (var mask = 1; mask < sums.Length; mask++)
            sums[mask] = sums[mask & (mask - 1)] + amounts[BitOperations.TrailingZeroCount(mask)];
        return sums;
    }

    static ImmutableArray<int> Bits(long mask)
    {
        var bits = ImmutableArray.CreateBuilder<int>(BitOperations.PopCount((ulong)mask));
        for (; mask != 0; mask &= mask - 1) bits.Add(BitOperations.TrailingZeroCount(mask));
        return bits.ToImmutable();
    }

    /// <summary>Where each amount stands: the first two places of each.</summary>
    static Dictionary<long, (int First, int Second)> Places(ReadOnlySpan<long> amounts)
    {
        var places = new Dictionary<long, (int First, int Second)>(amounts.Length);
        for (var at = 0; at < amounts.Length; at++)
            places[amounts[at]] = !places.TryGetValue(amounts[at], out var known) ? (at, -1) : known.Second < 0 ? (known.First, at) : known;
        return places;
    }

    static double Pairs(ReadOnlySpan<long> amounts, Dictionary<long, (int First, int Second)> places, long target, List<ImmutableArray<int>> sets)
    {
        for (var at = 0; at < amounts.Length && sets.Count < Enough; at++)
        {
            if (!places.TryGetValue(target - amounts[at], out var other)) continue;
            if (other.First > at) Add(sets, [at, other.First]);
            if (other.Second > at) Add(sets, [at, other.Second]);
        }

        return amounts.Length / 2d * (amounts.Length - 1);
    }

    static double Triples(ReadOnlySpan<long> amounts, Dictionary<long, (int First, int Second)> places, long target, List<ImmutableArray<int>> sets)
    {
        for (var one = 0; one < amounts.Length && sets.Count < Enough; one++)
            for (var two = one + 1; two < amounts.Length && sets.Count < Enough; two++)
            {
                if (!places.TryGetValue(target - amounts[one] - amounts[two], out var third)) continue;
                if (third.First > two) Add(sets, [one, two, third.First]);
                if (third.Second > two) Add(sets, [one, two, third.Second]);
            }

        return amounts.Length / 6d * (amounts.Length - 1) * (amounts.Length - 2);
    }

    static double AllButFew(ReadOnlySpan<long> amounts, Dictionary<long, (int First, int Second)> places, long rest, List<ImmutableArray<int>> sets)
    {
        if (places.TryGetValue(rest, out var one))
        {
            Add(sets, AllBut(amounts.Length, [one.First]));
            if (one.Second >= 0) Add(sets, AllBut(amounts.Length, [one.Second]));
        }

        var pairs = new List<ImmutableArray<int>>();
        var tried = Pairs(amounts, places, rest, pairs);
        foreach (var pair in pairs) Add(sets, AllBut(amounts.Length, pair));
        return tried + amounts.Length;
    }

    static double Runs(ReadOnlySpan<long> amounts, long target, List<ImmutableArray<int>> sets)
    {
        var beginnings = new Dictionary<long, int>(amounts.Length) { [0] = 0 };
        var sum = 0L;
        for (var end = 1; end <= amounts.Length; end++)
        {
            sum += amounts[end - 1];
            if (beginnings.TryGetValue(sum - target, out var begin) && end - begin > 1) Add(sets, [.. Enumerable.Range(begin, end - begin)]);
            beginnings.TryAdd(sum, end);
        }

        return amounts.Length / 2d * (amounts.Length - 1);
    }

    static ImmutableArray<int> AllBut(int count, ImmutableArray<int> left) => [.. Enumerable.Range(0, count).Except(left)];

    static void Add(List<ImmutableArray<int>> sets, ImmutableArray<int> set)
    {
        if (set.Length > 1 && sets.Count < Enough && !sets.Any(known => known.SequenceEqual(set))) sets.Add(set);
    }
}
