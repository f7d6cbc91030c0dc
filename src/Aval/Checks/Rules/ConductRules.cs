using System.Globalization;
using Aval.Kernel;
using Aval.Parties.Rules;
using Aval.Policies.Rules;

namespace Aval.Checks.Rules;

/// <summary>What the past says of who pays and who orders: how it pays, how often it passed its limit, how far it was dunned, whether it splits orders.</summary>
static class ConductRules
{
    public static void Find(CheckFacts facts, RuleSet rules, ref PolicyAmounts amounts, ref Found found)
    {
        if (rules.PaymentBehaviour is { } behaviour) Behaviour(facts, behaviour, ref found);
        if (rules.OverrunsRepeated is { } overruns) Overruns(facts, overruns, ref found);
        if (rules.DunningLevel is { } dunning)
        {
            Dunned(facts, facts.Payer!, dunning, ref found);
            if (facts.Customer.Number != facts.Payer!.Number) Dunned(facts, facts.Customer, dunning, ref found);
        }

        if (rules.OrderSplitting is { } splitting) Splitting(facts, rules, splitting, ref amounts, ref found);
    }

    /// <summary>One finding, whichever tests fired; its subject names each with its figure.</summary>
    static void Behaviour(CheckFacts facts, PaymentBehaviourRule rule, ref Found found)
    {
        if (facts.Receivables.Behaviour is not { } pays) return;
        var late = pays.Level > rule.Days;
        var worsens = pays.Trend > rule.TrendDays && pays.MonthsPaid >= rule.MonthsOfTrend;
        var wavers = pays.Deviation > rule.DeviationDays;
        if (!late && !worsens && !wavers) return;
        string?[] fired = [late ? Figure("level", pays.Level) : null, worsens ? Figure("trend", pays.Trend) : null, wavers ? Figure("deviation", pays.Deviation) : null];
        found.Add(
            FindingKinds.PaymentBehaviour, rule, level: facts.Payer!.Number, days: pays.DaysLate, subject: string.Join(", ", fired.Where(figure => figure is not null)));
    }

    static string Figure(string name, decimal days) => string.Create(CultureInfo.InvariantCulture, $"{name} {Math.Round(days, 1, MidpointRounding.AwayFromZero):0.#}");

    /// <summary>Of other orders only: what this one does to the limit is said by the limit.</summary>
    static void Overruns(CheckFacts facts, OverrunsRepeatedRule rule, ref Found found)
    {
        var count = 0;
        var overruns = facts.Overruns;
        for (var at = 0; at < overruns.Count; at++)
            if (overruns[at].Order != facts.Order.Number && facts.Today.DayNumber - overruns[at].Date.DayNumber <= rule.WindowDays) count++;
        if (count >= rule.Count)
            found.Add(
                FindingKinds.OverrunsRepeated, rule, level: facts.Payer!.Number, days: rule.WindowDays, subject: count.ToString(CultureInfo.InvariantCulture));
    }

    static void Dunned(CheckFacts facts, Customer customer, DunningLevelRule rule, ref Found found)
    {
        if (customer.Dunning is { } dunning && dunning.Level > rule.Level)
            found.Add(
                FindingKinds.DunningLevel, rule, level: customer.Number, days: facts.Today.DayNumber - dunning.Since.DayNumber,
                subject: dunning.Level.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The order and earlier ones of the window that stay just within the amount beyond which one order needs a decision.</summary>
    /// <remarks>A limit cannot be split past: what was released takes its headroom.</remarks>
    static void Splitting(CheckFacts facts, RuleSet rules, OrderSplittingRule rule, ref PolicyAmounts amounts, ref Found found)
    {
        if ((rule.Amount ?? rules.OrderTooLarge?.AmountFor(facts.Payer!.CustomerSince, facts.Today)) is not { } most) return;
        if (facts.Habit is not { Dates.Count: > 0 } habit || !facts.IsConverted) return;
        if (!IsWithin(amounts.Of(facts.Value.CreditTotal), most, rule)) return;
        var (count, sum) = (1, facts.Value.CreditTotal);
        for (var at = 0; at < habit.Dates.Count; at++)
        {
            if (Math.Abs(facts.Order.OrderDate.DayNumber - habit.Dates[at].DayNumber) > rule.WindowDays) continue;
            if (!IsWithin(amounts.Of(habit.Values[at]), most, rule)) continue;
            count++;
            sum += habit.Values[at];
        }

        if (count < rule.Count || !(amounts.Of(sum) > most)) return;
        found.Add(
            FindingKinds.OrderSplitting, rule, level: facts.Customer.Number, amount: sum, currency: facts.Order.CreditCurrency, days: rule.WindowDays,
            subject: count.ToString(CultureInfo.InvariantCulture));
    }

    static bool IsWithin(decimal? worth, decimal most, OrderSplittingRule rule) => worth <= most && worth * 100 >= most * (100 - rule.UnderPercent);
}
