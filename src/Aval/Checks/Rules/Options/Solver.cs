using System.Collections.Immutable;
using Aval.Policies.Rules;

namespace Aval.Checks.Rules.Options;

/// <summary>Under what conditions yes becomes acceptable: the smallest actions, each proved by the check (docs/concepts/options.md).</summary>
public static class Solver
{
    /// <summary>Pairs shown where no single action passes.</summary>
    const int MostPairs = 6;

    /// <summary>The options of an order that is held on these facts, the least burden first; none when it would pass, or when only people can decide.</summary>
    /// <param name="defects">Our own defects that matter, as <see cref="Diagnosis.DefectsThatMatter"/> names them.</param>
    public static ImmutableArray<Option> Of(WhatIf asked, CheckResult booked, ImmutableArray<Defect> defects, Effort effort)
    {
        if (booked.Passes) return [];
        var proof = new Proof(booked, effort);
        if (!proof.HasCurable) return Ranking.Of(ByTheHouse(asked, proof, defects).Append(AmountOptions.Advance(asked, proof)), asked.Today);
        var debtors = Debtors.Of(asked, proof);
        List<Option?> found =
        [
            OwnOptions.Defects(asked, proof, defects), OwnOptions.DefectsOfGroup(asked, proof, debtors), OwnOptions.Terms(asked, proof),
            .. DisputeOptions.Of(asked, proof, debtors), .. ByOthers(asked, proof, debtors),
        ];
        // To pay all of it in advance is always a way, and seldom the one that anybody wants.
        if (found.TrueForAll(option => option is null or { Action: OptionAction.Prepayment }))
            found.AddRange(Ranking.Of(Pairs(asked, proof, defects).Where(pair => pair.And?.Action != OptionAction.Prepayment), asked.Today).Take(MostPairs));
        // Beside a deposit it is shown where it cures more: who is blocked by its risk class needs no credit then.
        if (AmountOptions.Advance(asked, proof) is { } advance && !found.Exists(option => InAdvance(option) && option!.AlsoNeeds.Length <= advance.AlsoNeeds.Length))
            found.Add(advance);
        return Ranking.Of(found, asked.Today);
    }

    /// <summary>Where no action of the customer or of credit is wanted: what the house can mend, nothing of it twice.</summary>
    static IEnumerable<Option?> ByTheHouse(WhatIf asked, Proof proof, ImmutableArray<Defect> defects)
    {
        var own = OwnOptions.Defects(asked, proof, defects);
        return MendingOptions.Of(asked, proof).Where(option => own is null || option.Action != own.Action || !option.Documents.SequenceEqual(own.Documents)).Append(own);
    }

    /// <summary>What the customer or credit can do.</summary>
    static IEnumerable<Option?> ByOthers(WhatIf asked, Proof proof, Debtors debtors)
    {
        var expected = new Expectations(asked, debtors);
        return [PaymentOptions.Of(asked, proof, debtors), LaterOptions.Of(asked, proof, expected), .. AmountOptions.Of(asked, proof, expected)];
    }

    /// <summary>First what brings it nearer, then the smallest of what is left to do.</summary>
    static IEnumerable<Option> Pairs(WhatIf asked, Proof proof, ImmutableArray<Defect> defects)
    {
        foreach (var (first, changed) in Firsts(asked, proof, defects))
        {
            var after = proof.After(changed.Check());
            if (!after.HasCurable) continue;
            foreach (var second in ByOthers(changed, after, Debtors.Of(changed, after)).Append(OwnOptions.Terms(changed, after)))
                if (second is not null) yield return first.Then(second) with { AlsoNeeds = second.AlsoNeeds };
        }
    }

    static bool InAdvance(Option? option) => option is { Action: OptionAction.Deposit or OptionAction.Prepayment, And: null };

    static IEnumerable<(Option First, WhatIf Changed)> Firsts(WhatIf asked, Proof proof, ImmutableArray<Defect> defects)
    {
        if (!defects.IsEmpty) yield return (OwnOptions.Mending(defects), Defects.Without(asked, defects));
        if (proof.Blocks(FindingKinds.TermsDeviate) && OwnOptions.LongestAccepted(asked, proof) is { } terms)
            yield return (OwnOptions.Under(terms), asked.Under(terms));
        var late = PaymentOptions.LateOnes(asked, proof, Debtors.Of(asked, proof));
        if (late.Count is > 0 and <= PaymentOptions.MostNamed) yield return (PaymentOptions.Waiting(asked, late), PaymentOptions.Paid(asked, late));
        foreach (var (limit, changed) in AmountOptions.LimitsAlone(asked, proof)) yield return (limit, changed);
    }
}
