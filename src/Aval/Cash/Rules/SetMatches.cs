using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Aval.Policies.Rules;

namespace Aval.Cash.Rules;

/// <summary>Matches by a set of documents that has the sum.</summary>
static class SetMatches
{
    const decimal Surest = 0.97m;

    /// <summary>What one expected accident takes off the confidence. A short payment that nobody explained may equal the sum of other documents: a set is posted
    /// only where that would happen less than twice in a thousand such payments.</summary>
    const double Weight = 35;

    /// <summary>The steps of round amounts, in minor units.</summary>
    static readonly long[] RoundSteps =
        [5, 10, 50, 100, 500, 1000, 2000, 2500, 5000, 10_000, 20_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 10_000_000];

    public static (IReadOnlyList<Match> Matches, bool GaveUp) Of(Remittance paid, OpenDocuments documents)
    {
        var (byOpen, gaveUp) = Of(paid, documents, document => document.Open, Fit.Exact);
        if (byOpen.Count > 0 || documents.All.All(document => document.Discount == 0)) return (byOpen, gaveUp);
        return Of(paid, documents, document => document.Payable, Fit.WithDiscount);
    }

    static (IReadOnlyList<Match> Matches, bool GaveUp) Of(Remittance paid, OpenDocuments documents, Func<OpenDocument, long> amountOf, Fit fit)
    {
        var amounts = documents.All.Select(amountOf).ToArray();
        var found = SetSearch.Find(amounts, paid.Amount);
        var sets = found.Sets.Select(set => Of(paid.Amount, [.. set.Select(at => documents.All[at])], fit, Sureness(amounts, paid.Amount, set.Length, found.Tried)));
        return ([.. sets], found.GaveUp);
    }

    static Match Of(long amount, ImmutableArray<OpenDocument> set, Fit fit, decimal sure) =>
        new(MatchRule.SumOfSet, sure, Closing.Parts(fit, amount, set), set.Length.ToString(CultureInfo.InvariantCulture) + " ×");

    static decimal Sureness(long[] amounts, long target, int size, double tried) =>
        Math.Max(0, Surest - (decimal)Math.Min(1, Weight * Accidents(amounts, target, size, tried)));

    /// <summary>How many of the sets of up to so many documents have this sum by accident.</summary>
    /// <remarks>Sums lie no denser than the step that their amounts have in common. Round amounts lie on a wide step, and a round sum beside one odd amount is theirs alone:
    /// so each step of the target is asked with the amounts that are on it, and the densest counts.</remarks>
    static double Accidents(long[] amounts, long target, int size, double tried)
    {
        var common = amounts.Aggregate(0L, (step, amount) => (long)BigInteger.GreatestCommonDivisor(step, amount));
        var most = OnStep(amounts, common, size, tried);
        foreach (var step in RoundSteps)
        {
            if (target % step != 0 || step <= common) continue;
            var round = Array.FindAll(amounts, amount => amount % step == 0);
            if (round.Length < 2) continue;
            most = Math.Max(most, OnStep(round, step, Math.Min(size, round.Length), tried));
        }

        return most;
    }

    /// <summary>Sums of several amounts gather in the middle of their reach, the more the more amounts there are.</summary>
    static double OnStep(long[] amounts, long step, int size, double tried)
    {
        var reach = amounts.Select(Math.Abs).OrderDescending().Take(size).Sum();
        return Math.Min(tried, SetsUpTo(size, amounts.Length)) * Math.Sqrt(2 * size) * step / reach;
    }

    static double SetsUpTo(int size, int count)
    {
        var (sum, ofSize) = (0d, 1d);
        for (var at = 1; at <= size; at++)
        {
            ofSize *= (count - at + 1d) / at;
            sum += ofSize;
        }

        return sum;
    }
}
