using Aval.Kernel;

namespace Aval.Web;

/// <summary>The time zone in which instants are told and days are meant: the company's, for whoever looks, on every page and in every file.</summary>
public static class Zone
{
    static readonly AsyncLocal<TimeZoneInfo?> now = new();

    /// <summary>The company's, from the moment a page is asked for until it is written; UTC everywhere else.</summary>
    public static TimeZoneInfo Current
    {
        get => now.Value ?? TimeZoneInfo.Utc;
        internal set => now.Value = value;
    }

    /// <summary>What the clocks show there.</summary>
    public static DateTime Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Current).DateTime;

    /// <summary>The day on which it is there.</summary>
    public static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(Local(at));

    /// <summary>The instant at which the day begins there; where its clocks pass over midnight, the first after it.</summary>
    public static DateTimeOffset StartOf(DateOnly day)
    {
        // East of UTC the calendar's first day has begun before the first instant that can be told.
        if (day == DateOnly.MinValue) return DateTimeOffset.MinValue;
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        while (Current.IsInvalidTime(midnight)) midnight = midnight.AddMinutes(1);
        return new DateTimeOffset(midnight, Current.GetUtcOffset(midnight));
    }
}

/// <summary>Which zone the company has said that it lives in. The one that answers stands in <c>Company</c>.</summary>
public interface IHomeZone
{
    TimeZoneInfo Of(Facts company);
}
