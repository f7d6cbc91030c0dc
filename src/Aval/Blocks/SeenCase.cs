using Aval.Checks.Rules;
using Aval.Decisions.Rules;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Rates;

namespace Aval.Blocks;

/// <summary>A held order as a case that can be compared with others.</summary>
static class SeenCase
{
    public static DecidedCase Of(WhatIf asked, Block block)
    {
        var facts = asked.Facts();
        var credit = facts.Payer?.Currency ?? facts.Order.CreditCurrency;
        decimal? InPolicys(long minor, Currency? from) => from is { } currency
            ? asked.Company.Get<RatesFacts>().Converted(new Money(minor, currency), facts.PolicyCurrency, asked.Today)?.Major
            : null;
        decimal? overrun = 0;
        foreach (var node in facts.Nodes)
            if (node.Limit.Amount is { } limit && node.After > limit && InPolicys(node.After - limit, node.Currency) is var over && !(over <= overrun)) overrun = over;
        var overdue = facts.Receivables.OverdueOn(facts.Today, minDays: 1);
        return new DecidedCase(
            facts.PolicyCurrency, facts.IsConverted ? InPolicys(facts.Value.CreditTotal, credit) : null, overrun, InPolicys(overdue.Amount, credit), overdue.OldestDays,
            facts.Payer?.RiskClass, block.Cause is { } cause ? Words.Of(cause) : null);
    }
}
