using Aval.Cover;
using Aval.Limits.Rules;
using Aval.Policies.Rules;

namespace Aval.Checks.Rules.Options;

/// <summary>Which invoices the payer must pay: the fewest, of these the least amount, of these those due first.</summary>
/// <remarks>Exact up to three invoices among 200 open ones; beyond, found greedily and marked <see cref="Option.Approximate"/>.</remarks>
static class PaymentOptions
{
    const int MostCandidates = 200;
    const int MostTogether = 3;

    /// <summary>A list of more invoices is no request that anybody could make.</summary>
    public const int MostNamed = 50;

    /// <summary>Of more open invoices nobody looks for how many must be paid.</summary>
    const int MostInAll = 20_000;

    public static Option? Of(WhatIf asked, Proof proof, Debtors debtors)
    {
        if (!IsOwing(proof.Booked) && !IsLate(proof.Booked)) return null;
        if (debtors.All.IsEmpty) return null;
        var all = debtors.Open();
        var late = LateOnes(asked, proof, debtors);
        if (LeastForLimits(asked, proof, debtors, all) is not { } leastInAll) return null;
        var (chosen, approximate) = IsLate(proof.Booked) && late.Count == 0
            ? ([], true)
            : Exact(asked, proof, all, late, leastInAll, debtors.OfGroup) ?? Greedy(asked, proof, all, late, leastInAll);
        if (chosen.Count > 0) return proof.Of(Paid(asked, chosen), Waiting(asked, chosen) with { Approximate = approximate || WeighsUnevenly(asked, debtors) });
        return IsLate(proof.Booked) && DueFirst(asked, debtors, leastInAll, proof.Passes) is (var wait, var changed) ? proof.Of(changed, wait) : null;
    }

    /// <summary>Where more is late than anybody could list: what the order's payer owes, whole invoices due first before others, until it passes; by its amount alone.</summary>
    /// <remarks>Found by doubling and halving, each step from the last that failed: some microseconds for an invoice, whatever is asked about.</remarks>
    public static (Option Wait, WhatIf Changed)? DueFirst(WhatIf asked, Debtors debtors, long least, Func<WhatIf, bool> passes)
    {
        var all = new Debtors(debtors.All[..1]).Open();
        if (all.Count is <= MostNamed or > MostInAll) return null;
        var (paid, fails, next, sum) = (asked, 0, 0, 0L);
        while (next < all.Count && (sum < least || next < MostNamed)) sum += all[next++].Worth;
        WhatIf changed;
        while (!passes(changed = Paid(paid, all.Take(fails..next))))
        {
            if (next == all.Count) return null;
            (paid, fails, next) = (changed, next, Math.Min(2 * next, all.Count));
        }

        while (next - fails > 1)
        {
            var middle = fails + ((next - fails) / 2);
            var less = Paid(paid, all.Take(fails..middle));
            if (passes(less)) (changed, next) = (less, middle);
            else (paid, fails) = (less, middle);
        }

        var wait = Waiting(asked, all[..next]) with { Approximate = true };
        return (next > MostNamed ? wait with { Invoices = [] } : wait, changed);
    }

    /// <summary>Where an insurer bears a part, or unapplied money counts, one member's unit makes more room than another's: the least that was found by crediting the order's
    /// own payer first bounds nothing.</summary>
    static bool WeighsUnevenly(WhatIf asked, Debtors debtors) => debtors.OfGroup
        && (asked.Policy.Policy.NettingUnapplied || debtors.All.Any(debtor => asked.Root.Get<CoverFacts>().Of(debtor.Number) is { Covers.IsEmpty: false }));

    /// <summary>The wait for these, and the day by which they can be expected.</summary>
    public static Option Waiting(WhatIf asked, IReadOnlyCollection<Payable> items) => new(OptionAction.WaitForPayment, OwnerFunction.AccountsReceivable)
    {
        Amount = items.Sum(item => item.Worth), Currency = items.First().Debtor.Own, Invoices = [.. items.Order().Select(item => item.Invoice)],
        Elsewhere = Debtors.Elsewhere(asked, items.Select(item => (item.Invoice, item.Debtor.Number))), Until = Expectations.OfAll(items, asked.Today),
    };

    /// <summary>The late items that must be paid before nothing is late any more, those due first; empty where nothing late holds the order.</summary>
    public static IReadOnlyList<Payable> LateOnes(WhatIf asked, Proof proof, Debtors debtors)
    {
        var paid = new List<Payable>();
        if (!IsLate(proof.Booked)) return paid;
        var changed = asked;
        foreach (var item in Late(asked, proof, debtors))
        {
            if (paid.Count == MostCandidates || !proof.Spend()) break;
            paid.Add(item);
            changed = changed.Paid(item.Invoice);
            if (!IsLate(changed.Check())) return paid;
        }

        return [];
    }

    public static WhatIf Paid(WhatIf asked, IEnumerable<Payable> items) => items.Aggregate(asked, (changed, item) => changed.Paid(item.Invoice));

