using System.Collections.Immutable;
using Aval.Checks.Rules;
using Aval.Cover.Rules;
using Aval.Exposure.Rules;
using Aval.Kernel;
using Aval.Orders;
using Aval.Policies.Rules;
using Aval.Receivables.Rules;
using Aval.Tests.Checks;
using FsCheck;
using FsCheck.Fluent;

namespace Aval.Tests.Cover;

/// <summary>What must hold of every payer, however it is insured and guaranteed.</summary>
public sealed class CoverLaws
{
    static readonly Netting Netting = Standard.Policy.Netting;
    static readonly DateOnly Today = new(2026, 3, 31);

    static readonly Gen<PayerCover> Covers =
        from percent in Gen.Elements(0.5m, 50m, 90m, 95m, 100m)
        from stretches in Gen.Choose(0, 20_000).SelectMany(limit => Gen.Choose(0, 15_000).Select(eligible => (limit, eligible))).ListOf()
        from guarantees in Gen.Choose(0, 8_000).ListOf()
        let first = Today.AddDays(-10 * (stretches.Count - 1))
        select new PayerCover(
            [.. stretches.Select((stretch, at) => new InsuredShipments(
                "V", first.AddDays(10 * at), first.AddDays((10 * at) + 9), stretch.limit, percent, stretch.eligible))],
            [.. guarantees.Select((left, at) => new GuaranteeLeft($"G{at}", Today, left))]);

    static readonly Gen<PayerExposure> Exposures =
        from cover in Covers
        from receivables in Gen.Choose(0, 40_000)
        from open in Gen.Choose(0, 10_000)
        from notes in Gen.Choose(0, 5_000)
        select new PayerExposure(Currency.EUR, OpenOrders: open, Receivables: receivables, OpenCreditNotes: notes, Cover: cover);

    [Fact]
    public void What_others_bear_is_never_more_than_the_decision_exposure_and_never_the_same_cent_twice() => Holds(exposure =>
    {
        var (decision, insured, guaranteed) = (exposure.Decision(Netting), exposure.Insured(Netting), exposure.Guaranteed(Netting));
        return insured >= 0 && guaranteed >= 0 && insured + guaranteed <= decision && exposure.Retained(Netting) == decision - insured - guaranteed;
    });

    [Fact]
    public void The_parts_add_up_to_the_figures() => Holds(exposure =>
        exposure.Cover!.InsuredParts(exposure.Decision(Netting)).Sum(part => part.Amount) == exposure.Insured(Netting)
        && exposure.Cover.GuaranteedParts(exposure.Decision(Netting)).Sum(part => part.Amount) == exposure.Guaranteed(Netting));

    [Fact]
    public void A_further_guarantee_never_raises_what_we_retain() => Holds(exposure =>
        (exposure with { Cover = exposure.Cover! with { Guarantees = exposure.Cover.Guarantees.Add(new("more", Today, 500)) } }).Retained(Netting) <= exposure.Retained(Netting));

    /// <summary>Of one percentage: a cover that bears less of each euro may take the room of one that bears more.</summary>
    [Fact]
    public void A_higher_insured_limit_never_raises_what_we_retain() => Holds(exposure =>
        exposure.Cover!.Shipments.Select((_, at) => at).All(at => Raised(exposure, at).Retained(Netting) <= exposure.Retained(Netting)));

    [Fact]
    public void With_the_same_cover_what_an_order_adds_is_never_below_zero_nor_more_than_its_value() => Holds(exposure =>
        exposure.Adds(Netting, 1_000, Today) is >= 0 and <= 1_000);

    /// <summary>The check itself, on what the payer then stands with.</summary>
    [Fact]
    public void More_cover_or_another_guarantee_never_worsens_the_verdict() => Prop.ForAll(
        (from exposure in Exposures from limit in Gen.Choose(0, 30_000) from worth in Gen.Choose(1, 9_000) select (exposure, limit, worth)).ToArbitrary(),
        drawn =>
        {
            var before = Verdict(drawn.exposure, drawn.limit, drawn.worth);
            var cover = drawn.exposure.Cover!;
            var guaranteed = drawn.exposure with { Cover = cover with { Guarantees = cover.Guarantees.Add(new("more", Today, 500)) } };
            return Verdict(guaranteed, drawn.limit, drawn.worth) <= before
                && cover.Shipments.Select((_, at) => Verdict(Raised(drawn.exposure, at), drawn.limit, drawn.worth)).All(verdict => verdict <= before);
        }).Holds();

    static Triage Verdict(PayerExposure exposure, int limit, int worth)
    {
        var facts = new Situation { Limit = "10000", Worth = worth / 100m }.Facts();
        var node = facts.Nodes[0] with
        {
            Limit = facts.Nodes[0].Limit with { Amount = limit }, Exposure = exposure.Compared(Netting), OrderAmount = exposure.Adds(Netting, worth, Today),
        };
        return Aval.Checks.Rules.Check.Run(facts with { Nodes = [node], Stands = exposure }, Situation.PolicyWith("{}")).Triage;
    }

    /// <summary>The sums of the tree say the same as looking at each item.</summary>
    [Fact]
    public void Sums_by_date_and_due_date_are_those_of_the_items() => Prop.ForAll(
        (from dates in Gen.Choose(0, 60).SelectMany(date => Gen.Choose(0, 60).Select(due => (date, due))).ListOf()
            from begin in Gen.Choose(0, 60)
            from length in Gen.Choose(0, 40)
            from due in Gen.Choose(0, 60)
            select (dates, begin, length, due)).ToArbitrary(),
        drawn =>
        {
            var items = drawn.dates.Select((item, at) => new OpenItem($"I{at}", Today.AddDays(item.due), at + 1) { Date = Today.AddDays(item.date) }).ToArray();
            OpenItems tree = [.. items];
            var (from, to, due) = (Today.AddDays(drawn.begin), Today.AddDays(drawn.begin + drawn.length), Today.AddDays(drawn.due));
            var meant = items.Where(item => item.Date >= from && item.Date <= to && item.DueDate >= due).ToList();
            var shipped = tree.Shipped(from, to, due);
            return shipped.Sum == meant.Sum(item => item.Open) && shipped.FirstDue == (meant.Count == 0 ? null : meant.Min(item => item.DueDate));
        }).Holds();

    static PayerExposure Raised(PayerExposure exposure, int at)
    {
        var shipments = exposure.Cover!.Shipments;
        return exposure with { Cover = exposure.Cover with { Shipments = shipments.SetItem(at, shipments[at] with { Limit = shipments[at].Limit + 700 }) } };
    }

    static void Holds(Func<PayerExposure, bool> law) => Prop.ForAll(Exposures.ToArbitrary(), law).Holds();
}
