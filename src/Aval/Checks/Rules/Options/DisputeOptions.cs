using System.Collections.Immutable;
using Aval.Disputes;
using Aval.Disputes.Rules;
using Aval.Policies.Rules;
using Aval.Receivables;
using Aval.Receivables.Rules;

namespace Aval.Checks.Rules.Options;

/// <summary>The options that disputes leave: say whose fault they are, or have paid what nobody disputes.</summary>
static class DisputeOptions
{
    const int Most = 50;

    public static IEnumerable<Option> Of(WhatIf asked, Proof proof)
    {
        if (Qualify(asked, proof) is { } qualify) yield return qualify;
        if (PayUndisputed(asked, proof) is { } pay) yield return pay;
    }

    /// <summary>The fewest disputes that, found to be our fault, would make it acceptable: the largest first, then without those that it does not need.</summary>
    static Option? Qualify(WhatIf asked, Proof proof)
    {
        var unqualified = asked.Root.Get<DisputesFacts>().Of(asked.Order.Payer).Unqualified.Take(Most).Select(open => asked.Root.Find<Dispute>(open.Number)!)
            .OrderByDescending(dispute => dispute.Amount).ThenBy(dispute => dispute.Number, StringComparer.Ordinal).ToImmutableArray();
        if (unqualified.IsEmpty || !proof.Passes(All(asked, unqualified))) return null;
        foreach (var dispute in unqualified.Reverse())
            if (unqualified.Length > 1 && proof.Passes(All(asked, unqualified.Remove(dispute)))) unqualified = unqualified.Remove(dispute);
        var currency = unqualified.Select(dispute => dispute.Currency).Distinct().ToList();
        var option = new Option(OptionAction.QualifyDispute, unqualified[0].Owner)
        {
            Amount = currency.Count == 1 ? unqualified.Sum(dispute => dispute.Amount) : null, Currency = currency.Count == 1 ? currency[0] : null,
            Documents = [.. unqualified.Select(dispute => dispute.Number)], Invoices = [.. unqualified.Select(dispute => dispute.Invoice).Distinct(StringComparer.Ordinal)],
        };
        return proof.Of(All(asked, unqualified), option);
    }

    static WhatIf All(WhatIf asked, ImmutableArray<Dispute> disputes) => disputes.Aggregate(asked, (changed, dispute) => changed.Qualified(dispute));

    /// <summary>Of everything late, what nobody disputes; the disputed invoices stay out for the rest.</summary>
    static Option? PayUndisputed(WhatIf asked, Proof proof)
    {
        if (asked.Facts().Payer is not { } payer || asked.Root.Get<ReceivablesFacts>().Of(payer.Number) is not { Disputed.Total: > 0 } receivables) return null;
        var late = receivables.OpenItems.TakeWhile(item => item.DueDate < asked.Today).Take(PaymentOptions.MostNamed + 1).ToList();
        var leftOut = late.Where(item => Disputed(item) > 0).ToList();
        var amount = late.Sum(item => item.Open - Disputed(item));
        if (late.Count > PaymentOptions.MostNamed || leftOut.Count == 0 || amount == 0) return null;
        var changed = late.Aggregate(asked, (sofar, item) => sofar.PaidButDisputed(item));
        var option = new Option(OptionAction.PayUndisputed, OwnerFunction.AccountsReceivable)
        {
            Amount = amount, Currency = payer.Currency, Invoices = [.. leftOut.Select(item => item.Invoice)],
        };
        return proof.Of(changed, option);
    }

    static long Disputed(OpenItem item) => item.Parts.CompanyFault + item.Parts.OtherDisputed;

    static WhatIf PaidButDisputed(this WhatIf asked, OpenItem item)
    {
        if (asked.Root.Find<Invoice>(item.Invoice) is not { } invoice) return asked;
        var disputed = Math.Min(invoice.Open, invoice.Said(PartKind.Disputed));
        return asked.With(invoice with { Settled = invoice.Amount - disputed, AtRisk = Math.Min(invoice.AtRisk, disputed) });
    }
}
