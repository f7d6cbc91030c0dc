using System.Collections.Immutable;

namespace Aval.Cash.Rules;

/// <summary>How well an amount closes a set of documents, the best first.</summary>
public enum Fit
{
    Exact,
    /// <summary>With the cash discounts that the payer may take.</summary>
    WithDiscount,
    /// <summary>A rest is left that the house gives up.</summary>
    WithinTolerance,
    /// <summary>Not at all: too little or too much.</summary>
    None,
}

/// <summary>Splits a receipt over documents that it was meant for.</summary>
public static class Closing
{
    /// <param name="open">The documents' open sum.</param>
    /// <param name="payable">Their sum less the discounts; the same when there are none.</param>
    public static Fit Of(long amount, long open, long payable, MatchSettings settings)
    {
        if (open <= 0) return Fit.None;
        if (amount == open) return Fit.Exact;
        if (amount == payable) return Fit.WithDiscount;
        return amount < open && open - amount <= settings.TolerableOf(open) ? Fit.WithinTolerance : Fit.None;
    }

    /// <inheritdoc cref="Of(long, long, long, MatchSettings)"/>
    public static Fit Of(long amount, IEnumerable<OpenDocument> documents, MatchSettings settings)
    {
        var (open, payable) = (0L, 0L);
        foreach (var document in documents) (open, payable) = (open + document.Open, payable + document.Payable);
        return Of(amount, open, payable, settings);
    }

    /// <summary>The parts of an amount that fits.</summary>
    public static ImmutableArray<MatchedPart> Parts(Fit fit, long amount, IReadOnlyList<OpenDocument> documents) => fit switch
    {
        Fit.Exact => [.. documents.Select(document => new MatchedPart(document, document.Open))],
        Fit.WithDiscount => [.. documents.Select(document => new MatchedPart(document, document.Payable, document.Discount))],
        Fit.WithinTolerance => GivenUp(amount, documents),
        Fit.None => throw new ArgumentOutOfRangeException(nameof(fit), fit, "It does not close them."),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The parts of an amount that is too little or too much: in the order of policy, then what is due first is paid first, and a rest beyond the documents stays with
    /// the receipt.</summary>
    public static ImmutableArray<MatchedPart> InOrder(long amount, IEnumerable<OpenDocument> documents, MatchSettings settings)
    {
        var parts = ImmutableArray.CreateBuilder<MatchedPart>();
        var inOrder = documents.Where(document => !document.IsCreditNote)
            .OrderBy(document => settings.PlaceOf(document.Charge)).ThenBy(document => document.DueDate).ThenBy(document => document.Number, StringComparer.Ordinal);
        foreach (var document in inOrder)
        {
            if (amount == 0) break;
            var part = Math.Min(amount, document.Open);
            parts.Add(new MatchedPart(document, part));
            amount -= part;
        }

        return parts.ToImmutable();
    }

    /// <summary>The largest document bears the rest; all do by their amounts where it is too small.</summary>
    static ImmutableArray<MatchedPart> GivenUp(long amount, IReadOnlyList<OpenDocument> documents)
    {
        var rest = documents.Sum(document => document.Open) - amount;
        var bearer = documents.MaxBy(document => document.Open)!;
        var owed = documents.Where(document => !document.IsCreditNote).Sum(document => document.Open);
        // What is lost by rounding down goes to the largest ones, of which each then bears a coin more.
        var shares = documents.ToDictionary(document => document, document =>
            rest < bearer.Open ? (document == bearer ? rest : 0) : document.IsCreditNote ? 0 : (long)((decimal)rest * document.Open / owed));
        var lost = rest - shares.Values.Sum();
        foreach (var document in documents.OrderByDescending(document => document.Open).TakeWhile(_ => lost > 0))
        {
            shares[document]++;
            lost--;
        }

        return [.. documents.Select(document => new MatchedPart(document, document.Open - shares[document], WrittenOff: shares[document]))];
    }
}
