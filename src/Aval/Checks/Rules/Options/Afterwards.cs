using System.Collections.Immutable;
using Aval.Disputes.Rules;
using Aval.Kernel;
using Aval.Limits.Rules;

namespace Aval.Checks.Rules.Options;

/// <summary>The question once an option is done, told by what the option says of itself.</summary>
static class Afterwards
{
    /// <summary>Null where it does not say what exactly is done: which data will stand there, which money will have come by a day.</summary>
    /// <param name="defects">Our own that the options were found with.</param>
    public static WhatIf? Of(WhatIf asked, Option option, ImmutableArray<Defect> defects)
    {
        if (Alone(asked, option, defects) is not { } done) return null;
        return option.And is { } and ? Of(done, and, defects) : done;
    }

    static WhatIf? Alone(WhatIf asked, Option option, ImmutableArray<Defect> defects) => option.Action switch
    {
        OptionAction.ApplyReceipt or OptionAction.IssueCreditNote => Mended(asked, option, defects),
        OptionAction.QualifyDispute => option.Documents.Aggregate(
            (WhatIf?)asked, (done, number) => done is not null && asked.Root.Find<Dispute>(number) is { } dispute ? done.Qualified(dispute) : null),
        OptionAction.WaitForPayment => option.Invoices.IsEmpty ? null : option.Invoices.Aggregate(asked, (done, invoice) => done.Paid(invoice)),
        OptionAction.Deposit or OptionAction.Prepayment => option is { Amount: { } amount, Currency: { } currency } ? asked.Deposited(amount, currency) : null,
        OptionAction.PartialRelease or OptionAction.StagedInvoicing or OptionAction.ReduceOrder =>
            option is { Amount: { } amount, Currency: { } currency } && currency == asked.Order.Currency ? asked.WorthOnly(amount) : null,
        OptionAction.TemporaryLimit => Limited(asked, option, LimitTerm.Temporary),
        OptionAction.CorrectLimit => Limited(asked, option, LimitTerm.Standing),
        OptionAction.Guarantee => option is { Amount: { } amount, Currency: { } currency } ? asked.Guaranteed(amount, currency) : null,
        OptionAction.ShorterTerms => option.PaymentTerms is { } terms ? asked.Under(terms) : null,
        OptionAction.CorrectData or OptionAction.LaterShipDate or OptionAction.PayUndisputed => null,
    };

    static WhatIf? Mended(WhatIf asked, Option option, ImmutableArray<Defect> defects)
    {
        var meant = defects.Where(defect => option.Documents.Contains(defect.Document)).ToList();
        return meant.Count == option.Documents.Length ? Defects.Without(asked, meant) : null;
    }

    static WhatIf? Limited(WhatIf asked, Option option, LimitTerm term) => option is { Amount: { } amount, Currency: { } currency, Level: { } level }
        ? asked.Limited(level, option.LimitLevel ?? LimitLevel.Payer, term, amount, currency, option.Until)
        : null;
}
