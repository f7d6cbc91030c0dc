using Aval.Measures.Rules;
using Aval.Parties.Rules;
using Aval.Policies.Rules;

namespace Aval.Checks.Rules;

/// <summary>Whether the order meets the standing conditions on its payer, and whether somebody has to look at them, or at the payer, again.</summary>
static class MeasureRules
{
    public static void Find(CheckFacts facts, RuleSet rules, ref Found found)
    {
        if (facts.Payer is not { } payer) return;
        if (rules.Measure is { } rule)
            foreach (var measure in facts.Measures)
                if (measure.HoldsOn(facts.Today)) Apply(facts, payer, measure, rule, ref found);
        if (rules.ReviewOverdue is { } review) Review(facts, payer, review, ref found);
    }

    static void Apply(CheckFacts facts, Customer payer, AccountMeasure measure, MeasureRule rule, ref Found found)
    {
        switch (measure.Kind)
        {
            case MeasureKind.DepositPercent:
                Deposit(facts, payer, measure, rule, ref found);
                break;
            case MeasureKind.TermsAtMost:
                Terms(facts, payer, measure, rule, ref found);
                break;
            case MeasureKind.OrderCap:
            case MeasureKind.StagedInvoicing:
                if (facts.IsConverted && facts.Value.CreditTotal > measure.Amount)
                    found.Add(FindingKinds.OrderTooLarge, rule, payer.Number, facts.Value.CreditTotal, payer.Currency, subject: measure.Number);
                break;
            case MeasureKind.ExposureCap:
                if (facts.Nodes is [{ OrderAmount: > 0 } node, ..] && node.After > measure.Amount)
                    found.Add(FindingKinds.LimitExceeded, rule, payer.Number, node.After - measure.Amount, payer.Currency, subject: measure.Number);
                break;
        }
    }

    /// <summary>A share of the whole order; what is billed already has taken the deposit first, so that only the rest of it is still asked for.</summary>
    static void Deposit(CheckFacts facts, Customer payer, AccountMeasure measure, MeasureRule rule, ref Found found)
    {
        if (!facts.IsConverted) return;
        var billed = facts.Value.CreditTotal - facts.Value.Open - facts.Value.Unbilled;
        var asked = (long)Math.Ceiling(facts.Value.CreditTotal * measure.Percent!.Value / 100);
        var missing = asked - Math.Max(0, billed) - Deposits.For(facts);
        if (missing > 0) found.Add(FindingKinds.PrepaymentRequired, rule, payer.Number, missing, payer.Currency, subject: measure.Number);
    }

    /// <summary>The order's own terms, else those agreed with who orders. Terms that cannot be read cannot be ranked: they fail closed.</summary>
    static void Terms(CheckFacts facts, Customer payer, AccountMeasure measure, MeasureRule rule, ref Found found)
    {
        var asked = facts.Order.PaymentTerms ?? facts.Customer.PaymentTerms;
        var known = PaymentTerms.TryParse(asked, out var wanted) & PaymentTerms.TryParse(measure.PaymentTerms, out var accepted);
        if (!known || wanted.IsLongerThan(accepted)) found.Add(FindingKinds.TermsDeviate, rule, payer.Number, subject: asked);
    }

    static void Review(CheckFacts facts, Customer payer, ReviewOverdueRule rule, ref Found found)
    {
        if (payer.NextReview is { } next && facts.Today.DayNumber - next.DayNumber is var late && late > rule.Days)
            found.Add(FindingKinds.ReviewOverdue, rule, payer.Number, days: late);
        foreach (var measure in facts.Measures)
        {
            var ends = measure.To.DayNumber - facts.Today.DayNumber;
            if (measure.AwaitsReview(facts.Measures, facts.Today)) found.Add(FindingKinds.ReviewOverdue, rule, payer.Number, days: -ends, subject: measure.Number);
            else if (measure.HoldsOn(facts.Today) && ends <= rule.MeasureDays)
                found.Add(new Finding(
                    FindingKinds.ReviewOverdue.Code, Severity.Info, FindingKinds.ReviewOverdue.Owner, rule.Name, payer.Number, Days: -ends, Subject: measure.Number,
                    Scope: Found.ScopeOf(rule)));
        }
    }
}
