namespace Aval.Orders.Rules;

/// <summary>What is usual among some figures, and by how much they stray: median and median absolute deviation, which a few odd ones do not move.</summary>
public readonly record struct Spread(int Count, decimal Median, decimal Deviation)
{
    /// <summary>Makes the median absolute deviation of normal values their standard deviation.</summary>
    const decimal Consistency = 0.6745m;

    public static Spread Of(ReadOnlySpan<long> figures)
    {
        if (figures.IsEmpty) return default;
        Span<long> sorted = stackalloc long[Math.Min(figures.Length, OrderHabit.Most)];
        figures[^sorted.Length..].CopyTo(sorted);
        var median = MedianOf(sorted);
        for (var at = 0; at < sorted.Length; at++) sorted[at] = Math.Abs(sorted[at] - (long)median);
        return new Spread(figures.Length, median, MedianOf(sorted));
    }

    /// <summary>Whether a figure is farther from the median than this robust z-score.</summary>
    public bool IsBeyond(long figure, decimal threshold) => Consistency * Math.Abs(figure - Median) > threshold * Deviation;

    static decimal MedianOf(Span<long> values)
    {
        values.Sort();
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + (decimal)values[middle]) / 2;
    }
}

/// <summary>When somebody orders: the days between the orders of which the day is known, and the last of these days.</summary>
public readonly record struct Rhythm(int Dated, DateOnly Last, Spread Gaps)
{
    /// <param name="dates">Earliest first.</param>
    public static Rhythm Of(IReadOnlyList<DateOnly> dates)
    {
        var first = 0;
        while (first < dates.Count && dates[first] == DateOnly.MinValue) first++;
        if (first == dates.Count) return default;
        var gaps = new long[dates.Count - first - 1];
        for (var at = 0; at < gaps.Length; at++) gaps[at] = dates[first + at + 1].DayNumber - dates[first + at].DayNumber;
        return new Rhythm(dates.Count - first, dates[^1], Spread.Of(gaps));
    }
}
