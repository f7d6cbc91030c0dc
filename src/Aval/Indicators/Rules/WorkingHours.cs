namespace Aval.Indicators.Rules;

/// <summary>Hours that people work: Monday to Friday, 9 to 17 of local time.</summary>
public static class WorkingHours
{
    static readonly TimeSpan Opens = TimeSpan.FromHours(9);
    static readonly TimeSpan Closes = TimeSpan.FromHours(17);

    /// <summary>Working hours from one local time to a later one; zero when it is not later.</summary>
    public static decimal Between(DateTime from, DateTime to)
    {
        if (to <= from) return 0;
        var (first, last) = (DateOnly.FromDateTime(from), DateOnly.FromDateTime(to));
        if (first == last) return Hours(Within(from, to));
        var whole = 0L;
        // Whole weeks have five days; what is left is counted day by day.
        var (next, days) = (first.AddDays(1), last.DayNumber - first.DayNumber - 1);
        whole += 5L * (days / 7);
        for (var at = 0; at < days % 7; at++)
            if (IsWorked(next.AddDays(at).DayOfWeek)) whole++;
        var between = TimeSpan.FromTicks(whole * (Closes - Opens).Ticks);
        return Hours(Within(from, first.AddDays(1).ToDateTime(TimeOnly.MinValue)) + between + Within(last.ToDateTime(TimeOnly.MinValue), to));
    }

    /// <summary>Of one day: from and to lie in it, or to is its end.</summary>
    static TimeSpan Within(DateTime from, DateTime to)
    {
        if (!IsWorked(from.DayOfWeek)) return TimeSpan.Zero;
        var end = to.Date > from.Date ? TimeSpan.FromDays(1) : to.TimeOfDay;
        var (start, stop) = (from.TimeOfDay > Opens ? from.TimeOfDay : Opens, end < Closes ? end : Closes);
        return stop > start ? stop - start : TimeSpan.Zero;
    }

    static bool IsWorked(DayOfWeek day) => day is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    static decimal Hours(TimeSpan time) => (decimal)time.Ticks / TimeSpan.TicksPerHour;
}
