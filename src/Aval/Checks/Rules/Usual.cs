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

    /// <summary>Who orders more often than weekly has no rhythm that a day can break.</summary>
    const int LeastRhythmDays = 7;

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

    /// <summary>Days since the order before, and the usual days between orders, where the order comes far sooner than that; else null.</summary>
    /// <param name="dates">Of the other orders, earliest first.</param>
    public static (int Gap, int Usual)? SoonerThan(IReadOnlyList<DateOnly> dates, DateOnly date, decimal threshold)
    {
        var count = dates.Count;
        while (count > 0 && dates[count - 1] > date) count--;
        var first = 0;
        while (first < count && dates[first] == DateOnly.MinValue) first++;
        var gaps = count - first - 1;
        if (gaps < FewestOrders) return null;
        var gap = date.DayNumber - dates[count - 1].DayNumber;
        // Most orders come in their time, which is seen without sorting.
        var farther = 0;
        for (var at = first; at < count - 1; at++)
            if (dates[at + 1].DayNumber - dates[at].DayNumber >= Math.Max(LeastRhythmDays, AtLeastTimes * gap)) farther++;
        if (farther * 2 < gaps) return null;
        Span<long> between = stackalloc long[Math.Min(gaps, OrderHabit.Most)];
        for (var at = 0; at < between.Length; at++) between[at] = dates[count - between.Length + at].DayNumber - dates[count - between.Length + at - 1].DayNumber;
        var median = MedianOf(between);
        if (median < Math.Max(LeastRhythmDays, AtLeastTimes * gap)) return null;
        for (var at = 0; at < between.Length; at++) between[at] = Math.Abs(between[at] - (long)median);
        return Consistency * (median - gap) > threshold * MedianOf(between) ? (gap, (int)median) : null;
    }

    static decimal MedianOf(Span<long> values)
    {
        values.Sort();
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + (decimal)values[middle]) / 2;
    }
}
