using System.Collections.Immutable;

namespace Aval.Cover.Rules;

/// <summary>Days of shipment for which one insured limit holds.</summary>
/// <param name="Limit">Minor units of the payer's credit currency.</param>
public sealed record CoverStretch(InsuranceCover Cover, DateOnly From, DateOnly To, long Limit)
{
    /// <summary>One payer's covers and their cuts as a row of stretches without overlap, earliest first.</summary>
    /// <remarks>Of two covers that hold on one day the one that began later rules, of equal ones the last entered: a named limit takes the place of the
    /// discretionary one, and when it ends before that the other rules again.</remarks>
    public static ImmutableArray<CoverStretch> Of(IReadOnlyCollection<InsuranceCover> covers, IReadOnlyCollection<CoverCut> cuts)
    {
        var bounds = covers.Select(cover => cover.ValidFrom).Concat(covers.Select(cover => cover.ValidTo.AddDays(1))).Concat(cuts.Select(cut => cut.From))
            .Distinct().Order().ToList();
        var stretches = ImmutableArray.CreateBuilder<CoverStretch>();
        for (var at = 0; at + 1 < bounds.Count; at++)
        {
            if (On(covers, bounds[at]) is not { } cover) continue;
            var (to, limit) = (bounds[at + 1].AddDays(-1), cover.InCredit(LimitOn(cover, cuts, bounds[at])));
            if (stretches.Count > 0 && stretches[^1] is var last && last.Cover == cover && last.Limit == limit && last.To.AddDays(1) == bounds[at])
                stretches[^1] = last with { To = to };
            else stretches.Add(new CoverStretch(cover, bounds[at], to, limit));
        }

        return stretches.ToImmutable();
    }

    /// <summary>The cover that rules for shipments of a day; null where none does.</summary>
    public static InsuranceCover? On(IEnumerable<InsuranceCover> covers, DateOnly day) =>
        covers.Where(cover => cover.HoldsOn(day)).OrderBy(cover => cover.ValidFrom).ThenBy(cover => cover.Entered).LastOrDefault();

    /// <summary>The insured limit for shipments of a day after the cuts that bind them, in minor units of the cover's currency.</summary>
    public static long LimitOn(InsuranceCover cover, IEnumerable<CoverCut> cuts, DateOnly day) =>
        cuts.Where(cut => cut.Cover == cover.Number && cut.From <= day).MaxBy(cut => cut.Number)?.Amount ?? cover.Amount;
}
