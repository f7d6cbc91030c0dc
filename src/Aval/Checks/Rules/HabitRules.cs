using System.Globalization;
using Aval.Orders.Rules;
using Aval.Policies.Rules;

namespace Aval.Checks.Rules;

/// <summary>An order nobody expected of this customer: far larger, far sooner after the last one, mostly of items or to a place it never ordered.</summary>
static class HabitRules
{
    /// <summary>Marks of a finding's subject; without one it is the value.</summary>
    public const string Frequency = "frequency", Item = "item", ShipTo = "shipTo";

    /// <summary>Fewer orders do not tell what a customer keeps to, however many lines they have.</summary>
    const int FewestOrders = 12;

    public static void Find(CheckFacts facts, OrderUnusualRule rule, ref Found found)
    {
        if (facts.Habit is not { } habit) return;
        Size(facts, habit, rule, ref found);
        if (Usual.SoonerThan(habit, facts.Order.OrderDate, rule.Score) is var (gap, usual))
            Add(facts, rule, gap, string.Create(CultureInfo.InvariantCulture, $"{Frequency} {usual}"), ref found);
        if (habit.Rhythm.Dated < FewestOrders) return;
        if (StrangeItem(facts.Order, habit) is { } item) Add(facts, rule, null, $"{Item} {item}", ref found);
        if (facts.Order.ShipTo is { } place && habit.ShipTos.IsStrange(Known.HashOf(place))) Add(facts, rule, null, $"{ShipTo} {place.City}", ref found);
    }

    /// <summary>Only far above what is usual: a small order risks nothing.</summary>
    static void Size(CheckFacts facts, OrderHabit habit, OrderUnusualRule rule, ref Found found)
    {
        if (facts.Order.CreditCurrency is not { } currency || !facts.IsConverted) return;
        if (Usual.TimesUsual(habit, facts.Value.CreditTotal, rule.Score) is not { } times) return;
        found.Add(
            FindingKinds.OrderUnusual, rule, level: facts.Customer.Number, amount: facts.Value.CreditTotal, currency: currency,
            subject: times.ToString("0.#", CultureInfo.InvariantCulture));
    }

    /// <summary>The first item never ordered before, where such items make more than half of the order; null else.</summary>
    static string? StrangeItem(Order order, OrderHabit habit)
    {
        if (!habit.Items.Tells) return null;
        string? first = null;
        for (var at = 0; at < order.Lines.Count && first is null; at++)
            if (habit.Items.IsStrange(Known.HashOf(order.Lines[at].Item))) first = order.Lines[at].Item;
        if (first is null) return null;
        long strange = 0, all = 0;
        foreach (var line in order.Lines)
        {
            var value = OrderValue.LineValue(line, line.Quantity - line.Cancelled, order.Currency);
            all += value;
            if (habit.Items.IsStrange(Known.HashOf(line.Item))) strange += value;
        }

        return strange * 2 > all ? first : null;
    }

    static void Add(CheckFacts facts, OrderUnusualRule rule, int? days, string subject, ref Found found) =>
        found.Add(FindingKinds.OrderUnusual, rule, level: facts.Customer.Number, days: days, subject: subject);
}
