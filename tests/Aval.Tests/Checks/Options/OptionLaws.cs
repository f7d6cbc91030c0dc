using System.Collections.Immutable;
using System.Globalization;
using Aval.Checks;
using Aval.Checks.Rules;
using Aval.Checks.Rules.Options;
using Aval.Policies.Rules;
using Aval.Receivables.Rules;
using FsCheck;
using FsCheck.Fluent;

namespace Aval.Tests.Checks.Options;

/// <summary>What holds of causes and options, whoever owes what: taken, an option passes; one step smaller, it does not.</summary>
public sealed class OptionLaws
{
    static readonly Gen<HeldOrder> Orders =
        from limit in Gen.Frequency((6, Gen.Choose(0, 12_000).Select(amount => $"{amount}")), (1, Gen.Constant("none")))
        from above in Gen.Frequency((3, Gen.Constant("")), (1, Gen.Choose(0, 15_000).Select(amount => $"{amount}")))
        from invoices in (from amount in Gen.Choose(1, 5000) from due in Gen.Choose(-120, 60) select (amount, due)).ListOf().Select(list => list.Take(8))
        from receipts in (from amount in Gen.Choose(1, 6000) from days in Gen.Choose(0, 40) select (amount, days)).ListOf().Select(list => list.Take(4))
        from quantity in Gen.Choose(1, 40)
        from price in Gen.Choose(1, 4000)
        from terms in Gen.Frequency((6, Gen.Constant<string?>(null)), (1, Gen.Constant<string?>("NET90")))
        from ships in Gen.Elements(0, 0, 10, 60)
        from required in Gen.Elements(false, false, true)
        from disputed in Gen.Elements("", "", "companyFault", "unqualified", "customerFault").SelectMany(fault => Gen.Choose(1, 3000).Select(amount => (fault, amount)))
        from promised in Gen.Frequency((2, Gen.Constant(0)), (1, Gen.Choose(1, 3000)))
        let few = invoices.ToList()
        select new HeldOrder
        {
            Limit = limit, GroupLimit = above, Invoices = [.. few.Select((item, at) => $"I-{at + 1}:{item.amount}@{item.due}")],
            Receipts = [.. receipts.Select((item, at) => $"R-{at + 1}:{item.amount}@{item.days}")], Lines = [$"{quantity}x{price}"], Terms = terms, ShipsInDays = ships,
            PurchaseOrderRequired = required,
            Disputes = few.Count > 0 && disputed.fault.Length > 0 ? [$"D-1:I-1:{Math.Min(disputed.amount, few[0].amount)}:{disputed.fault}"] : [],
            PromisedCreditNotes = few.Count > 1 && promised > 0 ? [$"CP-1:I-2:{Math.Min(promised, few[1].amount)}"] : [],
        };

    [Fact]
    public void Every_option_passes_when_it_is_taken() => Holds(held =>
    {
        var asked = held.Asked();
        foreach (var option in Remedies.Of(asked).Options)
            Assert.True(Accepted(asked, Taken(asked, option)), OptionText.Sentence(option, Language.English));
        return true;
    });

    [Fact]
    public void A_smaller_step_of_an_option_that_is_not_approximate_does_not_pass() => Holds(held =>
    {
        var asked = held.Asked();
        return Remedies.Of(asked).Options.Where(option => option is { Approximate: false, And: null }).All(option => Smaller(asked, option).All(less => !Accepted(asked, less)));
    });

    [Fact]
    public void A_block_is_our_own_defect_exactly_when_the_check_without_our_defects_passes_on_credit() => Holds(held =>
    {
        var asked = held.Asked();
        var booked = asked.Check();
        if (!booked.Findings.Any(IsOfCredit)) return true;
        var defectFree = Defects.Without(asked, Defects.Of(asked)).Check();
        return Diagnosis.Of(asked, booked).OfBlock == Cause.InternalDefect == !defectFree.Findings.Any(IsOfCredit);
    });

    [Fact]
    public void Naming_fewer_defects_does_not_account_for_the_hold() => Holds(held =>
    {
        var asked = held.Asked();
        var booked = asked.Check();
        if (Diagnosis.Of(asked, booked).OfBlock != Cause.InternalDefect) return true;
        var named = Diagnosis.DefectsThatMatter(asked, booked);
        return !Defects.Without(asked, named).Check().Findings.Any(IsOfCredit)
            && named.All(defect => Defects.Without(asked, named.Remove(defect)).Check().Findings.Any(IsOfCredit));
    });

    /// <summary>Looked for by trying every set of up to three, as one would with little to do.</summary>
    [Fact]
    public void No_cheaper_set_of_up_to_three_invoices_would_do() => Holds(held =>
    {
        var asked = held.Asked();
        if (Remedies.Of(asked).Options.FirstOrDefault(option => option is { Action: OptionAction.WaitForPayment, And: null }) is not { } option) return true;
        var amounts = held.Invoices.ToDictionary(text => text.Split(':')[0], text => decimal.Parse(text.Split(':', '@')[1], CultureInfo.InvariantCulture));
        var best = Sets([.. amounts.Keys]).Where(set => Accepted(asked, set.Aggregate(asked, (changed, invoice) => changed.Paid(invoice))))
            .Select(set => (set.Count, Sum: set.Sum(invoice => amounts[invoice]))).OrderBy(set => set).FirstOrDefault();
        return option.Invoices.Length > 3 ? best == default : best == (option.Invoices.Length, option.Invoices.Sum(invoice => amounts[invoice]));
    });

