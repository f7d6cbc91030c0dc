using System.Collections.Immutable;

namespace Aval.Cover.Rules;

/// <summary>What others bear of one payer's debts on one day: the insurer first, then guarantors of what remains (docs/concepts/cover.md).</summary>
/// <param name="Shipments">Stretches of cover with what was shipped in them, earliest first; those that lie ahead stand there with nothing.</param>
/// <param name="Guarantees">What holds on the day, in order of entry.</param>
public sealed record PayerCover(ImmutableArray<InsuredShipments> Shipments, ImmutableArray<GuaranteeLeft> Guarantees)
{
    /// <summary>What the insurer bears of a decision exposure, in minor units.</summary>
    /// <remarks>Each stretch insures up to its own limit what the stretches before it have left of that limit, so that a cut binds later shipments only. What is
    /// insured in all is never more than the exposure; of what exceeds it the latest shipments are left out. Rounded down: we never rely on a cent that the insurer would
    /// not pay. The parts are differences of cumulative rounded values, so that none is lost.</remarks>
    public long Insured(long decision)
    {
        long insured = 0;
        foreach (var part in InsuredParts(decision)) insured += part.Amount;
        return insured;
    }

    /// <summary>What guarantors bear of what the insurer leaves, in minor units; never the same cent twice.</summary>
    public long Guaranteed(long decision)
    {
        long left = 0;
        foreach (var guarantee in Guarantees) left += guarantee.Left;
        return Math.Min(left, Math.Max(0, decision - Insured(decision)));
    }

    /// <summary>The insured part of each cover; they add up to <see cref="Insured"/>.</summary>
    public IEnumerable<CoveredPart> InsuredParts(long decision)
    {
        long used = 0;
        decimal borne = 0;
        foreach (var shipments in Shipments)
        {
            var room = Math.Min(shipments.Limit - used, decision - used);
            var counts = Math.Min(shipments.Eligible, Math.Max(0, room));
            used += counts;
            var before = Math.Floor(borne);
            borne += counts * shipments.Percent / 100;
            if (counts > 0) yield return new CoveredPart(shipments.Cover, (long)(Math.Floor(borne) - before), shipments.To);
        }
    }

    /// <summary>The part of each guarantee that is used, those entered first before others; they add up to <see cref="Guaranteed"/>.</summary>
    public IEnumerable<CoveredPart> GuaranteedParts(long decision)
    {
        var rest = Guaranteed(decision);
        foreach (var guarantee in Guarantees)
        {
            var counts = Math.Min(rest, guarantee.Left);
            rest -= counts;
            if (counts > 0) yield return new CoveredPart(guarantee.Number, counts, guarantee.ValidTo);
        }
    }

    /// <summary>The same once something more is to be shipped on a day; nothing changes where no cover holds on it.</summary>
    public PayerCover With(DateOnly ships, long amount)
    {
        for (var at = 0; at < Shipments.Length; at++)
            if (Shipments[at].From <= ships && ships <= Shipments[at].To)
                return this with { Shipments = Shipments.SetItem(at, Shipments[at] with { Eligible = Shipments[at].Eligible + amount }) };
        return this;
    }
}

/// <summary>What was shipped, or is to be shipped, in one stretch of cover and may still be claimed.</summary>
/// <param name="Cover">The cover's number.</param>
/// <param name="Limit">Minor units of the payer's credit currency, as <paramref name="Eligible"/>.</param>
public readonly record struct InsuredShipments(string Cover, DateOnly From, DateOnly To, long Limit, decimal Percent, long Eligible);

/// <summary>What is left of a guarantee, in minor units of the payer's credit currency.</summary>
public readonly record struct GuaranteeLeft(string Number, DateOnly ValidTo, long Left);

/// <summary>What one cover or guarantee bears of an exposure.</summary>
/// <param name="Until">Its last day, or the last day of the stretch.</param>
public readonly record struct CoveredPart(string Number, long Amount, DateOnly Until);
