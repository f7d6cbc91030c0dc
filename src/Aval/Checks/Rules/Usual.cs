using Aval.Orders.Rules;

namespace Aval.Checks.Rules;

/// <summary>Whether an order is far above what its customer usually orders, by median and median absolute deviation, which a few odd orders do not
/// move.</summary>
static class Usual
{
    /// <summary>Fewer orders are no habit.</summary>
    const int FewestOrders = 6;

    /// <summary>Makes the median absolute deviation of normal values their standard deviation.</summary>
    const decimal Consistency = 0.6745m;

    /// <summary>Who always orders the same deviates by nothing; only at twice the usual is an order worth a question.</summary>
    const int AtLeastTimes = 2;

    /// <summary>How many times the usual value this one is, where its robust z-score exceeds the threshold; else null.</summary>
    public static decimal? TimesUsual(OrderHabit habit, long value, decimal threshold)
    {
        var count = habit.Values.Count;
        if (count < FewestOrders) return null;
        Span<long> values = stackalloc long[Math.Min(count, OrderHabit.Most)];
        for (var at = 0; at < values.Length; at++) values[at] = habit.Values[count - values.Length + at];
        var median = MedianOf(values);
        if (median <= 0 || value < AtLeastTimes * median) return null;
        for (var at = 0; at < values.Length; at++) values[at] = Math.Abs(values[at] - (long)median);
        return Consistency * (value - median) > threshold * MedianOf(values) ? value / median : null;
    }

    static decimal MedianOf(Span<long> values)
    {
        values.Sort();
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + (decimal)values[middle]) / 2;
    }
}
