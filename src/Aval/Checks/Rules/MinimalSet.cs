using System.Collections.Immutable;

namespace Aval.Checks.Rules;

/// <summary>A set of which nothing can be left out.</summary>
/// <param name="Approximate">The work ran out: it suffices, and a smaller one may.</param>
public sealed record MinimalSet(ImmutableArray<int> Members, bool Approximate)
{
    /// <summary>The fewest that suffice, found by halving (QuickXplain, Junker 2004): a few of thousands cost a few dozen questions.</summary>
    /// <param name="all">They suffice together. Those to be kept where there is a choice come first.</param>
    /// <param name="work">Members of all sets asked about, together.</param>
    /// <param name="questions">Sets asked about.</param>
    public static MinimalSet Of(ImmutableArray<int> all, Func<ImmutableArray<int>, bool> suffice, int work, int questions)
    {
        // Where most are needed halving asks more than it saves: it gets half of the work, and what is left is weighed one by one.
        var halving = new Search(suffice, work / 2, questions / 2);
        all = halving.Beginning(all);
        var members = all.Length == 0 ? all : halving.Needed([], false, all);
        // It takes for granted that more never does worse, which need not hold.
        if (halving.Exhausted || (members.Length < all.Length && !suffice(members))) members = all;
        var search = new Search(suffice, work / 2, questions / 2);
        for (var before = -1; before != members.Length && !search.Exhausted;)
        {
            before = members.Length;
            for (var at = members.Length - 1; at >= 0; at--)
                if (members.RemoveAt(at) is var fewer && search.Suffices(fewer)) members = fewer;
        }

        return new MinimalSet(members, search.Exhausted);
    }

    sealed class Search(Func<ImmutableArray<int>, bool> suffice, int work, int questions)
    {
        int left = work;
        int asked;

        public bool Exhausted { get; private set; }

        /// <summary>False once the work has run out, so that more is kept rather than too little.</summary>
        public bool Suffices(ImmutableArray<int> set)
        {
            left -= set.Length + 1;
            if (left >= 0 && asked++ < questions) return suffice(set);
            Exhausted = true;
            return false;
        }

        /// <summary>The first of them that suffice, found by doubling: where few are enough, the many others are never looked at.</summary>
        public ImmutableArray<int> Beginning(ImmutableArray<int> all)
        {
            var (fails, length) = (0, 1);
            while (length < all.Length && !Suffices(all[..length])) (fails, length) = (length, Math.Min(2 * length, all.Length));
            while (length - fails > 1)
            {
                var middle = fails + ((length - fails) / 2);
                if (Suffices(all[..middle])) length = middle;
                else fails = middle;
            }

            return Exhausted ? all : all[..length];
        }

        /// <summary>What of the others is needed beside these.</summary>
        public ImmutableArray<int> Needed(ImmutableArray<int> beside, bool changed, ImmutableArray<int> others)
        {
            if (changed && Suffices(beside)) return [];
            if (others.Length == 1) return others;
            var half = others.Length / 2;
            var (first, last) = (others[..half], others[half..]);
            var ofLast = Needed(beside.AddRange(first), true, last);
            var ofFirst = Needed(beside.AddRange(ofLast), ofLast.Length > 0, first);
            return ofFirst.AddRange(ofLast);
        }
    }
}
