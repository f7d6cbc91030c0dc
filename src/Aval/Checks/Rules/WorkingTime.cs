namespace Aval.Checks.Rules;

/// <summary>Working hours of the company: Monday to Friday, nine to five, in its own time zone.</summary>
public static class WorkingTime
{
    static readonly TimeSpan Opens = TimeSpan.FromHours(9);
    static readonly TimeSpan Closes = TimeSpan.FromHours(17);

    /// <summary>The local time at which so many working hours have passed.</summary>
    public static DateTime After(DateTime local, int hours)
    {
        var (day, time) = (DateOnly.FromDateTime(local), local.TimeOfDay);
        var left = TimeSpan.FromHours(hours);
        while (true)
        {
            if (IsWorkday(day))
            {
                var from = time < Opens ? Opens : time;
                if (from < Closes)
                {
                    if (left <= Closes - from) return day.ToDateTime(TimeOnly.FromTimeSpan(from + left));
                    left -= Closes - from;
                }
            }

            (day, time) = (day.AddDays(1), TimeSpan.Zero);
        }
    }

    static bool IsWorkday(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
}
