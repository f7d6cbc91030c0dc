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

    /// <summary>In what steps people price: whole hundreds, fifties, tens and so on, in minor units of a currency with two decimals.</summary>
    static readonly long[] RoundSteps = [1_000_000, 100_000, 50_000, 10_000, 5_000, 1_000, 500, 100];

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
        return ([.. found.Sets.Select(set => Of(paid.Amount, [.. set.Select(at => documents.All[at])], fit, Sureness(amounts, set, found.Tried)))], found.GaveUp);
    }

    static Match Of(long amount, ImmutableArray<OpenDocument> set, Fit fit, decimal sure) =>
        new(MatchRule.SumOfSet, sure, Closing.Parts(fit, amount, set), set.Length.ToString(CultureInfo.InvariantCulture) + " ×");

    static decimal Sureness(long[] amounts, ImmutableArray<int> set, double tried) =>
        Math.Max(0, Surest - (decimal)Math.Min(1, Weight * Accidents(amounts, set, tried)));

    /// <summary>How many of the sets of up to so many documents have a given sum by accident: sums lie no denser than the amounts' common step allows.</summary>
    static double Accidents(long[] amounts, ImmutableArray<int> set, double tried)
    {
        // One odd amount among round ones says nothing of how often round ones sum up by accident.
        var round = RoundSteps.FirstOrDefault(step => set.All(at => amounts[at] % step == 0));
        var ofAll = AmongAll(amounts, set.Length, tried);
        return round == 0 ? ofAll : Math.Max(ofAll, AmongAll([.. amounts.Where(amount => amount % round == 0)], set.Length, tried));
    }

    static double AmongAll(long[] amounts, int size, double tried)
    {
        var step = amounts.Aggregate(0L, (common, amount) => (long)BigInteger.GreatestCommonDivisor(common, amount));
        var reach = amounts.Select(Math.Abs).OrderDescending().Take(size).Sum();
        return Math.Min(tried, SetsUpTo(size, amounts.Length)) / (reach / (double)step);
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
