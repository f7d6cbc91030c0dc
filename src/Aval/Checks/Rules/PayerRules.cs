using Aval.Kernel;
using Aval.Parties.Rules;
using Aval.Policies.Rules;

namespace Aval.Checks.Rules;

/// <summary>Whether the payer may owe more: how it pays, how it is classed, whether it pays in advance, and how much one order may be.</summary>
static class PayerRules
{
    const string Prepaid = "PREPAID";

    public static void Find(CheckFacts facts, RuleSet rules, ref Found found)
    {
        if (facts.Payer is not { } payer) return;
        var amounts = new PolicyAmounts(facts);
        if (rules.Overdue is { } overdue) OverdueRules.Late(facts, overdue, ref amounts, ref found);
        if (rules.OldestItem is { } oldest) OverdueRules.Oldest(facts, oldest, ref amounts, ref found);
        RiskClass(payer, rules, ref found);
        if (rules.PrepaymentRequired is { } prepayment) Prepayment(facts, payer, prepayment, ref found);
        if (rules.OrderTooLarge is { } tooLarge) TooLarge(facts, payer, tooLarge, ref amounts, ref found);
        if (rules.Concentration is { } concentration) ConcentrationRules.Find(facts, concentration, ref amounts, ref found);
        ConductRules.Find(facts, rules, ref amounts, ref found);
        if (!amounts.RateIsMissing) return;
        var missing = StandingRules.Always(FindingKinds.RatesMissing, Severity.Refer);
        found.AddOnce(missing with { Level = payer.Number, Subject = facts.PolicyCurrency.Code });
    }

    /// <summary>A payer without a class counts as one of the worst class that policy accepts: it is warned of, not blocked.</summary>
    static void RiskClass(Customer payer, RuleSet rules, ref Found found)
    {
        if (payer.RiskClass is not { } riskClass)
        {
            if (rules.RiskClassMissing is { } missing) found.Add(FindingKinds.RiskClassMissing, missing, level: payer.Number);
        }
        else if (rules.RiskClass is { } blocked && blocked.Classes.Contains(riskClass))
        {
            found.Add(FindingKinds.RiskClassBlocked, blocked, level: payer.Number, subject: riskClass);
        }
    }

    /// <summary>Where the customer's, the payer's or the order's own terms say prepaid, deposits for this very order must cover it.</summary>
    /// <remarks>Who is covered needs no credit and is not asked (<see cref="SkipReason.Prepaid"/>), so what is missing is always above zero
    /// here.</remarks>
    static void Prepayment(CheckFacts facts, Customer payer, PrepaymentRequiredRule rule, ref Found found)
    {
        if (payer.PaymentTerms != Prepaid && facts.Customer.PaymentTerms != Prepaid && facts.Order.PaymentTerms != Prepaid) return;
        var missing = facts.IsConverted ? facts.Value.Open + facts.Value.Unbilled - Deposits.For(facts) : (long?)null;
        if (missing <= 0) return;
        found.Add(FindingKinds.PrepaymentRequired, rule, level: payer.Number, amount: missing, currency: payer.Currency);
    }

    /// <summary>The whole order's value: an order in the policy's own currency is not converted there and back.</summary>
    static void TooLarge(CheckFacts facts, Customer payer, OrderTooLargeRule rule, ref PolicyAmounts amounts, ref Found found)
    {
        var order = new Money(facts.Value.Total, facts.Order.Currency);
        var worth = order.Currency == facts.PolicyCurrency ? order.Major : facts.IsConverted ? amounts.Of(facts.Value.CreditTotal) : null;
        if (worth > rule.Amount) found.Add(FindingKinds.OrderTooLarge, rule, amount: order.Minor, currency: order.Currency);
        else if (worth > rule.AmountFor(payer.CustomerSince, facts.Today))
            found.Add(
                FindingKinds.OrderTooLarge, rule, payer.Number, order.Minor, order.Currency, days: Math.Max(0, facts.Today.DayNumber - payer.CustomerSince!.Value.DayNumber));
    }
}
