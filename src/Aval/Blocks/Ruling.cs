using Aval.Checks.Rules;
using Aval.Checks.Rules.Options;
using Aval.Decisions;
using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Limits.Rules;
using Aval.Orders.Rules;
using Aval.Policies.Rules;
using Aval.Rates;

namespace Aval.Blocks;

/// <summary>What would be left standing once a decision is done, and whose authority that needs.</summary>
/// <param name="Findings">What still blocks under the decision; the check passes when there is none.</param>
/// <param name="Overriding">Those of them that no release can let pass.</param>
/// <param name="Exception">What an authority is measured by; null where the right to decide is enough.</param>
/// <param name="Exceptional">It leaves something that needed a decision, no error of ours, with neither condition nor cover.</param>
sealed record Ruling(IReadOnlyList<Finding> Findings, IReadOnlyList<Finding> Overriding, RemainingException? Exception, bool Exceptional)
{
    static readonly Ruling NeedsNone = new([], [], null, false);

    public static Ruling Of(Decision decision, WhatIf asked) => decision.Kind switch
    {
        DecisionKind.Release or DecisionKind.ReleasePartially or DecisionKind.StagedInvoicing => OfRelease(decision, asked, conditional: false),
        DecisionKind.ReleaseUnderCondition or DecisionKind.RequestDeposit or DecisionKind.Prepayment or DecisionKind.WaitForPayment or DecisionKind.RequireGuarantee =>
            OfRelease(decision, asked, conditional: true),
        DecisionKind.TemporaryLimit or DecisionKind.CorrectLimit => NeedsNone with { Exception = OfLimit(decision, asked) },
        // What is changed is checked; who only asks, waits or refuses lets nothing pass.
        DecisionKind.ReduceOrder or DecisionKind.ReviseTerms or DecisionKind.ReviewDisputes or DecisionKind.Escalate or DecisionKind.MaintainBlock or DecisionKind.Reject =>
            NeedsNone,
    };

    public IEnumerable<Finding> LetPass => Findings.Except(Overriding);

    /// <summary>What the decision lets pass, as it is kept with it.</summary>
    public IReadOnlyList<SeenFinding> Seen() =>
        [.. LetPass.Select(finding => new SeenFinding(finding.Code, finding.Level, finding.Subject, finding.Amount, finding.Currency, finding.Days, finding.LimitLevel))];

    static Ruling OfRelease(Decision decision, WhatIf asked, bool conditional)
    {
        var done = Done(decision, asked);
        var booked = done.Check();
        var causes = Diagnosis.Of(done, booked);
        var result = causes.On(booked);
        var left = result.Findings.Where(finding => finding.Blocks && !IsToCome(finding, decision)).ToList();
        var overriding = left.Where(finding => HumanCover.AlwaysHolds(finding, result.Rules)).ToList();
        var waits = conditional && decision.Conditions.Any(condition => IsToCome(condition, decision, asked));
        var exceptional = !waits && left.Exists(finding => finding.Severity == Severity.Refer && Causes.Of(finding) != Cause.InternalDefect);
        return new Ruling(left, overriding, left.Count == 0 ? null : Remaining(asked.Facts(), done.Facts(), left, asked.Policy, causes.OfBlock), exceptional);
    }

    /// <summary>The question as it would stand with the decision done: its part alone, its conditions met.</summary>
    /// <remarks>What a limit that is still to be approved will be, nobody knows: it changes nothing here. A guarantee lowers what is compared, as a payment does.</remarks>
    static WhatIf Done(Decision decision, WhatIf asked)
    {
        var credit = decision.Currency;
        if (decision.Kind == DecisionKind.ReleasePartially) return asked.WorthOnly(InOrderCurrency(decision.Amount ?? 0, asked));
        if (decision.Kind == DecisionKind.StagedInvoicing) return asked.WorthOnly(InOrderCurrency(decision.Terms.Stages?.Max(stage => stage.Amount) ?? 0, asked));
        var done = asked;
        foreach (var condition in decision.Conditions)
            done = condition.Kind switch
            {
                ConditionKind.InvoicePaid => condition.Invoice is { } invoice ? done.Paid(invoice) : done.Credited(condition.Amount ?? 0, credit),
                ConditionKind.DepositReceived => done.Deposited(condition.Amount ?? 0, credit),
                ConditionKind.GuaranteeRegistered => done.Credited(condition.Amount ?? 0, credit),
                ConditionKind.AmountCap => OrderValue.Of(done.Order).CreditTotal > condition.Amount ? done.WorthOnly(InOrderCurrency(condition.Amount ?? 0, asked)) : done,
                ConditionKind.PurchaseOrderReceived or ConditionKind.DisputesQualified or ConditionKind.LimitApproved or ConditionKind.ValidUntil => done,
            };
        return done;
    }

