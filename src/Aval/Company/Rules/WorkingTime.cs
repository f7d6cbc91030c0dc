namespace Aval.Company.Rules;

/// <summary>Deadlines in working hours of the company, in its own time zone.</summary>
public static class WorkingTime
{
    /// <summary>Days looked at for one deadline. A calendar that leaves no hour in so many is no calendar: then the last of them is answered.</summary>
    const int MostDays = 3650;

    /// <summary>The local time at which so many working hours have passed.</summary>
    public static DateTime After(DateTime local, int hours, WorkingCalendar calendar)
    {
        var (day, time) = (DateOnly.FromDateTime(local), local.TimeOfDay);
        var left = TimeSpan.FromHours(hours);
        for (var looked = 0; looked < MostDays; looked++)
        {
            if (calendar.IsWorked(day))
            {
                var from = time < calendar.OpensAt ? calendar.OpensAt : time;
                if (from < calendar.ClosesAt)
                {
                    if (left <= calendar.ClosesAt - from) return day.ToDateTime(TimeOnly.FromTimeSpan(from + left));
                    left -= calendar.ClosesAt - from;
                }
            }

            (day, time) = (day.AddDays(1), TimeSpan.Zero);
        }

        return day.ToDateTime(TimeOnly.FromTimeSpan(calendar.OpensAt));
    }
}
