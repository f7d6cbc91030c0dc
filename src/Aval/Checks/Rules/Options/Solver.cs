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
        if (!proof.HasCurable) return [.. OwnOptions.Data(asked, proof)];
        var daysLate = DaysLate(asked);
        var found = Ranked(
        [
            OwnOptions.Defects(asked, proof, defects), OwnOptions.Terms(asked, proof), .. DisputeOptions.Of(asked, proof), .. ByOthers(asked, proof, daysLate),
        ]);
        // To pay all of it in advance is always a way, and seldom the one that anybody wants.
        if (found.Any(option => option.Action != OptionAction.Prepayment)) return found;
        return [.. Ranked(Pairs(asked, proof, defects, daysLate).Where(pair => pair?.And?.Action != OptionAction.Prepayment).Take(MostPairs)), .. found];
    }

    /// <summary>What the customer or credit can do.</summary>
    static IEnumerable<Option?> ByOthers(WhatIf asked, Proof proof, int daysLate) =>
    [
        PaymentOptions.Of(asked, proof, daysLate), LaterOptions.Of(asked, proof, daysLate), .. AmountOptions.Of(asked, proof, daysLate),
    ];

    /// <summary>First what brings it nearer, then the smallest of what is left to do.</summary>
    static IEnumerable<Option?> Pairs(WhatIf asked, Proof proof, ImmutableArray<Defect> defects, int daysLate)
    {
        foreach (var (first, changed) in Firsts(asked, proof, defects))
        {
            var after = proof.After(changed.Check());
            if (!after.HasCurable) continue;
            foreach (var second in ByOthers(changed, after, daysLate).Append(OwnOptions.Terms(changed, after)))
                if (second is not null) yield return first.Then(second) with { AlsoNeeds = second.AlsoNeeds };
        }
    }

    static IEnumerable<(Option First, WhatIf Changed)> Firsts(WhatIf asked, Proof proof, ImmutableArray<Defect> defects)
    {
        if (!defects.IsEmpty) yield return (OwnOptions.Mending(defects), Defects.Without(asked, defects));
        var facts = asked.Facts();
        if (proof.Blocks(FindingKinds.TermsDeviate))
            yield return (
                new Option(OptionAction.ShorterTerms, OwnerFunction.CustomerService) { PaymentTerms = facts.Customer.PaymentTerms },
                asked.Under(facts.Customer.PaymentTerms));
        var late = PaymentOptions.LateOnes(asked, proof);
        if (late.Count > 0)
            yield return (
                new Option(OptionAction.WaitForPayment, OwnerFunction.AccountsReceivable)
                {
                    Amount = late.Sum(item => item.Open), Currency = facts.Payer!.Currency, Invoices = [.. late.Select(item => item.Invoice)],
                },
                PaymentOptions.Paid(asked, late));
        foreach (var (limit, changed) in AmountOptions.LimitsAlone(asked, proof)) yield return (limit, changed);
    }

    static ImmutableArray<Option> Ranked(IEnumerable<Option?> options) => [.. options.OfType<Option>().OrderBy(option => option.Action)];

    static int DaysLate(WhatIf asked) => asked.Facts().Receivables.DaysLate;
}
