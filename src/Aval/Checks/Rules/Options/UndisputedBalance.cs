using Aval.Receivables.Rules;

namespace Aval.Checks.Rules.Options;

/// <summary>What nobody disputes of some items, paid in their order up to an amount.</summary>
/// <remarks>Each payment builds on the one before and is kept, and no more are made than are asked about: of very many items the first few mostly do.</remarks>
sealed class UndisputedBalance
{
    /// <summary>Items paid to find out; some ten milliseconds of an ordinary machine. Where more would be needed, nothing is found.</summary>
    const int MostPaid = 1000;

    readonly List<Payable> items;
    readonly List<WhatIf> after;

    /// <summary>What the first items come to, in minor units of the credit currency of the order's own payer.</summary>
    readonly long[] sums;

    public UndisputedBalance(WhatIf asked, List<Payable> items)
    {
        this.items = items;
        after = [asked];
        sums = new long[items.Count + 1];
        for (var at = 0; at < items.Count; at++) sums[at + 1] = sums[at] + items[at].Debtor.Worth(items[at].Item.Open - Disputed(items[at]));
    }

    public static long Disputed(Payable item) => item.Item.Parts.CompanyFault + item.Item.Parts.OtherDisputed;

    /// <summary>The least that passes of what the first items come to; null where all of it does not, or nobody can tell.</summary>
    public long? Least(Proof proof, int count)
    {
        var (fails, most) = (0, Math.Min(count, MostPaid));
        for (var paid = Math.Min(1, most); paid > 0; paid = Math.Min(2 * paid, most))
        {
            if (sums[paid] > sums[fails] && proof.Passes(After(paid))) return proof.SmallestBetween(sums[fails], sums[paid], Paid);
            if (paid == most) return null;
            fails = paid;
        }

        return null;
    }

    /// <param name="amount">No more than all items come to.</param>
    public WhatIf Paid(long amount)
    {
        // The last of those that come to the same: what is disputed as a whole takes nothing.
        var (whole, beyond) = (0, sums.Length);
        while (beyond - whole > 1)
        {
            var middle = whole + ((beyond - whole) / 2);
            if (sums[middle] <= amount) whole = middle;
            else beyond = middle;
        }

        var then = After(whole);
        return whole == items.Count || sums[whole] == amount ? then : then.PaidInPart(items[whole].Invoice, InInvoiceCurrency(then, items[whole], amount - sums[whole]));
    }

    WhatIf After(int paid)
    {
        while (after.Count <= paid) after.Add(after[^1].PaidInPart(items[after.Count - 1].Invoice, long.MaxValue / 2));
        return after[paid];
    }

    /// <summary>Of an invoice in another currency as much as the share of it that is paid.</summary>
    static long InInvoiceCurrency(WhatIf asked, Payable item, long worth) =>
        asked.Root.Find<Invoice>(item.Invoice) is not { } invoice || (invoice.Currency == item.Debtor.Currency && item.Debtor.Currency == item.Debtor.Own)
            ? worth
            : (long)Math.Ceiling((decimal)worth * invoice.Open / item.Worth);
}
