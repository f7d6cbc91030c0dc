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
        if (!proof.HasCurable) return Ranking.Of(WithoutCredit(asked, proof, defects), asked.Today);
        var debtors = Debtors.Of(asked, proof);
        List<Option> found = [.. Singles(asked, proof, debtors)];
        if ((OwnOptions.Defects(asked, proof, defects) ?? OwnOptions.DefectsOfGroup(asked, proof, debtors)) is { } own)
        {
            // Who has paid what holds the order is asked for nothing.
            found.RemoveAll(option => option.AsksCustomer);
            found.Add(own);
        }
        else if (OwnOptions.Part(asked, proof, defects, debtors) is (var ours, var mended) && AfterOurPart(proof, ours, mended).ToList() is { Count: > 0 } pairs)
        {
            // What is paid, or was never owed, is not asked for a second time; the whole order in advance is paid without our part too.
            found.RemoveAll(option => option.AsksCustomer);
            found.AddRange(pairs.Where(pair => pair.Last.Action != OptionAction.Prepayment && !found.Exists(option => option.Action == pair.Last.Action)));
        }
        // To pay all of it in advance is always a way, and seldom the one that anybody wants.
        else if (IsInAdvanceAlone(found)) found.AddRange(BestPairs(asked, proof));

        // Beside a deposit it is shown where it cures more: who is blocked by its risk class needs no credit then.
        if (AmountOptions.Advance(asked, proof) is { } advance && !found.Exists(option => DoesAsMuch(option, advance))) found.Add(advance);
        return Ranking.Of(found, asked.Today);
    }

    /// <summary>What the customer still has to do, or credit, once we have done our part: the fewest of our own defects first, then the smallest of what is left.</summary>
    static IEnumerable<Option> AfterOurPart(Proof proof, Option ours, WhatIf mended)
    {
        if (!proof.Spend()) return [];
        var after = proof.After(mended.Check());
        if (!after.HasCurable) return [];
        List<Option> rest = [.. Singles(mended, after, Debtors.Of(mended, after))];
        if (IsInAdvanceAlone(rest)) rest.AddRange(BestPairs(mended, after));
        return rest.Select(option => ours.Then(option) with { AlsoNeeds = option.AlsoNeeds });
    }

    /// <summary>The single actions of the customer, of credit and of whoever settles disputes.</summary>
    static IEnumerable<Option> Singles(WhatIf asked, Proof proof, Debtors debtors) =>
        new[] { OwnOptions.Terms(asked, proof) }.Concat(DisputeOptions.Of(asked, proof, debtors)).Concat(ByOthers(asked, proof, debtors)).OfType<Option>();

    static bool IsInAdvanceAlone(List<Option> found) => found.TrueForAll(option => option.Action == OptionAction.Prepayment);

    /// <summary>A deposit, or our own part where that is enough.</summary>
    static bool DoesAsMuch(Option option, Option advance) =>
        option.AlsoNeeds.Length <= advance.AlsoNeeds.Length
        && option.Decided is { Action: OptionAction.Deposit or OptionAction.Prepayment or OptionAction.ApplyReceipt or OptionAction.IssueCreditNote or OptionAction.CorrectData };

    /// <summary>Where no action of the customer or of credit is wanted; payment in advance is not where our own part does as much.</summary>
    static IEnumerable<Option?> WithoutCredit(WhatIf asked, Proof proof, ImmutableArray<Defect> defects)
    {
        var (own, advance) = (OwnOptions.Defects(asked, proof, defects), AmountOptions.Advance(asked, proof));
        return ByTheHouse(asked, proof, own).Append(advance is not null && own?.AlsoNeeds.All(advance.AlsoNeeds.Contains) == true ? null : advance);
    }

    /// <summary>What the house can mend, nothing of it twice.</summary>
    static IEnumerable<Option?> ByTheHouse(WhatIf asked, Proof proof, Option? own) =>
        MendingOptions.Of(asked, proof).Where(option => own is null || option.Action != own.Action || !option.Documents.SequenceEqual(own.Documents)).Append(own);

    /// <summary>What the customer or credit can do.</summary>
    static IEnumerable<Option?> ByOthers(WhatIf asked, Proof proof, Debtors debtors)
    {
        var expected = new Expectations(asked, debtors);
        return [PaymentOptions.Of(asked, proof, debtors), LaterOptions.Of(asked, proof, expected), .. AmountOptions.Of(asked, proof, expected)];
    }

    static IEnumerable<Option> BestPairs(WhatIf asked, Proof proof) =>
        Ranking.Of(Pairs(asked, proof).Where(pair => pair.And?.Action != OptionAction.Prepayment), asked.Today).Take(MostPairs);

    /// <summary>First what brings it nearer, then the smallest of what is left to do.</summary>
    static IEnumerable<Option> Pairs(WhatIf asked, Proof proof)
    {
        foreach (var (first, changed) in Firsts(asked, proof))
        {
            var after = proof.After(changed.Check());
            if (!after.HasCurable) continue;
            foreach (var second in ByOthers(changed, after, Debtors.Of(changed, after)).Append(OwnOptions.Terms(changed, after)))
                if (second is not null) yield return first.Then(second) with { AlsoNeeds = second.AlsoNeeds };
        }
    }

    static IEnumerable<(Option First, WhatIf Changed)> Firsts(WhatIf asked, Proof proof)
    {
        if (proof.Blocks(FindingKinds.TermsDeviate) && OwnOptions.LongestAccepted(asked, proof) is { } terms)
            yield return (OwnOptions.Under(terms), asked.Under(terms));
        var late = PaymentOptions.LateOnes(asked, proof, Debtors.Of(asked, proof));
        if (late.Count is > 0 and <= PaymentOptions.MostNamed) yield return (PaymentOptions.Waiting(asked, late), PaymentOptions.Paid(asked, late));
        else if (PaymentOptions.IsLate(proof.Booked)
            && PaymentOptions.DueFirst(asked, Debtors.Of(asked, proof), 0, paid => proof.Spend() && !PaymentOptions.IsLate(paid.Check())) is { } dueFirst)
            yield return dueFirst;
        foreach (var (limit, changed) in AmountOptions.LimitsAlone(asked, proof)) yield return (limit, changed);
    }
}
