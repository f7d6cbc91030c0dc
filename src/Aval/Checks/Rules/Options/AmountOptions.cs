using Aval.Kernel;
using Aval.Limits.Rules;
using Aval.Orders.Rules;
using Aval.Policies.Rules;
using Aval.Rates;

namespace Aval.Checks.Rules.Options;

/// <summary>The options that are an amount: how much in advance, how much of the order, how high a limit. The smallest that passes, found by halving.</summary>
static class AmountOptions
{
    public static IEnumerable<Option> Of(WhatIf asked, Proof proof, Expectations expected)
    {
        var facts = asked.Facts();
        if (facts.Payer is null || !facts.IsConverted) yield break;
        var credit = facts.Payer.Currency;
        if (InAdvance(asked, proof, facts, credit) is { } deposit) yield return deposit;
        foreach (var part in Parts(asked, proof, facts, credit)) yield return part;
        foreach (var limit in Limits(asked, proof, facts, expected)) yield return limit;
        if (Borne(asked, proof, facts, credit) is { } guarantee) yield return guarantee;
    }

    /// <summary>What somebody else must bear; nothing where policy compares what the insurer and the guarantor bear too.</summary>
    static Option? Borne(WhatIf asked, Proof proof, CheckFacts facts, Currency credit)
    {
        if (!proof.Blocks(FindingKinds.LimitExceeded) && !proof.Blocks(FindingKinds.CoverReduced)) return null;
        var most = Math.Max(0, Math.Max(facts.Nodes[0].After, facts.Stands.Gross + facts.Adds)) + 1;
        return proof.Smallest(most, amount => asked.Guaranteed(amount, credit)) is { } amount
            ? proof.Of(asked.Guaranteed(amount, credit), new Option(OptionAction.Guarantee, OwnerFunction.Credit) { Amount = amount, Currency = credit })
            : null;
    }

    /// <summary>All of it in advance, since then no credit is given; null where that cures nothing, or leaves something that an action cures.</summary>
    public static Option? Advance(WhatIf asked, Proof proof)
    {
        var facts = asked.Facts();
        if (facts.Payer is not { } payer || !facts.IsConverted || Advance(facts) is not (> 0 and var most)) return null;
        var option = new Option(OptionAction.Prepayment, OwnerFunction.CustomerService)
        {
            Amount = most, Currency = payer.Currency, Percent = PercentOf(most, facts.Value.CreditTotal),
        };
        var paid = proof.Of(asked.Deposited(most, payer.Currency), option);
        return paid is null || proof.Booked.Findings.All(finding => !finding.Blocks || paid.AlsoNeeds.Contains(finding.Code)) ? null : paid;
    }

    /// <summary>What is still to be paid of the order, deposits taken off.</summary>
    static long Advance(CheckFacts facts) => facts.Value.Open + facts.Value.Unbilled - Deposits.For(facts);

    /// <summary>A deposit, or all of it where nothing less passes.</summary>
    static Option? InAdvance(WhatIf asked, Proof proof, CheckFacts facts, Currency credit)
    {
        var most = Advance(facts);
        if (proof.Smallest(most, amount => asked.Deposited(amount, credit)) is not { } amount) return null;
        var option = new Option(amount < most ? OptionAction.Deposit : OptionAction.Prepayment, OwnerFunction.CustomerService)
        {
            Amount = amount, Currency = credit, Percent = PercentOf(amount, facts.Value.CreditTotal),
        };
        return proof.Of(asked.Deposited(amount, credit), option);
    }

    /// <summary>The largest part that passes: released alone, made the whole order, or made the largest of several stages.</summary>
    static IEnumerable<Option> Parts(WhatIf asked, Proof proof, CheckFacts facts, Currency credit)
    {
        var order = asked.Order;
        var whole = OpenOf(order);
        if (proof.Largest(whole - 1, amount => asked.WorthOnly(amount)) is not { } largest) yield break;
        var inCredit = OrderValue.Of(asked.WorthOnly(largest).Order).Open;
        // So little of a small currency that it comes to no cent of credit is no part of the order.
        if (inCredit <= 0) yield break;
        var lines = LineChoice.Of(asked, proof, largest);
        var part = new Option(OptionAction.PartialRelease, OwnerFunction.Credit)
        {
            Amount = inCredit, Currency = credit, Lines = lines.Lines, Percent = Share(inCredit, facts.Value.Open), Approximate = lines.Approximate,
        };
        // What must go all at once, or in larger lots than fit, is no partial delivery.
        if (!order.CompleteDelivery && lines.CanShip)
        {
            if (proof.Of(asked.WorthOnly(largest), part) is { } partial) yield return partial;
            if (StagedOptions.Of(asked, proof, facts, inCredit) is { } staged) yield return staged;
        }

        var less = new Option(OptionAction.ReduceOrder, OwnerFunction.CustomerService) { Amount = largest, Currency = order.Currency, Lines = lines.Lines };
        if (proof.Of(asked.WorthOnly(largest), less) is { } reduced) yield return reduced;
    }

