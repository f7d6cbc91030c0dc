using Aval.Checks.Rules;
using Aval.Cover;
using Aval.Decisions;
using Aval.Kernel;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Parties;
using Aval.Parties.Rules;
using Aval.Policies;
using Aval.Policies.Rules;
using Aval.Promises;

namespace Aval.Checks;

/// <summary>On which day something leaves its window, or is new no more, that holds an order: from then on it holds it no more.</summary>
/// <remarks>The day is told by the facts and the policies alone, and each of them leaves a check: whoever starts from the facts of an earlier day finds the same days.</remarks>
static class Healing
{
    /// <summary>The first such day after the facts' own; null when there is none.</summary>
    public static DateOnly? Next(Facts facts, Facts company)
    {
        DateOnly? next = null;
        foreach (var (day, _) in Days(facts, company))
            if (next is null || day < next) next = day;
        return next;
    }

    /// <summary>The orders whose day it is, in the order in which they were held.</summary>
    public static IReadOnlyList<Order> On(DateOnly today, Facts facts, Facts company) =>
        [.. Days(facts, company).Where(found => found.Day <= today).Select(found => found.Order)];

    static IEnumerable<(DateOnly Day, Order Order)> Days(Facts facts, Facts company)
    {
        var waiting = facts.Get<ChecksFacts>().HealedByTime;
        if (waiting.IsEmpty) yield break;
        // A root that has days to catch up is told by what held on its own day.
        var policies = (company.Through == facts.Through ? company : company with { Through = facts.Through }).Get<PoliciesFacts>();
        foreach (var block in waiting)
            if (facts.Find<Order>(block.Order) is { } order && order.Waits()
                && policies.FirstDay(policy => First(facts, order, policy, facts.Through)) is { } day) yield return (day, order);
    }

    static DateOnly? First(Facts facts, Order order, CompiledPolicy policy, DateOnly today)
    {
        if (!policy.Policy.AutoRelease) return null;
        DateOnly? first = null;
        foreach (var day in Events(facts, order, policy))
            if (day > today && !(first <= day)) first = day;
        return first;
    }

    /// <summary>The days on which something ends that the rules of this policy count, whether it holds this order or not.</summary>
    static IEnumerable<DateOnly> Events(Facts facts, Order order, CompiledPolicy policy)
    {
        var parties = facts.Get<PartiesFacts>();
        if (!parties.Customers.TryGetValue(order.Customer, out var customer)) yield break;
        var payer = parties.Customers.GetValueOrDefault(order.Payer);
        var rules = policy.For(customer, payer, policy.NamesGroups ? [.. parties.Path(order.Payer).Select(above => above.Number)] : []);
        if (rules.BrokenPromise is { } promises)
            foreach (var broken in facts.Get<PromisesFacts>().BrokenOf(order.Payer)) yield return broken.Date.AddDays(promises.WindowDays + 1);
        if (rules.ConditionBroken is { } conditions)
            foreach (var broken in facts.Get<DecisionsFacts>().BrokenBy(order.Payer)) yield return broken.BrokenOn!.Value.AddDays(conditions.Lasts + 1);
        if (rules.OverrunsRepeated is { } overruns)
            foreach (var overrun in facts.Get<ChecksFacts>().OverrunsOf(order.Payer)?.Overruns ?? []) yield return overrun.Date.AddDays(overruns.WindowDays + 1);
        if (rules.CoverReduced is { } reduced)
            foreach (var cut in facts.Get<CoverFacts>().Of(order.Payer)?.Cuts ?? []) yield return cut.From.AddDays(reduced.Days + 1);
        if (rules.OrderTooLarge?.NewCustomers is { } fresh && payer?.CustomerSince is { } since) yield return since.AddDays(fresh.Days);
    }
}
