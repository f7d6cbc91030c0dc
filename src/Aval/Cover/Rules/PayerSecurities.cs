using System.Collections.Immutable;
using Aval.Orders;
using Aval.Receivables.Rules;

namespace Aval.Cover.Rules;

/// <summary>All guarantees and covers ever recorded for one payer, each kind in order of entry. Immutable.</summary>
public sealed record PayerSecurities
{
    public static readonly PayerSecurities None = new();

    public ImmutableArray<Guarantee> Guarantees { get; private init; } = [];
    public ImmutableArray<GuaranteeDrawing> Drawings { get; private init; } = [];
    public ImmutableArray<InsuranceCover> Covers { get; private init; } = [];

    /// <summary>Covers that wait for approval, or were refused it: they insure nothing.</summary>
    public ImmutableArray<InsuranceCover> OnlyAskedFor { get; private init; } = [];

    /// <summary>All covers, in order of entry.</summary>
    public IEnumerable<InsuranceCover> AllCovers => Covers.Concat(OnlyAskedFor).OrderBy(cover => cover.Entered);
    public ImmutableArray<CoverCut> Cuts { get; private init; } = [];
    public ImmutableArray<CoverNotification> Notifications { get; private init; } = [];

    /// <summary>The days of shipment that are insured, each under its limit.</summary>
    public ImmutableArray<CoverStretch> Stretches { get; private init; } = [];

    public IEnumerable<object> All => [.. Guarantees, .. Drawings, .. AllCovers, .. Cuts, .. Notifications];

    public bool IsEmpty => Guarantees.IsEmpty && Drawings.IsEmpty && Covers.IsEmpty && OnlyAskedFor.IsEmpty && Cuts.IsEmpty && Notifications.IsEmpty;

    /// <summary>What of it bears the payer's debts of a day; null when nothing does.</summary>
    public PayerCover? On(PayerReceivables receivables, PayerOrders orders, DateOnly today)
    {
        var shipments = Stretches.IsEmpty ? [] : Eligible.In(Stretches, receivables, orders, today);
        ImmutableArray<GuaranteeLeft> guarantees =
            [.. Guarantees.Where(guarantee => guarantee.HoldsOn(today)).Select(guarantee => new GuaranteeLeft(guarantee.Number, guarantee.ValidTo, guarantee.LeftInCredit()))];
        return shipments.IsEmpty && guarantees.IsEmpty ? null : new PayerCover(shipments, guarantees);
    }

    /// <summary>What others could bear at most, in minor units of the payer's credit currency: all that holds on the day or will, as far as it counts.</summary>
    public long Worth(DateOnly today) =>
        Guarantees.Where(guarantee => guarantee is { Status: SecurityStatus.Approved, ReleasedOn: null } && guarantee.ValidTo >= today).Sum(guarantee => guarantee.LeftInCredit())
        + Covers.Where(cover => cover.ValidTo >= today).Sum(cover => cover.Bears());

    public PayerSecurities With(object row) => row switch
    {
        Guarantee guarantee => this with { Guarantees = [.. Guarantees.Add(guarantee).OrderBy(other => other.Entered)] },
        GuaranteeDrawing drawing => this with { Drawings = [.. Drawings.Add(drawing).OrderBy(other => other.Date).ThenBy(other => other.Id, StringComparer.Ordinal)] },
        InsuranceCover { Status: not SecurityStatus.Approved } cover => this with { OnlyAskedFor = [.. OnlyAskedFor.Add(cover).OrderBy(other => other.Entered)] },
        InsuranceCover cover => (this with { Covers = [.. Covers.Add(cover).OrderBy(other => other.Entered)] }).Stretched(),
        CoverCut cut => (this with { Cuts = [.. Cuts.Add(cut).OrderBy(other => other.Cover, StringComparer.Ordinal).ThenBy(other => other.Number)] }).Stretched(),
        CoverNotification told => this with { Notifications = [.. Notifications.Add(told).OrderBy(other => other.Date).ThenBy(other => other.Id, StringComparer.Ordinal)] },
        _ => this,
    };

    public PayerSecurities Without(object row) => row switch
    {
        Guarantee guarantee => this with { Guarantees = Guarantees.Remove(guarantee) },
        GuaranteeDrawing drawing => this with { Drawings = Drawings.Remove(drawing) },
        InsuranceCover { Status: not SecurityStatus.Approved } cover => this with { OnlyAskedFor = OnlyAskedFor.Remove(cover) },
        InsuranceCover cover => (this with { Covers = Covers.Remove(cover) }).Stretched(),
        CoverCut cut => (this with { Cuts = Cuts.Remove(cut) }).Stretched(),
        CoverNotification told => this with { Notifications = Notifications.Remove(told) },
        _ => this,
    };

    /// <summary>A cut may stand here without its cover for the moment in which rows are exchanged.</summary>
    PayerSecurities Stretched() => this with { Stretches = CoverStretch.Of(Covers, [.. Cuts.Where(cut => Covers.Any(cover => cover.Number == cut.Cover))]) };
}
