using System.Collections.Immutable;
using Aval.Policies.Rules;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Checks.Rules.Options;

/// <summary>Which invoices the payer must pay: the fewest, of these the least amount, of these those due first.</summary>
/// <remarks>Exact up to three invoices among 200 open ones; beyond, found greedily and marked <see cref="Option.Approximate"/>.</remarks>
static class PaymentOptions
{
    const int MostCandidates = 200;
    const int MostTogether = 3;

    /// <summary>A list of more invoices is no request that anybody could make.</summary>
    public const int MostNamed = 50;

    public static Option? Of(WhatIf asked, Proof proof, int daysLate)
    {
        if (!proof.Blocks(FindingKinds.LimitExceeded) && !IsLate(proof.Booked)) return null;
        if (asked.Facts() is not { Payer: { } payer } facts) return null;
        var all = asked.Root.Get<ReceivablesFacts>().Of(payer.Number).OpenItems.ToList();
        var late = LateOnes(asked, proof);
        if (IsLate(proof.Booked) && late.Count == 0) return null;
        if (LeastForLimits(asked, proof, facts, all) is not { } leastInAll) return null;
        var (chosen, approximate) = Exact(asked, proof, all, late, leastInAll) ?? Greedy(asked, proof, all, late, leastInAll);
        if (chosen.Count == 0) return null;
        var option = new Option(OptionAction.WaitForPayment, OwnerFunction.AccountsReceivable)
        {
            Amount = chosen.Sum(item => item.Open), Currency = payer.Currency, Invoices = [.. chosen.Order().Select(item => item.Invoice)], Approximate = approximate,
            Until = Expectations.OfAll(chosen, asked.Today, daysLate),
        };
        return proof.Of(Paid(asked, chosen), option);
    }

    /// <summary>The late items that must be paid before nothing is late any more, those due first; empty where nothing late holds the order.</summary>
    public static IReadOnlyList<OpenItem> LateOnes(WhatIf asked, Proof proof)
    {
        var paid = new List<OpenItem>();
        if (!IsLate(proof.Booked)) return paid;
        var changed = asked;
        foreach (var item in asked.Root.Get<ReceivablesFacts>().Of(asked.Order.Payer).OpenItems)
        {
            if (item.DueDate >= asked.Today || paid.Count == MostCandidates || !proof.Spend()) break;
            paid.Add(item);
            changed = changed.Paid(item.Invoice);
            if (!IsLate(changed.Check())) return paid;
        }

        return [];
    }

    public static WhatIf Paid(WhatIf asked, IEnumerable<OpenItem> items) => items.Aggregate(asked, (changed, item) => changed.Paid(item.Invoice));

    static (IReadOnlyList<OpenItem> Chosen, bool Approximate)? Exact(
        WhatIf asked, Proof proof, List<OpenItem> all, IReadOnlyList<OpenItem> late, long leastInAll)
    {
        // Whoever pays one item less, oldest first, is still too late: nothing smaller can do. Where parts of items are left out, paying less may do all the same.
        var whole = late.All(item => item.Parts == new OpenParts(item.Open, 0, 0, 0));
        var leastLate = late.Count == 0 ? 0 : whole ? late.Take(late.Count - 1).Sum(item => item.Open) + 1 : 1;
        var few = all.Count <= MostCandidates;
        for (var size = 1; size <= MostTogether; size++)
        {
            var sets = new PaymentSets(size == 1 || few ? all : Candidates(all, asked.Today), leastInAll, leastLate, asked.Today.AddDays(-1));
            foreach (var set in sets.OfSize(size))
                if (proof.Passes(Paid(asked, set))) return (set, size > 1 && !few);
            if (sets.LeftOut) return null;
        }

        return null;
    }

    /// <summary>The least by which what is owed must fall for every limit to hold, whichever invoices it is; 0 where no limit is passed.</summary>
    static long? LeastForLimits(WhatIf asked, Proof proof, CheckFacts facts, List<OpenItem> all)
    {
        if (!proof.Blocks(FindingKinds.LimitExceeded)) return 0;
        bool Fits(long amount) => proof.Spend() && !Has(asked.Credited(amount, facts.Payer!.Currency).Check(), FindingKinds.LimitExceeded);
        long fails = 0, fits = all.Sum(item => item.Open);
        if (fits == 0 || !Fits(fits)) return null;
        while (fits - fails > 1)
        {
            var middle = fails + ((fits - fails) / 2);
            if (Fits(middle)) fits = middle;
            else fails = middle;
        }

        return fits;
    }

    /// <summary>What is late, then the largest, until it passes; then without whatever it turns out not to need.</summary>
    static (IReadOnlyList<OpenItem> Chosen, bool Approximate) Greedy(
        WhatIf asked, Proof proof, List<OpenItem> all, IReadOnlyList<OpenItem> late, long leastInAll)
    {
        var chosen = late.ToList();
        var sum = chosen.Sum(item => item.Open);
        var changed = Paid(asked, chosen);
        var others = new Queue<OpenItem>(all.Except(chosen).OrderByDescending(item => item.Open).ThenBy(item => item).Take(MostNamed));
        if (sum + others.Sum(item => item.Open) < leastInAll) return ([], true);
        while (sum < leastInAll || !proof.Passes(changed))
        {
            if (chosen.Count == MostNamed || !others.TryDequeue(out var next)) return ([], true);
            chosen.Add(next);
            sum += next.Open;
            changed = changed.Paid(next.Invoice);
        }

        foreach (var spare in chosen.OrderBy(item => item.Open).ToList())
        {
            if (sum - spare.Open < leastInAll || !proof.Passes(Paid(asked, chosen.Where(item => item != spare)))) continue;
            chosen.Remove(spare);
            sum -= spare.Open;
        }

        return (chosen, true);
    }

    /// <summary>Of very many the late ones, those due first, and the largest of the others.</summary>
    static List<OpenItem> Candidates(List<OpenItem> all, DateOnly today) =>
        [.. all.Where(item => item.DueDate < today).Take(MostCandidates / 2)
            .Concat(all.Where(item => item.DueDate >= today).OrderByDescending(item => item.Open).Take(MostCandidates / 2)).Order()];

    static bool IsLate(CheckResult result) => Has(result, FindingKinds.Overdue) || Has(result, FindingKinds.OldestItemTooOld);

    static bool Has(CheckResult result, FindingKind kind)
    {
        foreach (var finding in result.Findings)
            if (finding.Blocks && finding.Code == kind.Code) return true;
        return false;
    }
}
