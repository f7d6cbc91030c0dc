using Aval.Company.Rules;

namespace Aval.Indicators.Rules;

/// <summary>Hours that people work, by the company's calendar.</summary>
public static class WorkingHours
{
    /// <summary>Working hours from one local time to a later one; zero when it is not later.</summary>
    public static decimal Between(DateTime from, DateTime to, WorkingCalendar calendar)
    {
        var worked = TimeSpan.Zero;
        for (var day = DateOnly.FromDateTime(from); day <= DateOnly.FromDateTime(to); day = day.AddDays(1))
        {
            if (!calendar.IsWorked(day)) continue;
            var (opens, closes) = (day.ToDateTime(calendar.Opens), day.ToDateTime(calendar.Closes));
            var (start, stop) = (from > opens ? from : opens, to < closes ? to : closes);
            if (stop > start) worked += stop - start;
        }

        return (decimal)worked.Ticks / TimeSpan.TicksPerHour;
    }
}