    /// <summary>Whether something must still happen for the condition: what holds already, and a day alone, makes no exception smaller.</summary>
    static bool IsToCome(Condition condition, Decision decision, WhatIf asked) =>
        condition.Kind != ConditionKind.ValidUntil && !ConditionFacts.Holds(condition, decision, asked.Order, asked.Root, asked.Today);

    /// <summary>What the customer has not given us yet, and the decision waits for: of what form it will be, the check will say.</summary>
    static bool IsToCome(Finding finding, Decision decision) =>
        (finding.Code == FindingKinds.PurchaseOrderMissing.Code || finding.Code == FindingKinds.PurchaseOrderMalformed.Code)
        && decision.Conditions.Any(condition => condition.Kind == ConditionKind.PurchaseOrderReceived);

    /// <summary>The exception that a release of the whole would be; null where nothing holds the order.</summary>
    public static RemainingException? OfWhole(WhatIf asked)
    {
        var (facts, booked) = (asked.Facts(), asked.Check());
        var left = booked.Findings.Where(finding => finding.Blocks).ToList();
        return left.Count == 0 ? null : Remaining(facts, facts, left, asked.Policy, Diagnosis.Of(asked, booked).OfBlock);
    }

    static RemainingException Remaining(CheckFacts facts, CheckFacts done, List<Finding> left, CompiledPolicy policy, Cause? cause)
    {
        var amounts = new PolicyAmounts(facts);
        var value = facts.IsConverted ? amounts.Of(facts.Value.CreditTotal) : null;
        var after = done.Nodes.Count > 0 ? amounts.Of(done.Nodes[0].After) : null;
        return new RemainingException(value, after, Overrun(done, left), facts.Payer is null ? int.MaxValue : done.Receivables.OverdueOn(done.Today, minDays: 1).OldestDays,
            facts.Payer?.RiskClass ?? policy.WorstAcceptedClass, cause is { } known ? Words.Of(known) : null);
    }

    /// <summary>The largest overrun in percent of its limit; null where a limit is missing or zero, which is beyond any percentage.</summary>
    static decimal? Overrun(CheckFacts facts, List<Finding> left)
    {
        decimal most = 0;
        foreach (var finding in left)
        {
            if (finding.Code == FindingKinds.LimitNotSet.Code || finding.Code == FindingKinds.LimitExpired.Code) return null;
            if (finding.Code != FindingKinds.LimitExceeded.Code) continue;
            foreach (var node in facts.Nodes)
            {
                if (node.Number != finding.Level || node.Level != (finding.LimitLevel ?? node.Level)) continue;
                if (node.Limit is not { Kind: LimitKind.Amount, Amount: { } limit } || node.After <= limit) continue;
                if (limit == 0) return null;
                most = Math.Max(most, (decimal)(node.After - limit) * 100 / limit);
            }
        }

        return most;
    }

    /// <summary>Of a limit that a decision makes: its amount counts as the value, and by how much it passes the one in force as the overrun.</summary>
    static RemainingException OfLimit(Decision decision, WhatIf asked)
    {
        var facts = asked.Facts();
        var amounts = new PolicyAmounts(facts);
        var node = facts.Nodes.FirstOrDefault(node => node.Number == decision.LimitOf && node.Level == decision.LimitLevel);
        var currency = decision.AmountCurrency;
        var limit = decision.Amount ?? 0;
        // A group may count in another currency than the payer: its limit is told in policy's by the group's own rate.
        var asValue = amounts.Of(limit, currency, asked.Company.Get<RatesFacts>().Find(currency, facts.PolicyCurrency, asked.Today)?.Factor);
        var value = facts.IsConverted ? amounts.Of(facts.Value.CreditTotal) : null;
        var before = node?.Limit is { Kind: LimitKind.Amount, Amount: > 0 } known && known.Currency == currency ? known.Amount : null;
        return new RemainingException(
            value is null || asValue is null ? null : Math.Max(value.Value, asValue.Value), asValue,
            before is { } was ? Math.Max(0, (decimal)(limit - was) * 100 / was) : null,
            facts.Payer is null ? int.MaxValue : facts.Receivables.OverdueOn(facts.Today, minDays: 1).OldestDays, facts.Payer?.RiskClass ?? asked.Policy.WorstAcceptedClass,
            Diagnosis.Of(asked, asked.Check()).OfBlock is { } cause ? Words.Of(cause) : null);
    }

    static long InOrderCurrency(long credit, WhatIf asked) => asked.Order is { Rate: { } rate, CreditCurrency: { } currency } && currency != asked.Order.Currency
        ? new Money(credit, currency).Convert(1 / rate.Factor, asked.Order.Currency).Minor
        : credit;
}