    /// <summary>The limits that stand in the way, each alone raised just enough, and the question as it stands then: there may be more than one on the path.</summary>
    public static IEnumerable<(Option Limit, WhatIf Changed)> LimitsAlone(WhatIf asked, Proof proof)
    {
        var inTheWay = asked.Facts().Nodes.Where(node => WantedAt(proof, node) is not null).ToList();
        if (inTheWay.Count < 2) yield break;
        foreach (var node in inTheWay)
        {
            var step = StepOf(asked, node);
            var amount = (node.After + step - 1) / step * step;
            yield return (LimitOf(asked, proof, node, amount, null), Raised(asked, proof, node, amount, asked.Today.AddDays(asked.Policy.Policy.AuthorizationDays)));
        }
    }

    /// <summary>A temporary limit where one is passed; a standing one where none holds, since that is ours to set.</summary>
    static IEnumerable<Option> Limits(WhatIf asked, Proof proof, CheckFacts facts, Expectations expected)
    {
        foreach (var node in facts.Nodes)
        {
            if (WantedAt(proof, node) is not { } kind) continue;
            var paid = kind == LimitTerm.Standing ? null : LaterOptions.FirstPassing(proof, expected);
            var until = kind == LimitTerm.Standing ? (DateOnly?)null : paid ?? asked.Today.AddDays(asked.Policy.Policy.AuthorizationDays);
            var step = StepOf(asked, node);
            if (proof.Smallest((Math.Max(0, node.After) / step) + 1, steps => Raised(asked, proof, node, steps * step, until)) is not { } steps) continue;
            var option = LimitOf(asked, proof, node, steps * step, until) with { Approximate = kind == LimitTerm.Temporary && paid is null && expected.HasMore };
            if (proof.Of(Raised(asked, proof, node, steps * step, until), option) is { } limit) yield return limit;
        }
    }

    /// <summary>The limit that would help at this node: a temporary one where it is passed, a standing one where none holds; null where it is not in the way.</summary>
    static LimitTerm? WantedAt(Proof proof, NodeFacts node)
    {
        foreach (var finding in proof.Booked.Findings)
        {
            if (!finding.Blocks || finding.Level != node.Number || (finding.LimitLevel ?? LimitLevel.Payer) != node.Level) continue;
            if (finding.Code == FindingKinds.LimitExceeded.Code) return LimitTerm.Temporary;
            if (finding.Code == FindingKinds.LimitNotSet.Code || finding.Code == FindingKinds.LimitExpired.Code) return LimitTerm.Standing;
        }

        return null;
    }

    /// <summary>Policy's step in the limit's currency by the day's rate, in whole units; one unit where no rate tells.</summary>
    static long StepOf(WhatIf asked, NodeFacts node)
    {
        var (policy, currency) = (asked.Facts().PolicyCurrency, node.Currency);
        var rate = policy == currency ? 1 : asked.Company.Get<RatesFacts>().Find(policy, currency, asked.Today)?.Factor ?? 0;
        var step = asked.Policy.Policy.TemporaryLimitStep * rate;
        return Math.Max(1, Money.Round(policy == currency ? step : Math.Max(1, Math.Round(step, MidpointRounding.AwayFromZero)), currency).Minor);
    }

    static WhatIf Raised(WhatIf asked, Proof proof, NodeFacts node, long amount, DateOnly? until) =>
        asked.Limited(node.Number, node.Level, WantedAt(proof, node) ?? LimitTerm.Temporary, amount, node.Currency, until);

    static Option LimitOf(WhatIf asked, Proof proof, NodeFacts node, long amount, DateOnly? until) =>
        new(WantedAt(proof, node) == LimitTerm.Standing ? OptionAction.CorrectLimit : OptionAction.TemporaryLimit, OwnerFunction.Credit)
        {
            Amount = amount, Currency = node.Currency, Level = node.Number, LimitLevel = node.Level,
            Until = until ?? (WantedAt(proof, node) == LimitTerm.Standing ? null : asked.Today.AddDays(asked.Policy.Policy.AuthorizationDays)),
        };

    /// <summary>What is still to come of an order, in its own currency.</summary>
    public static long OpenOf(Order order)
    {
        long open = 0;
        foreach (var line in order.Lines)
        {
            var ordered = OrderValue.LineValue(line, line.Quantity - line.Cancelled, order.Currency);
            open += Math.Max(0, ordered - Math.Max(OrderValue.LineValue(line, line.Delivered, order.Currency), line.Billed));
        }

        return open;
    }

    static decimal? PercentOf(long amount, long whole) => whole == 0 ? null : Math.Ceiling((decimal)amount * 10_000 / whole) / 100;

    static decimal? Share(long amount, long whole) => whole == 0 ? null : Math.Floor((decimal)amount * 10_000 / whole) / 100;
}
