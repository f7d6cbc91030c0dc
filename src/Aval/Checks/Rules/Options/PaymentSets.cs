namespace Aval.Checks.Rules.Options;

/// <summary>Sets of one to three open items that pay at least so much in all and so much of what is late: of each size the cheapest first, then those due first.</summary>
/// <param name="items">Earliest due first.</param>
/// <param name="leastInAll">Minor units that no smaller payment could do with.</param>
/// <param name="leastLate">Minor units of items due on or before <paramref name="lateBy"/> that no smaller payment could do with.</param>
sealed class PaymentSets(IReadOnlyList<Payable> items, long leastInAll, long leastLate, DateOnly lateBy)
{
    /// <summary>Sets of one size that are tried: the bounds are close, so the first few decide.</summary>
    const int MostTried = 300;

    readonly record struct Candidate(long Amount, int First, int Second, int Third);

    /// <summary>True once there were more sets of a size than are tried: a cheaper one may have been left out.</summary>
    public bool LeftOut { get; private set; }

    /// <summary>The sets of this many items, in the order in which they are to be tried.</summary>
    public IEnumerable<IReadOnlyList<Payable>> OfSize(int size)
    {
        var cheapest = new SortedSet<Candidate>(Comparer<Candidate>.Create(Compare));
        for (var first = 0; first < items.Count; first++)
        {
            if (size == 1)
            {
                Consider(cheapest, new Candidate(items[first].Worth, first, -1, -1), Late(first));
                continue;
            }

            for (var second = first + 1; second < items.Count; second++)
            {
                var (amount, late) = (items[first].Worth + items[second].Worth, Late(first) + Late(second));
                if (size == 2) Consider(cheapest, new Candidate(amount, first, second, -1), late);
                else
                    for (var third = second + 1; third < items.Count; third++)
                        Consider(cheapest, new Candidate(amount + items[third].Worth, first, second, third), late + Late(third));
            }
        }

        return cheapest.Select(Items).ToList();
    }

    void Consider(SortedSet<Candidate> cheapest, Candidate candidate, long late)
    {
        if (candidate.Amount < leastInAll || late < leastLate) return;
        if (cheapest.Count < MostTried)
        {
            cheapest.Add(candidate);
            return;
        }

        LeftOut = true;
        if (candidate.Amount > cheapest.Max.Amount) return;
        cheapest.Add(candidate);
        cheapest.Remove(cheapest.Max);
    }

    long Late(int at) => items[at].DueDate <= lateBy ? items[at].Worth : 0;

    List<Payable> Items(Candidate candidate)
    {
        var chosen = new List<Payable>(3) { items[candidate.First] };
        if (candidate.Second >= 0) chosen.Add(items[candidate.Second]);
        if (candidate.Third >= 0) chosen.Add(items[candidate.Third]);
        return chosen;
    }

    /// <summary>By amount; of equal ones the set whose items are due first.</summary>
    static int Compare(Candidate left, Candidate right)
    {
        var byAmount = left.Amount.CompareTo(right.Amount);
        if (byAmount != 0) return byAmount;
        return (left.First, left.Second, left.Third).CompareTo((right.First, right.Second, right.Third));
    }
}
