using System.Collections.Immutable;
using Aval.Kernel;
using Aval.Orders;
using Aval.Orders.Rules;
using Aval.Receivables.Rules;

namespace Aval.Checks.Rules.Options;

/// <summary>When money can be expected: on the day that the payer has told, else, from its own behaviour, on the due date plus the days by which it usually pays late.</summary>
/// <remarks>Goes through what is expected once, day by day, however many options ask.</remarks>
sealed class Expectations
{
    /// <summary>Looked at for dates; a payer with more is judged by those due first.</summary>
    const int MostDates = 60;

    readonly WhatIf asked;
    readonly List<(DateOnly Day, string Invoice)> expected;
    readonly Dictionary<DateOnly, Facts> paid = [];
    Facts sofar;
    int next;

    public Expectations(WhatIf asked, Debtors debtors)
    {
        this.asked = asked;
        sofar = asked.Root;
        expected = [.. debtors.All.SelectMany(debtor => debtor.Owes.OpenItems.Select(item => (Day: debtor.Expected(item, asked.Today), item.Invoice)))
            .Where(one => one.Day is not null).Select(one => (one.Day!.Value, one.Invoice)).Order()];
        Days = [.. expected.Select(one => one.Day).Distinct().Take(MostDates)];
        HasMore = Days.Length == MostDates && expected[^1].Day > Days[^1];
    }

    /// <summary>The days after today on which something can be expected, earliest first.</summary>
    public ImmutableArray<DateOnly> Days { get; }

    /// <summary>Something can be expected on later days too, which nobody looks at.</summary>
    public bool HasMore { get; }

    /// <summary>The day by which all of these can be expected; null where that of one cannot be told.</summary>
    public static DateOnly? OfAll(IEnumerable<Payable> items, DateOnly today)
    {
        DateOnly? last = null;
        foreach (var item in items)
        {
            if (item.Debtor.Expected(item.Item, today) is not { } day) return null;
            if (last is null || day > last) last = day;
        }

        return last;
    }

    /// <summary>The same question on a later one of the days, when what can be expected by then has been paid and the orders that ship within the horizon by then count.</summary>
    public WhatIf On(DateOnly day)
    {
        var root = PaidBy(day);
        foreach (var (ship, number) in root.Get<OrdersFacts>().BeyondHorizon)
        {
            if (ship > day.AddDays(asked.Policy.Policy.HorizonDays)) break;
            if (root.Find<Order>(number) is { Authorization: { } claim } order && number != asked.Order.Number)
                root = root.With(order with { Authorization = claim with { BeyondHorizon = false, Amount = OrderValue.Of(order).Open } });
        }

        return asked with { Root = root with { Through = day }, Today = day };
    }

    Facts PaidBy(DateOnly day)
    {
        if (paid.TryGetValue(day, out var known)) return known;
        for (; next < expected.Count && expected[next].Day <= day; next++)
        {
            // Every day on the way is kept, so that no later question begins anew.
            if (next > 0 && expected[next].Day != expected[next - 1].Day) paid.TryAdd(expected[next - 1].Day, sofar);
            if (sofar.Find<Invoice>(expected[next].Invoice) is { } invoice) sofar = sofar.With(invoice with { Settled = invoice.Amount, AtRisk = 0 });
        }

        paid[day] = sofar;
        return sofar;
    }
}
