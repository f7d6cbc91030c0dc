using System.Collections.Immutable;
using Aval.Disputes;
using Aval.Disputes.Rules;
using Aval.Policies.Rules;
using Aval.Receivables.Rules;

namespace Aval.Checks.Rules.Options;

/// <summary>The options that disputes leave: say whose fault they are, or have paid what nobody disputes.</summary>
static class DisputeOptions
{
    /// <summary>Of all payers together, the largest: each that is weighed asks the check once.</summary>
    const int Most = 50;

    public static IEnumerable<Option> Of(WhatIf asked, Proof proof, Debtors debtors)
    {
        if (Qualify(asked, proof, debtors) is { } qualify) yield return qualify;
        if (PayUndisputed(asked, proof, debtors) is { } pay) yield return pay;
    }

    /// <summary>The fewest disputes that, found to be our fault, would make it acceptable: the largest first, then without those that it does not need.</summary>
    static Option? Qualify(WhatIf asked, Proof proof, Debtors debtors)
    {
        var all = debtors.All.SelectMany(debtor => asked.Root.Get<DisputesFacts>().Of(debtor.Number).Unqualified)
            .OrderByDescending(open => open.Amount).ThenBy(open => open.Number, StringComparer.Ordinal).ToList();
        var unqualified = all.Take(Most).Select(open => asked.Root.Find<Dispute>(open.Number)!).ToImmutableArray();
        if (unqualified.IsEmpty || !proof.Passes(All(asked, unqualified))) return null;
        foreach (var dispute in unqualified.Reverse())
            if (unqualified.Length > 1 && proof.Passes(All(asked, unqualified.Remove(dispute)))) unqualified = unqualified.Remove(dispute);
        var currency = unqualified.Select(dispute => dispute.Currency).Distinct().ToList();
        var option = new Option(OptionAction.QualifyDispute, unqualified[0].Owner)
        {
            Amount = currency.Count == 1 ? unqualified.Sum(dispute => dispute.Amount) : null, Currency = currency.Count == 1 ? currency[0] : null,
            Documents = [.. unqualified.Select(dispute => dispute.Number)], Invoices = [.. unqualified.Select(dispute => dispute.Invoice).Distinct(StringComparer.Ordinal)],
            Elsewhere = Debtors.Elsewhere(asked, unqualified.SelectMany(dispute => new[] { (dispute.Number, dispute.Payer), (dispute.Invoice, dispute.Payer) })),
            Approximate = all.Count > Most,
        };
        return proof.Of(All(asked, unqualified), option);
    }

    static WhatIf All(WhatIf asked, ImmutableArray<Dispute> disputes) => disputes.Aggregate(asked, (changed, dispute) => changed.Qualified(dispute));

    /// <summary>The least of the undisputed balance that must be paid, oldest due first: of what is late, else of all that is open. Disputed parts stay out.</summary>
    static Option? PayUndisputed(WhatIf asked, Proof proof, Debtors debtors)
    {
        if (debtors.All.All(debtor => debtor.Owes.Disputed.Total == 0)) return null;
        var open = debtors.Open();
        var late = open.TakeWhile(item => item.DueDate < asked.Today).ToList();
        var balance = new UndisputedBalance(asked, open);
        return Least(asked, proof, balance, late) ?? (late.Count < open.Count ? Least(asked, proof, balance, open) : null);
    }

    /// <param name="items">The first of those of the balance.</param>
    static Option? Least(WhatIf asked, Proof proof, UndisputedBalance balance, List<Payable> items)
    {
        var leftOut = items.Where(item => UndisputedBalance.Disputed(item) > 0).ToList();
        if (leftOut.Count == 0 || leftOut.Count > PaymentOptions.MostNamed || balance.Least(proof, items.Count) is not { } amount) return null;
        var option = new Option(OptionAction.PayUndisputed, OwnerFunction.AccountsReceivable)
        {
            Amount = amount, Currency = items[0].Debtor.Own, Invoices = [.. leftOut.Select(item => item.Invoice)],
            Elsewhere = Debtors.Elsewhere(asked, leftOut.Select(item => (item.Invoice, item.Debtor.Number))),
        };
        return proof.Of(balance.Paid(amount), option);
    }
}