    static IEnumerable<ImmutableList<string>> Sets(string[] invoices)
    {
        for (var first = 0; first < invoices.Length; first++)
        {
            yield return [invoices[first]];
            for (var second = first + 1; second < invoices.Length; second++)
            {
                yield return [invoices[first], invoices[second]];
                for (var third = second + 1; third < invoices.Length; third++) yield return [invoices[first], invoices[second], invoices[third]];
            }
        }
    }

    static bool IsOfCredit(Finding finding) =>
        finding.Blocks && FindingKinds.Of(finding) is { Nature: not Cause.InternalDefect, Family: not RuleFamily.OrderQuality };

    /// <summary>What people set aside with a reason of their own, stands aside here too.</summary>
    static bool Accepted(WhatIf asked, WhatIf changed)
    {
        var before = asked.Check().Findings;
        return changed.Check().Findings.All(finding => !finding.Blocks || (!Proof.IsCurable(finding) && before.Any(known => known.Code == finding.Code)));
    }

    static WhatIf Taken(WhatIf asked, Option option)
    {
        var credit = Aval.Kernel.Currency.EUR;
        var amount = option.Amount ?? 0;
        var changed = option.Action switch
        {
            OptionAction.ApplyReceipt or OptionAction.IssueCreditNote => Defects.Without(asked, Defects.Of(asked).Where(defect => option.Documents.Contains(defect.Document))),
            OptionAction.WaitForPayment => option.Invoices.Aggregate(asked, (sofar, invoice) => sofar.Paid(invoice)),
            OptionAction.Deposit or OptionAction.Prepayment => asked.Deposited(amount, credit),
            OptionAction.PartialRelease or OptionAction.ReduceOrder or OptionAction.StagedInvoicing => asked.WorthOnly(amount),
            OptionAction.TemporaryLimit => asked.Limited(option.Level!, LevelOf(option), Aval.Limits.Rules.LimitTerm.Temporary, amount, credit, option.Until),
            OptionAction.CorrectLimit => asked.Limited(option.Level!, LevelOf(option), Aval.Limits.Rules.LimitTerm.Standing, amount, credit, null),
            OptionAction.ShorterTerms => asked.Under(option.PaymentTerms!),
            OptionAction.LaterShipDate when option.Until > asked.Today.AddDays(30) => asked.Shipping(option.Until.Value),
            OptionAction.LaterShipDate => asked.On(option.Until!.Value, 0).Shipping(option.Until.Value),
            OptionAction.CorrectData => asked with { Order = asked.Order with { PurchaseOrder = "PO-1" } },
            OptionAction.Guarantee => asked.Guaranteed(amount, credit),
            OptionAction.QualifyDispute => option.Documents.Aggregate(asked, (sofar, number) => sofar.Qualified(asked.Root.Find<Aval.Disputes.Rules.Dispute>(number)!)),
            OptionAction.PayUndisputed => Undisputed(asked),
        };
        return option.And is { } and ? Taken(changed, and) : changed;
    }

    /// <summary>Everything late is paid but for what is disputed of it.</summary>
    static WhatIf Undisputed(WhatIf asked) => asked.Root.RowsOf("C1").OfType<Aval.Receivables.Rules.Invoice>().Where(invoice => invoice.DueDate < asked.Today)
        .Aggregate(asked, (sofar, invoice) => sofar.With(invoice with { Settled = invoice.Amount - invoice.Said(Aval.Receivables.Rules.PartKind.Disputed) }));

    static Aval.Limits.Rules.LimitLevel LevelOf(Option option) =>
        option.Level == "C1" ? Aval.Limits.Rules.LimitLevel.Payer : Aval.Limits.Rules.LimitLevel.Group;

    /// <summary>The same option by one cent, one step of the limit, one day or one invoice less (of a release and an order: more).</summary>
    static IEnumerable<WhatIf> Smaller(WhatIf asked, Option option)
    {
        const long Step = 100_000;
        switch (option.Action)
        {
            case OptionAction.Deposit or OptionAction.Prepayment or OptionAction.Guarantee:
                if (option.Amount > 1) yield return Taken(asked, option with { Amount = option.Amount - 1 });
                break;
            case OptionAction.PartialRelease or OptionAction.ReduceOrder:
                yield return Taken(asked, option with { Amount = option.Amount + 1 });
                break;
            case OptionAction.TemporaryLimit or OptionAction.CorrectLimit:
                if (option.Amount > Step) yield return Taken(asked, option with { Amount = option.Amount - Step });
                break;
            case OptionAction.WaitForPayment:
                foreach (var invoice in option.Invoices) yield return Taken(asked, option with { Invoices = option.Invoices.Remove(invoice) });
                break;
            default:
                break;
        }
    }

    static void Holds(Func<HeldOrder, bool> law) => Prop.ForAll(Orders.ToArbitrary(), law).QuickCheckThrowOnFailure();
}