    public static bool IsLate(CheckResult result) => Has(result, FindingKinds.Overdue) || Has(result, FindingKinds.OldestItemTooOld);

    /// <summary>What is past due of those whose lateness holds the order, due first before others.</summary>
    static IEnumerable<Payable> Late(WhatIf asked, Proof proof, Debtors debtors)
    {
        var ofGroup = proof.Booked.Findings.Any(finding => finding.Blocks && finding.Code == FindingKinds.Overdue.Code && finding.LimitLevel == LimitLevel.Group);
        return new Debtors(ofGroup ? debtors.All : debtors.All[..1]).Open().TakeWhile(item => item.DueDate < asked.Today);
    }

    static (IReadOnlyList<Payable> Chosen, bool Approximate)? Exact(
        WhatIf asked, Proof proof, List<Payable> all, IReadOnlyList<Payable> late, long leastInAll, bool ofGroup)
    {
        // Whoever pays one item less, oldest first, is still too late: nothing smaller can do. Where parts of items are left out, or sums are rounded in several
        // currencies, paying less may do all the same.
        var whole = !ofGroup && late.All(item => item.Undivided);
        var leastLate = late.Count == 0 ? 0 : whole ? late.Take(late.Count - 1).Sum(item => item.Worth) + 1 : 1;
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
    static long? LeastForLimits(WhatIf asked, Proof proof, Debtors debtors, List<Payable> all)
    {
        if (!IsOwing(proof.Booked)) return 0;
        bool Fits(long amount) => proof.Spend() && !IsOwing(Credited(asked, debtors, amount).Check());
        long fails = 0, fits = all.Sum(item => item.Worth);
        if (fits == 0 || !Fits(fits)) return null;
        while (fits - fails > 1)
        {
            var middle = fails + ((fits - fails) / 2);
            if (Fits(middle)) fits = middle;
            else fails = middle;
        }

        // Each payer's sum is rounded once more where it is converted: the bound may be some cents above what single invoices need.
        return debtors.OfGroup ? Math.Max(0, fits - debtors.All.Length) : fits;
    }

    /// <summary>So much less is owed, first by the order's own payer: that makes room at every level above.</summary>
    static WhatIf Credited(WhatIf asked, Debtors debtors, long amount)
    {
        foreach (var debtor in debtors.All)
        {
            var owed = debtor.Owes.OpenItems.Sum.Open;
            var part = Math.Min(owed, debtor.Costs(amount));
            if (part > 0) asked = asked.Credited(part, debtor.Number, debtor.Currency);
            amount -= debtor.Worth(part);
            if (amount <= 0) break;
        }

        return asked;
    }

    /// <summary>What is late, then the largest, until it passes; then without whatever it turns out not to need.</summary>
    static (IReadOnlyList<Payable> Chosen, bool Approximate) Greedy(
        WhatIf asked, Proof proof, List<Payable> all, IReadOnlyList<Payable> late, long leastInAll)
    {
        // Of more late ones than can be named the largest: what is late is summed up, and fewer of these are enough.
        var chosen = (late.Count > MostNamed ? late.OrderByDescending(item => item.Worth).ThenBy(item => item).Take(MostNamed) : late).ToList();
        var sum = chosen.Sum(item => item.Worth);
        var changed = Paid(asked, chosen);
        var others = new Queue<Payable>(all.Except(chosen).OrderByDescending(item => item.Worth).ThenBy(item => item).Take(MostNamed));
        if (sum + others.Sum(item => item.Worth) < leastInAll) return ([], true);
        while (sum < leastInAll || !proof.Passes(changed))
        {
            if (chosen.Count >= MostNamed || !others.TryDequeue(out var next)) return ([], true);
            chosen.Add(next);
            sum += next.Worth;
            changed = changed.Paid(next.Invoice);
        }

        foreach (var spare in chosen.OrderBy(item => item.Worth).ToList())
        {
            if (sum - spare.Worth < leastInAll || !proof.Passes(Paid(asked, chosen.Where(item => item != spare)))) continue;
            chosen.Remove(spare);
            sum -= spare.Worth;
        }

        return (chosen, true);
    }

    /// <summary>Of very many the late ones, those due first, and the largest of the others.</summary>
    static List<Payable> Candidates(List<Payable> all, DateOnly today) =>
        [.. all.Where(item => item.DueDate < today).Take(MostCandidates / 2)
            .Concat(all.Where(item => item.DueDate >= today).OrderByDescending(item => item.Worth).Take(MostCandidates / 2)).Order()];

    /// <summary>Whether too much is owed, by the limits or beyond what the insurer has left.</summary>
    static bool IsOwing(CheckResult result) => Has(result, FindingKinds.LimitExceeded) || Has(result, FindingKinds.CoverReduced);

    static bool Has(CheckResult result, FindingKind kind)
    {
        foreach (var finding in result.Findings)
            if (finding.Blocks && finding.Code == kind.Code) return true;
        return false;
    }
}
