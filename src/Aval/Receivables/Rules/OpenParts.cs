using Aval.Policies.Rules;

namespace Aval.Receivables.Rules;

/// <summary>What is open of invoices, and the parts of it that policy may leave out of overdue tests. Minor units of one currency.</summary>
/// <param name="CompanyFault">Disputed through our own fault.</param>
/// <param name="OtherDisputed">Disputed otherwise, qualified or not.</param>
/// <param name="Promised">Promised to be paid, of what is not disputed. The three together are at most <paramref name="Open"/>.</param>
public readonly record struct OpenParts(long Open, long CompanyFault, long OtherDisputed, long Promised)
{
    /// <summary>What is left when these parts are left out.</summary>
    public long Left(DisputedParts disputed, PromisedParts promised)
    {
        var standing = disputed switch
        {
            DisputedParts.Count => Open,
            DisputedParts.IgnoreCompanyFault => Open - CompanyFault,
            DisputedParts.Ignore => Open - CompanyFault - OtherDisputed,
        };
        return promised switch
        {
            PromisedParts.Count => standing,
            PromisedParts.Ignore => standing - Promised,
        };
    }

    /// <summary>One bit for each way of leaving parts out.</summary>
    internal static int LeftUnder(DisputedParts disputed, PromisedParts promised) => 1 << (((int)disputed * 2) + (int)promised);

    /// <summary>The bits of all ways under which something is left.</summary>
    internal int LeftUnderAny()
    {
        var left = 0;
        // Most invoices have no such parts, and every change of an item asks.
        if (this == new OpenParts(Open, 0, 0, 0)) return Open > 0 ? (1 << 6) - 1 : 0;
        for (var disputed = DisputedParts.Count; disputed <= DisputedParts.Ignore; disputed++)
            for (var promised = PromisedParts.Count; promised <= PromisedParts.Ignore; promised++)
                if (Left(disputed, promised) > 0) left |= LeftUnder(disputed, promised);
        return left;
    }

    public static OpenParts operator +(OpenParts left, OpenParts right) => new(
        left.Open + right.Open, left.CompanyFault + right.CompanyFault, left.OtherDisputed + right.OtherDisputed, left.Promised + right.Promised);
}
